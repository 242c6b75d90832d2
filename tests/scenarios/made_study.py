"""A study of the stand-in simulator, and what tests do with it: write its file, read it, carry it out in threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fake_engine import REGION, FakeEngine

from scenarios.studies.conduct import conduct
from scenarios.studies.gathering import gather
from scenarios.studies.ledger import Ledger
from scenarios.studies.plan import StudyPlan
from scenarios.studies.reading import read_study

GOOD = """\
name: prov
label_sv: Prov
horizon: 2028
replications: 3
scenarios:
  - nulage
  - bemanning-1100
  - name: fler
    label_sv: Fler platser
    levers:
      - {lever: beds, value: 1.1}
futures:
  stress_tests: [vintertopp]
  parameter_draws: 2
"""
SMALL = GOOD + "keep: headline\n"
"""The same with headline figures alone, which take less time to keep."""


def stand_in(monkeypatch):
    """Have every region be the made-up one."""
    monkeypatch.setattr("scenarios.running.region.load_region", lambda _: REGION)


def plan_of(folder, text=GOOD, **instead):
    """Write a study file to a folder and plan it."""
    file = Path(folder, "prov.yaml")
    file.write_text(text, encoding="utf-8")
    return StudyPlan.of(read_study(str(file), instead))


def carried_out(plan, folder, engine=None, threads=2, **more):
    """Carry out a plan in threads; return the ledger, what came of it, and what was gathered."""
    ledger = Ledger.open(Path(folder), plan)
    with ThreadPoolExecutor(threads) as executor:
        conducted = conduct(ledger, engine or FakeEngine(), executor, **more)
    return ledger, conducted, gather(ledger, conducted.tasks, "naravard study", "v")


def runs_in(folder):
    """Return the bytes of every file of runs, by name."""
    return {path.name: path.read_bytes() for path in sorted(Path(folder, "runs").glob("*.npz"))}
