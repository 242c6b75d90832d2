"""Results read once a process, whatever folder their file was copied to: opening the file takes most of a command."""

import hashlib

from scenarios.running import results

_KNOWN = {}
_READ = results._loaded


def loaded(content):
    """Return the dataset of a file, as `scenarios.running.results` reads it; copies share their arrays."""
    key = hashlib.sha256(content).digest()
    if key not in _KNOWN:
        _KNOWN[key] = _READ(content)
        for array in _KNOWN[key].variables.values():
            if hasattr(array.data, "setflags") and array.data.dtype.kind in "iufb":
                array.data.setflags(write=False)
    return _KNOWN[key].copy()


def read_once(monkeypatch):
    """Have every reader of results share what was read of the same bytes before."""
    monkeypatch.setattr(results, "_loaded", loaded)
