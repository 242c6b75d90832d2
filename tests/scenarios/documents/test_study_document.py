"""The document of a study whose differences are known, for they are put into its results by hand."""

import numpy as np
import pytest
import xarray as xr
from made_study import plan_of

from scenarios.documents.content import Bullets, Paragraph, Picture, PrintedTable
from scenarios.documents.strategy_document import DOCUMENT_NAME
from scenarios.documents.study_document import STUDY_DOCUMENT_NAME, document_of_study
from scenarios.documents.writers.forms import DOCUMENT_FORMS, written
from scenarios.levers.registry import LEVERS
from scenarios.strategies.scenario import scenario_hash
from scenarios.studies.sweeps import names_of, points_of

REPLICATIONS = 6
NAMED = """\
name: prov
label_sv: Prov av en studie
question_sv: Vad ger mest?
region: template
horizon: 2028
replications: 6
keep: headline
scenarios: [nulage, kontinuitet]
indicators: [ed_visits, deaths]
documents: [html]
"""
SWEPT = """\
sweeps:
  - name: rutor
    label_sv: Rutor
    levers:
      - {lever: own_gp_booking, values: [0, 0.2]}
      - {lever: gp_recruitment, values: [0.5, 2]}
  - name: kub
    label_sv: Kub
    design: latin_hypercube
    points: 6
    levers:
      - {lever: nurse_posts, low: 1.0, high: 1.2}
      - {lever: mobile_visits, low: 0.0, high: 5.0}
      - {lever: beds, low: 0.9, high: 1.1}
"""
STRESSED = """\
futures:
  stress_tests: [vintertopp]
"""
SURE = {"kontinuitet": -50.0, "rutor-4": 30.0, "kontinuitet-vintertopp": 40.0}
"""Differences in emergency visits that are put in; 0 for other scenarios, and for points of the cube by their lever."""


def results_of(plan):
    """Return results in which every scenario differs from today's course by what is stated, and chance is shared."""
    cases, years = plan.read.cases, np.arange(2022, 2029)
    chance = np.random.default_rng(3).normal(0.0, 20.0, (REPLICATIONS, len(years)))
    own = np.random.default_rng(4).normal(0.0, 1.0, (len(cases), REPLICATIONS, len(years)))
    own[[case.name in ("nulage", "nulage-vintertopp", "rutor-1") for case in cases]] = 0.0
    kub = next((each for each in plan.study.sweeps if each.name == "kub"), None)
    by_point = dict(zip(names_of(kub), points_of(kub), strict=True)) if kub else {}
    indicators = ("ed_visits", "deaths", "bed_days")
    values = np.zeros((len(cases), REPLICATIONS, len(indicators), len(years)))
    for n, case in enumerate(cases):
        effect = SURE.get(case.name, 0.0)
        if case.strategy.name in by_point:
            effect = -100.0 * (by_point[case.strategy.name][0] - 0.9)
        values[n, :, 0] = 1000.0 + chance + own[n] + effect
        values[n, :, 1] = 60.0 + own[n] / 100.0 * (n > 0)
        values[n, :, 2] = 300.0 + own[n] + (400.0 if case.name == "rutor-2" else 0.0)
    names = [case.name for case in cases]
    until, digest = plan.study.until.replace(year=2028, month=12, day=31), plan.read.region.digest
    hashes = [scenario_hash(case.changes, digest, until) for case in cases]
    return xr.Dataset(
        {"indicators": (("scenario", "replication", "indicator", "year"), values)},
        {
            "scenario": names, "scenario_label": ("scenario", [case.label_sv for case in cases]),
            "scenario_hash": ("scenario", hashes), "replication": range(1, REPLICATIONS + 1),
            "indicator": list(indicators), "year": years,
        },
        {
            "region": "template", "region_digest": digest, "horizon": "2028-12-31", "base_seed": "1",
            "created": "2026-12-01T10:00:00+00:00", "command": "naravard study prov.yaml --out ut",
            "code_version": "0.1.0",
        },
    )  # fmt: skip


def document(folder, text):
    plan = plan_of(folder, text)
    return document_of_study(results_of(plan), plan.study, plan.read.cases)


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    return document(tmp_path_factory.mktemp("studie"), NAMED + SWEPT + STRESSED)


def section(paper, key):
    return next(each for each in paper.sections if each.key == key)


def blocks(paper, key, kind):
    return [each for each in section(paper, key).blocks if isinstance(each, kind)]


def tables(paper, key):
    return {table.key: table for table in blocks(paper, key, PrintedTable)}


