"""Print how long a query takes at 555 pages, and what the search costs a build.

The pages are those of the handbook, cut to blocks and dealt out again, so that their words and lengths are real.
    python bench/search.py query SITE      in Node; SITE is a built folder
    python bench/search.py build           cold and no-op builds, with zhsearch and with Sphinx's own zh
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from zhsearch.events import BASE, ENGINE

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "_ext" / "zhsearch" / "static" / "zhsearch"
PAGES = 555
WITHOUT = 'extensions = [e for e in extensions if e != "zhsearch"]\n'
SETTINGS = {
    "zhsearch": '"zhsearch" in extensions or extensions.append("zhsearch")\n',
    "stock zh": WITHOUT,
    "stock en": WITHOUT + 'html_search_language = "en"\n',
}
CODE = """
const fs = require("fs"), vm = require("vm"), given = JSON.parse(fs.readFileSync(0, "utf8"));
const context = { console }; context.window = context; vm.createContext(context);
for (const file of given.files) vm.runInContext(fs.readFileSync(file, "utf8"), context);
context.zhsearchData = given.data;
let start = performance.now();
const engine = context.zhsearch.search(context.zhsearchData);
const prepare = performance.now() - start;
const all = [], slow = [];
const best = new Map();
for (let round = 0; round < 7; round++)
  for (const query of given.queries) {
    start = performance.now();
    const answer = engine.answer(query);
    for (const result of answer.results.slice(0, 12))
      context.zhsearch.snippet(engine.corpus, result.passage, answer.needles);
    const took = performance.now() - start;
    if (round) best.set(query, Math.min(took, best.get(query) || Infinity)); // the machine may be busy with other work
  }
best.forEach((took, query) => { all.push(took); slow.push([took, query]); });
all.sort((a, b) => a - b); slow.sort((a, b) => b[0] - a[0]);
console.log(JSON.stringify({ prepare, median: all[all.length >> 1], p95: all[Math.floor(all.length * 0.95)],
  worst: slow[0], passages: engine.corpus.passages.length, characters: engine.corpus.text.length }));
"""


def enlarged(data: dict[str, Any], passages: int) -> dict[str, Any]:
    """The same text on 555 pages, each of at most so many passages of a real page."""
    pieces = [
        (docname, url, title, group, rows[start : start + passages])
        for docname, url, title, group, rows in data["documents"]
        for start in range(0, len(rows), passages)
    ]
    return {**data, "documents": [pieces[number % len(pieces)] for number in range(PAGES)]}


def query(site: Path) -> None:
    """Median and 95th percentile, ranking and twelve snippets included."""
    script = (site / "_static" / "zhsearch" / "data.js").read_text(encoding="utf-8")
    data = json.loads(script.partition("=")[2].rstrip(";\n"))
    cases = json.loads((ROOT / "tests" / "search" / "data" / "queries.json").read_text(encoding="utf-8"))
    for name, passages in (("pages cut", 5), ("whole pages", 1000)):
        files = [str(STATIC / name) for name in (*BASE, *ENGINE) if name != "view.js"]
        given = {"files": files, "data": enlarged(data, passages), "queries": [case["query"] for case in cases]}
        done = subprocess.run(["node", "-e", CODE], input=json.dumps(given), capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        print(f"{PAGES} {name}: {found['passages']} passages, {found['characters']} characters; ", end="")
        print(f"{len(cases)} queries, best of 6: ready in {found['prepare']:.0f} ms; ", end="")
        print(f"median {found['median']:.2f} ms, ", end="")
        print(f"95 % {found['p95']:.2f} ms, worst {found['worst'][0]:.1f} ms ({found['worst'][1]})")


def build() -> None:
    """Cold and no-op builds of a copy of the handbook, twice each, the better taken."""
    with tempfile.TemporaryDirectory() as folder:
        for name, setting in SETTINGS.items():
            source = Path(folder) / name.replace(" ", "-")
            ignored = shutil.ignore_patterns("_build", ".*", "tests", "__pycache__", "*.egg-info")
            shutil.copytree(ROOT, source, ignore=ignored)
            with (source / "conf.py").open("a", encoding="utf-8") as conf:
                conf.write("\n" + setting)
            figures = []
            for number in range(2):
                out = source / f"_build{number}"
                figures.append((once(source, out), once(source, out)))
            cold, noop = (min(column) for column in zip(*figures, strict=True))
            print(f"{name:9}: cold {cold:.1f} s, no-op {noop:.1f} s")


def once(source: Path, out: Path) -> float:
    """Seconds of processor time of one build: others use this machine too."""
    before = os.times()
    command = [sys.executable, "-m", "sphinx", "-q", "-d", str(out / "doctrees"), ".", str(out / "html")]
    environment = {**os.environ, "PYTHONPATH": str(source / "_ext")}
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["query", site]:
            query(Path(site))
        case ["build"]:
            build()
        case _:
            print(__doc__)
            sys.exit(2)
