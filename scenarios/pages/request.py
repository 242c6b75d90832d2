"""What a user of the app asks for, and the key under which its result is kept."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import dataclass
from datetime import timedelta

from scenarios.engine import code_version
from scenarios.library import BASELINE
from scenarios.runner import Run
from scenarios.scenario import scenario_hash
from scenarios.study import Study, prepare

MOST_REPLICATIONS = 10
"""More are for the command line: the app is to answer while somebody waits."""


@dataclass(frozen=True, slots=True)
class Request:
    """Strategies of the library (today's course always among them), replications and seed.

    `horizon` is the last year simulated. Use `of` for names in any order; equal requests are equal objects.
    """

    names: tuple[str, ...]
    replications: int
    seed: int = 1
    region: str = "kalmar"
    horizon: int = 2030

    @staticmethod
    def of(names: tuple[str, ...], replications: int, order: tuple[str, ...]) -> Request:
        """Return the request for the strategies chosen, put in `order` and with today's course first."""
        rest = [name for name in order if name in names and name != BASELINE]
        strange = [name for name in names if name not in order and name != BASELINE]
        return Request((BASELINE, *rest, *strange), replications)

    def study(self) -> Study:
        """Return the checked study; raises InputError with all that is wrong."""
        return prepare(self.names, self.region, self.horizon, self.seed, self.replications)

    def command(self) -> str:
        """Return the command that makes the same result."""
        options = ["--replications", str(self.replications), "--seed", str(self.seed)]
        options += ["--horizon", str(self.horizon), "--region", self.region, "--out", "MAPP"]
        return shlex.join(["naravard", "run", *self.names, *options])


def content_key(study: Study) -> str:
    """Return the SHA-256 of all that decides the result: scenarios, labels, region, seeds, horizon, code.

    A changed simulator, region pack or strategy file gives another key, so no result outlives its inputs.
    """
    run = study.run
    content = {
        "code": code_version(),
        "region": run.region_digest,
        "until": run.until.isoformat(),
        "seed": run.base_seed,
        "replications": run.replications,
        "scenarios": [[name, study.labels.get(name, name), digest] for name, digest in _hashes(run)],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _hashes(run: Run) -> list[tuple[str, str]]:
    horizon = run.until - timedelta(days=1)
    return [(name, scenario_hash(changes, run.region_digest, horizon)) for name, changes in run.scenarios]
