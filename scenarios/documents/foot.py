"""The line below every figure and table: from which results it comes, so that it can be found and made again."""

from __future__ import annotations

import shlex
from pathlib import Path

from scenarios.report.origin import Origin

HASH_SHOWN = 8
"""First digits of a hash that are shown below figures; it stands whole in the last section."""


def foot_of(origin: Origin) -> str:
    """Return hash of every scenario, seed, data, code and command of some results."""
    told = ", ".join(f"{scenario.label} {scenario.hash[:HASH_SHOWN] or '–'}" for scenario in origin.scenarios)
    parts = (
        f"Nära vård 2030: {told}",
        f"frö {origin.seed}" if origin.seed else "",
        f"indata {origin.region} {origin.region_digest[:HASH_SHOWN]}".rstrip() if origin.region else "",
        f"modell {origin.code_version}" if origin.code_version else "",
        command_sv(origin.command),
    )
    return "; ".join(part for part in parts if part) + "."


def command_sv(command: str) -> str:
    """Return a command as it can be written elsewhere: programs and folders of one machine by their last name."""
    words = words_of(command)
    return shlex.join(Path(word).name if Path(word).is_absolute() else word for word in words) if words else command


def words_of(command: str) -> list[str]:
    """Return the words of a command; none of one that no shell would read."""
    try:
        return shlex.split(command)
    except ValueError:
        return []
