"""Boxes: admonitions, topics, sidebars, notes of versions."""

from __future__ import annotations

from docutils import nodes

from .writer import WriterBase

_ADMONITIONS = {
    "attention": "注意", "caution": "小心", "danger": "危险", "error": "错误", "hint": "提示", "important": "要点",
    "note": "注", "tip": "提示", "warning": "警告", "seealso": "参见",
}  # fmt: skip


class BoxesMixin(WriterBase):
    """What stands in a frame of its own."""

    def on_Admonition(self, node: nodes.Element) -> str:  # noqa: N802
        title = "none"
        content = list(node.children)
        if content and isinstance(head := content[0], nodes.title):
            with self.in_face("hei"):
                title, content = f"[{self.children(head)}]", content[1:]
        elif word := _ADMONITIONS.get(type(node).__name__, ""):
            title = f"[{word}]"
        anchor = self.anchors(node)
        body = "".join(self.render(child) for child in content)
        return f"{self.spring()}\n#admonition({title})[{anchor}{body}]\n"

    on_topic = on_sidebar = on_Admonition

    def on_centered(self, node: nodes.Element) -> str:
        with self.in_face("hei"):
            return f"\n#align(center)[{self.children(node)}]\n"

    def on_versionmodified(self, node: nodes.Element) -> str:
        return self.children(node)
