"""Typst source → PDF. What the compiler says is told in Chinese, with the line of the generated file.

Page numbers are compiled in passes, as TeX does it: ``pages.json`` says where everything stands, the compiler says
where it stands now, until the two agree. The first table is a guess from the source alone and never that of an
earlier build, so that equal sources give equal files. Digits are equally wide: a guess with the right number of digits
breaks lines where they will be broken.
"""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

from .engine import Answer, Engine, engine
from .filling import Filled, read_filled
from .fitting import NOTHING
from .makeup import Table, made_up
from .messages import PrintError, warn
from .paper import TypeArea
from .press import TABLE

_PASSES = 8
_LABEL = re.compile(r'#(?:anchor|label)\("((?:[^"\\]|\\.)*)"\)|#matter\(|#chapter\(odd: true')
_INK = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
_INK_PER_PAGE = 560


def compile_pdf(source: Path, fonts: list[Path], standards: list[str], area: TypeArea) -> int:
    """Compile beside the source until every page number is true and pages are full; the number of pages.

    PrintError when it cannot be.
    """
    table = first_guess(source.read_text(encoding="utf-8"))
    with engine(source, fonts, standards) as running:
        table = made_up(partial(_draft, source, running, area), table)
        answer = _settled(source, running, table)
    for warning in answer["warnings"]:
        warn("layout", f"排版引擎提示：{warning}", source.name)
    return int(answer["pages"])


def compile_sheet(source: Path, fonts: list[Path], standards: list[str]) -> None:
    """Compile what has no page numbers, beside a book that is compiled. PrintError when it cannot be."""
    with engine(source, fonts, standards) as running:
        running.run_pass(draft=True)


def _draft(source: Path, running: Engine, area: TypeArea, table: Table) -> tuple[Table, Filled]:
    """Where everything stands when it is set by this table, and how far the pages are filled; numbers may still be wrong."""
    _write(source, table)
    found: Table = running.run_pass(draft=True)["found"]
    return found, read_filled(source.with_suffix(".pdf"), area, found["places"])


def _settled(source: Path, running: Engine, table: Table) -> Answer:
    """The answer of the pass that finds everything where the table says it is."""
    for _ in range(_PASSES):
        _write(source, table)
        answer = running.run_pass()
        if "pages" in answer:
            return answer
        table = answer["found"]
    raise PrintError(f"{source.name}：排了{_PASSES}遍，页码仍不稳定。\n  怎么办：请把这个文件交给维护程序的人查看。")


def _write(source: Path, table: Table) -> None:
    text = json.dumps(table, ensure_ascii=False, indent=0)
    source.with_name(TABLE).write_text(text, encoding="utf-8", newline="\n")


def first_guess(source: str) -> Table:
    """A number for every label: Chinese characters before it, by what a page holds."""
    places: dict[str, list[str | float]] = {}
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
    return {"places": places, "starts": [], "ends": [], **NOTHING}
