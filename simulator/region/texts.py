"""What is said of a region pack, in Swedish: every text about its tables in one place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

LONGEST_SHOWN = 60
DIGITS = 4
"""Significant digits of a figure that is told."""

# Files and their form
UTF8 = "text i UTF-8"
READABLE = "en läsbar fil"
JSON = "JSON"
COMMAS = "värden åtskilda av komma, med citattecken i par"
EMPTY_FILE = "en tom fil"
HEADER_AND_ROW = "en rubrikrad och minst en rad"
NO_ROWS, ONE_ROW = "inga rader", "minst en rad"
NO_COLUMN, EVERY_COLUMN_ONCE = "kolumnen saknas", "varje kolumn en gång"
DESCRIBED = "resources med name, path och schema (fields, primaryKey, foreignKeys) enligt Table Schema"
NO_FOLDER, A_TEXT, NO_TABLE = "mappen finns inte", "en text", "tabellen saknas"

# Single cells
A_VALUE = "ett värde"
NO_BLANKS = "inga blanksteg före eller efter"
PRINTABLE = "text utan styrtecken och radbrytningar"
POINT_NUMBER, WHOLE_NUMBER = "ett tal med decimalpunkt", "ett heltal"
NO_FORMULA = "ett namn i ren text som inte börjar med =, +, - eller @"

# Between cells
SUM_1 = "summan 1"
EVERY_COMBINATION = "varje kombination en gång"
EVERY_AGE = "varje ålder på en rad"
WITH_CATCHMENT = "ett sjukhus med upptagningsområde"
FRACTION = "en andel, inte procent"
BOTH_ENDS = "låg och hög ände för en osäker siffra, ingen för en fast"
A_ROW = "en rad"
NO_YEAR = "inget år utan värde"
UNIT_EXISTS = "en enhet av sorten som finns, med dess yrken"
EVERY_UNIT = "varje enhet med sina yrken"
STAFFED = "tjänster över 0 där det finns vårdplatser eller akutplatser"
PARAMETER_OR_MINUTES = "en parameter eller minuter, inte båda"
PARAMETER_ROW = "en rad i parameters.csv"
OUT_OF_ORDER = "raderna i fel ordning"

# What is unlikely
NOT_ALL_ZERO = "värden över 0 där referensen har det"
SAME_LEVEL = "ungefär referensens nivå"
AS_REFERENCE_BY_ROW = "referensens mönster rad för rad"
AS_REFERENCE_BETWEEN = "referensens ordning mellan kolumnerna eller könen"
COUNTRYS_FIGURES = "landets värden i landets kolumn"
MEN_DIE_MORE = "att män dör oftare än kvinnor i samma ålder"
FACTORS = {
    1000.0: "tusen gånger för stort: per 1 000 i stället för per person?",
    100.0: "hundra gånger för stort: andel angiven i procent?",
    12.0: "tolv gånger för stort: per år i stället för per månad?",
    10.0: "tio gånger för stort: decimaltecknet flyttat?",
    0.1: "tio gånger för litet: decimaltecknet flyttat?",
    1 / 12: "tolv gånger för litet: per månad i stället för per år?",
    0.01: "hundra gånger för litet: procent angivet som andel, eller en andel delad med hundra en gång till?",
    0.001: "tusen gånger för litet: i tusental?",
}
"""What often lies behind a figure so many times the usual one."""
CAUSE_OTHER = "fel enhet, fel rad eller ett skrivfel?"
CAUSE_ZERO = "nollor där värden saknas?"
CAUSE_SIGN = "fel tecken?"
CAUSE_NO_VALUE = "ett år utan värde: cellen tappad eller förskjuten?"
CAUSE_SEXES = "män och kvinnor förväxlade?"
CAUSE_SHIFTED = "raderna förskjutna ett steg?"
CAUSE_ROWS = "två raders värden förväxlade?"

RULE_WORDS = {
    "range": "En uppgift utanför referensens mellanrum på sin rad.",
    "level": "Minst hälften av en kolumns uppgifter är lika många gånger för stora eller för små: en annan enhet.",
    "zeros": "En kolumn med bara nollor, där referensen har värden.",
    "alone": "En enda uppgift långt från sitt mönster, fast alla andra i tabellen ligger nära sitt.",
    "shifted": "Raderna passar bättre ett steg upp eller ned: en ålder, ett åldersband, en månad eller en rad i filen.",
    "exchanged": "Två kolumner, eller män och kvinnor, passar bättre i varandras ställe.",
    "exchanged rows": "Två rader passar bättre i varandras ställe, och alla andra som de står.",
    "cohorts": "Årskullarna i två tabeller över invånare passar ett annat antal år isär än tabellerna ligger.",
    "sexes": "Kvinnor dör oftare än män i de flesta åldrar.",
    "rising": "Dödligheten sjunker med åldern efter 30.",
    "others": "En enhet har över tre gånger eller under en tredjedel av vad regionens mittersta enhet har.",
    "years": "Ett tidigare värde är från samma år eller senare än det nya.",
    "year_without_value": "Ett år på tavlan utan sitt värde.",
    "parts": "Andelen av alla går inte ihop med andelarna i RUB 4 och 5.",
}
"""What each rule that is no range of a total says."""

# The region's own exceptions
KNOWN_EXCEPTION = "ett undantag som stämmer in på något som annars sägs"


def count(number: int) -> str:
    """The heading of a list of problems."""
    return f"{number} fel i regionens data"


def rest(number: int) -> str:
    """The last line of a list that was cut."""
    return f"och {number} till"


def sentence(place: str, value: str, allowed: str, nearest: str, cause: str) -> str:
    """One problem on one line."""
    found = f": angivet {quoted(value)}" if value else ""
    hint = f"; menade du {quoted(nearest)}?" if nearest else ""
    why = f"; {cause}" if cause else ""
    return f"{place}{found}; väntat: {allowed}{hint}{why}"


def quoted(text: str) -> str:
    """A piece of the pack in quotes, cut, with everything unprintable spelled out."""
    cut = text[:LONGEST_SHOWN]
    return '"' + "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut) + '"'


def place(file: str, line: int, column: str, row: str) -> str:
    """Where a problem is: file, line (1 is the header, 0 the whole file), column, row by its key."""
    parts = [f"{file} rad {line}" if line else file, f"kolumn {column}" if column else "", row and f"({row})"]
    return ", ".join(part for part in parts[:2] if part) + (f" {parts[2]}" if parts[2] else "")


def one_of(names: Sequence[str]) -> str:
    """A choice of names."""
    return "ett av " + ", ".join(names)


def between(low: float, high: float) -> str:
    """A range of numbers that are allowed."""
    return f"ett värde från {low:g} till {high:g}"


def columns_in_order(names: Sequence[str]) -> str:
    """The header that a file should have."""
    return "kolumnerna i ordningen " + ",".join(names)


def cells(number: int) -> str:
    """How many cells a row has."""
    return f"{number} celler"


def cells_wanted(number: int) -> str:
    """How many cells a row should have."""
    return f"{number} celler (decimaler med punkt, text med komma inom citattecken)"


def of_form(pattern: str) -> str:
    """A text of a form."""
    return f"text på formen {pattern}"


def once(names: Sequence[str], line: int) -> str:
    """A key that stands twice."""
    return f"varje {' + '.join(names)} en gång (först på rad {line})"


def one_name(line: int) -> str:
    """A name that stands twice."""
    return f"ett namn som ingen annan rad har, oavsett stora och små bokstäver (finns på rad {line})"


def key_of(key: str, file: str) -> str:
    """A reference to another table."""
    return f"{key} som finns i {file}"


def twice(name: str) -> str:
    """A table that is described twice."""
    return f"{name}: två gånger"


def json_fault(error: Exception) -> str:
    """Where a description is no JSON."""
    line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
    return f"rad {line}, tecken {column}" if line else ""


def combinations(number: int) -> str:
    """The rows that a table has."""
    return f"de {number} kombinationer som finns"


def sorted_by(names: str) -> str:
    """The order of a table."""
    return f"rader sorterade efter {names}"


def sum_of(number: float, file: str) -> str:
    """A total that a table gives."""
    return f"{number:.0f}, summan i {file}"


def population_of(people: int) -> str:
    """The listed of a municipality."""
    return f"{people}, kommunens folkmängd"


def beds_in_all(beds: int) -> str:
    """The beds of a hospital."""
    return f"{beds}, alla dess vårdplatser"


def at_most(number: int) -> str:
    """A bound from above."""
    return f"högst {number}"


def within(low: float, high: float) -> str:
    """A value within its own range."""
    return f"low <= value <= high, här {low:g} till {high:g}"


def children(fewest: float, most: float) -> str:
    """What a table of births may come to."""
    return f"{fewest:g} till {most:g} barn per kvinna i allt"


def life(shortest: float, longest: float) -> str:
    """What a table of deaths may come to."""
    return f"en medellivslängd på {shortest:g} till {longest:g} år"


def in_order(number: int) -> str:
    """The number of a row of the board."""
    return f"{number}, i ordning"


def bands_from(age: int) -> str:
    """Bands of working age."""
    return f"åldersband från {age} år, i ordning och utan luckor"


def a_folder_with(name: str) -> str:
    """What a pack is known by."""
    return f"en mapp med {name}"


def missing(row: str) -> str:
    """A row that is not there."""
    return f"{row} saknas"


def figure(value: float) -> str:
    """A figure of the pack or worked out of it, as numbers stand in the pack."""
    return f"{value:.{DIGITS}g}" if abs(value) < 10**DIGITS else f"{value:.0f}"


def usual(low: float, high: float, unit: str, of: float = 1.0) -> str:
    """A usual range of a cell, and of the measure that it is judged by where that is another."""
    measure = f"{figure(low)} till {figure(high)}"
    return f"{measure} ({unit})" if of == 1 else f"{figure(low * of)} till {figure(high * of)} ({measure} {unit})"


def above(value: float) -> str:
    """A bound from below."""
    return f"över {figure(value)}"


def before(year: str) -> str:
    """A year that comes first."""
    return f"före {year}"


def times(ratio: float, cells: int) -> str:
    """How far a whole column lies from its reference."""
    return f"{figure(ratio)} gånger referensen i {cells} celler"


def years_apart(lag: int) -> str:
    """The years between two tables of inhabitants as their generations tell."""
    return f"årskullarna passar {lag} år isär"


def generations(other: str, lag: int) -> str:
    """The years between two tables of inhabitants as their names tell."""
    return f"{lag} år till {other}"


def cause_columns(first: str, second: str) -> str:
    """Two columns in each other's place."""
    return f"kolumnerna {first} och {second} förväxlade?"


def folded(name: str) -> str:
    """A name as it is compared with others: composed, without regard to case."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
