"""Tables: captions above, heads repeated, columns as wide as their text needs, room to write in empty cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docutils import nodes

from .book import matches
from .paper import SIZES
from .writer import WriterBase

_LINE = 42.6
"""Characters of table text across an A4 page."""
_PRINTED = 0.6
"""Lines to write on that each further line of print in a row makes it higher by, from 0.8 for the first."""
_TYPE, _INSET = 10.5, 8.0
"""Points of table text, and of the insets of a cell, which are the same in large print."""
_NARROWER = 3.5
"""Characters of a column under which the last two characters of a cell may be parted."""
_NARROWEST, _LONGEST_HEAD, _LONGEST_WORD = 3.2, 6.0, 12.0
_WORD = re.compile(r"(?:摘录)?[!-~]+[，。、：；）》”]*|（第[0-9ivxlc]+页）[，。、：；）》”]*")
"""What cannot be broken: 2026-11-21："""
_LAST = re.compile(r"(?<=[\u2018-\u201d\u3001-\u9fff\uff00-\uffef])(?=[\u4e00-\u9fff][^\u4e00-\u9fff\n]*(?:\n|\Z))")
_HIGH, _PICTURE = 25, 8
"""Lines from which a row is parted where a page ends, and those of a picture."""
_BOX = "□"
"""What a cell of a form holds that is to be ticked."""
_BLANK = " \t\r\n\u3000\u00a0"
_GIVEN = {"checklist", "colwidths-given"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column's width depends on."""

    text: str
    columns: int = 1


