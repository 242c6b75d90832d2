"""Run the tests of the checks and keep what they told: python benchmarks/suite.py [--number 5] [options of pytest].

Runs the tests that the register of checks names (all, or those of some checks), and keeps how many passed, how long
they took and the figures that they told (pytest's `record_property`), for the page of checks.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict

import pytest

from calibration.checks.measured import OfTest, keep_tests
from calibration.checks.page import CHECKS, SUITE


class Collector:
    """Counts outcomes, seconds and figures by test, the cases of a test together."""

    def __init__(self) -> None:
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds: Counter[str] = Counter()
        self.figures: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = report.nodeid.split("[")[0]
        self.seconds[test] += report.duration
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[test][report.outcome] += 1
        if report.when == "call":
            for name, value in report.user_properties:
                self.figures[test][name].append(value)

    def found(self) -> dict[str, OfTest]:
        return {
            test: OfTest(
                counts["passed"], counts["skipped"], counts["failed"], round(self.seconds[test], 2),
                dict(self.figures[test]),
            )
            for test, counts in self.outcomes.items()
        }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--number", type=int, action="append", help="a check; all unless told")
    given, others = parser.parse_known_args()
    chosen = [check for check in CHECKS if given.number is None or check.number in given.number]
    named = {test for check in chosen for test in check.tests}
    tests = sorted(test for test in named if "::" not in test or test.split("::")[0] not in named)
    collector = Collector()
    code = pytest.main(["-q", "-n0", *others, *tests], plugins=[collector])
    keep_tests(SUITE, "python benchmarks/suite.py", collector.found())
    raise SystemExit(code)


if __name__ == "__main__":
    main()
