"""The table of arrays: what is declared is what there is, once."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pytest

from simulator.core.fields import Array, array, check_shapes, fields_of, table_of, zeros
from simulator.core.record import COLUMNS, Record
from simulator.core.state import State
from simulator.core.tables import Tables
from simulator.core.world import TABLE, Terms, World
from simulator.region.pack import Region
from simulator.simulation import YEARS, Simulation
from simulator.start import sizes_of


@dataclass
class Shop:
    sold: Array = array(np.int32, "month town*goods", "what was sold", "pieces", seen=True)
    stock: Array = array(np.float64, "goods", "what is left")
    name: str = "corner"


@dataclass
class Street:
    sold: Array = array(np.int32, "month", "houses")


def test_a_declaration_tells_owner_shape_and_meaning() -> None:
    sold, stock = fields_of(Shop)
    assert (sold.name, sold.owner, sold.unit, sold.seen, stock.seen) == ("sold", "Shop", "pieces", True, False)
    assert sold.shape({"month": 12, "town": 3, "goods": 5}) == (12, 15)
    made = zeros(Shop, {"month": 12, "town": 3, "goods": 5})
    assert {name: (values.shape, values.dtype.name) for name, values in made.items()} == {
        "sold": ((12, 15), "int32"), "stock": ((5,), "float64"),
    }  # fmt: skip


def test_a_name_with_two_owners_is_refused() -> None:
    with pytest.raises(ValueError, match="sold is declared by Shop and by Street"):
        table_of((Shop, Street))


def test_every_array_that_is_not_as_declared_is_told() -> None:
    shop = Shop(np.zeros((12, 14), np.int32), np.zeros(5, np.float32))
    with pytest.raises(ValueError, match=r"sold is int32\[12, 14\].*; stock is float32"):
        check_shapes(shop, {"month": 12, "town": 3, "goods": 5})
    check_shapes(Shop(np.zeros((12, 15), np.int32), np.zeros(5)), {"month": 12, "town": 3})


@pytest.mark.parametrize("owner", [State, Record, Terms])
def test_no_field_stands_outside_the_table(owner: type) -> None:
    assert [field.name for field in fields(owner)] == [each.name for each in fields_of(owner)]


def test_everything_has_a_meaning_and_a_name_of_its_own() -> None:
    assert len(TABLE) > 120
    assert [each.name for each in TABLE.values() if not each.meaning or not each.dims] == []


def test_the_arrays_of_a_run_are_as_declared(small_region: Region) -> None:
    simulation = Simulation(small_region, 3, log=10)
    simulation._month = 0
    sizes = sizes_of(small_region.units, len(small_region.professions), YEARS) | COLUMNS
    check_shapes(simulation.record, sizes)
    check_shapes(
        simulation.state, {name: sizes[name] for name in ("health_centre", "hospital", "municipality", "unit")}
    )
    check_shapes(simulation.tables, {name: sizes[name] for name in ("age_group", "rub", "acuity", "municipality")})
    assert isinstance(simulation.tables, Tables)
    world = simulation.world()
    for name in World._fields:  # type: ignore[attr-defined]
        declared = TABLE[name]
        ndim = len(declared.dims) - (declared.owner == "Record")
        assert (getattr(world, name).dtype, getattr(world, name).ndim) == (declared.dtype, ndim), name
    check_shapes(simulation._terms(), {})