class TablesMixin(WriterBase):
    """``table`` and everything in it."""

    def on_table(self, node: nodes.Element) -> str:
        group = next(child for child in node.children if isinstance(child, nodes.tgroup))
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        specs = [child for child in group.children if isinstance(child, nodes.colspec)]
        heads = [row for part in group.children if isinstance(part, nodes.thead) for row in _rows(part)]
        rows = [row for part in group.children if isinstance(part, nodes.tbody) for row in _rows(part)]
        anchor = self.anchors(node)
        before, rooms, self.in_table = self.in_table, self.rooms, True
        classes: list[str] = node.get("classes", [])
        widths = self._widths(node, specs, [*heads, *rows])
        columns = "(" + "".join(f"{width:.2f}fr, " for width in widths) + ")"
        if "checklist" in classes:
            columns = "checklist-columns, inset: (x: 4pt, y: checklist-inset)"
        self.in_brief, self.in_checklist = "in-brief" in classes, "checklist" in classes
        inset = _INSET / (_TYPE * self._scale())
        self.rooms = [width / sum(widths) * self._line() - inset for width in widths]
        name = self.place("fit")
        self.checklist_row = f"#checklist-row({name}, {len(rows)})"
        with self.in_face("hei"):
            self.no_links = True
            head = "".join(self._row(row) for row in heads)
            self.no_links = False
            self.note_ink("续表")
        with self.in_face("song"):
            body = "".join(self._row(row) for row in rows)
        lines = [_lines_of(row, self._rooms_of(row)) for row in rows]
        self.in_table, self.rooms = before, rooms
        header = f"table.header(repeat: true, {head}), " if head else ""
        if "form-table" in classes:
            self.form_lines += sum(lines)
            high = "".join(f"unit * {count:g}, " for count in lines)
            first = "form-head, " if head else ""
            return f"table(columns: {columns}, rows: ({first}{high}), align: left + horizon, {header}\n{body}), "
        if head:
            goes_on = f"table.cell(colspan: {len(specs)}, stroke: none, inset: 0pt)[#goes-on({name})]"
            header = f"table.header(repeat: true, {goes_on}, {head}), "
        table = f"table(columns: {columns}, align: left + horizon, {header}\n{body})"
        if title is None:
            figure = f"[{anchor}#figure(kind: table, {table})]"
        else:
            with self.in_face("hei"):
                caption = f"[{anchor}{self.number_of(node, 'table')}{self.children(title)}]"
            figure = f"figure(kind: table, caption: {caption}, {table})"
        if self.in_brief:
            self.in_brief = False
            figure = f"brief({figure})"
        signed = "#sign-line(" + name + ', "检查人", "日期", "复查人", "日期")\n' if "checklist" in classes else ""
        return f"\n#fitted({name}, {figure})\n{signed}{self.spring()}"

    def form(self, node: nodes.Element) -> str:
        tables = [child for child in node.findall(nodes.table) if "form-table" in child["classes"]]
        heads = sum(1 for table in tables for _ in table.findall(nodes.thead))
        before, self.in_form, self.form_lines = self.in_form, True, 0.0
        made = "".join(self.on_table(table) for table in tables)
        self.in_form = before
        return f"\n#form-page(lines: {self.form_lines:g}, heads: {heads}, unit => ({made}))\n"

    def _row(self, row: nodes.Element) -> str:
        entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
        blank = [entry for entry in entries if not entry.astext().strip(_BLANK)]
        writable = 2 * len(blank) >= len(entries) and not self.in_brief
        out = []
        rooms = self._rooms_of(row)
        high = any(_height(entry, room) > _HIGH for entry, room in zip(entries, rooms, strict=True))
        for entry, self.room in zip(entries, rooms, strict=True):
            out.append(self._entry(entry, entry in blank and writable, high))
        self.room = 0.0
        cells = "".join(out) + "\n"
        # What heads the rows after it is not parted from them.
        return f"table.header(level: 2, repeat: false, {cells}), " if "checklist-group" in row["classes"] else cells

    def _rooms_of(self, row: nodes.Node) -> list[float]:
        """Characters that a line of each cell has room for."""
        spans = [entry.get("morecols", 0) + 1 for entry in row.children if isinstance(entry, nodes.entry)]
        return [sum(self.rooms[sum(spans[:at]) : sum(spans[: at + 1])]) for at in range(len(spans))]

    def _entry(self, entry: nodes.Element, writable: bool, high_row: bool) -> str:
        options = ["breakable: true"] if high_row or entry.get("morerows", 0) > _HIGH // 4 else []
        if entry.get("morecols"):
            options.append(f"colspan: {entry['morecols'] + 1}")
        if entry.get("morerows"):
            options.append(f"rowspan: {entry['morerows'] + 1}")
        classes: set[str] = set(entry.get("classes", []))
        for paragraph in entry.children:
            if isinstance(paragraph, nodes.Element):
                classes |= set(paragraph.get("classes", []))
        tick = "box" in classes or (self.in_form and entry.astext().strip() == _BOX)
        if tick or "text-center" in classes:
            options.append("align: center + horizon")
        elif "text-right" in classes:
            options.append("align: right + horizon")
        high = next((int(name[6:]) for name in classes if name.startswith("lines-")), 0)
        room = 4.7 if matches(self.docname, self.config.small_documents) else 9
        body = f"#v({room * (high or 1)}mm)" if writable or high else self._told(entry)
        if self.in_checklist and not entry.astext().strip(_BLANK):
            body = self.checklist_row
        if self.face == "hei" and not self.in_form:
            body = f"#hei[{body}]"
        if self.in_form and (writable or high):
            body = ""
        if tick:
            body = f"#tick[{body}]"
        return f"table.cell({', '.join(options)})[{body}], " if options else f"[{body}], "

    def _told(self, entry: nodes.Element) -> str:
        room, body = self.room, self.children(entry).strip()
        return body if room < _NARROWER else _ending_in_two(body)

    def _widths(self, node: nodes.Element, specs: list[nodes.colspec], rows: list[nodes.Node]) -> list[float]:
        given = [float(spec.get("colwidth") or 1) for spec in specs]
        if set(node.get("classes", [])) & _GIVEN and len(set(given)) > 1:
            return given
        cells = [cells_of(row, lambda reference: bool(self.label_to(reference))) for row in rows]
        return balanced(cells, len(specs), self._line())

    def _line(self) -> float:
        """Characters of table text across the page."""
        return self.config.area.width / (_TYPE * self._scale())

    def _scale(self) -> float:
        """As in the template: tables of a book in large print are in larger type too."""
        return self.config.area.size / SIZES["四号"][0]

    def on_tgroup(self, node: nodes.Element) -> str:
        return self.children(node)


