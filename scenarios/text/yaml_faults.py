"""What a YAML parser finds wrong, in Swedish: what is to be changed, not what the parser was doing."""

from __future__ import annotations

import re

import yaml

_SAID = (
    (r"could not find expected ':'", "ett kolon saknas efter nyckeln"),
    (r"mapping values are not allowed", "ett kolon på fel plats; text med kolon ska stå inom citattecken"),
    (r"mapping keys are not allowed", "ett frågetecken på fel plats; sätt citattecken om texten"),
    (r"sequence entries are not allowed", "ett listtecken (-) på fel plats"),
    (r"expected <block end>|invalid indentation", "indraget stämmer inte med raderna ovanför"),
    (r"expected ',' or '\]'", "listan saknar komma eller ]"),
    (r"expected ',' or '\}'", "tabellen saknar komma eller }}"),
    (r"found character '\\t'", "tabbtecken i indraget; använd mellanslag"),
    (r"found character (?P<sign>'.+?') that cannot", "tecknet {sign} kan inte börja ett värde; sätt citattecken om"),
    (r"unexpected end of stream", "ett citattecken avslutas inte"),
    (r"escape", "tecknet efter ett omvänt snedstreck går inte att tolka"),
    (r"another document|single document|document start|document separator", "filen har mer än ett dokument (---)"),
    (r"node content", "ett värde saknas"),
    (r"chomping|indentation indicator|comment or a line break", "tecknen efter | eller > går inte att tolka"),
    (r"special characters are not allowed", "filen har styrtecken"),
    (r"duplicate key", "en nyckel finns två gånger"),
    (r"directive|duplicate|document|digit|tag|alias|anchor|alphabetic|URI|'[!> ]'", "%, !, & och * får inte stå så"),
)  # fmt: skip


def fault_sv(error: yaml.YAMLError) -> str:
    """Return in Swedish what is wrong."""
    told = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    for pattern, text in _SAID:
        if match := re.search(pattern, told):
            return text.format(**match.groupdict())
    return "raden går inte att tolka"


def line_of(error: yaml.YAMLError, text: str) -> int | None:
    """Return the line (from 1) on which it is, None where the parser does not say."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", None)
    return None if position is None else text.count("\n", 0, position) + 1
