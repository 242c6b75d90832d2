"""Pictures of every page of the app at two widths, for docs/appen.md.

    python docs/screenshots.py [--only karta,ekonomi] [--scheme dark]

Starts the app, opens each page in Chromium (extra "browser"; NARAVARD_CHROMIUM names another one) and writes
docs/images/app/<page>-<width>.png, the top of the page with 64 colours.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images" / "app"
SIZES = {1440: 1500, 390: 1700}
"""Height of the picture by width of the screen."""
READY = 240_000


def _moved(page: Any) -> None:
    """Move two levers and wait for the whole answer, so that the picture shows it."""
    told = "([...document.querySelectorAll('[data-answer]')].at(-1)?.dataset.answer ?? '')"
    for place, key in ((1, "ArrowRight"), (4, "ArrowRight")):
        before = page.evaluate(told).split(":")[0]
        page.get_by_role("slider").nth(place).focus()
        page.keyboard.press(key)
        page.wait_for_function(f"() => {told} && !{told}.startsWith('{before}:')", timeout=READY)
    page.wait_for_function(f"() => {told}.endsWith(':20')", timeout=READY)
    page.locator("h1").first.scroll_into_view_if_needed()


def _followed(page: Any) -> None:
    """Wait for the person: the first time somebody must be simulated."""
    page.locator(".vega-embed svg").first.wait_for(timeout=READY)


PAGES: dict[str, Callable[[Any], None] | None] = {
    "oversikt": None,
    "verkstad": _moved,
    "jamfor": None,
    "karta": None,
    "bemanning": None,
    "ekonomi": None,
    "uppfoljning": None,
    "folj-clara": _followed,
    "antaganden": None,
    "rapport": None,
}


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default=",".join(PAGES))
    parser.add_argument("--scheme", default="light", choices=("light", "dark"))
    given = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "scenarios.cli", "app", "--headless", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health")
            _visit(address, given.only.split(","), given.scheme)
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def _visit(address: str, names: list[str], scheme: Any) -> None:
    chromium = os.environ.get("NARAVARD_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for width, height in SIZES.items():
            for name in names:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                page.goto(f"{address}/{'' if name == 'oversikt' else name}")
                page.locator("h1").first.wait_for(timeout=READY)
                page.wait_for_timeout(4_000)
                before = PAGES[name]
                if before is not None:
                    before(page)
                    page.wait_for_timeout(2_000)
                _save(page.screenshot(), FOLDER / f"{name}-{width}.png")
                context.close()
        browser.close()


def _save(content: bytes, file: Path) -> None:
    """Write a picture with few colours: a tenth of the size."""
    with Image.open(io.BytesIO(content)) as picture:
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
