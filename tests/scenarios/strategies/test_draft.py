import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.levers.registry import LEVERS
from scenarios.strategies.draft import OWN_LABEL, STEPS, Draft, History, name_of
from scenarios.strategies.library import BASELINE, find_strategies, library
from scenarios.strategies.scenario import check_strategy, read_strategy
from scenarios.strategies.strategy import LeverSetting, Reach, Strategy
from scenarios.text import strict_yaml
from scenarios.text.problems import ScenarioError

LIBRARY = {strategy.name: strategy for strategy in find_strategies(library())}
EMPTY = Draft.of(LIBRARY[BASELINE])
TWICE = """
name: tva-rackvidder
label_sv: Två räckvidder
question_sv: Vad händer?
description_sv: Olika i olika kommuner.
rationale: Prov.
levers:
  - {lever: beds, value: 1.1, reach: {municipalities: [Kalmar]}}
  - {lever: gp_posts, value: 1.2, start: 2028-01-01, full_effect: 2029-07-01, reach: {municipalities: [Nybro]}}
  - {lever: gp_posts, value: 0.9, reach: {municipalities: [Kalmar, Borgholm]}}
"""


def read(text):
    return check_strategy(strict_yaml.parse(text.encode(), "f.yaml"))


def twice():
    return Draft.of(read(TWICE))


def lines(draft, base=None):
    return [difference.text_sv().replace("\xa0", " ") for difference in draft.changed(base)]


def test_a_value_is_set_and_told():
    draft = EMPTY.with_value("gp_recruitment", 1.5)
    assert draft.value("gp_recruitment") == 1.5
    assert lines(draft) == ["Rekrytering av läkare: 1,0 → 1,5 från 2027"]
    assert EMPTY.value("gp_recruitment") == 1.0


def test_neutral_takes_a_lever_away_unless_something_else_of_it_was_chosen():
    set_once = EMPTY.with_value("gp_recruitment", 1.5)
    assert set_once.with_value("gp_recruitment", 1.0).strategy.levers == ()
    later = set_once.with_start("gp_recruitment", date(2029, 1, 1)).with_value("gp_recruitment", 1.0)
    assert lines(later) == []
    assert lines(later.with_value("gp_recruitment", 2.0)) == ["Rekrytering av läkare: 1,0 → 2,0 från 2029"]


def test_one_of_the_library_that_is_changed_is_no_longer_that_one():
    draft = Draft.of(LIBRARY["kontinuitet"]).with_value("gp_recruitment", 2.0)
    assert (draft.base, draft.name, draft.strategy.label_sv) == (
        "kontinuitet", "kontinuitet-andrad", "Kontinuitet, ändrad",
    )  # fmt: skip
    assert EMPTY.with_value("beds", 1.1).strategy.label_sv == OWN_LABEL
    same = Draft.of(LIBRARY["kontinuitet"])
    assert same.with_value("gp_recruitment", 1.5) == same
    assert same.without("beds") == same


def test_differences_from_what_it_was_made_from():
    base = LIBRARY["kontinuitet"]
    draft = Draft.of(base).with_value("gp_recruitment", 2.0).without("own_gp_booking").with_value("beds", 1.1)
    assert lines(draft, base) == [
        "Rekrytering av läkare: 1,5 → 2,0 från 2027",
        "Vårdplatser: 1,00 → 1,10 från 2027, helt 2028",
        "Bokning hos egen läkare: +20 → 0 procentenheter (borttagen)",
    ]
    assert lines(Draft.of(base), base) == []
    assert len(lines(Draft.of(base))) == len(base.levers)


def test_another_start_keeps_the_time_to_full_effect():
    draft = Draft.of(LIBRARY["kontinuitet"]).with_start("agency_cover", date(2028, 1, 1))
    (setting,) = draft.settings("agency_cover")
    assert (setting.start, setting.full_effect) == (date(2028, 1, 1), date(2030, 1, 1))
    assert lines(draft, LIBRARY["kontinuitet"]) == ["Hyrläkare: 0,50 från 2028, helt 2030"]
    odd = twice().with_start("gp_posts", date(2030, 3, 1))
    assert odd.settings("gp_posts")[0].full_effect == date(2031, 8, 30)
    assert odd.settings("gp_posts")[1] == twice().settings("gp_posts")[1]


