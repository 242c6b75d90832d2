"""One person's log: rows of the engine put together to events, in the words of care.

What belongs together becomes one event: an emergency visit from arrival to what came of it, a stay from
admission to discharge. What a row tells beside its kind is packed and unpacked in `simulator.core.log`.
"""

from __future__ import annotations

from simulator.care.end_of_life import WITHOUT_PLACE
from simulator.core.dates import DAY
from simulator.core.fields import Array
from simulator.core.log import (
    ADMITTED,
    BOARDING,
    BOUGHT,
    CARER_ADMITTED,
    DESK_CONTACT,
    DIED,
    DISCHARGED,
    ED_ARRIVAL,
    GAVE_UP,
    GP_VISIT,
    HOME_CARE,
    HOUSING_GRANTED,
    LAST_ILLNESS,
    MOBILE_VISIT,
    MOVED_AWAY,
    MOVED_IN,
    PALLIATIVE_ASKED,
    PARTNER_DIED,
    READY,
    SENT_TO_ED,
    SHORT_TERM,
    TREATMENT_END,
    TREATMENT_START,
    unpack_admission,
    unpack_arrival,
    unpack_gp_visit,
    unpack_home_care,
)
from simulator.core.record import (
    BACK_TO_GP,
    CONSEQUENCES,
    DEATH_AFTER_BOARDING,
    GP_WAITING,
    LOCAL_CELL,
    LONGER_STAY,
    PROMOTION_CELL,
)
from simulator.core.state import LOCUM, RESIDENT, SPECIALTIES
from simulator.core.words import case_of, next_case, unpack_post
from simulator.lives.event import Event
from simulator.lives.row import Row
from simulator.lives.unmet_need import Moment, UnmetNeed
from simulator.region.axes import ACUITIES, WARDS
from simulator.region.pack import Region

CAUSES = ("heart_failure", "lung", "diabetes", "fall", "other")
"""Causes of an emergency, in the order of `simulator.care.causes`."""
CONTACT_OF_DESK = {
    "nurse": "nurse_visit",
    "digital": "digital_contact",
    "referral": "referral_visit",
    "return_visit": "specialist_visit",
    "home_nursing": "home_visit",
}
WHO = {"nurse_visit": "nurse", "health_promotion": "nurse", "digital_contact": "nurse", "home_visit": "municipal_nurse"}
REFUSED_SECONDS, VISIT_SECONDS, RETURN_SECONDS = 7200, 3600, 31 * DAY
"""Time from a refused booking, a GP visit and a discharge to the emergency visit that it leads to, at most."""


