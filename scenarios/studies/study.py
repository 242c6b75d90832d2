"""A study: what one file asks for, checked as strictly as a strategy; `scenarios.studies.whole` tells what is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, ValidationInfo, field_validator

from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS
from scenarios.strategies.defaults import (
    BASE_SEED,
    FULL_REPLICATIONS,
    HOME_REGION,
    HORIZON_YEAR,
    LARGEST_SEED,
)
from scenarios.strategies.draft import NO_DESCRIPTION, NO_QUESTION, NO_RATIONALE
from scenarios.strategies.library import library
from scenarios.strategies.period import FIRST_START, LAST_DAY
from scenarios.strategies.strategy import (
    Budget,
    FullEffect,
    LeverName,
    LeverReach,
    LongText,
    Reach,
    ShortLine,
    StartDate,
    Strategy,
    StrictModel,
    fault,
    known,
)
from scenarios.text.problems import nearest, one_of
from scenarios.text.swedish import number

MOST_REPLICATIONS = 10_000
STUDY_YEARS = f"{FIRST_START.year} till {LAST_DAY.year}"
MOST_POINTS = 2_000
"""Points of one sweep."""
FILE_ENDINGS = (".yaml", ".yml")


def between(low: float, high: float, what: str, allowed: str = "") -> Callable[[Any], Any]:
    """Return a check that refuses what is not between two numbers; `what` is the Swedish word for it."""

    def check(value: Any) -> Any:
        if not low <= value <= high:
            raise fault(f"{what} är utanför gränserna.", allowed or f"{number(low)} till {number(high)}")
        return value

    return check


def not_empty(names: Any) -> Any:
    """Refuse a list that is there and empty."""
    if isinstance(names, list | tuple) and not names:
        raise fault("listan är tom.", "minst en post; annars utan nyckeln")
    return names


def once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse what stands twice in a list."""
    twice = [value for i, value in enumerate(values) if value in values[:i]]
    if twice:
        raise fault(f"{twice[0]} står två gånger.")
    return values


def _named(name: str) -> str:
    """Refuse a name that is neither a strategy of the library nor that of a file."""
    names = tuple(library())
    if not name.endswith(FILE_ENDINGS) and name not in names:
        raise fault("scenariot är okänt.", f"{one_of(names)}; eller en fil (.yaml)", nearest(name, names))
    return name


def _indicator(name: str) -> str:
    return known(name, tuple(INDICATORS), "indikatorn")


def _form_of(entry: object) -> str | None:
    """Return which form of a scenario an entry has; None for neither."""
    if isinstance(entry, str):
        return "[name]"
    return "[table]" if isinstance(entry, dict | Strategy) else None


class OwnScenario(Strategy):
    """A lever set in the study file itself: a strategy whose question and reasons may be left out."""

    question_sv: LongText = NO_QUESTION
    description_sv: LongText = NO_DESCRIPTION
    rationale: LongText = NO_RATIONALE


ScenarioName = Annotated[ShortLine, AfterValidator(_named)]
"""A strategy of the library, or a strategy file (.yaml) by its path from the study file."""
Entry = Annotated[
    Annotated[ScenarioName, Tag("[name]")] | Annotated[OwnScenario, Tag("[table]")], Discriminator(_form_of)
]
Entries = Annotated[tuple[Entry, ...], Field(strict=False, max_length=200), BeforeValidator(not_empty)]
IndicatorName = Annotated[str, AfterValidator(_indicator)]
StudyName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Replications = Annotated[int, AfterValidator(between(1, MOST_REPLICATIONS, "antalet"))]
Seed = Annotated[int, AfterValidator(between(0, LARGEST_SEED, "fröet", "0 till 2^63 - 1"))]


class SweptLever(StrictModel):
    """A lever that a sweep moves: through `values` in a grid, between `low` and `high` in a Latin hypercube."""

    lever: LeverName
    values: Annotated[tuple[float, ...], Field(strict=False, max_length=100), AfterValidator(once)] | None = None
    low: float | None = None
    high: float | None = None
    start: StartDate = FIRST_START
    full_effect: FullEffect = None
    reach: LeverReach = Reach()

    @field_validator("values", "low", "high")
    @classmethod
    def _within_bounds(cls, given: Any, info: ValidationInfo) -> Any:
        lever = LEVERS.get(info.data.get("lever", ""))
        values = given if isinstance(given, tuple) else () if given is None else (given,)
        if lever is not None and not all(map(lever.allows, values)):
            bounds = f"{number(lever.low)} till {number(lever.high)} {lever.unit}"
            raise fault(f"värdet är utanför gränserna för {lever.name}.", bounds)
        return given


