"""Study files: what a good one means, and every fault of a bad one told with place, value, range and nearest name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_study import GOOD, stand_in

import scenarios.running.region
from scenarios.cli import main
from scenarios.strategies.library import library
from scenarios.studies.reading import StudyError, read_study, shipped_studies
from scenarios.studies.study import Study
from scenarios.text.problems import InputError

SWEEP = """\
sweeps:
  - name: rutor
    label_sv: Rutor
    levers:
      - {lever: beds, values: [1, 1.1]}
"""


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    stand_in(monkeypatch)
    monkeypatch.chdir(tmp_path)


def swept(old, new):
    return GOOD + SWEEP.replace(old, new)


def hypercube(rest):
    return GOOD + SWEEP.replace("    levers:", f"    design: latin_hypercube\n{rest}    levers:")


# what is wrong: file, place, line, and pieces of the message
FILES = {
    "not a mapping": ("- 1\n", "", 1, ["tabell"]),
    "empty": ("", "", None, ["tabell"]),
    "name missing": (GOOD.replace("name: prov\n", "", 1), "name", 1, ["saknas"]),
    "name with space": (GOOD.replace("prov\n", "mitt prov\n", 1), "name", 1, ['"mitt prov"', "a-z"]),
    "label missing": (GOOD.replace("label_sv: Prov\n", ""), "label_sv", 1, ["saknas"]),
    "unknown key": (GOOD + "scenario: nulage\n", "scenario", 15, ['Menade du "scenarios"', "horizon"]),
    "duplicate key": (GOOD + "horizon: 2030\n", "horizon", 15, ["finns redan (rad 3)"]),
    "horizon too late": (GOOD.replace("2028", "2041"), "horizon", 3, ["2041", "2027 till 2040"]),
    "horizon in words": (GOOD.replace("2028", "snart"), "horizon", 3, ["heltal", '"snart"']),
    "no replications": (GOOD.replace("ions: 3", "ions: 0"), "replications", 4, ["Angivet: 0", "1 till"]),
    "half a replication": (GOOD.replace("ions: 3", "ions: 2.5"), "replications", 4, ["heltal"]),
    "negative seed": (GOOD + "seed: -1\n", "seed", 15, ["Angivet: -1", "0 till"]),
    "unknown scenario": (
        GOOD.replace("- nulage", "- nulge"), "scenarios[0]", 6, ['"nulge"', 'Menade du "nulage"', "kontinuitet"],
    ),
    "scenario is a number": (GOOD.replace("- nulage", "- 7"), "scenarios[0]", 6, ["namn, en fil eller en tabell"]),
    "scenarios are text": (GOOD.replace("scenarios:\n  - nulage\n  - bemanning-1100\n", "scenarios: nulage\nx:\n"),
                           "scenarios", 5, ["lista"]),
    "no scenarios": ("name: a\nlabel_sv: A\nscenarios: []\n", "scenarios", 3, ["tom"]),
    "nothing to run": ("name: a\nlabel_sv: A\n", "scenarios", None, ["inga scenarier", "svep"]),
    "a file that is not there": (
        GOOD.replace("- nulage", "- egen.yaml"), "egen.yaml", None, ["går inte att läsa: finns inte"],
    ),
    "scenario twice": (GOOD.replace("- nulage", "- bemanning-1100"), "scenarios", None, ["flera", "bemanning-1100"]),
    "a name of the library's": (GOOD.replace("name: fler", "name: kontinuitet"), "scenarios[2]", 8, ["biblioteket"]),
    "own scenario without levers": (
        GOOD.replace("    levers:\n      - {lever: beds, value: 1.1}\n", ""), "scenarios[2].levers", 8, ["saknas"],
    ),
    "unknown lever": (GOOD.replace("beds", "bed"), "scenarios[2].levers[0].lever", 11, ['Menade du "beds"']),
    "value too high": (GOOD.replace("1.1}", "9}"), "scenarios[2].levers[0].value", 11, ["0,7 till 1,3"]),
    "lever with unknown key": (
        GOOD.replace("1.1}", "1.1, starts: 2027-01-01}"), "scenarios[2].levers[0].starts", 11, ['Menade du "start"'],
    ),
    "place that is not there": (
        GOOD.replace("1.1}", "1.1, reach: {municipalities: [Kalmer]}}"),
        "scenarios[2].levers[0].reach.municipalities[0]", 11, ['Menade du "Kalmar"'],
    ),
    "lever twice": (
        GOOD.replace("value: 1.1}", "value: 1.1}\n      - {lever: beds, value: 1.2}"), "scenarios[2].levers", 10,
        ["beds är redan satt"],
    ),
    "more draws than replications": (
        GOOD.replace("draws: 2", "draws: 4"), "futures", 12, ["fler än replikationerna", "0 till 3"],
    ),
    "unknown future": (GOOD.replace("stress_tests", "stresstests"), "futures.stresstests", 13, ["stress_tests"]),
    "unknown stress test": (
        GOOD.replace("vintertopp", "vintertop"), "futures.stress_tests[0]", 13, ['Menade du "vintertopp"'],
    ),
    "today's course as a stress test": (
        GOOD.replace("[vintertopp]", "[nulage]"), "futures.stress_tests", None, ["inget stresstest"],
    ),
    "a value that both set": (
        GOOD.replace("[vintertopp]", "[bemanning-1100]"), "futures.stress_tests", None, ["listed_per_gp sätts"],
    ),
    "unknown indicator": (GOOD + "indicators: [ed_visit]\n", "indicators[0]", 15, ['Menade du "ed_visits"']),
    "indicator twice": (GOOD + "indicators: [cost, cost]\n", "indicators", 15, ["två gånger"]),
    "unknown document": (GOOD + "documents: [doc]\n", "documents[0]", 15, ['Menade du "docx"', "pptx"]),
    "unknown to keep": (GOOD + "keep: some\n", "keep", 15, ["all, headline"]),
    "precision without indicator": (GOOD + "precision: {half_width: 5}\n", "precision.indicator", 15, ["saknas"]),
    "precision of nothing": (
        GOOD + "precision: {indicator: cost, half_width: 0}\n", "precision.half_width", 15, ["Angivet: 0"],
    ),
    "precision in another year": (
        GOOD + "precision: {indicator: cost, half_width: 5, year: 2031}\n", "precision", 15, ["2027 till 2028"],
    ),
    "precision with too few": (
        GOOD + "precision: {indicator: cost, half_width: 5, most_replications: 2}\n", "precision", 15, ["2 till 2"],
    ),
    "sweep without values": (swept(", values: [1, 1.1]", ""), "sweeps[0].levers", 18, ["behöver en lista values"]),
    "sweep beyond a lever": (swept("1.1]", "5]"), "sweeps[0].levers[0].values", 19, ["0,7 till 1,3"]),
    "sweep of unknown lever": (swept("beds", "bads"), "sweeps[0].levers[0].lever", 19, ['Menade du "beds"']),
    "sweep with points in a grid": (
        swept("    levers:", "    points: 5\n    levers:"), "sweeps[0].levers", 19, ["hör till latin_hypercube"],
    ),
    "sweep with a long name": (swept("rutor", "r" * 25), "sweeps[0].name", 16, ["för lång", "högst 24"]),
    "sweep of unknown design": (
        swept("    levers:", "    design: gird\n    levers:"), "sweeps[0].design", 18, ['Menade du "grid"'],
    ),
    "sweep on an unknown base": (
        swept("    levers:", "    base: nulge\n    levers:"), "sweeps[0].base", 18, ['Menade du "nulage"'],
    ),
    "hypercube with values": (hypercube("    points: 4\n"), "sweeps[0].levers", 20, ["low och high"]),
    "hypercube without points": (
        hypercube("").replace(", values: [1, 1.1]", ""), "sweeps[0].levers", 19, ["antalet punkter"],
    ),
    "hypercube the wrong way round": (
        hypercube("    points: 4\n").replace("values: [1, 1.1]", "low: 1.2, high: 1.1"), "sweeps[0].levers", 20,
        ["mindre än high"],
    ),
    "too many to keep whole": (
        swept("beds, values: [1, 1.1]", f"digital_share, values: {[n / 100 for n in range(30)]}").replace(
            "[vintertopp]", "[vintertopp, snabbare-aldrande, bemanningskris]"
        ),
        "keep", None, ["132 scenarier", "headline", "100"],
    ),
}  # fmt: skip


@pytest.fixture
def refused():
    """Write a file and return the problems that reading it ends in."""

    def refuse(text):
        Path("f.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(StudyError) as caught:
            read_study("f.yaml", {})
        return caught.value.problems

    return refuse


def test_a_good_file_is_its_scenarios_under_every_future():
    Path("good.yaml").write_text(GOOD, encoding="utf-8")
    read = read_study("good.yaml", {})
    assert [case.name for case in read.cases] == [
        "nulage", "bemanning-1100", "fler", "nulage-vintertopp", "bemanning-1100-vintertopp", "fler-vintertopp",
    ]  # fmt: skip
    assert read.cases[-1].label_sv == "Fler platser (Vintertopp)"
    assert read.text == GOOD.encode()


def test_options_stand_in_place_of_what_the_file_says():
    Path("good.yaml").write_text(GOOD, encoding="utf-8")
    study = read_study("good.yaml", {"replications": 7, "futures.parameter_draws": 5, "horizon": 2031}).study
    assert (study.replications, study.futures.parameter_draws, study.horizon) == (7, 5, 2031)
    assert study.futures.stress_tests == ("vintertopp",)


def test_own_files_are_found_from_the_study_file():
    Path("mapp").mkdir()
    library_file = library()["kontinuitet"].read_text("utf-8")
    own = library_file.replace("name: kontinuitet\n", "name: egen\n").replace("_sv: Kontinuitet\n", "_sv: Egen\n")
    Path("mapp", "egen.yaml").write_text(own, encoding="utf-8")
    Path("mapp", "studie.yaml").write_text(GOOD.replace("- nulage", "- egen.yaml"), encoding="utf-8")
    assert read_study("mapp/studie.yaml", {}).cases[0].name == "egen"


def test_a_region_of_one_s_own_is_found_from_the_study_file_and_an_option_from_here(monkeypatch):
    asked = []
    region = scenarios.running.region.load_region("kalmar")
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda name: asked.append(name) or region)
    Path("mapp").mkdir()
    Path("mapp", "studie.yaml").write_text(GOOD + "region: ./egen\n", encoding="utf-8")
    assert read_study("mapp/studie.yaml", {}).study.region == str(Path("mapp", "egen"))
    assert read_study("mapp/studie.yaml", {"region": "./annan"}).study.region == "./annan"
    assert asked == [str(Path("mapp", "egen")), "./annan"]


@pytest.mark.parametrize(("text", "place", "line", "pieces"), FILES.values(), ids=FILES.keys())
def test_a_bad_file_is_refused_with_place_value_range_and_nearest_name(refused, text, place, line, pieces):
    problems = refused(text)
    told = [(problem.place.removeprefix("f.yaml:"), problem.line) for problem in problems]
    assert (place or "f.yaml", line) in told, [problem.text() for problem in problems]
    text = " ".join(problem.text() for problem in problems).replace("\xa0", " ")
    for piece in pieces:
        assert piece in text


def test_the_command_tells_of_fifty_bad_files_and_makes_nothing(capsys, record_property):
    for name, (text, *_) in FILES.items():
        Path("f.yaml").write_text(text, encoding="utf-8")
        assert main(["study", "f.yaml", "--out", "ut"]) == 2, name
        shown = capsys.readouterr().err
        assert "problem):" in shown, name
        assert "Traceback" not in shown, name
        assert "Internt fel" not in shown, name
        assert not Path("ut").exists(), name
    record_property("files", len(FILES))
    assert len(FILES) >= 45


def test_all_problems_come_at_once(refused):
    problems = refused("""\
