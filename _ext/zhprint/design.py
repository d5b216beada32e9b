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
        if "form" in node.get("classes", []):
            return self.form(node)
        match node.get("design_component", ""):
            case "grid-container" | "grid-row" | "card-carousel":
                return self._grid(node)
            case "card":
                return f"\n#cards({array([self._card(node)])})\n"
            case "tab-item" | "dropdown" | "accordion-item" | "step":
                return self._panel(node)
            case "card-header" | "card-footer":
                return f"\n#quiet[{self.anchors(node)}{self.children(node).strip()}]\n\n"
            case _:
                body = self.anchors(node) + self.children(node)
                return f"\n#align(center)[{body}]\n" if "sd-text-center" in node.get("classes", []) else body

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
        # Cells that are no cards are columns of text: no lines around them.
        framed = "true" if any(_is_card(item) for item in items) else "false"
        cells = array([self._card(item) for item in items])
        return f"\n{anchor}#cards(columns: {columns}, framed: {framed}, {cells})\n"

    def _card(self, node: nodes.Element) -> str:
        return f"[{self.anchors(node)}{self._card_body(node)}]"

    def _card_body(self, node: nodes.Element) -> str:
        out = []
        for child in node.children:
            if isinstance(child, nodes.Element) and "sd-card-title" in child.get("classes", []):
                with self.in_face("hei"):
                    out.append(f"#card-title[{self.children(child)}]\n")
            elif isinstance(child, nodes.container) and child.get("design_component") in ("card", "card-body"):
                out.append(self._card_body(child))
            else:
                out.append(self.render(child))
        return "".join(out)

    def _panel(self, node: nodes.Element) -> str:
        """Everything is open on paper. The label of a tab runs in; the title of anything else has a line of its own."""
        title, rest = "", list(node.children)
        if rest and isinstance(head := rest[0], (nodes.rubric, nodes.title, nodes.term)):
            with self.in_face("hei"):
                title, rest = f"{self.anchors(head)}{self.children(head)}", rest[1:]
        anchor, first = self.anchors(node), ""
        if title and node.get("design_component") == "tab-item":
            while rest and isinstance(rest[0], nodes.container) and rest[0].get("design_component") == "tab-content":
                rest = [*rest[0].children, *rest[1:]]
            if rest and isinstance(rest[0], nodes.paragraph):
                first = f"#run-in[{title}]{self.render(rest.pop(0))}"
                title = ""
        body = f"{anchor}{first}{''.join(self.render(child) for child in rest)}"
        return f"\n#panel({f'[{title}]' if title else 'none'})[{body}]\n"


def _is_card(node: nodes.Element) -> bool:
    inside = [child for child in node.children if isinstance(child, nodes.Element)]
    return any(child.get("design_component") == "card" for child in [node, *inside])


def _items(node: nodes.Element) -> Iterator[nodes.Element]:
    """The cells of a grid, at whatever depth; a cell that is only a card is the card."""
    for child in node.children:
        if not isinstance(child, nodes.container):
            continue
        if child.get("design_component") in ("grid-item", "card"):
            yield child
        else:
            yield from _items(child)
