"""What binds in each scenario and year: which resource could meet fewest of its requests, where, and against today.

Ranked by requests lost over the whole region (simulator.results.binding says what that is for each resource), means
over replications; the difference to the baseline is paired, as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import xarray as xr

from scenarios.findings.compare import baseline_of
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import FROM_ZERO, of_differences
from scenarios.text.swedish import number

RESOURCES_SV: Mapping[str, tuple[str, str]] = {
    "gp_time": ("Läkartid på hälsocentralerna", "förfrågningar fick ingen läkartid i tid"),
    "nurse_time": ("Sjukskötersketid på hälsocentralerna", "förfrågningar fick ingen tid"),
    "digital_time": ("Tid för digitala kontakter", "förfrågningar fick ingen tid"),
    "coordinators": ("Samordnare i närvårdsteam", "personer med komplexa behov följdes inte av något team"),
    "referral_clinic": ("Mottagningstid för remisser", "remisser fick inget besök i tid"),
    "return_clinic": ("Mottagningstid för återbesök", "besök blev inte av i tid"),
    "ed_places": ("Behandlingsplatser på akutmottagningen", "akuta behov blev inte omhändertagna"),
    "beds": ("Vårdplatser på sjukhus", "inläggningar blev inte av i tid eller väntade på akuten"),
    "home_nursing": ("Sjukskötersketid i hemsjukvården", "hembesök föll bort"),
    "reception": ("Kommunernas mottagande från sjukhus", "utskrivningar blev inte av samma dag"),
    "special_housing": ("Platser i särskilt boende", "personer väntade på plats"),
    "home_help": ("Undersköterskornas tid i hemtjänsten", "personers behov av hemtjänst blev inte tillgodosett"),
}
"""Swedish name of each resource, and what it cost those who asked for it."""
LACK_SV: Mapping[str, tuple[str, float]] = {
    "beds": ("timmar på akuten i väntan på vårdplats", 1.0),
    "reception": ("dygn på sjukhus som utskrivningsklar", 1.0),
    "home_help": ("timmar hemtjänst som inte gavs", 60.0),
}
"""What is lacking where it is not counted in requests, and how many of the dataset's measure make one."""
NAMED = 2
"""Places that a sentence names."""


@dataclass(frozen=True, slots=True)
class Binding:
    """How far one resource binds in a scenario's year; `rank` 1 binds most, 0 where nothing was lost.

    `lost` is requests a year, `lost_share` the per cent of those asked for, `utilisation` per cent of what was
    offered (None where nothing was). `units` are those where most was lost, with their part. `difference` is
    against the baseline, paired, with its 95 % interval. `lack` is in what `LACK_SV` says, None otherwise.
    """

    scenario: str
    year: int
    rank: int
    resource: str
    label_sv: str
    lost: float
    lost_share: float | None
    utilisation: float | None
    lack: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    units: tuple[tuple[str, float], ...]
    sentence_sv: str


def rank_binding(
    dataset: xr.Dataset,
    places: Mapping[str, str],
    scenarios: Sequence[str],
    years: Sequence[int],
    baseline: str | None = None,
) -> list[Binding]:
    """Return every resource that was asked for, those that bind most first, by scenario and year.

    `places` names each unit in Swedish; units of one name (health centres of a municipality) are told together.
    Years without results are left out. Raises InputError when the baseline is not in the results.
    """
    against = baseline_of(dataset, baseline)
    ranked = []
    for name in scenarios:
        for year in years:
            here = dataset.sel(scenario=name, year=year)
            if not bool(here["resource_requests"].isnull().all()):
                other = None if name == against else dataset.sel(scenario=against, year=year)
                ranked += _ranked(here, other, places, name, year)
    return ranked


def _ranked(
    here: xr.Dataset, other: xr.Dataset | None, places: Mapping[str, str], name: str, year: int
) -> list[Binding]:
    known = [resource for resource in here["resource"].values.tolist() if resource in RESOURCES_SV]
    rows = [_binding(here, other, places, name, year, resource) for resource in known]
    asked = sorted((row for row in rows if row is not None), key=lambda row: -row.lost)
    return [_with_rank(row, place if row.lost >= 0.5 else 0) for place, row in enumerate(asked, 1)]


def _with_rank(row: Binding, rank: int) -> Binding:
    return Binding(**{field.name: getattr(row, field.name) for field in fields(row)} | {"rank": rank})


