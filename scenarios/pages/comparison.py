"""The page on which scenarios are chosen, run and compared."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec
from uuid import uuid4

import streamlit as st

from scenarios.engine import code_version
from scenarios.folder import FolderError
from scenarios.indicators import Indicator
from scenarios.library import BASELINE, find_strategies, library
from scenarios.pages import basis, charts, figures
from scenarios.pages.answer import Answer
from scenarios.pages.bench import Bench, Job
from scenarios.pages.folders import open_folder, results_folders, version
from scenarios.pages.launch import simulate_apart
from scenarios.pages.request import MOST_REPLICATIONS, Request
from scenarios.pages.store import Store, default_folder
from scenarios.pages.wording import made, uncertainty
from scenarios.problems import InputError
from scenarios.strategy import Strategy

FIRST_CHOICE = (BASELINE, "kontinuitet", "flytt-till-primarvard")
FIRST_REPLICATIONS = 4
"""With two, Student's t is 12.7 and every interval too wide to read; with four it is 3.2."""

P = ParamSpec("P")
_POLL_SECONDS = 0.5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """What is on screen: an answer of the bench by key, or a results folder by name."""

    kind: str
    name: str


@st.cache_resource(max_entries=1, show_spinner=False)
def bench() -> Bench:
    """Return the bench that all sessions share."""
    return Bench(Store(default_folder()), simulate_apart)


@st.cache_data(max_entries=1, show_spinner=False)
def strategies() -> tuple[Strategy, ...]:
    """Return the strategies of the library, today's course first."""
    return find_strategies(library())


@st.cache_data(max_entries=8, ttl=600, show_spinner=False)
def _folder_answer(name: str, version: tuple[int, int]) -> Answer:  # noqa: ARG001 - part of the key
    return open_folder(name)


def _guarded(draw: Callable[P, None]) -> Callable[P, None]:
    """Return `draw` so that whatever goes wrong in it becomes one Swedish message, never a traceback."""

    @wraps(draw)
    def safely(*args: P.args, **named: P.kwargs) -> None:
        try:
            draw(*args, **named)
        except InputError as error:
            st.error(error.text())
        except Exception:
            _log.exception("the page could not be drawn")
            st.error("Något gick fel när sidan skulle visas. Ladda om sidan; hjälper inte det, se loggen.")

    return safely


@_guarded
def page() -> None:
    """Draw the page."""
    _begin()
    st.title("Nära vård 2030", anchor=False)
    st.markdown(
        "Vad händer med vården i Region Kalmar län fram till 2030? Välj scenarier, kör dem och jämför. "
        "Modellen följer alla invånare, en och en, och varje vårdkontakt."
    )
    choices, result = st.columns([1, 2.5], gap="large")
    with choices:
        _choose()
        _work()
        _saved()
    with result:
        _result()


def _begin() -> None:
    state = st.session_state
    if "asker" in state:
        return
    state.asker = uuid4().hex
    state.job = None
    state.failure = ""
    latest = bench().store.latest()
    folders = results_folders()
    state.source = Source("bench", latest) if latest else None
    if latest is None and folders:
        state.source = Source("folder", next(iter(folders)))


# --- choosing and running


def _choose() -> None:
    st.subheader("Välj scenarier", anchor=False)
    for strategy in strategies():
        with st.container(gap=None):
            st.checkbox(
                f"**{strategy.label_sv}**",
                value=strategy.name in FIRST_CHOICE,
                key=f"choose-{strategy.name}",
                disabled=strategy.name == BASELINE,
                on_change="ignore",
            )
            st.caption(strategy.question_sv)
    st.slider(
        "Antal replikationer",
        1,
        MOST_REPLICATIONS,
        FIRST_REPLICATIONS,
        key="replications",
        on_change="ignore",
        help="Hur många gånger varje scenario körs, med ny slump varje gång. Fler ger smalare intervall "
        "men tar längre tid.",
    )
    st.button("Kör och jämför", key="run", type="primary", on_click=_submit, width="stretch")


def _submit() -> None:
    state = st.session_state
    names = tuple(strategy.name for strategy in strategies())
    chosen = tuple(name for name in names if state.get(f"choose-{name}"))
    state.failure = ""
    _leave()
    try:
        request = Request.of(chosen, _whole(state.get("replications")), names)
        state.job = bench().submit(request, state.asker)
    except InputError as error:
        state.failure = error.text()


def _whole(value: object) -> int:
    """Return the number of replications within its bounds: what a browser sends is not to be trusted."""
    count = value if isinstance(value, int) and not isinstance(value, bool) else FIRST_REPLICATIONS
    return min(max(count, 1), MOST_REPLICATIONS)


def _leave() -> None:
    state = st.session_state
    if state.job is not None:
        bench().leave(state.job, state.asker)
        state.job = None


def _work() -> None:
    """Show the work under way, the failure of the last one, or nothing."""
    state = st.session_state
    if state.job is not None:
        if bench().answer(state.job) is not None:
            state.source, state.job = Source("bench", state.job), None
        else:
            _watch()
    if state.failure:
        st.error(state.failure)


@st.fragment(run_every=_POLL_SECONDS)
@_guarded
def _watch() -> None:
    """Follow the job until it ends; a fragment, so that the rest of the page stands still."""
    state = st.session_state
    job = None if state.job is None else bench().job(state.job)
    if job is not None and job.active:
        _progress(job)
        return
    if job is not None and job.status == "failed":
        state.failure, state.job = job.message, None
    elif job is None or job.status == "stopped":
        state.job = None
    st.rerun()


