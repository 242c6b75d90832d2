"""Whatever the parser finds, it is told in Swedish with its line."""

import re

import pytest
import yaml
from yaml import composer, parser, reader, scanner

from scenarios.text.problems import ScenarioError
from scenarios.text.strict_yaml import parse
from scenarios.text.yaml_faults import fault_sv

SAID = r'"((?:expected|found|could|mapping|sequence|special|invalid|but) [^"]+)"'
ENGLISH = re.compile(r"\b(while|expected|found|mapping|parsing|scanning|block|allowed|characters|the)\b")


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("a: b: c", 1, "text med kolon ska stå inom citattecken"),
        ("a: 1\nb\nc: 2", 3, "ett kolon saknas"),
        ("a:\n  b: 1\n c: 2", 3, "indraget stämmer inte"),
        ("a: [1, 2\nb: 3", 2, "listan saknar komma eller ]"),
        ("a: {b: 1\nc: 2", 2, "tabellen saknar komma eller }"),
        ("a: 1\n\tb: 2", 2, "tabbtecken"),
        ('a: "öppen\n', 2, "ett citattecken avslutas inte"),
        ('a: "\\q"', 1, "omvänt snedstreck"),
        ("a: @b", 1, "tecknet '@' kan inte börja ett värde"),
        ("a: `b`", 1, "tecknet '`'"),
        ("--- 1\n--- 2", 2, "mer än ett dokument"),
        ("a: - b", 1, "listtecken"),
        ("a: |x\n  y", 1, "efter | eller >"),
        ("a: 1\nb: \x1b[31m", 2, "styrtecken"),
        ("%YAML x\n---\na: 1", 1, "%, !, & och * får inte stå så"),
    ],
)
def test_a_fault_is_told_with_its_line(content, line, said):
    with pytest.raises(ScenarioError) as refusal:
        parse(content.encode(), "min.yaml")
    (problem,) = refusal.value.problems
    assert said in problem.message
    assert problem.line == line
    assert not ENGLISH.search(problem.message)


def test_everything_the_parser_can_say_has_its_swedish():
    """Every message in the parser's own sources: what is not known is told without a word of English."""
    texts = set()
    for module in (composer, parser, reader, scanner):
        with open(module.__file__, encoding="utf-8") as source:  # noqa: PTH123
            texts |= set(
                re.findall(r'"((?:expected|found|could|mapping|sequence|special|invalid|but) [^"]+)"', source.read())
            )
    assert len(texts) > 30
    told = {text: fault_sv(yaml.MarkedYAMLError("while parsing", None, text.replace("%r", "'x'"))) for text in texts}
    assert not any(ENGLISH.search(text) for text in told.values())
    assert [text for text, swedish in told.items() if swedish == "raden går inte att tolka"] == []
