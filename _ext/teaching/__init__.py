"""Parts of a training handbook that have nothing to do with quoting: 自查清单 and 笔记栏."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

__version__ = "1.0.0"

_COLUMNS = (("检查项", 64), ("是", 8), ("否", 8), ("不适用", 10), ("整改", 10))


class Checklist(SphinxDirective):
    """A bullet list as a table to tick: 是, 否, 不适用, 整改."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        parsed = self.parse_content_to_nodes()
        items = [item for node in parsed if isinstance(node, nodes.bullet_list) for item in node.children]
        if not items or any(not isinstance(node, nodes.bullet_list) for node in parsed):
            raise self.error("自查清单里只能有一个项目列表：每项一行，以 - 开头。")
        table = nodes.table(classes=["checklist"])
        group = nodes.tgroup(cols=len(_COLUMNS))
        table += group
        group += [nodes.colspec(colwidth=width) for _, width in _COLUMNS]
        group += nodes.thead("", _row([nodes.paragraph(name, name) for name, _ in _COLUMNS]))
        body = nodes.tbody()
        for item in items:
            boxes = [nodes.paragraph("□", "□", classes=["box"]) for _ in range(3)]
            body += _row([*item.children[:1], *boxes, nodes.paragraph()])
        group += body
        return [table]


class NotesSpace(SphinxDirective):
    """Room for handwriting; lines on paper, nothing on screen."""

    def run(self) -> list[nodes.Node]:
        return [nodes.container("", classes=["notes-space"])]


def _row(cells: list[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register both directives."""
    app.add_directive("checklist", Checklist)
    app.add_directive("notes-space", NotesSpace)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
