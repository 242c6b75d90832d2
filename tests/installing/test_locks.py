"""Locks, constraints and what the project says that it needs: one list of versions, every file with its hash."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from calibration.licences import ELSEWHERE, LOCK, PAGE, licence_of, page
from calibration.locks import BUILDS, LOCKS, OLDEST_PYTHON

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EVERY_LOCK = pytest.mark.parametrize("lock", LOCKS, ids=[lock.parent.name for lock in LOCKS])
ALLOWED = {
    *("MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "LLVM-exception", "Zlib", "CC0-1.0"),
    *("PSF-2.0", "OFL-1.1", "MPL-2.0", "LGPL-3.0-only"),
}
"""Licences that a region may use, change and hand on under; the last two only as the packages that they are."""


def pinned(text):
    return {canonicalize_name(n): v for n, v in re.findall(r"^([\w][\w.-]*)==([^\s;]+)", text, re.MULTILINE)}


def entries(lock):
    """Return what stands of each package in a lock: one entry a package."""
    return re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())


def needed(name, extras=()):
    """Return every package that a package needs here, at any depth, by its own word."""
    names = set()
    ahead = [(name, tuple(extras))]
    while ahead:
        package, chosen = ahead.pop()
        for line in metadata.requires(package) or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *chosen)):
                found = canonicalize_name(requirement.name)
                if found not in names:
                    names.add(found)
                    ahead.append((found, tuple(requirement.extras)))
    return names


@EVERY_LOCK
def test_every_file_has_a_hash_and_none_an_address(lock):
    for entry in entries(lock):
        first, *hashes = entry.replace("\\\n", "\n").split("\n")
        assert re.match(r"[a-z0-9][\w.-]*==[\w.]+( ; .+)? *$", first), first
        assert hashes, first
        assert all(re.fullmatch(r" +--hash=sha256:[0-9a-f]{64} *", each) for each in hashes), first
    assert "://" not in lock.read_text(encoding="utf-8")


def test_the_locks_have_the_versions_of_the_constraints_and_all_of_them():
    constraints = pinned((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    locks = [pinned(lock.read_text(encoding="utf-8")) for lock in LOCKS]
    assert locks[0] | locks[1] == constraints
    assert locks[0].items() <= locks[1].items()


@EVERY_LOCK
def test_a_lock_has_all_that_is_needed(lock):
    missing = needed("naravard", LOCKS[lock]) - set(pinned(lock.read_text(encoding="utf-8")))
    assert missing == set()
    assert canonicalize_name(BUILDS.strip()) in pinned(lock.read_text(encoding="utf-8"))


def test_nothing_is_locked_that_the_project_would_not_take():
    versions = pinned(LOCK.read_text(encoding="utf-8"))
    for line in PROJECT["dependencies"]:
        requirement = Requirement(line)
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, line


def test_the_oldest_python_is_one_everywhere():
    assert PROJECT["requires-python"].startswith(f">={OLDEST_PYTHON}")
    told = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d+$", each)]
    assert told == sorted(told, key=Version)
    assert told[0] == OLDEST_PYTHON


# --- licences


def test_every_package_that_is_installed_stands_on_the_page_of_licences():
    listed = set(re.findall(r"^\| ([\w.-]+) \| \d", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {canonicalize_name(name) for name in listed} == set(pinned(LOCK.read_text(encoding="utf-8")))
    assert needed("naravard") <= {canonicalize_name(name) for name in listed}


def test_the_page_of_licences_is_as_it_would_be_made_now():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_no_licence_slips_in_that_is_not_allowed():
    tables = re.findall(r"^\| [^|]+ \| ([^|]+) \|(?: ([^|]+) \|)?$", page(), re.MULTILINE)
    told = [b if re.match(r"\d", a) else a for a, b in tables if a not in ("Version", "Licens", "---")]
    assert len(told) > 60
    parts = {part.strip("() ") for licence in told for part in re.split(r" (?:AND|OR|WITH) ", licence)}
    assert parts - ALLOWED == set()


def test_a_package_that_is_not_here_is_one_of_another_system():
    with pytest.raises(metadata.PackageNotFoundError):
        licence_of("a-package-that-nobody-has")
    assert set(ELSEWHERE) <= set(pinned(LOCK.read_text(encoding="utf-8")))
