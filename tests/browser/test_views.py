"""Every view of the pages that have several, in a real browser: nothing cut off, tables open, no serious finding."""

import pytest
from app_server import LOOK
from test_app import CUT_OFF, violations

from scenarios.pages import capacity, economy

WIDTHS = (390, 1440)
WIDER = "() => [...document.querySelectorAll('.nv-figures')].filter(e => e.scrollWidth > e.clientWidth + 1).length"


def settle(page):
    """Wait until nothing is faded because it is about to be drawn anew."""
    page.wait_for_timeout(700)
    page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')", polling=LOOK)
    page.wait_for_timeout(300)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "views"), [("bemanning", capacity.CAPACITY_VIEWS), ("ekonomi", economy.ECONOMY_VIEWS)]
)
def test_every_view_fits_and_is_accessible(visit, path, views, scheme):
    """Every other view in light and the others in dark, each as narrow as a phone and as wide as a screen."""
    with visit(path, WIDTHS[-1], scheme) as page:
        for view in list(views)[scheme == "dark" :: 2]:
            page.get_by_role("radio", name=view, exact=True).first.click()
            page.get_by_role("radio", name=view, exact=True, checked=True).first.wait_for()
            settle(page)
            for drawer in page.locator("summary").filter(has_text="Tabell").all():
                drawer.click()
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                settle(page)
                assert page.evaluate(CUT_OFF) == [], (view, width)
                assert page.evaluate(WIDER) == 0, (view, width)
                found = violations(page)
                assert not found, "\n".join([view, str(width), *found])
        assert page.faults == []
