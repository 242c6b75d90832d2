"""The smallest whole region, made up: a hospital, four health centres and three municipalities of 6 000 people in all.

`python -m calibration.template` rewrites the pack `template` from Region Kalmar län's, so that it has every table and
every parameter that a pack must have. Figures of the country keep their source. What was read or worked out for the
county becomes an assumption of grade C, and counts are cut to the number of people. The places, their people and what
stands there are made here; `calibration.backcast` and `calibration.needs` work out the rest, as for any region.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from calibration import backcast, needs
from scenarios.strategies.defaults import HOME_REGION
from simulator.region.axes import AGES, PROFESSIONS_OF, SEXES, WARDS
from simulator.region.pack import Region, load_region, regions_folder
from simulator.region.table_schema import DESCRIPTION

NAME, TITLE, TITLE_SV = "template", "Example region (made up)", "Exempelregion (påhittad)"
PACK_ABOUT = (
    "The smallest whole region, to learn from, to copy and to test on: three made-up municipalities, four health "
    "centres, one hospital and 6 000 people. Figures of the country keep their source; all others are of grade C, most "
    "of them cut from Region Kalmar län's pack. Made by calibration/template.py: change that, not the tables."
)


@dataclass(frozen=True, slots=True)
class MadeUpTown:
    """A made-up municipality: the municipality whose ages its people have, and how many are listed at each centre."""

    code: str
    name: str
    model: str
    listed: tuple[int, ...]

    @property
    def people(self) -> int:
        """Inhabitants on 31 December 2022."""
        return sum(self.listed)

    def centres(self) -> Iterator[tuple[str, str, int]]:
        """Code, name and listed people of each health centre."""
        for number, listed in enumerate(self.listed, 1):
            mark = f" {number}" if len(self.listed) > 1 else ""
            code = f"{self.name}{mark}".lower().replace(" ", "-").replace("ö", "o")
            yield code, f"Hälsocentral {self.name}{mark}", listed


TOWNS = (
    MadeUpTown("0001", "Norrby", "0880", (1900, 1100)),
    MadeUpTown("0002", "Mellanby", "0884", (2000,)),
    MadeUpTown("0003", "Söderby", "0885", (1000,)),
)
PEOPLE = sum(town.people for town in TOWNS)
THE_HOSPITAL = "mellanby"
HOSPITAL_BEDS = {"medicine": 9, "surgery": 5, "other": 2}
BEDS_SUMMER, TREATMENT_PLACES, PSYCHIATRY_BEDS = 13, 3, 2
GP_VACANCY, GP_AGENCY = 0.1, 0.5
RECEPTIONS_PER_DAY = 0.7
"""People whom a municipality can receive home from hospital a day."""

Row = dict[str, Any]
Rows = list[Row]
LOCAL_WORDS = re.compile(
    r"kalmar|\bcounty\b|ostrasmaland|newsworthy|health-choice|nära vård board|start_picture|fitted to|calibrate to"
    r"|set so that about|45 000|243 000|499 beds",
    re.IGNORECASE,
)
"""What in a source gives away that it speaks of the county: its name, its newspapers, its boards, its counts."""
AS_THERE = "assumption: as in Region Kalmar län"
BY_PEOPLE = "derived: the figure of Region Kalmar län by inhabitants"
MADE_UP = "assumption: made up"
MADE_TABLES = {
    "population_2024": "derived: calibration/template.py: ages of a municipality of Region Kalmar län's, cut",
    "population_county_2015": BY_PEOPLE,
}
COUNTS = ("persons", "FTE", "visits per year", "births per year", "persons per year", "persons per quarter")
"""Units of figures that grow with the number of people; what is counted at one centre does not."""


def template_of(model: Region) -> dict[str, Rows]:
    """Every table of the made-up region but the derived ones, made from the pack of `model`."""
    given = {path.stem: _read(path) for path in sorted(model.folder.glob("*.csv"))}
    share = PEOPLE / model.population.sum()
    tables = {name: [_borrowed(row, share) for row in rows] for name, rows in given.items()}
    people = _people(model)
    tables |= _places() | _care(model) | {"population_2024": people, "staff": list(_staff(model))}
    tables["population_county_2015"] = [
        row | {"persons": round(int(row["persons"]) * share)} for row in given["population_county_2015"]
    ]
    tables["followup_board"] = _board(given["followup_board"])
    total = sum(row["persons"] for row in people)
    for name, value in (("population_2022", PEOPLE), ("population_2024", total)):
        next(row for row in tables["published_totals"] if row["name"] == name)["value"] = value
    return tables


def _borrowed(row: Row, share: float) -> Row:
    """A row of the model as it holds here: of the country with its source, of the county as an assumption."""
    counted = "value" in row and row["unit"] in COUNTS and "per_centre" not in row["name"]
    columns = [name for name in row if name.endswith("source")]
    local = {name for name in columns if counted or LOCAL_WORDS.search(row[name])}
    new = row | dict.fromkeys(local, BY_PEOPLE if counted else AS_THERE)
    new |= {name.replace("source", "grade"): "C" for name in local}
    if local and "note" in row:
        new["note"] = ""
    if counted:
        new |= {name: _cut(row[name], share) for name in ("value", "low", "high") if row.get(name)}
    if "label_sv" in row:
        new["label_sv"] = row["label_sv"].replace("Region Kalmar län", "regionen")
    return new


def _cut(number: str, share: float) -> int | float:
    """A count cut to the made-up region, whole as long as that is not too coarse."""
    value = float(number) * share
    return round(value) if abs(value) >= 10 else round(value, 1)


def _people(model: Region) -> Rows:
    """The table of 2024: each town has the ages of its model, and grew since 2022 as that did."""
    rows = []
    for town in TOWNS:
        place = model.municipalities.index(town.model)
        before, ages = model.population[place].sum(), model.population_2024[place].astype(float)
        total = round(town.people * ages.sum() / before)
        whole = backcast.whole_persons(ages[None] * total / ages.sum(), [total])[0].astype(int)
        rows += [
            {"municipality": town.code, "sex": label, "age": age, "persons": int(whole[sex, age])}
            for sex, label in enumerate(SEXES)
            for age in range(AGES)
        ]
    return rows


def _places() -> dict[str, Rows]:
    """Municipalities, health centres, hospital and wards."""
    made = {"source": MADE_UP, "grade": "C"}
    return {
        "municipalities": [
            {"municipality": town.code, "name": town.name, "population_2022": town.people}
            | made
            | dict.fromkeys(("population_earlier", "earlier_year", "earlier_source", "earlier_grade"), "")
            for town in TOWNS
        ],
        "catchments": [{"municipality": town.code, "hospital": THE_HOSPITAL} | made for town in TOWNS],
        "health_centres": [
            {"centre": code, "name": name, "municipality": town.code, "listed": listed} | made
            for town in TOWNS
            for code, name, listed in town.centres()
        ],
        "hospitals": [_hospital()],
        "wards": [
            {"hospital": THE_HOSPITAL, "ward": ward, "beds": HOSPITAL_BEDS[ward]} | made for ward in WARDS
        ],
        "mortality_ratio": [
            {"sex": sex, "age_from": 0, "age_to": AGES - 1, "ratio": 1}
            | {"source": "assumption: as in the country", "grade": "C"}
            for sex in SEXES
        ],
    }  # fmt: skip


def _hospital() -> Row:
    spare = (
        "assumption: more an inhabitant than in Region Kalmar län, for a small hospital shares its peaks with nobody"
    )
    return {
        "hospital": THE_HOSPITAL, "name": "Sjukhuset i Mellanby",
        "beds": sum(HOSPITAL_BEDS.values()), "beds_summer": BEDS_SUMMER, "source": spare, "grade": "C",
        "ed_places": TREATMENT_PLACES, "ed_places_source": spare, "ed_places_grade": "C",
        "to_county_share": 0, "to_county_share_source": "assumption: the only hospital", "to_county_share_grade": "C",
        "treatment_time_factor": 1, "treatment_source": "assumption: the only hospital", "treatment_grade": "C",
        "urgent_factor": 1, "urgent_source": "assumption: the only hospital", "urgent_grade": "C",
        "walk_in_until": "", "walk_in_source": "assumption: open to all", "walk_in_grade": "C",
        "psychiatry_beds": PSYCHIATRY_BEDS, "psychiatry_grade": "C",
        "psychiatry_source": "assumption: as many an inhabitant as in Region Kalmar län",
    }  # fmt: skip


def _care(model: Region) -> dict[str, Rows]:
    """What each municipality offers the aged, and what it has not followed up."""
    source = (
        "derived: places are Region Kalmar län's by inhabitants aged 80 and over; people received home from hospital "
        "set so that about nine in ten leave on the day on which they are ready, as there"
    )
    made = {"source": source, "grade": "C"}
    aged, share = _aged(model), 1 / model.population[..., 80:].sum()
    unknown = {"total": "", "rub_4": "", "rub_5": "", "note": "not followed up", "source": MADE_UP, "grade": "C"}
    care = [
        {
            "municipality": town.code,
            "housing_places": int(np.ceil(model.housing_places.sum() * old * share)),
            "short_term_places": int(np.ceil(model.short_term_places.sum() * old * share)),
            "receptions_per_day": RECEPTIONS_PER_DAY,
        }
        | made
        for town, old in zip(TOWNS, aged, strict=True)
    ]
    follow_up = [{"municipality": town.code} | unknown for town in TOWNS]
    return {"municipal_care": care, "home_nursing_gp": follow_up, "medication_reviews": follow_up}


def _aged(model: Region) -> list[float]:
    """People aged 80 and over in each town."""
    places = [model.municipalities.index(town.model) for town in TOWNS]
    old = model.population[places, :, 80:].sum((1, 2)) / model.population[places].sum((1, 2))
    return [float(share * town.people) for share, town in zip(old, TOWNS, strict=True)]


def _staff(model: Region) -> Iterator[Row]:
    """Posts of every unit: the model's by its listed people, inhabitants, or inhabitants aged 80 and over."""
    everybody, old = model.population.sum(), model.population[..., 80:].sum()
    for town in TOWNS:
        for code, _, listed in town.centres():
            yield from _posts(model, "centre", code, listed / everybody, "listed people")
    yield from _posts(model, "hospital", THE_HOSPITAL, PEOPLE / everybody, "inhabitants")
    for town, aged in zip(TOWNS, _aged(model), strict=True):
        yield from _posts(model, "municipality", town.code, aged / old, "inhabitants aged 80 and over")