def test_the_page_for_leadership_counts_what_is_sure(paper):
    (told,) = blocks(paper, "sammanfattning", Bullets)
    text = " ".join(told.items)
    # The named one and six points of the cube are better, one of the grid is worse, two of it differ by chance alone.
    assert "Akutbesök 2028: säkert bättre i 7, säkert sämre i 1 av 11 scenarier. Mest: Kontinuitet" in text
    assert "Döda 2028: ingen säker skillnad" in text


def test_the_largest_loss_is_told_though_its_measure_was_not_asked_for(paper):
    (told,) = blocks(paper, "sammanfattning", Bullets)
    (worst,) = (item for item in told.items if item.startswith("Av alla mått"))
    assert "vårddygn (från 300 till 700" in worst
    assert "Rekrytering av läkare 2,0" in worst


def test_a_strategy_under_a_stress_test_is_compared_with_today_s_course_under_it(paper):
    (kept,) = (each for each in blocks(paper, "stresstest", Paragraph) if each.look == "lead")
    assert "byter tecken: Kontinuitet (akutbesök)" in kept.text
    table = tables(paper, "stresstest")["stress-kontinuitet"]
    assert table.heads == ("Mått", "Utan stresstest", "Vintertopp")
    measure, alone, under = table.rows[0]
    assert measure.startswith("Akutbesök")
    assert alone.endswith("bättre")
    assert under.endswith("sämre")
    assert float(alone.split(" ")[0].replace("−", "-").replace(",", ".")) == pytest.approx(-50.0, abs=2.0)
    assert float(under.split(" ")[0].replace("+", "").replace(",", ".")) == pytest.approx(40.0, abs=2.0)


def test_a_grid_has_a_row_and_a_column_for_each_value(paper):
    table = tables(paper, "svep-rutor")["rutor-ed-visits"]
    assert table.heads == ("Bokning hos egen läkare", "Rekrytering av läkare 0,5", "Rekrytering av läkare 2,0")
    assert [row[0] for row in table.rows] == ["0 procentenheter", "+20 procentenheter"]
    assert table.rows[1][2].endswith("sämre")
    assert table.rows[0][1].startswith("0")
    (picture,) = blocks(paper, "svep-rutor", Picture)  # none of deaths: nothing is sure there
    assert picture.message == "Akutbesök: säkert sämre i 1 av 4 punkter"
    spec = picture.exhibit.draw(False)
    told = {(each["down"], each["across"]): each["text"] for each in spec["data"]["values"]}
    assert told["0 procentenheter", "0,5"] == "ej säker"
    assert told["+20 procentenheter", "2,0"].startswith("+")


def test_of_a_cube_the_lever_that_decides_is_told(paper):
    ranks = tables(paper, "svep-kub")["kub-rang"]
    by_lever = {row[0]: row[1] for row in ranks.rows}
    assert by_lever[LEVERS["nurse_posts"].label_sv] in ("−1,00", "−0,99")  # two points may stand at one step of it
    best = tables(paper, "svep-kub")["kub-basta"]
    values = [float(row[1].split(" ")[0].replace("−", "-").replace(",", ".")) for row in best.rows]
    assert values == sorted(values)


def test_a_study_of_named_strategies_is_told_as_the_strategy_document(tmp_path):
    paper = document(tmp_path, NAMED)
    assert paper.name == DOCUMENT_NAME
    assert (paper.title, paper.subtitle) == ("Prov av en studie", "Vad ger mest?")


def test_scenarios_without_results_are_left_out(tmp_path):
    plan = plan_of(tmp_path, NAMED + SWEPT + STRESSED)
    whole = results_of(plan)
    left = [name for name in whole["scenario"].values if name not in ("rutor-3", "nulage-vintertopp")]
    paper = document_of_study(whole.sel(scenario=left), plan.study, plan.read.cases)
    assert tables(paper, "svep-rutor")["rutor-ed-visits"].rows[1][1] == "–"
    assert "stresstest" not in {each.key for each in paper.sections}


@pytest.mark.parametrize("form", DOCUMENT_FORMS)
def test_it_is_written_in_every_form_and_twice_alike(paper, form):
    assert paper.name == STUDY_DOCUMENT_NAME
    first = written(paper, form)
    assert len(first) > 5_000
    assert first == written(paper, form)


def test_levers_of_sweeps_have_their_grounds(paper):
    told = [each.text for each in blocks(paper, "underlag", Paragraph)]
    assert any(text.endswith("Ändras i: Kub (svep, sex punkter).") for text in told), told
