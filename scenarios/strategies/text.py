"""A strategy as the text of a file, in the form of the library's files.

Written by hand rather than by a YAML library, since the reader (`strict_yaml`) reads scalars by its own rules: what
could be read as anything but the text that it is stands in quotes.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable

from scenarios.strategies.strategy import LeverSetting, Reach, Strategy

FILE_WIDTH = 112
HEADER = "# yaml-language-server: $schema=../strategy.schema.json"
_WORDS = re.compile(r"[A-Za-zÅÄÖåäöÉé][\w åäöÅÄÖé,.?!()%+–-]*")
_NAME = re.compile(r"[A-Za-zÅÄÖåäöÉé][\w åäöÅÄÖé-]*")
_MEANT_OTHERWISE = frozenset({"true", "false", "null"})


def strategy_text(strategy: Strategy) -> str:
    """Return the YAML of a strategy; reading it gives an equal strategy."""
    lines = [HEADER, f"name: {strategy.name}"]
    for key in ("label_sv", "question_sv"):
        lines.append(f"{key}: {_scalar(getattr(strategy, key), _WORDS)}")
    for key in ("description_sv", "rationale"):
        lines += _text(key, getattr(strategy, key))
    if strategy.budget_msek_per_year is not None:
        lines.append(f"budget_msek_per_year: {_number(strategy.budget_msek_per_year)}")
    if strategy.groups is not None:
        lines += _groups(strategy.groups)
    lines += ["levers:" if strategy.levers else "levers: []"]
    for setting in strategy.levers:
        lines += _setting(setting)
    return "\n".join(lines) + "\n"


def _scalar(text: str, plain: re.Pattern[str]) -> str:
    """Return a text bare where nothing else can be meant, else as a quoted scalar with JSON's escapes."""
    bare = plain.fullmatch(text) and not text.endswith(" ") and text.lower() not in _MEANT_OTHERWISE
    return text if bare else json.dumps(text, ensure_ascii=False)


def _text(key: str, text: str) -> list[str]:
    """Return a longer text folded over lines, or quoted where folding would change its white space."""
    if "\n" in text or "  " in text or text != text.strip():
        return [f"{key}: {json.dumps(text, ensure_ascii=False)}"]
    folded = textwrap.wrap(text, FILE_WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"{key}: >-", *(f"  {line}" for line in folded)]


def _groups(groups: dict[str, tuple[str, ...]]) -> list[str]:
    lines = ["groups:" if groups else "groups: {}"]
    return lines + [f"  {_scalar(name, _NAME)}: {_list(levers)}" for name, levers in groups.items()]


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(_scalar(name, _NAME) for name in names)}]"


def _setting(setting: LeverSetting) -> list[str]:
    lines = [f"  - lever: {setting.lever}", f"    value: {_number(setting.value)}", f"    start: {setting.start}"]
    if setting.full_effect is not None:
        lines.append(f"    full_effect: {setting.full_effect}")
    if setting.reach != Reach():
        lines.append("    reach:")
        kinds = {kind: names for kind, names in setting.reach if names}
        lines += [f"      {kind}: {_list(names)}" for kind, names in kinds.items()]
    return lines


def _number(value: float) -> str:
    """Return the shortest text that reads as the same number."""
    return repr(float(value)).removesuffix(".0")
