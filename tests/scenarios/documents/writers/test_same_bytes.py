"""The same results give the same bytes, in whatever process they are written."""

import subprocess
import sys
from pathlib import Path

import document_examples


def test_two_processes_write_the_same_bytes():
    done = subprocess.run(
        [sys.executable, document_examples.__file__], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[4],
    )  # fmt: skip
    there = dict(line.split() for line in done.stdout.splitlines())
    assert there == document_examples.digests()
    assert len(there) == 5
