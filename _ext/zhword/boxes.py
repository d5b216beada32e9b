"""Boxes: admonitions, sphinx-design's components, forms, 笔记栏. On paper everything is open."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from .tables import TablesMixin

_TITLES = {
    "attention": "注意", "caution": "小心", "danger": "危险", "error": "错误", "hint": "提示", "important": "要点",
    "note": "注", "tip": "提示", "warning": "警告", "seealso": "参见",
}  # fmt: skip
_MOST_COLUMNS = 3


class BoxesMixin(TablesMixin):
    """Whatever stands apart from the text."""

    def on_Admonition(self, node: nodes.Element) -> None:  # noqa: N802
        """One cell between two rules: a border of paragraphs would break where a list begins."""
        self.anchor(node)
        with self.cells("Box", [self.config.area.width]) as (cell,), self.inside(cell), self.styled("BoxText"):
            title = _TITLES.get(type(node).__name__, "")
            if title and not isinstance(next(iter(node.children), None), nodes.title):
                with self.block("Label", node):
                    self.words(title)
            before, self.depth, self.item = (self.depth, self.item), -1, None
            self.children(node)
            self.depth, self.item = before

    on_topic = on_sidebar = on_Admonition

    def on_container(self, node: nodes.Element) -> None:
        if self.config.notes_class in node.get("classes", []):
            for _ in range(self.config.notes_lines):
                with self.block("NoteLine"):
                    pass
            return
        self.anchor(node)
        match node.get("design_component", ""):
            case "grid-container" | "grid-row" | "card-carousel":
                self._grid(list(_items(node)) or [node])
            case "card":
                self._grid([node])
            case _:
                self.children(node)

    def _grid(self, items: list[nodes.Element]) -> None:
        """Cards side by side, as many as a page has room for."""
        columns = min(_MOST_COLUMNS, len(items))
        for at in range(0, len(items), columns):
            row = items[at : at + columns]
            with self.cells("BookTable", [self.config.area.width / columns] * len(row)) as cells:
                for item, cell in zip(row, cells, strict=True):
                    with self.inside(cell), self.styled("TableText"):
                        for child in item.children:
                            self._card_part(child)

    def _card_part(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.container) and node.get("design_component") in ("card", "card-body"):
            for child in node.children:
                self._card_part(child)
        elif isinstance(node, nodes.Element) and "sd-card-title" in node.get("classes", []):
            with self.block("Label", node):
                self.children(node)
        else:
            self.render(node)


def _items(node: nodes.Element) -> Iterator[nodes.Element]:
    """The cells of a grid, at whatever depth; a cell that is only a card is the card."""
    for child in node.children:
        if isinstance(child, nodes.container):
            if child.get("design_component") in ("grid-item", "card"):
                yield child
            else:
                yield from _items(child)
