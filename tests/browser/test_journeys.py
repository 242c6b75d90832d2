"""What users come for, from end to end in a real browser with the real simulator, at both widths."""

import re

import pytest
from app_server import LOOK

pytestmark = pytest.mark.parametrize("width", [1440, 390])

READY = 240_000
"""Milliseconds within which a simulator that must first be compiled has answered."""
ANSWER = """() => {
    const fresh = [...document.querySelectorAll('[data-answer]')].filter(e => !e.closest('[data-stale="true"]'));
    return fresh.length ? fresh.at(-1).dataset.answer : '';
}"""


def answer(page):
    return page.evaluate(ANSWER)


def standing(page):
    """Return the answer on the screen, once it is not just being drawn over."""
    page.wait_for_function(f"() => ({ANSWER})()", timeout=READY, polling=LOOK)
    return answer(page)


def press(page, slider, key, times=1):
    slider.focus()
    for _ in range(times):
        page.keyboard.press(key)


def wait_for_another(page, before):
    key = before.split(":")[0]
    page.wait_for_function(
        f"() => {{ const told = ({ANSWER})(); return told && !told.startsWith('{key}:'); }}",
        timeout=READY,
        polling=LOOK,
    )
    return answer(page)


def test_open_and_read(visit, width):
    with visit("", width) as page:
        page.get_by_role("heading", name="Nära vård 2030").wait_for()
        cards = page.locator(".nv-card")
        assert cards.count() == 5
        assert all("Sannolikhet" in text for text in cards.all_inner_texts())
        text = page.locator("body").inner_text()
        assert "Det som begränsar mest är" in text
        assert "säkra över 20 replikationer" in text
        page.locator(".vega-embed svg").first.wait_for(timeout=60_000)


def test_move_three_levers_see_the_paired_answer_and_undo(visit, width):
    with visit("verkstad", width) as page:
        sliders = page.get_by_role("slider")
        sliders.first.wait_for(timeout=60_000)
        first = standing(page)
        told = first
        for place, key in ((1, "ArrowRight"), (2, "ArrowLeft"), (4, "ArrowRight")):
            press(page, sliders.nth(place), key)
            told = wait_for_another(page, told)
        assert int(told.split(":")[1]) >= 1
        page.get_by_text(re.compile(r"Rekrytering av läkare: ")).first.wait_for()
        page.wait_for_function(f"() => Number(({ANSWER})().split(':')[1]) >= 2", timeout=READY, polling=LOOK)
        assert (
            "säker skillnad" in page.locator(".nv-figures").first.inner_text()
            or "bättre" in page.locator(".nv-figures").first.inner_text()
        )
        for _ in range(3):
            before = standing(page)
            page.get_by_role("button", name="Ångra").click()
            wait_for_another(page, before)
        page.wait_for_function(f"() => ({ANSWER})().startsWith('{first.split(':')[0]}:')", timeout=READY, polling=LOOK)
        assert page.faults == []


def test_save_share_the_link_and_open_it_in_a_new_session(visit, width):
    with visit("verkstad", width) as page:
        before = standing(page)
        press(page, page.get_by_role("slider").nth(1), "ArrowRight", 2)
        wait_for_another(page, before)
        page.get_by_role("button", name="Spara och dela").click()
        page.get_by_label("Namn", exact=True).fill(f"Resa {width}")
        page.get_by_label(re.compile("Motivering")).fill("För att se om det räcker.")
        page.get_by_role("button", name="Spara", exact=True).click()
        page.get_by_text(f"Sparat som Resa {width}").wait_for(timeout=60_000)
        link = page.locator("code", has_text="?s=").first.inner_text()
    with visit(link, width) as page:
        page.get_by_role("heading", name=f"Resa {width}").wait_for(timeout=60_000)
        page.get_by_text(re.compile(r"Rekrytering av läkare: ")).first.wait_for()


def test_compare_three_and_download(visit, width):
    with visit("jamfor", width) as page:
        page.get_by_role("button", name="Välj scenarier").click()
        page.get_by_text("Mycket till få", exact=True).click()
        page.keyboard.press("Escape")
        page.get_by_role("group", name="Scenarier som visas").get_by_text("Mycket till få").wait_for(timeout=60_000)
        page.get_by_text("Tabell och nedladdning").first.click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Ladda ner tabellen (CSV)").first.click()
        assert download.value.path().read_bytes().startswith("\ufeffÅr".encode())
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("button", name="Ladda ner bilden (PNG)").first.click()
        assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_follow_clara(visit, width):
    with visit("folj-clara", width) as page:
        page.locator(".nv-portrait").wait_for(timeout=READY)
        page.locator(".vega-embed svg").first.wait_for(timeout=60_000)
        page.get_by_text("Personen är simulerad och finns inte").first.wait_for(timeout=60_000)
        page.get_by_role("heading", name="Var vägarna skiljs").wait_for(timeout=60_000)
        first = page.locator(".nv-portrait").inner_text()
        page.get_by_role("button", name="Nästa person").click()
        page.get_by_text("Person 2 av").wait_for(timeout=READY)
        assert page.locator(".nv-portrait").inner_text() != first
        assert page.faults == []
