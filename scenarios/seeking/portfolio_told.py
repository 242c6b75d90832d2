"""What money does best, as sentences, tables and files; every figure is a confirmed one, with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from scenarios.measures.figures import INDICATORS
from scenarios.running.folder import write_files
from scenarios.running.parameter_draws import uncertain
from scenarios.seeking.portfolio import Discovery, Mix, MixGain, Portfolio
from scenarios.seeking.prim import BoxSide
from scenarios.seeking.trials import CONFIRMATION
from scenarios.seeking.wanted import Aim, PortfolioFile, year_of
from scenarios.strategies.text import strategy_text
from scenarios.text.records import json_text, to_csv
from scenarios.text.swedish import number, span
from simulator.region.pack import Region

MIX_HEADERS = (
    "Blandning", "Mkr/år", "Tjänster", "Vinst", "95 %-intervall", "Väntat", "Bäst i, %", "Ånger, mest", "Förändring",
)  # fmt: skip
SIGNIFICANT = 3
"""Digits of a bound of an assumption."""


@dataclass(frozen=True, slots=True)
class BoxBound:
    """One bound of a box as a row: where a mix does not hold for an aim; shares in percent."""

    scenario: str
    indicator: str
    parameter: str
    direction: str
    bound: float
    coverage: float
    density: float
    futures: int


def sentences(wanted: PortfolioFile, found: Portfolio, region: Region) -> Iterator[str]:
    """Yield everything that is told of a portfolio, one paragraph each."""
    labels = {mix.scenario: mix for mix in found.mixes}
    for aim, discovery in zip(wanted.aims, found.discoveries, strict=True):
        best = found.best_of(aim)
        yield _best(aim, best, labels[best.scenario], wanted)
        yield _certain(best, found)
        if found.tests:
            yield _regretted(aim, found, labels)
        if (told := discovery_sv(discovery, labels[best.scenario], region)) != "":
            yield told
    for gain in found.gains:
        if not gain.as_expected:
            figure = INDICATORS[gain.indicator]
            yield (
                f"{labels[gain.scenario].label_sv}: sökningen väntade sig "
                f"{number(gain.expected, figure.decimals, True)} ({figure.label_sv}), vilket bekräftelsen "
                f"inte bär: {_interval(gain)}."
            )
    if free := sorted({mix.unpriced for mix in found.mixes if mix.unpriced}):
        yield f"Utan pris, räknas som 0 i kostnaden: {'; '.join(free)}."
    yield (
        f"{number(found.tried)} av {number(found.points)} möjliga lägen kördes med {wanted.search.draws} framtider "
        f"var; blandningarna prövades i {wanted.search.confirming_draws} andra. En framtid är en dragning av "
        "antaganden och slump. Vinst är skillnaden mot utgångsläget i samma framtid, så vänd att mer är bättre."
    )


def _interval(gain: MixGain) -> str:
    places = INDICATORS[gain.indicator].decimals
    return f"{number(gain.gain, places, True)} (95 %-intervall {span(gain.low, gain.high, places, ' till ')})"


def _best(aim: Aim, best: MixGain, mix: Mix, wanted: PortfolioFile) -> str:
    figure = INDICATORS[aim.indicator]
    money = f"{number(mix.cost_msek, 1)} miljoner kronor om året och {number(mix.posts, 1)} tjänster"
    what = f"{figure.label_sv}, {year_of(aim, wanted)} ({figure.unit_sv})"
    if best.low is None or best.low <= 0:
        return f"{what}: högst kommer {mix.change_sv}, men inte säkert över utgångsläget: {_interval(best)}."
    return f"{what}: mest ger {mix.change_sv}, {_interval(best)}, för {money}."


def _certain(best: MixGain, found: Portfolio) -> str:
    return (
        f"Den är bäst av {number(len(found.mixes))} blandningar i {number(best.best_share, 0)} % av framtiderna, och "
        f"håller i {number(best.holds_share, 0)} %."
    )


def _regretted(aim: Aim, found: Portfolio, labels: Mapping[str, Mix]) -> str:
    rows = [gain for gain in found.gains if gain.indicator == aim.indicator]
    least = min(rows, key=lambda gain: gain.regret_most or 0.0)
    places = INDICATORS[aim.indicator].decimals
    return (
        f"Minst att ångra, också under påfrestningarna ({', '.join(found.tests)}), ger "
        f"{labels[least.scenario].label_sv.lower()}: som mest {number(least.regret_most, places)} sämre än den bästa, "
        f"i medel {number(least.regret_mean, places)}."
    )


def discovery_sv(discovery: Discovery, mix: Mix, region: Region) -> str:
    """Return the sentence of scenario discovery; "" where no box carries anything."""
    if (box := discovery.box) is None:
        return ""
    labels = {parameter.name: parameter for parameter in uncertain(region)}
    told = " och ".join(_condition(each, labels[each.name].label_sv, labels[each.name].unit) for each in box.conditions)
    return (
        f"{mix.label_sv} håller inte om {told}: så är det i {number(100 * box.density, 0)} % av de {box.futures} "
        f"framtider där det gäller, och {number(100 * box.coverage, 0)} % av alla där den inte håller är bland dem. "
        "Ur samma framtider, inte prövat i nya."
    )


def _condition(condition: BoxSide, label_sv: str, unit: str) -> str:
    way = "över" if condition.above else "under"
    bound = float(f"{condition.bound:.{SIGNIFICANT}g}")
    return f"{label_sv[:1].lower()}{label_sv[1:]} är {way} {number(bound)} ({unit})"


def mix_rows(found: Portfolio) -> Iterator[tuple[str, ...]]:
    """Yield the mixes as rows under `MIX_HEADERS`, by aim."""
    labels = {mix.scenario: mix for mix in found.mixes}
    for gain in found.gains:
        mix, places = labels[gain.scenario], INDICATORS[gain.indicator].decimals
        mark = "" if mix.on_front else " (slagen)"
        yield (
            f"{mix.label_sv}{mark}", number(mix.cost_msek, 1), number(mix.posts, 1),
            number(gain.gain, places, sign=True), span(gain.low, gain.high, places, " till "),
            number(gain.expected, places, sign=True), number(gain.best_share, 0), number(gain.regret_most, places),
            mix.change_sv,
        )  # fmt: skip


def write_portfolio(wanted: PortfolioFile, found: Portfolio, region: Region, folder: Path) -> None:
    """Write every mix as a strategy file, and the tables, to a search's folder; raises WriteError."""
    content = {
        "told_sv": list(sentences(wanted, found, region)),
        "points_run": found.tried,
        "points": found.points,
        "stress_tests": list(found.tests),
        "confirmation": CONFIRMATION,
        "mixes": [asdict(mix) for mix in found.mixes],
        "gains": [asdict(gain) for gain in found.gains],
        "boxes": [asdict(each) for each in found.discoveries],
    }
    files = {f"{strategy.name}.yaml": strategy_text(strategy).encode() for strategy in found.strategies}
    files |= {
        "blandningar.csv": to_csv(found.mixes, Mix).encode(),
        "vinster.csv": to_csv(found.gains, MixGain).encode(),
        "haller-inte.csv": to_csv(list(_bounds(found)), BoxBound).encode(),
        "portfolj.json": (json_text(content) + "\n").encode(),
    }
    write_files(files, folder)


def _bounds(found: Portfolio) -> Iterator[BoxBound]:
    for each in found.discoveries:
        for condition in () if each.box is None else each.box.conditions:
            assert each.box is not None
            yield BoxBound(
                each.scenario, each.indicator, condition.name, "above" if condition.above else "below", condition.bound,
                100 * each.box.coverage, 100 * each.box.density, each.box.futures,
            )  # fmt: skip
