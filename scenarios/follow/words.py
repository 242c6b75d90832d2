"""Swedish words for the events of a diary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import TYPE_CHECKING

from scenarios.follow.description import lowered
from scenarios.places.places import SEGMENT_LABELS
from scenarios.text.swedish import number
from simulator.region.axes import WARD_LABELS

if TYPE_CHECKING:
    from simulator.lives.event import Event
    from simulator.region.pack import Region

DAY_SECONDS = 86_400
ACUITIES_SV = {"urgent": "röd eller orange", "standard": "gul", "low": "grön"}
CAUSES_SV = {
    "heart_failure": "hjärtsvikt", "lung": "KOL eller astma", "diabetes": "diabetes", "fall": "fall", "other": "annat",
}  # fmt: skip
OUTCOMES_SV = {
    "home": "fick gå hem",
    "admitted": "blev inlagd",
    "hospital_at_home": "fick sjukhusvård i hemmet",
    "elsewhere": "vårdplats på annat sjukhus",
    "turned_away": "fullt, hänvisad vidare",
    "left": "gick utan att bli klar",
    "boarding": "väntade fortfarande på vårdplats",
    "ongoing": "pågår",
    "died": "avled där",
}
STAYS_SV = {
    "home": "hem", "special_housing": "till särskilt boende", "short_term": "till korttidsplats", "died": "avled där",
    "moved_away": "flyttade från länet", "ongoing": "ligger kvar",
}  # fmt: skip
ORIGINS_SV = {
    "no_appointment": "ingen läkartid i tid på hälsocentralen",
    "gp": "skickad av läkaren på hälsocentralen",
    "return": "åter inom en månad efter vårdtiden",
    "last_illness": "den sista sjukdomen",
    "urgent_given_up": "fick ingen läkartid, och behovet blev akut",
    "urgent_missed_visit": "hemsjukvårdens besök uteblev, och det blev akut",
    "urgent_waiting": "blev sämre i väntan på specialist eller planerad inläggning",
    "urgent_home_help": "hjälpen från hemtjänsten räckte inte",
    "urgent_housing": "väntan på särskilt boende slutade på akuten",
}
"""How somebody came to the emergency department; those that begin with "urgent" came of unmet need."""
BACK_AT_GP_SV = {
    "back_to_gp": "; behovet som kom tillbaka", "gp_waiting": "; det blev sämre i väntan på specialist",
}  # fmt: skip
"""What is added to a visit to a GP that came of unmet need."""
HELP_AT_NIGHT_SV = "natten då hjälpen från hemtjänsten inte räckte"
MORNING, EVENING = 6, 22
"""Hours between which it is not night."""
DEATHS_SV = {
    "hospital": "på sjukhus", "emergency": "på akuten", "special_housing": "på särskilt boende",
    "short_term": "på korttidsplats", "home_nursing": "hemma med hemsjukvård", "home": "hemma",
}  # fmt: skip
WHO_SV = {"own_gp": "fast läkare", "locum": "hyrläkare", "resident": "ST-läkare", "other_gp": "annan läkare"}
LOST_SV = {
    "nurse": "besöket hos sköterska", "digital": "den digitala kontakten", "referral": "besöket på remiss",
    "return_visit": "specialistbesöket", "home_nursing": "hemsjukvårdens besök", "planned_admission":
    "den planerade inläggningen", "gp": "läkarbesöket", "emergency": "akutbesöket", "ward": "inläggningen",
}  # fmt: skip
SUPPORT_SV = {
    "team": ("Närvårdsteam börjar följa upp", "Närvårdsteamet följer inte längre"),
    "contact": ("Får fast vårdkontakt", "Har inte längre fast vårdkontakt"),
    "plan": ("Får samordnad individuell plan (SIP)", "Har inte längre någon aktuell plan (SIP)"),
    "monitored": ("Egenmonitorering hemma börjar", "Egenmonitoreringen upphör"),
}


@dataclass
class Words:
    """Tells events of one person; GPs get letters in the order in which they turn up."""

    region: Region
    doctors: dict[int, str] = field(default_factory=dict)

    def meet(self, events: Iterable[Event], named: int) -> None:
        """Give letters to the named GP and to every GP in some events."""
        for provider in (named, *(event.provider for event in events)):
            if provider and provider not in self.doctors:
                n = len(self.doctors)
                again = "" if n < 26 else str(n // 26 + 1)
                self.doctors[provider] = ascii_uppercase[n % 26] + again

    def doctor(self, provider: int) -> str:
        """Return the letter of a GP."""
        return f"läkare {self.doctors[provider]}"

    def tell(self, event: Event) -> str:
        """Return one line about an event, without its date."""
        return _TELLERS[event.kind](self, event)

    def gp_visit(self, event: Event) -> str:
        """Tell a GP visit: who was met, how long it took."""
        again = BACK_AT_GP_SV.get(event.origin, "")
        return f"Läkarbesök: {WHO_SV[event.who]} ({self.doctors[event.provider]}){_wait(event)}{again}"

    def named_gp(self, event: Event) -> str:
        """Tell a change of the named GP."""
        if event.outcome == "begins":
            return f"Fast läkarkontakt: nu {self.doctor(event.provider)}"
        gone = event.outcome == "vacant"
        return "Den fasta läkaren slutar, ingen efterträdare än" if gone else "Ingen namngiven läkare längre"

    def emergency_visit(self, event: Event) -> str:
        """Tell an emergency visit from arrival to what came of it."""
        parts = [f"Akuten ({_hospital(event)}): {ACUITIES_SV[event.acuity]}, orsak {CAUSES_SV[event.cause]}"]
        if event.origin:
            parts.append(_origin(event))
        if event.treated >= 0:
            waited = event.treated - event.second
            parts.append(f"läkare efter {hours(waited)}" if waited >= 60 else "läkare genast")
        return "; ".join([*parts, OUTCOMES_SV[event.outcome]])

    def stay(self, event: Event) -> str:
        """Tell a hospital stay."""
        planned = event.kind == "planned_admission"
        text = f"{'Planerad inläggning' if planned else 'Inlagd'} ({_hospital(event)})"
        text += f", {_ward(event)}" if event.ward else " sedan före 2023"
        if event.outlying:
            text += " (utlokaliserad)"
        if not planned and event.cause:
            text += f", orsak {CAUSES_SV[event.cause]}"
        if planned:
            text += _wait(event)
        elif event.second - event.requested >= 3600:
            text += f", {hours(event.second - event.requested)} väntan på säng"
        if event.until >= 0:
            text += f"; {_nights(event)}"
        if event.ready:
            text += f", varav {number(event.ready / DAY_SECONDS, 1)} utskrivningsklar"
        if event.origin:
            text += "; längre vårdtid efter lång väntan på vårdplats"
        return f"{text}; {STAYS_SV[event.outcome]}"

    def diagnosis(self, event: Event) -> str:
        """Tell a new chronic disease."""
        labels: Mapping[str, str] = {c.code: c.label_sv for c in self.region.conditions}
        return f"Ny sjukdom: {lowered(labels[event.subject])}"


def _desk(text: str) -> Callable[[Words, Event], str]:
    return lambda _, event: text + _wait(event)


def _plain(text: str) -> Callable[[Words, Event], str]:
    return lambda _, __: text


def _at_hospital(text: str) -> Callable[[Words, Event], str]:
    return lambda _, event: f"{text} ({_hospital(event)}){_wait(event)}"


def _referral(_: Words, event: Event) -> str:
    return f"Specialist på remiss ({_hospital(event)}, {_ward(event)}){_wait(event)}"


def _ward(event: Event) -> str:
    return WARD_LABELS[event.ward].split(" (")[0].lower()


def _support(_: Words, event: Event) -> str:
    return SUPPORT_SV[event.kind][event.outcome == "ends"]


def _home_nursing(_: Words, event: Event) -> str:
    return "Hemsjukvård börjar" if event.outcome == "begins" else "Hemsjukvården upphör"


def _at_home(_: Words, event: Event) -> str:
    return f"Sjukhusvård i hemmet, {_nights(event)}"


def _short_term(_: Words, event: Event) -> str:
    return f"Korttidsplats ({event.place}), {_nights(event)}"


def _moved_in(_: Words, event: Event) -> str:
    return f"Flyttar in på särskilt boende{_wait(event)}"


def _segment(_: Words, event: Event) -> str:
    return f"Behovsgrupp: {SEGMENT_LABELS[int(event.subject)]} (tidigare {SEGMENT_LABELS[int(event.origin)]})"


def _fell_away(_: Words, event: Event) -> str:
    return f"Uteblev: {LOST_SV[event.subject]}"


def _origin(event: Event) -> str:
    night = not MORNING <= event.when.hour < EVENING
    return HELP_AT_NIGHT_SV if night and event.origin == "urgent_home_help" else ORIGINS_SV[event.origin]


def _unmet(_: Words, event: Event) -> str:
    """Tell of a need that comes back some days after it was not met."""
    missed = "fick ingen läkartid" if event.origin == "gp" else f"{LOST_SV[event.origin]} uteblev"
    days = f"{number(event.waited)} {'dag' if event.waited == 1 else 'dagar'}"
    return f"Behovet kommer tillbaka: {missed}, söker läkare igen {days} efter första gången"


def _last_illness(_: Words, event: Event) -> str:
    return f"Sista sjukdomen: {'in på sjukhus' if event.outcome == 'to_hospital' else 'ligger redan på sjukhus'}"


def _carer_admitted(_: Words, event: Event) -> str:
    place = "korttidsplats under tiden" if event.outcome == "place" else "ingen korttidsplats finns"
    return f"Partnern som hjälper till hemma läggs in på sjukhus; {place}"


def _palliative(_: Words, event: Event) -> str:
    if event.outcome == "begins":
        return "Specialiserad palliativ vård hemma börjar"
    return "Vill ha palliativ vård hemma, men ingen plats finns"


def _died(_: Words, event: Event) -> str:
    after = ", efter lång väntan på vårdplats" if event.origin else ""
    return f"Avlider {DEATHS_SV[event.outcome]}{after}"


_TELLERS: dict[str, Callable[[Words, Event], str]] = {
    "gp_visit": Words.gp_visit,
    "nurse_visit": _desk("Sköterska eller rehab"),
    "health_promotion": _desk("Hälsofrämjande besök hos sköterska"),
    "digital_contact": _desk("Digital kontakt"),
    "referral_visit": _referral,
    "specialist_visit": _at_hospital("Specialist"),
    "local_care_visit": _at_hospital("Närsjukvård"),
    "home_visit": _plain("Hemsjukvårdsbesök"),
    "planned_elsewhere": _plain("Planerad inläggning hos en annan vårdgivare, som regionen köper"),
    "mobile_visit": _plain("Mobilt team hem vid akut besvär, i stället för akuten"),
    "emergency_visit": Words.emergency_visit,
    "admission": Words.stay,
    "planned_admission": Words.stay,
    "hospital_at_home": _at_home,
    "short_term": _short_term,
    "housing_granted": _plain("Beviljas särskilt boende, har hemsjukvård i väntan på plats"),
    "moved_in": _moved_in,
    "home_nursing": _home_nursing,
    "diagnosis": Words.diagnosis,
    "segment": _segment,
    "named_gp": Words.named_gp,
    "sent_to_emergency": _plain("Ingen läkartid i tid, hänvisad till akuten"),
    "fell_away": _fell_away,
    "unmet": _unmet,
    "partner_died": _plain("Förlorar sin partner"),
    "carer_admitted": _carer_admitted,
    "palliative_care": _palliative,
    "last_illness": _last_illness,
    "died": _died,
    "moved_away": _plain("Flyttar från länet"),
    **dict.fromkeys(SUPPORT_SV, _support),
}


def _hospital(event: Event) -> str:
    """Short name of a hospital: its town, whatever else it is called."""
    name = event.place.removeprefix("Länssjukhuset i ")
    return name.removesuffix("s sjukhus")


def _wait(event: Event) -> str:
    if event.requested < 0:
        return ""
    days = event.waited
    return ", samma dag" if days == 0 else f", väntan {number(days)} {'dag' if days == 1 else 'dagar'}"


def _nights(event: Event) -> str:
    days = (event.until - event.second) / DAY_SECONDS
    return f"{number(days, 0 if days == int(days) else 1)} dygn"


def hours(seconds: int) -> str:
    """Return a time in hours and minutes: 1 tim 20 min."""
    whole, minutes = divmod(round(seconds / 60), 60)
    return f"{whole} tim {minutes} min" if whole else f"{minutes} min"