def test_a_reach_is_set_and_taken_away():
    reach = {"municipalities": ("Högsby", "Nybro"), "age_groups": ("85-89", "90+"), "segments": ("complex",)}
    draft = EMPTY.with_value("fall_prevention", 0.4).with_reach("fall_prevention", reach)
    assert lines(draft) == [
        "Fallprevention: 0 % → 40 % från 2027, helt 2029, Högsby, Nybro; 85–89 år, 90 år och äldre; komplexa behov"
    ]
    assert draft.with_reach("fall_prevention", {"municipalities": ()}).settings("fall_prevention")[0].reach == Reach()


def test_a_lever_set_for_two_reaches_survives_and_each_can_be_moved():
    draft = twice()
    assert Draft.of(read(draft.document())) == draft
    moved = draft.with_value("gp_posts", 1.3, which=1)
    assert [setting.value for setting in moved.settings("gp_posts")] == [1.2, 1.3]
    assert [setting.reach for setting in moved.settings("gp_posts")] == [s.reach for s in draft.settings("gp_posts")]
    assert lines(moved, draft.strategy) == [
        "Läkartjänster på hälsocentral: 0,90 → 1,30 från 2027, helt 2029, Kalmar, Borgholm"
    ]
    assert [setting.value for setting in draft.without("gp_posts", 0).settings("gp_posts")] == [0.9]
    assert draft.without("gp_posts").settings("gp_posts") == ()


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (lambda draft: draft.with_value("beds", 1.31), "utanför gränserna"),
        (lambda draft: draft.with_value("beds", float("nan")), "ändligt tal"),
        (lambda draft: draft.with_value("bedz", 1.1), "spaken är okänd"),
        (lambda draft: draft.with_start("beds", date(2026, 1, 1)), "utanför tiden"),
        (lambda draft: draft.with_start("beds", date.max), "utanför tiden"),
        (lambda draft: draft.with_reach("beds", {"segments": ("complex",)}), "kan inte avgränsas"),
        (lambda draft: draft.with_reach("beds", {"towns": ("Kalmar",)}), "nyckeln är okänd"),
        (lambda draft: draft.with_reach("gp_posts", {}), "redan satt"),
        (lambda draft: draft.with_budget(-1.0), "kan inte vara negativ"),
        (lambda draft: draft.with_texts(label="a" * 161), "för lång"),
        (lambda draft: draft.with_texts(rationale="a" * 4001), "för lång"),
    ],
)
def test_what_a_file_may_not_say_is_refused(operation, words):
    with pytest.raises(ScenarioError, match=words):
        operation(twice())


def test_places_are_checked_against_a_region():
    from scenarios.running.engine import load_region

    draft = EMPTY.with_value("gp_posts", 1.1).with_reach("gp_posts", {"municipalities": ("Karlmar",)})
    with pytest.raises(ScenarioError, match='Menade du "Kalmar"'):
        draft.check(load_region("kalmar"))
    EMPTY.check(load_region("kalmar"))


def test_groups_follow_the_levers_that_are_left():
    draft = Draft.of(LIBRARY["malbild-2030"]).without("specialist_to_primary").without("resources_follow")
    assert "Flytt till primärvård" not in draft.strategy.groups
    assert "Vård hemma" in draft.strategy.groups


def test_texts_from_a_word_processor_become_plain_and_empty_ones_say_so():
    draft = EMPTY.with_texts(label="  Min\u00a0plan\u200b\n2030 ", rationale="Rad 1\r\nRad\t2\x07", question=" ")
    assert draft.strategy.label_sv == "Min plan 2030"
    assert draft.name == "min-plan-2030"
    assert draft.strategy.rationale == "Rad 1\nRad 2"
    assert draft.strategy.question_sv == "Ingen fråga angiven."
    assert draft.strategy.description_sv == EMPTY.strategy.description_sv


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Fler läkare i Högsby", "fler-lakare-i-hogsby"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "con"),
        ("1 100 per läkare!", "scenario-1-100-per-lakare"),
        ("Kontinuitet", "eget-kontinuitet"),
        ("Nulage", "eget-nulage"),
        ("a" * 160, "a" * 64),
        ("a" * 63 + " b", "a" * 63),
        ("=SUMMA(A1)", "summa-a1"),
    ],
)
def test_a_name_comes_from_the_label(label, name):
    assert name_of(label) == name


def test_labels_without_letters_get_names_of_their_own():
    assert name_of("日本").startswith("scenario-")
    assert name_of("日本") != name_of("本日")
    assert name_of("") != name_of("?")


@given(st.text(min_size=1, max_size=160))
def test_every_label_gives_a_name_that_a_strategy_may_have(label):
    draft = EMPTY.with_texts(label=label)
    assert draft.name not in library() or draft == EMPTY


