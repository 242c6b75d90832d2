"""What every page must be once it is drawn."""

import re


def whole(page, text_of):
    """Return the text of a page without faults and without figures that are none."""
    assert not page.exception
    assert not page.error
    text = text_of(page)
    assert "nan" not in re.findall(r"\b\w+\b", text.lower())
    return text


def see(page, view):
    """Choose one of the views of a page that draws them one at a time."""
    next(group for group in page.button_group if group.key.endswith("-view")).set_value(view).run()
    return page
