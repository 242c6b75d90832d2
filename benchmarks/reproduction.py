"""The same bits, whatever else is different: python benchmarks/reproduction.py [--golden].

Runs a batch of the smallest region with three hash seeds and 1, 2 and 4 workers; one seed of it with numba's generic
processor and with numpy's plainest loops; and makes a result again from nothing but the command in its own file.
Prints what was the same and keeps it for the page of checks. With --golden the digest of this environment is written
to tests/verification/golden.json, which is for those who moved results on purpose.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import xarray as xr

from calibration.checks.measured import keep
from scenarios.running.results import read_results

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "verification" / "golden.json"
BATCH = "nulage kontinuitet vard-hemma --region template --replications 4 --horizon 2027 --parameter-draws 2"
HASH_SEEDS, WORKERS = (0, 1, 4711), (1, 2, 4)
PLAIN = {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL", "PYTHONWARNINGS": "ignore"}
GENERIC = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--golden", action="store_true", help="write this environment's digest to the tests")
    if parser.parse_args().golden:
        write_golden()
        return
    with tempfile.TemporaryDirectory() as folder:
        batches = {
            (seed, workers): batch(Path(folder, f"{seed}-{workers}"), seed, workers)
            for seed in HASH_SEEDS
            for workers in WORKERS
        }
        again = made_again(Path(folder, "0-1"), Path(folder, "again"))
    lives = {"own": life({}), "generic": life(GENERIC), "plain": life(PLAIN)}
    figures = {
        "batches": len(batches),
        "different_batches": len(set(batches.values())),
        "again": told(again == batches[0, 1]),
        "environment": lives["own"]["environment"],
        "digest": lives["own"]["all"][:12],
        **{f"{name}_{what}": told(lives[name][what] == lives["own"][what])
           for name in ("generic", "plain") for what in ("counts", "all")},
    }  # fmt: skip
    for name, value in figures.items():
        print(f"{name}: {value}")
    keep("reproduction", "python benchmarks/reproduction.py", figures)


def told(same: bool) -> str:
    return "samma bitar" if same else "andra bitar"


def batch(folder: Path, hash_seed: int, workers: int) -> str:
    """Run the batch in a fresh interpreter and return the digest of its values."""
    naravard(
        [*shlex.split(f"run {BATCH} --workers {workers}"), "--out", str(folder)], {"PYTHONHASHSEED": str(hash_seed)}
    )
    return digest_of(read_results(folder))


def made_again(folder: Path, other: Path) -> str:
    """Run the command that a result says it came from, to another folder, and return the digest of its values."""
    words = shlex.split(read_results(folder).attrs["command"])[1:]
    naravard([str(other) if word == str(folder) else word for word in words], {})
    return digest_of(read_results(other))


def digest_of(dataset: xr.Dataset) -> str:
    """SHA-256 of every variable and coordinate; the attributes tell when and how."""
    digest = hashlib.sha256()
    for name in sorted(map(str, dataset.variables)):
        values = dataset[name].values
        content = values.tobytes() if values.dtype.kind != "O" else repr(values.tolist()).encode()
        digest.update(f"{name} {values.dtype} {values.shape}".encode() + content)
    return digest.hexdigest()


def life(environment: dict[str, str]) -> dict[str, Any]:
    """Live the golden life in another interpreter."""
    script = ROOT / "tests" / "verification" / "golden_digest.py"
    done = subprocess.run(
        [sys.executable, str(script)], env=surroundings(environment), capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def naravard(words: list[str], environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "scenarios.cli", *words]
    subprocess.run(command, env=surroundings(environment), cwd=ROOT, check=True, capture_output=True)


def surroundings(extra: dict[str, str]) -> dict[str, str]:
    paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)} | extra


def write_golden() -> None:
    """Keep digests of this environment and of one with plainer vectors; others are kept while the figures stand."""
    lives = [life({}), life(PLAIN)]
    earlier = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {}
    digests = earlier["digests"] if earlier.get("figures") == lives[0]["figures"] else {}
    digests |= {each["environment"]: each["all"] for each in lives}
    content = {"figures": lives[0]["figures"], "digests": dict(sorted(digests.items()))}
    GOLDEN.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
