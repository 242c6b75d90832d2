"""Worker processes: how they stand back for others. What becomes of those that die or hang is in `test_runner`."""

import os

import pytest

from scenarios.live.service import _hire
from scenarios.running.local_pool import GIVEN_WAY, local_executor

pytestmark = pytest.mark.skipif(not hasattr(os, "nice"), reason="priorities are set otherwise here")


def priority(executor):
    return executor.submit(os.nice, 0).result()


def test_workers_of_the_app_leave_the_processor_to_its_pages_first():
    executor = _hire(1)
    try:
        assert priority(executor) == min(os.nice(0) + GIVEN_WAY, 19)
    finally:
        executor.shutdown(cancel_futures=True)


def test_workers_of_a_run_that_is_waited_for_do_not():
    with local_executor(2) as executor:
        assert priority(executor) == os.nice(0)
