"""自查清单 and 笔记栏."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

_COLUMNS = (("检查项", 64), ("是", 8), ("否", 8), ("不适用", 10), ("整改", 10))


class Checklist(SphinxDirective):
    """Bullet lists as a table to tick: 是, 否, 不适用, 整改.

    A line of its own above a list says who answers its items (新人, 主任) and becomes a row across the table.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        parsed = self.parse_content_to_nodes()
        rows = list(_rows(parsed))
        if not all(rows) or not any(isinstance(node, nodes.bullet_list) for node in parsed):
            raise self.error("自查清单里只能有项目列表（每项一行，以 - 开头），列表上面可以用一行写明谁来填。")
        table = nodes.table(classes=["checklist"])
        group = nodes.tgroup(cols=len(_COLUMNS))
        table += group
        group += [nodes.colspec(colwidth=width) for _, width in _COLUMNS]
        group += nodes.thead("", _row([nodes.paragraph(name, name) for name, _ in _COLUMNS]))
        group += nodes.tbody("", *(row for row in rows if row))
        return [table]


class NotesSpace(SphinxDirective):
    """Room for handwriting; lines on paper, nothing on screen."""

    def run(self) -> list[nodes.Node]:
        return [nodes.container("", classes=["notes-space"])]


def _rows(parsed: list[nodes.Node]) -> Iterator[nodes.row | None]:
    """None stands for what has no place in a checklist."""
    for node in parsed:
        if isinstance(node, nodes.paragraph):
            across = nodes.entry("", node, morecols=len(_COLUMNS) - 1, classes=["checklist-group"])
            yield nodes.row("", across, classes=["checklist-group"])
        elif isinstance(node, nodes.bullet_list):
            for item in node.children:
                assert isinstance(item, nodes.list_item)
                boxes = [nodes.paragraph("□", "□", classes=["box"]) for _ in range(3)]
                yield _row([*item.children[:1], *boxes, nodes.paragraph()])
        else:
            yield None


def _row(cells: list[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def register(app: Sphinx) -> None:
    """Add both directives."""
    app.add_directive("checklist", Checklist)
    app.add_directive("notes-space", NotesSpace)
