"""Quotations in blocks: excerpts with number, source and notes, and those of any other text."""

from __future__ import annotations

from docutils import nodes

from .escape import array
from .writer import WriterBase

_LINE = 26
"""Characters of a line of an excerpt: a paragraph of fewer may be a single line."""


class QuotationsMixin(WriterBase):
    """``block_quote`` and what stands in it."""

    def on_block_quote(self, node: nodes.Element) -> str:
        if not self._is_excerpt(node):
            if not all(isinstance(child, (nodes.paragraph, nodes.attribution)) for child in node.children):
                return f"\n#indented[{self.anchors(node)}{self.children(node)}]\n"
            with self.in_face("kai"), self.quotation():
                return f"\n#quotation[{self.anchors(node)}{self.children(node)}]\n"
        with self.quotation():
            return self._excerpt(node)

    def _excerpt(self, node: nodes.Element) -> str:
        texts, source, notes, number = [], "none", [], "none"
        anchor = self.anchors(node)
        for child in node.children:
            if not isinstance(child, nodes.Element):
                continue
            classes: list[str] = child.get("classes", [])
            if self.config.source_class in classes:
                number = self._excerpt_number(child)
                with self.in_face("kai"):
                    source = f"[{_kept(self.children(child))}]"
            elif source == "none":
                with self.in_face("kai"):
                    short = "true" if len(child.astext()) <= _LINE else "false"
                    with self.seeking_terms(child):
                        body = f"{anchor}{self.anchors(child)}{self.children(child)}"
                    texts.append(f"(text: [{body}], short: {short})")
                    anchor = ""
            else:
                with self.in_face("body"):
                    notes.append(f"[{self.children(child)}]")
        texts = texts or ["(text: [], short: true)"]
        return f"\n#excerpt({number}, {array(texts)}, source: {source}, notes: {array(notes)})\n{self.spring()}"

    def _excerpt_number(self, source: nodes.Element) -> str:
        """Take the number out of the source line: on paper it stands at the excerpt's head. 摘录, 2-12."""
        node = next((n for n in source.findall(nodes.inline) if "excerpt-number" in n.get("classes", [])), None)
        if node is None:
            return "none"
        node.parent.remove(node)
        with self.in_face("hei"):
            name = node.astext().rstrip("0123456789-.")
            return f"([{self.text(name)}], [{self.text(node.astext()[len(name) :])}])"

    def _is_excerpt(self, node: nodes.Element) -> bool:
        name = self.config.excerpt_class
        return type(node).__name__ == name or name in node.get("classes", [])

    def on_attribution(self, node: nodes.Element) -> str:
        return f"#align(right)[——{self.children(node)}]\n"


def _kept(source: str) -> str:
    """A source with its place after the title of the speech on one line: 第二部分（一）第二点 is not broken."""
    head, mark, place = source.rpartition("》")
    return f"{head}{mark}#box[{place}];" if mark and 0 < len(place) < _LINE else source
