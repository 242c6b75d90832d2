"""The crew: works off what the open pages want, first things first, nothing twice, nothing that nobody wants.

Everybody who asks (an asker: one open page) has a list of work in the order of its importance, of which the first
pieces are the first answer. First answers go before refinements, and among equals the one goes who was served
longest ago, so that thirty users move forward side by side. A list replaces the one before: what nobody wants any
more is stopped at its next simulated month, and so is what only the patient want while somebody waits. Who has not
been heard of for a while has left.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.live.shelf import Shelf
from scenarios.live.work import StoppedError, Work, carry_out

SILENT_SECONDS = 8.0
"""After so long without a word an asker has left: the browser is closed or asleep. Who waits is heard of twice a
second; whoever is forgotten too soon asks again, and loses what was half done."""
TRUST_SECONDS = 2.0
"""For so long it is believed that work is done, or is not; the shelf may be emptied, or filled by another process."""
MOST_LOOKED_UP = 20_000
TRIES = 2
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Asker:
    wanted: tuple[Work, ...]
    first: int
    seen: float
    patient: bool
    served: int
    asked: int


@dataclass(slots=True, eq=False)
class _Job:
    work: Work
    token: Path
    future: Future[None] | None = None
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an asker's list has come: pieces done and in all, why it cannot go on, how many askers go before.

    `note` is told while the crew prepares.
    """

    done: int
    total: int
    failure: str = ""
    ahead: int = 0
    note: str = ""

    @property
    def finished(self) -> bool:
        """Tell whether all is done, or no more will come."""
        return bool(self.failure) or self.done >= self.total


