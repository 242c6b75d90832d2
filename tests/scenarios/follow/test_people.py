"""People who can be followed: the presets fit somebody, and a description can be run in a terminal."""

import pytest

from scenarios.follow.description import Description, read_description
from scenarios.follow.presets import PRESETS, arguments
from simulator.simulation import Simulation


@pytest.fixture(scope="module")
def state(county):
    return Simulation(county, 1).state


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_fits_many_in_the_county(preset, county, state):
    assert preset.description(county).fits(state).sum() >= 30


def test_a_preset_is_told_in_words(county):
    assert PRESETS[0].label(county) == "Clara: kvinna, 82–86 år, hemsjukvård, hjärtsvikt"


def test_names_differ():
    assert len({preset.name for preset in PRESETS}) == len(PRESETS)


@pytest.mark.parametrize(
    "wanted", [Description((80, 89), 1, 3, (0, 7), 1, None, 3, 5), Description((81, 81)), Description()]
)
def test_a_description_comes_back_from_its_options(wanted, county):
    words = arguments(wanted, county)
    given = {option.removeprefix("--"): value for option, value in zip(words[::2], words[1::2], strict=True)}
    if "conditions" in given:
        given["conditions"] = tuple(given["conditions"].split(","))
    if "age" in given:
        low, _, high = given["age"].partition("-")
        given["age"] = (int(low), int(high or low))
    problems = []
    assert read_description(given, county, problems) == wanted
    assert not problems