class EventLog:
    """One person's rows; `used` are those that became part of another event."""

    def __init__(self, rows: Array, region: Region, housed: bool, moment: Moment | None = None) -> None:
        """Take rows int64[n, LOG_COLUMNS] of one person, who begins in special housing or not.

        Without `moment` nothing is seen to come of what was given up.
        """
        self.log = [Row(int(t), int(k), int(u), int(r), int(p)) for t, k, _, u, r, p in rows]
        self.region, self.housed = region, housed
        self.unit = region.units.account_of
        self.number = {unit: i for i, unit in enumerate(self.unit)}
        self.of_kind: dict[int, list[Row]] = {}
        for row in self.log:
            self.of_kind.setdefault(row.kind, []).append(row)
        self.used: set[Row] = set()
        self.unmet = UnmetNeed(self.of_kind, moment)
        self.came_back = list(self.unmet.came_back())
        gone = [*self.of_kind.get(DIED, ()), *self.of_kind.get(MOVED_AWAY, ())]
        self.end = gone[0].tick if gone else None

    def events(self) -> list[Event]:
        """Every event of the log, hospital care first since it takes up other rows.

        What was expected of somebody who is gone, or lies in hospital, is told of nobody.
        """
        tellers = {
            ED_ARRIVAL: self._emergency, ADMITTED: self._stay, GP_VISIT: self._gp_visit, DESK_CONTACT: self._contact,
            HOME_CARE: self._home_care, MOBILE_VISIT: self._mobile_visit,
        }  # fmt: skip
        elsewhere = [row for row in self.log if row.kind == ED_ARRIVAL and self._is_elsewhere(row)]
        for row in elsewhere:
            self._came_of(row.unit, row.tick, None)
        events = [tellers[row.kind](row) for row in self.log if row.kind in tellers and row not in elsewhere]
        events += [self._rest_of_stay(row) for row in self.log if row.kind == DISCHARGED and row.requested < 0]
        plain = {
            GAVE_UP: self._gave_up, SENT_TO_ED: self._sent, SHORT_TERM: self._short_term, MOVED_IN: self._moved_in,
            HOUSING_GRANTED: self._granted, DIED: self._died, MOVED_AWAY: self._moved_away, BOUGHT: self._elsewhere,
            LAST_ILLNESS: self._last_illness, PARTNER_DIED: self._partner_died,
            CARER_ADMITTED: self._carer_admitted, PALLIATIVE_ASKED: self._palliative,
        }  # fmt: skip
        left = [row for row in self.log if row.kind in plain and row not in self.used]
        events += [plain[row.kind](row) for row in left]
        events += [self._back_again(*found) for found in self.came_back]
        return [event for event in events if self.end is None or event.second <= self.end]

    def _find(self, kind: int, **wanted: int) -> Row | None:
        """First row of a kind with these columns; it is used then."""
        for row in self.of_kind.get(kind, ()):
            if all(getattr(row, name) == value for name, value in wanted.items()):
                self.used.add(row)
                return row
        return None

    def _hospital(self, k: int) -> str:
        return self.region.hospital_names[k]

    def _town(self, m: int) -> str:
        return self.region.municipality_names[m]

    def _emergency(self, row: Row) -> Event:
        k, arrived = row.unit, row.tick
        start = self._find(TREATMENT_START, unit=k, requested=arrived)
        outcome, until = self._came_of(k, arrived, start)
        if self.of_kind.get(DIED) and self._is_broken_off(until):
            outcome, until = "died", self.of_kind[DIED][0].tick
        _, cause, acuity = unpack_arrival(row.particulars)
        return Event(
            arrived, "emergency_visit", self._hospital(k), "hospital_physician" if start else "",
            treated=start.tick if start else -1, until=until, acuity=ACUITIES[acuity],
            cause=CAUSES[cause], outcome=outcome, origin=self._origin(row),
        )  # fmt: skip

    def _is_elsewhere(self, arrival: Row) -> bool:
        """Whether who is expected at the emergency department is gone or lies in hospital already."""
        if self.end is not None and arrival.tick >= self.end:
            return True
        if self._find(TREATMENT_START, unit=arrival.unit, requested=arrival.tick):
            return False
        stays = ((row.tick, self._left_at(row)) for row in self.of_kind.get(ADMITTED, ()))
        return any(begun <= arrival.tick and not 0 <= left <= arrival.tick for begun, left in stays)

    def _is_broken_off(self, until: int) -> bool:
        """Whether an emergency visit of somebody who is gone was not over by then."""
        return self.end is not None and not 0 <= until <= self.end

    def _came_of(self, k: int, arrived: int, start: Row | None) -> tuple[str, int]:
        """Outcome of an emergency visit and when it was over (-1 = not yet)."""
        if start is None:
            left = self._find(GAVE_UP, unit=self.number["emergency", k], requested=arrived)
            return ("ongoing", -1) if left is None else ("turned_away" if left.tick == arrived else "left", left.tick)
        end = self._find(TREATMENT_END, unit=k, requested=arrived)
        if end is None:
            return "ongoing", -1
        if self._find(HOME_CARE, unit=k, tick=end.tick):
            return "hospital_at_home", end.tick
        no_bed = self._find(GAVE_UP, unit=self.number["ward", k], requested=end.tick)
        if no_bed:
            return "elsewhere" if no_bed.tick == end.tick else "left", no_bed.tick
        if self._find(BOARDING, unit=k, tick=end.tick) is None:
            return "home", end.tick
        bed = self._find(ADMITTED, unit=k, requested=end.tick)
        return ("admitted", bed.tick) if bed else ("boarding", -1)

    def _origin(self, row: Row) -> str:
        """How somebody came to the emergency department: sent there, dying, returning, of unmet need, or otherwise."""
        arrived, case = row.tick, unpack_arrival(row.particulars)[0]
        for sent in self.of_kind.get(SENT_TO_ED, ()):
            if 0 <= arrived - sent.tick <= REFUSED_SECONDS and case_of(sent.tick) == case:
                self.used.add(sent)
                return "no_appointment"
        for visit in self.of_kind.get(GP_VISIT, ()):
            if 0 <= arrived - visit.tick <= VISIT_SECONDS and case_of(visit.requested) == case:
                return "gp"
        if any(ill.tick == arrived for ill in self.of_kind.get(LAST_ILLNESS, ())):
            return "last_illness"
        return "return" if self._returns(case, arrived) else self.unmet.brought(row)

    def _returns(self, case: int, arrived: int) -> bool:
        """Whether an emergency is the return that a stay or hospital care at home, ended within a month, brought."""
        ends = [(unpack_admission(row.particulars)[0], self._left_at(row)) for row in self.of_kind.get(ADMITTED, ())]
        for row in self.of_kind.get(HOME_CARE, ()):
            before, days = unpack_home_care(row.particulars)
            ends.append((before, row.tick + days * DAY))
        return any(0 <= arrived - end <= RETURN_SECONDS and next_case(before) == case for before, end in ends)

    def _left_at(self, admitted: Row) -> int:
        left = self._find(DISCHARGED, unit=admitted.unit, requested=admitted.tick)
        return left.tick if left else -1

    def _stay(self, row: Row) -> Event:
        ready = self._find(READY, unit=row.unit, requested=row.tick)
        _, cause, planned, own, ward = unpack_admission(row.particulars)
        until = self._left_at(row)
        return Event(
            row.tick, "planned_admission" if planned else "admission", self._hospital(row.unit), "ward_staff",
            requested=row.requested, until=until, cause="" if planned else CAUSES[cause],
            ward=WARDS[ward], outlying=own != ward, ready=until - ready.tick if ready and until >= 0 else 0,
            outcome=self._left_to(until), origin=CONSEQUENCES[LONGER_STAY] if self.unmet.made_longer(row) else "",
        )  # fmt: skip

    def _rest_of_stay(self, row: Row) -> Event:
        """A stay that had begun before the first day, told from that day on: of its beginning there is no row."""
        until, place = row.tick, self._hospital(row.unit)
        return Event(0, "admission", place, "ward_staff", until=until, outcome=self._left_to(until))

    def _left_to(self, until: int) -> str:
        """Where a stay led to."""
        kinds = {row.kind for row in self.log if row.tick == until}
        if until < 0:
            return "ongoing"
        if DIED in kinds or MOVED_AWAY in kinds:
            return "died" if DIED in kinds else "moved_away"
        if SHORT_TERM in kinds:
            return "short_term"
        return "special_housing" if self._is_housed(until) else "home"

    def _is_housed(self, second: int) -> bool:
        return self.housed or any(row.tick <= second for row in self.of_kind.get(MOVED_IN, ()))

    def _gp_visit(self, row: Row) -> Event:
        gp, agency, own = unpack_gp_visit(row.particulars)
        who = {LOCUM: "locum", RESIDENT: "resident"}.get(agency, "own_gp" if own else "other_gp")
        place = self.region.centre_names[unpack_post(row.unit)[0]]
        back = any(again == row.requested for _, _, again in self.came_back)
        origin = CONSEQUENCES[BACK_TO_GP] if back else ""
        origin = CONSEQUENCES[GP_WAITING] if self.unmet.came_of_waiting(row.requested) else origin
        return Event(row.tick, "gp_visit", place, who, gp, requested=row.requested, origin=origin)

    def _contact(self, row: Row) -> Event:
        desk, n = self.unit[row.unit]
        kind = CONTACT_OF_DESK[desk]
        if row.particulars in (PROMOTION_CELL, LOCAL_CELL):
            kind = "health_promotion" if row.particulars == PROMOTION_CELL else "local_care_visit"
        who = WHO.get(kind, "hospital_physician")
        specialty = WARDS[n % SPECIALTIES] if desk == "referral" else ""
        return Event(row.tick, kind, self._place(desk, n), who, requested=row.requested, ward=specialty)

    def _place(self, desk: str, n: int) -> str:
        if desk in ("nurse", "digital", "gp"):
            return self.region.centre_names[n]
        if desk == "referral":  # a line for each specialty
            return self._hospital(n // SPECIALTIES)
        return self._town(n) if desk == "home_nursing" else self._hospital(n)

    def _home_care(self, row: Row) -> Event:
        until = row.tick + unpack_home_care(row.particulars)[1] * DAY
        return Event(row.tick, "hospital_at_home", self._hospital(row.unit), "mobile_team", until=until)

    def _elsewhere(self, row: Row) -> Event:
        k = self.unit[row.unit][1]
        return Event(row.tick, "planned_elsewhere", self._hospital(k), "other_provider", requested=row.requested)

    def _mobile_visit(self, row: Row) -> Event:
        return Event(row.tick, "mobile_visit", self._town(row.unit), "mobile_team", requested=row.requested)

    def _gave_up(self, row: Row) -> Event:
        desk, n = self.unit[row.unit]
        return Event(row.tick, "fell_away", self._place(desk, n), requested=row.requested, subject=desk)

    def _sent(self, row: Row) -> Event:
        return Event(row.tick, "sent_to_emergency", self.region.centre_names[row.unit])

    def _short_term(self, row: Row) -> Event:
        return Event(row.tick, "short_term", self._town(row.unit), until=row.tick + row.particulars * DAY)

    def _moved_in(self, row: Row) -> Event:
        granted = self.of_kind.get(HOUSING_GRANTED, [row])[-1]
        return Event(row.tick, "moved_in", self._town(row.unit), requested=granted.tick)

    def _granted(self, row: Row) -> Event:
        return Event(row.tick, "housing_granted", self._town(row.unit))

    def _back_again(self, row: Row, gave: Row, again: int) -> Event:
        """A need that was not met, as a GP is asked again."""
        place = self.region.centre_names[row.unit]
        desk, subject = self.unit[gave.unit][0], CONSEQUENCES[row.particulars]
        return Event(again, "unmet", place, requested=gave.requested, origin=desk, subject=subject)

    def _last_illness(self, row: Row) -> Event:
        """The last illness of who dies in hospital: taken there, or there already."""
        taken = any(arrival.tick == row.tick for arrival in self.of_kind.get(ED_ARRIVAL, ()))
        return Event(row.tick, "last_illness", outcome="to_hospital" if taken else "in_hospital")

    def _partner_died(self, row: Row) -> Event:
        return Event(row.tick, "partner_died", self._town(row.unit))

    def _carer_admitted(self, row: Row) -> Event:
        """The partner on whom somebody depends is taken to hospital."""
        return Event(row.tick, "carer_admitted", self._town(row.unit), outcome="place" if row.particulars else "none")

    def _palliative(self, row: Row) -> Event:
        outcome = "none" if row.particulars == WITHOUT_PLACE else "begins"
        return Event(row.tick, "palliative_care", self._town(row.unit), outcome=outcome)

    def _died(self, row: Row) -> Event:
        origin = CONSEQUENCES[DEATH_AFTER_BOARDING] if self.unmet.ended(row) else ""
        return Event(row.tick, "died", outcome=self._place_of_death(row.tick), origin=origin)

    def _place_of_death(self, tick: int) -> str:
        """Where somebody dies; whether home nursing came there, the log does not tell."""
        if any(row.tick == tick for row in self.of_kind.get(DISCHARGED, ())):
            return "hospital"
        for row in self.of_kind.get(ED_ARRIVAL, ()):
            start = self._find(TREATMENT_START, unit=row.unit, requested=row.tick)
            if not self._is_elsewhere(row) and self._is_broken_off(self._came_of(row.unit, row.tick, start)[1]):
                return "emergency"
        if self._is_housed(tick):
            return "special_housing"
        lent = ((row.tick, row.tick + row.particulars * DAY) for row in self.of_kind.get(SHORT_TERM, ()))
        return "short_term" if any(begun <= tick < end for begun, end in lent) else "home"

    def _moved_away(self, row: Row) -> Event:
        return Event(row.tick, "moved_away", self._town(row.unit))