def _posts(model: Region, kind: str, unit: str, share: float, by: str) -> Iterator[Row]:
    source = f"derived: Region Kalmar län's by {by}"
    for profession in PROFESSIONS_OF[kind]:
        there = [post for post in model.staff if post.profession == profession]
        posts = sum(post.posts_fte for post in there)
        vacancy = sum(post.posts_fte * post.vacancy for post in there) / posts if posts else there[0].vacancy
        row: Row = {"unit": unit, "unit_kind": kind, "profession": profession, "posts_fte": posts * share}
        row |= {"vacancy": vacancy, "agency_share": there[0].agency_share, "source": source, "grade": "C"}
        if profession == "gp":
            row |= _less_vacant(row)
        yield row | {"posts_fte": round(row["posts_fte"], 2), "vacancy": round(row["vacancy"], 3)}


def _less_vacant(row: Row) -> Row:
    """As much time of GPs in fewer posts: where a centre has one or two, a vacancy as common would close it."""
    filled = 1 - row["vacancy"] * (1 - row["agency_share"])
    posts = row["posts_fte"] * filled / (1 - GP_VACANCY * (1 - GP_AGENCY))
    source = row["source"] + ", as much time in fewer vacancies, which would close a centre with one post"
    return {"posts_fte": posts, "vacancy": GP_VACANCY, "agency_share": GP_AGENCY, "source": source}


