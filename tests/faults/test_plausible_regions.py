"""Other regions that could be: none is refused, and little is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.pack_mutations import read_pack
from calibration.plausible_regions import Kind, drawn, findings, region_like
from simulator.region.pack import regions_folder

SEED = 20302


@pytest.mark.parametrize(("code", "regions"), [("template", 25), ("kalmar", 8)])
def test_a_region_that_could_be_is_not_refused_and_rarely_warned_of(code, regions):
    pack, numbers = read_pack(regions_folder() / code), []
    for number in range(regions):
        chance = np.random.default_rng([SEED, number])
        said = findings(region_like(pack, drawn(chance), chance), pack.exceptions)
        assert [finding.problem for finding in said if finding.refused] == []
        numbers.append(len(said))
    assert np.median(numbers) <= 2


@pytest.mark.parametrize("size", [0.3, 1, 9])
@pytest.mark.parametrize("ageing", [-0.006, 0.006])
def test_nor_is_one_at_the_ends_of_what_is_drawn(size, ageing):
    chance = np.random.default_rng(SEED)
    kind = Kind(size, ageing, illness=1.3, vacancies=2, another_hospital=True)
    pack = read_pack(regions_folder() / "template")
    said = findings(region_like(pack, kind, chance), pack.exceptions)
    assert not any(finding.refused for finding in said)
