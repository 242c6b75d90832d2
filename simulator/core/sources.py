"""Which sources a result depends on: those of the modules that make it and of all that these import, at any depth.

The version of the code, the folder of compiled kernels and the keys of kept results are digests of such sources, so
that what was made by other code is never taken for one's own, and what decides nothing makes nothing anew. Data do
not count: a region's figures have a digest of their own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
"""The folder in which the packages lie side by side."""
PACKAGES = ("simulator", "scenarios")
_IMPORT = re.compile(
    r"^[ \t]*(?:from +(?P<module>[\w.]+) +import +(?P<names>\([^)]*\)|[^\n]+)|import +(?P<plain>[^\n]+))", re.MULTILINE
)
"""Import statements at any depth of the code; a text that looks like one adds a source, and leaves none out."""
_COMMENT = re.compile(r"#[^\n]*")


def sources_of(*modules: str, project: Path = PROJECT) -> dict[str, bytes]:
    """Return the text of every source that modules depend on by path within the project, in alphabetical order.

    Line ends are those of Unix, whatever the checkout has. Raises LookupError for a module that is not there.
    """
    texts: dict[str, bytes] = {}
    ahead = list(modules)
    for module in modules:
        if _file(module, project) is None:
            raise LookupError(f"{module}: no such module")
    while ahead:
        module = ahead.pop()
        file = _file(module, project)
        if file is None:
            continue
        name = file.relative_to(project).as_posix()
        if name not in texts:
            texts[name] = text_of(file)
            ahead += [*_packages_around(module), *imported(texts[name].decode())]
    return dict(sorted(texts.items()))


@lru_cache(maxsize=16)
def digest_of(*modules: str, project: Path = PROJECT) -> str:
    """Return the SHA-256 of `sources_of` modules in hexadecimal digits; read once, as sources are imported once."""
    digest = hashlib.sha256()
    for name, content in sources_of(*modules, project=project).items():
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def text_of(file: Path) -> bytes:
    """Return the bytes of a text file with the line ends of Unix: a checkout on Windows is no other version."""
    return file.read_bytes().replace(b"\r\n", b"\n")


def imported(source: str) -> set[str]:
    """Return what a source imports from the project's packages: modules, and names that may be modules."""
    return {name for name in _names(source) if name.split(".")[0] in PACKAGES}


def _names(source: str) -> Iterator[str]:
    for statement in _IMPORT.finditer(source):
        if (module := statement["module"]) is None:
            yield from _split(statement["plain"])
        else:
            yield module
            yield from (f"{module}.{name}" for name in _split(statement["names"]))


def _split(names: str) -> Iterable[str]:
    """Return the names in "a, b as c", with or without brackets and comments."""
    parts = _COMMENT.sub("", names).strip("() \t\n").split(",")
    return [part.split()[0] for part in parts if part.strip()]


def _file(module: str, project: Path) -> Path | None:
    place = project.joinpath(*module.split("."))
    candidates = (place.with_name(f"{place.name}.py"), place / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)


def _packages_around(module: str) -> list[str]:
    """Return the packages that are imported before a module is."""
    parts = module.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]
