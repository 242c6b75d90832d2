"""The bench where requests are worked on, one at a time, behind every open page.

A request is a job under its content key. Who asks for the same thing joins the job; when all who asked
have left, it is stopped. Answers come from memory, from the store on disk, or from a new simulation, in that
order.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Literal

from scenarios.folder import FolderError
from scenarios.pages.answer import Answer, read_answer
from scenarios.pages.launch import SimulationError, StopSwitch, Work
from scenarios.pages.request import Request, content_key
from scenarios.pages.store import Store
from scenarios.problems import InputError, Problem
from scenarios.progress import Display
from scenarios.runner import Progress

Status = Literal["waiting", "running", "done", "failed", "stopped"]

IN_MEMORY = 24
"""Answers kept in memory."""

REMEMBERED = 50
"""Finished jobs whose outcome can still be asked for."""

WAITING = 8
"""Jobs that may wait; one more is refused."""

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Job(Display):
    """A request being worked on; changed by the bench's thread, read by pages."""

    key: str
    request: Request
    askers: set[str]
    status: Status = "waiting"
    stage: str = "Väntar på sin tur …"
    progress: Progress | None = None
    message: str = ""
    stop: StopSwitch = field(default_factory=StopSwitch)

    def say(self, text: str) -> None:
        """Take note of the stage that begins."""
        self.stage = text

    def __call__(self, progress: Progress) -> None:
        """Take note of how much is done."""
        self.stage = f"{progress.replications} av {progress.all_replications} replikationer klara"
        self.progress = progress

    @property
    def active(self) -> bool:
        """Tell whether an answer is still to come."""
        return self.status in ("waiting", "running")

    @property
    def share(self) -> float:
        """Return how much is done, 0 to 1."""
        if self.progress is None:
            return 0.0
        return min(1.0, self.progress.months / max(1, self.progress.all_months))


class Bench:
    """Works on jobs with `work`, in the order in which they came; safe to use from many threads."""

    def __init__(self, store: Store, work: Work) -> None:
        """Keep results in `store`; the thread that works starts with the first job."""
        self.store = store
        self._work = work
        self._lock = threading.RLock()
        self._waiting: deque[Job] = deque()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._worker: threading.Thread | None = None

    def submit(self, request: Request, asker: str) -> str:
        """Have a request answered, unless it is already, and return its key.

        Raises InputError when the request cannot be simulated or too many are waiting.
        """
        key = content_key(request.study())
        if self.answer(key) is not None:
            return key
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.active:
                job.askers.add(asker)
                return key
            self._enqueue(Job(key, request, {asker}))
        return key

    def job(self, key: str) -> Job | None:
        """Return the job of a key, None when it was never asked for or is long finished."""
        with self._lock:
            return self._jobs.get(key)

    def ahead(self, key: str) -> int:
        """Return how many jobs are worked on before a waiting one."""
        with self._lock:
            running = any(job.status == "running" for job in self._jobs.values())
            keys = [job.key for job in self._waiting]
            return keys.index(key) + running if key in keys else 0

    def leave(self, key: str, asker: str) -> None:
        """Take an asker from a job; when none is left the job is stopped."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or not job.active:
                return
            job.askers.discard(asker)
            if job.askers:
                return
            job.status = "stopped"
            if job in self._waiting:
                self._waiting.remove(job)
        job.stop.throw()

    def answer(self, key: str) -> Answer | None:
        """Return the answer of a key from memory or disk, or None; a damaged one on disk is dropped."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        place = self.store.find(key)
        if place is None:
            return None
        try:
            answer = read_answer(place)
        except (FolderError, KeyError, ValueError, OSError):
            _log.exception("a stored result cannot be read and is dropped")
            self.store.drop(key)
            return None
        self._remember(key, answer)
        return answer

    def _remember(self, key: str, answer: Answer) -> None:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > IN_MEMORY:
                self._answers.popitem(last=False)

    def _enqueue(self, job: Job) -> None:
        if len(self._waiting) >= WAITING:
            raise InputError([Problem("Kön", "många körningar väntar redan; försök igen om en stund.")])
        self._jobs[job.key] = job
        self._jobs.move_to_end(job.key)
        self._waiting.append(job)
        finished = [key for key, other in self._jobs.items() if not other.active]
        for key in finished[: max(0, len(self._jobs) - REMEMBERED)]:
            del self._jobs[key]
        if self._worker is None:
            self._worker = threading.Thread(target=self._serve, name="naravard-bench", daemon=True)
            self._worker.start()

    def _serve(self) -> None:
        """Work until nothing waits; the thread then ends, and the next job starts another."""
        while (job := self._next()) is not None:
            self._carry_out(job)

    def _next(self) -> Job | None:
        with self._lock:
            if not self._waiting:
                self._worker = None
                return None
            job = self._waiting.popleft()
            job.status = "running"
            job.stage = "Startar …"
            return job

    def _carry_out(self, job: Job) -> None:
        self.store.clear_unfinished(job.key)
        try:
            self._work(job.request, self.store.place(job.key), job, job.stop)
            failure = "" if self.answer(job.key) else "Resultatet gick inte att läsa tillbaka."
        except SimulationError as error:
            failure = str(error)
        except Exception as error:
            _log.exception("a job of the app failed")
            failure = f"Internt fel ({type(error).__name__})."
        with self._lock:
            if job.status == "running":
                job.status = "failed" if failure else "done"
                job.message = failure
        self.store.prune()
