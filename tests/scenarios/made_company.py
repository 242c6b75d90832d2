"""A company of two made-up people, as the worker would have written it."""

from __future__ import annotations

from scenarios.live.life import Company, Life, Parted, Sum, ToldEvent
from simulator.lives.diary import YEARLY

YEARS = range(2026, 2031)


def told(day: str, kind: str, text: str, until: str = "", who: str = "", origin: str = "") -> ToldEvent:
    return ToldEvent(day, until, kind, who, text, origin)


SHARED = (
    told("2026-05-04", "gp_visit", "Läkarbesök: fast läkare (A), väntan 3 dagar", who="own_gp"),
    told("2027-03-04", "nurse_visit", "Sköterska eller rehab, samma dag"),
)
OURS = (
    *SHARED,
    told("2028-05-05", "emergency_visit", "Akuten (Kalmar): gul, orsak fall; <blev inlagd>"),
    told("2028-05-05", "admission", "Inlagd (Kalmar), medicin; 3,5 dygn; hem", "2028-05-09"),
    told("2029-02-01", "died", "Avlider"),
)
THEIRS = (
    *SHARED,
    told("2027-06-01", "team", "Närvårdsteam börjar följa upp"),
    told("2028-05-05", "emergency_visit", "Akuten (Kalmar): gul, orsak fall; fick gå hem"),
)
PAIRS = ((0, 0, True), (1, 1, True), (None, 2, False), (2, 3, False), (3, None, False), (4, None, False))


def year(number: int, **figures: float) -> dict[str, float | None]:
    unknown = dict.fromkeys(("coc", "upc", "gp_wait_days"))
    return dict.fromkeys(YEARLY, 0.0) | unknown | figures | {"year": number}


def years(nights: float, gone: bool) -> tuple[dict[str, float | None], ...]:
    return tuple(
        year(
            n, gp_visits=4, own_gp_visits=1, gp_wait_days=2.5, emergency_visits=float(n == 2028),
            days_hospital=nights if n == 2028 else 0, days_gone=365 if gone and n == 2030 else 0,
        )
        for n in YEARS
    )  # fmt: skip


def life(number: int = 1, **changed: object) -> Life:
    care = Parted("2028-05-05", "outcome", (OURS[2], THEIRS[3]))
    known: dict[str, object] = {
        "number": number, "key": "0" * 16, "title": f"Kvinna, {82 + number} år, Nybro", "portrait": "Hon bor i Nybro.",
        "earlier": "När simuleringen börjar var hon yngre.", "changed": False, "paths": (OURS, THEIRS), "pairs": PAIRS,
        "years": (years(4, True), years(0, False)), "parted": Parted("2027-06-01", "support", (None, THEIRS[2])),
        "parted_in_care": care, "team": 1,
    }  # fmt: skip
    return Life(**(known | changed))  # type: ignore[arg-type]


def company(**changed: object) -> Company:
    sums = (Sum("days_hospital", 4.0, 3.0, -1.0, -1.5, -0.5), Sum("gp_visits", 12.0, 12.5, 0.5, -1.0, 2.0))
    known: dict[str, object] = {
        "fitting": 12, "eligible": 2, "horizon": 2030, "alike": 2, "sums_alike": sums,
        "years_alike": (years(4, False), years(3, False)), "people": (life(1), life(2)),
    }  # fmt: skip
    return Company(**(known | changed))  # type: ignore[arg-type]
