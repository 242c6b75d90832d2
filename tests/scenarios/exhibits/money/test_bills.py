import pytest

from scenarios.exhibits.money import bills
from scenarios.live.answer import Shown
from scenarios.live.course import course_of
from scenarios.running.engine import load_region
from scenarios.strategies.library import find_strategies, library

STRATEGIES = {strategy.name: strategy for strategy in find_strategies(library())}
REGION = load_region("kalmar")


def bill(name, budget=None, known=True):
    strategy = STRATEGIES[name].model_copy(update={"budget_msek_per_year": budget})
    shown = Shown(name, strategy.label_sv, course_of(strategy))
    return bills.bill_of(shown, strategy if known else None, REGION)


def test_a_strategy_that_is_not_at_hand_is_priced_by_its_course():
    assert bill("malbild-2030", known=False).cost == pytest.approx(bill("malbild-2030").cost)


def test_the_budget_is_told_with_what_is_left():
    told = bills.text(bill("malbild-2030", budget=100.0))
    assert "mot en budget på 100" in told
    assert "nedskalade till" in told
    assert "Med styckprisernas spann" in told


def test_levers_without_a_price_are_told_by_their_labels():
    told = bills.text(bill("malbild-2030"))
    assert "Utan pris, räknas som 0 och skalas inte: Rekrytering av läkare" in told
    assert "gp_recruitment" not in told
    assert bills.text(bill("nulage")) == "Inga insatser: dagens kurs."


def test_the_table_has_every_price_and_the_chart_a_bar_a_lever():
    found = bills.exhibit("Målbild 2030", "malbild-2030", bill("malbild-2030"))
    values = [row["value"] for row in found.rows]
    assert values == sorted(values, reverse=True)
    assert all("(grad" in row["what"] for row in found.rows)
    drawn = found.draw(False)["datasets"]["figures"]
    levers = [row["lever"] for row in drawn]
    assert len(levers) == len(set(levers)) < len(found.rows)
    assert sum(row["value"] for row in drawn) == pytest.approx(sum(values))


def test_without_prices_there_is_no_chart():
    assert bills.exhibit("Nuläge", "nulage", bill("nulage")).draw is None
