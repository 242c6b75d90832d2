import json
import os

import pytest

from scenarios.folder import DATA, KIND, MANIFEST
from scenarios.pages.store import Store, default_folder


def key(number):
    return f"{number:064x}"


def put(store, number, size=10):
    place = store.place(key(number))
    place.mkdir(parents=True)
    (place / MANIFEST).write_text(json.dumps({"kind": KIND}))
    (place / DATA).write_bytes(b"x" * size)
    os.utime(place / DATA, (number, number))


def kept(store):
    return {int(path.name, 16) for path in store.folder.iterdir()}


def test_what_is_used_last_is_the_latest(store):
    put(store, 1)
    put(store, 2)
    assert store.latest() == key(2)
    assert store.find(key(1)) == store.place(key(1))
    assert store.latest() == key(1)


def test_an_empty_or_missing_store_has_nothing(store):
    assert store.latest() is None
    assert store.find(key(1)) is None


@pytest.mark.parametrize("bad", ["../x", "", "a" * 63, "A" * 64, "a" * 64 + "\n", "con", "a" * 63 + "\0"])
def test_only_a_hash_names_a_place(store, bad):
    with pytest.raises(ValueError, match="SHA-256"):
        store.place(bad)


def test_the_oldest_go_when_there_are_too_many(tmp_path):
    store = Store(tmp_path / "s", most=2)
    for number in (1, 2, 3):
        put(store, number)
    store.prune()
    assert kept(store) == {2, 3}


def test_the_oldest_go_when_they_are_too_big_but_the_newest_stays(tmp_path):
    store = Store(tmp_path / "s", most_bytes=1000)
    put(store, 1, 400)
    put(store, 2, 400)
    put(store, 3, 400)
    store.prune()
    assert kept(store) == {2, 3}
    put(store, 4, 5000)
    store.prune()
    assert kept(store) == {4}


def test_what_a_killed_simulation_left_is_cleared_and_a_result_is_not(store):
    put(store, 1)
    store.place(key(2)).mkdir()
    (store.place(key(2)) / ".naravard-x.tmp").write_text("half")
    store.clear_unfinished(key(1))
    store.clear_unfinished(key(2))
    assert kept(store) == {1}


def test_the_folder_can_be_set(monkeypatch, tmp_path):
    monkeypatch.setenv("NARAVARD_CACHE", str(tmp_path / "here"))
    assert default_folder() == tmp_path / "here"
    monkeypatch.delenv("NARAVARD_CACHE")
    assert "naravard" in default_folder().parts
