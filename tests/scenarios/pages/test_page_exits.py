"""Every way in which a page says something: what came from outside is read there as it stands."""

import ast
import base64
import json
import zlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scenarios.pages import drafting
from scenarios.strategies.draft import Draft, History
from scenarios.strategies.library import library
from scenarios.strategies.scenario import read_strategy
from scenarios.strategies.upload import UploadError, read_upload
from scenarios.text.exits import literal

PAGES = Path(drafting.__file__).parent
SAYS_MARKDOWN = {
    "badge", "button", "caption", "checkbox", "download_button", "error", "expander", "file_uploader", "header", "info",
    "markdown", "metric", "popover", "progress", "radio", "segmented_control", "pills", "select_slider", "selectbox",
    "spinner", "status", "subheader", "success", "tabs", "text_area", "text_input", "title", "toast", "toggle",
    "warning", "write", "form_submit_button", "multiselect", "link_button", "page_link", "number_input", "date_input",
}  # fmt: skip
"""Calls of Streamlit whose first argument, `help` and `text` are Markdown."""
OPTIONS_ARE_MARKDOWN = {"radio", "segmented_control", "pills", "select_slider"}
"""Those that show their options, and captions, as Markdown too."""
OURS = {
    "literal", "bullets", "numbered", "problems", "number", "counted", "len", "uncertainty", "grades_sv",
    "packaged_text", "reading", "paragraph", "progress_text", "counts_sv", "chance_of_what", "_counted", "_told",
    "command",
}  # fmt: skip
"""Functions that give Markdown of our own, or numbers: what came from outside has passed `literal` in them."""


OUR_NAMES = {"literal", "label", "label_sv", "last_year", "replications", "wanted"}
"""What a page's own functions call what they are given to say, labels of levers, and numbers of an answer."""


def is_ours(node: ast.expr) -> bool:  # noqa: PLR0911 - one a kind of expression
    """Tell whether an expression is our own text, or has passed the gate."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper() or name in OUR_NAMES
        case ast.Subscript(value=ast.Name(id=name)):
            return name.isupper()
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in OURS:
            return True
        case ast.Call(func=ast.Attribute(value=inner, attr="join" | "format"), args=parts):
            return is_ours(inner) and all(map(is_ours, parts))
        case ast.JoinedStr(values=parts):
            return all(map(is_ours, parts))
        case ast.FormattedValue(value=inner):
            return is_ours(inner)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return is_ours(one) and is_ours(other)
        case ast.ListComp(elt=inner) | ast.GeneratorExp(elt=inner) | ast.Starred(value=inner) | ast.Lambda(body=inner):
            return is_ours(inner)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return all(map(is_ours, parts))
    return False


def exits():
    for file in sorted(PAGES.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAYS_MARKDOWN:
                named = {keyword.arg: keyword.value for keyword in node.keywords}
                first = node.args[:1] if node.func.attr != "progress" else []
                said = [*first, *(named[key] for key in ("help", "text", "label", "captions") if key in named)]
                if node.func.attr in OPTIONS_ARE_MARKDOWN:
                    said.append(named.get("format_func", ast.Constant("")))
                for text in said:
                    yield f"{file.name}:{node.lineno} {ast.unparse(text)}", text


def test_every_text_of_a_page_is_ours_or_has_passed_the_gate():
    texts = dict(exits())
    assert len(texts) > 80
    assert [place for place, text in texts.items() if not is_ours(text)] == []


# --- the pages as they are drawn

HOSTILE = "[a](http://evil.example/) ![p](http://evil.example/p.png) www.evil.example <b>f</b> **g** :red[r]"
PLAIN = {
    "selectbox.options", "selectbox.raw_value", "multiselect.options", "text_input.value", "text_input.default",
    "text_area.value", "text_area.default", "vega_lite_chart.spec", "vega_lite_chart.alt",
}  # fmt: skip
"""Fields that the browser shows as they are; a chart's texts are drawn, not read as HTML."""


def fields(message, path):
    """Yield every text of a protocol message with the name of its field."""
    for field, value in message.ListFields():
        for each in value if isinstance(value, list) or hasattr(value, "append") else [value]:
            if isinstance(each, str):
                yield f"{path}.{field.name}", each
            elif hasattr(each, "ListFields"):
                yield from fields(each, f"{path}.{field.name}")


def said(node):
    """Yield every text that a page sends to the browser, with where it goes."""
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield from fields(proto, node.type)
    for child in getattr(node, "children", {}).values():
        yield from said(child)


def script(name):
    import importlib

    from test_page_exits import hostile

    from scenarios.live.course import course_of
    from scenarios.pages import frame, session

    frame.prepare()
    session.set_own("eget", hostile(), course_of(hostile()))
    session.choose(("nulage", "eget"))
    importlib.import_module(f"scenarios.pages.{name}").page()


def hostile():
    """Return a strategy whose results are there, since it does what one of the library does."""
    texts = dict.fromkeys(("label_sv", "question_sv", "description_sv", "rationale"), HOSTILE)
    return read_strategy(library()["kontinuitet"]).model_copy(update={"name": "x"} | texts)


# page, and the number of texts in which the label is to be met at the least
DRAWN = {
    "overview": 7, "workshop": 5, "comparison": 9, "municipalities": 10, "capacity": 7, "economy": 9, "board": 5,
    "follow": 2,
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
def test_a_hostile_label_is_read_as_it_stands(service, name):  # noqa: ARG001 - the service must be in place
    app = AppTest.from_function(script, default_timeout=120, args=(name,))
    app.session_state[drafting.TABLE_KEY] = drafting.Worktable(History(Draft.of(hostile())))
    app.session_state["focus_name"] = "eget"
    app.run()
    assert not app.exception
    texts = [(path, text) for path, text in said(app._tree) if "evil" in text]
    assert len(texts) >= DRAWN[name]
    for path, text in texts:
        if path not in PLAIN:
            assert literal(HOSTILE) in text or ("<b>f" not in text and path.startswith("html")), (path, text)


def test_what_is_wrong_with_a_link_is_read_as_it_stands(service):  # noqa: ARG001
    app = AppTest.from_function(workshop_script, default_timeout=60)
    lever = {"lever": HOSTILE, "value": 1}
    app.query_params["s"] = packed({"base": "nulage", "name": "x", "levers": [lever, lever | {HOSTILE: 1}]})
    app.run()
    (said_of_it,) = app.error
    assert literal(HOSTILE[:80]) in said_of_it.value
    assert "evil.example" not in said_of_it.value
    assert said_of_it.value.count("\n1. ") == 1


def workshop_script():
    from scenarios.pages import frame, workshop

    frame.prepare()
    workshop.page()


def packed(content):
    """Return a link that nobody made with the app."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(json.dumps(content).encode()) + packer.flush()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def test_the_name_of_a_file_is_read_as_it_stands():
    with pytest.raises(UploadError) as caught:
        read_upload(f"{HOSTILE}.yaml", b"a: [")
    text = drafting.problems(caught.value)
    assert literal(HOSTILE) in text
    assert "evil.example" not in text
