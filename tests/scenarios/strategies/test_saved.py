import os
import threading

import pytest

from scenarios.levers.registry import LEVERS
from scenarios.strategies.draft import Draft
from scenarios.strategies.library import BASELINE, find_strategies
from scenarios.strategies.saved import (
    FILE_PREFIX,
    SAVED_VARIABLE,
    SavedScenarios,
    SaveError,
    TakenError,
    default_folder,
)
from scenarios.strategies.scenario import check_strategy
from scenarios.text.problems import InputError
from scenarios.text.strict_yaml import Document

BASE = Draft.of(find_strategies([BASELINE])[0]).with_value("beds", 1.1)


def named(label):
    return BASE.with_texts(label=label).strategy


@pytest.fixture
def shelf(tmp_path):
    return SavedScenarios(tmp_path / "saved")


def test_what_is_saved_is_listed_and_found(shelf):
    strategy = named("Fler läkare i Högsby")
    saved = shelf.save(strategy)
    assert shelf.load(saved.name) == strategy
    assert [(item.name, item.label_sv) for item in shelf.list()] == [("fler-lakare-i-hogsby", "Fler läkare i Högsby")]
    assert SavedScenarios(shelf.folder).load("fler-lakare-i-hogsby") == strategy


def test_the_latest_comes_first(shelf):
    for n, label in enumerate(("ett", "två", "tre")):
        shelf.save(named(label))
        os.utime(shelf.folder / f"{FILE_PREFIX}{named(label).name}.yaml", (n, n))
    assert [saved.label_sv for saved in shelf.list()] == ["tre", "två", "ett"]


def test_a_name_is_not_taken_over_in_silence(shelf):
    shelf.save(named("Plan"))
    other = BASE.with_value("beds", 1.2).with_texts(label="PLAN!").strategy
    with pytest.raises(TakenError, match="taget"):
        shelf.save(other)
    assert shelf.load("plan") == named("Plan")
    shelf.save(other, replace=True)
    assert shelf.load("plan") == other
    assert len(shelf.list()) == 1


def test_what_belongs_to_the_library_cannot_be_saved_over(shelf):
    (own,) = find_strategies(["kontinuitet"])
    with pytest.raises(SaveError, match="bibliotekets"):
        shelf.save(own, replace=True)


HOSTILE = ["../../../etc/passwd", "con", "NUL", "a\0b", "rad\nrad", "<b>x</b>", ".", "~root", "C:\\x", "=1+1"]


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_stay_in_the_folder(shelf, tmp_path, label):
    strategy = named(label)
    saved = shelf.save(strategy)
    (file,) = [path for path in shelf.folder.iterdir() if path.suffix == ".yaml"]
    assert file.name.startswith(FILE_PREFIX)
    assert file.parent == shelf.folder
    assert sorted(tmp_path.iterdir()) == [shelf.folder]
    assert shelf.load(saved.name) == strategy


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a\0b", "con/../x", "", "a" * 65, "a\n", "A", None, 5])
def test_a_name_is_never_a_path(shelf, tmp_path, name):
    (tmp_path / "secret.yaml").write_text("name: secret")
    shelf.save(named("Plan"))
    with pytest.raises(SaveError):
        shelf.load(name)
    with pytest.raises(SaveError):
        shelf.delete(name)


def test_what_cannot_be_read_counts_as_not_there(shelf):
    shelf.save(named("Plan"))
    (shelf.folder / f"{FILE_PREFIX}skrap.yaml").write_bytes(b"\xff\xfe")
    (shelf.folder / f"{FILE_PREFIX}annan.yaml").write_bytes((shelf.folder / f"{FILE_PREFIX}plan.yaml").read_bytes())
    (shelf.folder / f"{FILE_PREFIX}mapp.yaml").mkdir()
    (shelf.folder / "annat.txt").write_text("hej")
    assert [saved.name for saved in shelf.list()] == ["plan"]
    for name in ("skrap", "annan", "mapp"):
        with pytest.raises(SaveError, match="inget sparat"):
            shelf.load(name)


