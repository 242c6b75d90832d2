"""A batch, from names to results: what `naravard run` does once its arguments are read, in the order in which it does.

    names -> strategies -> scenarios -> changes -> run -> outcomes -> one dataset

`prepare` goes as far as the run, or refuses with all that is wrong; `simulate` has every scenario simulated in every
replication; `put_together` makes one dataset of what came of it, which `scenarios.running.results` writes and
`scenarios.findings.compare` compares.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from scenarios.running.compilation import compile_if_needed
from scenarios.running.engine import SimulatorEngine, code_version, on_all_cores
from scenarios.running.local_pool import local_executor
from scenarios.running.progress import Display
from scenarios.running.region import region_or_problems
from scenarios.running.runner import Engine, Outcome, Run, default_workers, run_all
from scenarios.strategies.budget import Bill
from scenarios.strategies.labels import told_apart
from scenarios.strategies.library import find_strategies
from scenarios.strategies.period import year_end
from scenarios.strategies.scenario import Scenario
from scenarios.strategies.strategy import Strategy
from scenarios.text.problems import InputError, Problem, ScenarioError
from scenarios.text.swedish import number
from simulator.region.pack import Region

if TYPE_CHECKING:
    import xarray as xr

LONGEST_REPLICATION = 3600.0
"""Seconds after which a worker counts as stuck; a replication takes some seconds and one a scenario."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Checked scenarios, ready to run, their Swedish labels, and the bill of each that has a budget."""

    run: Run
    labels: dict[str, str]
    bills: dict[str, Bill] = field(default_factory=dict)

    @property
    def budgets(self) -> dict[str, dict[str, object]]:
        """What results keep of the bills."""
        return {name: bill.attributes() for name, bill in self.bills.items()}


# --- from names to a run


def prepare(
    names: Sequence[str],
    region: str,
    horizon: int,
    seed: int,
    replications: int,
    problems: Sequence[Problem] = (),
    parameter_draws: int = 0,
) -> Batch:
    """Return a batch of the strategies called `names` until the end of the year `horizon`.

    Raises InputError with `problems` (found before) and everything else that is wrong.
    """
    faults = [*problems, *_too_many_draws(parameter_draws, replications)]
    pack, scenarios = find_scenarios(names, region, horizon, faults)
    changes = tuple((scenario.strategy.name, scenario.changes(pack)) for scenario in scenarios)
    run = Run(region, pack.digest, changes, date(horizon + 1, 1, 1), seed, replications, parameter_draws)
    bills = _bills(scenarios, pack)
    labels = {s.strategy.name: label_of(s.strategy, bills.get(s.strategy.name)) for s in scenarios}
    return Batch(run, told_apart(labels), bills)


def find_scenarios(
    names: Iterable[str], region: str, horizon: int, problems: Sequence[Problem] = ()
) -> tuple[Region, tuple[Scenario, ...]]:
    """Return the region, and each strategy of the library or a file in it until the end of the year `horizon`.

    Raises InputError with `problems` and everything else that is wrong: with the region, the strategies, and what a
    strategy would change in the region.
    """
    faults = list(problems)
    pack = region_or_problems(region, faults)
    scenarios: tuple[Scenario, ...] = ()
    try:
        strategies = find_strategies(names, pack)
        last = year_end(horizon)
        scenarios = tuple(Scenario(region=region, strategy=strategy, horizon=last) for strategy in strategies)
    except ScenarioError as error:
        faults += error.problems
    if pack is not None:
        faults += [problem for scenario in scenarios for problem in _misfits(scenario, pack)]
    if faults or pack is None:
        raise InputError(faults)
    return pack, scenarios


def _misfits(scenario: Scenario, region: Region) -> Sequence[Problem]:
    """Return why a scenario cannot be turned into changes of the region."""
    try:
        scenario.changes(region)
    except ScenarioError as error:
        return error.problems
    return ()


def _too_many_draws(draws: int, replications: int) -> list[Problem]:
    if draws <= replications:
        return []
    message = "är fler än replikationerna: varje dragning delar slump med en replikation."
    return [Problem("--parameter-draws", message, str(draws), f"0 till {replications}")]


def _bills(scenarios: Iterable[Scenario], region: Region) -> dict[str, Bill]:
    with_budget = (scenario for scenario in scenarios if scenario.strategy.budget_msek_per_year is not None)
    return {scenario.strategy.name: scenario.bill(region) for scenario in with_budget}


def label_of(strategy: Strategy, bill: Bill | None) -> str:
    """Return a strategy's label, which says so when its budget did not suffice."""
    if bill is None or not bill.scaled:
        return strategy.label_sv
    return f"{strategy.label_sv} (nedskalad till {number(100 * bill.share, 0)} %)"


# --- from a run to outcomes


def simulate(
    batch: Batch,
    display: Display,
    workers: int | None = None,
    engine: Engine | None = None,
    timeout: float | None = LONGEST_REPLICATION,
) -> tuple[Outcome, ...]:
    """Run a batch on this machine and return an outcome a replication, then one a draw of parameters.

    `timeout` (seconds) ends a worker that is stuck in a replication; it has no effect with one worker.
    """
    display.say("Startar simulatorn …")
    if engine is None:
        compile_if_needed(batch.run.region, display.say)
    tasks = len(batch.run.tasks)
    wanted = default_workers(tasks) if workers is None else workers
    if workers is None and tasks == 1:
        with on_all_cores():
            return run_all(engine or SimulatorEngine(), batch.run, None, display)
    with local_executor(min(wanted, tasks), timeout) as executor:
        return run_all(engine or SimulatorEngine(), batch.run, executor, display)


# --- from outcomes to results


def put_together(batch: Batch, outcomes: Sequence[Outcome]) -> xr.Dataset | None:
    """Return the replications in which every scenario finished as one dataset; None when there are none."""
    from scenarios.running.assembly import Provenance, assemble, complete  # noqa: PLC0415  (xarray is slow to import)

    usable = complete(batch.run, outcomes)
    if all(outcome.drawn for outcome in usable):
        return None
    return assemble(batch.run, usable, Provenance(*stamp(), batch.labels, batch.budgets))


def stamp() -> tuple[str, str, str]:
    """Return for the results' provenance the version of the code, the time, and the command that was given."""
    created = datetime.now(UTC).isoformat(timespec="seconds")
    given = shlex.join(["naravard", *sys.argv[1:]])
    # A file's name may hold bytes that are no text; results are text.
    return code_version(), created, given.encode("utf-8", "backslashreplace").decode()
