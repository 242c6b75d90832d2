"""One region, one future: every inhabitant and every contact, day by day.

Importing the package points numba at a private folder for compiled kernels. Its name holds a digest
of the sources, because numba itself does not notice when a kernel's callee or constant has changed.
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from tempfile import TemporaryFile

from platformdirs import user_cache_path

from simulator.core.private_folder import UnsafeFolderError, private_folder
from simulator.core.sources import digest_of

KEPT_CACHES = 3
_FOLDER, _PREFIX = "NUMBA_CACHE_DIR", "kernels-"


def kernel_folder() -> Path:
    """Folder in which this version's compiled kernels are kept: of its own below the user's cache or NUMBA_CACHE_DIR.

    Kernels with bounds checks, which numba takes for the same, have another.
    """
    base = Path(os.environ[_FOLDER]) if os.environ.get(_FOLDER) else user_cache_path("naravard")
    while base.name.startswith(_PREFIX):  # set by the process that started this one
        base = base.parent
    checked = "-checked" if os.environ.get("NUMBA_BOUNDSCHECK") else ""
    return base / f"{_PREFIX}{digest_of('simulator.simulation')[:16]}{checked}"


def _use_private_folder() -> None:
    """Point numba at the folder, the user's alone since cached kernels are unpickled.

    Where nothing can be written, or others can write as well, kernels are compiled anew in every process: beside the
    sources, where numba would put them then, they would outlive their version.
    """
    folder = kernel_folder()
    try:
        if folder.parent == user_cache_path("naravard"):
            private_folder(folder.parent)
        folder = private_folder(folder, ours="*")
        with TemporaryFile(dir=folder):  # permissions tell the superuser nothing
            pass
        others = sorted(folder.parent.glob(f"{_PREFIX}*"), key=lambda path: path.stat().st_mtime)
        for old in others[:-KEPT_CACHES]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        os.environ.pop(_FOLDER, None)
        if isinstance(error, UnsafeFolderError):
            logging.getLogger(__name__).warning("compiled kernels are not kept: %s", error)
        return
    os.environ[_FOLDER] = str(folder)


_use_private_folder()
