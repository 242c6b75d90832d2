"""The page on which one simulated person is followed under two scenarios: Följ Clara."""

from __future__ import annotations

import time
from html import escape

import streamlit as st

from scenarios.description import SETTING_LABELS, SEX_LABELS, Description, describe
from scenarios.engine import load_region
from scenarios.library import BASELINE
from scenarios.live.answer import Shown
from scenarios.live.course import REGION
from scenarios.live.following import BLOCK, Following, kept
from scenarios.live.life import Company, Life
from scenarios.pages import frame, person_years, session, story
from scenarios.pages.palette import looks
from scenarios.pages.people import PRESETS
from scenarios.pages.show import show
from scenarios.pages.timeline import Pair, timeline
from scenarios.pages.wording import counted
from scenarios.places import SEGMENT_LABELS
from scenarios.swedish import number
from simulator.region import Region

OTHER = "malbild-2030"
"""The scenario that today's course is held against at first."""
OWN = "egen"
ANY = "spelar ingen roll"
_POLL_SECONDS = 0.5
_YOUNGEST, _OLDEST = 0, 100


@frame.guarded
def page() -> None:
    """Draw the page."""
    frame.head(
        "Följ Clara",
        "En enda människas väg genom vården, dag för dag, i två scenarier under samma slump. Så syns vad siffrorna "
        "betyder för någon.",
    )
    region = load_region(REGION)
    pair = _scenarios()
    name, description = _who(region)
    survivor = st.toggle(
        "Bara den som lever och bor kvar i länet till slutet i båda scenarierna",
        key="follow-survivor",
        persist_state="session",
        help="Visar en hel väg, men väljer de starka: de har färre vårddygn än de som liknar dem.",
    )
    _start_over((pair[0].name, pair[1].name, description, survivor))
    company = _company(pair, description, survivor)
    if company is None:
        _last()
    elif company.problem:
        st.warning(_upper(company.problem))
    else:
        st.session_state.follow_last = (company, pair, name, describe(description, region))
        _person(*st.session_state.follow_last)


def _last() -> None:
    """Draw the last person while another is being worked out."""
    last = st.session_state.get("follow_last")
    if last is not None:
        st.caption("Förra personen, tills den nya är simulerad:")
        _person(*last)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- what is asked for


def _scenarios() -> tuple[Shown, Shown]:
    """Draw the choice of two scenarios."""
    offered = session.offered()
    left, right = st.columns(2)
    with left:
        first = _scenario("Första scenariot", "follow-first", BASELINE, offered)
    rest = {name: each for name, each in offered.items() if name != first}
    with right:
        second = _scenario("Andra scenariot", "follow-second", OTHER if first != OTHER else BASELINE, rest)
    return offered[first], offered[second]


def _scenario(label: str, key: str, default: str, offered: dict[str, Shown]) -> str:
    names, state = list(offered), st.session_state
    if state.get(key) not in names:
        state[key] = default
    chosen = st.selectbox(
        label, names, key=key, format_func=lambda n: offered[n].label, filter_mode=None, persist_state="session"
    )
    return chosen if chosen in names else default


def _who(region: Region) -> tuple[str, Description]:
    """Draw the choice of a person, and return a name to tell with and the description."""
    labels = {preset.name: preset.label(region) for preset in PRESETS} | {OWN: "Beskriv någon själv …"}
    key = "follow-who"
    if st.session_state.get(key) not in labels:
        st.session_state[key] = PRESETS[0].name
    chosen = st.selectbox(
        "Vem vill du följa, som hon eller han är den 1 januari 2027?",
        list(labels),
        key=key,
        format_func=lambda n: labels[n],
        filter_mode=None,
        persist_state="session",
        help="Förnamnen är påhittade. Modellen väljer någon som stämmer på beskrivningen.",
    )
    if chosen == OWN:
        return "", _own(region)
    preset = next((each for each in PRESETS if each.name == chosen), PRESETS[0])
    return preset.name, preset.description(region)


def _own(region: Region) -> Description:
    """Draw the free description; what was sent last counts."""
    with st.form("follow-own", enter_to_submit=False):
        left, right = st.columns(2)
        with left:
            age = st.slider("Ålder", _YOUNGEST, _OLDEST, (75, 85), key="follow-age", persist_state="session")
            sex = _option("Kön", "follow-sex", SEX_LABELS)
            setting = _option("Boende", "follow-setting", SETTING_LABELS)
        with right:
            town = _option("Kommun", "follow-town", region.municipality_names)
            centre = _option("Hälsocentral", "follow-centre", region.centre_names)
            segment = _option("Behovsgrupp", "follow-segment", SEGMENT_LABELS)
        ill = st.pills(
            "Kroniska sjukdomar, alla som väljs ska finnas",
            range(len(region.conditions)),
            selection_mode="multi",
            format_func=lambda n: region.conditions[n].label_sv,
            key="follow-conditions",
            persist_state="session",
        )
        sent = st.form_submit_button("Följ den här personen", type="primary")
    if sent or "follow_own" not in st.session_state:
        st.session_state.follow_own = Description(
            (int(age[0]), int(age[1])), sex, town, tuple(sorted(ill)), setting, None, segment, centre
        )
    own: Description = st.session_state.follow_own
    return own