def _board(rows: Rows) -> Rows:
    """What the model has of the follow-up board; the made-up region has no figures of its own."""
    kept = [row for row in rows if row["kind"] == "derived"]
    note = "of the country alone: a made-up region has no figures"
    return [
        row | {"region_value": "", "region_year": "", "number": number, "note": note}
        for number, row in enumerate(kept, 1)
    ]  # fmt: skip


def description_of(model: Region) -> dict[str, Any]:
    """The model's datapackage.json with names and sources of the made-up region."""
    described: dict[str, Any] = json.loads((model.folder / DESCRIPTION).read_text(encoding="utf-8"))
    resources = [_described(resource) for resource in described["resources"]]
    names = {"name": NAME, "title": TITLE, "title_sv": TITLE_SV, "description": PACK_ABOUT}
    return described | names | {"resources": resources}


def _described(resource: dict[str, Any]) -> dict[str, Any]:
    """A table's description; its source holds for all of its rows."""
    made = MADE_TABLES.get(resource["name"])
    if made is None and LOCAL_WORDS.search(resource.get("source", "")):
        made = AS_THERE
    return resource | ({"source": made, "grade": "C"} if made else {})


def write(folder: Path) -> None:
    """Write the pack whole: what is made here, then what is worked out from it."""
    folder.mkdir(exist_ok=True)
    model = load_region(HOME_REGION)
    text = json.dumps(description_of(model), ensure_ascii=False, indent=1)
    (folder / DESCRIPTION).write_text(text + "\n", encoding="utf-8")
    for name, rows in template_of(model).items():
        header = (model.folder / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
        backcast.write_rows(folder / f"{name}.csv", header, ([row[column] for column in header] for row in rows))
    backcast.write_tables(folder)
    needs.write_tables(folder)


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Command line: rewrite the pack."""
    parser = argparse.ArgumentParser(description="Rewrite the made-up region's pack.")
    parser.add_argument("--pack", type=Path, default=regions_folder() / NAME, help="the pack's folder")
    write(parser.parse_args().pack)


if __name__ == "__main__":
    main()
