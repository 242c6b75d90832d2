"""A search over a made-up response: two levers lower the visits by known steps, so that the answer can be worked out.

Visits a month are 1000 + noise(seed, month) + 5 for the draw's number modulo 8, less 5 for each step of beds and less
3 for each step of GP posts from 1. Prices, posts and grids are the template region's own.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fake_engine import FakeBranch, FakeEngine, noise

from scenarios.running.engine import load_region
from scenarios.running.runner import replication_seed
from scenarios.seeking.reading import read_goals, read_portfolio
from scenarios.seeking.trials import Bench, Outcomes, other_seed

STEPS_OFF = {"beds": 100, "gp_posts": 60}
"""Visits a month fewer for one more of each lever's factor."""

GOALS = """\
name: prov
label_sv: Färre akutbesök
region: template
horizon: 2028
goals:
  - {indicator: ed_visits, at_most: 12300, years: [2027, 2028]}
probability: 0.8
levers:
  - {lever: beds, low: 1, high: 1.3}
  - {lever: gp_posts, low: 1, high: 1.6}
search: {points: 10, draws: 10, rounds: 6, points_per_round: 6, confirming_draws: 40}
"""

MIXES = """\
name: prov
label_sv: Mest för pengarna
region: template
horizon: 2028
aims:
  - {indicator: ed_visits, year: 2028}
budget_msek_per_year: 6
posts: {gp: 2}
levers:
  - {lever: beds, low: 1, high: 1.3}
  - {lever: gp_posts, low: 1, high: 1.6}
stress_tests: [vintertopp]
mixes: 4
search: {points: 8, draws: 4, rounds: 1, points_per_round: 6, confirming_draws: 12}
"""


@dataclass
class RespondingBranch(FakeBranch):
    def run(self, until, progress=None):
        super().run(until, progress)
        off = sum(STEPS_OFF.get(c.control, 0) * (c.value - 1) for c in self.changes if c.operation == "multiply")
        stressed = sum(c.control not in STEPS_OFF for c in self.changes)
        begun = len(self.changes)
        for month in range(48, len(self.ed_visits)):
            self.ed_visits[month] += round(20 * stressed - off - 10 * begun)


@dataclass(frozen=True)
class RespondingEngine(FakeEngine):
    """The stand-in simulator with that response, of the template region's data."""

    digest: str = load_region("template").digest

    def drawn(self, _region, _base_seed, draw):
        return replace(self, extra=5 * (draw % 8)), {"fake.level": float(draw % 8), "fake.other": float(draw % 3)}

    def resume(self, region, checkpoint, changes):
        made = super().resume(region, checkpoint, changes)
        return RespondingBranch(made.seed, changes, made.ed_visits, made.today, made.fault, made.extra)


def goals_in(folder, text=GOALS, **instead):
    file = Path(folder, "mal.yaml")
    file.write_text(text, encoding="utf-8")
    return read_goals(str(file), instead)


def portfolio_in(folder, text=MIXES, **instead):
    file = Path(folder, "portfolj.yaml")
    file.write_text(text, encoding="utf-8")
    return read_portfolio(str(file), instead)


def benched(read, folder, work, engine=None):
    """Carry out `work` on a bench of threads in a folder."""
    with ThreadPoolExecutor(2) as executor:
        return work(Bench(read, Path(folder), engine or RespondingEngine(), executor))


class ExactSurrogate:
    """A plane through the points by least squares: the made-up response is one, so it errs in nothing."""

    def fit(self, points, outputs):
        self.planes = np.linalg.lstsq(np.column_stack([np.ones(len(points)), points]), outputs, rcond=None)[0]

    def predict(self, points):
        mean = np.column_stack([np.ones(len(points)), points]) @ self.planes
        return mean, np.zeros_like(mean)


def visits(points_off, seeds, extras, months=12):
    """Return visits of two years, [year, point, draw], of monthly visits off [point] and draws' seeds and extras."""
    noises = np.array([[[noise(seed, 48 + 12 * y + m) for m in range(months)] for seed in seeds] for y in (0, 1)])
    drawn = noises.sum(axis=2) + 12 * (1000 + np.array(extras))
    return drawn[:, None, :] - 12 * np.asarray(points_off)[None, :, None]


def by_hand(space, draws):
    """Return a round's runs worked out without a simulator: points to margins [goal, point, draw] of one goal."""
    seeds = [replication_seed(space.wanted.seed, n) for n in range(1, draws + 1)]
    extras = [5 * (n % 8) for n in range(1, draws + 1)]

    def run(_number, points):
        values = space.values(points)
        off = np.round(sum(STEPS_OFF[axis.lever.name] * (values[:, n] - 1) for n, axis in enumerate(space.axes)))
        goal = space.wanted.goals[0]
        return (goal.bound - visits(off, seeds, extras)).min(axis=0)[None]

    return run


@dataclass
class HandBench:
    """A bench whose runs are worked out by hand, at once: the response without a simulator, 20 visits for a stress."""

    read: object
    told: object = print

    def search(self, _name, strategies):
        return self.outcomes(strategies, (), self.read.wanted.search.draws, self.read.wanted.seed)

    def confirm(self, strategies, stresses=(), whole=True):
        del whole
        seed = other_seed(self.read.wanted.seed)
        return self.outcomes(strategies, stresses, self.read.wanted.search.confirming_draws, seed)

    def outcomes(self, strategies, stresses, draws, seed):
        seeds = [replication_seed(seed, n) for n in range(1, draws + 1)]
        extras = [5 * (n % 8) for n in range(1, draws + 1)]
        names, off = [], []
        for ending, more in (("", 0), *((f"-{stress.name}", 20) for stress in stresses)):
            for strategy in strategies:
                names.append(strategy.name + ending)
                off.append(sum(STEPS_OFF[each.lever] * (each.value - 1) for each in strategy.levers) - more)
        values = np.moveaxis(visits(np.round(off), seeds, extras), 0, -1)[None]
        drawn = tuple({"work.gp_turnover": n % 8 / 100, "work.pool_open": n % 3 / 10} for n in range(1, draws + 1))
        return Outcomes(values, ("ed_visits",), tuple(names), (2027, 2028), drawn)