def _rows(part: nodes.Element) -> list[nodes.row]:
    return [row for row in part.children if isinstance(row, nodes.row)]


def _height(entry: nodes.Element, room: float) -> float:
    """About how many lines a cell takes."""
    blocks = [block for block in entry.findall(nodes.TextElement) if not isinstance(block, nodes.Inline)]
    lines = (line for block in blocks for line in block.astext().split("\n"))
    pictures = sum(1 for _ in entry.findall(nodes.image))
    return sum(1 + width_of(line) // max(room, 1.0) for line in lines) + _PICTURE * pictures


def _ending_in_two(body: str) -> str:
    """The last character of each paragraph takes the one before along: cells are ragged, so no line is spread by it."""
    return _LAST.sub("\u2060", body)


def _lines_of(row: nodes.Node, rooms: Sequence[float]) -> float:
    """How many lines to write on a row of a form has; what is printed in it may need more."""
    entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
    names = [name for entry in entries for name in entry["classes"]]
    asked = max((int(name[6:]) for name in names if name.startswith("lines-")), default=1)
    printed = max((_height(entry, room) for entry, room in zip(entries, rooms, strict=True)), default=1)
    return max(asked, 1, 0.8 + _PRINTED * (printed - 1))


def cells_of(row: nodes.Node, paged: Callable[[nodes.Element], bool] = lambda _: True) -> list[Cell]:
    """The cells of a row. A reference of those that are ``paged`` is printed with its page."""
    entries = [child for child in row.children if isinstance(child, nodes.entry)]
    references = [sum(map(paged, entry.findall(nodes.reference))) for entry in entries]
    return [
        Cell(e.astext() + "（第100页）" * n, e.get("morecols", 0) + 1) for e, n in zip(entries, references, strict=True)
    ]


def width_of(text: str) -> float:
    """Width in characters: a Chinese one counts 1, others half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def balanced(rows: list[list[Cell]], count: int, line: float = _LINE) -> list[float]:
    """Widths that keep short columns and heads on one line and share the rest by the amount of text."""
    longest = [_NARROWEST] * count
    least = [_NARROWEST] * count
    amount = [1.0] * count
    for number, row in enumerate(rows):
        at = 0
        for cell in row:
            if cell.columns == 1 and at < count:
                lines = cell.text.split("\n") or [""]
                longest[at] = max(longest[at], *(width_of(line.strip(_BLANK)) + 1 for line in lines))
                amount[at] += width_of(cell.text)
                if number == 0:
                    least[at] = max(least[at], min(longest[at], _LONGEST_HEAD))
                for word in _WORD.findall(cell.text):
                    least[at] = max(least[at], min(width_of(word) + 1, _LONGEST_WORD))
            at += cell.columns
    if sum(longest) <= line:
        spare = (line - sum(longest)) / count
        return [width + spare * 0.6 + 0.4 * spare * count * width / sum(longest) for width in longest]
    fixed = {index: longest[index] for index in range(count) if longest[index] <= line / count}
    while True:
        rest = {index: amount[index] ** 0.6 for index in range(count) if index not in fixed}
        room, total = line - sum(fixed.values()), sum(rest.values())
        shares = {index: room * weight / total for index, weight in rest.items()}
        narrow = {index: least[index] for index, share in shares.items() if share < least[index]}
        if not narrow:
            return [fixed.get(index) or shares[index] for index in range(count)]
        fixed |= narrow
