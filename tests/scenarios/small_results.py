"""Results of the smallest region, simulated once a process: two scenarios, two replications, to 2028."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from scenarios.cli import main


@cache
def small_results():
    """Return the folder; whoever changes anything copies it."""
    out = Path(mkdtemp(prefix="naravard-test-")) / "results"
    small = ["--region", "template", "--replications", "2", "--horizon", "2028", "--workers", "1"]
    assert main(["run", "nulage", "kontinuitet", "--out", str(out), *small]) == 0
    return out
