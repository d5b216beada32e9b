"""Typst source → PDF. What the compiler says is told in Chinese, with the line of the generated file.

Page numbers are compiled in passes, as TeX does it: ``pages.json`` says where everything stands, the compiler says
where it stands now, until the two agree. The first table is a guess from the source alone and never that of an
earlier build, so that equal sources give equal files. Digits are equally wide: a guess with the right number of digits
breaks lines where they will be broken.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import typst

from .messages import PrintError, warn

TABLE = "pages.json"
_PASSES = 6
_LABEL = re.compile(r'#(?:anchor|label)\("((?:[^"\\]|\\.)*)"\)|#matter\(|#chapter\(odd: true')
_INK = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
_INK_PER_PAGE = 560
_PAGE = re.compile(rb"/Type\s*/Page\b")

Table = dict[str, Any]


def compile_pdf(source: Path, fonts: list[Path], standard: str) -> int:
    """Compile beside the source; the number of pages. PrintError when the compiler refuses."""
    with tempfile.TemporaryDirectory(prefix="zhprint-") as folder:
        # Only these files: whatever else the folders hold cannot change the book.
        for number, font in enumerate(fonts):
            _place(font, Path(folder) / f"{number}{font.suffix.lower()}")
        try:
            compiler = typst.Compiler(
                str(source), root=str(source.parent), font_paths=[folder], ignore_system_fonts=True
            )
            _settle(compiler, source)
            standards: Any = [standard] if standard else []
            data, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=standards)
        except typst.TypstError as error:
            hints = "".join(f"\n  提示：{hint}" for hint in getattr(error, "hints", []))
            raise PrintError(f"排版引擎不能排 {source.name}：{getattr(error, 'message', error)}{hints}") from None
    assert isinstance(data, bytes)
    for warning in warnings:
        warn("layout", f"排版引擎提示：{warning}", source.name)
    source.with_suffix(".pdf").write_bytes(data)
    return len(_PAGE.findall(data))


def _settle(compiler: typst.Compiler, source: Path) -> None:
    """Compile until every page number is true."""
    target = source.with_name(TABLE)
    table = first_guess(source.read_text(encoding="utf-8"))
    for _ in range(_PASSES):
        target.write_text(json.dumps(table, ensure_ascii=False, indent=0), encoding="utf-8", newline="\n")
        found: Table = _found(compiler)
        # The first of two equal names is the one that a reference leads to.
        found["places"] = {name: place for name, *place in reversed(found["places"])}
        import os; os.environ.get("ZHDBG") and print("pass", sum(1 for k in found["places"] if found["places"][k] != table["places"].get(k)), sum(1 for k in found["places"] if len(found["places"][k][0]) != len(table["places"].get(k, [""])[0])), len(found["places"]))
        if found == table:
            return
        table = found
    raise PrintError(f"{source.name}：排了{_PASSES}遍，页码仍不稳定。\n  怎么办：请把文件交给维护的人查看。")


def _found(compiler: typst.Compiler) -> Table:
    try:
        found: Table = json.loads(compiler.query("<zh-found>", field="value", one=True))
    except RuntimeError:
        compiler.compile(format="pdf")  # says what is wrong, and where
        raise
    return found


def first_guess(source: str) -> Table:
    """A number for every label: Chinese characters before it, by what a page holds."""
    places: dict[str, list[Any]] = {}
    at, ink, roman = 0, 0, True
    matters = 0
    for match in _LABEL.finditer(source):
        ink += len(_INK.findall(source, at, match.start()))
        at = match.end()
        if match.group(1) is None:
            if "matter" in match.group():
                matters += 1
                roman = matters == 1 and 'numbering: "i"' in source[match.start() : match.start() + 60]
                ink = ink if matters > 2 else 0
            else:
                ink += _INK_PER_PAGE * 3 // 4  # a chapter's title, and the blank page that may be before it
            continue
        name = json.loads(f'"{match.group(1)}"')
        places.setdefault(name, ["ii" if roman else str(1 + ink // _INK_PER_PAGE), 1, 0.0])
    return {"places": places, "starts": [], "ends": []}


def _place(font: Path, target: Path) -> None:
    try:
        target.symlink_to(font.resolve())
    except OSError:
        target.write_bytes(font.read_bytes())
