"""`naravard attribute`: what is saved and what is printed."""

import csv
import io
import json

import pytest
from command_line import ALONE, STEPS, printed

from scenarios.cli import main
from scenarios.measures.figures import INDICATORS, MAIN


@pytest.mark.usefixtures("fake")
def test_attribution_saves_every_indicator_and_prints_the_main_ones(tmp_path, capsys):
    out = str(tmp_path / "delar")
    text = printed(capsys, "attribute", "bemanning-1100", "--out", out, "--replications", "2", *ALONE)
    saved = json.loads((tmp_path / "delar" / "attribution.json").read_text(encoding="utf-8"))["records"]
    assert {record["indicator"] for record in saved} == set(INDICATORS)
    told = {name for name, one in INDICATORS.items() if f"{one.label_sv}, 2030 ({one.unit_sv})" in text}
    assert told == set(MAIN)


def test_attribution_is_printed_and_saved(fake, tmp_path, capsys):  # noqa: ARG001
    out = tmp_path / "delar"
    arguments = (
        "attribute",
        "bemanning-1100",
        "--out",
        str(out),
        "--replications",
        "3",
        "--indicator",
        "ed_visits",
        *ALONE,
    )
    text = printed(capsys, *arguments)
    assert "Hela strategin" in text
    assert "alla 8 kombinationer" in text
    content = json.loads((out / "attribution.json").read_text(encoding="utf-8"))
    *parts, whole = (r["contribution"] for r in content["records"])
    assert sorted(parts) == pytest.approx([120, 240, 360]), "six levers in three groups"
    assert whole == pytest.approx(sum(parts)) == pytest.approx(120 * STEPS)
    rows = list(csv.DictReader(io.StringIO((out / "attribution.csv").read_text(encoding="utf-8"))))
    assert [row["player"] for row in rows] == [r["player"] for r in content["records"]]
    assert "i filen" in printed(capsys, *arguments, "--sequential")  # the folder may be used again
    assert main(["run", "nulage", "--out", str(out)]) == 2
    assert "annat än resultat" in capsys.readouterr().err
    assert main(["attribute", "nulage", "--out", str(out), "--indicator", "edvisits", "--year", "2031"]) == 2
    message = capsys.readouterr().err
    assert 'Menade du "ed_visits"?' in message
    assert "efter horisonten" in message
