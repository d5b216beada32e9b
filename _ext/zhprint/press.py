"""The compiler, in a process of its own, whose memory goes back when it ends.

Its argument is JSON of ``source``, ``fonts`` (a folder) and ``standards``. Each line of standard input asks for a pass, ``true``
for a draft. ``pages.json`` beside the source says where everything stands; when the compiler finds that true, and for each
draft, it writes the PDF. Each is answered by a line of JSON: ``found`` (the table as it is), ``pages`` and ``warnings``; or
``error`` and ``hints``. Imports nothing but the compiler.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import typst

TABLE = "pages.json"
CHOICES = ("springs", "parted", "loosened", "lean", "tall")
"""What the builder chose, and the compiler only reads."""
_PAGE = re.compile(rb"/Type\s*/Page\b")


def run_pass(source: Path, fonts: typst.Fonts, standards: Any, draft: bool) -> dict[str, object]:
    """Set the book once. ``draft``: a PDF is written even when page numbers are not true yet."""
    table = json.loads(source.with_name(TABLE).read_text(encoding="utf-8"))
    # A new one each time, for it reads a file only once. What was set before is kept outside of it.
    compiler = typst.Compiler(str(source), root=str(source.parent), font_paths=fonts, ignore_system_fonts=True)
    try:
        found = json.loads(compiler.query("<zh-found>", field="value", one=True))
    except RuntimeError:
        compiler.compile(format="pdf", pdf_standards=standards)  # says what is wrong, and where
        raise
    # The first of two equal names is the one that a reference leads to.
    found["places"] = {name: place for name, *place in reversed(found["places"])}
    # What the builder chose stays as it was chosen.
    found |= {choice: table[choice] for choice in CHOICES}
    if found != table and not draft:
        return {"found": found}
    data, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=standards)
    assert isinstance(data, bytes)
    source.with_suffix(".pdf").write_bytes(data)
    return {"found": found, "pages": len(_PAGE.findall(data)), "warnings": [str(warning) for warning in warnings]}


def main() -> None:
    """Read the task, answer until nothing more is asked."""
    task = json.loads(sys.argv[1])
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[task["fonts"]])
    for line in sys.stdin.buffer:
        try:
            answer = run_pass(Path(task["source"]), fonts, task["standards"], json.loads(line))
        except typst.TypstError as error:
            answer = {"error": str(getattr(error, "message", error)), "hints": list(getattr(error, "hints", []))}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