def _progress(job: Job) -> None:
    ahead = bench().ahead(job.key) if job.status == "waiting" else 0
    text = f"Väntar på sin tur, {ahead} före …" if ahead else job.stage
    st.progress(job.share, text=text)
    st.button("Avbryt", key="cancel", on_click=_leave, width="stretch")


def _saved() -> None:
    """Offer results that the command line has left, when there are any."""
    folders = results_folders()
    if not folders:
        return
    with st.expander("Öppna ett sparat resultat"):
        st.selectbox("Mapp från naravard run", list(folders), key="folder", filter_mode=None, placeholder="Välj mapp")
        st.button("Öppna", key="open", on_click=_open, width="stretch")


def _open() -> None:
    st.session_state.source = Source("folder", str(st.session_state.folder))
    st.session_state.failure = ""


# --- the result


def _result() -> None:
    answer = _answer(st.session_state.source)
    if answer is None:
        _welcome()
        return
    dark = st.context.theme.type == "dark"
    _headlines(answer, dark)
    _indicator(answer, dark)
    basis.show(answer)


def _answer(source: Source | None) -> Answer | None:
    if source is None:
        return None
    if source.kind == "bench":
        answer = bench().answer(source.name)
        if answer is None:
            st.info("Resultatet finns inte kvar. Kör scenarierna igen.")
        return answer
    try:
        return _folder_answer(source.name, version(source.name))
    except (FolderError, InputError) as error:
        st.error(error.text())
        return None


def _welcome() -> None:
    st.subheader("Så fungerar det", anchor=False)
    st.markdown(
        "1. Kryssa för de scenarier som du vill jämföra. **Nuläge** är alltid med: mot det räknas "
        "skillnaderna.\n"
        "2. Tryck på **Kör och jämför**. Simuleringen går i bakgrunden och kan avbrytas.\n"
        "3. Läs av tabellen för 2030, välj en indikator och se hur den utvecklas år för år.\n\n"
        "Varje scenario körs flera gånger med olika slump. Svaret är ett medelvärde med ett intervall, "
        "aldrig en ensam siffra. Samma fråga räknas bara en gång: svaret sparas."
    )


def _headlines(answer: Answer, dark: bool) -> None:
    st.subheader(f"Modellens utfall {answer.last_year}", anchor=False)
    st.caption(made(answer, code_version()))
    present = [indicator.name for indicator in answer.indicators]
    st.html(figures.comparison_table(answer, [name for name in figures.HEADLINES if name in present], dark))
    rest = [name for name in present if name not in figures.HEADLINES]
    if rest:
        with st.expander("Fler indikatorer"):
            st.html(figures.comparison_table(answer, rest, dark))
    st.info(uncertainty(answer))


@st.fragment
@_guarded
def _indicator(answer: Answer, dark: bool) -> None:
    st.subheader("År för år", anchor=False)
    offered = {indicator.name: indicator for indicator in answer.indicators}
    names = [
        *(n for n in figures.HEADLINES if n in offered),
        *(n for n in offered if n not in figures.HEADLINES),
    ]
    name = st.selectbox(
        "Indikator",
        names,
        format_func=lambda name: offered[name].label_sv,
        key="indicator",
        filter_mode=None,
        placeholder="Välj indikator",
    )
    indicator = offered[name if name in offered else names[0]]
    _lines(answer, indicator, dark)
    _differences(answer, indicator, dark)
    with st.expander("Tabell med alla år"):
        st.html(figures.indicator_table(answer, indicator, dark))
    _downloads(answer, indicator)


def _lines(answer: Answer, indicator: Indicator, dark: bool) -> None:
    years = charts.shown_in_lines(charts.frame(answer, indicator))
    st.markdown(f"**{indicator.label_sv}, per år** ({indicator.unit_sv})")
    st.vega_lite_chart(
        charts.with_figures(charts.lines(answer, indicator, dark), years),
        theme=None,
        key="lines",
        alt=charts.lines_alt(answer, indicator),
    )
    band = "Bandet är 95 %-intervallet. " if answer.replications > 1 else ""
    st.caption(f"{band}Den lodräta axeln börjar inte vid noll. Modellens inkörningsår 2023 visas inte.")


def _differences(answer: Answer, indicator: Indicator, dark: bool) -> None:
    year, baseline = answer.last_year, answer.labels[answer.baseline]
    table = charts.shown_as_points(charts.frame(answer, indicator), year)
    st.markdown(f"**Skillnad mot {baseline} {year}** ({indicator.unit_sv})")
    if table.empty:
        st.caption("Inget att jämföra med: välj minst ett scenario till.")
        return
    st.vega_lite_chart(
        charts.with_figures(charts.points(answer, indicator, dark), table),
        theme=None,
        key="points",
        alt=charts.points_alt(answer, indicator),
    )
    if answer.replications > 1:
        st.caption("Strecket är skillnadens 95 %-intervall. Når det över noll är skillnaden inte säker.")


def _downloads(answer: Answer, indicator: Indicator) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "Ladda ner indikatorn (CSV)",
            figures.to_csv(answer, [indicator]),
            file_name=f"nara-vard-2030-{indicator.name.replace('_', '-')}.csv",
            mime="text/csv",
            key="download-one",
            on_click="ignore",
        )
        st.download_button(
            "Ladda ner alla indikatorer (CSV)",
            figures.to_csv(answer, answer.indicators),
            file_name="nara-vard-2030.csv",
            mime="text/csv",
            key="download-all",
            on_click="ignore",
        )
