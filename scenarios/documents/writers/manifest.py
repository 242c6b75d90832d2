"""What lies beside documents: from which results each was made, so that it can be found again and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from scenarios.documents.content import Paper
from scenarios.documents.foot import command_sv
from scenarios.documents.papers import DocumentOrder

DOCUMENTS_MANIFEST = "dokument.json"
DOCUMENTS_KIND = "naravard-documents"


def manifest_of(
    document: Paper,
    files: Mapping[str, bytes],
    before: Mapping[str, Any] | None = None,
    asked: DocumentOrder | None = None,
) -> bytes:
    """Return the manifest of some files made from the same results, as JSON.

    It has what the foot of every figure has, whole: scenarios with their hashes, seed, data, code and command; and the
    SHA-256 of every file with what was asked for, `asked`. `before` is the manifest that lay there: its other files are
    kept in it when they were made from the same results, and left out when they were not.
    """
    origin = document.origin
    content: dict[str, Any] = {
        "kind": DOCUMENTS_KIND,
        "created": document.created.isoformat(),
        "command": command_sv(origin.command),
        "scenarios": {scenario.name: scenario.hash for scenario in origin.scenarios},
        "seed": origin.seed,
        "replications": origin.replications,
        "horizon": origin.horizon,
        "region": origin.region,
        "region_digest": origin.region_digest,
        "code_version": origin.code_version,
    }
    known = dict(before or {})
    kept = known.pop("files", {})
    words = (asked or DocumentOrder()).told()
    told = {name: {"sha256": hashlib.sha256(data).hexdigest(), "asked": words} for name, data in files.items()}
    content["files"] = dict(sorted(((kept if known == content else {}) | told).items()))
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
