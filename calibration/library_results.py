"""The library's results that come with the project: simulates what is missing and writes them to one file.

    python -m calibration.library_results

Every strategy of the library in 20 replications and 20 draws of the assumptions, some ten minutes on two cores. Runs
are kept in the app's cache, so a second time takes seconds. To be done when the simulator, the region pack, a strategy
or an indicator has changed; a test simulates some of the runs anew and compares.
"""

from __future__ import annotations

import sys
import time

from scenarios.live.service import REPLICATIONS, Service
from scenarios.live.shipped import FILE, write_shipped
from scenarios.running.engine import code_version
from scenarios.text.terminal import complain

ASKER = "library"
POLL_SECONDS = 0.5


def main() -> int:
    """Simulate and write; return 0, or 1 when a run failed."""
    service = Service()
    courses = {each.name: each.course for each in service.library}
    try:
        failure = _simulate(service)
    finally:
        service.crew.close()
    if failure:
        return complain(failure, 1)
    write_shipped(service.shelf, courses, REPLICATIONS, code_version())
    print(f"{FILE}: {FILE.stat().st_size / 1e6:.1f} MB")
    return 0


def _simulate(service: Service) -> str:
    """Have every run made that is not kept yet; return why one failed, or nothing."""
    service.want(ASKER, service.library, draws=True)
    while not (standing := service.standing(ASKER)).finished:
        print(f"\r{standing.note or f'{standing.done} av {standing.total}'}   ", end="", file=sys.stderr)
        time.sleep(POLL_SECONDS)
    return standing.failure


if __name__ == "__main__":
    raise SystemExit(main())
