"""`naravard scenarios` and `naravard levers`."""

from command_line import printed

from scenarios.levers.registry import LEVERS
from scenarios.strategies.library import library


def test_lists(capsys):
    text = printed(capsys, "scenarios")
    assert all(name in text for name in library())
    text = printed(capsys, "levers")
    assert all(name in text for name in LEVERS)
