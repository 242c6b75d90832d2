"""Folders of the user's alone: made closed, closed when found open, refused when somebody else could exchange them."""

import os
import pickle
import stat

import pytest

from simulator.core.private_folder import UnsafeFolderError, checked_way, private_folder, readable_folder

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")
SOMEBODY = 4711
only_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser gives files away"
)


@pytest.fixture(autouse=True)
def generous():
    """A mask that takes nothing away: what is closed has been closed on purpose."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(folder):
    return stat.S_IMODE(folder.lstat().st_mode)


def test_a_folder_and_those_missing_above_it_are_made_for_the_user_alone(tmp_path):
    folder = tmp_path / "a" / "b" / "c"
    assert private_folder(folder) == folder
    assert [mode(path) for path in (folder, *folder.parents[:2])] == [0o700] * 3


@pytest.mark.parametrize("before", [0o755, 0o750, 0o711, 0o700, 0o500])
def test_one_that_others_only_read_is_closed_and_keeps_what_is_in_it(tmp_path, before):
    (tmp_path / "kernel").write_text("own")
    tmp_path.chmod(before)
    private_folder(tmp_path)
    assert mode(tmp_path) == 0o700
    assert (tmp_path / "kernel").read_text() == "own"


@pytest.mark.parametrize("before", [0o777, 0o1777, 0o775, 0o720, 0o702])
def test_one_that_others_could_write_to_is_closed_and_emptied(tmp_path, before):
    folder, outside = tmp_path / "cache", tmp_path / "outside"
    (folder / "deep").mkdir(parents=True)
    outside.write_text("stays")
    (folder / "planted").write_text("by somebody")
    (folder / "deep" / "planted").write_text("by somebody")
    (folder / "link").symlink_to(outside)
    (folder / "link-to-folder").symlink_to(tmp_path)
    folder.chmod(before)
    assert not readable_folder(folder)
    private_folder(folder, ours="*")
    assert mode(folder) == 0o700
    assert list(folder.iterdir()) == []
    assert outside.read_text() == "stays"
    assert readable_folder(folder)


@pytest.mark.parametrize("ours", ["", "[0-9a-f]" * 64])
def test_what_is_not_ours_is_kept_when_an_open_folder_is_closed(tmp_path, ours):
    (tmp_path / "thesis").write_text("mine")
    (tmp_path / ("0" * 64)).mkdir()
    tmp_path.chmod(0o777)
    private_folder(tmp_path, ours)
    assert mode(tmp_path) == 0o700
    assert (tmp_path / "thesis").read_text() == "mine"
    assert (tmp_path / ("0" * 64)).exists() == (not ours)


@only_root
@pytest.mark.parametrize("before", [0o700, 0o755, 0o777])
def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(tmp_path, before):
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "planted").write_text("by somebody")
    folder.chmod(before)
    os.chown(folder, SOMEBODY, SOMEBODY)
    with pytest.raises(UnsafeFolderError) as told:
        private_folder(folder)
    assert told.value.folder == folder
    assert mode(folder) == before
    assert (folder / "planted").exists()
    assert not readable_folder(folder)


@pytest.mark.parametrize("above", [0o777, 0o775, 0o757])
def test_a_folder_below_one_that_others_can_write_to_is_refused(tmp_path, above):
    folder = tmp_path / "open" / "between" / "cache"
    folder.mkdir(mode=0o700, parents=True)
    (tmp_path / "open" / "between").chmod(0o700)
    (tmp_path / "open").chmod(above)
    with pytest.raises(UnsafeFolderError) as told:
        private_folder(folder)
    assert told.value.folder == tmp_path / "open"
    assert not readable_folder(folder)


def test_below_a_sticky_folder_what_is_the_users_own_is_safe(tmp_path):
    """As in the folder for temporary files: others can write there, but not take away what is not theirs."""
    (tmp_path / "sticky").mkdir()
    (tmp_path / "sticky").chmod(0o1777)
    assert readable_folder(private_folder(tmp_path / "sticky" / "cache"))


@only_root
def test_what_somebody_was_first_to_make_in_a_sticky_folder_is_refused(tmp_path):
    (tmp_path / "cache").mkdir(mode=0o700)
    tmp_path.chmod(0o1777)
    os.chown(tmp_path / "cache", SOMEBODY, SOMEBODY)
    with pytest.raises(UnsafeFolderError):
        private_folder(tmp_path / "cache" / "kernels")


def test_a_link_is_followed_and_both_ways_are_checked(tmp_path):
    safe, other = tmp_path / "safe", tmp_path / "other"
    for folder in (safe, other / "real"):
        folder.mkdir(parents=True)
        folder.chmod(0o700)
    other.chmod(0o755)
    (safe / "link").symlink_to("../other/real")
    assert private_folder(safe / "link" / "cache") == other / "real" / "cache"
    other.chmod(0o777)
    with pytest.raises(UnsafeFolderError) as told:
        private_folder(safe / "link" / "cache")
    assert told.value.folder.resolve() == other


def test_a_link_that_lies_where_others_can_exchange_it_is_refused(tmp_path):
    (tmp_path / "open").mkdir()
    private_folder(tmp_path / "closed")
    (tmp_path / "open" / "link").symlink_to(tmp_path / "closed")
    (tmp_path / "first").symlink_to(tmp_path / "open" / "link")
    (tmp_path / "open").chmod(0o777)
    for place in (tmp_path / "open" / "link", tmp_path / "first"):
        assert place.resolve() == tmp_path / "closed"
        with pytest.raises(UnsafeFolderError):
            private_folder(place)


@only_root
def test_a_link_of_somebody_elses_is_refused(tmp_path):
    private_folder(tmp_path / "closed")
    (tmp_path / "link").symlink_to(tmp_path / "closed")
    os.chown(tmp_path / "link", SOMEBODY, SOMEBODY, follow_symlinks=False)
    with pytest.raises(UnsafeFolderError):
        private_folder(tmp_path / "link")


def test_links_in_a_ring_are_refused(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError):  # noqa: PT011 - whichever it is, nothing is made
        private_folder(tmp_path / "a" / "cache")


def test_steps_up_are_taken_after_links(tmp_path):
    (tmp_path / "far" / "deep").mkdir(parents=True)
    (tmp_path / "far" / "deep").chmod(0o755)
    (tmp_path / "far").chmod(0o755)
    (tmp_path / "link").symlink_to(tmp_path / "far" / "deep")
    assert checked_way(tmp_path / "link" / ".." / "cache") == tmp_path / "far" / "cache"


def test_a_file_in_its_place_is_no_folder(tmp_path):
    (tmp_path / "cache").write_text("")
    with pytest.raises(OSError):  # noqa: PT011
        private_folder(tmp_path / "cache")
    assert not readable_folder(tmp_path / "cache")
    assert not readable_folder(tmp_path / "missing")


def test_the_error_comes_back_from_a_worker(tmp_path):
    assert pickle.loads(pickle.dumps(UnsafeFolderError(tmp_path))).folder == tmp_path


USER, OWN, SHARED = 1000, 1000, 2000


@pytest.mark.parametrize(
    ("user", "group", "members", "safe"),
    [
        (USER, OWN, [], True),
        (USER, OWN, ["karin"], True),
        (USER, OWN, ["karin", "sven"], False),
        (USER, SHARED, [], False),
        (0, 0, [], False),
    ],
)
def test_a_group_that_is_the_users_alone_may_write(monkeypatch, user, group, members, safe):
    import grp
    import pwd
    from types import SimpleNamespace

    from simulator.core import private_folder as module

    names = {OWN: "karin", SHARED: "planerare", 0: "root"}
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: SimpleNamespace(pw_uid=uid, pw_gid=uid, pw_name=names[uid]))
    monkeypatch.setattr(grp, "getgrgid", lambda gid: SimpleNamespace(gr_name=names[gid], gr_mem=members))
    about = SimpleNamespace(st_uid=user, st_gid=group, st_mode=stat.S_IFDIR | 0o775)
    assert module._is_safe(about) is safe
