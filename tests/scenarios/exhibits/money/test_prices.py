from scenarios.exhibits.money import prices


def test_every_unit_cost_is_shown_in_swedish_with_its_grade(county):
    found = prices.table(county)
    assert len(found.rows) == len(county.costs)
    assert {row["grade"] for row in found.rows} <= {"A", "B", "C"}
    assert all(row["low"] <= row["value"] <= row["high"] for row in found.rows)
    assert not any("SEK" in row["unit"] or "per FTE" in row["unit"] for row in found.rows)


def test_what_is_not_counted_states_the_price_level_and_the_share(county):
    told = " ".join(prices.not_counted(county))
    assert "2022 års priser" in told
    assert "45 procent" in told
