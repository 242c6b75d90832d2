"""The app in a real browser: nothing cut off, Swedish, charts drawn, no word to anybody else, keys suffice."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.xdist_group("browser")

CUT_OFF = """() => [...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter(e => e.getClientRects().length && getComputedStyle(e).position !== 'absolute')
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
    .map(e => e.outerHTML.slice(0, 120))"""


@contextmanager
def visited(chromium, address, width=1440, scheme="light"):
    """Open the app; `faults` and `abroad` of the page list what went wrong and requests to others."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.faults, page.abroad = [], []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda text: page.faults.append(text.text) if text.type == "error" else None)
    page.on("request", lambda request: page.abroad.append(request.url) if foreign(request.url) else None)
    try:
        page.goto(address)
        page.get_by_role("button", name="Kör och jämför").wait_for(timeout=60_000)
        yield page
    finally:
        context.close()


@contextmanager
def opened(chromium, address, width=1440, scheme="light"):
    """Open the app with its first result shown to the end."""
    with visited(chromium, address, width, scheme) as page:
        page.locator(".vega-embed svg").nth(1).wait_for(timeout=60_000)
        page.get_by_text("Gör om körningen").wait_for(timeout=60_000)
        yield page


def foreign(url):
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1440, 1920])
def test_nothing_is_cut_off_and_nothing_goes_wrong(chromium, address, width, scheme):
    with opened(chromium, address, width, scheme) as page:
        page.get_by_text("Tabell med alla år").click()
        page.get_by_text("Medelfel är det fel").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT_OFF) == []
        assert page.faults == []
        assert page.abroad == []


def test_the_document_is_in_swedish(chromium, address):
    with opened(chromium, address) as page:
        page.wait_for_function("document.documentElement.lang === 'sv'")
        shown = page.locator("body").inner_text()
        shown += str(page.locator("[placeholder]").evaluate_all("all => all.map(e => e.placeholder)"))
        assert not re.search(r"\b(Running|Stop|Deploy|Choose|Download|Fullscreen|Error)\b", shown)


def test_charts_are_drawn_with_swedish_numbers(chromium, address):
    with opened(chromium, address) as page:
        lines, points = (page.locator(".vega-embed").nth(i) for i in (0, 1))
        labels = lines.locator("svg text").all_text_contents()
        assert any(re.fullmatch(r"\d{2}\u00a0\d{3}", label) for label in labels)
        assert {"2024", "2030", "Nuläge", "Kontinuitet"} <= set(labels)
        assert any(label.startswith("+") for label in points.locator("svg text").all_text_contents())
        assert lines.locator(".mark-area path").count() >= 4


def test_charts_have_a_text_alternative(chromium, address):
    with opened(chromium, address) as page:
        names = page.locator("[aria-label^='Akutbesök per år'], [aria-label^='Skillnad mot Nuläge']")
        assert names.count() >= 2


def test_dark_and_light_differ_in_the_charts_too(chromium, address):
    colours = set()
    for scheme in ("light", "dark"):
        with opened(chromium, address, scheme=scheme) as page:
            text = page.locator(".vega-embed svg .role-axis-label text").first
            colours.add(text.get_attribute("fill"))
    assert len(colours) == 2


def test_another_indicator_by_keyboard_alone(chromium, address):
    with opened(chromium, address) as page:
        options = page.get_by_role("option")
        for _ in range(20):  # a page that is still being drawn may take the focus away again
            page.get_by_role("combobox", name=re.compile("Indikator")).focus()
            page.keyboard.press("ArrowDown")
            page.wait_for_timeout(1_000)
            if options.count():
                break
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.get_by_text("Akutbesök, per år").wait_for(state="detached", timeout=30_000)
        page.get_by_text(re.compile(".+, per år")).wait_for()


def test_the_table_downloads_as_csv(chromium, address):
    with opened(chromium, address) as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="Ladda ner indikatorn").click()
        assert download.value.suggested_filename == "nara-vard-2030-ed-visits.csv"
        assert download.value.path().read_bytes().startswith("\ufeffIndikator;Enhet".encode())


def test_a_run_of_the_real_model_stopped_once_and_run_again(chromium, empty_address):
    with visited(chromium, empty_address) as page:
        page.get_by_text("Så fungerar det").wait_for()
        for label in ("Kontinuitet", "Flytt med resurser"):
            page.locator("label", has_text=re.compile(f"^{label}$")).click()
        page.get_by_role("slider").focus()
        page.keyboard.press("Home")
        page.get_by_role("button", name="Kör och jämför").click()
        page.get_by_role("button", name="Avbryt").click(timeout=30_000)
        page.get_by_role("button", name="Avbryt").wait_for(state="detached", timeout=30_000)
        page.get_by_role("button", name="Kör och jämför").click()
        page.get_by_text("En replikation per scenario").wait_for(timeout=300_000)
        page.get_by_text("finns inget intervall").wait_for()
        assert page.faults == []
