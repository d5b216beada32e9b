"""What a typographer would mind on the pages of a printed PDF, found from where the characters stand.

The rules are those of GB/T 15834-2011 and of CLREQ (W3C, Requirements for Chinese Text Layout): which marks may not begin
or end a line, and which stand close together; and of every printer: no single character on a last line, no heading at a
page's foot, no white holes, no line spread thin, nothing too small to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from .filling import empty_lines
from .fitting import SHORTEST
from .positions import Glyph, Layout, Line, Sheet, read_layout, squeezed

NOT_FIRST = frozenset("，、。；：？！）》〉」』】〕］”’")
NOT_LAST = frozenset("（《〈「『【〔［“‘")
SMALLEST = 9.0
"""Points. Smaller is not read in an office."""
LOOSEST = 1.12
"""Em from one character to the next, where the line is set solid at 1."""

_HAN = re.compile("[\u3400-\u9fff]")
_TABLE = 0.77
"""A table's size of type, at most, in that of the text."""
_LEAST = 8
"""Chinese characters on a line whose spread can be told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """``page``: number in the PDF, ``folio``: as printed, ``kind``: a key of ``KINDS``, ``words``: where on the page."""

    page: int
    folio: str
    kind: str
    words: str

    @property
    def grave(self) -> bool:
        """Whether a reader is misled or stopped by it, so that the book must not be printed; the rest is for judgement."""
        return self.kind in _GRAVE

    def __str__(self) -> str:
        printed = f"（印作{self.folio}）" if self.folio else ""
        return f"印刷文件第{self.page}页{printed}：{KINDS[self.kind]}：{self.words}"


KINDS = {
    "first": "一行以不能放在行首的标点开头",
    "last": "一行以不能放在行尾的标点结尾",
    "runt": "一段的最后一行只有一个字",
    "loose": "一行的字距拉得过开",
    "apart": "两个相邻的标点没有挤紧",
    "small": f"有小于{SMALLEST:g}磅的字",
    "outside": "有字超出版心",
    "hole": "页面下部留白过多",
    "heading": "标题落在页末",
    "headless": "表格转页以后没有重排表头",
    "covered": "有字被盖住了",
}
_GRAVE = frozenset({"first", "last", "small", "outside", "heading", "headless", "covered"})


def check_typography(path: Path) -> list[Finding]:
    """Everything that is wrong on the pages of a PDF that zhprint made, in page order. OSError when it cannot be read."""
    layout = read_layout(path)
    return [finding for sheet in layout.sheets for finding in _of_sheet(sheet, layout)]


def _of_sheet(sheet: Sheet, layout: Layout) -> Iterator[Finding]:
    if sheet.covered:
        yield Finding(sheet.number, sheet.folio, "covered", sheet.covered)
    for kind, words in (*_of_lines(sheet), *_outside(sheet, layout), *_foot(sheet, layout), *_head(sheet, layout)):
        yield Finding(sheet.number, sheet.folio, kind, words)


def _of_lines(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for line in sheet.lines:
        if line.opens and line.glyphs[0].text in NOT_FIRST:
            yield "first", line.text
        if len(line.glyphs) > 1 and line.glyphs[-1].text in NOT_LAST:
            yield "last", line.text
        if tiny := squeezed("".join(g.text for g in line.glyphs if g.size < SMALLEST - 0.05 and _on_line(g, line))):
            yield "small", tiny
        if (spread := _spread(line)) > LOOSEST:
            yield "loose", f"{line.text}（{spread:.2f}）"
        for before, after in pairwise(line.glyphs):
            if _stand_apart(before, after):
                yield "apart", f"{before.text}{after.text}，在“{line.text}”里"
    for above, line in pairwise(sheet.lines):
        if _is_runt(above, line):
            yield "runt", f"{above.text}/{line.text}"


def _on_line(glyph: Glyph, line: Line) -> bool:
    return abs(glyph.y - line.y) < 0.5


def _spread(line: Line) -> float:
    """Em between the Chinese characters of a line; 1 when they are too few to tell."""
    pitches = [
        (after.x - before.x) / before.size
        for before, after in pairwise(line.glyphs)
        if before.size == after.size and _HAN.match(before.text) and _HAN.match(after.text)
    ]
    return median(pitches) if len(pitches) >= _LEAST else 1


def _stand_apart(before: Glyph, after: Glyph) -> bool:
    """The empty half between two marks is still there."""
    close = before.text in NOT_FIRST and after.text in NOT_FIRST | NOT_LAST
    close = close or (before.text in NOT_LAST and after.text in NOT_LAST)
    return close and (after.x - before.x) / before.size > 0.8 and after.x - before.end < 0.3 * before.size


def _is_runt(above: Line, line: Line) -> bool:
    """One character, with its marks, under a longer line of the same text."""
    text = squeezed(line.text)
    below = 0 < line.y - above.y < 2 * line.size and above.size == line.size and line.opens
    under = above.x - 0.5 <= line.x + 2.2 * line.size and abs(above.x - line.x) < 2.2 * line.size
    return (
        below and under and len(above.glyphs) > 3 and bool(re.fullmatch(f"{_HAN.pattern}[{''.join(NOT_FIRST)}]*", text))
    )


def _outside(sheet: Sheet, layout: Layout) -> Iterator[tuple[str, str]]:
    """A mark that is set close may hang half its size over the edge: its ink does not."""
    for line in sheet.lines:
        hang = 0.55 * line.size
        if line.x < sheet.left - hang or line.end > sheet.left + layout.area.width + hang:
            yield "outside", line.text


def _foot(sheet: Sheet, layout: Layout) -> Iterator[tuple[str, str]]:
    if not sheet.lines or not sheet.folio:
        return
    *before, last = sheet.lines
    title = (sheet.number, last.text) in {(at, squeezed(title)) for at, title in layout.titles}
    # A text may begin with its title once more.
    again = any(line.text == last.text for line in before)
    if title and not again and sheet.low <= last.y + last.size:
        yield "heading", last.text
    if (short := lines_short(sheet, layout)) > SHORTEST and not ends_by_will(sheet, layout):
        yield "hole", f"少{short}行，最后一行是“{last.text}”"


def _head(sheet: Sheet, layout: Layout) -> Iterator[tuple[str, str]]:
    """A table that goes on from the page before begins with the words of its head, which stand there too."""
    before = layout.sheets[sheet.number - 2] if sheet.number > 1 else sheet
    if not sheet.lines or not before.lines or before.number == sheet.number:
        return
    first, last = sheet.lines[0], before.lines[-1]
    in_table = first.size == last.size < layout.area.size * _TABLE
    # 续表 stands over its head, the letter of an index says （续） itself.
    goes_on = first.text.startswith("续表") or first.text.endswith("（续）")
    # A table that begins here has its head in another face than the table before it ended in.
    goes_on = goes_on or first.glyphs[0].font != last.glyphs[0].font
    if in_table and not goes_on and first.text not in {line.text for line in before.lines}:
        yield "headless", first.text


def lines_short(sheet: Sheet, layout: Layout) -> int:
    """Lines of the grid that stay empty at the foot of a page."""
    return empty_lines(sheet.low, layout.area)


def ends_by_will(sheet: Sheet, layout: Layout) -> bool:
    """Whether a part of the book ends on this page, or a page that the template turned."""
    following = layout.sheets[sheet.number : sheet.number + 1]
    ends = not following or not following[0].folio or following[0].number in layout.openers
    return ends or sheet.number in layout.turned
