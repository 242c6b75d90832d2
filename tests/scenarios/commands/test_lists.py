"""`naravard scenarios` and `naravard levers`."""

from command_line import printed

from scenarios.cli import main
from scenarios.levers.registry import LEVERS
from scenarios.strategies.library import library


def test_lists(capsys):
    text = printed(capsys, "scenarios")
    assert all(name in text for name in library())
    text = printed(capsys, "levers")
    assert all(name in text for name in LEVERS)


def test_a_lever_by_name_is_shown_with_what_speaks_for_and_against(capsys):
    text = printed(capsys, "levers", "named_gp_share", "beds")
    assert [name for name in LEVERS if f"{name} – " in text] == ["named_gp_share", "beds"]
    assert "Emot: Barker I et al." in " ".join(text.split())
    assert "För: Roussel M et al." in " ".join(text.split())


def test_a_lever_that_there_is_not_is_refused_with_the_nearest(capsys):
    assert main(["levers", "beds", "named_gp_shar", "--region", "kalmr"]) != 0
    text = capsys.readouterr().err
    assert 'Menade du "named_gp_share"?' in text
    assert "regionen är okänd" in text
