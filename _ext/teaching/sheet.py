"""The text of a form → tables with cells to fill in. Pure.

A line is a row, its cells parted by ``|``::

    交办人 | | 日期 |               label, blank, label, blank
    办什么 | 高3行                  a blank three lines high
    # 序号:1 | 来文:4 | 经手人:2    heads a table of three columns, with relative widths
    空8行                           eight blank rows below such a head

Rows without a head lie on a grid of twelve, so that labels stand under each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

GRID = 12
_SPANS = {1: (12,), 2: (2, 10), 3: (2, 5, 5), 4: (2, 4, 2, 4), 6: (2, 2, 2, 2, 2, 2)}
_MOST = 60
"""Lines, rows or width that a number may ask for: a page of A4 has some forty lines."""
_HEIGHT = re.compile(r"高(\d+)行")
_BLANKS = re.compile(r"空(\d+)行")
_HEAD = re.compile(r"(.*?)(?:[:：](\d+))?")


class SheetError(Exception):
    """A line that is no row of a form; the message is for an editor."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is printed; a cell without text is to be filled in, ``lines`` high. ``span``: columns of the table."""

    text: str
    span: int = 1
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a form: relative widths of its columns, heads (none for a sheet of labels), rows."""

    widths: tuple[int, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def parse_sheets(lines: Iterable[str]) -> tuple[Sheet, ...]:
    """The tables of a form. SheetError names the line that cannot be read."""
    out: list[Sheet] = []
    widths: tuple[int, ...] = (1,) * GRID
    heads: tuple[str, ...] = ()
    rows: list[tuple[Cell, ...]] = []

    def close() -> None:
        if rows:
            out.append(Sheet(widths, heads, tuple(rows)))
        rows.clear()

    for line in (line.strip() for line in lines):
        if not line:
            close()
            widths, heads = (1,) * GRID, ()
        elif line.startswith("#"):
            close()
            parts = [_HEAD.fullmatch(part.strip()) for part in line[1:].split("|")]
            if len(parts) > GRID:
                raise SheetError(f"表头有{len(parts)}栏，最多{GRID}栏。请拆成几张表。")
            heads = tuple(part.group(1).strip() for part in parts if part)
            widths = tuple(_number(part.group(2) or "1", line) for part in parts if part)
        elif blank := _BLANKS.fullmatch(line):
            if not heads:
                raise SheetError(
                    f"“{line}”上面没有表头。请先写一行以 # 开头的表头，或者写成：名目 | 高{blank.group(1)}行"
                )
            rows += [tuple(Cell("") for _ in heads)] * _number(blank.group(1), line)
        else:
            rows.append(_row(line, heads))
    close()
    if not out:
        raise SheetError("表单是空的。请写出各行，一行一条，各格用 | 隔开。")
    return tuple(out)


def _number(digits: str, line: str) -> int:
    if len(digits) > len(str(_MOST)) or not 1 <= int(digits) <= _MOST:
        raise SheetError(f"“{line[:40]}”里的数字不对。行数、宽窄请写 1 到 {_MOST}。")
    return int(digits)


def _row(line: str, heads: tuple[str, ...]) -> tuple[Cell, ...]:
    texts = [text.strip() for text in line.split("|")]
    spans = (1,) * len(heads) if heads else _SPANS.get(len(texts), ())
    if len(texts) != len(spans):
        wanted = f"{len(heads)}格，与表头相同" if heads else "1、2、3、4或6格"
        raise SheetError(f"“{line}”有{len(texts)}格。这里应有{wanted}，各格用 | 隔开。")
    heights = [_HEIGHT.fullmatch(text) for text in texts]
    return tuple(
        Cell("", span, _number(high.group(1), line)) if high else Cell(text, span)
        for text, span, high in zip(texts, spans, heights, strict=True)
    )
