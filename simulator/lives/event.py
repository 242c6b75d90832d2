"""One dated event in a person's life: what a diary is made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from simulator.core.dates import DAY, EPOCH

SECONDS = ("second", "requested", "treated", "until", "ready")


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event. Seconds are of the clock, from 1 January 2023; -1 and "" say nothing.

    kind: what it was; place: name of the unit; who: who met the person; provider: number of the GP;
    requested: when it was asked for; treated: when treatment began; until: when it ended;
    acuity, cause, ward: of hospital care;
    outlying: in another ward than one's own; ready: seconds in bed after being ready for discharge;
    outcome: what came of it; origin: how the person came there; subject: what it is about.

    What comes of unmet need has the name of the consequence (`simulator.core.record.CONSEQUENCES`) as origin: an
    emergency visit, the GP visit of a need that came back, a stay that was made longer, a death soon after a long wait
    for a bed. `unmet` is a need that is asked for again: subject = consequence, origin = the desk that did not meet
    it, requested = when it was first asked for. `last_illness` begins the stay in which somebody dies: outcome
    `to_hospital`, or `in_hospital` already. The outcome of `died` is where. `carer_admitted`: the
    partner on whom the person depends is taken to hospital, outcome `place` if there is a short-term place meanwhile;
    `palliative_care` at home: outcome `begins`, or `none` without a place.
    """

    second: int
    kind: str
    place: str = ""
    who: str = ""
    provider: int = 0
    requested: int = -1
    treated: int = -1
    until: int = -1
    acuity: str = ""
    cause: str = ""
    ward: str = ""
    outlying: bool = False
    ready: int = 0
    outcome: str = ""
    origin: str = ""
    subject: str = ""

    @property
    def day(self) -> int:
        """Day number, 0 = 1 January 2023."""
        return self.second // DAY

    @property
    def when(self) -> datetime:
        """Date and time."""
        return datetime.combine(EPOCH, datetime.min.time()) + timedelta(seconds=self.second)

    @property
    def waited(self) -> int:
        """Whole days from request to event."""
        return 0 if self.requested < 0 else self.day - self.requested // DAY

    def as_dict(self) -> dict[str, object]:
        """Return what there is to say, for JSON: date and time, wait and duration in hours."""
        out: dict[str, object] = {"date": self.when.date().isoformat(), "time": self.when.strftime("%H:%M")}
        for name, value in asdict(self).items():
            if name not in SECONDS and value:
                out[name] = value
        if self.treated >= 0:
            out["wait_hours"] = round((self.treated - self.second) / 3600, 2)
        elif self.requested >= 0:
            out["wait_hours"] = round((self.second - self.requested) / 3600, 2)
        if self.until >= 0:
            out["duration_hours"] = round((self.until - self.second) / 3600, 2)
        if self.ready:
            out["ready_hours"] = round(self.ready / 3600, 2)
        return out
