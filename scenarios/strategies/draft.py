"""A draft: a strategy that is being made, what it was made from, and the steps back and forth.

A draft is never wrong: every operation checks the whole strategy as a file is checked, and refuses what a file may
not say. So whatever is on the screen can be run, saved and shared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from scenarios.levers.registry import LEVERS
from scenarios.places.places import Places
from scenarios.strategies.defaults import BASE_SEED, FULL_REPLICATIONS
from scenarios.strategies.differences import Difference, differences
from scenarios.strategies.library import BASELINE, library, shadowed
from scenarios.strategies.period import FIRST_START, LAST_DAY
from scenarios.strategies.scenario import check_strategy
from scenarios.strategies.strategy import LeverSetting, Strategy
from scenarios.strategies.text import strategy_text
from scenarios.text.outside import composed
from scenarios.text.strict_yaml import Document

LONGEST_NAME = 64
OWN_LABEL = "Eget scenario"
NO_QUESTION = "Ingen fråga angiven."
NO_DESCRIPTION = "Ingen beskrivning angiven."
NO_RATIONALE = "Ingen motivering angiven."
STEPS = 100
"""Drafts that a history keeps behind the present one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A strategy that is being made, and the name of the one (library or saved) from which it was begun."""

    strategy: Strategy
    base: str = BASELINE

    @classmethod
    def of(cls, strategy: Strategy) -> Draft:
        """Begin from a strategy as it is."""
        return cls(strategy, strategy.name)

    @property
    def name(self) -> str:
        """Name of the strategy."""
        return self.strategy.name

    def settings(self, lever: str) -> tuple[LeverSetting, ...]:
        """Return how a lever is set: nothing, once, or several times for different reaches."""
        return tuple(setting for setting in self.strategy.levers if setting.lever == lever)

    def value(self, lever: str, which: int = 0) -> float:
        """Return a lever's value, neutral when it is not set; raises KeyError for an unknown lever."""
        settings = self.settings(lever)
        return settings[which].value if which < len(settings) else float(LEVERS[lever].neutral)

    def with_value(self, lever: str, value: float, which: int = 0) -> Draft:
        """Return a draft in which a lever has a value.

        `which` counts the settings of a lever that is set for several reaches. A setting that comes to neutral is
        taken away, unless it has a start or a reach of its own. Raises ScenarioError as a file with it would.
        """
        if lever in LEVERS and value == LEVERS[lever].neutral and self._is_plain(lever, which):
            return self.without(lever, which)
        return self._set(lever, which, {"value": value})

    def with_start(self, lever: str, start: date, which: int = 0) -> Draft:
        """Return a draft in which a lever begins to act on a date; the time to full effect stays as long as it was.

        Raises ScenarioError for a date that strategies may not have.
        """
        settings = self.settings(lever)
        full = _moved(settings[which], start) if which < len(settings) else None
        return self._set(lever, which, {"start": start, "full_effect": full})

    def with_reach(self, lever: str, reach: Mapping[str, tuple[str, ...]], which: int = 0) -> Draft:
        """Return a draft in which a lever acts where `reach` says (keys as in a file; none is everywhere).

        Raises ScenarioError when the lever cannot be limited so, or is already set for some of it.
        """
        return self._set(lever, which, {"reach": {kind: tuple(names) for kind, names in reach.items() if names}})

    def without(self, lever: str, which: int | None = None) -> Draft:
        """Return a draft without a lever, or without one of its settings."""
        mine = [n for n, setting in enumerate(self.strategy.levers) if setting.lever == lever]
        gone = set(mine if which is None else mine[which : which + 1])
        return self._with_levers([s.content() for n, s in enumerate(self.strategy.levers) if n not in gone])

    def with_budget(self, msek_per_year: float | None) -> Draft:
        """Return a draft with a budget in millions of SEK a year, or without one; raises ScenarioError."""
        return self._edited({"budget_msek_per_year": msek_per_year})

    def with_texts(
        self, label: str | None = None, question: str | None = None, description: str | None = None,
        rationale: str | None = None,
    ) -> Draft:  # fmt: skip
        """Return a draft with other texts; None leaves one as it is, and an empty one says that nothing was given.

        Texts may come from a word processor: odd spaces become plain ones, and what cannot be printed goes. A new
        label gives a new name. Raises ScenarioError for a text that is too long.
        """
        texts: dict[str, Any] = {}
        if label is not None and (named := tidy(label).replace("\n", " ") or OWN_LABEL) != self.strategy.label_sv:
            texts |= {"label_sv": named, "name": name_of(named)}
        for field, text, empty in (
            ("question_sv", question, NO_QUESTION),
            ("description_sv", description, NO_DESCRIPTION),
            ("rationale", rationale, NO_RATIONALE),
        ):
            if text is not None:
                texts[field] = tidy(text) or empty
        return self._checked(self.strategy.content() | texts)

    def changed(self, base: Strategy | None = None) -> tuple[Difference, ...]:
        """Return how the levers differ from those of `base`, by default from today's course, in their order."""
        return differences(() if base is None else base.levers, self.strategy.levers)

    def document(self) -> str:
        """Return the text of a YAML file that `naravard run` takes; reading it gives the same strategy."""
        return strategy_text(self.strategy)

    @property
    def file_name(self) -> str:
        """What the file is called when it is downloaded."""
        return f"{self.name}.yaml"

    def unshadowed(self) -> Draft:
        """Return a draft that is not taken for one of the library's: under a name of its own where it has changed."""
        return self._renamed() if shadowed(self.strategy) else self

    def command(self) -> str:
        """Return the command that runs the downloaded file beside today's course."""
        return f"naravard run {BASELINE} {self.file_name} --replications {FULL_REPLICATIONS} --seed {BASE_SEED}"

    def check(self, region: Places) -> None:
        """Check the names of places too; raises ScenarioError."""
        check_strategy(Document(self.name, self.strategy.content()), region)

    def _is_plain(self, lever: str, which: int) -> bool:
        settings = self.settings(lever)
        if which >= len(settings):
            return True
        mine = settings[which]
        return mine.start == FIRST_START and not any(mine.reach.kinds())

    def _set(self, lever: str, which: int, fields: Mapping[str, object]) -> Draft:
        """Change one setting of a lever, or add one at the end where it has none."""
        levers = [setting.content() for setting in self.strategy.levers]
        mine = [n for n, setting in enumerate(levers) if setting["lever"] == lever]
        if which < len(mine):
            levers[mine[which]] |= dict(fields)
        else:
            neutral = LEVERS[lever].neutral if lever in LEVERS else 0.0
            levers.append({"lever": lever, "value": float(neutral), **fields})
        return self._with_levers(levers)

    def _with_levers(self, levers: list[dict[str, Any]]) -> Draft:
        left = {setting["lever"] for setting in levers}
        groups = {
            name: kept
            for name, group in (self.strategy.groups or {}).items()
            if (kept := tuple(lever for lever in group if lever in left))
        }
        return self._edited({"levers": levers, "groups": groups or None})

    def _edited(self, fields: Mapping[str, object]) -> Draft:
        """Change what the strategy does; one of the library's then gets a name and a label of its own."""
        content = self.strategy.content() | dict(fields)
        changed = self._checked(content)
        if changed == self or self.name not in library():
            return changed
        return changed._renamed()

    def _renamed(self) -> Draft:
        own = OWN_LABEL if self.name == BASELINE else f"{self.strategy.label_sv}, ändrad"
        return self._checked(self.strategy.content() | {"label_sv": own, "name": name_of(own)})

    def _checked(self, content: Mapping[str, object]) -> Draft:
        return replace(self, strategy=check_strategy(Document(self.name, content)))


