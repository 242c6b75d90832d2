"""What a check is: its number, what it says, the tests and commands that carry it out, what is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One of the checks that the project grows towards.

    `tests` are test files, or tests as `path::function`; `commands` are names of measurements that a command writes
    (`calibration.checks.measured`). `figure_sv` is a sentence of what was measured, in which `{name.most}`,
    `{name.least}` and `{name.sum}` stand for what the check's tests told by that name, and `{command.name}` for a
    command's figure. `missing_sv` says what the check asks for beyond that, and why it is not there; empty when
    nothing is.
    """

    number: int
    area: str
    says_sv: str
    tests: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    figure_sv: str = ""
    missing_sv: str = ""
