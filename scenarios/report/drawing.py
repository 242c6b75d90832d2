"""Draws pictures in a process of its own: a request on standard input, pictures on standard output, both as JSON.

vl-convert holds Python's global lock while it draws and keeps its memory; in the app's own process every open
page would stand still. This file is run as a script and imports nothing of the project, so that it starts at
once. Nothing is fetched: a specification with an address is refused and pictures within pictures are taken out.
"""

from __future__ import annotations

import base64
import json
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import vl_convert

VERSION = "6.4"
"""Vega-Lite of the specifications."""

CHART_WIDTH = 900
"""Pixels of a chart that fills its place."""

SCALE = 2
"""Pixels of the PNG for each of the SVG."""

SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_FONT = "'Source Sans', 'Source Sans Pro', 'Segoe UI', Arial, 'Liberation Sans', sans-serif"
_MARGIN = 24
_PIXELS_A_CHARACTER = 0.52
"""Mean width of a character as a share of the font's size; generous, so that lines are never cut."""
_STYLES = {"title": (20, "#1f2a33", "600"), "unit": (14, "#55626c", "400"), "note": (12, "#55626c", "400"),
           "source": (12, "#55626c", "400")}  # fmt: skip

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def drawn(spec: Mapping[str, Any], words: Mapping[str, str], png: bool) -> tuple[str, bytes]:
    """Return a chart as SVG, with its words around it, and as PNG if asked for (else nothing).

    `words`: title and unit stand above, note and source below, alt is the accessible name. Raises ValueError when
    the specification cannot be drawn or asks for something from outside.
    """
    svg = vl_convert.vegalite_to_svg(_sized(spec), vl_version=VERSION, allowed_base_urls=[])
    framed = frame(svg, words)
    return framed, vl_convert.svg_to_png(framed, scale=SCALE) if png else b""


def _sized(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a specification of its own width; beside others, a view gets its share."""
    sized = dict(spec)
    if sized.get("width") == "container":
        sized["width"] = CHART_WIDTH
    for name in ("vconcat", "hconcat", "concat"):
        sized |= {name: [_sized(part) for part in sized[name]]} if name in sized else {}
    return sized


def frame(svg: str, words: Mapping[str, str]) -> str:
    """Return a picture on white with title and unit above it, note and source below, and its accessible name."""
    chart = ElementTree.fromstring(svg)
    _without_pictures(chart)
    width, height = (float(chart.get(side, "0").removesuffix("px")) for side in ("width", "height"))
    total = width + 2 * _MARGIN
    whole = ElementTree.Element(f"{{{SVG}}}svg", {"role": "img", "aria-label": words.get("alt", "")})
    ElementTree.SubElement(whole, f"{{{SVG}}}title").text = words.get("title", "")
    ElementTree.SubElement(whole, f"{{{SVG}}}desc").text = words.get("alt", "")
    ground = ElementTree.SubElement(whole, f"{{{SVG}}}rect", {"fill": "#ffffff", "width": f"{total:g}"})
    y = _written(whole, words, ("title", "unit"), _MARGIN, width)
    chart.set("x", str(_MARGIN))
    chart.set("y", f"{y:g}")
    whole.append(chart)
    y = _written(whole, words, ("note", "source"), y + height + 12, width) + _MARGIN / 2
    ground.set("height", f"{y:g}")
    whole.attrib |= {"width": f"{total:g}", "height": f"{y:g}", "viewBox": f"0 0 {total:g} {y:g}"}
    return ElementTree.tostring(whole, encoding="unicode")


def _written(whole: ElementTree.Element, words: Mapping[str, str], names: Sequence[str], y: float, w: float) -> float:
    """Write texts below each other from `y` on, in lines that fit, and return where they end."""
    for name in names:
        size, colour, weight = _STYLES[name]
        for line in textwrap.wrap(words.get(name, ""), max(20, int(w / (size * _PIXELS_A_CHARACTER)))):
            y += size * 1.3
            look = {"x": str(_MARGIN), "y": f"{y - size * 0.3:g}", "fill": colour, "font-size": f"{size}px"}
            look |= {"font-weight": weight, "font-family": _FONT}
            ElementTree.SubElement(whole, f"{{{SVG}}}text", look).text = line
        y += 6 if words.get(name) else 0
    return y


def _without_pictures(chart: ElementTree.Element) -> None:
    """Take out what would be fetched when the SVG is drawn or opened: images and links."""
    for parent in list(chart.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}image":
                parent.remove(child)
        for name in ("href", _LINK):
            if not parent.get(name, "#").startswith("#"):
                del parent.attrib[name]


def main() -> int:
    """Read {"png": bool, "charts": [[spec, words], ...]} and write [{"svg": text, "png": base64}, ...]."""
    order = json.loads(sys.stdin.buffer.read())
    made = [drawn(spec, words, order["png"]) for spec, words in order["charts"]]
    pictures = [{"svg": svg, "png": base64.b64encode(png).decode()} for svg, png in made]
    sys.stdout.buffer.write(json.dumps(pictures).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
