"""The keyboard alone, in a real browser: to the workshop, to a lever, to its answer, and back; focus is always seen."""

from test_journeys import READY, standing, wait_for_another

MOST_STEPS = 120
FOCUSED = """() => {
    const e = document.activeElement;
    const label = e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.innerText || '';
    return `${e.getAttribute('role') || e.tagName.toLowerCase()}|${label.trim()}`;
}"""
IS_SEEN = """() => {
    let e = document.activeElement;
    const box = e.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) return false;
    for (let up = 0; e && up < 4; up += 1, e = e.parentElement) {
        for (const part of [null, '::before', '::after']) {
            const style = getComputedStyle(e, part);
            if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) return true;
            if (style.boxShadow !== 'none') return true;
        }
    }
    return false;
}"""
"""Whether what has the focus is on the screen and has an outline or a shadow, itself or what is drawn around it."""


def walk(page, wanted, key="Tab"):
    """Press a key until what has the focus is wanted; return what had it on the way."""
    passed = []
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        passed.append(page.evaluate(FOCUSED))
        if wanted(*passed[-1].split("|", 1)):
            return passed
    raise AssertionError(f"not reached with {key}: {passed}")


def test_from_the_first_page_to_an_answer_and_back_with_the_keyboard_alone(visit):
    with visit("") as page:
        walk(page, lambda role, label: role == "a" and "verkstad" in label.lower())
        assert page.evaluate(IS_SEEN)
        page.keyboard.press("Enter")
        page.wait_for_url("**/verkstad")
        page.get_by_role("slider").first.wait_for(timeout=60_000)
        first = standing(page)
        walk(page, lambda role, _: role == "slider")
        walk(page, lambda role, _: role == "slider")
        assert page.evaluate(IS_SEEN)
        page.keyboard.press("ArrowRight")
        moved = wait_for_another(page, first)
        walk(page, lambda role, label: role == "button" and label.startswith("Ångra"), "Shift+Tab")
        assert page.evaluate(IS_SEEN)
        page.keyboard.press("Enter")
        back = wait_for_another(page, moved)
        assert back.split(":")[0] == first.split(":")[0]
        page.wait_for_function("() => document.activeElement !== document.body", timeout=READY)
        assert page.faults == []
