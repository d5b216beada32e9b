"""Containers: sphinx-design's grids, cards, tabs and dropdowns as something good on paper, and 笔记栏."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes

from .escape import array
from .writer import WriterBase

_COLUMNS = re.compile(r"sd-row-cols-(?:xs-|sm-|md-|lg-)?(\d+)\Z")
_MOST_COLUMNS = 3


class DesignMixin(WriterBase):
    """``container`` and the components that sphinx-design makes of it."""

    def on_container(self, node: nodes.Element) -> str:
        if self.config.notes_class in node.get("classes", []):
            return f"\n#notes-space(lines: {self.config.notes_lines})\n"
        match node.get("design_component", ""):
            case "grid-container" | "grid-row" | "cards-carousel":
                return self._grid(node)
            case "card":
                return f"\n#cards({array([self._card(node)])})\n"
            case "tab-item" | "dropdown" | "accordion-item" | "step":
                return self._panel(node)
            case _:
                return self.anchors(node) + self.children(node)

    def _grid(self, node: nodes.Element) -> str:
        items = list(_items(node))
        if not items:
            return self.children(node)
        names: list[str] = list(node.get("classes", []))
        for child in node.children:
            if isinstance(child, nodes.container):
                names += child.get("classes", [])
        asked = [int(match.group(1)) for name in names if (match := _COLUMNS.match(name))]
        columns = max(1, min(_MOST_COLUMNS, max(asked, default=2), len(items)))
        anchor = self.anchors(node)
        return f"\n{anchor}#cards(columns: {columns}, {array([self._card(item) for item in items])})\n"

    def _card(self, node: nodes.Element) -> str:
        return f"[{self.anchors(node)}{self._card_body(node)}]"

    def _card_body(self, node: nodes.Element) -> str:
        out = []
        for child in node.children:
            if isinstance(child, nodes.Element) and "sd-card-title" in child.get("classes", []):
                with self.in_face("hei"):
                    out.append(f"#card-title[{self.children(child)}]\n")
            elif isinstance(child, nodes.container) and child.get("design_component"):
                out.append(self._card_body(child))
            else:
                out.append(self.render(child))
        return "".join(out)

    def _panel(self, node: nodes.Element) -> str:
        title, rest = "none", list(node.children)
        if rest and isinstance(rest[0], (nodes.rubric, nodes.title, nodes.term)):
            with self.in_face("hei"):
                title = f"[{self.anchors(rest[0])}{self.children(rest.pop(0))}]"  # type: ignore[arg-type]
        anchor = self.anchors(node)
        return f"\n#panel({title})[{anchor}{''.join(self.render(child) for child in rest)}]\n"


def _items(node: nodes.Element) -> Iterator[nodes.Element]:
    """The cells of a grid, at whatever depth; a cell that is only a card is the card."""
    for child in node.children:
        if not isinstance(child, nodes.container):
            continue
        if child.get("design_component") in ("grid-item", "card"):
            yield child
        else:
            yield from _items(child)
