"""Swedish for the codes of a region pack: its tables, columns, families of parameters, units and keys."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.region.axes import ACUITY_LABELS, EDUCATION_LABELS, PROFESSION_LABELS, WARD_LABELS

DISTRIBUTIONS_SV: Mapping[str, str] = {
    "fixed": "fast", "triangular": "triangel", "normal": "normal", "lognormal": "lognormal", "beta": "beta",
    "uniform": "likformig",
}  # fmt: skip

TABLES_SV: Mapping[str, str] = {
    "municipalities": "Kommuner",
    "catchments": "Upptagningsområden",
    "population_county_2015": "Länets folkmängd 2015",
    "population_2024": "Folkmängd 31 december 2024",
    "population": "Folkmängd 31 december 2022",
    "mortality": "Dödlighet i riket 2017–2019",
    "mortality_ratio": "Länets dödlighet mot rikets",
    "fertility": "Fruktsamhet",
    "in_migration": "Inflyttning",
    "out_migration": "Utflyttning",
    "published_totals": "Publicerade totaler",
    "education": "Utbildning",
    "education_mortality": "Dödlighet efter utbildning",
    "health_centres": "Hälsocentraler",
    "hospitals": "Sjukhus",
    "staff": "Tjänster",
    "staff_ages": "Personalens åldrar",
    "footprints": "Minuter per kontakt och yrke",
    "conditions": "Kroniska sjukdomar",
    "rub_by_age": "RUB efter ålder",
    "need_rates": "Vårdbehov",
    "costs": "Kostnader",
    "season": "Årstid",
    "arrival_hours": "Tid på dygnet",
    "care_settings": "Hemsjukvård och särskilt boende",
    "acute_care": "Akutsjukvård efter ålder",
    "hospital_mix": "Sjukhusvårdens sammansättning",
    "wards": "Vårdplatser efter verksamhet",
    "municipal_care": "Kommunernas mottagande",
    "home_nursing_gp": "Fast läkarkontakt i hemsjukvården",
    "medication_reviews": "Läkemedelsgenomgångar i hemsjukvården",
    "followup_board": "Uppföljning av nära vård",
}
"""Swedish title of every table of a region pack but the parameters."""

COLUMNS_SV: Mapping[str, str] = {
    "municipality": "kommun", "name": "namn", "population_2022": "folkmängd 2022", "hospital": "sjukhus",
    "sex": "kön", "age": "ålder", "persons": "personer", "deaths_per_person_year": "döda per personår",
    "age_from": "från ålder", "age_to": "till ålder", "ratio": "kvot",
    "births_per_woman_year_2011_2015": "födda per kvinna och år 2011–2015",
    "births_per_woman_year": "födda per kvinna och år", "persons_per_year": "personer per år",
    "departures_per_person_year": "utflyttade per personår", "value": "värde", "unit": "enhet", "year": "år",
    "education": "utbildning", "share": "andel", "hazard_ratio": "riskkvot", "centre": "hälsocentral",
    "listed": "listade", "beds": "vårdplatser", "beds_summer": "vårdplatser i juli",
    "ed_places": "behandlingsplatser på akuten", "to_county_share": "andel till länssjukhuset",
    "treatment_time_factor": "behandlingstid på akuten mot länets",
    "urgent_factor": "andel brådskande på akuten mot länets",
    "walk_in_until": "öppen utan hänvisning till", "psychiatry_beds": "vårdplatser i psykiatri",
    "unit_kind": "slag av enhet", "profession": "yrke", "posts_fte": "tjänster, heltider",
    "vacancy": "vakans", "agency_share": "andel av vakansen som hyrpersonal täcker", "condition": "sjukdom",
    "label_sv": "benämning", "prevalence_men": "andel av män", "prevalence_women": "andel av kvinnor",
    "age_half": "halv ålder", "age_slope": "lutning, år", "age_floor": "golv",
    "mortality_ratio": "dödlighetskvot", "complexity_weight": "vikt för komplexa behov",
    "share_among_complex": "andel bland komplexa", "age_group": "åldersgrupp", "rub": "RUB",
    "mix": "fördelning", "part": "del",
    "ward": "verksamhet", "housing_places": "platser i särskilt boende", "short_term_places": "korttidsplatser",
    "receptions_per_day": "mottagna hem per dag",
    "stream": "behovsslag", "needs_per_person_year": "behov per personår", "low": "lägst", "high": "högst",
    "payer": "betalare", "price_year": "prisår", "month": "månad", "factor": "faktor", "hour": "timme",
    "weight": "vikt", "home_nursing": "andel med hemsjukvård", "special_housing": "andel i särskilt boende",
    "admission_share": "andel som läggs in", "stay_factor": "faktor på vårdtid",
    "share_at_start": "andel av personalen vid start", "share_of_hired": "andel av nyanställda",
    "turnover_factor": "faktor på avgångar", "contact": "kontakt", "parameter": "parameter", "minutes": "minuter",
    "treatment_factor": "faktor på behandlingstid", "grade": "grad", "source": "källa",
    "total": "alla", "rub_4": "RUB 4", "rub_5": "RUB 5", "note": "anmärkning", "number": "nummer",
    "shift": "förflyttning", "indicator": "indikator", "region_value": "regionen", "region_year": "regionens år",
    "country_value": "riket", "country_year": "rikets år", "earlier_value": "riket tidigare",
    "population_earlier": "tidigare folkmängd",
    "earlier_year": "tidigare år", "good": "önskad riktning", "kind": "slag",
}  # fmt: skip
"""Swedish heading of every column; those that end in _source or _grade are told with their column."""

FAMILIES_SV: Mapping[str, str] = {
    "access": "Tillgänglighet", "advice": "Rådgivning", "births": "Födda", "cause": "Orsaker till akutbesök",
    "calendar": "Kalender", "carers": "Anhöriga som vårdar",
    "complexity": "Komplexa behov", "consultation": "Kontaktens längd",
    "continuity": "Kontinuitet", "telephone": "Telefon",
    "coordination": "Samordning", "cost": "Kostnad", "digital": "Digital vård", "discharge": "Utskrivning",
    "emergency": "Akutsjukvård", "home_care": "Sjukhusvård hemma", "home_help": "Hemtjänst",
    "home_nursing": "Hemsjukvård", "hospital": "Sjukhus", "household": "Hushåll",
    "medication": "Läkemedel", "mobile": "Mobila team",
    "migration": "Flyttning", "morbidity": "Sjuklighet", "mortality": "Dödlighet",
    "prevention": "Förebyggande", "primary_care": "Primärvård",
    "onset": "Insjuknande", "risk": "Riskfaktorer", "rub": "RUB", "segment": "Behovsgrupper",
    "start": "Före första dagen",
    "special_housing": "Särskilt boende",
    "specialist": "Specialistmottagning", "structure": "Vårdens nivåer", "team": "Närvårdsteam",
    "telemonitoring": "Egenmonitorering", "work": "Personal och arbetstid", "unmet": "Ouppfyllda behov",
    "lasting_need": "Människors olika behov", "last_year": "Sista levnadsåret", "dying": "Livets slut",
    "mental": "Psykisk ohälsa i första linjen", "psychiatry": "Psykiatri",
}  # fmt: skip
"""Swedish for the first part of a parameter's name."""

