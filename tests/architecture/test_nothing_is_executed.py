"""Nothing that is read becomes code: no pickle, no YAML objects, no eval, no shell; and no header says who somebody is.

Processes of a pool pickle what they hand each other, which nobody else can write; numba's kernels lie in a folder that
only their user can open (`simulator`).
"""

from __future__ import annotations

import ast

import pytest

from calibration.imports import ROOT, files

MODULES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "jsonpickle", "code"}
BUILTINS = {"eval", "exec", "compile", "__import__", "input", "breakpoint"}
METHODS = {
    "yaml": {"load", "load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all", "Loader", "FullLoader",
             "UnsafeLoader"},
    "os": {"system", "popen", "execl", "execlp", "spawnl", "startfile"},
    "pd": {"read_pickle", "eval"},
    "pandas": {"read_pickle", "eval"},
    "st.context": {"headers", "cookies", "ip_address"},
    "context": {"headers", "cookies", "ip_address"},
    "st": {"user", "experimental_user"},
}  # fmt: skip
"""Attributes by what they are of."""
ARRAYS = {"load", "save", "savez", "savez_compressed"}
SOURCES = [file for file in files() if "benchmarks" not in file.parts]


def findings(source: str) -> list[str]:
    """Return what a source does that makes code of data, by line."""
    return [f"{node.lineno}: {what}" for node in ast.walk(ast.parse(source)) for what in _of(node)]


def _of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names if name.name.split(".")[0] in MODULES]
    if isinstance(node, ast.ImportFrom):
        from_module = (node.module or "").split(".")[0]
        named = [a.name for a in node.names if a.name in METHODS.get(from_module, ())]
        return [from_module] if from_module in MODULES else named
    if isinstance(node, ast.Attribute):
        return [ast.unparse(node)] if node.attr in METHODS.get(ast.unparse(node.value), ()) else []
    return _of_call(node) if isinstance(node, ast.Call) else []


def _of_call(call: ast.Call) -> list[str]:
    given = {word.arg: word.value for word in call.keywords}
    name = ast.unparse(call.func)
    told = [name] if name in BUILTINS else []
    if name.startswith("np.") and name[3:] in ARRAYS and not _is(given.get("allow_pickle"), False):
        told.append(f"{name} without allow_pickle=False")
    if "shell" in given and not _is(given["shell"], False):
        told.append(f"{name} by a shell")
    return told


def _is(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def test_no_source_makes_code_of_data(record_property) -> None:
    found = {str(file.relative_to(ROOT)): findings(file.read_text("utf-8")) for file in SOURCES}
    assert {name: what for name, what in found.items() if what} == {}
    record_property("sources", len(found))
    assert len(found) > 200


@pytest.mark.parametrize(
    "source",
    [
        "import pickle", "from pickle import loads", "import os.path, shelve", "yaml.load(text, yaml.SafeLoader)",
        "from yaml import load", "class A(yaml.UnsafeLoader): pass", "eval('1')",
        "exec(text)", "compile(text, '', 'exec')",
        "np.load(path)", "np.load(path, allow_pickle=True)", "np.savez(path, a=a)", "os.system('ls')",
        "subprocess.run(text, shell=True)", "pd.read_pickle(path)", "st.context.headers['X-Forwarded-User']",
        "def f():\n    __import__(name)", "st.user.email",
    ],
)  # fmt: skip
def test_what_makes_code_of_data_is_found(source: str) -> None:
    assert findings(source)


@pytest.mark.parametrize(
    "source", ["yaml.SafeLoader", "re.compile('a')", "np.load(p, allow_pickle=False)", "st.context.url"]
)
def test_what_does_not_is_left_alone(source: str) -> None:
    assert findings(source) == []
