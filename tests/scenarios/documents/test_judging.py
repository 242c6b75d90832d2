from document_examples import material

from scenarios.documents.judging import (
    SET_BY_LEVERS,
    change_to_last,
    finding,
    findings,
    largest,
    largest_against,
)


def test_a_direction_needs_an_interval_without_zero(sure, vague):
    assert finding(sure, "admissions", "battre").verdict == "better"
    assert finding(sure, "assessed_within_3_days", "kris").verdict == "worse"
    assert {each.verdict for each in findings(vague, "battre")} == {"unclear"}


def test_one_replication_carries_nothing():
    alone = material(replications=1)
    assert {each.verdict for each in findings(alone, "battre")} == {"unknown"}
    assert finding(alone, "admissions", "battre").verdict_sv() == "utan intervall"


def test_chance_and_assumptions_are_apart():
    drawn = material(widen={"admissions": (-1800.0, 40.0), "bed_days": (-9000.0, -1000.0)})
    loose, firm = (finding(drawn, name, "battre") for name in ("admissions", "bed_days"))
    assert (loose.sure, loose.holds, loose.firm) == (True, False, False)
    assert (firm.sure, firm.holds, firm.firm) == (True, True, True)
    assert "givet antagandena" in loose.verdict_sv()
    assert firm.verdict_sv() == "bättre"


def test_the_largest_is_largest_against_its_own_value(sure):
    best = largest(findings(sure, "battre"), "better", 2)
    assert [each.record.indicator for each in best] == ["continuity_index", "planned_within_90_days"]
    assert best[0].relative > best[1].relative


def test_the_largest_loss_that_is_not_sure_points_the_wrong_way(vague):
    against = largest_against(findings(vague, "kris"))
    assert against is not None
    assert not against.sure
    assert not against.leans_better


def test_the_baseline_has_no_difference(sure):
    assert finding(sure, "admissions", "nulage") is None


def test_change_over_years_is_paired_within_replications(sure):
    change = change_to_last(sure, "admissions", "nulage")
    sample = sure.answer.sample("admissions", "nulage", 2030) - sure.answer.sample("admissions", "nulage", 2026)
    assert abs(change.record.difference - sample.mean()) < 1e-6
    assert change_to_last(sure, "no_such", "nulage") is None


def test_what_levers_set_is_not_ranked(sure):
    assert not {each.record.indicator for each in findings(sure, "battre")} & set(SET_BY_LEVERS)
