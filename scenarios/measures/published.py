"""Variables of the results that pages show with all their dimensions: figures as the simulator gives them."""

from __future__ import annotations

from scenarios.measures.figure import FREE, published

UNITS, PROFESSIONS = ("year", "unit", "profession"), ("year", "profession")
RESOURCES, HOSPITALS = ("year", "unit", "resource"), ("month", "hospital")
_FTE = ("FTE", "heltider", 1)

published("fte_required_by_unit", UNITS, "Behov", *_FTE, "neither")
published("fte_available_by_unit", UNITS, "Anställda", *_FTE, "neither")
published("fte_required", PROFESSIONS, "Behov", *_FTE, "neither")
published("fte_available", PROFESSIONS, "Anställda", *_FTE, "neither")
published("fte_agency", PROFESSIONS, "Hyrpersonal", *_FTE, "down")
published("fte_posts", PROFESSIONS, "Budgeterade tjänster", *_FTE, "neither")
published("fte_beyond_posts", PROFESSIONS, "Tjänster som insatserna kräver utöver enheternas egna", *_FTE, "down")
published(
    "staff_flow", (*PROFESSIONS, "staff_movement"), "Avgångar och nyanställda", "FTE", "heltider under året", 1,
    "neither",
)  # fmt: skip
published("sick_leave", PROFESSIONS, "Sjukfrånvaro", "1", "andel av arbetstiden", 3, "down", (0.0, 1.0))

published("resource_offered", RESOURCES, "Tillgängligt", "of the resource", "det som räknas", 0, "neither")
published("resource_used", RESOURCES, "Använt", "of the resource", "det som räknas", 0, "neither")
published("resource_requests", RESOURCES, "Förfrågningar", "requests", "förfrågningar", 0, "neither")
published("resource_lost", RESOURCES, "Förfrågningar som inte möttes", "requests", "förfrågningar", 0, "down")
published("resource_lack", RESOURCES, "Det som saknades", "of the lack", "det som saknas", 0, "down")

published("cost", ("year", "care_level", "payer"), "Kostnad", "SEK", "kronor", 0, "down", FREE)
published("cost_idle", ("year", "payer"), "Kostnad för ledig tid", "SEK", "kronor", 0, "down")
published("complex_cost", ("year", "payer"), "Kostnad, personer med komplexa behov", "SEK", "kronor", 0, "neither")
published("total_cost", ("year", "payer"), "Kostnad, alla", "SEK", "kronor", 0, "down")

published("occupied_beds", HOSPITALS, "Belagda vårdplatser", "beds", "vårdplatser", 0, "neither")
published("available_beds", HOSPITALS, "Öppna vårdplatser", "beds", "vårdplatser", 0, "neither")
published(
    "waiting_for_hospital", (*HOSPITALS, "queue"), "Väntande på mottagning eller planerad inläggning", "persons",
    "personer vid månadens slut", 0, "down",
)  # fmt: skip
published("boarding_hours", HOSPITALS, "Väntan på akuten på vårdplats", "hours", "timmar i månaden", 0, "down")
published("ed_stay_p90", HOSPITALS, "Tid på akutmottagning, nio av tio inom", "minutes", "minuter", 0, "down")
published(
    "specialist_wait_p90", HOSPITALS, "Väntan på första besök efter remiss, nio av tio inom", "days", "dagar", 0, "down"
)
