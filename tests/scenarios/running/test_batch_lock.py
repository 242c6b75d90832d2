import subprocess
import sys

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
