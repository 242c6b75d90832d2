import pytest

from scenarios.cli import main
from scenarios.commands.arguments import Command, Option, choice, read_arguments, switch, whole

COMMAND = Command(
    "prov",
    "Prova. Mer text.",
    lambda _given, _problems: 0,
    words="NAMN …",
    least=1,
    most=2,
    options=(
        Option("--count", "ANTAL", "hur många", whole(1, 9), 3),
        Option("--form", "FORM", "vilken", choice("a", "b"), "a"),
        Option("--year", "ÅR", "år", str, many=True),
        Option("--out", "MAPP", "var", str, required=True),
    ),
)


def read(*texts):
    return read_arguments(COMMAND, texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("x", "--count", "5", "--out", "o"),
        ("--count=5", "--out=o", "x"),
        ("--out", "o", "x", "--count", "+5"),
    ],
)
def test_options_may_stand_anywhere_and_be_written_in_two_ways(texts):
    given, problems = read(*texts)
    assert problems == []
    assert (given.words, given.count, given.out, given.form, given.year) == (("x",), 5, "o", "a", None)


def test_an_option_may_be_repeated_where_that_means_something():
    given, problems = read("x", "--out", "o", "--year", "2029,2030", "--year", "2031")
    assert problems == []
    assert given.year == ("2029", "2030", "2031")


@pytest.mark.parametrize(
    ("texts", "pieces"),
    [
        (("--out", "o"), ["NAMN: saknas"]),
        (("a", "b", "c", "--out", "o"), ['"c"', "tar inte emot"]),
        (("x",), ["--out: måste anges"]),
        (("x", "--out"), ["--out: värdet saknas"]),
        (("x", "--out", "--count", "2"), ["--out: värdet saknas"]),
        (("x", "--out", "o", "--count", "0"), ["--count", '"0"', "heltal från 1 till 9"]),
        (("x", "--out", "o", "--count", "1,5"), ['"1,5"']),
        (("x", "--out", "o", "--count", "٣"), ["heltal"]),
        (("x", "--out", "o", "--count", "9" * 5000), ["heltal"]),
        (("x", "--out", "o", "--count", ""), ["heltal"]),
        (("x", "--out", "o", "--form", "c"), ["Tillåtet: a, b"]),
        (("x", "--out", "o", "--cuont", "3"), ['"--cuont"', 'Menade du "--count"?']),
        (("x", "--out", "o", "-q"), ['"-q"', "valet är okänt"]),
        (("x", "--out", "o", "--out", "p"), ["flera gånger"]),
    ],
)
def test_a_fault_is_told_with_what_would_be_right(texts, pieces):
    _, (problem,) = read(*texts)
    for piece in pieces:
        assert piece in problem.text()


def test_all_faults_come_at_once():
    _, problems = read("--cuont", "3", "--form", "c", "--count", "x")
    assert len(problems) == 5


def test_help_names_every_option_and_its_default():
    text = COMMAND.usage()
    for option in COMMAND.options:
        assert option.flag in text
    assert "förval 3" in text
    assert max(map(len, text.splitlines())) <= 100


def test_an_option_that_the_command_does_not_have_is_no_attribute():
    given, _ = read("x", "--out", "o")
    with pytest.raises(AttributeError):
        _ = given.colour


def test_a_switch_takes_no_value():
    command = Command("prov", "Prova.", lambda *_: 0, words="NAMN", least=1, most=1, options=(
        Option("--quick", "", "fort", switch, False),
    ))  # fmt: skip
    given, problems = read_arguments(command, ("--quick", "x"))
    assert (problems, given.words, given.quick) == ([], ("x",), True)
    assert read_arguments(command, ("x",))[0].quick is False
    assert "utan värde" in read_arguments(command, ("x", "--quick=9"))[1][0].text()
    assert "  --quick     fort" in command.usage()
    assert "förval" not in command.usage()


@pytest.mark.parametrize("given", [["--out", ""], ["--out="], ["--out"]])
def test_an_option_with_nothing_after_it_is_refused(given, capsys):
    assert main(["run", "nulage", *given, "--replications", "1"]) == 2
    assert "--out: värdet saknas." in capsys.readouterr().err
