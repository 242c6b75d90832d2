"""What an effect is: one record of what was measured, what the model makes of it, and the reasoning between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from scenarios.effects.vocabulary import (
    DESIGNS_SV,
    STUDY_GRADES,
    Design,
    EffectUnit,
    HowRead,
    MeasuredOutcome,
    Side,
    StudiedPopulation,
    StudyGrade,
)

_Code = TypeVar("_Code", bound=str)


@dataclass(frozen=True, slots=True)
class StudyFinding:
    """What one study found of one outcome: where it was printed, in whom, how large, and how it was read.

    `side` tells whether it speaks for the effect, against it (nothing, or the opposite), or neither. `value` with
    `low` and `high` (95 % interval, or the range that the source states) is in `unit_sv`, short and as printed; None
    where no figure was seen. `where_sv` says who told it, when that was not the study itself.
    """

    side: Side
    cite: str
    design: Design
    population_sv: str
    outcome_sv: str
    read: HowRead
    grade: StudyGrade
    finding_sv: str
    doi: str = ""
    country_sv: str = ""
    people: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit_sv: str = ""
    follow_up_sv: str = ""
    where_sv: str = ""


@dataclass(frozen=True, slots=True)
class Carried(Generic[_Code]):
    """An outcome, population or unit as it was measured, as the model has it, and why where the two differ."""

    measured: _Code
    model: _Code
    why_sv: str = ""

    @property
    def differs(self) -> bool:
        """Tell whether the model has something else than what was measured."""
        return self.measured != self.model


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect: what the model does, what it was measured on, what speaks for and against, and the reasoning.

    `parameters` are the rows of a region's pack that it bears: value, range and grade stand there and nowhere else.
    One without any is not in the model, and `not_in_model_sv` says so. `general` is in the model whatever levers say.
    `design` is the best among the studies that the value rests on. `no_counter_sv` says that no study was found that
    speaks against, where none is among `studies`.
    """

    key: str
    label_sv: str
    rule_sv: str
    parameters: tuple[str, ...]
    outcome: Carried[MeasuredOutcome]
    population: Carried[StudiedPopulation]
    unit: Carried[EffectUnit]
    design: Design
    time_to_effect_sv: str
    follow_up_sv: str
    reasoning_sv: str
    studies: tuple[StudyFinding, ...]
    general: bool = False
    not_in_model_sv: str = ""
    no_counter_sv: str = ""

    @property
    def area(self) -> str:
        """Name of the file in which the record stands."""
        return self.key.partition(".")[0]

    def on(self, side: Side) -> tuple[StudyFinding, ...]:
        """Return the studies of one side, as they are listed."""
        return tuple(study for study in self.studies if study.side == side)

    def strongest(self, side: Side) -> StudyFinding | None:
        """Return the study of a side that says most of cause; None where there is none."""
        return min(self.on(side), key=_rank, default=None)


def _rank(study: StudyFinding) -> tuple[int, int, bool, bool, int]:
    """Rank by grade, then design, then whether figure and interval are known, then size."""
    grade, design = STUDY_GRADES.index(study.grade), list(DESIGNS_SV).index(study.design)
    return grade, design, study.value is None, study.low is None, -(study.people or 0)
