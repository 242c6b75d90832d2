"""What is wrong with an input: one record per problem, one message for them all."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scenarios.text.outside import folded

LONGEST_QUOTE = 80
"""Longest piece of a user's own text that a message repeats (characters)."""

LONGEST_PLACE = 240
"""Longest place that a message tells: a path and the keys in the file."""

LISTED = 12
"""Longest list of allowed names that a message spells out."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in an input: where it is, what it is, what was given and what would have been right.

    `place` is `file:path.to.key` or the name of an option; `line` counts from 1. `value` is the offending
    value as it was written, `allowed` the range or the names that are accepted, `nearest` the accepted
    name that is most like the one given. Everything but `place` and `message` may be None.
    """

    place: str
    message: str
    value: str | None = None
    allowed: str | None = None
    nearest: str | None = None
    line: int | None = None

    def text(self) -> str:
        """Return the problem as one Swedish sentence or two."""
        where = _end_of(self.place) + (f" (rad {self.line})" if self.line else "")
        parts = [f"{where}: {self.message}"]
        if self.value is not None:
            parts.append(f"Angivet: {self.value}.")
        if self.nearest is not None:
            parts.append(f"Menade du {self.nearest}?")
        if self.allowed is not None:
            parts.append(f"Tillåtet: {self.allowed}.")
        return " ".join(parts)


class InputError(ValueError):
    """Something given by the user cannot be used; carries every problem found, not only the first."""

    heading = "Det som angavs går inte att använda"

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Collect `problems` (at least one); raises ValueError when there are none."""
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("an InputError needs at least one problem")
        super().__init__(self.text())

    def text(self) -> str:
        """Return the Swedish message: a heading with the count, then one line per problem."""
        lines = [f"  {number}. {problem.text()}" for number, problem in enumerate(self.problems, 1)]
        return "\n".join([f"{self.heading} ({len(lines)} problem):", *lines])

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Pickle by the problems, so that a worker process can hand the error back."""
        return type(self), (self.problems,)


class ScenarioError(InputError):
    """A strategy or scenario is not valid."""

    heading = "Scenariot går inte att använda"


_REASONS_SV = {
    errno.ENOENT: "finns inte",
    errno.EACCES: "behörighet saknas",
    errno.EPERM: "behörighet saknas",
    errno.EISDIR: "det är en mapp",
    errno.ENOTDIR: "något i sökvägen är ingen mapp",
    errno.EEXIST: "det finns redan något med det namnet",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ELOOP: "länkarna går i cirkel",
    errno.EINVAL: "systemet tar inte emot namnet eller innehållet",
    errno.EILSEQ: "namnet har tecken som systemet inte tar emot",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "diskutrymmet som du får använda är slut",
    errno.EFBIG: "filen blev större än vad som tillåts",
    errno.EROFS: "disken är skrivskyddad",
    errno.EIO: "disken svarar inte som den ska",
    errno.EBUSY: "något annat program använder den",
    errno.EMFILE: "för många filer är öppna",
    errno.ENFILE: "för många filer är öppna",
    errno.ENXIO: "det är en enhet som inte svarar",
    errno.ENODEV: "det är en enhet som inte svarar",
    errno.ESTALE: "nätverksdisken svarar inte",
    errno.ENOTCONN: "nätverksdisken svarar inte",
    errno.EBADF: "den är stängd",
    errno.ENOMEM: "minnet räcker inte",
}
"""What the operating system says, in Swedish."""


def reason_sv(error: OSError | ValueError) -> str:
    """Return in Swedish why a file or folder could not be used; a ValueError is what a name with NUL gives."""
    if not isinstance(error, OSError):
        return "namnet har tecken som systemet inte tar emot"
    return _REASONS_SV.get(error.errno or 0, f"fel {error.errno} från operativsystemet")


def shown(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Return `text` cut to a readable length, with everything unprintable spelled out.

    Input is repeated on a terminal: control characters must not reach it.
    """
    cut = text if len(text) <= longest else text[:longest] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def _end_of(place: str) -> str:
    """Return a place as it can be shown; of a long one the end, where the key stands."""
    return (
        shown(place, LONGEST_PLACE)
        if len(place) <= LONGEST_PLACE
        else f"…{shown(place[-LONGEST_PLACE:], LONGEST_PLACE)}"
    )


def quoted(value: object) -> str:
    """Return a user's value as it should look in a message: text in quotes, numbers bare."""
    if isinstance(value, str):
        return f'"{shown(value)}"'
    if value is None:
        return "inget värde"
    if isinstance(value, bool):
        return "true" if value else "false"
    return shown(str(value))


def nearest(name: object, names: Iterable[str]) -> str | None:
    """Return the one of `names` most like `name`, in quotes, or None when nothing is like it."""
    if not isinstance(name, str):
        return None
    by_folded = {folded(candidate): candidate for candidate in names}
    close = difflib.get_close_matches(folded(name[:LONGEST_QUOTE]), by_folded, n=1, cutoff=0.5)
    return f'"{by_folded[close[0]]}"' if close else None


def one_of(names: Sequence[str]) -> str:
    """Return a list of allowed names, cut after `LISTED`."""
    rest = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" och {rest} till" if rest > 0 else "")


def unknown(place: str, message: str, value: str, names: Sequence[str]) -> Problem:
    """Return the problem of a name that is not among `names`."""
    return Problem(place, message, quoted(value), one_of(names), nearest(value, names))
