"""The engine in Node: the same files that the browser loads, over a script of data."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zhsearch
from support import need
from zhsearch.events import BASE, ENGINE

STATIC = Path(zhsearch.__file__).parent / "static" / "zhsearch"
SCRIPTS = [name for name in (*BASE, *ENGINE) if name != "view.js"]
"""What needs no page: the engine and what it stands on."""

_RUN = """
const fs = require("fs"), vm = require("vm");
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const context = { console, performance };
context.window = context;
vm.createContext(context);
for (const file of given.files) vm.runInContext(fs.readFileSync(file, "utf8"), context, { filename: file });
context.given = given.value;
process.stdout.write(JSON.stringify(vm.runInContext("(function () {" + given.code + "})()", context)) ?? "null");
"""

ANSWERS = """
const engine = zhsearch.search(zhsearchData);
return given.map(query => {
  const answer = engine.answer(query);
  return { kind: answer.kind, total: answer.total, read: answer.read, missing: answer.missing || null, groups: answer.groups.map(g => g.label),
    results: answer.results.slice(0, 400).map(r => ({ url: r.page.url, anchor: r.passage.anchor, title: r.page.title,
      heading: r.passage.heading, group: r.group < 0 ? null : zhsearchData.groups[r.group][0], count: r.count,
      twin: r.twin ? r.twin.anchor : null, term: r.term || null,
      snippet: zhsearch.snippet(engine.corpus, r.passage, answer.needles) })) };
});
"""


def run(code: str, value: Any, data: Path | None = None) -> Any:
    """The value of a function body; ``given`` is ``value``, ``zhsearchData`` the data."""
    files = [str(STATIC / name) for name in SCRIPTS] + ([str(data)] if data else [])
    given = json.dumps({"files": files, "value": value, "code": code})
    done = subprocess.run([need("node"), "-e", _RUN], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


_SERVE = """
const fs = require("fs"), vm = require("vm");
const [files, code] = JSON.parse(process.argv[1]);
const context = { console, performance };
context.window = context;
vm.createContext(context);
for (const file of files) vm.runInContext(fs.readFileSync(file, "utf8"), context, { filename: file });
require("readline").createInterface({ input: process.stdin }).on("line", line => {
  context.given = JSON.parse(line);
  process.stdout.write(JSON.stringify(vm.runInContext("(function () {" + code + "})()", context)) + "\\n");
});
"""


@contextmanager
def answering(data: Path) -> Iterator[Callable[..., list[Any]]]:
    """What answers queries over the data, as long as it is needed: one Node for all of them."""
    files = [str(STATIC / name) for name in SCRIPTS] + [str(data)]
    with subprocess.Popen(
        [need("node"), "-e", _SERVE, json.dumps([files, ANSWERS])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as node:
        assert node.stdin and node.stdout

        def ask(*queries: str) -> list[Any]:
            print(json.dumps(queries), file=node.stdin, flush=True)
            answers: list[Any] = json.loads(node.stdout.readline())
            return answers

        yield ask
        node.stdin.close()


def script(
    folder: Path, documents: list[Any], groups: list[Any], words: dict[str, str], variants: str = "", **more: Any
) -> Path:
    """A script of data made by hand; ``more``: what else it holds."""
    content = {
        "groups": groups, "documents": documents, "words": list(words), "pinyin": list(words.values()),
        "variants": variants, **more,
    }  # fmt: skip
    path = folder / "data.js"
    path.write_text(f"window.zhsearchData={json.dumps(content, ensure_ascii=False)};", encoding="utf-8")
    return path
