"""Broken region packs: each refused with place and value, all problems at once, no other exception."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.region.pack import RegionError, load_region, regions_folder

KALMAR, SMALLEST = (regions_folder() / name for name in ("kalmar", "template"))
TABLES = sorted(path.name for path in SMALLEST.glob("*.csv") if path.stem != "exceptions")
Edit = Callable[[str], str]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(KALMAR, folder)
    return folder


@pytest.fixture
def smallest(tmp_path: Path) -> Path:
    folder = tmp_path / "smallest"
    shutil.copytree(SMALLEST, folder)
    return folder


def mutate(pack: Path, file: str, edit: Edit) -> None:
    path = pack / file
    before = path.read_text(encoding="utf-8")
    after = edit(before)
    assert after != before, "the mutation must change something"
    path.write_text(after, encoding="utf-8")


def refusal(pack: Path) -> RegionError:
    with pytest.raises(RegionError) as caught:
        load_region(pack)
    return caught.value


def swap(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new, 1)


def pattern(old: str, new: str) -> Edit:
    return lambda text: re.sub(old, new, text, count=1, flags=re.MULTILINE)


def lines(old: str, new: str) -> Edit:
    return lambda text: re.sub(old, new, text, flags=re.MULTILINE)


def without_line(start: str) -> Edit:
    return pattern(f"^{re.escape(start)}.*\n", "")


def twice(start: str) -> Edit:
    return pattern(f"^({re.escape(start)}.*\n)", r"\1\1")


MUTATIONS: list[tuple[str, str, Edit, str]] = [
    ("lost leading zero", "population.csv", lambda t: t.replace("\n0880,", "\n880,"), '"880"'),
    ("lost leading zero, one table", "catchments.csv", swap("0880,", "880,"), '"880"'),
    ("decimal comma", "mortality.csv", pattern(r"^men,50,0\.(\d+)$", r"men,50,0,\1"), "4 celler"),
    ("decimal comma in quotes", "mortality.csv", pattern(r"^men,50,0\.(\d+)$", r'men,50,"0,\1"'), "decimalpunkt"),
    ("thousands blank", "health_centres.csv", pattern(r",11458,", ",11 458,"), '"11 458"'),
    ("per cent as fraction", "rub_by_age.csv", pattern(r"^0-17,0,0\.(\d\d)", r"0-17,0,\1."), "0 till 1"),
    ("per cent in parameters", "parameters.csv", swap("_share,0.33,", "_share,33,"), "inte procent"),
    ("per cent prevalence", "conditions.csv", swap(",0.165,", ",16.5,"), "prevalence_men"),
    ("deaths per 1 000", "mortality.csv", lines(r",0\.00", ",0."), "medellivslängd"),
    ("births per 100", "fertility.csv", lines(r",0\.(\d\d)(\d+)$", r",\1.\2"), "births_per_woman"),
    ("births per 100 000 women", "fertility.csv", lines(r",0\.\d+$", ",0.000005"), "barn per kvinna"),
    ("negative persons", "population.csv", pattern(r"^0821,men,5,", "0821,men,5,-"), "persons"),
    ("half a person", "population.csv", pattern(r"^(0821,men,5,\d+)$", r"\1.5"), "ett heltal"),
    ("not a number", "in_migration.csv", pattern(r"^(0821,men,5),.*$", r"\1,nan"), '"nan"'),
    ("infinity", "out_migration.csv", pattern(r"^(0821,men,5),.*$", r"\1,inf"), '"inf"'),
    ("empty cell", "staff.csv", pattern(r"^(hogsby,centre,gp),[\d.]+", r"\1,"), "ett värde"),
    ("missing row", "population.csv", without_line("0880,women,80,"), "0880 women 80 saknas"),
    ("missing municipality", "municipalities.csv", without_line("0834,"), '"0834"'),
    ("duplicated row", "in_migration.csv", twice("0880,men,20,"), "en gång"),
    ("duplicated parameter", "parameters.csv", twice("mortality.level,"), "mortality.level"),
    ("missing parameter", "parameters.csv", without_line("mortality.level,"), "mortality.level saknas"),
    ("rows out of order", "mortality.csv", pattern(r"^(men,4,.*\n)(men,5,.*\n)", r"\2\1"), "sorterade"),
    ("missing column", "costs.csv", lines(r"^([^,]*),", ""), "kolumnen saknas"),
    ("extra column", "hospitals.csv", lines(r"(.)$", r"\1,x"), "beds_summer"),
    ("misspelt column", "costs.csv", swap("price_year", "priceyear"), 'menade du "price_year"'),
    ("unknown hospital", "catchments.csv", swap("vastervik", "vestervik"), 'menade du "vastervik"'),
    ("hospital without catchment", "catchments.csv", lines("oskarshamn", "kalmar"), "oskarshamn"),
    ("centre elsewhere", "health_centres.csv", swap(",0821,", ",0580,"), '"0580"'),
    ("listed does not sum", "health_centres.csv", swap(",5584,", ",5585,"), "5584, kommunens folkmängd"),
    ("people moved", "population.csv", pattern(r"^0880,men,30,\d", "0880,men,30,9"), "population_2022"),
    ("more beds in summer", "hospitals.csv", swap(",221,", ",321,"), "beds_summer"),
    ("unknown unit", "staff.csv", swap("kalmar,hospital,", "kalmars,hospital,"), "kalmars"),
    ("wrong profession", "staff.csv", swap(",centre,gp,", ",centre,surgeon,"), '"surgeon"'),
    ("unit without GP", "staff.csv", without_line("hogsby,centre,gp,"), "saknas"),
    ("share not whole", "education.csv", swap("0.52", "0.32"), "summan 1"),
    ("gap in ratios", "mortality_ratio.csv", swap("men,65,79", "men,66,79"), "men 65"),
    ("value outside range", "costs.csv", swap(",4500,3500,6000,", ",4500,5500,6000,"), "low <= value"),
    ("unknown payer", "costs.csv", swap(",region,", ",regoin,"), 'menade du "region"'),
    ("unknown grade", "conditions.csv", pattern(r",C$", ",D"), "ett av A, B, C"),
    ("empty source", "catchments.csv", pattern(r"^(0821,\w+),.*,C$", r"\1,,C"), "ett värde"),
    ("per cent in follow-up", "home_nursing_gp.csv", swap(",0.975,", ",97.5,"), "0 till 1"),
    ("municipality lost in follow-up", "medication_reviews.csv", without_line("0834,"), "0834 saknas"),
    ("board out of order", "followup_board.csv", pattern(r"^3,", "4,"), "3, i ordning"),
    ("board year without value", "followup_board.csv", swap("3 dagar,%,87,", "3 dagar,%,,"), "utan värde"),
    ("unknown kind on the board", "followup_board.csv", swap(",survey,", ",servey,"), 'menade du "survey"'),
    ("semicolons", "hospitals.csv", lambda t: t.replace(",", ";"), "kolumnen saknas"),
    ("byte order mark", "costs.csv", lambda t: "\ufeff" + t, "kolumnen saknas"),
    ("unbalanced quotes", "costs.csv", swap("Läkarbesök", '"Läkarbesök'), "citattecken"),
    ("no rows", "staff.csv", lambda t: t.splitlines()[0] + "\n", "minst en rad"),
    ("bad JSON", "datapackage.json", swap("{", "["), "JSON"),
    ("table dropped", "datapackage.json", swap('"name": "costs"', '"name": "prices"'), "costs"),
    ("region without a name", "datapackage.json", swap('"title_sv"', '"titel"'), "title_sv"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "edit", "said"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS])
def test_a_broken_pack_is_refused_and_the_message_says_where(pack: Path, file: str, edit: Edit, said: str) -> None:
    mutate(pack, file, edit)
    error = refusal(pack)
    assert said in str(error)
    assert all("\n" not in str(problem) for problem in error.problems)


def test_broken_staff_is_told_at_once(pack: Path) -> None:
    """Cells and sums in one message, whichever file they stand in."""
    mutate(pack, "staff.csv", pattern(r"^hogsby,centre,gp,[\d.]+", "hogsby,centre,gp,-1"))
    mutate(pack, "staff.csv", swap("torsas,centre,nurse", "torsas,centre,nurce"))
    mutate(pack, "staff_ages.csv", swap("20,24,0.04,", "20,24,0.4,"))
    mutate(pack, "footprints.csv", swap("consultation.gp_minutes", "consultation.gp_minute"))
    mutate(pack, "rub_by_age.csv", pattern(r"^(0-17,0),[\d.]+", r"\1,0.9"))
    said = str(refusal(pack))
    for wrong in ("-1", "nurce", "1.36", '"consultation.gp_minute"', "0-17"):
        assert wrong in said, wrong


def test_broken_care_is_told_in_one_message(pack: Path) -> None:
    """Negative posts and receptions, beds without staff, a hospital that is not there, sums that do not close."""
    mutate(pack, "staff.csv", pattern(r"^hogsby,centre,gp,[\d.]+", "hogsby,centre,gp,-1.5"))
    mutate(pack, "staff.csv", pattern(r"^(vastervik,hospital,hospital_physician),[\d.]+", r"\1,0"))
    mutate(pack, "catchments.csv", swap("oskarshamn", "oskarshamm"))
    mutate(pack, "hospital_mix.csv", pattern(r"^(80-84,acuity,urgent),[\d.]+", r"\1,0.43"))
    mutate(pack, "hospital_mix.csv", pattern(r"^(90\+,ward_planned,surgery),[\d.]+", r"\1,0.1"))
    mutate(pack, "wards.csv", pattern(r"^kalmar,medicine,\d+", "kalmar,medicine,151"))
    mutate(pack, "municipal_care.csv", pattern(r"^(0880,\d+,\d+),[\d.]+", r"\1,-3.39"))
    error = refusal(pack)
    said = str(error)
    for wrong in (
        'angivet "-1.5"', '"vastervik hospital_physician 0"', 'menade du "oskarshamn"', "för 80-84 acuity",
        "för 90+ ward_planned", '"300 i kalmar"', 'angivet "-3.39"',
    ):  # fmt: skip
        assert wrong in said, f"{wrong} not in {said}"
    assert len(error.problems) == 7


@pytest.mark.parametrize(
    ("file", "edit", "said"),
    [
        ("municipal_care.csv", pattern(r"^(0821,\d+),\d+", r"\1,-5"), "ett värde från 0"),
        ("municipal_care.csv", pattern(r"^0821,\d+", "0821,12.5"), "ett heltal"),
        ("municipal_care.csv", without_line("0834,"), "0834 saknas"),
        ("municipal_care.csv", pattern(r"^0834,", "0835,"), '"0835"'),
        ("wards.csv", pattern(r"^vastervik,other,15", "vastervik,other,14"), "128 i vastervik"),
        ("wards.csv", without_line("oskarshamn,other"), "oskarshamn other saknas"),
        ("wards.csv", pattern(r"^kalmar,medicine", "kalmar,medicin"), 'menade du "medicine"'),
        ("wards.csv", pattern(r"^kalmar,medicine,150", "kalmar,medicine,-150"), "ett värde från 0"),
        ("hospitals.csv", pattern(r"^(kalmar,[^,]*),299", r"\1,300"), "300, alla dess vårdplatser"),
        ("hospital_mix.csv", pattern(r"^(0-17,acuity,low),[\d.]+", r"\1,1.2"), "0 till 1"),
        ("hospital_mix.csv", pattern(r"^(0-17,fall,hip_fracture),[\d.]+", r"\1,-0.1"), "0 till 1"),
        ("hospital_mix.csv", without_line("0-17,cause,fall"), "0-17 cause fall saknas"),
        ("hospital_mix.csv", pattern(r"^0-17,acuity,low", "0-17,acuity,medicine"), "0-17 acuity medicine"),
        ("acute_care.csv", without_line("80-84,"), "80-84 saknas"),
    ],
)
def test_care_that_cannot_be(pack: Path, file: str, edit: Edit, said: str) -> None:
    mutate(pack, file, edit)
    assert said in str(refusal(pack))


@pytest.mark.parametrize(
    ("file", "edit", "said"),
    [
        ("staff.csv", pattern(r"^kalmar,hospital,hospital_nurse,990", "kalmar,hospital,hospital_nurse,0"), "över 0"),
        ("staff_ages.csv", pattern(r"^25,29", "26,29"), "utan luckor"),
        ("staff_ages.csv", pattern(r"^(20,24,[\d.]+),0.14", r"\1,0.15"), "summan 1"),
        ("footprints.csv", without_line("home_visit,municipal_nurse"), "home_visit municipal_nurse saknas"),
        ("footprints.csv", swap("consultation.gp_minutes,,", "consultation.gp_minutes,20,"), "inte båda"),
        ("footprints.csv", swap("home_help_hour,home_help,,60,", "home_help_hour,home_help,,,"), "inte båda"),
    ],
)
def test_staff_that_cannot_be(pack: Path, file: str, edit: Edit, said: str) -> None:
    mutate(pack, file, edit)
    assert said in str(refusal(pack))


def first_cell(text: str, value: str) -> str:
    header, row, *rest = text.splitlines()
    return "\n".join([header, ",".join([value, *row.split(",")[1:]]), *rest]) + "\n"


DAMAGES: list[tuple[str, Edit]] = [
    ("empty file", lambda _: ""),
    ("header only", lambda t: t.splitlines()[0] + "\n"),
    ("header lost", lambda t: t.split("\n", 1)[1]),
    ("first row lost", lambda t: "\n".join([t.splitlines()[0], *t.splitlines()[2:]]) + "\n"),
    ("first row twice", lambda t: "\n".join([*t.splitlines()[:2], *t.splitlines()[1:]]) + "\n"),
    ("row cut off", lambda t: t.rstrip("\n").rsplit(",", 1)[0]),
    ("last column emptied", lambda t: re.sub(r",[^,]*$", ",", t.rstrip("\n"), count=1)),
    ("first column emptied", lambda t: first_cell(t, "")),
    ("first key unknown", lambda t: first_cell(t, "Ö?")),
    ("blank before first key", lambda t: first_cell(t, " " + t.splitlines()[1].split(",")[0])),
    ("tabs", lambda t: t.replace(",", "\t")),
    ("column renamed", lambda t: "x" + t),
    ("column twice", lambda t: re.sub(r"^([^,\n]*),", r"\1,\1,", t, flags=re.MULTILINE)),
    ("binary zeros", lambda t: t[: len(t) // 2] + "\0" * 9 + t[len(t) // 2 :]),
    ("control character", lambda t: t.replace(",", "\x0b,", 1)),
    ("half a file", lambda t: t[: len(t) // 2]),
]


NOTES_LAST = ("parameters.csv",)
"""Tables whose last column is a note, which may be empty."""


@pytest.mark.parametrize("table", TABLES)
def test_every_kind_of_damage_to_every_table_is_caught(smallest: Path, table: str) -> None:
    sound = (smallest / table).read_text(encoding="utf-8")
    for name, edit in DAMAGES:
        damaged = edit(sound)
        # A one-line last cell that was empty before cannot be emptied.
        if damaged.rstrip("\n") == sound.rstrip("\n") or (name == "last column emptied" and table in NOTES_LAST):
            continue
        (smallest / table).write_text(damaged, encoding="utf-8")
        with pytest.raises(RegionError, match=re.escape(table)):
            pytest.fail(f"{name} in {table} was not noticed: {load_region(smallest).code}")


@pytest.mark.parametrize("table", [*TABLES, "datapackage.json"])
def test_a_missing_or_foreign_file_is_named(smallest: Path, table: str) -> None:
    (smallest / table).write_bytes("Län,Väst\n".encode("latin-1"))
    assert f'{table}: angivet "byte' in str(refusal(smallest))
    (smallest / table).unlink()
    assert table in str(refusal(smallest))


def test_all_problems_are_listed_at_once(pack: Path) -> None:
    mutate(pack, "costs.csv", swap(",region,", ",regoin,"))
    mutate(pack, "catchments.csv", swap("vastervik", "vestervik"))
    mutate(pack, "population.csv", pattern(r"^0821,men,5,", "0821,men,5,-"))
    (pack / "staff.csv").unlink()
    found = {problem.file for problem in refusal(pack).problems}
    assert found == {"costs.csv", "catchments.csv", "population.csv", "staff.csv"}


def test_a_problem_says_file_line_column_value_allowed_and_nearest(pack: Path) -> None:
    mutate(pack, "costs.csv", swap(",region,", ",regoin,"))
    (problem,) = refusal(pack).problems
    place, said = "costs.csv rad 2, kolumn payer", 'angivet "regoin"; väntat: ett av region, municipality'
    assert str(problem) == f'{place}: {said}; menade du "region"?'


@pytest.mark.parametrize("place", ["no/such/folder", "", "kalmar ", "..", "kal\0mar", "con"])
def test_a_missing_folder_is_a_region_error(place: str) -> None:
    with pytest.raises(RegionError):
        load_region(place)


def test_a_file_in_place_of_the_folder_is_a_region_error(pack: Path) -> None:
    with pytest.raises(RegionError, match="mappen finns inte"):
        load_region(pack / "costs.csv")


def test_a_long_list_is_cut_in_the_message_but_not_in_the_problems(pack: Path) -> None:
    mutate(pack, "population.csv", lambda t: t.replace(",men,", ",man,").replace("\n0880", "\n880"))
    mutate(pack, "mortality.csv", lambda t: t.replace(",0.", ",x"))
    error = refusal(pack)
    assert len(error.problems) > 100
    assert len(str(error).splitlines()) < 110


def test_a_path_in_the_description_cannot_leave_the_folder(pack: Path) -> None:
    description = json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))
    description["resources"][0]["path"] = "../municipalities.csv"
    (pack / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    assert "path ../municipalities.csv" in str(refusal(pack))
