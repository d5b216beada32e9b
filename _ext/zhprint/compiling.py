"""Typst source → PDF. What the compiler says is told in Chinese, with the line of the generated file.

Page numbers are compiled in passes, as TeX does it: ``pages.json`` says where everything stands, the compiler says
where it stands now, until the two agree. The first table is a guess from the source alone and never that of an
earlier build, so that equal sources give equal files. Digits are equally wide: a guess with the right number of digits
breaks lines where they will be broken.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from .filling import Filled, read_filled
from .fitting import NOTHING, breaks, chosen, let_out, white
from .messages import PrintError, warn
from .paper import TypeArea
from .press import TABLE

_PASSES, _DRAFTS = 8, 7
_LABEL = re.compile(r'#(?:anchor|label)\("((?:[^"\\]|\\.)*)"\)|#matter\(|#chapter\(odd: true')
_INK = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
_INK_PER_PAGE = 560

Table = dict[str, Any]
Draft = Callable[[Table], tuple[Table, Filled]]


def compile_pdf(source: Path, fonts: list[Path], standards: list[str], area: TypeArea) -> int:
    """Compile beside the source until every page number is true and pages are full; the number of pages.

    PrintError when it cannot be.
    """
    table = first_guess(source.read_text(encoding="utf-8"))
    with _only(fonts) as folder:
        table = _made_up(partial(_draft, source, folder, standards, area), table)
        answer = _settled(source, folder, standards, table)
    for warning in answer["warnings"]:
        warn("layout", f"排版引擎提示：{warning}", source.name)
    return int(answer["pages"])


def compile_sheet(source: Path, fonts: list[Path], standards: list[str]) -> None:
    """Compile what has no page numbers, beside a book that is compiled. PrintError when it cannot be."""
    with _only(fonts) as folder:
        _pass(source, folder, standards, draft=True)


@contextmanager
def _only(fonts: list[Path]) -> Iterator[str]:
    """A folder with these fonts: whatever else their own folders hold cannot change the book."""
    with tempfile.TemporaryDirectory(prefix="zhprint-") as folder:
        for number, font in enumerate(fonts):
            _place(font, Path(folder) / f"{number}{font.suffix.lower()}")
        yield folder


def _made_up(draft: Draft, table: Table) -> Table:
    """Where everything stands in the draft with the fewest pages, and among those with the least white."""
    table, filled = draft(table)
    best, least, settled = table, (len(filled.lows), white(filled)), False
    for _ in range(_DRAFTS):
        if settled and least[1] == 0:
            break
        before = chosen(table)
        wanted = breaks(filled, table["places"], before)
        if wanted == before and settled:
            wanted = let_out(filled, table["places"], before)
            if wanted == before:
                break
        # What was parted or put together moves what follows it off the grid: lines are counted a draft later.
        settled = settled or wanted == before
        table, filled = draft(table | wanted)
        if (now := (len(filled.lows), white(filled))) <= least:
            best, least = table, now
    return best


def _draft(source: Path, fonts: str, standards: list[str], area: TypeArea, table: Table) -> tuple[Table, Filled]:
    """Where everything stands when it is set by this table, and how far the pages are filled; numbers may still be wrong."""
    _write(source, table)
    found: Table = _pass(source, fonts, standards, draft=True)["found"]
    return found, read_filled(source.with_suffix(".pdf"), area, found["places"])


def _settled(source: Path, fonts: str, standards: list[str], table: Table) -> Table:
    """The answer of the pass that finds everything where the table says it is."""
    for _ in range(_PASSES):
        _write(source, table)
        answer = _pass(source, fonts, standards)
        if "pages" in answer:
            return answer
        table = answer["found"]
    raise PrintError(f"{source.name}：排了{_PASSES}遍，页码仍不稳定。\n  怎么办：请把这个文件交给维护程序的人查看。")


def _write(source: Path, table: Table) -> None:
    text = json.dumps(table, ensure_ascii=False, indent=0)
    source.with_name(TABLE).write_text(text, encoding="utf-8", newline="\n")


def _pass(source: Path, fonts: str, standards: list[str], draft: bool = False) -> Table:
    task = {"source": str(source.resolve()), "fonts": fonts, "standards": standards, "draft": draft}
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("press.py"))],
        input=json.dumps(task).encode(), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise PrintError(f"排版引擎没有排完 {source.name}：{done.stderr.decode('utf-8', 'replace').strip()[-500:]}")
    answer: Table = json.loads(done.stdout)
    if "error" in answer:
        hints = "".join(f"\n  提示：{hint}" for hint in answer["hints"])
        raise PrintError(f"排版引擎不能排 {source.name}：{answer['error']}{hints}")
    return answer


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


def _place(font: Path, target: Path) -> None:
    try:
        target.symlink_to(font.resolve())
    except OSError:
        target.write_bytes(font.read_bytes())
