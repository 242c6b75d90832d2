"""The simulator as the runner sees it; imported late, for it takes time to load."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from typing import TYPE_CHECKING

from simulator.core.sources import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scenarios.running.runner import Branch
    from simulator.changes import Change
    from simulator.region.pack import Region


@lru_cache(maxsize=4)
def load_region(region: str) -> Region:
    """Return a region by code or folder, read once a process; raises simulator.region.pack.RegionError."""
    from simulator.region import pack as regions  # noqa: PLC0415

    return regions.load_region(region)


@lru_cache(maxsize=2)
def drawn_region(region: str, base_seed: int, draw: int) -> tuple[Region, Mapping[str, float]]:
    """Return a region with the parameters of one draw, and what was drawn.

    Two are kept: a replication asks for the same one again and again, and the next never asks for an earlier.
    """
    from scenarios.running.parameter_draws import draw_parameters  # noqa: PLC0415

    values = draw_parameters(load_region(region), base_seed, draw)
    return load_region(region).with_parameters(values), values


@contextmanager
def on_all_cores() -> Iterator[None]:
    """Let a run that alone is waited for use all cores of this machine; its figures are the same to the bit."""
    from scenarios.running.runner import cores  # noqa: PLC0415
    from simulator.needs import CORES  # noqa: PLC0415

    before = CORES.set(cores())
    try:
        yield
    finally:
        CORES.reset(before)


@dataclass(frozen=True, slots=True)
class SimulatorEngine:
    """The real simulator behind the runner's protocol; `draw` is (base seed, number) of drawn parameters."""

    draw: tuple[int, int] | None = None

    def drawn(self, region: str, base_seed: int, draw: int) -> tuple[SimulatorEngine, Mapping[str, float]]:
        """Return an engine whose region has the parameters of a draw, and what was drawn."""
        return SimulatorEngine((base_seed, draw)), drawn_region(region, base_seed, draw)[1]

    def _region(self, region: str) -> Region:
        return load_region(region) if self.draw is None else drawn_region(region, *self.draw)[0]

    def region_digest(self, region: str) -> str:
        """Return the digest of the region's data as it was read."""
        return load_region(region).digest

    def begin(self, region: str, seed: int) -> Branch:
        """Return a simulation of the whole region as of 31 December 2022."""
        from simulator.simulation import Simulation  # noqa: PLC0415

        return Simulation(self._region(region), seed)

    def resume(self, region: str, checkpoint: object, changes: tuple[Change, ...]) -> Branch:
        """Return a simulation that continues from a checkpoint under dated changes."""
        from simulator.checkpoint import Checkpoint  # noqa: PLC0415
        from simulator.simulation import Simulation  # noqa: PLC0415

        if not isinstance(checkpoint, Checkpoint):
            raise TypeError(f"expected a checkpoint of the simulator, got {type(checkpoint).__name__}")
        return Simulation.resume(self._region(region), checkpoint, changes)


def code_version() -> str:
    """Return the version of the project and a digest of the sources that a run depends on."""
    return f"{metadata.version('naravard')}+{digest_of('simulator.simulation')[:12]}"
