"""A person described in words: who in the start population fits, and which condition to relax when nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scenarios.places.places import SEGMENT_LABELS, places
from scenarios.text.outside import folded
from scenarios.text.problems import Problem, one_of, unknown
from scenarios.text.swedish import number
from simulator.region.axes import EDUCATION_LABELS, EDUCATIONS, SEGMENTS

if TYPE_CHECKING:
    from simulator.core.fields import Array
    from simulator.core.state import State
    from simulator.region.pack import Region

OLDEST = 100
SEX_LABELS = ("man", "kvinna")
SETTING_LABELS = ("eget hem", "hemsjukvård", "särskilt boende")
WIDER_YEARS = (1, 2, 5)
"""Years on each side by which an age is widened to see whether somebody fits then."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a person must be on a day; None or () leaves it open.

    age: first and last completed year; sex: 0 men, 1 women; municipality, education, segment, setting, centre: index;
    conditions: indices, all of which the person has, perhaps among others; centre: where the person is listed.
    """

    age: tuple[int, int] | None = None
    sex: int | None = None
    municipality: int | None = None
    conditions: tuple[int, ...] = ()
    setting: int | None = None
    education: int | None = None
    segment: int | None = None
    centre: int | None = None

    def fits(self, state: State) -> Array:
        """Who of the people of a state fits and is present, bool[N]."""
        from simulator.core.state import PRESENT  # noqa: PLC0415  (numba is slow to import)

        back, fit = state.background, (state.person["status"] & PRESENT) != 0
        if self.age is not None:
            fit &= (back["age"] >= self.age[0]) & (back["age"] <= self.age[1])
        for name in ("sex", "municipality", "education", "segment"):
            wanted = getattr(self, name)
            if wanted is not None:
                fit &= back[name] == wanted
        if self.centre is not None:
            fit &= state.person["centre"] == self.centre
        for condition in self.conditions:
            fit &= (back["conditions"] >> condition & 1) != 0
        if self.setting is not None:
            fit &= settings(state.person) == self.setting
        out: Array = fit
        return out


def settings(person: Array) -> Array:
    """Where people of an array PERSON[n] live, int[n], index of SETTING_LABELS."""
    import numpy as np  # noqa: PLC0415

    from simulator.core.state import HOME_NURSING, SPECIAL_HOUSING  # noqa: PLC0415

    nursed, housed = person["status"] & HOME_NURSING, person["status"] & SPECIAL_HOUSING
    out: Array = np.where(housed != 0, 2, np.where(nursed != 0, 1, 0))
    return out


def read_description(given: Mapping[str, object], region: Region, problems: list[Problem]) -> Description:
    """Return the description given by option; every name that is not known is added to `problems`.

    Condition, municipality, centre, education and segment are known by code and Swedish name, whatever the case.
    """

    def one(key: str, names: Mapping[str, int], names_sv: Sequence[str], what: str) -> int | None:
        text = given.get(key)
        return None if text is None else _index(f"--{key}", str(text), names, names_sv, what, problems)

    towns, ill = places(region, "municipality"), {folded(c.label_sv): n for n, c in enumerate(region.conditions)}
    ill |= {condition.code: n for n, condition in enumerate(region.conditions)}
    words = given.get("conditions")
    wanted = [
        _index("--conditions", str(word), ill, [c.label_sv for c in region.conditions], "sjukdomen är okänd", problems)
        for word in (words if isinstance(words, tuple) else ())
    ]
    age = given.get("age")
    return Description(
        age if isinstance(age, tuple) else None,
        one("sex", _numbered(SEX_LABELS), SEX_LABELS, "könet är okänt"),
        one("municipality", towns, region.municipality_names, "kommunen är okänd"),
        tuple(dict.fromkeys(n for n in wanted if n is not None)),
        one("setting", _numbered(SETTING_LABELS) | {"säbo": 2}, SETTING_LABELS, "boendet är okänt"),
        one("education", _numbered(EDUCATION_LABELS.values()) | _numbered(EDUCATIONS),
            [label.lower() for label in EDUCATION_LABELS.values()], "utbildningen är okänd"),
        one("segment", _numbered(SEGMENT_LABELS) | _numbered(SEGMENTS), SEGMENT_LABELS, "behovsgruppen är okänd"),
        one("centre", places(region, "centre"), region.centre_names, "hälsocentralen är okänd"),
    )  # fmt: skip


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {folded(name): n for n, name in enumerate(names)}


def _index(
    place: str, text: str, names: Mapping[str, int], names_sv: Sequence[str], what: str, problems: list[Problem]
) -> int | None:
    index = names.get(folded(text))
    if index is None:
        labels = [folded(label) for label in names_sv]
        problem = unknown(place, f"{what}.", text, [*names_sv, *(name for name in names if name not in labels)])
        problems.append(replace(problem, allowed=one_of(names_sv) if len(names_sv) < 13 else ", ".join(names_sv)))
    return index


def age_span(text: str) -> tuple[int, int]:
    """Read an age or a span of ages: 81 or 79-83. Raises ValueError with what is allowed, in Swedish."""
    low, dash, high = text.replace("–", "-").partition("-")
    parts = [low.strip(), (high if dash else low).strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise ValueError(f"en ålder från 0 till {OLDEST}, eller ett spann som 79-83")
    first, last = int(parts[0]), int(parts[1])
    if not first <= last <= OLDEST:
        raise ValueError(f"en ålder från 0 till {OLDEST}, eller ett spann som 79-83")
    return first, last


def describe(wanted: Description, region: Region) -> str:
    """Return a description in Swedish words."""
    return ", ".join(text for _, text in _criteria(wanted, region)) or "vem som helst"


def _criteria(wanted: Description, region: Region) -> Iterator[tuple[Description, str]]:
    """Each condition in words, and the description without it."""
    if wanted.sex is not None:
        yield replace(wanted, sex=None), SEX_LABELS[wanted.sex]
    if wanted.age is not None:
        yield replace(wanted, age=None), _age_text(wanted.age)
    labels: dict[str, Callable[[int], str]] = {
        "municipality": lambda n: region.municipality_names[n],
        "centre": lambda n: region.centre_names[n],
        "setting": lambda n: SETTING_LABELS[n],
        "education": lambda n: f"{EDUCATION_LABELS[EDUCATIONS[n]].lower()} utbildning",
        "segment": lambda n: SEGMENT_LABELS[n],
    }
    for name, label in labels.items():
        if (value := getattr(wanted, name)) is not None:
            yield _without(wanted, name), label(value)
    for condition in wanted.conditions:
        rest = tuple(other for other in wanted.conditions if other != condition)
        yield replace(wanted, conditions=rest), lowered(region.conditions[condition].label_sv)


def _without(wanted: Description, name: str) -> Description:
    nothing: dict[str, Any] = {name: None}
    return replace(wanted, **nothing)


def lowered(label: str) -> str:
    """Return a label as it stands inside a sentence; abbreviations keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _age_text(age: tuple[int, int]) -> str:
    return f"{age[0]} år" if age[0] == age[1] else f"{age[0]}–{age[1]} år"


def relaxations(wanted: Description, state: State, region: Region, people: int | None = None) -> list[str]:
    """Say in Swedish how many of the first `people` would fit with one condition less, or with a wider age."""
    out = []
    if wanted.age is not None:
        low, high = wanted.age
        for years in WIDER_YEARS:
            age = max(low - years, 0), min(high + years, OLDEST)
            out.append((replace(wanted, age=age), f"åldern {_age_text(age)}"))
    out += [(rest, f"utan villkoret {text}") for rest, text in _criteria(wanted, region)]
    counted = [(int(rest.fits(state)[:people].sum()), text) for rest, text in out]
    relaxed_sv = [f"{text}: {number(count)}" for count, text in counted if count]
    return relaxed_sv or ["inte heller med ett villkor mindre passar någon"]
