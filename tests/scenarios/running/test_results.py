import errno
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from scenarios.running.folder import DATA, MANIFEST, FolderError, check_folder
from scenarios.running.results import WriteError, read_results, write_results


def results(value=1.0):
    return xr.Dataset(
        {"ed_visits": (("scenario", "replication"), np.full((2, 3), value), {"units": "visits"})},
        {"scenario": ["nulage", "åäö"], "replication": [1, 2, 3]},
        {"base_seed": 2**62 + 1, "command": "naravard run åäö"},
    )


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def failing(action, number):
    """Return `action` made to fail with a system error once it has done its work."""

    def fail(*arguments, **named):
        action(*arguments, **named)
        raise OSError(number, os.strerror(number))

    return fail


def test_what_is_written_is_read_back_whole(tmp_path):
    folder = tmp_path / "results" / "first"
    assert write_results(results(), folder) == folder / DATA
    assert read_results(folder).identical(results())
    assert sorted(path.name for path in folder.iterdir()) == [DATA, MANIFEST]


def test_the_manifest_says_what_there_is(tmp_path):
    write_results(results(), tmp_path / "first")
    manifest = json.loads((tmp_path / "first" / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["scenarios"] == ["nulage", "åäö"]
    assert manifest["replications"] == 3
    assert manifest["attributes"]["base_seed"] == 2**62 + 1


def test_earlier_results_are_replaced(tmp_path):
    write_results(results(1.0), tmp_path / "first")
    write_results(results(2.0), tmp_path / "first")
    assert float(read_results(tmp_path / "first")["ed_visits"].mean()) == 2.0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_earlier_results_as_they_were(tmp_path, monkeypatch, number, step):
    folder = tmp_path / "first"
    write_results(results(1.0), folder)
    before = content(folder)
    if step == "fsync":
        monkeypatch.setattr(os, "fsync", failing(os.fsync, number))
    else:
        monkeypatch.setattr(Path, "replace", failing(lambda *_: None, number))
    with pytest.raises(WriteError, match="kunde inte skrivas"):
        write_results(results(2.0), folder)
    assert content(folder) == before


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_first_write_leaves_nothing(tmp_path, monkeypatch, step):
    if step == "fsync":
        monkeypatch.setattr(os, "fsync", failing(os.fsync, errno.ENOSPC))
    else:
        monkeypatch.setattr(Path, "replace", failing(Path.replace, errno.ENOSPC))
    with pytest.raises(WriteError, match="disken är full"):
        write_results(results(), tmp_path / "results" / "first")
    assert list(tmp_path.iterdir()) == []


def test_a_stop_between_the_two_moves_leaves_readable_results(tmp_path, monkeypatch):
    folder = tmp_path / "first"
    write_results(results(1.0), folder)
    monkeypatch.setattr(Path, "replace", failing(Path.replace, errno.EIO))
    with pytest.raises(WriteError):
        write_results(results(2.0), folder)
    assert float(read_results(folder)["ed_visits"].mean()) == 1.0


def test_a_file_that_may_not_grow_stops_the_write_and_nothing_else(tmp_path):
    """A real limit of the operating system, in a process of its own."""
    script = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        import numpy as np, xarray as xr
        from scenarios.running.results import WriteError, write_results
        values = np.random.default_rng(1).random((2, 100_000))
        dataset = xr.Dataset({"x": (("scenario", "replication"), values)}, {"scenario": ["a", "b"]})
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        try:
            write_results(dataset, Path(sys.argv[1]))
        except WriteError as error:
            sys.exit(str(error))
        """
    )
    folder = tmp_path / "first"
    write_results(results(1.0), folder)
    before = content(folder)
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "större än vad som tillåts" in done.stderr
    assert "Traceback" not in done.stderr
    assert content(folder) == before


def test_damage_is_found_by_the_checksum(tmp_path):
    path = write_results(results(), tmp_path / "first")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(FolderError, match="skadad eller ändrad"):
        read_results(tmp_path / "first")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"kind": "annat"}'])
def test_a_folder_without_our_manifest_holds_no_results(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(FolderError, match="inget resultat"):
        read_results(tmp_path)


def test_a_manifest_without_its_data_is_told(tmp_path):
    write_results(results(), tmp_path / "first").unlink()
    with pytest.raises(FolderError, match="går inte att läsa"):
        read_results(tmp_path / "first")


def test_a_folder_with_other_things_is_never_written_to(tmp_path):
    (tmp_path / "viktigt.txt").write_text("spara mig")
    assert "annat än resultat" in check_folder(tmp_path)[0].message
    with pytest.raises(WriteError, match="annat än resultat"):
        write_results(results(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["viktigt.txt"]


def test_where_results_cannot_be_is_told_before_anything_is_run(tmp_path, monkeypatch):
    (tmp_path / "fil").write_text("")
    (tmp_path / "tom").mkdir()
    assert "en fil med det namnet" in check_folder(tmp_path / "fil")[0].message
    assert "mappen ovanför finns inte" in check_folder(tmp_path / "a" / "b" / "c")[0].message
    assert "mappen ovanför finns inte" in check_folder(tmp_path / "fil" / "under")[0].message
    assert check_folder(tmp_path / "a" / "b") == []
    assert check_folder(tmp_path / "tom") == []
    assert list((tmp_path / "tom").iterdir()) == []

    def read_only(**_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("scenarios.running.folder.TemporaryFile", read_only)
    assert "skrivskyddad" in check_folder(tmp_path / "tom")[0].message
    assert "skrivskyddad" in check_folder(tmp_path / "ny")[0].message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fil", "tom"]
