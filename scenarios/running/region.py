"""A region that was asked for by name, and everything that is wrong with it in Swedish."""

from __future__ import annotations

from dataclasses import replace

from scenarios.running import engine
from scenarios.running.engine import load_region
from scenarios.text.problems import InputError, Problem, quoted, unknown
from simulator.region import table_schema
from simulator.region.pack import Region, RegionError, available_regions


def region_or_problems(region: str, problems: list[Problem]) -> Region | None:
    """Return a region, or None after adding everything that is wrong with it to `problems`."""
    try:
        return load_region(region)
    except RegionError as error:
        if not ("/" in region or "\\" in region or region in (known := available_regions())):
            problems.append(unknown("--region", "regionen är okänd.", region, known))
        else:
            problems += [_in_swedish(fault) for fault in error.problems]
        return None


def warnings_of(region: Region) -> list[str]:
    """Return what is unlikely in a region's data, one Swedish sentence each."""
    return [_in_swedish(fault).text() for fault in region.warnings]


def word_of_warnings(region: str) -> str:
    """Return one line on what is unlikely in the data of a region that can be used, "" if nothing is."""
    number = len(load_region(region).warnings)
    return f"Regionens data: {unlikely(number)}; visa: naravard validate-region {region}" if number else ""


def unlikely(number: int) -> str:
    """Return how much in a region's data is unlikely."""
    return "1 uppgift är orimlig eller ovanlig" if number == 1 else f"{number} uppgifter är orimliga eller ovanliga"


def region_of_results(region: str) -> Region:
    """Return the region of results; raises InputError when it is not known any more, or no longer whole."""
    try:
        return engine.load_region(region)
    except RegionError:
        problems: list[Problem] = []
        region_or_problems(region, problems)
        raise InputError([replace(problem, place=f"MAPP, {problem.place}") for problem in problems]) from None


def _in_swedish(fault: table_schema.TableProblem) -> Problem:
    row = f" ({fault.row})" if fault.row else ""
    return Problem(
        ", ".join(part for part in (fault.file, fault.column) if part) + row,
        f"orimligt; {fault.cause or 'stämmer det?'}" if fault.rule else "regionens data har ett fel.",
        quoted(fault.value) if fault.value else None,
        fault.allowed or None,
        quoted(fault.nearest) if fault.nearest else None,
        fault.line or None,
    )
