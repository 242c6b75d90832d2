"""The how-to of a new region, carried out step by step: copied, filled in, worked out, run and compared."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from calibration import backcast, needs, start_picture
from scenarios import cli
from scenarios.running.engine import load_region as kept_region
from scenarios.running.results import read_results
from simulator.region.pack import load_region
from simulator.region.table_schema import DESCRIPTION
from simulator.simulation import Simulation

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "howto-region.md").read_text(encoding="utf-8")


def told() -> list[str]:
    """Return the commands of the page, in order."""
    blocks = re.findall(r"```bash\n(.*?)```", PAGE, flags=re.DOTALL)
    return [line.strip() for block in blocks for line in block.strip().splitlines()]


def naravard(*arguments: object) -> int:
    """Do a command as in a process of its own, which keeps no region that was read before."""
    kept_region.cache_clear()
    return cli.main([str(argument) for argument in arguments])


def fill_in(pack: Path, table: str, *rows: tuple[str, str]) -> None:
    """Put new rows in the place of old ones, each known by its beginning."""
    file = pack / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    for beginning, row in rows:
        text, times = re.subn(f"^{re.escape(beginning)}.*$", row, text, flags=re.MULTILINE)
        assert times == 1, beginning
    file.write_text(text, encoding="utf-8")


def named(pack: Path) -> None:
    """Give the copy its own names."""
    description = json.loads((pack / DESCRIPTION).read_text(encoding="utf-8"))
    description |= {"name": "nyland", "title": "Newland", "title_sv": "Region Nyland", "description": "A new region."}
    (pack / DESCRIPTION).write_text(json.dumps(description), encoding="utf-8")
    (pack / "README.md").unlink()


def filled(pack: Path) -> None:
    """The smallest town has another name and 20 people more, the hospital two beds more, a visit takes 20 minutes."""
    fill_in(
        pack,
        "municipalities",
        ("0003,", "0003,Hamnby,1020,https://example.org/statistics,A,1100,2013,https://example.org/statistics,A"),
    )
    fill_in(pack, "health_centres", ("soderby,", "soderby,Hälsocentralen Hamnen,0003,1020,https://example.org/care,A"))
    fill_in(pack, "staff", ("soderby,centre,gp,", "soderby,centre,gp,1,0,0,https://example.org/care,A"))
    fill_in(
        pack,
        "hospitals",
        (
            "mellanby,",
            "mellanby,Nya sjukhuset,18,14,read at the hospital,A,3,assumption: as before,C,0,the only one,C,"
            "1,the only one,C,1,the only one,C,,open to all,C,2,assumption: as before,C",
        ),
    )
    fill_in(pack, "wards", ("mellanby,medicine,", "mellanby,medicine,11,read at the hospital,A"))
    fill_in(
        pack,
        "published_totals",
        ("population_2022,", "population_2022,6020,persons,2022,https://example.org/statistics,A"),
    )
    fill_in(
        pack,
        "parameters",
        (
            "consultation.gp_minutes,",
            "consultation.gp_minutes,20,minutes,,,fixed,https://example.org/care,A,Läkarbesökets längd,",
        ),
    )


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "nyland"


def test_the_page_can_be_carried_out(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "new"

    def copy() -> None:
        shutil.copytree(ROOT / "simulator" / "regions" / "template", pack)
        named(pack)

    def validated() -> None:
        assert naravard("validate-region", pack) == 0, capsys.readouterr().err
        assert "Region Nyland är hel" in capsys.readouterr().out

    def back() -> None:
        filled(pack)
        assert naravard("validate-region", pack) == 2, "what is derived does not follow yet"
        assert "0003" in capsys.readouterr().err
        backcast.write_tables(pack)

    def simulated() -> None:
        arguments = ("--replications", 3, "--horizon", 2028, "--workers", 1, "--out", results)
        assert naravard("run", "nulage", "kontinuitet", "--region", pack, *arguments) == 0
        assert read_results(results).attrs["region"] == str(pack)

    def compared() -> None:
        assert naravard("compare", results) == 0
        assert "Kontinuitetsindex" in capsys.readouterr().out

    steps: list[tuple[str, Callable[[], object]]] = [
        ("cp -r simulator/regions/template PACK", copy),
        ("naravard validate-region PACK", validated),
        ("python -m calibration.backcast --pack PACK", back),
        ("python -m calibration.needs --pack PACK", lambda: needs.write_tables(pack)),
        ("python -m calibration.start_picture PACK", lambda: start_picture.main(pack)),
        ("naravard validate-region PACK", validated),
        ("naravard run nulage kontinuitet --region PACK --replications 3 --out results/new", simulated),
        ("naravard compare results/new", compared),
    ]
    assert [command for command, _ in steps] == told(), "the page and this test tell the same steps"
    for _, step in steps:
        step()

    region = load_region(pack)
    assert (region.code, region.name_sv, region.population.sum()) == ("nyland", "Region Nyland", 6_020)
    assert region.parameters["consultation.gp_minutes"] == 20
    simulation = Simulation(region, 1)
    simulation.run(date(2024, 1, 1))
    assert simulation.dataset().admissions.sum() > 600


def test_every_table_of_a_pack_is_named_on_the_page() -> None:
    derived = {"population", "in_migration", "out_migration", "rub_by_age", "need_rates", "care_settings"}
    tables = {file.stem for file in (ROOT / "simulator" / "regions" / "template").glob("*.csv")}
    assert set(re.findall(r"`(\w+)`", PAGE)) >= tables - derived