UNITS_SV: Mapping[str, str] = {
    "": "", "share": "andel", "ratio": "kvot", "minutes": "minuter", "days": "dagar", "persons": "personer",
    "odds ratio": "oddskvot", "share per year": "andel per år", "risk ratio": "riskkvot", "years": "år",
    "hours per week": "timmar per vecka", "log odds": "logaritmerat odds", "index": "index",
    "hours per year": "timmar per år", "share per month": "andel per månad", "persons per GP": "personer per läkare",
    "admissions per 100 000": "inläggningar per 100 000", "persons per FTE": "personer per heltid",
    "per unit of load": "per enhet belastning", "months": "månader", "index change": "förändring av index",
    "FTE": "heltider", "visits per year": "besök per år", "visits per 1000": "besök per 1 000",
    "visits": "besök", "visits per day": "besök per dag", "correlation": "korrelation",
    "visits per month": "besök per månad", "contacts per month": "kontakter per månad", "rate ratio": "kvot av takter",
    "births per year": "födda per år", "persons per quarter": "personer per kvartal",
    "persons per year": "personer per år", "deaths per person-year": "döda per personår",
    "births per woman-year": "födda per kvinna och år", "departures per person-year": "utflyttade per personår",
    "needs per person-year": "behov per personår", "beds": "vårdplatser", "places": "platser",
    "persons per day": "personer per dag", "share of posts": "andel av tjänsterna",
    "share of vacant time": "andel av vakant tid", "year": "år", "SEK": "kronor",
    "SEK per FTE and year": "kronor per heltid och år", "SEK per admission": "kronor per vårdtillfälle",
    "SEK per contact": "kronor per kontakt", "SEK per day": "kronor per dygn", "SEK per hour": "kronor per timme",
    "SEK per stay": "kronor per vårdtillfälle", "SEK per visit": "kronor per besök",
    "SEK per person and month": "kronor per person och månad",
    "SEK per year": "kronor per år", "%": "procent", "0-6": "0–6", "per 100 000": "per 100 000",
    "log odds per log use": "logoddsökning per enhet logaritmerad användning",
    "share per visit": "andel per besök", "hazard ratio": "hasardkvot", "log units": "logaritmiska enheter",
    "hours": "timmar", "visits in two years": "besök på två år", "per standard deviation": "per standardavvikelse",
    "visits per person-year": "besök per personår", "admissions per 1000": "inläggningar per 1 000",
}  # fmt: skip

