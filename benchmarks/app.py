"""Time from moving a slider to the answer in a real browser, and the app under thirty users.

    python benchmarks/app.py [--moves 20] [--users 30] [--user-moves 20] [--soak 10] [--skip-load] [--skip-moves]

Starts the app as `naravard app` does, on a cache of its own unless NARAVARD_CACHE is set, and waits until the
simulator is ready (a minute more when nothing is compiled). Needs Chromium and the extra "browser".
Every move is to a value that was not simulated before. Printed: p50 and p95 of the seconds from the key press to
the first answer and to the full one on the screen, the same from the service alone, and their ratio. Then some users
move for `--soak` minutes and the memory of the service and its workers is watched. What is found of users and soak is
kept for the page of checks.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from calibration.checks.measured import Value, keep

ROOT = Path(__file__).parents[1]
ANSWER = """() => {
    const fresh = [...document.querySelectorAll('[data-answer]')].filter(e => !e.closest('[data-stale="true"]'));
    return fresh.length ? fresh.at(-1).dataset.answer : '';
}"""
"""Which answer is on the screen: the key of its last scenario and its replications."""
WATCH = f"""() => {{
    const told = {ANSWER};
    const key = () => told().split(':')[0];
    const before = key();
    window.nextAnswer = new Promise((resolve, reject) => {{
        setTimeout(() => reject(new Error('no answer after two minutes')), 120000);
        const watcher = new MutationObserver(() => {{
            if (key() && key() !== before) {{ watcher.disconnect(); resolve(true); }}
        }});
        const what = {{subtree: true, childList: true, attributeFilter: ['data-answer', 'data-stale']}};
        watcher.observe(document.body, what);
    }});
}}"""
"""Watches for the next answer when something changes: looking all the time would take the core that it needs."""


def main() -> None:
    given = read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("NARAVARD_CACHE", folder)
        os.environ["NARAVARD_SCENARIOS"] = str(Path(folder) / "scenarios")
        if not given.skip_moves:
            with app() as address:
                measure_moves(address, given.moves)
        if not given.skip_load:
            measure_load(given.users, given.user_moves, given.soak)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--moves", type=int, default=20)
    parser.add_argument("--users", type=int, default=30)
    parser.add_argument("--user-moves", type=int, default=20)
    parser.add_argument("--soak", type=float, default=10.0, help="minutes in which memory is watched")
    parser.add_argument("--skip-load", action="store_true")
    parser.add_argument("--skip-moves", action="store_true", help="no browser")
    return parser.parse_args()


@contextmanager
def app():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "scenarios.cli", "app", "--port", str(port), "--headless"]
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as server:
        try:
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/_stcore/health"), 60)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=2).close()
    except OSError:
        return False
    return True


def wait_until(told, seconds: float, every: float = 0.05) -> float:
    begun = time.perf_counter()
    while not told():
        if time.perf_counter() - begun > seconds:
            raise TimeoutError(f"nothing after {seconds} s")
        time.sleep(every)
    return time.perf_counter() - begun


def settle(cache: Path, seconds: float = 15.0) -> None:
    """Wait until the app has made what it makes before anybody asks: nothing new in its cache for a while."""

    def quiet() -> bool:
        newest = max((file.stat().st_mtime for file in cache.rglob("*") if file.is_file()), default=time.time())
        return time.time() - newest > seconds

    wait_until(quiet, 900, every=1.0)


def measure_moves(address: str, moves: int) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    browser_path = os.environ.get("NARAVARD_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)  # what begins the service, as a first visitor does
        page.locator("h1").first.wait_for(timeout=60_000)
        settle(Path(os.environ["NARAVARD_CACHE"]))
        page.goto(f"{address}/verkstad")
        page.get_by_role("slider").first.wait_for(timeout=60_000)
        wait_until(lambda: page.evaluate(ANSWER), 60)
        sliders = page.get_by_role("slider")
        first = [one_move(page, sliders.nth(1 + n % 3), n) for n in range(moves + 1)][1:]
        begun = time.perf_counter()
        one_move(page, sliders.nth(1), 1000)
        wait_until(lambda: page.evaluate(ANSWER).endswith(":20"), 120)
        full = time.perf_counter() - begun
        browser.close()
    print(f"slider to first answer on the screen: {spread(first)} ({moves} moves, one user)")
    print(f"slider to 20 replications on the screen: {full:.1f} s")


def one_move(page, slider, number: int) -> float:
    """Press an arrow key on a slider and return the seconds until another answer is on the screen."""
    slider.focus()
    page.evaluate(WATCH)
    begun = time.perf_counter()
    page.keyboard.press("ArrowRight" if number < 1000 else "ArrowLeft")
    page.evaluate("() => window.nextAnswer")
    took = time.perf_counter() - begun
    page.wait_for_timeout(700)
    return took


def measure_load(users: int, moves: int, soak: float) -> None:
    """Have users move sliders at the service at the same time, each waiting for the first answer before the next."""
    from scenarios.live.service import Service  # noqa: PLC0415

    service = Service()
    service.start()
    wait_until(lambda: not service.standing("housekeeping").note and service.standing("housekeeping").total, 300)
    alone = [answered(service, "alone", 10_000 + n) for n in range(5)]
    service.leave("alone")
    errors: list[str] = []
    begun = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        told = list(pool.map(lambda user: moves_of(service, user, moves, errors), range(users)))
    took = time.perf_counter() - begun
    waits = [wait for row in told for wait in row]
    print(f"service alone, one user: first answer {spread(alone)}")
    print(f"{users} users x {moves} moves: first answer {spread(waits)}, {len(errors)} errors, {took:.0f} s in all")
    print(f"ratio of p50, {users} users to one: {statistics.median(waits) / statistics.median(alone):.1f}")
    print(f"threads {threading.active_count()}")
    figures = {
        "users": users, "moves": moves, "answers": len(waits), "errors": len(errors),
        "p50": round(quantile(waits, 0.5), 1), "p95": round(quantile(waits, 0.95), 1),
        "alone_p50": round(quantile(alone, 0.5), 1), "load": round(os.getloadavg()[1], 1),
    }  # fmt: skip
    figures |= measure_soak(service, soak)
    keep("app", "python benchmarks/app.py", figures)
    service.crew.close()


SOAKERS = 4
"""Users who move all the time while memory is watched."""


def measure_soak(service, minutes: float) -> dict[str, Value]:
    """Have users move for some minutes and compare memory in the second quarter of the time with that in the last."""
    end, errors, megabytes = time.monotonic() + 60 * minutes, [], []
    counts = [0] * SOAKERS

    def move(user: int) -> None:
        while time.monotonic() < end:
            try:
                answered(service, f"soaker {user}", 4_000 + 1_400 * user + counts[user])
                counts[user] += 1
            except Exception as error:
                errors.append(f"{type(error).__name__}: {error}")
        service.leave(f"soaker {user}")

    with ThreadPoolExecutor(SOAKERS) as pool:
        begun = [pool.submit(move, user) for user in range(SOAKERS)]
        while any(not each.done() for each in begun):
            time.sleep(5)
            workers = [worker.pid or 0 for worker in multiprocessing.active_children()]
            megabytes.append((resident(os.getpid()), sum(map(resident, workers))))
    quarter = max(1, len(megabytes) // 4)
    own, others = ([row[i] for row in megabytes] for i in (0, 1))
    figures = {
        "soak_minutes": minutes, "soak_answers": sum(counts), "soak_errors": len(errors),
        **{f"soak_{name}_{when}": round(statistics.mean(part))
           for name, row in (("app", own), ("workers", others))
           for when, part in (("early", row[quarter : 2 * quarter]), ("late", row[-quarter:])) if part},
    }  # fmt: skip
    print(", ".join(f"{name} {value}" for name, value in figures.items()))
    return figures


def resident(process: int) -> float:
    """Memory of a process in MB; 0 when it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def moves_of(service, user: int, moves: int, errors: list[str]) -> list[float]:
    waits = []
    for move in range(moves):
        try:
            waits.append(answered(service, f"user {user}", 100 * user + move))
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        time.sleep(random.Random(100 * user + move).uniform(0.5, 3.0))
    service.leave(f"user {user}")
    return waits


