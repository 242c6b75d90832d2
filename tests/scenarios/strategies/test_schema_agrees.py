"""The JSON Schema refuses nothing that the product accepts; it may accept more."""

from copy import deepcopy
from datetime import date

import jsonschema
import pytest

from scenarios.strategies.scenario import check_strategy
from scenarios.strategies.schema import strategy_schema
from scenarios.text.problems import ScenarioError
from scenarios.text.strict_yaml import Document
from simulator.region.pack import load_region

BASE = {
    "name": "prov", "label_sv": "P", "question_sv": "Q", "description_sv": "D", "rationale": "R",
    "levers": [{"lever": "gp_posts", "value": 1.2}],
}  # fmt: skip
GROUPS = (
    None, {}, {"a": ["x"]}, {"a": ["beds"]}, {"a": ["gp_posts"]}, {"a": ["gp_posts", "gp_posts"]}, {"a": []},
    {"": ["gp_posts"]}, {"a\nb": ["gp_posts"]}, {"\x1b": ["gp_posts"]},
)  # fmt: skip
OF_FILES = [
    {},
    *({"name": name} for name in ("prov\n", "p" * 64, "p" * 65, "Prov", "pröv", "a-b", "a--b", "-a", 7)),
    *({"label_sv": text} for text in ("x" * 160, "x" * 161, "", " ", "a\tb", "a\nb", "a\u2028b", "Åäö", 7)),
    *({"rationale": text} for text in ("x" * 4000, "x" * 4001, "", "a\nb", "a\x1bb")),
    *({"budget_msek_per_year": value} for value in (0, -1, None, "1", 12.5, 1_000_000, 1_000_001, 1e29)),
    *({"groups": groups} for groups in GROUPS),
    {"levers": []},
    {"levers": [{"lever": "need_gp", "value": 1.1, "reach": {"age_groups": ["0-17"]}}] * 101},
]
REACHES = (
    None, {}, {"municipalities": []}, {"municipalities": ["Kalmar"]}, {"municipalities": ["Kalmar", "Kalmar"]},
    {"municipalities": ["0880"]}, {"municipalities": ["Kalmar", "0880"]}, {"municipality": ["Kalmar"]},
    {"municipalities": ["Kalmar"], "health_centres": ["x"]}, {"age_groups": ["80-84"]}, {"segments": ["complex"]},
)  # fmt: skip
OF_LEVERS = [
    *({"value": value} for value in (1, True, "1.2", 0.69, 0.7, 1.6, 1.61, None)),
    *({"start": day} for day in (date(2027, 1, 1), date(2026, 12, 31), date(2041, 1, 1), "2027-02-30", None)),
    {"start": date(2028, 1, 1), "full_effect": date(2027, 6, 1)},
    {"full_effect": None},
    {"full_effect": date(2040, 12, 31)},
    *({"reach": reach} for reach in REACHES),
    {"lever": "listed_per_gp", "value": 1300, "full_effect": date(2028, 1, 1)},
    {"lever": "listed_per_gp", "value": 1300},
    {"lever": "listed_per_gp", "value": 1300.5},
    {"lever": "need_gp", "value": 1.1, "reach": {"age_groups": ["80-84"]}},
    {"lever": "need_gp", "value": 1.1, "reach": {"segments": ["complex"], "municipalities": ["Mönsterås"]}},
    {"foo": 1},
    {"lever": "nope"},
]
CASES = [deepcopy(BASE) | change for change in OF_FILES]
CASES += [BASE | {"levers": [BASE["levers"][0] | change]} for change in OF_LEVERS]
REGION = load_region("kalmar")
VALIDATOR = jsonschema.Draft202012Validator(strategy_schema(), format_checker=jsonschema.FormatChecker())


def plain(value):
    """Return what JSON has of it."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def is_accepted(content):
    try:
        check_strategy(Document("f", deepcopy(content)), REGION)
    except ScenarioError:
        return False
    return True


@pytest.mark.parametrize("content", CASES, ids=[str(number) for number in range(len(CASES))])
def test_what_the_product_accepts_the_schema_accepts_too(content):
    assert VALIDATOR.is_valid(plain(content)) or not is_accepted(content)


def test_both_accept_some_and_refuse_some():
    accepted = [is_accepted(content) for content in CASES]
    valid = [VALIDATOR.is_valid(plain(content)) for content in CASES]
    assert len(CASES) > 60
    assert 15 < sum(accepted) <= sum(valid) < len(CASES) - 15
