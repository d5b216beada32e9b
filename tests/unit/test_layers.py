"""The house has floors: which package may import which, no circle anywhere, and pure rooms that know no Sphinx."""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT

EXTENSIONS = ROOT / "_ext"
SPHINX = {"sphinx", "docutils", "myst_parser", "sphinx_design"}
PURE = ("zh", "gbt7714", "speeches.core", "drafts", "intake", "suggest", "revision")
MAY_IMPORT: dict[str, set[str]] = {
    "zh": set(),
    "gbt7714": {"zh"},
    "manuscript": {"zh"},
    "permalink": {"zh"},
    "zhindex": {"zh"},
    "zhsearch": {"zh"},
    "zhprint": {"zh", "zhindex"},
    "zhword": {"zh", "zhindex", "zhprint"},
    "teaching": {"zh"},
    "booksite": {"zh"},
    "speeches": {"zh", "gbt7714", "permalink"},
    "citable": {"zh", "gbt7714", "permalink", "speeches"},
    "handbook_citations": {"zh", "gbt7714", "citable", "speeches"},
    "drafts": {"zh", "speeches"},
    "revision": {"zh", "zhprint", "zhword", "drafts", "speeches"},
    "intake": {"zh", "speeches"},
    "suggest": {"zh", "speeches"},
    "handbook": {
        "zh",
        "booksite",
        "drafts",
        "intake",
        "suggest",
        "gbt7714",
        "citable",
        "permalink",
        "speeches",
        "zhprint",
        "zhword",
        "revision",
        "zhindex",
    },
}
CORE_FLOORS = ("source", "matching", "review", "prose", "report")


def _modules(package: str) -> list[Path]:
    return sorted((EXTENSIONS / package.replace(".", "/")).rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(EXTENSIONS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path) -> Iterator[str]:
    """Absolute names of what a module imports, wherever in it the import stands, type checking too."""
    package = _name(path).split(".") if path.stem == "__init__" else _name(path).split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def test_every_package_has_a_floor() -> None:
    assert {path.name for path in EXTENSIONS.iterdir() if (path / "__init__.py").is_file()} == set(MAY_IMPORT)


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    reached = {(path.name, name.split(".")[0]) for path in _modules(package) for name in _imported(path)}
    above = {
        (path, name) for path, name in reached if name in MAY_IMPORT and name not in MAY_IMPORT[package] | {package}
    }
    assert not above


def test_no_two_packages_import_each_other_by_any_way() -> None:
    assert not [name for name in MAY_IMPORT if name in _reached_from(name, MAY_IMPORT)]


def test_no_two_modules_import_each_other_by_any_way() -> None:
    """At import time: what a function imports when it runs, and what only the type checker reads, closes no circle."""
    modules = {_name(path): path for path in EXTENSIONS.rglob("*.py")}
    graph = {name: set(_at_import(path, set(modules))) for name, path in modules.items()}
    assert not sorted(name for name in graph if name in _reached_from(name, graph))


@pytest.mark.parametrize("path", [p for package in PURE for p in _modules(package)], ids=_name)
def test_a_pure_module_knows_no_sphinx(path: Path) -> None:
    assert not [name for name in _imported(path) if name.split(".")[0] in SPHINX]


@pytest.mark.parametrize("path", _modules("speeches.core"), ids=_name)
def test_the_core_does_not_reach_up(path: Path) -> None:
    inside = ("speeches.core", "zh", "gbt7714")
    ours = [name for name in _imported(path) if name.split(".")[0] in MAY_IMPORT]
    assert not [name for name in ours if not name.startswith(inside)]


@pytest.mark.parametrize("floor", CORE_FLOORS)
def test_the_drawers_of_the_core_lie_on_each_other(floor: str) -> None:
    higher = CORE_FLOORS[CORE_FLOORS.index(floor) + 1 :]
    for path in _modules(f"speeches.core.{floor}"):
        assert not [n for n in _imported(path) if n.startswith(tuple(f"speeches.core.{above}" for above in higher))], (
            path.name
        )


def test_using_the_core_loads_no_sphinx() -> None:
    """``handbook`` must start without Sphinx: the package around the core may not import it at once."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); import speeches.core.matching.verify; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code, str(EXTENSIONS)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    loaded = {name.split(".")[0] for name in result.stdout.split()}
    assert not loaded & SPHINX


def _at_import(path: Path, known: set[str]) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = _name(path).split(".") if path.stem == "__init__" else _name(path).split(".")[:-1]
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{module}.{alias.name}"
                if full in known:
                    yield full
                elif module in known:
                    yield module


def _reached_from(start: str, graph: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(graph.get(name, ()))
    return reached


@pytest.mark.parametrize(("floor", "above"), [("read", ("check", "write")), ("check", ("write",))])
def test_a_quotation_goes_one_way(floor: str, above: tuple[str, ...]) -> None:
    """read → check → write: what comes first knows nothing of what comes after."""
    later = tuple(f"speeches.{name}." for name in above)
    for path in _modules(f"speeches.{floor}"):
        assert not [name for name in _imported(path) if name.startswith(later)], path.name


_PRIVATE = re.compile(r"(?<!\w)(?:env|self|app)\._(?:app|builder_cls|registry|tags)\b|\bsphinx\.[\w.]*\b_\w")


def test_what_sphinx_keeps_to_itself_is_used_with_a_reason() -> None:
    """On its line or the one before: why there is no public way."""
    lines = {path: ["", *path.read_text(encoding="utf-8").split("\n")] for path in sorted(EXTENSIONS.rglob("*.py"))}
    used = [
        (f"{path.relative_to(EXTENSIONS)}:{number}", "#" in line or before.lstrip().startswith("#"))
        for path, text in lines.items()
        for number, (before, line) in enumerate(itertools.pairwise(text), 1)
        if _PRIVATE.search(line.partition("#")[0])
    ]
    assert used and not [place for place, explained in used if not explained]
