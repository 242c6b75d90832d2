"""One region, one future: every inhabitant and every contact, day by day.

Importing the package points numba at a private folder for compiled kernels. Its name holds a digest
of the sources, because numba itself does not notice when a kernel's callee or constant has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from platformdirs import user_cache_path

KEPT_CACHES = 3


def _sources_digest() -> str:
    """Digest of everything that compiled kernels may depend on."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):  # the reference model compiles nothing
        if path.name == "reference.py":
            continue
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def kernel_folder() -> Path:
    """Folder in which this version's compiled kernels are kept."""
    return user_cache_path("naravard") / f"kernels-{_sources_digest()}"


def _use_private_folder() -> None:
    """Point numba at the folder, readable by this user alone since cached kernels are unpickled."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return
    folder = kernel_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = sorted(folder.parent.glob("kernels-*"), key=lambda path: path.stat().st_mtime)
        for old in others[:-KEPT_CACHES]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return  # no place to keep them: kernels are compiled anew, nothing else changes
    os.environ["NUMBA_CACHE_DIR"] = str(folder)


_use_private_folder()
