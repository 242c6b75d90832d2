"""Variables of the results that pages show with all their dimensions: figures as the simulator gives them."""

from __future__ import annotations

from scenarios.measures.figure import BY_HOSPITAL, BY_PROFESSION, BY_UNIT, Dimensions, published
from scenarios.statistics.limits import FREE, INDEX

BY_RESOURCE = Dimensions(("year", "unit", "resource"), "{}")
BY_PAYER = Dimensions(("year", "payer"), "{}")
BY_QUEUE = Dimensions(("month", "hospital", "queue"), "{}")
_FTE = ("FTE", "heltider", 1)

published("fte_required_by_unit", BY_UNIT, "Behov", *_FTE, "neither")
published("fte_available_by_unit", BY_UNIT, "Anställda", *_FTE, "neither")
published("fte_required", BY_PROFESSION, "Behov", *_FTE, "neither")
published("fte_available", BY_PROFESSION, "Anställda", *_FTE, "neither")
published("fte_agency", BY_PROFESSION, "Hyrpersonal", *_FTE, "down")
published("fte_posts", BY_PROFESSION, "Budgeterade tjänster", *_FTE, "neither")
published("fte_beyond_posts", BY_PROFESSION, "Tjänster som insatserna kräver utöver enheternas egna", *_FTE, "down")
published(
    "staff_flow", Dimensions((*BY_PROFESSION.names, "staff_movement"), "{}"), "Avgångar och nyanställda", "FTE",
    "heltider under året", 1, "neither",
)  # fmt: skip
published("sick_leave", BY_PROFESSION, "Sjukfrånvaro", "1", "andel av arbetstiden", 3, "down", INDEX)

published("resource_offered", BY_RESOURCE, "Tillgängligt", "of the resource", "det som räknas", 0, "neither")
published("resource_used", BY_RESOURCE, "Använt", "of the resource", "det som räknas", 0, "neither")
published("resource_requests", BY_RESOURCE, "Förfrågningar", "requests", "förfrågningar", 0, "neither")
published("resource_lost", BY_RESOURCE, "Förfrågningar som inte möttes", "requests", "förfrågningar", 0, "down")
published("resource_lack", BY_RESOURCE, "Det som saknades", "of the lack", "det som saknas", 0, "down")

published("cost", Dimensions(("year", "care_level", "payer"), "{}"), "Kostnad", "SEK", "kronor", 0, "down", FREE)
published("cost_idle", BY_PAYER, "Kostnad för ledig tid", "SEK", "kronor", 0, "down")
published("complex_cost", BY_PAYER, "Kostnad, personer med komplexa behov", "SEK", "kronor", 0, "neither")
published("total_cost", BY_PAYER, "Kostnad, alla", "SEK", "kronor", 0, "down")

published("occupied_beds", BY_HOSPITAL, "Belagda vårdplatser", "beds", "vårdplatser", 0, "neither")
published("available_beds", BY_HOSPITAL, "Öppna vårdplatser", "beds", "vårdplatser", 0, "neither")
published(
    "waiting_for_hospital", BY_QUEUE, "Väntande på mottagning eller planerad inläggning", "persons",
    "personer vid månadens slut", 0, "down",
)  # fmt: skip
published("boarding_hours", BY_HOSPITAL, "Väntan på akuten på vårdplats", "hours", "timmar i månaden", 0, "down")
published("ed_stay_p90", BY_HOSPITAL, "Tid på akutmottagning, nio av tio inom", "minutes", "minuter", 0, "down")
published(
    "specialist_wait_p90",
    BY_HOSPITAL,
    "Väntan på första besök efter remiss, nio av tio inom",
    "days",
    "dagar",
    0,
    "down",
)
