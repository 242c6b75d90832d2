import pytest

from scenarios.folder import DATA
from scenarios.pages.folders import open_folder, results_folders
from scenarios.pages.worker import compute
from scenarios.problems import InputError
from scenarios.progress import Display


@pytest.fixture
def folder(request_of, tmp_path):
    from fake_engine import FakeEngine

    compute(request_of(2), tmp_path / "results" / "first", Display(), 1, FakeEngine())
    (tmp_path / "results" / "other").mkdir()
    return tmp_path / "results" / "first"


@pytest.mark.usefixtures("folder")
def test_folders_below_results_are_offered():
    assert list(results_folders()) == ["first"]
    assert open_folder("first").replications == 2


def test_a_folder_or_a_folder_of_folders_can_be_named(folder, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path / "results" / "other")
    assert results_folders() == {}
    for place in (folder, folder.parent):
        monkeypatch.setenv("NARAVARD_RESULTS", str(place))
        assert list(results_folders()) == ["first"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["../results/first", "missing", "", "con", "first\0", "/etc"])
def test_a_name_is_never_a_path(name):
    with pytest.raises(InputError, match="finns inte"):
        open_folder(name)


def test_a_damaged_folder_is_refused_in_swedish(folder):
    (folder / DATA).write_bytes(b"rubbish")
    with pytest.raises(InputError, match="skadad"):
        open_folder("first")