def _option(label: str, key: str, names: tuple[str, ...]) -> int | None:
    """Draw the choice of one of some names or none, and return its place."""
    chosen = st.selectbox(
        label,
        [None, *range(len(names))],
        key=key,
        format_func=lambda n: ANY if n is None else names[n],
        filter_mode=None,
        placeholder=ANY,
        persist_state="session",
    )
    return chosen if chosen in range(len(names)) else None


def _start_over(asked: tuple[object, ...]) -> None:
    """Begin with the first person whenever something else is asked for."""
    if st.session_state.get("follow_asked") != asked:
        st.session_state.follow_asked = asked
        st.session_state.follow_number = 1


# --- the work


def _company(pair: tuple[Shown, Shown], description: Description, survivor: bool) -> Company | None:
    """Return who was found, and have it worked out where it is not; the last ones stay until then."""
    block = (st.session_state.follow_number - 1) // BLOCK
    work = Following((pair[0].course, pair[1].course), description, survivor, block)
    found = kept(work, session.service().shelf)
    if found is None:
        _ask(work)
        _progress()
    else:
        st.session_state.pop("follow_work", None)
    return found


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
        st.error(standing.failure)
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


def _person(company: Company, shown: tuple[Shown, Shown], name: str, wanted: str) -> None:
    numbered = {life.number: life for life in company.people}
    life = numbered.get(st.session_state.follow_number, company.people[0])
    found = looks([each.name for each in shown])
    pair = Pair(_labels(shown), (found[shown[0].name], found[shown[1].name]), company.horizon)
    _choice(company, life)
    st.html(portrait(life, name))
    st.info(story.CAUTION)
    show(timeline(life, pair))
    st.subheader("Var vägarna skiljs", anchor=False)
    st.html("".join(f"<p>{escape(told)}</p>" for told in story.where_they_part(life, pair)))
    st.subheader("Berättelsen år för år", anchor=False)
    st.html(story.years(life, pair, frame.dark()))
    st.subheader("I siffror", anchor=False)
    show(person_years.sums(life, pair))
    drawer = st.expander("År för år i siffror", key="follow-years", on_change="rerun")
    if drawer.open:
        with drawer:
            show(person_years.years(life, pair))
    _alike(company, pair, wanted)


def _labels(shown: tuple[Shown, Shown]) -> tuple[str, str]:
    first, second = shown
    if first.label != second.label:
        return first.label, second.label
    return f"{first.label} ({first.name})", f"{second.label} ({second.name})"


def _choice(company: Company, life: Life) -> None:
    """Draw which of those who fit is shown."""
    many = company.eligible < company.fitting
    of = f"{number(company.eligible)} av dem kan följas. " if many else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Föregående person", key="follow-back", on_click=_step, args=(-1,), disabled=life.number == 1)
        st.button("Nästa person", key="follow-on", on_click=_step, args=(1,), disabled=life.number == company.eligible)
        st.caption(
            f"Person {number(life.number)} av {number(company.eligible)}, i modellens lottordning. "
            f"{number(company.fitting)} i länet passar beskrivningen. {of}"
        )


def _step(by: int) -> None:
    st.session_state.follow_number = max(1, st.session_state.follow_number + by)


def portrait(life: Life, name: str) -> str:
    """Return who it is, as HTML."""
    called = f"{escape(name)}: {_lower(life.title)}" if name else life.title
    return (
        f'<div class="nv-portrait"><h2>{escape(called) if not name else called}</h2>'
        f"<p>Den 1 januari 2027, när strategierna börjar: {escape(_lower(life.portrait))}</p>"
        f"<p>{escape(life.earlier)}</p></div>"
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _alike(company: Company, pair: Pair, wanted: str) -> None:
    st.subheader("De som liknar", anchor=False)
    st.markdown(
        "En enda väg säger inget om vad strategin ger. Här är medeltal för de "
        f"{counted(company.alike, 'första', 'första')} som passar beskrivningen ({wanted}), var och en i båda "
        "scenarierna med samma slump."
    )
    show(person_years.sums_alike(company, pair))
    drawer = st.expander("Samma personer år för år", key="follow-alike", on_change="rerun")
    if drawer.open:
        with drawer:
            show(person_years.years_alike(company, pair))