def test_the_command_runs_the_file():
    draft = EMPTY.with_value("beds", 1.1).with_texts(label="Fler platser; rm -rf /")
    assert draft.file_name == "fler-platser-rm-rf.yaml"
    assert draft.command() == "naravard run nulage fler-platser-rm-rf.yaml --replications 20 --seed 1"


# --- the file


def _keys(text):
    return re.findall(r"^(?:  - |    )?[a-z_]+:|>-$", text, re.M)


@pytest.mark.parametrize("name", library())
def test_a_strategy_of_the_library_is_written_in_the_form_of_its_file(name):
    text = Draft.of(LIBRARY[name]).document()
    original = library()[name].read_text(encoding="utf-8")
    assert read(text) == LIBRARY[name]
    assert _keys(text) == _keys(original)
    assert text.splitlines()[0] == original.splitlines()[0]


def test_a_file_on_disk_gives_the_draft_again(tmp_path):
    draft = twice().with_budget(12.5)
    (tmp_path / draft.file_name).write_text(draft.document(), encoding="utf-8")
    assert Draft.of(read_strategy(tmp_path / draft.file_name)) == draft


_printable = st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" ")
_texts = st.text(st.one_of(_printable, st.sampled_from(" \n:#'\"-{}[]&*!|>%@`,?\\0")), min_size=1, max_size=300).filter(
    str.strip
)
_lines = st.text(st.one_of(_printable, st.sampled_from(" :#'\"-{}[]&*!|>%@`,?\\0")), min_size=1, max_size=160).filter(
    str.strip
)
_towns = st.one_of(st.sampled_from(["Kalmar", "0821", "90+", "null"]), _lines)
_places = st.lists(_towns, min_size=1, max_size=3, unique=True)


@st.composite
def _settings(draw, name):
    lever = LEVERS[name]
    start = draw(st.dates(date(2027, 1, 1), date(2035, 1, 1)))
    full = draw(st.none() | (st.dates(start, date(2040, 12, 31)) if lever.gradual else st.just(start)))
    limited = "municipality" in lever.reach and draw(st.booleans())
    reach = {"municipalities": tuple(draw(_places))} if limited else {}
    value = draw(st.floats(lever.low, lever.high))
    return LeverSetting(lever=name, value=value, start=start, full_effect=full, reach=Reach(**reach))


@st.composite
def strategies_of_any_kind(draw):
    levers = [draw(_settings(name)) for name in draw(st.lists(st.sampled_from(list(LEVERS)), max_size=5, unique=True))]
    names = [setting.lever for setting in levers]
    return Strategy(
        name=draw(st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True)),
        label_sv=draw(_lines),
        question_sv=draw(_texts),
        description_sv=draw(_texts),
        rationale=draw(_texts),
        levers=levers,
        budget_msek_per_year=draw(st.none() | st.floats(0, 1e6)),
        groups=draw(st.none() | st.just({})) if not names else {draw(_lines): tuple(names)},
    )


@settings(deadline=None, max_examples=60)
@given(strategies_of_any_kind())
def test_writing_and_reading_loses_nothing(strategy):
    draft = Draft.of(strategy)
    assert Draft.of(read(draft.document())) == draft


# --- back and forth


def test_steps_can_be_taken_back_and_forth():
    first = EMPTY.with_value("beds", 1.1)
    second = first.with_value("beds", 1.2)
    history = History(EMPTY).then(first).then(second)
    assert history.undone().now == first
    assert history.undone().undone().now == EMPTY
    assert history.undone().redone() == history
    assert History(EMPTY).undone() == History(EMPTY).redone() == History(EMPTY)


def test_a_new_step_forgets_what_was_undone_and_no_change_is_no_step():
    history = History(EMPTY).then(EMPTY.with_value("beds", 1.1)).undone()
    assert history.then(EMPTY) == history
    other = history.then(EMPTY.with_value("ed_places", 1.1))
    assert other.redone() == other


def test_a_reset_can_be_undone():
    draft = Draft.of(LIBRARY["kontinuitet"]).with_value("beds", 1.1)
    history = History(draft).reset(LIBRARY[BASELINE])
    assert history.now == EMPTY
    assert history.undone().now == draft
    assert History(draft).reset(LIBRARY[draft.base]).now == Draft.of(LIBRARY["kontinuitet"])


def test_a_history_is_bounded():
    history = History(EMPTY)
    for step in range(STEPS + 20):
        history = history.then(EMPTY.with_value("own_gp_patience_days", 1 + step % 20))
    assert len(history.past) == STEPS
