"""The answer to what it takes, as sentences, tables and files; every figure is a confirmed one, with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from scenarios.measures.figures import INDICATORS
from scenarios.running.folder import write_files
from scenarios.seeking.seek import Sought
from scenarios.seeking.trials import CONFIRMATION
from scenarios.seeking.verdict import MISSED, REACHED, UNDECIDED, Confirmed, GoalMet
from scenarios.seeking.wanted import Goal, GoalFile
from scenarios.strategies.text import strategy_text
from scenarios.text.records import json_text, to_csv
from scenarios.text.swedish import number, span

RUNG_HEADERS = ("Förslag", "Når målen", "Framtider, %", "Storlek", "Mkr/år", "Tjänster", "Förändring")
ANSWER_FILE, NEAREST_FILE = "svar.yaml", "narmast.yaml"


def headline(wanted: GoalFile, answer: Sought) -> str:
    """Return the answer in one or two sentences, no more than its interval carries."""
    best, wish = answer.best, number(100 * wanted.probability, 0)
    counted = f"i {_share(best)} av {best.futures} nya framtider"
    if best.reached == MISSED:
        return (
            f"Inget av det som prövades når målen med {wish} % sannolikhet. Närmast kommer {_change(best)}: där nås de "
            f"tillsammans {counted}."
        )
    if best.reached == UNDECIDED:
        return (
            f"Om målen nås med {wish} % sannolikhet går inte att avgöra med {best.futures} framtider. Det minsta "
            f"som kan räcka är {_change(best)}: där nås de tillsammans {counted}, och intervallet rymmer "
            f"mindre än {wish} %."
        )
    if best.distance == 0:
        return f"Målen nås utan att någon spak flyttas: tillsammans {counted}."
    return f"Det minsta som når målen av det som prövades är {_change(best)}. De nås tillsammans {counted}."


def rung_rows(answer: Sought) -> Iterator[tuple[str, ...]]:
    """Yield the points that were confirmed as rows under `RUNG_HEADERS`."""
    for rung in answer.rungs:
        share = f"{number(rung.share, 0)} ({span(rung.low, rung.high, 0, '–')})"
        yield (
            rung.scenario, rung.reached, share, number(rung.distance, 2), number(rung.cost_msek, 1),
            number(rung.posts, 1), rung.change_sv,
        )  # fmt: skip


def _share(best: Confirmed) -> str:
    return f"{number(best.share, 0)} % (95 %-intervall {span(best.low, best.high, 0, '–')} %)"


def _change(best: Confirmed) -> str:
    return "dagens läge" if best.distance == 0 else best.change_sv


def sentences(wanted: GoalFile, answer: Sought) -> Iterator[str]:
    """Yield everything that is told of an answer, one paragraph each."""
    best = answer.best
    yield headline(wanted, answer)
    yield (
        f"Det kostar {number(best.cost_msek, 1)} miljoner kronor om året vid full effekt och kräver "
        f"{number(best.posts, 1)} tjänster utöver dagens, i det som har pris."
    )
    smaller = [rung for rung in answer.rungs if rung.reached == UNDECIDED and rung.distance < best.distance]
    if best.reached == REACHED and smaller:
        yield f"En mindre förändring kan räcka men är oavgjord: {smaller[0].change_sv} ({_share(smaller[0])})."
    for goal in wanted.goals:
        yield from _goal(goal, [row for row in answer.goals if row.scenario == best.scenario], wanted)
    if best.reached != REACHED and answer.binding:
        yield f"Det som tar emot: {'; '.join(answer.binding)}."
    if answer.unpriced:
        yield f"Utan pris, räknas som 0 i kostnaden: {', '.join(answer.unpriced)}."
    yield (
        f"{number(answer.tried)} av {number(answer.points)} möjliga lägen kördes, med {wanted.search.draws} framtider "
        f"var; svaret prövades i {wanted.search.confirming_draws} andra. En framtid är en dragning av "
        "antaganden och slump. "
        "Storleken på en förändring är summan av spakarnas avstånd från i dag i andelar av deras hela spann."
    )


def _goal(goal: Goal, rows: list[GoalMet], wanted: GoalFile) -> Iterator[str]:
    figure = INDICATORS[goal.indicator]
    bound = f"{'minst' if goal.sign > 0 else 'högst'} {number(goal.bound)} {figure.unit_sv}"
    for row in rows:
        if (row.indicator, row.bound) != (goal.indicator, goal.bound):
            continue
        missing = (
            f"; {number(row.shortfall, figure.decimals)} saknas i den framtid som ska klaras för att nå "
            f"{number(100 * wanted.probability, 0)} %"
            if row.shortfall > 0
            else ""
        )
        yield (
            f"{figure.label_sv}, {bound}, {row.year}: {number(row.value, figure.decimals)} i medel "
            f"({span(row.low, row.high, figure.decimals, '–')}), nått i {number(row.share, 0)} % av "
            f"framtiderna{missing}."
        )


def write_answer(wanted: GoalFile, answer: Sought, folder: Path) -> Path:
    """Write the answer's strategy and tables to a search's folder, return the strategy's file; raises WriteError.

    What reaches the goals, or may, is `svar.yaml`; what only comes nearest is `narmast.yaml`.
    """
    file = NEAREST_FILE if answer.best.reached == MISSED else ANSWER_FILE
    content = {
        "reached": answer.best.reached,
        "probability": wanted.probability,
        "scenario": answer.best.scenario,
        "strategy_file": file,
        "told_sv": list(sentences(wanted, answer)),
        "binds_sv": list(answer.binding),
        "points_run": answer.tried,
        "points": answer.points,
        "norm": "sum over levers of the distance from today in shares of a lever's range; then cost",
        "confirmation": CONFIRMATION,
        "confirmed": [asdict(rung) for rung in answer.rungs],
        "goals": [asdict(goal) for goal in answer.goals],
    }
    files = {
        file: strategy_text(answer.strategy).encode(),
        "forslag.csv": to_csv(answer.rungs, Confirmed).encode(),
        "mal.csv": to_csv(answer.goals, GoalMet).encode(),
        "svar.json": (json_text(content) + "\n").encode(),
    }
    write_files(files, folder)
    return folder / file
