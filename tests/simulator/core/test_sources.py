"""What a result depends on: each kind of source changes the key that it decides, and no other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.core.sources import PROJECT, digest_of, imported, sources_of, text_of

CODE, RUN, FOLLOWED = "simulator.simulation", "scenarios.live.kept", "scenarios.live.following"
HERE = Path(__file__).parents[3]
DECIDES = {
    "simulator/simulation.py": {CODE, FOLLOWED},
    "simulator/__init__.py": {CODE, RUN, FOLLOWED},
    "simulator/core/sources.py": {CODE, RUN, FOLLOWED},
    "simulator/care/ward.py": {CODE, FOLLOWED},
    "simulator/results/dataset_local.py": {CODE, FOLLOWED},
    "simulator/lives/watch.py": {FOLLOWED},
    "scenarios/live/kept.py": {RUN, FOLLOWED},
    "scenarios/measures/outcomes.py": {RUN, FOLLOWED},
    "scenarios/findings/board.py": {RUN, FOLLOWED},
    "scenarios/follow/text.py": {FOLLOWED},
    "scenarios/live/life.py": {FOLLOWED},
    "simulator/reference/reference.py": set(),
    "simulator/reference/state.py": set(),
    "simulator/reference/practice.py": set(),
    "simulator/reference/hospital.py": set(),
    "scenarios/cli.py": set(),
    "scenarios/pages/overview.py": set(),
    "scenarios/report/workbook.py": set(),
}  # fmt: skip
"""Sources of every kind, and the keys that each decides.

They are the code's version and its kernels, what is kept of a run (in whose key the version stands too), and people
who are followed, whose work begins with the history of a run.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    for package in ("simulator", "scenarios"):
        shutil.copytree(HERE / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.zip"))
    return folder


def digests(project):
    digest_of.cache_clear()
    return {key: digest_of(key, project=project) for key in (CODE, RUN, FOLLOWED)}


@pytest.mark.parametrize("name", DECIDES)
def test_a_source_changes_the_keys_that_it_decides_and_no_other(project, name):
    file, before = project / name, digests(project)
    text = file.read_bytes()
    try:
        file.write_bytes(text + b"\nONE_LINE_MORE = 1\n")
        after = digests(project)
    finally:
        file.write_bytes(text)
    assert {key for key in before if before[key] != after[key]} == DECIDES[name]
    assert digests(project) == before


def test_line_ends_of_another_system_are_no_other_version(project):
    before = digests(project)
    files = [project / name for name in sources_of(FOLLOWED, project=project)]
    for file in files:
        file.write_bytes(text_of(file).replace(b"\n", b"\r\n"))
    assert digests(project) == before
    for file in files:
        file.write_bytes(text_of(file))


def test_a_source_that_is_moved_is_another_version(project):
    before = digests(project)[CODE]
    (project / "simulator" / "care" / "ward.py").rename(project / "simulator" / "care" / "wards.py")
    assert digests(project)[CODE] != before
    (project / "simulator" / "care" / "wards.py").rename(project / "simulator" / "care" / "ward.py")


def test_every_way_to_import_is_seen():
    source = (
        "from simulator.a import b\n"
        "if TYPE_CHECKING:\n    from simulator import c, d as e\n"
        "def f():\n    from scenarios.x import (  # noqa: F401\n        y,  # why\n        z as w,\n    )\n"
        "import simulator.g, os\n"
    )
    assert imported(source) == {
        "simulator.a", "simulator.a.b", "simulator", "simulator.c", "simulator.d",
        "scenarios.x", "scenarios.x.y", "scenarios.x.z", "simulator.g",
    }  # fmt: skip


def test_a_module_that_is_not_there_is_told():
    with pytest.raises(LookupError, match=r"simulator\.nothing"):
        sources_of("simulator.nothing")


def test_every_compiled_source_is_in_the_name_of_the_folder():
    kernels = {
        file for file in (PROJECT / "simulator").rglob("*.py") if "simulator.core.kernels import" in file.read_text()
    }
    counted = {PROJECT / name for name in sources_of(CODE)}
    assert len(kernels) > 10
    assert kernels <= counted


# --- where kernels are kept


def folder_of(project: Path, cache: Path | str) -> tuple[str, str]:
    """Import the simulator of a project in a process of its own; return its kernel folder and whether kernels stay."""
    code = (
        "import os, simulator; from simulator.core.kernels import kept; "
        "print(simulator.kernel_folder(), kept(), os.environ.get('NUMBA_CACHE_DIR', ''))"
    )
    environment = os.environ | {"PYTHONPATH": str(project), "NUMBA_CACHE_DIR": str(cache)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, cwd=project, capture_output=True, text=True, check=True)
    name, stay, *place = done.stdout.split()
    assert place in ([], [name])
    return name, stay


def test_kernels_of_another_version_are_not_found_in_a_folder_of_the_users_own(project, tmp_path):
    """The case stale-kernel-cache: a constant that kernels of other files use."""
    first, stay = folder_of(project, tmp_path)
    assert Path(first).parent == tmp_path
    assert stay == "True"
    file = project / "simulator" / "people" / "continuity.py"
    text = file.read_text("utf-8")
    try:
        file.write_text(text.replace("SHARE_STEP = 0.25", "SHARE_STEP = 0.9"), "utf-8")
        assert folder_of(project, tmp_path)[0] != first
    finally:
        file.write_text(text, "utf-8")
    assert folder_of(project, first)[0] == first  # as a process does that this one starts


def test_without_a_place_to_write_nothing_is_kept_anywhere(project, tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert folder_of(project, tmp_path / "file")[1] == "False"
    script = "from simulator.care.comings import live_day; print(live_day._cache.cache_path)"
    environment = os.environ | {"PYTHONPATH": str(project), "NUMBA_CACHE_DIR": str(tmp_path / "file")}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None"


def test_kernels_are_read_only_where_nobody_else_can_write(project, tmp_path):
    """What lies there is unpickled: a file that another user put there would be run."""
    cache = tmp_path / "cache"
    folder, stay = folder_of(project, cache)
    assert (stay, mode(folder), mode(cache)) == ("True", 0o700, 0o700)
    planted = Path(folder) / "planted.nbi"
    planted.write_text("by somebody")
    Path(folder).chmod(0o777)
    assert folder_of(project, cache) == (folder, "True")
    assert (mode(folder), planted.exists()) == (0o700, False)
    cache.chmod(0o777)
    assert folder_of(project, cache)[1] == "False"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser gives files away")
def test_kernels_in_a_folder_of_somebody_elses_are_not_read(project, tmp_path):
    folder, _ = folder_of(project, tmp_path)
    os.chown(folder, 4711, 4711)
    assert folder_of(project, tmp_path)[1] == "False"
    os.chown(folder, 0, 0)
    assert folder_of(project, tmp_path)[1] == "True"


def mode(folder: str | Path) -> int:
    return Path(folder).stat().st_mode & 0o777
