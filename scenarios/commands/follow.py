"""`naravard follow`: one simulated person's path under two scenarios, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option, choice, switch, whole
from scenarios.commands.options import HORIZON_OPTION, REGION_OPTION
from scenarios.strategies.defaults import BASE_SEED, LARGEST_SEED
from scenarios.strategies.period import FIRST_START
from scenarios.text.problems import Problem, quoted
from scenarios.text.terminal import console, print_json

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from scenarios.follow.follow import Followed
    from scenarios.running.progress import Display

AT_HISTORY, AT_STRATEGIES = "2022", str(FIRST_START.year)
"""When a description holds: on the last day of the year before the history, on the first day of strategies."""
_DEFAULT = ("nulage", "mycket-till-fa")


def _follow(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.running.progress import display

    with display(console(stderr=True)) as progress:
        progress.say("Läser in scenarier och region …")
        followed = _followed(given, problems, progress)
    if given.format == "json":
        from scenarios.follow.follow import followed_json

        print_json(followed_json(followed))
    else:
        from scenarios.follow.text import print_followed

        print_followed(console(), followed, given.all)
    return 0


def _followed(given: Arguments, problems: list[Problem], progress: Display) -> Followed:
    from scenarios.follow.description import Description, read_description
    from scenarios.follow.follow import Wish, follow
    from scenarios.running.batch import prepare
    from scenarios.running.compilation import compile_if_needed
    from scenarios.running.region import region_or_problems

    region = region_or_problems(given.region, [])  # what is wrong with it `prepare` tells
    description = Description() if region is None else read_description(given.options, region, problems)
    batch = prepare(_scenarios(given, problems), given.region, given.horizon, given.seed, 1, problems)
    assert region is not None
    progress.say("Startar simulatorn …")
    compile_if_needed(given.region, progress.say)
    wish = Wish(description, given.number, given.survivor, given.anyone_like, given.described == AT_STRATEGIES)
    return follow(batch, region, given.replication, wish, progress.say)


def _scenarios(given: Arguments, problems: list[Problem]) -> tuple[str, ...]:
    """Return the two scenarios, today's course first when only one is named."""
    names = (*(given.scenarios or ()), *given.words)
    if not names:
        return _DEFAULT
    if len(names) == 1 and names[0] != _DEFAULT[0]:
        return (_DEFAULT[0], *names)
    if len(names) != 2:
        message = "två scenarier jämförs, ett i taget mot ett annat."
        problems.append(Problem("--scenarios", message, ", ".join(map(quoted, names)), "två olika namn"))
    return names


def _age(text: str) -> tuple[int, int]:
    from scenarios.follow.description import age_span

    return age_span(text)


FOLLOW = Command(
    "follow",
    "Följ en simulerad människas väg genom vården under två scenarier, sida vid sida. Beskriv personen som hon eller "
    "han är den 31 december 2022 (eller 1 januari 2027); bland dem som passar och lever kvar i länet när strategierna "
    "börjar 2027 väljs den första i modellens lottordning.",
    _follow,
    words="",
    most=None,
    options=(
        Option("--age", "ÅR", "ålder, eller spann som 79-83", _age),
        Option("--sex", "KÖN", "kvinna eller man", str),
        Option("--municipality", "KOMMUN", "kommunens namn eller kod", str),
        Option("--centre", "HÄLSOCENTRAL", "hälsocentralens namn eller kod", str),
        Option("--conditions", "SJUKDOM", "en eller flera kroniska sjukdomar, som hjärtsvikt,diabetes", str, many=True),
        Option("--setting", "VAR", "eget hem, hemsjukvård eller särskilt boende", str),
        Option("--education", "NIVÅ", "förgymnasial, gymnasial eller eftergymnasial", str),
        Option("--segment", "GRUPP", "utan kontakt, få kontakter, kronisk sjukdom eller komplexa behov", str),
        Option(
            "--described",
            "ÅR",
            "2022: beskrivningen gäller den 31 december 2022; 2027: den 1 januari 2027, när strategierna börjar",
            choice(AT_HISTORY, AT_STRATEGIES),
            AT_HISTORY,
        ),
        Option("--scenarios", "NAMN", "två scenarier; utan val nulage och mycket-till-fa", str, many=True),
        Option("--number", "TAL", "den n:te av dem som passar", whole(1, 300), 1),
        Option("--survivor", "", "bara den som lever kvar i länet till slutet i båda scenarierna", switch, False),
        Option("--anyone-like", "ANTAL", "visa också medeltal för så många som passar", whole(1, 300), 0),
        HORIZON_OPTION,
        Option("--seed", "TAL", "frö som replikationens frö beror på", whole(0, LARGEST_SEED), BASE_SEED),
        Option("--replication", "TAL", "vilken replikation", whole(1, 10_000), 1),
        REGION_OPTION,
        Option("--all", "", "lista alla händelser, också lika rutinkontakter och åren 2023–2026", switch, False),
        Option("--format", "FORM", "table eller json", choice("table", "json"), "table"),
    ),
    examples=(
        "naravard follow --age 79-83 --sex kvinna --municipality Kalmar --setting hemsjukvård --conditions hjärtsvikt",
    ),
)
