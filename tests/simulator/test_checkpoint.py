"""Checkpoints in a file: all arrays back, nothing pickled, anything else refused."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

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
    back = Checkpoint.load(tmp_path / "c.npz")
    assert back.region == checkpoint.region
    for part, kind in (("state", State), ("record", Record)):
        for field in fields(kind):
            ours, theirs = (getattr(getattr(c, part), field.name) for c in (checkpoint, back))
            assert ours.dtype == theirs.dtype, field.name
            assert ours.shape == theirs.shape, field.name
            assert ours.tobytes() == theirs.tobytes(), field.name


def test_what_is_handed_over_is_what_would_have_been_copied(small_region: Region, checkpoint: Checkpoint) -> None:
    simulation = Simulation(small_region, 2)
    simulation.run(date(2023, 3, 9))
    given = simulation.hand_over()
    for part, kind in (("state", State), ("record", Record)):
        for field in fields(kind):
            ours, theirs = (getattr(getattr(c, part), field.name) for c in (given, checkpoint))
            assert ours.tobytes() == theirs.tobytes(), field.name


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


def test_another_region_pack_is_refused(checkpoint: Checkpoint, small_region: Region) -> None:
    with pytest.raises(CheckpointError, match="another version"):
        Simulation.resume(replace(small_region, digest="other"), checkpoint)


def test_copies_share_no_memory(checkpoint: Checkpoint) -> None:
    twin = checkpoint.state.copy()
    for field in fields(State):
        assert not np.shares_memory(getattr(twin, field.name), getattr(checkpoint.state, field.name))
