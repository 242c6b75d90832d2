"""Pictures, drawn by the real library in its own process."""

import http.server
import threading
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from report_examples import made, spec

from scenarios.report import picture
from scenarios.report.drawing import SVG, frame

SMALL = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100" viewBox="0 0 400 100">{}</svg>'
WORDS = {"title": "Rubrik", "unit": "Enhet", "note": "Anmärkning", "source": "Källa", "alt": "Vad den visar"}


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{{{SVG}}}text")]


def size_of(png):
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_a_picture_is_white_twice_its_size_and_has_its_words_in_it(exhibits, origin):
    found, none = picture.draw(exhibits, origin)
    assert none is None
    assert found.png.startswith(b"\x89PNG")
    root = ElementTree.fromstring(found.svg)
    assert size_of(found.png)[0] == 2 * float(root.get("width"))
    assert root.get("aria-label") == exhibits[0].alt
    assert next(root.iter(f"{{{SVG}}}rect")).get("fill") == "#ffffff"
    written = "\n".join(filter(None, texts(found.svg)))
    for part in ("Akutbesök", "Besök", "Axeln börjar inte vid noll.", "0.1.0+abc", "frö 7", "Kontinuitet"):
        assert part in written
    assert picture.draw(exhibits, origin)[0] == found


def test_one_exhibit_is_drawn_alone_and_a_table_not_at_all(exhibits, origin):
    assert b"Akutbes" in picture.svg(exhibits[0], origin)
    with pytest.raises(ValueError, match="has no chart"):
        picture.png(exhibits[1], origin)


def test_it_is_the_light_theme_that_is_drawn(origin):
    asked = []

    def draw(dark):
        asked.append(dark)
        return spec(dark)

    picture.svg(made(draw=draw), origin)
    assert asked == [False]


@pytest.fixture
def server():
    """A server of this machine that writes down what it is asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}", asked
    found.shutdown()
    thread.join()
    found.server_close()


def test_figures_are_not_fetched(server, origin):
    address, asked = server
    remote = {**spec(False), "data": {"url": f"{address}/figures.json"}}
    with pytest.raises(picture.PictureError, match="not allowed"):
        picture.png(made(draw=lambda _: remote), origin)
    assert asked == []


def test_pictures_in_a_picture_are_not_fetched(server, origin):
    address, asked = server
    images = {
        "data": {"values": [{"url": f"{address}/x.png"}]},
        "mark": {"type": "image", "width": 9, "height": 9},
        "encoding": {"url": {"field": "url"}, "x": {"value": 5}},
    }
    (found,) = picture.draw([made(draw=lambda _: images)], origin)
    assert asked == []
    assert address not in found.svg


def test_a_specification_that_cannot_be_drawn_is_told(origin):
    with pytest.raises(picture.PictureError):
        picture.svg(made(draw=lambda _: {"mark": "nothing"}), origin)


def test_drawing_that_takes_too_long_is_given_up(exhibits, origin, monkeypatch):
    monkeypatch.setattr(picture, "LONGEST_SECONDS", 0.01)
    with pytest.raises(picture.PictureError, match="timed out"):
        picture.draw(exhibits, origin)


def test_markup_in_words_is_text():
    svg = frame(SMALL.format(""), {**WORDS, "title": "<script>alert(1)</script>", "note": "a & b"})
    assert "<script>" not in svg
    assert "<script>alert(1)</script>" in texts(svg)
    assert "a & b" in texts(svg)


def test_long_words_are_parted_into_lines_and_the_picture_grows():
    short, long = (frame(SMALL.format(""), {**WORDS, "note": "ord " * count}) for count in (3, 120))
    heights = [float(ElementTree.fromstring(svg).get("height")) for svg in (short, long)]
    assert heights[1] > heights[0] + 50
    assert max(map(len, texts(long))) <= 70


def test_links_out_of_a_picture_are_taken_away():
    svg = frame(SMALL.format('<a href="http://x.se/"><use href="#a"/></a><image href="http://x.se/y.png"/>'), WORDS)
    assert "x.se" not in svg
    assert 'href="#a"' in svg


def test_the_same_name_in_two_exhibits_does_not_mix_them(exhibits, origin):
    other = replace(exhibits[0], title="Något annat")
    first, second = picture.draw([exhibits[0], other], origin, png=False)
    assert "Något annat" in second.svg
    assert "Något annat" not in first.svg
    assert first.png == b""
