"""A followed person as Swedish text: who it is, where the paths part, the years, and the events side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scenarios.follow.description import SETTING_LABELS, SEX_LABELS, describe, lowered
from scenarios.follow.follow import MOST_WATCHED, Followed, Path, Portrait, mean_years
from scenarios.follow.labels import REASONS_SV, YEAR_FIGURES
from scenarios.follow.words import Words
from scenarios.places.places import SEGMENT_LABELS
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import dated, number
from simulator.core.dates import EPOCH, date_of, day_number
from simulator.lives.diary import SUPPORT
from simulator.lives.event import Event
from simulator.lives.parting import signature
from simulator.region.axes import EDUCATION_LABELS, EDUCATIONS

if TYPE_CHECKING:
    from simulator.lives.parting import Parting
    from simulator.region.pack import Region

HIDDEN = ("home_visit",)
ROUTINE_CONTACTS = (
    "nurse_visit", "digital_contact", "health_promotion", "specialist_visit", "referral_visit", "local_care_visit",
    "fell_away",
)  # fmt: skip
"""Kinds that are listed only where the paths differ."""
YEARS_ACROSS = 8


def print_followed(console: Console, followed: Followed, whole: bool) -> None:
    """Print everything; with `whole` also the events before the strategies begin."""
    words = Words(followed.region)
    ours, theirs = (path.diary.events for path in followed.paths)
    words.meet(sorted([*ours, *theirs], key=lambda event: event.second), followed.start.named_gp)
    _print_person(console, followed, words)
    _print_parting(console, followed, words)
    _print_years(console, "År för år", followed.paths, [path.diary.years for path in followed.paths])
    if followed.paths[0].alike:
        _print_alike(console, followed)
    _print_events(console, followed, words, whole)
    console.print(Text(_reading(followed), style="dim"))


# --- who it is


def _print_person(console: Console, followed: Followed, words: Words) -> None:
    wish = followed.wish
    console.print(Text(f"Följ: {describe(wish.description, followed.region)}", style="bold"))
    until = "horisontens slut i båda scenarierna" if wish.survivor else "utgången av 2026"
    watched = min(followed.fitting, MOST_WATCHED)
    some = "" if watched == followed.fitting else f" Av de {watched} första"
    among = "i startbefolkningen den 31 december 2022 passar."
    if wish.at_start_of_strategies:
        among = "av dem som bodde i länet 2022 passar den 1 januari 2027."
    still = f"{some or ' Av dem'} lever och bor {number(followed.eligible)} kvar i länet vid {until}."
    if wish.at_start_of_strategies and not wish.survivor:
        still = ""
    lines = [
        f"{number(followed.fitting)} {among}{still}",
        f"Vald: nummer {wish.number} av dem i modellens lottordning (nyckel {followed.key:016x}); samma frö och "
        "replikation ger alltid samma person. Välj en annan med --number.",
        f"31 december 2022: {_person(followed.start, followed.region, words)}",
        f"1 januari 2027: {_person(followed.before, followed.region, words)}",
    ]
    if not wish.at_start_of_strategies and _changed(followed):
        lines.append(
            "På fyra år hinner mycket hända: beskrivningen stämmer inte längre när strategierna börjar. Med "
            "--described 2027 väljs någon som den stämmer på då."
        )
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print()


def _changed(followed: Followed) -> bool:
    """Whether setting or segment, if asked for, are others when the strategies begin."""
    wanted, now = followed.wish.description, followed.before
    return (wanted.setting, wanted.segment) != (
        None if wanted.setting is None else now.setting, None if wanted.segment is None else now.segment,
    )  # fmt: skip


def _person(person: Portrait, region: Region, words: Words) -> str:
    labels = {condition.code: lowered(condition.label_sv) for condition in region.conditions}
    ill = ", ".join(labels[code] for code in person.conditions) or "ingen kronisk sjukdom"
    gp = f"fast läkare {words.doctors[person.named_gp]}" if person.named_gp else "ingen fast läkare på plats"
    schooling = EDUCATION_LABELS[EDUCATIONS[person.education]].lower()
    return (
        f"{SEX_LABELS[person.sex]}, {person.age} år, {person.municipality}, {person.centre} ({gp}); "
        f"{SETTING_LABELS[person.setting]}; {schooling} utbildning; {ill}; "
        f"{SEGMENT_LABELS[person.segment]}, RUB {person.rub}."
    )


# --- where the paths part


def _print_parting(console: Console, followed: Followed, words: Words) -> None:
    console.print(Text("Var vägarna skiljs", style="bold"))
    whole, care = followed.parting, followed.parting_in_care
    for text in _parting_lines(followed, whole, care, words):
        console.print(Padding(Text(text), (0, 0, 0, 2)))
    console.print()


def _parting_lines(followed: Followed, whole: Parting | None, care: Parting | None, words: Words) -> list[str]:
    one, other = (path.label for path in followed.paths)
    if whole is None:
        return [f"Ingenstans: {other} ändrar ingenting i den här personens väg till och med {followed.horizon}."]
    lines = []
    if not _support(followed):
        lines.append("Närvårdsteam, plan, fast vårdkontakt och egenmonitorering är lika i båda.")
    if whole.reason == "support":
        lines.append(f"Stödet skiljer sig från {_date(whole.day)}. {_sides(whole, one, other, words)}")
    if care is None:
        return [*lines, "Kontakterna med vården är desamma, dag för dag."]
    sides = _sides(care, one, other, words)
    lines.append(f"Vården skiljer sig från {_date(care.day)}. {sides} {REASONS_SV[care.reason]}")
    if care.reason == "outcome" and (followers := _followed_by(followed, care.day)):
        lines.append(followers)
    return lines


def _support(followed: Followed) -> bool:
    """Whether who follows the person differs between the paths."""
    ours, theirs = ([e for e in path.diary.events if e.kind in SUPPORT] for path in followed.paths)
    return ours != theirs


def _followed_by(followed: Followed, day: int) -> str:
    """Say whether a närvårdsteam follows the person in one path alone on a day."""
    teams = []
    for path in followed.paths:
        changes = [event for event in path.diary.events if event.kind == "team" and event.day <= day]
        if changes and changes[-1].outcome == "begins":
            teams.append(path.label)
    if len(teams) != 1:
        return ""
    return f"I {teams[0]} följer ett närvårdsteam personen, vilket gör en inläggning mindre sannolik."


def _sides(parting: Parting, one: str, other: str, words: Words) -> str:
    parts = []
    alone = "Bara i " if parting.ours is None or parting.theirs is None else ""
    for label, event in ((one, parting.ours), (other, parting.theirs)):
        if event is not None:
            later = f" ({_date(event.day)})" if event.day != parting.day else ""
            parts.append(f"{alone}{label}: {words.tell(event)}{later}.")
    return " ".join(parts)


def _date(day: int) -> str:
    return dated(date_of(day))


# --- years


def _print_years(console: Console, title: str, paths: Sequence[Path], years: Sequence[Sequence[object]]) -> None:
    ours, theirs = ([_figures(year) for year in column] for column in years)
    for first in range(0, len(ours), YEARS_ACROSS):
        part = slice(first, first + YEARS_ACROSS)
        _print_years_block(console, title, paths, ours[part], theirs[part])


def _figures(year: object) -> dict[str, float | None]:
    return year if isinstance(year, dict) else year.as_dict()  # type: ignore[attr-defined]


def _print_years_block(
    console: Console,
    title: str,
    paths: Sequence[Path],
    ours: Sequence[dict[str, float | None]],
    theirs: Sequence[dict[str, float | None]],
) -> None:
    numbers = [int(year["year"] or 0) for year in ours]
    table = _plain_table(title, *(str(year) for year in numbers))
    means = any(isinstance(value, float) and name == "gp_visits" for year in ours for name, value in year.items())
    for figure in YEAR_FIGURES:
        name, label = figure.name, f"  {figure.part}" if figure.part else figure.label
        places = max(figure.decimals, 1) if means else figure.decimals
        left, right = ([number(year[name], places) for year in column] for column in (ours, theirs))
        if not any(year[name] for year in [*ours, *theirs]):
            continue
        table.add_row(label, *left)
        if left != right:
            right_shown = [text if year >= FIRST_START.year else "" for year, text in zip(numbers, right, strict=True)]
            table.add_row(
                Text(f"    {paths[1].label}", style="cyan"), *(Text(text, style="cyan") for text in right_shown)
            )
    console.print(table)
    note_sv = f"Siffrorna gäller {paths[0].label}; {paths[1].label} står under där det skiljer."
    console.print(Padding(Text(note_sv, style="dim"), (0, 0, 1, 0)))


def _plain_table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column(Text(first, style="bold"), width=34)
    for title in others:
        table.add_column(title, justify="right", width=6)
    return table


def _print_alike(console: Console, followed: Followed) -> None:
    count = len(followed.paths[0].alike)
    years = [mean_years(path.alike) for path in followed.paths]
    _print_years(console, f"I medeltal för {number(count)} som passar", followed.paths, years)


# --- events side by side


def _print_events(console: Console, followed: Followed, words: Words, whole: bool) -> None:
    first = EPOCH if whole else FIRST_START
    start, (left, right) = day_number(first), followed.paths
    console.print(Text(f"Händelser från {first.year}", style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("Datum", width=10)
    for path in followed.paths:
        table.add_column(path.label, width=(console.width - 14) // 2)
    ours, theirs = ([e for e in path.diary.events if e.day >= start and _shown(e)] for path in (left, right))
    alike = 0
    for a, b in side_by_side(ours, theirs):
        event = a or b
        if a and b and a.kind in ROUTINE_CONTACTS and not whole:
            alike += 1
        elif event:
            same = Text("samma", style="dim") if a and b else Text(words.tell(b) if b else "–", style="cyan")
            table.add_row(event.when.date().isoformat(), words.tell(a) if a else Text("–"), same)
    console.print(table)
    if alike:
        note_sv = (
            f"Dessutom {number(alike)} kontakter med sköterska, rehab och specialist, lika i båda (visas med --all)."
        )
        console.print(Text(note_sv, style="dim"))
    console.print()


def _shown(event: Event) -> bool:
    return event.kind not in HIDDEN and not (event.kind == "fell_away" and event.subject == "home_nursing")


def side_by_side(ours: Sequence[Event], theirs: Sequence[Event]) -> list[tuple[Event | None, Event | None]]:
    """Pair events that are the same to the person, the others alone, in order of time."""
    waiting: dict[tuple[object, ...], list[Event]] = {}
    for event in theirs:
        waiting.setdefault(signature(event), []).append(event)
    rows: list[tuple[Event | None, Event | None]] = []
    for event in ours:
        same = waiting.get(signature(event))
        rows.append((event, same.pop(0) if same else None))
    rows += [(None, event) for left in waiting.values() for event in left]
    return sorted(rows, key=lambda row: min(event.second for event in row if event))


def _reading(followed: Followed) -> str:
    return (
        "En simulerad människa, ingen verklig, och en väg av många möjliga: det mesta är slump. Båda vägarna har samma "
        f"slump (frö {followed.base_seed}, replikation {followed.replication}) och är lika tills strategin rör "
        "personen eller köerna omkring. Skillnaden för en människa säger inte vad strategin ger: kör naravard run, "
        "eller se medeltal för liknande med --anyone-like. Hemsjukvårdens besök räknas men listas inte. Läkare har "
        "bokstäver i den ordning de dyker upp. Vad ett behov som inte möttes leder till står den dag det händer. "
        "Sjukdomar, behovsgrupp, hemsjukvård och fast läkare ses över varje 1 januari."
    )
