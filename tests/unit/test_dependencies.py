"""What the program is built on: every direct dependency has its reason in README, every import its dependency."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from support import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_NO_ROW = {
    "docutils",  # Sphinx's own foundation
    "pip", "setuptools", "wheel",  # set-up itself
    "pytest-cov", "pytest-xdist", "types-docutils", "types-lxml", "types-pygments",  # parts of pytest and mypy
    "soupsieve",  # a bound on a dependency of beautifulsoup4
}  # fmt: skip


def _names(requirements: list[str]) -> set[str]:
    return {match[0].lower() for item in requirements if (match := re.match(r"[\w.-]+", item))}


EXTRAS = {name: _names(wanted) for name, wanted in PROJECT["optional-dependencies"].items() if name != "dev"}
RUNTIME = _names(PROJECT["dependencies"]).union(*EXTRAS.values())
DEV = _names(PROJECT["optional-dependencies"]["dev"])


def test_every_direct_dependency_has_its_row_in_readme() -> None:
    table = re.findall(r"^\| ([a-z][^|]*) \| ([^|]+) \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    rows = {name.strip(" `"): why for names, why in table for name in names.split(",")}
    assert (RUNTIME | DEV) - _NO_ROW - rows.keys() == set()
    assert rows.keys() - RUNTIME - DEV - {"dependency"} == set(), "a row of what is not used any more"
    assert all(len(why.strip()) > 10 for name, why in rows.items() if name != "dependency")


def test_what_an_extra_wants_is_locked_and_alike_in_each() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert {name for name in RUNTIME | DEV if f"\n{name}==" not in f"\n{lock}"} == set()
    wanted = [item for extra in PROJECT["optional-dependencies"].values() for item in extra]
    assert len({*wanted, *PROJECT["dependencies"]}) == len(RUNTIME | DEV), "one bound for each package"
    apart = set().union(*(names for extra, names in EXTRAS.items() if extra not in ("handbook", "large")))
    assert apart <= EXTRAS["handbook"]


def test_everything_that_is_imported_is_a_direct_dependency() -> None:
    """Not what another package happens to bring."""
    own = {path.name for path in (ROOT / "_ext").iterdir()}
    imported = set()
    for path in sorted((ROOT / "_ext").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names.append(node.module or "")
            imported |= {name.partition(".")[0] for name in names}
    known = packages_distributions()
    foreign = {name for name in imported if name not in sys.stdlib_module_names and name not in own | {"_typeshed"}}
    brought = {name: known[name] for name in foreign if not {d.lower() for d in known.get(name, RUNTIME)} & RUNTIME}
    assert brought == {}, "installed, and by nobody's wish"
