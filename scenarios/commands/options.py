"""Options that several commands take."""

from __future__ import annotations

from scenarios.commands.arguments import Option, choice, whole
from scenarios.strategies.defaults import BASE_SEED, HOME_REGION, HORIZON_YEAR, LARGEST_SEED
from scenarios.strategies.period import FIRST_START, LAST_DAY

SHEET = "kalkylblad"
"""The form of a table that a Swedish spreadsheet opens as it is; `csv` is for programs."""
OUT_FILE_OPTION = Option("--out", "FIL", "skriv till en fil i stället", str)
FORMAT_OPTION = Option(
    "--format",
    "FORM",
    "table, kalkylblad (CSV som svenska Excel öppnar: semikolon, decimalkomma), json eller csv (för program: "
    "komma, decimalpunkt)",
    choice("table", SHEET, "json", "csv"),
    "table",
)

REGION_OPTION = Option("--region", "NAMN", "region, eller mappen med dess data", str, HOME_REGION)
REPLICATIONS_OPTION = Option("--replications", "ANTAL", "antal replikationer", whole(1, 10_000), 10)
HORIZON_OPTION = Option(
    "--horizon", "ÅR", "sista år som simuleras", whole(FIRST_START.year, LAST_DAY.year), HORIZON_YEAR
)
WORKERS_OPTION = Option("--workers", "ANTAL", "processer; utan val en per kärna", whole(1, 256))
SEED_OPTION = Option("--seed", "TAL", "frö som replikationernas frön beror på", whole(0, LARGEST_SEED), BASE_SEED)
SIMULATION_OPTIONS = (
    REPLICATIONS_OPTION,
    HORIZON_OPTION,
    WORKERS_OPTION,
    Option("--timeout", "MINUTER", "längsta tid för en replikation i en egen process", whole(1, 10_000), 60),
    SEED_OPTION,
    REGION_OPTION,
)
"""How much is simulated, and by how many."""

BASELINE_OPTION = Option("--baseline", "NAMN", "scenariot att jämföra med; utan val nulage", str)
SCENARIOS_OPTION = Option("--scenario", "NAMN", "ett eller flera scenarier; utan val alla", str, many=True)
YEARS_OPTION = Option("--year", "ÅR", "ett eller flera år, eller alla; utan val det sista", str, many=True)
INDICATORS_OPTION = Option("--indicator", "NAMN", "en eller flera indikatorer; utan val alla", str, many=True)
"""What of a result is shown."""