def test_a_file_that_was_changed_is_read_anew(shelf):
    shelf.save(named("Plan"))
    place = shelf.folder / f"{FILE_PREFIX}plan.yaml"
    place.write_text(place.read_text().replace("value: 1.1", "value: 1.25"))
    assert shelf.load("plan").levers[0].value == 1.25


def test_deleting_is_not_fussy(shelf):
    shelf.save(named("Plan"))
    shelf.delete("plan")
    shelf.delete("plan")
    assert shelf.list() == ()


def test_the_folder_is_bounded(tmp_path):
    few = SavedScenarios(tmp_path / "few", most=2)
    few.save(named("ett"))
    few.save(named("två"))
    few.save(named("två"), replace=True)
    with pytest.raises(SaveError, match="redan 2 sparade"):
        few.save(named("tre"))
    small = SavedScenarios(tmp_path / "small", most_bytes=900)
    small.save(named("ett"))
    with pytest.raises(SaveError, match="full"):
        small.save(named("två"))


def test_a_strategy_too_large_to_be_read_back_is_not_saved(shelf):
    reach = {"municipalities": [f"{n} {'x' * 150}" for n in range(200)]}
    names = [lever.name for lever in LEVERS.values() if "municipality" in lever.reach][:12]
    levers = [{"lever": name, "value": float(LEVERS[name].high), "reach": reach} for name in names]
    huge = check_strategy(Document("x", named("Stor").model_dump() | {"levers": levers}))
    with pytest.raises(SaveError, match="för stort"):
        shelf.save(huge)
    assert not shelf.folder.exists() or shelf.list() == ()


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path):
    (tmp_path / "file").write_text("")
    shelf = SavedScenarios(tmp_path / "file" / "saved")
    with pytest.raises(SaveError, match="går inte att skriva"):
        shelf.save(named("Plan"))
    assert shelf.list() == ()


def test_many_at_once_lose_nothing(shelf):
    taken = []

    def save(n):
        try:
            shelf.save(named(f"plan {n % 5}"))
        except TakenError:
            taken.append(n)

    threads = [threading.Thread(target=save, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shelf.list()) == 5
    assert len(taken) == 15
    assert not [path for path in shelf.folder.iterdir() if path.name.startswith(".new")]


def test_the_folder_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv(SAVED_VARIABLE, str(tmp_path / "x"))
    assert default_folder() == tmp_path / "x"
    monkeypatch.delenv(SAVED_VARIABLE)
    assert default_folder().name == "scenarios"


def test_faults_are_input_errors():
    assert issubclass(TakenError, SaveError)
    assert issubclass(SaveError, InputError)


def test_a_file_that_somebody_put_there_does_not_stand_in_for_one_of_the_library(shelf):
    shelf.save(named("Plan"))
    text = (shelf.folder / f"{FILE_PREFIX}plan.yaml").read_text(encoding="utf-8")
    (shelf.folder / f"{FILE_PREFIX}nulage.yaml").write_text(
        text.replace("name: plan", "name: nulage"), encoding="utf-8"
    )
    assert [saved.name for saved in shelf.list()] == ["plan"]
    with pytest.raises(SaveError, match="inget sparat"):
        shelf.load("nulage")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_saved_scenarios_are_the_users_alone(shelf):
    shelf.save(named("Plan"))
    assert shelf.folder.stat().st_mode & 0o777 == 0o700
    shelf.folder.chmod(0o777)
    assert [saved.name for saved in shelf.list()] == ["plan"]
    assert shelf.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_scenarios_that_somebody_else_may_have_put_there_are_neither_listed_nor_loaded(shelf):
    shelf.save(named("Plan"))
    above = shelf.folder.parent
    above.chmod(0o777)
    assert shelf.list() == ()
    with pytest.raises(SaveError, match="inget sparat"):
        shelf.load("plan")
    with pytest.raises(SaveError, match="kan ändras av andra"):
        shelf.save(named("Annan"))
    above.chmod(0o700)
    assert [saved.name for saved in shelf.list()] == ["plan"]