@dataclass(eq=False)
class Crew:
    """Has `workers` pieces of work done at a time by the executor that `hire` gives; safe to use from many threads.

    `prepare` is called once before the first piece of work, with the executor and a way to say what it does: it
    compiles, and loads in every worker what all work needs.
    """

    shelf: Shelf
    hire: Callable[[int], Executor]
    workers: int = 2
    prepare: Callable[[Executor, Callable[[str], None]], None] = lambda *_: None
    clock: Callable[[], float] = time.monotonic
    note: str = ""
    _askers: dict[str, _Asker] = field(default_factory=dict)
    _jobs: dict[str, _Job] = field(default_factory=dict)
    _failures: dict[str, str] = field(default_factory=dict)
    _looked_up: dict[str, tuple[bool, float]] = field(default_factory=dict)
    _thread: threading.Thread | None = None
    _tokens: tempfile.TemporaryDirectory[str] | None = None
    _served: int = 0
    _asked: int = 0
    _closed: bool = False

    def __post_init__(self) -> None:
        """Make the lock that everything goes through."""
        self._change = threading.Condition(threading.RLock())

    def want(self, asker: str, wanted: Sequence[Work], first: int = 1, patient: bool = False) -> None:
        """Take an asker's list of work, in place of the one before; its `first` pieces are the first answer.

        The patient come after all others and need not be heard of.
        """
        with self._change:
            before = self._askers.get(asker)
            served = before.served if before else 0
            self._asked += 1
            self._askers[asker] = _Asker(tuple(wanted), first, self.clock(), patient, served, self._asked)
            for work in wanted:
                self._failures.pop(work.name, None)
                self._looked_up.pop(work.name, None)
            self._wake()

    def leave(self, asker: str) -> None:
        """Forget an asker; what only they wanted is stopped."""
        with self._change:
            if self._askers.pop(asker, None) is not None:
                self._wake()

    def standing(self, asker: str) -> Standing:
        """Return how far an asker's list has come; to ask is to be still there."""
        with self._change:
            mine = self._askers.get(asker)
            if mine is None:
                return Standing(0, 0)
            mine.seen = self.clock()
            done = sum(self._done(work) for work in mine.wanted)
            failures = [self._failures[work.name] for work in mine.wanted if work.name in self._failures]
            ahead = 0 if self._serving(mine) else self._before(mine)
            return Standing(done, len(mine.wanted), next(iter(failures), ""), ahead, self.note)

    def start(self) -> None:
        """Prepare now, before anybody asks."""
        with self._change:
            self._wake()

    def close(self) -> None:
        """Stop everything and let the workers go."""
        with self._change:
            self._closed = True
            self._askers.clear()
            self._wake()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(30)

    # --- inside; the lock is held

    def _wake(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._serve, name="naravard-crew", daemon=True)
            self._thread.start()
        self._change.notify_all()

    def _done(self, work: Work) -> bool:
        """Tell whether work is done; what was seen a moment ago is not looked up again, for lists are long."""
        seen, when = self._looked_up.get(work.name, (False, -TRUST_SECONDS))
        if self.clock() - when < TRUST_SECONDS:
            return seen
        seen = work.done(self.shelf)
        self._looked_up[work.name] = (seen, self.clock())
        return seen

    def _serving(self, asker: _Asker) -> bool:
        return any(work.name in self._jobs for work in asker.wanted)

    def _before(self, mine: _Asker) -> int:
        """Return how many askers with something to do go before one."""
        rank = self._rank(mine)
        return sum(
            other is not mine and self._next(other) is not None and self._rank(other) < rank
            for other in self._askers.values()
        )

    def _rank(self, asker: _Asker) -> tuple[bool, bool, int, int]:
        return asker.patient, self._answered(asker), asker.served, asker.asked

    def _answered(self, asker: _Asker) -> bool:
        """Tell whether an asker has a first answer."""
        return all(self._done(work) for work in asker.wanted[: asker.first])

    def _next(self, asker: _Asker) -> Work | None:
        """Return the first of an asker's list that is neither done, failed nor being done.

        Until the first answer is there nothing else is begun: the screen that waits for it needs a core too.
        """
        if any(work.name in self._failures for work in asker.wanted):
            return None
        open_to_do = asker.wanted if self._answered(asker) else asker.wanted[: asker.first]
        return next((work for work in open_to_do if work.name not in self._jobs and not self._done(work)), None)

    def _forget_the_silent(self) -> None:
        now = self.clock()
        if len(self._looked_up) > MOST_LOOKED_UP:
            self._looked_up.clear()
        for name, asker in list(self._askers.items()):
            if not asker.patient and now - asker.seen > SILENT_SECONDS:
                del self._askers[name]

    def _stop_the_unwanted(self) -> None:
        wanted = {work.name for asker in self._askers.values() for work in asker.wanted}
        for name, job in self._jobs.items():
            if name not in wanted:
                job.token.unlink(missing_ok=True)

    def _make_room(self) -> None:
        """Stop a piece of work that only the patient want when somebody else waits; it is begun again later."""
        askers = list(self._askers.values())
        if not any(not asker.patient and self._next(asker) is not None for asker in askers):
            return
        wanted = {work.name for asker in askers if not asker.patient for work in asker.wanted}
        others = [job for name, job in self._jobs.items() if name not in wanted]
        if all(job.token.exists() for job in others):  # otherwise one is on its way out already
            for job in others[:1]:
                job.token.unlink(missing_ok=True)

    def _choose(self) -> Work | None:
        """Return what to do next."""
        candidates = [(self._rank(asker), asker) for asker in self._askers.values()]
        for _, asker in sorted(candidates, key=lambda pair: pair[0]):
            work = self._next(asker)
            if work is not None:
                self._served += 1
                asker.served = self._served
                return work
        return None

    # --- the thread

    def _serve(self) -> None:
        """Hand out work until the crew is closed."""
        executor = self.hire(self.workers)
        try:
            self._prepare(executor)
            while not self._closed:
                work = self._wait_for_work()
                if work is not None:
                    self._hand_out(work, executor)
        finally:
            executor.shutdown(cancel_futures=True)
            if self._tokens is not None:
                self._tokens.cleanup()

    def _prepare(self, executor: Executor) -> None:
        try:
            self.prepare(executor, self._say)
        except Exception:
            _log.exception("the simulator could not be prepared")
        self._say("")

    def _say(self, text: str) -> None:
        with self._change:
            self.note = text

    def _wait_for_work(self) -> Work | None:
        with self._change:
            self._forget_the_silent()
            self._stop_the_unwanted()
            room = len(self._jobs) < self.workers
            if not room:
                self._make_room()
            work = self._choose() if room and not self._closed else None
            if work is None:
                self._change.wait(1.0)
            else:
                self._jobs[work.name] = _Job(work, self._token())
            return work

    def _token(self) -> Path:
        """Return a new file that is there while somebody waits for the work that it stands for."""
        if self._tokens is None:
            self._tokens = tempfile.TemporaryDirectory(prefix="naravard-")
        handle, name = tempfile.mkstemp(dir=self._tokens.name)
        with open(handle, "wb"):  # noqa: PTH123 - a handle, not a path
            return Path(name)

    def _hand_out(self, work: Work, executor: Executor) -> None:
        job = self._jobs[work.name]
        try:
            job.future = executor.submit(carry_out, work, self.shelf, str(job.token))
        except Exception as error:
            self._settle(job, error)
            return
        job.future.add_done_callback(lambda future: self._ended(job, future, executor))

    def _ended(self, job: _Job, future: Future[None], executor: Executor) -> None:
        error = None if future.cancelled() else future.exception()
        lost = error is not None and not _told(error) and not isinstance(error, StoppedError)
        if lost and not self._closed and job.tries < TRIES and job.token.exists():
            job.tries += 1
            _log.warning("a worker was lost (%s); its work is given out once more", type(error).__name__)
            self._hand_out(job.work, executor)
            return
        self._settle(job, error)

    def _settle(self, job: _Job, error: BaseException | None) -> None:
        with self._change:
            self._jobs.pop(job.work.name, None)
            self._looked_up.pop(job.work.name, None)
            job.token.unlink(missing_ok=True)
            if error is not None and not isinstance(error, StoppedError) and not self._closed:
                _log.error("work of the app failed", exc_info=error)
                self._failures[job.work.name] = _told(error) or f"Simuleringen misslyckades ({type(error).__name__})."
            self._change.notify_all()


def _told(error: BaseException) -> str:
    """Return the Swedish message of an error of ours, empty for any other."""
    from scenarios.text.problems import InputError  # noqa: PLC0415

    return error.text() if isinstance(error, InputError) else ""