CODES_SV: Mapping[str, Mapping[str, str]] = {
    "sex": {"men": "män", "women": "kvinnor"},
    "education": {code: label.lower() for code, label in EDUCATION_LABELS.items()},
    "profession": PROFESSION_LABELS,
    "ward": WARD_LABELS,
    "stream": {
        "gp": "läkarbehov", "nurse": "sjuksköterskebehov", "emergency": "akuta behov",
        "specialist": "specialistbehov", "elective": "planerad inläggning",
    },
    "contact": {
        "gp_visit": "läkarbesök", "nurse_visit": "sjuksköterskebesök", "rehab_visit": "rehabbesök",
        "digital_contact": "digital kontakt", "specialist_visit": "specialistbesök", "home_visit": "hembesök",
        "team_visit": "teambesök", "ed_visit": "akutbesök", "bed_day": "vårddygn",
        "home_help_hour": "timme hemtjänst", "psychosocial_visit": "samtal i första linjen",
        "psychiatric_visit": "besök i psykiatri", "psychiatric_ed_visit": "psykiatriskt akutbesök",
        "psychiatric_bed_day": "vårddygn i psykiatri",
    },
    "mix": {
        "acuity": "angelägenhet", "cause": "orsak", "clinic": "mottagning", "fall": "skada efter fall",
        "municipal": "kommunal vård efter utskrivning", "ward_acute": "verksamhet, akut inläggning",
        "ward_planned": "verksamhet, planerad inläggning",
    },
    "part": {
        **{code: label.lower() for code, label in {**ACUITY_LABELS, **WARD_LABELS}.items()},
        "fall": "fall", "hip_fracture": "höftfraktur", "new_need": "nytt behov",
    },
    "name": {
        "births_2023": "Födda 2023", "population_2022": "Folkmängd 31 december 2022",
        "population_2023": "Folkmängd 31 december 2023", "population_2024": "Folkmängd 31 december 2024",
        "population_80_plus_2015": "80 år och äldre 2015", "immigration_2022_q4": "Invandrade fjärde kvartalet 2022",
        "emigration_2022_q4": "Utvandrade fjärde kvartalet 2022",
        "domestic_in_migration_2022_q4": "Inrikes inflyttade fjärde kvartalet 2022",
        "domestic_out_migration_2022_q4": "Inrikes utflyttade fjärde kvartalet 2022",
        "net_domestic_migration_2023": "Inrikes flyttnetto 2023",
        "net_domestic_migration_2023_ages_19_26": "Inrikes flyttnetto 2023, 19–26 år",
    },
}  # fmt: skip
"""Swedish for the codes in the key columns of the tables, by column."""


def unit_sv(unit: str | None) -> str:
    """Return the Swedish of a unit of a region pack; one that is not known stands as it is."""
    return UNITS_SV.get(unit or "", unit or "")
