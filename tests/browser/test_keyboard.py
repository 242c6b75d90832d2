"""The keyboard alone, in a real browser: to the workshop, to a lever, to its answer, and back; focus is always seen."""

from test_journeys import READY, standing, wait_for_another

MOST_STEPS = 120
FOCUSED = """() => {
    const e = document.activeElement;
    const label = (e.getAttribute('aria-label') || e.innerText || '').trim().slice(0, 60);
    return [e.getAttribute('role') || e.type || e.tagName.toLowerCase(), label];
}"""
"""What has the focus: its role, kind or tag, and the beginning of its label."""
AROUND = 6
"""Pixels beyond what has the focus in which its mark may be."""
LOOKS = 4


def focus_is_seen(page):
    """Tell whether what has the focus is on the screen and looks otherwise than without it.

    An answer that comes meanwhile moves the page, or draws what has the focus anew: so it is looked at again, soon.
    """
    for _ in range(LOOKS):
        if _is_seen_now(page):
            return True
        page.wait_for_timeout(1000)
    return False


def _is_seen_now(page):
    focused = page.evaluate_handle("document.activeElement").as_element()
    box, screen = focused.bounding_box(), page.viewport_size
    if box is None or box["y"] < 0 or box["y"] + box["height"] > screen["height"]:
        return False
    corner = {"x": max(0, box["x"] - AROUND), "y": max(0, box["y"] - AROUND)}
    clip = {**corner, "width": box["width"] + 2 * AROUND, "height": box["height"] + 2 * AROUND}
    pictures = []
    for change in ("e => null", "e => e.blur()"):
        focused.evaluate(change)
        page.wait_for_timeout(400)
        pictures.append(page.screenshot(clip=clip))
    focused.evaluate("e => e.focus({focusVisible: true})")
    return pictures[0] != pictures[1]


def walk(page, wanted):
    """Press Tab until what has the focus is wanted; return what had it on the way."""
    passed = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if wanted(*passed[-1]):
            return passed
    raise AssertionError(f"not reached: {passed}")


def test_from_the_first_page_to_an_answer_and_back_with_the_keyboard_alone(visit):
    with visit("") as page:
        walk(page, lambda role, label: role == "a" and "verkstad" in label.lower())
        assert focus_is_seen(page)
        page.keyboard.press("Enter")
        page.wait_for_url("**/verkstad")
        page.get_by_role("slider").first.wait_for(timeout=60_000)
        first = standing(page)
        walk(page, lambda role, _: role in ("slider", "range"))
        walk(page, lambda role, _: role in ("slider", "range"))
        assert focus_is_seen(page)
        page.keyboard.press("ArrowRight")
        moved = wait_for_another(page, first)
        walk(page, lambda _, label: label.startswith("Ångra"))
        assert focus_is_seen(page)
        page.keyboard.press("Enter")
        wait_for_another(page, moved)
        page.get_by_text("Ingen spak är ändrad").wait_for(timeout=READY)
        # There is nothing more to undo: the button is off, and the next step goes on from where it is.
        assert walk(page, lambda *_: True)[0][1].startswith("Gör om")
        assert page.faults == []
