import numpy as np
import pytest
from made_up_answer import made_up

from scenarios.exhibits.money import worth
from scenarios.statistics.ratio import Ratio

BY_KEY = {outcome.key: outcome for outcome in worth.GAINS}


def weighed(key, answer=None, years=(2030,)):
    found = worth.weigh(answer or made_up(), BY_KEY[key], years)
    return {each.name: each for each in found}


def test_better_and_dearer_has_a_ratio():
    found = weighed("inlaggningar")["battre"]
    assert found.verdict_sv == "bättre men dyrare"
    assert found.ratio.value == pytest.approx(100e6 / 1000, rel=0.02)
    assert found.ratio.low < found.ratio.value < found.ratio.high


def test_less_care_is_no_gain_where_people_go_without():
    found = weighed("inlaggningar")["kris"]
    assert found.gain.sign == 1
    assert found.verdict_sv == worth.WITHOUT_SV
    assert found.ratio is None
    assert "Behov som gavs upp eller avvisades" in found.beside
    assert weighed("inlaggningar")["battre"].beside == ()


def test_other_outcomes_are_told_as_they_are():
    assert weighed("akutbesok")["kris"].verdict_sv == "billigare men sämre"
    assert weighed("kontinuitet")["kris"].verdict_sv == "billigare men sämre"
    assert "Medicinsk bedömning inom tre dagar" in weighed("kontinuitet")["kris"].beside


def test_continuity_is_counted_in_hundredths_and_millions():
    found = weighed("kontinuitet")["battre"]
    assert found.gain.value == pytest.approx(10.0, rel=0.02)
    assert found.ratio.value == pytest.approx(10.0, rel=0.02)


def test_assessments_are_counted_where_their_number_was_kept():
    answer = made_up()
    assert BY_KEY["bedomningar"] in worth.outcomes(answer)
    gain = weighed("bedomningar", answer)["battre"].gain
    assert gain.value == pytest.approx(12 * 1000 * 0.4)
    assert [outcome.key for outcome in worth.outcomes(made_up(details=False))][3] == "bedomda"


def test_cheaper_and_better_has_no_ratio():
    answer = made_up(scenarios=("kris", "battre"))
    found = worth.weigh(answer, BY_KEY["kontinuitet"], (2030,))[0]
    assert answer.baseline == "kris"
    assert found.verdict_sv == "bättre men dyrare"
    turned = worth.weigh(made_up(scenarios=("battre", "kris")), BY_KEY["akutbesok"], (2030,))[0]
    assert turned.ratio is None


@pytest.mark.parametrize(
    ("cost", "gain", "words"),
    [
        ((-2, -3, -1), (2, 1, 3), "billigare och bättre"),
        ((2, 1, 3), (-2, -3, -1), "dyrare och sämre"),
        ((1, -1, 3), (2, 1, 3), "bättre, ingen säker skillnad i kostnad"),
        ((2, 1, 3), (1, -1, 3), "dyrare, ingen säker skillnad i utfall"),
        ((2, None, None), (1, None, None), "utan intervall"),
    ],
)
def test_verdicts(cost, gain, words):
    assert worth._verdict(worth.Known(*cost), worth.Known(*gain)) == words


def test_periods_are_the_last_year_and_the_mean_of_those_that_count():
    assert worth.periods(made_up()) == {"2030": (2030,), "2027–2030, medel per år": (2027, 2028, 2029, 2030)}
    mean = weighed("inlaggningar", years=(2027, 2028, 2029, 2030))["battre"].gain.value
    assert mean == pytest.approx(1000, rel=0.02)


def test_a_single_replication_has_verdicts_without_intervals():
    assert weighed("inlaggningar", made_up(replications=1))["battre"].verdict_sv == "utan intervall"


def test_ratios_are_rounded_to_what_they_are_worth():
    text = worth.ratio_text(BY_KEY["inlaggningar"], Ratio(91432.1, 85012.0, 98765.0))
    assert text.replace("\u00a0", " ") == "91 400 kronor (85 000–98 800)"
    assert worth.ratio_text(BY_KEY["kontinuitet"], Ratio(1.04, 0.6, 1.4)) == "1,0 miljoner kronor (0,6–1,4)"


def test_the_table_has_a_row_for_each_outcome_and_scenario():
    found = worth.table(made_up(), (2030,), "2030")
    assert len(found.rows) == 5 * 2
    assert found.draw is None
    assert {column.field for column in found.columns} <= set(found.rows[0])
    assert not any(isinstance(row["cost"], np.generic) for row in found.rows)
