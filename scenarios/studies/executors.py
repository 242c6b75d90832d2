"""Who does the work of a study: processes of this machine, or a Dask cluster; nothing else knows which.

Dask's workers must have the same code, and see the study's folder under the same path: the runs come back through
it, not by value. Dask is an extra of the project (`cluster`).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scenarios.running.engine import code_version
from scenarios.running.local_pool import LocalPool
from scenarios.running.runner import cores
from scenarios.text.problems import InputError, Problem, quoted

PATIENCE = "20s"
"""How long to wait for a scheduler to answer."""


@contextmanager
def workers_of(cluster: str | None, workers: int | None, timeout: float, folder: Path) -> Iterator[Executor]:
    """Give an executor: of `workers` processes here (one a core unless told), or of the Dask cluster at an address.

    A process of this machine that takes longer than `timeout` seconds for a task is ended. Raises InputError when
    the cluster cannot be used for a study in `folder`.
    """
    if cluster is not None:
        with _dask(cluster, folder) as executor:
            yield executor
        return
    pool = LocalPool(workers or cores(), timeout)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _dask(address: str, folder: Path) -> Iterator[Executor]:
    try:
        import distributed  # noqa: PLC0415
    except ImportError:
        missing = Problem("--cluster", "kräver tillägget cluster.", allowed='pip install "naravard[cluster]"')
        raise InputError([missing]) from None
    try:
        client: Any = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"ingen schemaläggare svarar där ({type(error).__name__})."
        raise InputError([Problem("--cluster", message, quoted(address), "tcp://VÄRD:PORT")]) from None
    try:
        _check_workers(client, address, folder)
        executor: Executor = client.get_executor(pure=False)
        yield executor
        executor.shutdown(wait=False)
    finally:
        client.close(timeout=2)


def _check_workers(client: Any, address: str, folder: Path) -> None:
    """Raise InputError unless there are workers, all have this code, and all see the folder."""
    mine, place = code_version(), str(folder.absolute())
    versions, sees = client.run(code_version), client.run(_is_folder, place)
    problems = [] if versions else [Problem("--cluster", "schemaläggaren har inga arbetare.", quoted(address))]
    others = sorted({version for version in versions.values() if version != mine})
    problems += [Problem("--cluster", "arbetare har en annan version av koden.", other, mine) for other in others]
    if blind := sorted(worker for worker, seen in sees.items() if not seen):
        message = f"studiens mapp syns inte från {len(blind)} arbetare; den måste ligga på en delad disk."
        problems.append(Problem("--out", message, quoted(place)))
    if problems:
        raise InputError(problems)


def _is_folder(place: str) -> bool:
    return Path(place).is_dir()
