"""`naravard schema`."""

from command_line import printed

from scenarios.cli import main
from scenarios.strategies.schema import schema_text


def test_the_schema_goes_to_the_screen_or_a_file(capsys, tmp_path):
    assert printed(capsys, "schema") == schema_text()
    printed(capsys, "schema", "--out", str(tmp_path / "s.json"))
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema_text()
    assert main(["schema", "--out", str(tmp_path / "no" / "s.json")]) == 2
    assert "går inte att skriva" in capsys.readouterr().err
