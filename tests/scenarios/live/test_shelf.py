import io
import os

import numpy as np
import pytest

from scenarios.live.shelf import DIGEST_BYTES, OpenShelfError, Shelf

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


NO_OWNERS = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")


def test_a_book_with_any_bit_turned_is_deleted_and_counts_as_not_there(tmp_path):
    """Compressed npz files of which no check of their own says so are among the damaged ones."""
    shelf = Shelf(tmp_path)
    stream = io.BytesIO()
    np.savez_compressed(stream, a=np.arange(40.0))
    place = shelf.put(A, "1.npz", stream.getvalue())
    whole = place.read_bytes()
    assert shelf.read(A, "1.npz") == stream.getvalue()
    for position in range(len(whole)):
        place.write_bytes(whole[:position] + bytes([whole[position] ^ 1 << position % 8]) + whole[position + 1 :])
        assert shelf.read(A, "1.npz") is None, position
        assert not shelf.has(A, "1.npz"), position
    for short in (b"", whole[:5], whole[:-1], whole + b"x"):
        place.write_bytes(short)
        assert shelf.read(A, "1.npz") is None, short


@NO_OWNERS
def test_nobody_else_reads_what_is_kept(tmp_path):
    before = os.umask(0)
    try:
        Shelf(tmp_path / "app" / "runs").put(A, "1.npz", b"content")
    finally:
        os.umask(before)
    places = [tmp_path / "app" / "runs" / A, tmp_path / "app" / "runs", tmp_path / "app"]
    assert [place.stat().st_mode & 0o777 for place in places] == [0o700] * 3


@NO_OWNERS
def test_what_somebody_else_may_have_written_is_not_believed(tmp_path):
    shelf = Shelf(tmp_path / "runs")
    shelf.put(A, "1.npz", b"planted")
    shelf.folder.chmod(0o777)
    assert not shelf.has(A, "1.npz")
    assert shelf.read(A, "1.npz") is None
    shelf.put(B, "1.npz", b"own")
    assert shelf.read(B, "1.npz") == b"own"
    assert not (shelf.folder / A).exists()


@NO_OWNERS
def test_below_a_folder_that_others_can_write_to_nothing_is_kept_and_no_path_is_told(tmp_path):
    shelf = Shelf(tmp_path / "open" / "runs")
    shelf.put(A, "1.npz", b"content")
    (tmp_path / "open").chmod(0o777)
    assert shelf.read(A, "1.npz") is None
    with pytest.raises(OpenShelfError, match="kan ändras av andra") as told:
        shelf.put(A, "1.npz", b"content")
    assert str(tmp_path) not in told.value.text()


@pytest.mark.parametrize(
    ("key", "book"),
    [("../x", "1.npz"), (A[:-1], "1.npz"), (A.upper(), "1.npz"), (A, "../1.npz"), (A, "a/b"), (A, "con\0"), (A, "")],
)
def test_a_path_is_never_made_of_anything_but_a_key_and_a_plain_name(tmp_path, key, book):
    with pytest.raises(ValueError, match="key"):
        Shelf(tmp_path).place(key, book)


def test_what_was_used_longest_ago_goes_first(tmp_path):
    shelf = Shelf(tmp_path, most_bytes=25 + 2 * DIGEST_BYTES)
    for age, key in ((30, A), (20, B), (10, C)):
        shelf.put(key, "1.npz", b"x" * 10)
        os.utime(tmp_path / key, (1_000_000 - age, 1_000_000 - age))
    shelf.read(A, "1.npz")  # used now
    shelf.prune()
    assert [shelf.has(key, "1.npz") for key in (A, B, C)] == [True, False, True]


def test_what_is_spared_stays_however_long_ago_it_was_used(tmp_path):
    shelf = Shelf(tmp_path, most_bytes=15 + DIGEST_BYTES)
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