def _binding(
    here: xr.Dataset, other: xr.Dataset | None, places: Mapping[str, str], name: str, year: int, resource: str
) -> Binding | None:
    """Return one resource of one year; None when nobody asked for it."""
    lost = here["resource_lost"].sel(resource=resource)
    sums = {part: float(here[f"resource_{part}"].sel(resource=resource).sum("unit").mean()) for part in _PARTS}
    if sums["requests"] <= 0.0 and sums["lost"] <= 0.0:
        return None
    difference = low = high = None
    if other is not None:
        apart_by_run = lost.sum("unit") - other["resource_lost"].sel(resource=resource).sum("unit")
        apart = mean_of(apart_by_run.values, of_differences(FROM_ZERO))
        difference, (low, high) = apart.value, apart.bounds
    units = _where(lost.mean("replication"), places)
    label, what = RESOURCES_SV[resource]
    lack = sums["lack"] / LACK_SV[resource][1] if resource in LACK_SV else None
    sentence = _sentence(label, what, resource, sums["lost"], lack, difference, (low, high), units)
    return Binding(
        name, year, 0, resource, label, sums["lost"], _percent(sums["lost"], sums["requests"]),
        _percent(sums["used"], sums["offered"]), lack, difference, low, high, units, sentence,
    )  # fmt: skip


_PARTS = ("offered", "used", "requests", "lost", "lack")


def _percent(part: float, whole: float) -> float | None:
    return 100.0 * part / whole if whole > 0.0 else None


def _where(lost: xr.DataArray, places: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    """Return places by what was lost there, most first."""
    sums: dict[str, float] = {}
    for unit, value in zip(lost["unit"].values.tolist(), lost.values, strict=True):
        if not np.isnan(value) and value > 0.0:
            place = places.get(unit, unit)
            sums[place] = sums.get(place, 0.0) + float(value)
    return tuple(sorted(sums.items(), key=lambda item: -item[1]))


def _sentence(
    label: str,
    what: str,
    resource: str,
    lost: float,
    lack: float | None,
    difference: float | None,
    bounds: tuple[float | None, float | None],
    units: tuple[tuple[str, float], ...],
) -> str:
    """Say in one Swedish sentence what a resource cost, where most of it, and how that differs from the baseline."""
    if lost < 0.5:
        return f"{label} räckte till."
    named = " och ".join(place for place, _ in units[:NAMED])
    part = sum(value for _, value in units[:NAMED]) / lost
    place = f", varav {number(100 * part, 0)} % i {named}" if len(units) > NAMED else f" ({named})" if named else ""
    extra = f"; {number(lack, 0)} {LACK_SV[resource][0]}" if lack is not None and lack >= 0.5 else ""
    return f"{label}: {number(lost, 0)} {what}{place}{extra}{_against(difference, bounds)}."


def _against(difference: float | None, bounds: tuple[float | None, float | None]) -> str:
    if difference is None:
        return ""
    low, high = bounds
    if abs(difference) < 0.5:
        return "; lika många som i det som jämförs med"
    more = f"; {number(abs(difference), 0)} {'fler' if difference > 0 else 'färre'} än i det som jämförs med"
    return more + (", inte säkert skilt från noll" if low is not None and high is not None and low <= 0 <= high else "")


def headline_sv(rows: Sequence[Binding]) -> str:
    """Say what binds most among one scenario's rows of a year."""
    first = next((row for row in rows if row.rank == 1), None)
    if first is None:
        return "Inget begränsar: allt som efterfrågades gavs i tid."
    return "Begränsar mest: " + first.sentence_sv[0].lower() + first.sentence_sv[1:]


def binding_text(rows: Sequence[Binding], labels: Mapping[str, str], top: int) -> str:
    """Return the `top` of each scenario and year as lines of Swedish text."""
    lines: list[str] = []
    for scenario, year in dict.fromkeys((row.scenario, row.year) for row in rows):
        group = [row for row in rows if (row.scenario, row.year) == (scenario, year)]
        lines += [f"{labels.get(scenario, scenario)}, {year}", f"  {headline_sv(group)}"]
        for row in group[:top]:
            used = f", {number(row.utilisation, 0)} % utnyttjat" if row.utilisation is not None else ""
            share = f" ({number(row.lost_share, 1)} % av det efterfrågade{used})" if row.lost_share is not None else ""
            lines.append(f"  {row.rank or '–'}. {row.sentence_sv[:-1]}{share}")
        lines.append("")
    return "\n".join([*lines, BINDING_READING_SV, ""])


def places_text(units: Sequence[tuple[str, float]]) -> str:
    """Return places with their part between semicolons, as one cell of a table holds them."""
    return "; ".join(f"{place} {lost:.1f}" for place, lost in units)


BINDING_READING_SV = (
    "Räknade är förfrågningar som återkallades, gick någon annanstans för att tid saknades eller vid årets slut hade\n"
    "väntat längre än tillåtet, även när personen dog eller lades in medan den väntade. Vårdplatser: också varje dygn\n"
    "på akuten. Personalen på sjukhusens avdelningar är inte med: plats öppnas även när den inte räcker (övertid)."
)
