"""Tables: captions above, heads repeated on each page, columns as wide as on paper, room to write in empty cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docutils import nodes
from lxml.etree import _Element

from zhprint.tables import balanced, cells_of

from .elements import make
from .writer import WriterBase, classes_within

_TYPE = 10.5
_LINE = 510
"""Twips of a line to write on: 9 mm."""
_CHECKLIST = (0, 28.3, 28.3, 39.7, 113.4)
"""Points of 检查项 (what is left), 是, 否, 不适用, 整改: wide enough to write in."""
_GIVEN = {"checklist", "colwidths-given"}
_SIGNED = ("检查人", "日期", "复查人", "日期")


class TablesMixin(WriterBase):
    """``table`` and everything in it."""

    @contextmanager
    def cells(self, style: str, widths: list[float]) -> Iterator[list[_Element]]:
        """A table of one row, and a paragraph behind it: two tables that touch would be one."""
        cells = [make("tc", make("tcPr", make("tcW", w=round(width * 20), type="dxa"))) for width in widths]
        before, self.in_table = self.in_table, True
        self.into.append(self._frame(style, widths, [make("tr", *cells)]))
        yield cells
        for cell in cells:
            _close(cell)
        self.in_table = before
        self._after_table()

    def on_table(self, node: nodes.Element) -> None:
        group = next(child for child in node.children if isinstance(child, nodes.tgroup))
        classes: list[str] = node.get("classes", [])
        self.anchor(node)
        for child in node.children:
            if isinstance(child, nodes.title):
                with self.block("Caption", child):
                    self.children(child)
        heads = [row for part in group.children if isinstance(part, nodes.thead) for row in part.children]
        rows = [row for part in group.children if isinstance(part, nodes.tbody) for row in part.children]
        widths = self._widths(node, group, [*heads, *rows])
        before = self.in_table, self.depth, self.item
        self.in_table, self.depth, self.item = True, -1, None
        text = "TableBrief" if "in-brief" in classes else "TableText"
        taken: dict[int, tuple[int, int]] = {}
        made = []
        for row in [*heads, *rows]:
            assert isinstance(row, nodes.Element)
            head = isinstance(row.parent, nodes.thead)
            with self.styled("TableHead" if head else text):
                self.no_links = head
                made.append(self._row(row, widths, taken, head=head, form="form-table" in classes))
                self.no_links = False
        self.in_table, self.depth, self.item = before
        self.into.append(self._frame("BookTable", widths, made))
        self._after_table()
        if "checklist" in classes:
            self._sign_line(node)

    def _row(
        self, row: nodes.Element, widths: list[float], taken: dict[int, tuple[int, int]], *, head: bool, form: bool
    ) -> _Element:
        """``taken``: column → width of a cell above that reaches down, and for how many rows more."""
        entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
        blank = [entry for entry in entries if not entry.astext().strip(" \t\r\n\u3000\u00a0")]
        lines = max((_lines(entry) for entry in entries), default=0)
        writable = 2 * len(blank) >= len(entries) and bool(blank) and self.style != "TableBrief"
        height = [make("trHeight", val=_LINE * max(lines, 1), hRule="atLeast")] if form or lines or writable else []
        made = make("tr", make("trPr", make("cantSplit"), *height, *([make("tblHeader")] if head else [])))
        column, reaching = 0, dict[int, tuple[int, int]]()
        for entry in [*entries, None]:
            while column in taken:
                span, down = taken.pop(column)
                if down > 1:
                    taken[column] = span, down - 1
                below = make("tc", self._cell(widths, column, span, make("vMerge")))
                _close(below, self.style)
                made.append(below)
                column += span
            if entry is None:
                break
            span = entry.get("morecols", 0) + 1
            down = entry.get("morerows", 0)
            if down:
                reaching[column] = span, down
            cell = make("tc", self._cell(widths, column, span, *([make("vMerge", val="restart")] if down else [])))
            with self.inside(cell):
                self._content(entry)
            made.append(cell)
            column += span
        taken.update(reaching)
        return made

    def _content(self, entry: nodes.Element) -> None:
        """The paragraphs of a cell; one at least."""
        classes = classes_within(entry)
        self.anchor(entry)
        with self.lettered("Tick" if "box" in classes else self.letters):
            self.children(entry)
        _close(self.into, self.style)
        if align := "center" if classes & {"box", "text-center"} else "right" if "text-right" in classes else "":
            for properties in self.into.iterfind(f"{_tag('p')}/{_tag('pPr')}"):
                properties.append(make("jc", val=align))

    def _cell(self, widths: list[float], column: int, span: int, *more: _Element) -> _Element:
        spans = [make("gridSpan", val=span)] if span > 1 else []
        width = round(sum(widths[column : column + span]) * 20)
        return make("tcPr", make("tcW", w=width, type="dxa"), *spans, *more, make("vAlign", val="center"))

    def _frame(self, style: str, widths: list[float], rows: list[_Element]) -> _Element:
        total = round(sum(widths) * 20)
        return make(
            "tbl",
            make(
                "tblPr", make("tblStyle", val=style), make("tblW", w=total, type="dxa"), make("tblLayout", type="fixed")
            ),
            make("tblGrid", *[make("gridCol", w=round(width * 20)) for width in widths]),
            *rows,
        )

    def _after_table(self) -> None:
        """Not by ``block``: the places that wait belong to the text that follows."""
        self.into.append(make("p", make("pPr", make("pStyle", val="TableEnd"))))

    def _sign_line(self, table: nodes.Element) -> None:
        """Who filled in a checklist, and when."""
        with self.block("TableText", table):
            for name in _SIGNED:
                self.words(name)
                blank = make("r", make("rPr", make("u", val="single")), make("tab"), make("tab"))
                self.put(blank)
        self._after_table()

    def _widths(self, node: nodes.Element, group: nodes.Element, rows: list[nodes.Node]) -> list[float]:
        """Points of each column, the whole line together."""
        specs = [child for child in group.children if isinstance(child, nodes.colspec)]
        room = self.config.area.width
        if "checklist" in node.get("classes", []) and len(specs) == len(_CHECKLIST):
            return [room - sum(_CHECKLIST), *_CHECKLIST[1:]]
        shares = [float(spec.get("colwidth") or 1) for spec in specs]
        if not (set(node.get("classes", [])) & _GIVEN and len(set(shares)) > 1):
            shares = balanced([cells_of(row) for row in rows], len(specs), room / _TYPE)
        return [room * share / sum(shares) for share in shares]


def _lines(entry: nodes.Element) -> int:
    """How many lines to write on a cell of a form has."""
    names: list[str] = entry.get("classes", [])
    return max((int(name[6:]) for name in names if name.startswith("lines-")), default=0)


def _close(cell: _Element, style: str = "TableText") -> None:
    """A cell ends in a paragraph, or Word calls the file damaged."""
    if len(cell) == 1 or cell[-1].tag != _tag("p"):
        cell.append(make("p", make("pPr", make("pStyle", val=style))))


def _tag(name: str) -> str:
    return str(make(name).tag)
