"""The core knows nothing of Sphinx, and the other two extensions know nothing of speeches."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT

EXTENSIONS = ROOT / "_ext"
CORE = sorted((EXTENSIONS / "speeches" / "core").glob("**/*.py"))
SPHINX = {"sphinx", "docutils", "myst_parser", "sphinx_design"}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_there_is_a_core() -> None:
    assert len(CORE) > 20


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_no_module_of_the_core_imports_sphinx(path: Path) -> None:
    names = list(_imported(path))
    assert not [name for name in names if name.split(".")[0] in SPHINX]
    assert not [name for name in names if name.startswith("..")], "the core does not reach up into the Sphinx side"


@pytest.mark.parametrize("wing", ["zhsearch", "zhprint"])
def test_the_other_wings_import_nothing_from_speeches(wing: str) -> None:
    for path in (EXTENSIONS / wing).glob("**/*.py"):
        assert not [name for name in _imported(path) if name.lstrip(".").split(".")[0] == "speeches"], path.name


def test_using_the_core_loads_no_sphinx() -> None:
    """``handbook`` must start without Sphinx: the package around the core may not import it at once."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); import speeches.core.verify; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code, str(EXTENSIONS)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    loaded = {name.split(".")[0] for name in result.stdout.split()}
    assert not loaded & SPHINX
