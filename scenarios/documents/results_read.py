"""Results from a folder as everything that a document asks of them, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import xarray as xr

from scenarios.documents.foot import words_of
from scenarios.exhibits.sources.validation_table import Validation, shipped, validation_of
from scenarios.findings.binding import Binding, rank_binding
from scenarios.findings.compare import ComparedFigure, baseline_of, compare
from scenarios.live.answer import Answer, Shown
from scenarios.live.course import Course
from scenarios.live.kept import FIRST_YEAR
from scenarios.measures.figure import BY_CENTRE, BY_MUNICIPALITY, FIGURES, OF_REGION
from scenarios.measures.figures import Results, offered, table_of
from scenarios.places.names import places_of
from scenarios.report.origin import Origin, ToldScenario
from scenarios.running.region import region_of_results
from scenarios.statistics.arrays import Array
from scenarios.strategies.labels import told_apart
from scenarios.strategies.library import BASELINE, library
from scenarios.strategies.period import FIRST_START
from scenarios.strategies.scenario import Scenario, read_strategy, scenario_hash
from scenarios.strategies.strategy import Strategy
from scenarios.text.problems import InputError, Problem, ScenarioError
from simulator.region.pack import Region

COURSE_SV = "Dagens kurs"
"""What the scenario without any decision is called in documents: its name in the app, Nuläge, reads as today."""
_NEEDED = ("scenario", "replication", "year")
STRATEGY_ENDINGS = (".yaml", ".yml")
COST_DIMENSIONS = ("year", "care_level", "payer")
NOT_ENOUGH_SV = "resultatet är från en äldre version och saknar det som ett dokument behöver; kör om det."


@dataclass(frozen=True, eq=False)
class Material:
    """What documents are made of.

    `answer` is the results as exhibits read them, with today's course called `COURSE_SV`. `compared` holds every
    indicator in `today` and the last year by (indicator, scenario, year), with intervals that cover drawn assumptions
    where any were drawn. `today` is the last year before strategies begin. `draws` is how many futures had drawn
    assumptions. `validation` is today's course beside what has been observed, None where nothing has.
    """

    dataset: xr.Dataset
    region: Region
    answer: Answer
    origin: Origin
    compared: Mapping[tuple[str, str, int], ComparedFigure]
    today: int
    draws: int
    created: datetime
    validation: Validation | None = None

    @property
    def last(self) -> int:
        """The last year that was simulated."""
        return self.answer.last_year

    @property
    def baseline(self) -> str:
        """Name of the scenario that the others are compared with."""
        return self.answer.baseline

    @property
    def strategies(self) -> tuple[str, ...]:
        """Names of the scenarios that are compared with the baseline."""
        return tuple(name for name in self.answer.labels if name != self.baseline)

    def label(self, scenario: str) -> str:
        """Return the Swedish label of a scenario."""
        return self.answer.labels[scenario]

    @property
    def course(self) -> str:
        """The baseline as it is called within a sentence."""
        return COURSE_SV.lower() if self.baseline == BASELINE else self.label(self.baseline)

    @property
    def undecided(self) -> str:
        """What is said of the baseline where it is the future without any decision, "" where it is a strategy."""
        return "utan nya beslut" if self.baseline == BASELINE else ""

    def record(self, indicator: str, scenario: str, year: int) -> ComparedFigure | None:
        """Return what is known of an indicator in a scenario, in `today` or the last year; None where nothing is."""
        return self.compared.get((indicator, scenario, year))

    def bindings(self, scenario: str, year: int, alone: bool = False) -> list[Binding]:
        """Return what binds in a scenario's year, most first; nothing where the results do not tell.

        `alone` compares with nothing, so that sentences say of the scenario itself and no more.
        """
        parts = (f"resource_{part}" for part in ("offered", "used", "requests", "lost", "lack"))
        if any(part not in self.dataset for part in parts):
            return []
        against = scenario if alone else self.baseline
        return rank_binding(self.dataset, places_of(self.region), [scenario], [year], against)


def material_of(
    dataset: xr.Dataset,
    scenarios: Sequence[str] | None = None,
    baseline: str | None = None,
    beside: Iterable[Path] = (),
    indicators: Sequence[str] | None = None,
    places: bool = True,
) -> Material:
    """Return the material of results; `scenarios` narrows them, and what is compared with stays among them.

    `beside` are files in which strategies of one's own may stand: one is told of when it has the results' hash.
    For results of more scenarios than can be told one by one `indicators` narrows what is compared with draws and
    intervals (the answer has them all), and without `places` nothing is worked out by municipality and centre.

    Raises InputError when nothing can be made of them, or their region is not known any more.
    """
    if any(name not in dataset.variables or dataset.variables[name].dims != (name,) for name in _NEEDED):
        raise InputError([Problem("MAPP", NOT_ENOUGH_SV)])
    against = baseline_of(dataset, baseline)
    names = [str(name) for name in dataset["scenario"].values]
    chosen = names if scenarios is None else [name for name in names if name == against or name in scenarios]
    dataset = dataset.sel(scenario=[against, *(name for name in chosen if name != against)])
    region = region_of_results(str(dataset.attrs.get("region", "")))
    answer = _answer(dataset, region, against, places)
    today = _today(answer)
    wanted = [each for each in answer.indicators if indicators is None or each.name in indicators]
    records = compare(dataset, wanted, sorted({today, answer.last_year}), against)
    compared = {(record.indicator, record.scenario, record.year): record for record in records}
    created = _created(dataset)
    origin = _origin(dataset, region, answer, created.date(), beside)
    draws = int(dataset.sizes.get("draw", 0))
    observed = validation_of(dataset) if BASELINE in dataset["scenario"].values else None
    return Material(dataset, region, answer, origin, compared, today, draws, created, observed)


def material_of_answer(answer: Answer, origin: Origin, region: Region) -> Material:
    """Return the material of an answer of the app, whose details are there; raises ValueError when they are not.

    Its documents have the time of the day on which they are taken out, and the validation that comes with the project.
    """
    details = answer.details
    if details is None:
        raise ValueError("an answer without details is not enough for a document")
    shown = tuple(replace(each, label=COURSE_SV) if each.name == BASELINE else each for each in answer.shown)
    answer = replace(answer, shown=shown)
    today = _today(answer)
    compared = {
        (name, record.scenario, year): record
        for name in answer.names
        for year in (today, answer.last_year)
        for record in answer.of(name, year)
    }
    labels = answer.labels
    told = tuple(replace(each, label=labels.get(each.name, each.label)) for each in origin.scenarios)
    created = datetime.combine(origin.taken, time(), UTC)
    return Material(
        details.assign_attrs(region=region.code),
        region,
        answer,
        replace(origin, scenarios=told),
        compared,
        today,
        0,
        created,
        shipped(region.code),
    )


def _today(answer: Answer) -> int:
    """Return the last year before strategies begin, the first one where all lie behind."""
    return max([year for year in answer.years if year < FIRST_START.year], default=answer.years[0])


def _answer(dataset: xr.Dataset, region: Region, baseline: str, places: bool) -> Answer:
    figures = dict(_figures(Results(dataset, region), places))
    indicators = figures.pop(OF_REGION.variable, None)
    years = dataset["year"].values
    if indicators is None or not indicators.sizes["indicator"] or not bool((years >= FIRST_YEAR).any()):
        raise InputError([Problem("MAPP", NOT_ENOUGH_SV)])
    indicators = indicators.sel(year=years >= FIRST_YEAR)
    details = xr.Dataset({name: _from_first_year(values) for name, values in figures.items()})
    details = details.assign_attrs(region=region.code)
    names = tuple(str(name) for name in indicators["indicator"].values)
    by_run: Array = indicators.transpose("scenario", "replication", "indicator", "year").values
    return Answer(
        _shown(dataset), baseline, by_run.shape[1], names, tuple(int(y) for y in indicators["year"].values), by_run,
        details, str(dataset.attrs.get("code_version", "")), by_run.shape[1],
    )  # fmt: skip


def _figures(results: Results, places: bool) -> Iterator[tuple[str, xr.DataArray]]:
    """Yield what documents show of results, each variable by its name: figures by year and place, and the cost."""
    for dimensions in (OF_REGION, *((BY_MUNICIPALITY, BY_CENTRE) if places else ())):
        if offered(results, dimensions):
            yield dimensions.variable, table_of(results, dimensions)
    cost = next(figures["cost"] for dimensions, figures in FIGURES.items() if dimensions.names == COST_DIMENSIONS)
    if places and not cost.missing(results):
        yield cost.name, cost.values(results)


def _from_first_year(values: xr.DataArray) -> xr.DataArray:
    return values.sel(year=values["year"] >= FIRST_YEAR) if "year" in values.dims else values


def _shown(dataset: xr.Dataset) -> tuple[Shown, ...]:
    labels, hashes = _labels(dataset), _texts(dataset, "scenario_hash")
    region, seed = str(dataset.attrs.get("region", "")), _whole(dataset.attrs.get("base_seed"))
    horizon = int(dataset["year"].values[-1])
    return tuple(
        Shown(name, label, Course((), hashes[name], label, region, seed, horizon, hashes[name] or name))
        for name, label in labels.items()
    )


def _labels(dataset: xr.Dataset) -> dict[str, str]:
    kept = _texts(dataset, "scenario_label")
    labels = {name: kept[name] or name for name in kept}
    if BASELINE in labels:
        labels[BASELINE] = COURSE_SV
    return told_apart(labels)


def _texts(dataset: xr.Dataset, variable: str) -> dict[str, str]:
    """Return a text of each scenario by name, "" where an older version kept none."""
    names = [str(name) for name in dataset["scenario"].values]
    if variable not in dataset.variables or dataset.variables[variable].dims != ("scenario",):
        return dict.fromkeys(names, "")
    return dict(zip(names, (str(text) for text in dataset[variable].values), strict=True))


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | np.integer) else 0


def _created(dataset: xr.Dataset) -> datetime:
    """Return when the results were made, in UTC; a day long ago where an older version did not say."""
    try:
        made = datetime.fromisoformat(str(dataset.attrs.get("created", "")))
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def _origin(dataset: xr.Dataset, region: Region, answer: Answer, taken: date, beside: Iterable[Path]) -> Origin:
    hashes, known = _texts(dataset, "scenario_hash"), _strategies(dataset, region, beside)
    told = tuple(
        ToldScenario(name, label, hashes[name], known.get(name)) for name, label in answer.labels.items()
    )  # fmt: skip
    return Origin(
        told, taken, region.code, str(dataset.attrs.get("region_digest", "")),
        answer.version, str(dataset.attrs.get("base_seed", "")), answer.replications,
        str(dataset.attrs.get("horizon", "")), str(dataset.attrs.get("command", "")),
    )  # fmt: skip


def _strategies(dataset: xr.Dataset, region: Region, beside: Iterable[Path]) -> dict[str, Strategy]:
    """Return the strategies of the scenarios that are at hand: those that would do what the results say they did.

    They are looked for in the library, among the files that the command names, and `beside` the results.
    """
    hashes, found = _texts(dataset, "scenario_hash"), dict[str, Strategy]()
    named = (Path(word) for word in words_of(str(dataset.attrs.get("command", ""))) if word.endswith(STRATEGY_ENDINGS))
    for file in (*library().values(), *named, *beside):
        strategy = _read(file)
        if strategy and hashes.get(strategy.name) and _hash(strategy, dataset, region) == hashes[strategy.name]:
            found.setdefault(strategy.name, strategy)
    return found


def _read(file: Path) -> Strategy | None:
    try:
        return read_strategy(file) if file.is_file() else None
    except (ScenarioError, OSError, ValueError):
        return None


def _hash(strategy: Strategy, dataset: xr.Dataset, region: Region) -> str:
    """Return the hash that a strategy would have had in these results, "" where it does not fit them."""
    try:
        horizon = date.fromisoformat(str(dataset.attrs.get("horizon", "")))
        changes = Scenario(region=region.code, strategy=strategy, horizon=horizon).changes(region)
    except (ScenarioError, ValueError):
        return ""
    return scenario_hash(changes, str(dataset.attrs.get("region_digest", "")), horizon)
