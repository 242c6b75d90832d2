from scenarios.levers.registry import LEVERS
from scenarios.strategies.library import library
from scenarios.strategies.scenario import read_strategy
from scenarios.studies.study import Sweep
from scenarios.studies.sweeps import points_of, strategies_of


def sweep(**fields):
    return Sweep.model_validate({"name": "s", "label_sv": "Svep", **fields})


GRID = {"levers": [{"lever": "beds", "values": [1.0, 1.1]}, {"lever": "gp_recruitment", "values": [0.5, 1.0, 2.0]}]}
CUBE = {
    "design": "latin_hypercube",
    "points": 30,
    "seed": 4,
    "levers": [{"lever": "beds", "low": 0.8, "high": 1.2}, {"lever": "home_beds"}],
}


def test_a_grid_has_every_combination():
    points = points_of(sweep(**GRID))
    assert points == [(1.0, 0.5), (1.0, 1.0), (1.0, 2.0), (1.1, 0.5), (1.1, 1.0), (1.1, 2.0)]
    strategies = strategies_of(sweep(**GRID), None)
    assert [strategy.name for strategy in strategies] == [f"s-{n}" for n in range(1, 7)]
    assert strategies[3].label_sv == "Svep: Vårdplatser 1,10, Rekrytering av läkare 0,5"
    assert [(setting.lever, setting.value) for setting in strategies[3].levers] == [
        ("beds", 1.1), ("gp_recruitment", 0.5),
    ]  # fmt: skip


def test_a_hypercube_fills_every_lever_s_range_at_its_steps():
    points = points_of(sweep(**CUBE))
    beds, home_beds = zip(*points, strict=True)
    assert len(points) == 30
    assert min(beds) == 0.8
    assert max(beds) == 1.2
    assert len(set(beds)) == 9, "every step between"
    assert (min(home_beds), max(home_beds)) <= (2, 40)
    assert max(home_beds) >= 38, "one in each thirtieth of its own bounds"
    for lever, values in (("beds", beds), ("home_beds", home_beds)):
        steps = [(value - LEVERS[lever].low) / LEVERS[lever].step for value in values]
        assert all(abs(step - round(step)) < 1e-6 for step in steps)


def test_the_same_seed_gives_the_same_points_and_another_gives_others():
    assert points_of(sweep(**CUBE)) == points_of(sweep(**CUBE))
    assert points_of(sweep(**CUBE)) != points_of(sweep(**CUBE | {"seed": 5}))


def test_a_sweep_on_a_base_takes_its_other_levers_and_its_own_budget():
    base = read_strategy(library()["kontinuitet"])
    strategies = strategies_of(sweep(**GRID, base="kontinuitet", budget_msek_per_year=30.0), base)
    for strategy in strategies:
        named = [setting.lever for setting in strategy.levers]
        assert named.count("gp_recruitment") == 1
        assert set(named) == {setting.lever for setting in base.levers} | {"beds"}
        assert strategy.budget_msek_per_year == 30.0


def test_a_label_that_is_too_long_to_read_is_a_number():
    many = {"levers": [{"lever": name, "values": [LEVERS[name].high]} for name in list(LEVERS)[:8]]}
    assert strategies_of(sweep(**many), None)[0].label_sv == "Svep, punkt 1"
