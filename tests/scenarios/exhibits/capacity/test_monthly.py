import pytest
from made_up_answer import made_up

from scenarios.exhibits.capacity import monthly
from scenarios.exhibits.capacity.monthly import BEDS, COUNTY, LINES
from scenarios.places.names import hospital_names

BY_KEY = {measure.key: measure for measure in (*BEDS, *LINES)}


def last(key, where=COUNTY):
    return monthly.by_month(made_up(), BY_KEY[key], where)[-1]


def test_hospitals_are_summed_to_the_county_and_shares_are_of_the_sum():
    assert last("belagda")["value"] == pytest.approx(0.9 * 330)
    assert last("belagda")["limit"] == 330
    assert last("belagda", "vastervik")["value"] == pytest.approx(81)
    assert last("belaggning")["value"] == pytest.approx(90)
    assert last("ko-planned-admission")["value"] == 990


def test_what_is_known_of_hospitals_alone_has_no_county():
    answer = made_up()
    assert monthly.wheres(answer, BY_KEY["tid-akut"]) == ["kalmar", "vastervik", "oskarshamn"]
    assert monthly.wheres(answer, BY_KEY["belagda"])[0] == COUNTY
    assert monthly.wheres(answer, BY_KEY["bedomda"]) == [COUNTY]


def test_months_that_were_not_measured_are_left_out():
    assert monthly.by_month(made_up(), BY_KEY["vantan-specialist"], "oskarshamn") == []


def test_only_what_was_kept_is_offered():
    answer = made_up()
    assert [measure.key for measure in monthly.offered(answer, BEDS)] == ["belagda", "belaggning", "vantan-vardplats"]
    assert len(monthly.offered(answer, LINES)) == len(LINES)
    assert monthly.offered(made_up(details=False), LINES) == []


def test_an_exhibit_tells_the_last_years_mean_and_marks_every_january(county):
    found = monthly.exhibit(made_up(), BY_KEY["vantan-lakare"], COUNTY, hospital_names(county))
    assert found.title == "Väntan på läkarbesök på hälsocentral, medel: hela länet"
    assert found.alt.endswith("Medel av månaderna 2030: Nuläge 12,0, Bättre 24,0, Kris <i>svår</i> 6,0.")
    drawn = found.draw(False)["datasets"]["figures"]
    assert drawn[0]["month"] == "2023-01-01"
    assert drawn[0]["told"] == "januari 2023"
    assert {row["month"][5:7] for row in drawn if row["marked"]} == {"01"}


def test_a_hospital_is_named(county):
    found = monthly.exhibit(made_up(), BY_KEY["belagda"], "kalmar", hospital_names(county))
    assert found.title == "Belagda vårdplatser: Länssjukhuset i Kalmar"
    assert found.key == "manad-belagda-kalmar"
    assert found.columns[-1].title == "Öppna vårdplatser"