name: Fel Namn
label_sv: 12
horizon: 2050
replications: 1
scenarios: [nulge, 5, {name: egen, label_sv: Egen, levers: [{lever: bed, value: 3}]}]
sweeps: [{name: s, label_sv: S, levers: [{lever: beds, values: [9]}]}]
futures: {parameter_draws: -1, stres: 1}
precision: {indicator: costs, half_width: -1}
documents: [odt]
x: 1
""")
    assert {problem.place.removeprefix("f.yaml:") for problem in problems} == {
        "name", "label_sv", "horizon", "scenarios[0]", "scenarios[1]", "scenarios[2].levers[0].lever",
        "sweeps[0].levers[0].values", "futures.parameter_draws", "futures.stres", "precision.indicator",
        "precision.half_width", "documents[0]", "x",
    }  # fmt: skip


def test_a_study_that_is_not_there_is_told_with_those_that_are(capsys):
    assert main(["study", "biblioteke", "--out", "ut"]) == 2
    assert 'Menade du "biblioteket"' in capsys.readouterr().err


KEYS = st.sampled_from([*Study.model_fields, "lever", "values", "stress_tests", "indicator", "x"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("nulage")
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)


@given(st.dictionaries(KEYS, VALUES) | VALUES)
def test_anything_at_all_is_valid_or_refused(data):
    from pydantic import ValidationError

    from scenarios.strategies.invalid import problems_of
    from scenarios.text.strict_yaml import Document

    try:
        Study.model_validate(data, context={"region": None})
    except ValidationError as error:
        problems = problems_of(error, Study, Document("f", data))
        assert all(problem.text() for problem in problems)
        assert problems


def test_the_studies_that_come_along_can_be_read(monkeypatch):
    monkeypatch.undo()
    assert set(shipped_studies()) == {
        "biblioteket", "30-miljoner", "haller-strategin", "kontinuitet-och-rekrytering",
    }  # fmt: skip
    read = {name: read_study(name, {"region": "template"}) for name in shipped_studies()}
    assert all(name == each.study.name for name, each in read.items())
    assert [case.name for case in read["biblioteket"].cases] == list(library())
    assert len(read["haller-strategin"].cases) == 12 * 4
    assert len(read["kontinuitet-och-rekrytering"].cases) == 1 + 40
    of_money = read["30-miljoner"].cases[1:]
    assert all(case.bill is not None and case.bill.budget == 30.0 for case in of_money)


def test_a_study_error_is_an_input_error():
    assert issubclass(StudyError, InputError)
