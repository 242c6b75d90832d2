"""A person's two paths in words: where they part, and every year side by side as HTML that becomes cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from scenarios.exhibits import html_table
from scenarios.exhibits.person.events import TURNS
from scenarios.exhibits.person.timeline import Pair, beside
from scenarios.exhibits.wording import counted, some
from scenarios.follow.labels import REASONS_SV
from scenarios.live.life import SIDES, Figures, Life, Parted, ToldEvent
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import MONTHS, number

Row = tuple[ToldEvent | None, ToldEvent | None, bool]
CAUTION = (
    "**Personen är simulerad och finns inte.** Varje väg är ett möjligt förlopp, inte en prognos för någon: det mesta "
    "i en enskild människas väg är slump. Båda vägarna har samma slump och är lika tills strategin rör personen "
    "eller köerna omkring."
)


def where_they_part(life: Life, pair: Pair) -> list[str]:
    """Return sentences on where and why the paths part."""
    if life.parted is None:
        return [f"Vägarna skiljs aldrig: {pair.labels[1]} ändrar ingenting för personen till och med {pair.horizon}."]
    sentences = []
    if life.parted.reason == "support":
        sentences.append(f"Stödet skiljer sig från {life.parted.date_sv}. {_sides(life.parted, pair)}")
    care = life.parted_in_care
    if care is None:
        return [*sentences, "Kontakterna med vården är desamma, dag för dag."]
    sentences.append(f"Vården skiljer sig från {care.date_sv}. {_sides(care, pair)} {REASONS_SV[care.reason]}")
    if care.reason == "outcome" and life.team is not None:
        label = pair.labels[life.team]
        sentences.append(f"I {label} följer ett närvårdsteam personen, vilket gör en inläggning mindre sannolik.")
    return sentences


def _sides(parted: Parted, pair: Pair) -> str:
    alone = "Bara i " if None in parted.events else ""
    parts = []
    for label, event in zip(pair.labels, parted.events, strict=True):
        if event is not None:
            later = f" ({event.date_sv})" if event.day != parted.day else ""
            parts.append(f"{alone}{label}: {_lower(event.text)}{later}.")
    return " ".join(parts)


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


# --- year by year


def years(life: Life, pair: Pair, dark: bool) -> str:
    """Return the story of every year from the start of strategies on as HTML."""
    span = range(FIRST_START.year, pair.horizon + 1)
    kind = "nv-dark" if dark else "nv-light"
    return f'<div class="nv-story {kind}">{"".join(_year(life, pair, year, dark) for year in span)}</div>'


def _year(life: Life, pair: Pair, year: int, dark: bool) -> str:
    pairs = _pairs_of(life, str(year))
    turns = [row for row in pairs if any(event is not None and event.kind in TURNS for event in row[:2])]
    everyday = len(pairs) - len(turns)
    heads = "".join(_side(life, pair, side, year, dark) for side in SIDES)
    main = _table(turns, pair, f"Vändpunkter {year}") if turns else '<p class="nv-of">Inga vändpunkter i året.</p>'
    rest = ""
    if everyday:
        summary = f"Alla {number(len(pairs))} händelser {year}, dag för dag"
        rest = f"<details><summary>{summary}</summary>{_table(pairs, pair, f'Alla händelser {year}')}</details>"
    return f'<section><h3>{year}</h3><div class="nv-sides">{heads}</div>{main}{rest}</section>'


def _pairs_of(life: Life, year: str) -> list[Row]:
    return [row for row in beside(life) if (event := row[0] or row[1]) is not None and event.day.startswith(year)]


def _side(life: Life, pair: Pair, side: int, year: int, dark: bool) -> str:
    figures = next(each for each in life.years[side] if each["year"] == year)
    colour = pair.looks[side].colour(dark)
    name = html_table.swatch(colour) + pair.labels[side]
    return f"<p><strong>{name}</strong><br>{escape(year_sentence(figures))}</p>"


def year_sentence(year: Figures) -> str:
    """Return a year in one sentence or two."""
    if year["days_gone"] is not None and year["days_gone"] >= 365:
        return "Personen lever inte längre, eller har flyttat från länet."
    parts = [_count(year, "gp_visits", "läkarbesök")]
    if year["gp_visits"]:
        parts[0] += f" ({_count(year, 'own_gp_visits', 'hos den fasta läkaren')})"
    parts.append(_count(year, "emergency_visits", "akutbesök"))
    parts += [_count(year, name, noun) for name, noun in _MORE if round(year[name] or 0)]
    if nights := round(year["days_hospital"] or 0):
        parts.insert(2, counted(nights, "natt på sjukhus", "nätter på sjukhus"))
    text = f"{', '.join(parts[:-1])} och {parts[-1]}" if len(parts) > 1 else parts[0]
    return text[:1].upper() + text[1:] + "."


_MORE = (
    ("hospital_at_home_days", "dygn med sjukhusvård hemma"),
    ("days_short_term", "dygn på korttidsplats"),
    ("mobile_visits", "besök av mobilt team"),
    ("home_visits", "besök av hemsjukvården"),
)


def _count(year: Figures, name: str, noun: str) -> str:
    return some(round(year[name] or 0), noun)


def _table(rows: Sequence[Row], pair: Pair, caption: str) -> str:
    heads = map(html_table.column_head, ("Datum", *pair.labels))
    table = html_table.table(heads, (_row(row, pair) for row in rows), caption, "nv-paths")
    return f'<div class="nv-figures">{table}</div>'


def _row(row: Row, pair: Pair) -> Markup:
    ours, theirs, same = row
    event = ours or theirs
    if event is None:
        return Markup()
    when = html_table.row_head(_short(event.day))
    if ours is not None and same:
        both = html_table.cell(html_table.key("Lika i båda:") + ours.text)
        return html_table.row((when, both, html_table.cell("lika", "nv-of nv-wide")), "nv-same")
    cells = (_side_of(event, label) for event, label in zip((ours, theirs), pair.labels, strict=True))
    return html_table.row((when, *cells), "nv-differs")


def _side_of(event: ToldEvent | None, label: str) -> Markup:
    text = event.text if event else "–"
    return html_table.cell(html_table.key(f"{label}:") + text, "" if event else "nv-of")


def _short(day: str) -> str:
    when = date.fromisoformat(day)
    return f"{when.day} {MONTHS[when.month - 1]}"
