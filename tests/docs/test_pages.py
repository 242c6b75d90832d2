"""What the pages say must be there: files, sections, commands, parameters, a strategy that can be run."""

import ast
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from scenarios.cli import COMMANDS
from scenarios.commands.arguments import read_arguments
from scenarios.seeking.reading import read_goals
from scenarios.strategies.library import library
from scenarios.strategies.scenario import read_strategy
from scenarios.studies.reading import read_study
from simulator.region.pack import load_region

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
EVERY = pytest.mark.parametrize("page", PAGES, ids=NAMES)
FOLDERS = ("simulator", "scenarios", "calibration", "tests", "docs", "benchmarks")
# Put together here, so that this file does not name them itself.
MACHINE = tuple("/" + name + "/" for name in ("work", "tmp", "root", "home", "workspace"))
HOSTS = tuple(".".join(parts) for parts in (("pypi", "org"), ("files", "pythonhosted")))
TOOLS = (("cla", "ude"), ("anth", "ropic"), ("open", "ai"), ("chat", "gpt"), ("issues ", "show"), ("index", "-url"))
WORKPLACE = tuple(start + end for start, end in TOOLS)


def text_of(page):
    return page.read_text(encoding="utf-8")


def anchor(heading):
    """The anchor that GitHub and editors give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(page):
    return {anchor(line.lstrip("#")) for line in text_of(page).splitlines() if line.startswith("#")}


def links(page):
    plain = re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)", plain) + re.findall(r'<img src="([^"]+)"', plain)
    return [target for target in found if "://" not in target]


def tracked():
    """Every file of the project: those under version control, or in an unpacked copy those in its folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in [*found, *PAGES] if "__pycache__" not in path.parts]


def commands(page):
    """What the page tells to type after `naravard`, in blocks of code, comments left out."""
    blocks = re.findall(r"```(?:bash|console|text)?\n(.*?)```", text_of(page), flags=re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    typed = [re.split(r"(?:^|/)naravard ", line)[-1] for line in lines if re.search(r"(?:^|/)naravard \w", line)]
    return [shlex.split(line, comments=True) for line in typed]


@EVERY
def test_every_relative_link_leads_somewhere(page):
    for target in links(page):
        name, _, place = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), f"{target}: no such file"
        assert not place or place in anchors(file), f"{target}: no such heading"


@EVERY
def test_every_file_that_is_named_exists(page):
    for name in re.findall(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]+)`", text_of(page)):
        assert (ROOT / name).exists(), name


@EVERY
def test_every_command_that_is_told_can_be_read(page):
    known = {command.name: command for command in COMMANDS}
    for words in commands(page):
        assert words[0] in known, words
        _, problems = read_arguments(known[words[0]], words[1:])
        assert not problems, (words, [str(problem) for problem in problems])


def test_the_readme_tells_the_everyday_commands():
    assert {words[0] for words in commands(ROOT / "README.md")} == {command.name for command in COMMANDS}


def test_strategies_named_in_the_readme_are_in_the_library():
    (first,) = [words for words in commands(ROOT / "README.md") if words[0] == "run"][:1]
    names = [word for word in first[1:] if not word.startswith("-") and not word.isdigit() and "/" not in word]
    assert names
    assert set(names) <= set(library())


def examples_of_analysts():
    """The study, the goals and the strategy that the analysts' page shows as files."""
    return re.findall(r"```yaml\n(.*?)```", text_of(ROOT / "docs" / "analytiker.md"), flags=re.DOTALL)


def test_the_strategy_of_the_analysts_page_is_valid(tmp_path):
    _, _, example = examples_of_analysts()
    file = tmp_path / "egen.yaml"
    file.write_text(example, encoding="utf-8")
    strategy = read_strategy(file, load_region("kalmar"))
    assert strategy.levers
    assert f"{strategy.name}.yaml" in text_of(ROOT / "docs" / "analytiker.md")


def test_the_study_of_the_analysts_page_is_valid(tmp_path):
    example, goals, strategy = re.findall(
        r"```yaml\n(.*?)```", text_of(ROOT / "docs" / "analytiker.md"), flags=re.DOTALL
    )
    (tmp_path / "min-strategi.yaml").write_text(strategy, encoding="utf-8")
    (tmp_path / "studie.yaml").write_text(example, encoding="utf-8")
    read = read_study(str(tmp_path / "studie.yaml"), {})
    assert len(read.cases) == (4 + 9) * 3
    assert {case.stress_name for case in read.cases} == {"", "bemanningskris", "vintertopp"}
    (tmp_path / "mal.yaml").write_text(goals, encoding="utf-8")
    assert read_goals(str(tmp_path / "mal.yaml"), {}).wanted.goals


def said_to_be_unread():
    """Parameters that the model page says the simulator does not read."""
    text = text_of(ROOT / "docs" / "model.md")
    (listed,) = re.findall(r"<!-- comparison only -->(.*?)<!-- end -->", text, flags=re.DOTALL)
    return set(re.findall(r"`([a-z_]+\.[a-z0-9_]+)`", listed))


def unread():
    """Parameters that stand in no source of the simulator, spelled out or put together, and in no footprint."""
    source = "".join(text_of(file) for file in (ROOT / "simulator").rglob("*.py"))
    source += text_of(ROOT / "simulator" / "regions" / "kalmar" / "footprints.csv")
    put_together = [
        text for text in re.findall(r'f"([a-z_{}]+\.[^"\s]+)"', source) if re.sub(r"\{[^}]*\}|\.", "", text)
    ]
    for family, listed in re.findall(r'f"([a-z_]+\.)\{name\}"\] for name in \(([^)]*)\)', source):
        put_together.remove(f"{family}{{name}}")
        source += "".join(f'"{family}{name}",' for name in re.findall(r'"([a-z_]+)"', listed))
    made = [re.sub(r"\{[^}]*\}", "[a-z0-9_]+", text) for text in put_together]
    spelled = set(re.findall(r'(?<=[",])[a-z_]+\.[a-z0-9_]+(?=[",])', source))
    names = set(load_region("kalmar").parameters) - spelled
    return {name for name in names if not any(re.fullmatch(pattern, name) for pattern in made)}


def test_the_model_page_lists_what_the_simulator_does_not_read():
    assert len(said_to_be_unread()) > 10
    assert said_to_be_unread() == unread()


@EVERY
def test_python_that_is_shown_is_python_and_its_imports_exist(page):
    for block in re.findall(r"```python\n(.*?)```", text_of(page), flags=re.DOTALL):
        tree = ast.parse(block)
        imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        exec(compile(ast.Module(imports, []), page.name, "exec"), {})


def test_the_changelog_knows_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## [{version}]" in text_of(ROOT / "CHANGELOG.md")


def test_no_file_names_a_machine_a_registry_or_a_workplace():
    found = []
    for file in tracked():
        try:
            text = file.read_text(encoding="utf-8").lower()
        except UnicodeDecodeError:
            continue
        found += [f"{file.relative_to(ROOT)}: {word}" for word in (*MACHINE, *HOSTS, *WORKPLACE) if word in text]
    assert found == []
