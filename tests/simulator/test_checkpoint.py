"""Checkpoints in a file: all arrays back, nothing pickled, anything else refused."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from simulator.checkpoint import Checkpoint, CheckpointError
from simulator.core.record import Record
from simulator.core.state import State
from simulator.region.pack import Region
from simulator.simulation import Simulation


@pytest.fixture(scope="module")
def checkpoint(small_region: Region) -> Checkpoint:
    simulation = Simulation(small_region, 2)
    simulation.run(date(2023, 3, 9))
    return simulation.checkpoint()


def test_every_array_comes_back_as_it_was(checkpoint: Checkpoint, tmp_path: Path) -> None:
    checkpoint.save(tmp_path / "c.npz")
    assert not differences(Checkpoint.load(tmp_path / "c.npz"), checkpoint)


def differences(a: Checkpoint, b: Checkpoint) -> list[str]:
    """Return the names of arrays that differ in type, shape or a bit; of the region too."""
    pairs = [(f.name, getattr(a.state, f.name), getattr(b.state, f.name)) for f in fields(State)]
    pairs += [(f.name, getattr(a.record, f.name), getattr(b.record, f.name)) for f in fields(Record)]
    unequal = [n for n, x, y in pairs if x.dtype != y.dtype or x.shape != y.shape or x.tobytes() != y.tobytes()]
    return unequal + (["region"] if a.region != b.region else [])


def test_what_is_handed_over_is_what_would_have_been_copied(small_region: Region, checkpoint: Checkpoint) -> None:
    simulation = Simulation(small_region, 2)
    simulation.run(date(2023, 3, 9))
    assert not differences(simulation.hand_over(), checkpoint)


def test_a_copy_keeps_all_that_was_recorded_though_nobody_is_employed(checkpoint: Checkpoint) -> None:
    record = replace(checkpoint.record, posts=np.zeros_like(checkpoint.record.posts))
    copy = record.copy(3)
    for field in fields(Record):
        assert getattr(copy, field.name).tobytes() == getattr(record, field.name).tobytes(), field.name


def test_nothing_in_the_file_is_an_object(checkpoint: Checkpoint, tmp_path: Path) -> None:
    checkpoint.save(tmp_path / "c.npz")
    with np.load(tmp_path / "c.npz", allow_pickle=False) as file:
        assert not any(file[name].dtype.hasobject for name in file.files)


DAMAGES = ["missing", "empty", "cut short", "text", "another", "pickled"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_not_a_checkpoint_is_refused(checkpoint: Checkpoint, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "c.npz"
    checkpoint.save(path)
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "another":
        np.savez(path, a=np.zeros(3))
    elif damage == "pickled":
        np.save(path.with_suffix(".npy"), np.array([{"a": 1}]), allow_pickle=True)
        path = path.with_suffix(".npy")
    else:
        path.write_bytes({"empty": b"", "cut short": whole[: len(whole) // 2], "text": b"year,value\n"}[damage])
    with pytest.raises(CheckpointError, match=r"c\.np"):
        Checkpoint.load(path)


def test_a_bit_that_is_turned_is_noticed_or_changes_nothing(checkpoint: Checkpoint, tmp_path: Path) -> None:
    """In arrays, in their headers, and in what the archive says of itself; a few bytes of it say nothing."""
    path, rng, noticed = tmp_path / "c.npz", random.Random(1), 0
    checkpoint.save(path)
    whole = path.read_bytes()
    with ZipFile(path) as file:
        begins, about = [member.header_offset for member in file.infolist()], file.start_dir
    places = [rng.choice(begins) + rng.randrange(200) for _ in range(40)]
    places += [rng.randrange(about, len(whole)) for _ in range(40)] + rng.sample(range(len(whole)), 20)
    for place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << rng.randrange(8)]) + whole[place + 1 :])
        try:
            again = Checkpoint.load(path)
        except CheckpointError:
            noticed += 1
        else:
            assert not differences(again, checkpoint), place
    assert noticed > len(places) // 2


def test_another_region_pack_is_refused(checkpoint: Checkpoint, small_region: Region) -> None:
    with pytest.raises(CheckpointError, match="another version"):
        Simulation.resume(replace(small_region, digest="other"), checkpoint)


def test_copies_share_no_memory(checkpoint: Checkpoint) -> None:
    twin = checkpoint.state.copy()
    for field in fields(State):
        assert not np.shares_memory(getattr(twin, field.name), getattr(checkpoint.state, field.name))
