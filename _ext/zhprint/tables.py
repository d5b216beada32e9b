"""Tables: captions above, heads repeated, columns as wide as their text needs, room to write in empty cells."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from docutils import nodes

from .writer import WriterBase

_LINE = 40.0
"""Characters of table text across the page."""
_NARROWEST = 3.2
_BLANK = " \t\r\n\u3000\u00a0"
_GIVEN = {"checklist", "generated", "colwidths-given"}


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
        heads = [row for part in group.children if isinstance(part, nodes.thead) for row in part.children]
        rows = [row for part in group.children if isinstance(part, nodes.tbody) for row in part.children]
        anchor = self.anchors(node)
        before, self.in_table = self.in_table, True
        with self.in_face("hei"):
            self.no_links = True
            head = "".join(self._row(row) for row in heads)
            self.no_links = False
        with self.in_face("song"):
            body = "".join(self._row(row) for row in rows)
        self.in_table = before
        widths = self._widths(node, specs, [*heads, *rows])
        columns = "(" + "".join(f"{width:.2f}fr, " for width in widths) + ")"
        header = f"table.header(repeat: true, {head})," if head else ""
        table = f"table(columns: {columns}, align: left + horizon, {header}\n{body})"
        if title is None:
            return f"\n#[{anchor}#figure(kind: table, {table})]\n"
        with self.in_face("hei"):
            caption = f"[{anchor}{self.children(title)}]"
        return f"\n#figure(kind: table, caption: {caption}, {table})\n"

    def _row(self, row: nodes.Node) -> str:
        entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
        blank = [entry for entry in entries if not entry.astext().strip(_BLANK)]
        writable = 2 * len(blank) >= len(entries)
        return "".join(self._entry(entry, entry in blank and writable) for entry in entries) + "\n"

    def _entry(self, entry: nodes.Element, writable: bool) -> str:
        options = []
        if entry.get("morecols"):
            options.append(f"colspan: {entry['morecols'] + 1}")
        if entry.get("morerows"):
            options.append(f"rowspan: {entry['morerows'] + 1}")
        classes: set[str] = set(entry.get("classes", []))
        for paragraph in entry.children:
            if isinstance(paragraph, nodes.Element):
                classes |= set(paragraph.get("classes", []))
        if "box" in classes or "text-center" in classes:
            options.append("align: center + horizon")
        elif "text-right" in classes:
            options.append("align: right + horizon")
        body = "#v(9mm)" if writable else self.children(entry).strip()
        if "box" in classes:
            body = f"#tick[{body}]"
        return f"table.cell({', '.join(options)})[{body}], " if options else f"[{body}], "

    def _widths(self, node: nodes.Element, specs: list[nodes.colspec], rows: list[nodes.Node]) -> list[float]:
        given = [float(spec.get("colwidth") or 1) for spec in specs]
        if set(node.get("classes", [])) & _GIVEN and len(set(given)) > 1:
            return given
        cells = [
            [
                Cell(entry.astext(), entry.get("morecols", 0) + 1)
                for entry in row.children
                if isinstance(entry, nodes.entry)
            ]
            for row in rows
        ]
        return balanced(cells, len(specs))

    def on_tgroup(self, node: nodes.Element) -> str:
        return self.children(node)


def width_of(text: str) -> float:
    """Width in characters: a Chinese one counts 1, others half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def balanced(rows: list[list[Cell]], count: int) -> list[float]:
    """Widths that keep short columns on one line and share the rest by the amount of text."""
    longest = [_NARROWEST] * count
    amount = [1.0] * count
    for row in rows:
        at = 0
        for cell in row:
            if cell.columns == 1 and at < count:
                lines = cell.text.split("\n") or [""]
                longest[at] = max(longest[at], *(width_of(line.strip(_BLANK)) + 1 for line in lines))
                amount[at] += width_of(cell.text)
            at += cell.columns
    if sum(longest) <= _LINE:
        spare = (_LINE - sum(longest)) / count
        return [width + spare * 0.6 + 0.4 * spare * count * width / sum(longest) for width in longest]
    short = [index for index in range(count) if longest[index] <= _LINE / count]
    taken = sum(longest[index] for index in short)
    weights = {index: amount[index] ** 0.6 for index in range(count) if index not in short}
    total = sum(weights.values())
    return [
        longest[index] if index in short else max(_NARROWEST, (_LINE - taken) * weights[index] / total)
        for index in range(count)
    ]
