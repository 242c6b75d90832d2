"""Variables of the results that pages show with all their dimensions: figures as the simulator gives them."""

from __future__ import annotations

from scenarios.measures.figure import FREE, HOSPITAL, INDEX, STAFF, STAFF_OF_UNITS, Dimensions, published

RESOURCES = Dimensions(("year", "unit", "resource"), "{}")
PAYERS = Dimensions(("year", "payer"), "{}")
QUEUES = Dimensions(("month", "hospital", "queue"), "{}")
_FTE = ("FTE", "heltider", 1)

published("fte_required_by_unit", STAFF_OF_UNITS, "Behov", *_FTE, "neither")
published("fte_available_by_unit", STAFF_OF_UNITS, "Anställda", *_FTE, "neither")
published("fte_required", STAFF, "Behov", *_FTE, "neither")
published("fte_available", STAFF, "Anställda", *_FTE, "neither")
published("fte_agency", STAFF, "Hyrpersonal", *_FTE, "down")
published("fte_posts", STAFF, "Budgeterade tjänster", *_FTE, "neither")
published("fte_beyond_posts", STAFF, "Tjänster som insatserna kräver utöver enheternas egna", *_FTE, "down")
published(
    "staff_flow", Dimensions((*STAFF.names, "staff_movement"), "{}"), "Avgångar och nyanställda", "FTE",
    "heltider under året", 1, "neither",
)  # fmt: skip
published("sick_leave", STAFF, "Sjukfrånvaro", "1", "andel av arbetstiden", 3, "down", INDEX)

published("resource_offered", RESOURCES, "Tillgängligt", "of the resource", "det som räknas", 0, "neither")
published("resource_used", RESOURCES, "Använt", "of the resource", "det som räknas", 0, "neither")
published("resource_requests", RESOURCES, "Förfrågningar", "requests", "förfrågningar", 0, "neither")
published("resource_lost", RESOURCES, "Förfrågningar som inte möttes", "requests", "förfrågningar", 0, "down")
published("resource_lack", RESOURCES, "Det som saknades", "of the lack", "det som saknas", 0, "down")

published("cost", Dimensions(("year", "care_level", "payer"), "{}"), "Kostnad", "SEK", "kronor", 0, "down", FREE)
published("cost_idle", PAYERS, "Kostnad för ledig tid", "SEK", "kronor", 0, "down")
published("complex_cost", PAYERS, "Kostnad, personer med komplexa behov", "SEK", "kronor", 0, "neither")
published("total_cost", PAYERS, "Kostnad, alla", "SEK", "kronor", 0, "down")

published("occupied_beds", HOSPITAL, "Belagda vårdplatser", "beds", "vårdplatser", 0, "neither")
published("available_beds", HOSPITAL, "Öppna vårdplatser", "beds", "vårdplatser", 0, "neither")
published(
    "waiting_for_hospital", QUEUES, "Väntande på mottagning eller planerad inläggning", "persons",
    "personer vid månadens slut", 0, "down",
)  # fmt: skip
published("boarding_hours", HOSPITAL, "Väntan på akuten på vårdplats", "hours", "timmar i månaden", 0, "down")
published("ed_stay_p90", HOSPITAL, "Tid på akutmottagning, nio av tio inom", "minutes", "minuter", 0, "down")
published(
    "specialist_wait_p90", HOSPITAL, "Väntan på första besök efter remiss, nio av tio inom", "days", "dagar", 0, "down"
)
