"""The command line `naravard`.

Exit codes: 0 done, 1 failed, 2 unusable input, 130 stopped by Ctrl-C, 143 and 129 by SIGTERM and SIGHUP.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from scenarios.commands.app import APP
from scenarios.commands.arguments import overview, read_arguments
from scenarios.commands.attribute import ATTRIBUTE
from scenarios.commands.binds import BINDS
from scenarios.commands.board import BOARD
from scenarios.commands.check import CHECK
from scenarios.commands.compare import COMPARE
from scenarios.commands.folder import into_file
from scenarios.commands.follow import FOLLOW
from scenarios.commands.levers import LIST_LEVERS
from scenarios.commands.matrix import MATRIX
from scenarios.commands.options import OUT_FILE_OPTION
from scenarios.commands.portfolio import PORTFOLIO
from scenarios.commands.report import REPORT
from scenarios.commands.reproduce import REPRODUCE
from scenarios.commands.run import RUN
from scenarios.commands.scenarios import LIST_SCENARIOS
from scenarios.commands.schema import SCHEMA
from scenarios.commands.seek import SEEK
from scenarios.commands.study import STUDY
from scenarios.commands.validate import VALIDATE
from scenarios.commands.validate_region import VALIDATE_REGION
from scenarios.running.ending import stoppable
from scenarios.running.folder import WriteError, check_file
from scenarios.text.problems import InputError, unknown
from scenarios.text.terminal import FAILED, STOPPED, UNUSABLE, complain, lost_output, open_streams

COMMANDS = (
    RUN, STUDY, SEEK, PORTFOLIO, COMPARE, ATTRIBUTE, CHECK, BINDS, MATRIX, BOARD, REPORT, REPRODUCE, FOLLOW, VALIDATE,
    LIST_SCENARIOS, LIST_LEVERS, SCHEMA, APP, VALIDATE_REGION,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; faults in the input are told in one message."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    open_streams()
    code = _carried_out(given)
    fault = lost_output()
    return code if fault is None else complain(fault, FAILED)


def _carried_out(given: list[str]) -> int:
    try:
        with stoppable():
            return _dispatch(given)
    except InputError as error:
        return complain(error.text(), UNUSABLE)
    except WriteError as error:
        return complain(str(error), FAILED)
    except KeyboardInterrupt as stop:
        return complain("Avbrutet.", getattr(stop, "exit_code", STOPPED))
    except Exception as error:
        if isinstance(error, OSError) and (fault := lost_output(suspected=True)):
            return complain(fault, FAILED)
        if os.environ.get("NARAVARD_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"
        return complain(f"Internt fel: {reason}\nSätt NARAVARD_DEBUG=1 för att se var.", FAILED)


def _dispatch(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help"):
        print(overview(COMMANDS, metadata.version("naravard")))
        return 0 if given else UNUSABLE
    if given[0] == "--version":
        print(f"naravard {metadata.version('naravard')}")
        return 0
    commands = {command.name: command for command in COMMANDS}
    if given[0] not in commands:
        raise InputError([unknown("KOMMANDO", "kommandot är okänt.", given[0], tuple(commands))])
    command = commands[given[0]]
    if {"-h", "--help"} & set(given[1:]):
        print(command.usage())
        return 0
    values, problems = read_arguments(command, given[1:])
    if OUT_FILE_OPTION not in command.options or values.out is None:
        return command.run(values, problems)
    problems += check_file(Path(values.out))
    with into_file(Path(values.out)):
        return command.run(values, problems)


if __name__ == "__main__":
    raise SystemExit(main())
