"""Every script that is handed out can be read by the oldest browser that the site is meant for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import booksite.scripts
import teaching
import zhsearch.events
from support import ROOT

PARSE = """
import { readFileSync } from "node:fs";
import { parse } from "acorn";
import { BASELINE } from "./eslint.config.mjs";
const wrong = [];
for (const [name, code] of JSON.parse(readFileSync(0, "utf8"))) {
  try { parse(code, { ecmaVersion: BASELINE, sourceType: "script" }); } catch (error) { wrong.push(`${name}: ${error.message}`); }
}
console.log(JSON.stringify(wrong));
"""


def in_node(code: str, value: object) -> list[str]:
    """What a module prints, run where node_modules is; skipped without it, or failed where everything is required."""
    if shutil.which("node") is None or not (ROOT / "node_modules/acorn").is_dir():
        missing = "needs node and node_modules/acorn (npm install --no-save acorn eslint eslint-plugin-es-x globals)"
        if os.environ.get("HANDBOOK_REQUIRE_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", code], input=json.dumps(value), cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    parsed: list[str] = json.loads(ran.stdout)
    return parsed


def test_every_script_of_the_site_parses_as_the_baseline(handbook: Path) -> None:
    scripts = [(path.relative_to(handbook).as_posix(), path.read_text("utf-8")) for path in handbook.rglob("*.js")]
    assert {"_static/scripts/furo.js", "_static/booksite/base.js", "_static/zhsearch/page.js"} <= {
        n for n, _ in scripts
    }
    for path in handbook.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        scripts += [(path.name, script.get_text()) for script in page.select("script:not([src])")]
    assert in_node(PARSE, scripts) == []


def test_the_parser_would_tell_a_newer_script() -> None:
    assert len(in_node(PARSE, [("old.js", "a = b ? b.c : 1;"), ("new.js", "a = b?.c ?? 1;")])) == 1


def test_a_page_loads_every_script_that_is_handed_out_and_no_other(handbook: Path) -> None:
    loaded: set[str] = set()
    for path in handbook.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for script in page.select("script[src]"):
            source = (path.parent / str(script["src"]).partition("?")[0]).resolve()
            loaded.add(source.relative_to(handbook.resolve()).as_posix())
    handed_out = {path.relative_to(handbook).as_posix() for path in handbook.rglob("*.js")}
    on_demand = {name for name in handed_out if name.startswith("_static/speeches/")}  # by source.js
    on_demand |= {f"_static/zhsearch/{name}" for name in zhsearch.events.MARKS}  # by start.js
    # Sphinx reads its own index back at the next build, and keeps it here.
    assert handed_out - loaded - on_demand == {"searchindex.js"}
    assert loaded <= handed_out


def test_every_script_is_listed_once() -> None:
    for folder, listed in (
        (booksite.scripts.STATIC / "booksite", booksite.scripts.SCRIPTS),
        (Path(teaching.__file__).parent / "static/teaching", teaching.SCRIPTS),
        (
            Path(zhsearch.__file__).parent / "static/zhsearch",
            {*zhsearch.events.PAGE, *zhsearch.events.LIST, *zhsearch.events.MARKS, *zhsearch.events.ENGINE, "page.js"}
            - {zhsearch.events.STYLE},
        ),
    ):
        assert sorted(listed) == sorted(path.name for path in folder.glob("*.js"))


def test_no_module_is_used(handbook: Path) -> None:
    """A browser loads no module from file://."""
    for path in handbook.rglob("*.html"):
        assert not re.search(r'<script[^>]*type="module"', path.read_text(encoding="utf-8")), path
