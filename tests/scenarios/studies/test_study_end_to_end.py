"""One small study of the smallest region by the simulator itself, from the file to the comparison."""

import pytest
from made_study import carried_out, plan_of, runs_in

from scenarios.findings.compare import compare
from scenarios.measures.figures import INDICATORS
from scenarios.running.engine import SimulatorEngine
from scenarios.running.results import read_results
from scenarios.running.runner import run_all

TEXT = """\
name: liten
label_sv: Liten
region: template
horizon: 2027
replications: 2
scenarios: [nulage, kontinuitet]
futures:
  stress_tests: [vintertopp]
  parameter_draws: 1
"""


@pytest.mark.usefixtures("kernels")
def test_a_study_of_the_smallest_region_is_what_its_runs_are(tmp_path):
    plan = plan_of(tmp_path, TEXT)
    _, conducted, found = carried_out(plan, tmp_path / "ut", SimulatorEngine(), threads=1)
    assert not conducted.failed
    assert (found.replications, found.draws, len(found.scenarios)) == ((1, 2), (1,), 4)
    study = read_results(tmp_path / "ut")
    first, *_ = run_all(SimulatorEngine(), plan.run(plan.read.cases, 1))
    for name, alone in first.datasets.items():
        kept = study[[*alone.data_vars]].sel(scenario=name, replication=1, drop=True).load()
        kept = kept.drop_vars([each for each in kept.coords if each not in alone.coords])
        assert kept.drop_attrs().equals(alone.drop_attrs())
    names = [each.indicator for each in compare(study, [INDICATORS["ed_visits"]], [2027])]
    assert len(names) == 4
    assert len(runs_in(tmp_path / "ut")) == 3
