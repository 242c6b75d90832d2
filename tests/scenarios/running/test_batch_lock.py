import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.running.batch_lock import lock_path, locked
from scenarios.running.folder import FolderError


def test_a_second_batch_is_refused_and_nothing_stays_behind(tmp_path):
    folder = tmp_path / "results" / "first"
    with locked(folder):
        assert lock_path(folder).exists()
        with pytest.raises(FolderError, match="en annan körning håller på"), locked(folder):
            pass
        with locked(tmp_path / "results" / "second"):
            pass
    assert list(tmp_path.iterdir()) == []
    with locked(folder):
        pass


def test_another_process_is_refused_too_and_a_dead_one_lets_go(tmp_path):
    script = (
        "import sys, time, pathlib\n"
        "from scenarios.running.batch_lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    folder = tmp_path / "first"
    with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(FolderError), locked(folder):
            pass
        other.kill()
    assert lock_path(folder).exists()  # left by the dead process, held by nobody
    with locked(folder):
        pass
    assert not lock_path(folder).exists()


def test_where_files_cannot_be_made_there_is_no_lock(tmp_path):
    (tmp_path / "fil").write_text("")
    with locked(tmp_path / "fil" / "first"):
        pass


def test_a_folder_is_one_by_whatever_path_it_is_reached(tmp_path, monkeypatch):
    (tmp_path / "results" / "under").mkdir(parents=True)
    (tmp_path / "link").symlink_to("results", target_is_directory=True)
    (tmp_path / "straight").symlink_to(Path("results", "first"), target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    ways = ("results/first", "link/first", "straight", "results/under/../first", str(tmp_path / "results" / "first"))
    for way in ways:
        with locked(Path(way)):
            for other in ways:
                with pytest.raises(FolderError, match="en annan körning"), locked(Path(other)):
                    pass
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["link", "results", "straight", "under"]


def test_a_folder_that_is_mounted_in_two_places_is_one(tmp_path):
    """What another path to the same folder would lock: the folder itself."""
    fcntl = pytest.importorskip("fcntl")
    with locked(tmp_path / "first"):
        pass
    (tmp_path / "first").mkdir()
    handle = os.open(tmp_path / "first", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(FolderError, match="en annan körning"), locked(tmp_path / "first"):
        pass
    os.close(handle)
    with locked(tmp_path / "first"):
        pass


def test_a_folder_in_one_that_is_being_written_is_refused(tmp_path):
    """The outer batch would find the inner one's files among its own when it is done, and could not be kept."""
    (tmp_path / "first").mkdir()
    with locked(tmp_path / "first"):
        for inner in ("under", "under/deeper"):
            with pytest.raises(FolderError, match="mappen ovanför"), locked(tmp_path / "first" / inner):
                pass
        with locked(tmp_path / "second" / "under"):
            pass
    with locked(tmp_path / "first" / "under"):
        pass
