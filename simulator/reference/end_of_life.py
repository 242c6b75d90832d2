"""The last months of life as the plain reference tells them: foreseen or not, wishes, talks, palliative care."""

from __future__ import annotations

from simulator.care.end_of_life import AS_TODAY, NOT_ASKED, WITH_PLACE, WITHOUT_PLACE
from simulator.care.offer import TALK, TALKS
from simulator.core.log import PALLIATIVE_ASKED
from simulator.core.randomness import Purpose
from simulator.reference.ground import Ground
from simulator.reference.state import Person


class LastMonths(Ground):
    """Who dies in hospital, and who has palliative care at home until death."""

    palliative_held: list[list[Person]]
    without_place: int

    def take_over_palliative(self) -> None:
        """Read who has a place."""
        houses = zip(self.world.hospital, self.world.palliative_place, strict=True)
        self.palliative_held = [[self.people[i] for i in held[: k["palliative_taken"]]] for k, held in houses]
        self.without_place = 0

    def foreseen(self, person: Person) -> bool:
        """Death can be foreseen."""
        return self.draw(Purpose.FORESEEN, person, 0) < self.rules["foreseeable_share"]

    def wants_to_stay(self, person: Person) -> bool:
        """Wish to die where one lives."""
        return self.draw(Purpose.WISH, person, 0) < self.rules["wish_to_stay"]

    def has_palliative_care(self, person: Person) -> bool:
        """Has a place beyond today's, and lives at home."""
        return person.palliative == WITH_PLACE and not person.housed

    def share_in_hospital(self, person: Person) -> float:
        """Chance that a last illness ends in hospital, by where one lives, a talk, and palliative care."""
        setting = "housing" if person.housed else "nursing" if person.home_nursing else "home"
        share, talked = self.rules[f"last_illness_{setting}"], False
        today = self.rules["talked_share"]
        most = min(today + self.offered(TALK, person), 1.0)
        if most > today and self.foreseen(person):
            self.effort[person.municipality, TALKS] += most - today
            talked = today <= self.draw(Purpose.END_OF_LIFE_TALK, person, 0) < most
        if self.has_palliative_care(person):
            return share * self.rules["palliative_hospital"]
        if talked and self.wants_to_stay(person):
            return share * self.rules["talk_housing" if person.housed else "talk_home"]
        return share

    def ask_for_palliative_care(self, person: Person, tick: int) -> None:
        """Ask for a place, once; those who have such care today need none."""
        here = person.present and not person.housed and not person.dying
        if not here or person.palliative != NOT_ASKED or not (self.foreseen(person) and self.wants_to_stay(person)):
            return
        if self.draw(Purpose.FORESEEN, person, 2) < self.rules["palliative_today"]:
            person.palliative = AS_TODAY
        else:
            person.palliative = WITH_PLACE if self._take_place(person) else WITHOUT_PLACE
            self.without_place += person.palliative == WITHOUT_PLACE
        self.note(tick, PALLIATIVE_ASKED, person, person.municipality, tick)

    def _take_place(self, person: Person) -> bool:
        """Take a place of the own hospital's team, if one is free."""
        held = self.palliative_held[person.hospital]
        held[:] = [who for who in held if who.present and self.has_palliative_care(who)]
        room = min(int(self.world.hospital[person.hospital]["palliative_places"]), self.world.palliative_place.shape[1])
        if len(held) >= room:
            return False
        held.append(person)
        return True
