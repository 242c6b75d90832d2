"""Every page in a real browser: nothing cut off, Swedish, accessible, no word to anybody else, keys suffice."""

import re

import pytest
from app_server import LOOK

PAGES = (
    *("", "verkstad", "jamfor", "karta", "bemanning", "ekonomi"),
    *("uppfoljning", "folj-clara", "antaganden", "rapport"),
)
CUT_OFF = """() => [...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter(e => e.getClientRects().length && getComputedStyle(e).position !== 'absolute' && e.type !== 'range')
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
    .map(e => e.outerHTML.slice(0, 120))"""
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@pytest.mark.parametrize(("scheme", "narrow"), [("light", 390), ("dark", None)])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_is_swedish_accessible_and_without_faults(visit, path, scheme, narrow):
    """On a screen, and in the same session as narrow as a phone, for which the server draws nothing anew."""
    with visit(path, 1440, scheme) as page:
        is_as_it_should_be(page)
        if narrow:
            page.set_viewport_size({"width": narrow, "height": 900})
            page.wait_for_timeout(700)  # the menu slides away, and charts are drawn anew
            is_as_it_should_be(page)
        assert page.faults == []
        assert page.abroad == []


def is_as_it_should_be(page):
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CUT_OFF) == []
    assert page.locator("[data-testid='stAlertContentError']").count() == 0
    assert english(page) == []
    found = violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [768, 1920])
def test_the_first_page_fits_other_screens(visit, width):
    with visit("", width, "dark") as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT_OFF) == []


LABELS = """() => ["aria-label", "aria-roledescription", "title", "placeholder", "alt"].flatMap(
    name => [...document.querySelectorAll(`[${name}]`)].filter(e => e.checkVisibility()).map(e => e.getAttribute(name)))
"""
TOOLS = r"\b(?:Running|Stop|Deploy|Choose|Download|Fullscreen|Error|Upload|Drag|Browse|Press|Sidebar|Copy|Remove)\b"
"""Streamlit's own words; sources of assumptions may have other English words in their titles."""
READ_OUT = TOOLS[:-3] + r"|sidebar|Open|Close|Link|Clear|Select|axis|legend|visualization|mark|file|pages|the)\b"


def english(page):
    """Return Streamlit's words on the page and in what a screen reader says, once its language is Swedish."""
    page.wait_for_function("document.documentElement.lang === 'sv'", polling=LOOK)
    written, read_out = page.locator("body").inner_text(), "\n".join(page.evaluate(LABELS))
    return re.findall(TOOLS, written) + re.findall(READ_OUT, read_out)


def violations(page):
    """Return the serious and critical findings of axe as lines: rule, what, where."""
    from axe_playwright_python.sync_playwright import Axe

    # What passes need not be told node by node: for a table of thousands of cells that takes half a minute.
    options = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]}
    told = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:160]}"
        for rule in told
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def test_charts_are_drawn_with_swedish_numbers_and_words_beside_them(visit):
    with visit("jamfor") as page:
        lines = page.locator(".vega-embed").first
        lines.locator("svg").wait_for(timeout=60_000)
        labels = lines.locator("svg text").all_text_contents()
        assert any(re.fullmatch(r"\d{2}\u00a0\d{3}", label) for label in labels)
        assert {"2024", "2030", "Nuläge", "Kontinuitet"} <= set(labels)
        assert page.locator("[aria-label^='Akutbesök per år']").count() >= 1


def test_dark_and_light_differ_in_the_charts_too(visit):
    colours = set()
    for scheme in ("light", "dark"):
        with visit("jamfor", scheme=scheme) as page:
            text = page.locator(".vega-embed svg .role-axis-label text").first
            text.wait_for(timeout=60_000)
            colours.add(text.get_attribute("fill"))
    assert len(colours) == 2


HOSTILE = ("s=../../etc/passwd", "s=%00%01", "s=<script>alert(1)</script>", "x=1&s=" + "A" * 5000)


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_address_gives_a_message_and_no_traceback(visit, query):
    with visit(f"verkstad?{query}") as page:
        page.get_by_text(re.compile("länken|Länken")).first.wait_for()
        assert "Traceback" not in page.locator("body").inner_text()
        assert page.faults == []


def test_the_file_chooser_is_in_swedish(visit):
    with visit("verkstad") as page:
        page.get_by_role("button", name="Öppna", exact=True).first.click()
        page.get_by_test_id("stFileUploaderDropzone").get_by_role("button", name="Välj fil").last.wait_for()
        assert page.get_by_text("per file").is_hidden()


def test_an_address_that_is_no_page_is_answered_in_swedish(visit):
    with visit("finns-inte") as page:
        page.get_by_text("Översikten visas i stället").wait_for()
        assert english(page) == []


def test_a_server_that_is_gone_is_told_in_swedish(visit, lonely):
    with visit(lonely.address) as page:
        lonely.process.kill()
        page.get_by_text("Ingen anslutning").wait_for()
        page.get_by_text(re.compile("svarar inte")).wait_for()
        assert english(page) == []
