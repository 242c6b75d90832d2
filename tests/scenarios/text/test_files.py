"""Files that are there as a whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from scenarios.text.files import replacing, write_new, write_whole


def full(*_):
    raise OSError(errno.ENOSPC, "full")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_replaced_and_nothing_stays_beside_it(tmp_path, durable):
    for content in (b"one", b"two"):
        write_whole(tmp_path / "a.txt", content, durable)
        assert contents(tmp_path) == {"a.txt": content}


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_what_was_there_stays_when_writing_fails(tmp_path, monkeypatch, step):
    write_whole(tmp_path / "a.txt", b"one")
    monkeypatch.setattr(*{"open": (Path, "open"), "fsync": (os, "fsync"), "replace": (Path, "replace")}[step], full)
    with pytest.raises(OSError, match="full"):
        write_whole(tmp_path / "a.txt", b"two")
    monkeypatch.undo()
    assert contents(tmp_path) == {"a.txt": b"one"}


def test_a_block_that_ends_badly_replaces_nothing(tmp_path):
    with pytest.raises(OSError, match="full"):
        half_written(tmp_path / "a.npz")
    assert contents(tmp_path) == {}


def half_written(place):
    with replacing(place) as beside:
        assert (beside.parent, beside.suffix) == (place.parent, place.suffix)
        beside.write_bytes(b"half")
        full()


def test_a_new_file_never_takes_the_place_of_another(tmp_path):
    write_new(tmp_path / "a.txt", b"one")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a.txt", b"two")
    assert contents(tmp_path) == {"a.txt": b"one"}