class Sweep(StrictModel):
    """Scenarios that differ in the value of some levers, each on top of `base`.

    A grid has every combination of the levers' `values`. A Latin hypercube (`scipy.stats.qmc`) has `points` draws
    that `seed` decides, each lever between its `low` and `high` (without them its bounds), rounded to the lever's
    step so that a slider can stand there. A lever that the base has too takes the sweep's value. With a budget (that of
    the base unless told) each point is scaled down until it fits, as any strategy is.
    """

    name: Annotated[str, Field(max_length=24, pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    label_sv: ShortLine
    base: ScenarioName | None = None
    budget_msek_per_year: Budget = None
    design: Literal["grid", "latin_hypercube"] = "grid"
    points: Annotated[int, AfterValidator(between(2, MOST_POINTS, "antalet punkter"))] | None = None
    seed: Seed = BASE_SEED
    levers: Annotated[tuple[SweptLever, ...], Field(strict=False, max_length=20), BeforeValidator(not_empty)]

    @field_validator("levers")
    @classmethod
    def _as_the_design_wants(cls, levers: tuple[SweptLever, ...], info: ValidationInfo) -> tuple[SweptLever, ...]:
        design = info.data.get("design")
        once(tuple(swept.lever for swept in levers))
        for swept in levers:
            _fits_design(swept, design)
        if design == "latin_hypercube" and info.data.get("points", 0) is None:
            raise fault("latin_hypercube behöver antalet punkter.", f"points: 2 till {number(MOST_POINTS)}")
        if design == "grid" and info.data.get("points") is not None:
            raise fault("points hör till latin_hypercube; i ett rutnät räknas punkterna ur values.")
        return levers


def _fits_design(swept: SweptLever, design: str | None) -> None:
    """Raise a fault where a lever of a sweep has not what its design needs."""
    limits = swept.low is not None or swept.high is not None
    if design == "grid" and (limits or not swept.values):
        raise fault(f"{swept.lever} behöver en lista values i ett rutnät (grid), och varken low eller high.")
    if design == "latin_hypercube":
        lever = LEVERS[swept.lever]
        if swept.values is not None:
            raise fault(f"{swept.lever} har values, som hör till ett rutnät (grid); ange low och high.")
        low, high = limits_of(swept)
        if low >= high:
            raise fault(
                f"low måste vara mindre än high för {swept.lever}.", f"{number(lever.low)} till {number(lever.high)}"
            )


def limits_of(swept: SweptLever) -> tuple[float, float]:
    """Return between which values a Latin hypercube moves a lever: its own bounds unless told."""
    lever = LEVERS[swept.lever]
    return lever.low if swept.low is None else swept.low, lever.high if swept.high is None else swept.high


class Futures(StrictModel):
    """What every scenario is put to besides chance, crossed with all of them.

    Each stress test is stacked on each scenario: levers that multiply or add act together, and one that sets a value
    may be in one of both alone. The first `parameter_draws` replications are run again with drawn assumptions.
    """

    stress_tests: Entries = ()
    parameter_draws: Annotated[int, AfterValidator(between(0, MOST_REPLICATIONS, "antalet"))] = 0


class Precision(StrictModel):
    """When there are replications enough: a half-width of the 95 % interval of a paired difference, or a bound.

    After the study's `replications`, `batch` more are run until the difference of every scenario to the baseline
    under the same future has a half-width of at most `half_width` in `year` (the last unless told), or
    `most_replications` are done. The unit is the indicator's.
    """

    indicator: IndicatorName
    half_width: Annotated[float, AfterValidator(between(1e-9, 1e12, "halva bredden", "större än 0"))]
    year: int | None = None
    batch: Replications = 10
    most_replications: Replications = 200


class AskedFor(StrictModel):
    """What every file begins with that asks for many runs: its name and words, the region, the last year, the seed."""

    name: StudyName
    label_sv: ShortLine
    question_sv: LongText = NO_QUESTION
    description_sv: LongText = NO_DESCRIPTION
    region: ShortLine = HOME_REGION
    horizon: Annotated[int, AfterValidator(between(FIRST_START.year, LAST_DAY.year, "året", STUDY_YEARS))] = (
        HORIZON_YEAR
    )
    seed: Seed = BASE_SEED


class Study(AskedFor):
    """What is to be simulated, of which region, how many times, and what is to be told of it.

    `keep` says what is kept of each run: `all` variables, or the `headline` figures alone (every indicator of the
    region by year, a few kilobytes), which a study of more than a hundred scenarios must choose. `indicators` are
    those that tables of its document show, those of the page for leadership unless told; the largest deterioration
    is told whatever its measure. `documents` are the forms in which the document is made.
    """

    replications: Replications = FULL_REPLICATIONS
    precision: Precision | None = None
    scenarios: Entries = ()
    sweeps: Annotated[tuple[Sweep, ...], Field(strict=False, max_length=20), BeforeValidator(not_empty)] = ()
    futures: Futures = Futures()
    keep: Literal["all", "headline"] = "all"
    indicators: Annotated[
        tuple[IndicatorName, ...],
        Field(strict=False, max_length=200), BeforeValidator(not_empty), AfterValidator(once),
    ] = ()  # fmt: skip
    documents: Annotated[
        tuple[Literal["docx", "pdf", "pptx", "xlsx", "html"], ...],
        Field(strict=False), BeforeValidator(not_empty), AfterValidator(once),
    ] = ()  # fmt: skip

    @field_validator("precision")
    @classmethod
    def _can_be_met(cls, precision: Precision | None, info: ValidationInfo) -> Precision | None:
        if precision is None:
            return None
        horizon, first = info.data.get("horizon", HORIZON_YEAR), info.data.get("replications", FULL_REPLICATIONS)
        if precision.year is not None and not FIRST_START.year <= precision.year <= horizon:
            raise fault("året för precisionen är utanför studien.", f"{FIRST_START.year} till {horizon}")
        if precision.most_replications < first or first < 2:
            raise fault(
                "precisionen behöver minst två replikationer att börja med, och most_replications minst så många.",
                f"replications: 2 till {precision.most_replications}",
            )
        return precision

    @field_validator("futures")
    @classmethod
    def _draws_have_replications(cls, futures: Futures, info: ValidationInfo) -> Futures:
        replications = info.data.get("replications", FULL_REPLICATIONS)
        if futures.parameter_draws > replications:
            raise fault(
                "dragningarna är fler än replikationerna: varje dragning delar slump med en replikation.",
                f"parameter_draws: 0 till {replications}",
            )
        return futures

    @property
    def until(self) -> date:
        """First date that is not simulated."""
        return date(self.horizon + 1, 1, 1)