def answered(service, asker: str, number: int) -> float:
    """Ask for a scenario nobody has asked for and return the seconds until its first answer."""
    from scenarios.live.answer import Shown  # noqa: PLC0415
    from scenarios.live.course import course_of  # noqa: PLC0415
    from scenarios.strategies.strategy import LeverSetting, Strategy  # noqa: PLC0415

    value = round(1.0 + number / 20_000, 6)
    strategy = Strategy(
        name="matning", label_sv="Mätning", question_sv="?", description_sv="-", rationale="-",
        levers=(LeverSetting(lever="gp_recruitment", value=value),),
    )  # fmt: skip
    shown = (service.library[0], Shown("matning", "Mätning", course_of(strategy)))
    begun = time.perf_counter()
    service.want(asker, shown)
    if service.first_answer(asker, shown, 600, lambda _: None) is None:  # as a page waits
        raise RuntimeError(service.standing(asker).failure or "no answer in ten minutes")
    return time.perf_counter() - begun


def spread(seconds: list[float]) -> str:
    return f"p50 {quantile(seconds, 0.5):.2f} s, p95 {quantile(seconds, 0.95):.2f} s, worst {max(seconds):.2f} s"


def quantile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[round(share * (len(seconds) - 1))]


if __name__ == "__main__":
    main()
