import os

import pytest

from scenarios.live.shelf import Shelf

A, B, C = "a" * 64, "b" * 64, "c" * 64


def test_a_book_is_there_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    shelf = Shelf(tmp_path)
    shelf.put(A, "1.npz", b"content")
    assert shelf.read(A, "1.npz") == b"content"

    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="disk full"):
        shelf.put(A, "2.npz", b"content")
    assert not shelf.has(A, "2.npz")
    assert [path.name for path in (tmp_path / A).iterdir()] == ["1.npz"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_nobody_else_reads_what_is_kept(tmp_path):
    before = os.umask(0)
    try:
        Shelf(tmp_path).put(A, "1.npz", b"content")
    finally:
        os.umask(before)
    assert (tmp_path / A).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("key", "book"),
    [("../x", "1.npz"), (A[:-1], "1.npz"), (A.upper(), "1.npz"), (A, "../1.npz"), (A, "a/b"), (A, "con\0"), (A, "")],
)
def test_a_path_is_never_made_of_anything_but_a_key_and_a_plain_name(tmp_path, key, book):
    with pytest.raises(ValueError, match="key"):
        Shelf(tmp_path).place(key, book)


def test_what_was_used_longest_ago_goes_first(tmp_path):
    shelf = Shelf(tmp_path, most_bytes=25)
    for age, key in ((30, A), (20, B), (10, C)):
        shelf.put(key, "1.npz", b"x" * 10)
        os.utime(tmp_path / key, (1_000_000 - age, 1_000_000 - age))
    shelf.read(A, "1.npz")  # used now
    shelf.prune()
    assert [shelf.has(key, "1.npz") for key in (A, B, C)] == [True, False, True]


def test_what_is_spared_stays_however_long_ago_it_was_used(tmp_path):
    shelf = Shelf(tmp_path, most_bytes=15)
    for when, key in enumerate((A, B, C)):
        shelf.put(key, "1.npz", b"x" * 10)
        os.utime(tmp_path / key, (when, when))
    shelf.prune({A})
    assert [shelf.has(key, "1.npz") for key in (A, B, C)] == [True, False, True]


def test_one_that_is_larger_than_the_bound_stays_while_it_is_the_newest(tmp_path):
    shelf = Shelf(tmp_path, most_bytes=1)
    shelf.put(A, "1.npz", b"x" * 10)
    shelf.prune()
    assert shelf.has(A, "1.npz")


def test_a_folder_deleted_by_hand_is_simply_not_there(tmp_path):
    shelf = Shelf(tmp_path / "gone")
    assert shelf.read(A, "1.npz") is None
    shelf.prune()
    shelf.drop(A, "1.npz")