def _moved(setting: LeverSetting, start: date) -> date | None:
    """Return the full effect of a setting that begins on another date: as long after it as before."""
    before, full = setting.start, setting.full_effect
    if full is None or not FIRST_START <= start <= LAST_DAY:
        return None
    if all((day.month, day.day) == (1, 1) for day in (before, full, start)):
        return min(date(start.year + full.year - before.year, 1, 1), LAST_DAY)
    return min(start + (full - before), LAST_DAY)


def tidy(text: str) -> str:
    """Return a text with plain spaces and line ends and nothing that cannot be printed."""
    plain = composed(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    spaced = (" " if unicodedata.category(c) == "Zs" else c for c in plain)
    return "".join(c for c in spaced if c == "\n" or c.isprintable()).strip()


def name_of(label: str) -> str:
    """Return the name of a strategy with this label: a-z, digits and hyphens, never one of the library's."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not name or not name[0].isalpha():
        name = f"scenario-{name or sha256(label.encode()).hexdigest()[:8]}"
    name = f"eget-{name}" if name in library() else name
    return name[:LONGEST_NAME].rstrip("-")


@dataclass(frozen=True, slots=True)
class History:
    """The present draft, those before it and those that were undone."""

    now: Draft
    past: tuple[Draft, ...] = ()
    future: tuple[Draft, ...] = ()

    def then(self, draft: Draft) -> History:
        """Return a history in which `draft` is the present; what was undone is forgotten, no change is no step."""
        if draft == self.now:
            return self
        return History(draft, (*self.past, self.now)[-STEPS:])

    def undone(self) -> History:
        """Go one step back, if there is one."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redone(self) -> History:
        """Take back the last undoing, if there is one."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.now), self.future[1:])

    def reset(self, strategy: Strategy) -> History:
        """Begin again from a strategy: today's course, or the one that the draft was made from; can be undone."""
        return self.then(Draft.of(strategy))
