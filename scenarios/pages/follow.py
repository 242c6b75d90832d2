"""The page on which one simulated person is followed under two scenarios: Följ Clara."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape

import streamlit as st

from scenarios.exhibits.exhibit import Exhibit
from scenarios.exhibits.palette import looks
from scenarios.exhibits.person import person_years, story
from scenarios.exhibits.person.timeline import Pair, timeline
from scenarios.exhibits.wording import counted
from scenarios.follow.description import Description, describe
from scenarios.follow.presets import arguments
from scenarios.live.answer import Shown
from scenarios.live.following import BLOCK, Following, kept
from scenarios.live.life import Company, Life
from scenarios.pages import frame, session
from scenarios.pages.follow_choice import person, scenarios
from scenarios.pages.show import show
from scenarios.report.origin import Origin, ToldScenario, today
from scenarios.running.engine import code_version, load_region
from scenarios.strategies.defaults import HOME_REGION
from scenarios.strategies.labels import told_apart
from scenarios.text.exits import literal
from scenarios.text.swedish import number
from simulator.region.pack import Region

_POLL_SECONDS = 0.5


@frame.guarded
def page() -> None:
    """Draw the page."""
    frame.head(
        "Följ Clara",
        "En enda människas väg genom vården, dag för dag, i två scenarier under samma slump. Så syns vad siffrorna "
        "betyder för någon.",
    )
    region = load_region(HOME_REGION)
    pair = scenarios()
    name, description = person(region)
    survivor = st.toggle(
        "Bara den som lever och bor kvar i länet till slutet i båda scenarierna (de starka: färre vårddygn än andra)",
        key="follow-survivor",
        persist_state="session",
    )
    _start_over((pair[0].name, pair[1].name, description, survivor))
    asked = Asked(pair, name, description, survivor)
    company = _company(asked)
    if company is None:
        _last(region)
    elif company.problem:
        st.warning(literal(_upper(company.problem)))
    else:
        st.session_state.follow_last = company, asked
        _person(company, asked, region)


def _last(region: Region) -> None:
    """Draw the last person while another is being worked out."""
    company, asked = st.session_state.get("follow_last", (None, None))
    if company is not None:
        st.caption("Förra personen, tills den nya är simulerad:")
        _person(company, asked, region)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- the work


def _start_over(asked: tuple[object, ...]) -> None:
    """Begin with the first person whenever something else is asked for."""
    if st.session_state.get("follow_asked") != asked:
        st.session_state.follow_asked = asked
        st.session_state.follow_number = 1


def _company(asked: Asked) -> Company | None:
    """Return who was found, and have it worked out where it is not; the last ones stay until then."""
    block = (st.session_state.follow_number - 1) // BLOCK
    first, second = asked.shown
    work = Following((first.course, second.course), asked.description, asked.survivor, block)
    followed = kept(work, session.service().shelf)
    if followed is None:
        _ask(work)
        _progress()
    else:
        st.session_state.pop("follow_work", None)
    return followed


def _asker() -> str:
    return f"{st.session_state.asker}-follow"


def _ask(work: Following) -> None:
    """Ask for work once; who has been away for a while asks again."""
    crew = session.service().crew
    asked = st.session_state.get("follow_work")
    if asked != work or not crew.standing(_asker()).total:
        st.session_state.follow_work, st.session_state.follow_since = work, time.monotonic()
        crew.want(_asker(), [work])


@st.fragment(run_every=_POLL_SECONDS)
@frame.guarded
def _progress() -> None:
    """Follow the work; the page is drawn anew when it is done."""
    service, work = session.service(), st.session_state.get("follow_work")
    if work is None:
        return
    standing = service.crew.standing(_asker())
    if standing.failure:
        st.error(literal(standing.failure))
        return
    if work.done(service.shelf) or not standing.total:
        st.rerun()
    st.info(progress_text(standing.note, standing.ahead, time.monotonic() - st.session_state.follow_since))


def progress_text(note: str, ahead: int, seconds: float) -> str:
    """Say in Swedish what is being waited for."""
    if note:
        return f"{note} …"
    if ahead:
        return f"Väntar på sin tur, {number(ahead)} före …"
    return f"Simulerar hela länet i båda scenarierna, brukar ta omkring tio sekunder: {number(seconds, 0)} s …"


# --- the person


@dataclass(frozen=True)
class Asked:
    """What was asked for: both scenarios, a name to tell with, the description, whether only survivors count."""

    shown: tuple[Shown, Shown]
    name: str
    description: Description
    survivor: bool


def _person(company: Company, asked: Asked, region: Region) -> None:
    life = min(company.people, key=lambda each: abs(each.number - st.session_state.follow_number))
    names = [each.name for each in asked.shown]
    by_name = looks(names)
    pair = Pair(_labels(asked.shown), (by_name[names[0]], by_name[names[1]]), company.horizon)
    made = _origin(asked, pair, life.number, region)
    _choice(company, life)
    st.html(portrait(life, asked.name))
    st.info(story.CAUTION)
    show(timeline(life, pair), origin=made)
    st.subheader("Var vägarna skiljs", anchor=False)
    st.html("".join(f"<p>{escape(sentence)}</p>" for sentence in story.where_they_part(life, pair)))
    st.subheader("Berättelsen år för år", anchor=False)
    st.html(story.years(life, pair, frame.dark()))
    st.subheader("I siffror", anchor=False)
    show(person_years.sums(life, pair), origin=made)
    _drawer("År för år i siffror", "follow-years", partial(person_years.years, life, pair), made)
    _alike(company, pair, describe(asked.description, region), made)
    with st.expander("Gör om i terminalen"):
        st.markdown("Kommandot följer samma person med samma modellversion:")
        st.code(made.command, language=None, wrap_lines=True)


def _drawer(label: str, key: str, make: Callable[[], Exhibit], made: Origin) -> None:
    drawer = st.expander(literal(label), key=key, on_change="rerun")
    if drawer.open:
        with drawer:
            show(make(), origin=made)


def _origin(asked: Asked, pair: Pair, person: int, region: Region) -> Origin:
    """Return how the figures on the page came to be."""
    strategies, library = session.strategies(), {strategy.name for strategy in session.service().strategies}
    told_scenarios, names = [], []
    for each, label in zip(asked.shown, pair.labels, strict=True):
        strategy = strategies.get(each.name)
        names.append(each.name if strategy is None or each.name in library else f"{strategy.name}.yaml")
        told_scenarios.append(ToldScenario(each.name, label, each.course.scenario_hash, strategy))
    words = ["naravard", "follow", "--scenarios", *names, *arguments(asked.description, region), "--described", "2027"]
    words += ["--number", str(person), *(["--survivor"] if asked.survivor else [])]
    course = asked.shown[0].course
    return Origin(
        tuple(told_scenarios), today(), course.region, region.digest, code_version(), str(course.seed), 1,
        f"{course.horizon}-12-31", shlex.join(words),
    )  # fmt: skip


def _labels(pair: tuple[Shown, Shown]) -> tuple[str, str]:
    first, second = told_apart({each.name: each.label for each in pair}).values()
    return first, second


def _choice(company: Company, life: Life) -> None:
    """Draw which of those who fit is shown."""
    many = company.eligible < company.fitting
    of = f"{number(company.eligible)} av dem kan följas. " if many else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Föregående person", key="follow-back", on_click=_step, args=(-1,), disabled=life.number == 1)
        st.button("Nästa person", key="follow-on", on_click=_step, args=(1,), disabled=life.number == company.eligible)
        number_sv = f"Person {number(life.number)} av {number(company.eligible)}, i modellens lottordning. "
        st.caption(literal(f"{number_sv}{number(company.fitting)} i länet passar beskrivningen. {of}"))


def _step(by: int) -> None:
    st.session_state.follow_number = max(1, st.session_state.follow_number + by)


def portrait(life: Life, name: str) -> str:
    """Return who it is, as HTML."""
    called = f"{name}: {_lower(life.title)}" if name else life.title
    return (
        f'<div class="nv-portrait"><h2>{escape(called)}</h2>'
        f"<p>Den 1 januari 2027, när strategierna börjar: {escape(_lower(life.portrait))}</p>"
        f"<p>{escape(life.earlier)}</p></div>"
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _alike(company: Company, pair: Pair, wanted: str, made: Origin) -> None:
    st.subheader("De som liknar", anchor=False)
    st.markdown(
        "En enda väg säger inget om vad strategin ger. Här är medeltal för de "
        f"{counted(company.alike, 'första', 'första')} som passar beskrivningen ({literal(wanted)}), var och en i båda "
        "scenarierna med samma slump."
    )
    show(person_years.sums_alike(company, pair), origin=made)
    _drawer("Samma personer år för år", "follow-alike", partial(person_years.years_alike, company, pair), made)
