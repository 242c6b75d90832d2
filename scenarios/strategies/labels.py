"""Labels of scenarios that stand beside each other: no two look the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from scenarios.text.outside import looks


def told_apart(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels by name; those that look like another's are followed by the name, which nothing else has."""
    count = Counter(map(looks, labels.values()))
    return {name: label if count[looks(label)] == 1 else f"{label} ({name})" for name, label in labels.items()}
