"""The blocks of a how-to, carried out in a copy of the sources.

A block in `py` begins with `# file` and is a new file; one in `csv` begins with `# file` and holds rows to be added
at its end; one in `diff` begins with `+++ file`, its parts are separated by `@@`: what stands there once, with lines
added (+) and taken away (-).
"""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^( *)```(py|csv|diff)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.zip", "images")


def copied(folder, *names):
    """Return the folder with a copy of these folders of the project."""
    for name in names:
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    return folder


def carry_out(page, folder):
    """Do what the blocks of a page say; returns the files that are new and those that are touched."""
    new, touched = [], []
    for _, kind, block in BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8")):
        first, _, rest = textwrap.dedent(block).partition("\n")
        name = first.removeprefix("+++ ").removeprefix("# ")
        file = folder / name
        if kind == "py":
            assert not file.exists(), f"{name} is there already"
            new.append(name)
            file.write_text(rest, encoding="utf-8")
        else:
            touched.append(name)
            text = file.read_text(encoding="utf-8")
            file.write_text(text + rest if kind == "csv" else changed(name, text, rest), encoding="utf-8")
    return new, touched


def changed(name, text, diff):
    """Return a text after a change whose lines it has once."""
    for part in re.split(r"^@@\n", diff, flags=re.MULTILINE):
        lines = part.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        after = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(before) == 1, f"{name} has this {text.count(before)} times:\n{before}"
        text = text.replace(before, after)
    return text


def run(folder, *arguments, **environment):
    """Run Python on the sources of a folder and return what it prints."""
    paths = os.pathsep.join([str(folder), *environment.pop("paths", ())])
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONUTF8": "1"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
