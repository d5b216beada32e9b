"""Descriptions of objects, as autodoc and the domains make them: signatures as they are typed, what is said of them below."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from .escape import breakable, markup
from .writer import WriterBase


class SignaturesMixin(WriterBase):
    """``desc`` and everything in it."""

    def on_desc(self, node: nodes.Element) -> str:
        before, self.in_object = self.in_object, self.in_object + 1
        body = self.children(node)
        self.in_object = before
        return f"\n#object[{body}]\n"

    def on_desc_signature(self, node: nodes.Element) -> str:
        anchor = self.anchors(node)
        before, self.no_pages = self.no_pages, True
        with self.in_face("mono"):
            lines = [child for child in node.children if isinstance(child, addnodes.desc_signature_line)]
            body = "#linebreak();".join(self.children(line) for line in lines) if lines else self.children(node)
        self.no_pages = before
        return f"\n#signature[{anchor}{body}]\n"

    def on_desc_content(self, node: nodes.Element) -> str:
        body = self.children(node)
        return f"\n#object-content[{self.anchors(node)}{body}]\n" if body.strip() else ""

    def on_desc_name(self, node: nodes.Element) -> str:
        return f"#strong[{self._code(node)}];"

    def on_desc_addname(self, node: nodes.Element) -> str:
        return self._code(node)

    def _code(self, node: nodes.Element) -> str:
        """A dotted name may be broken after its dots."""
        if any(isinstance(child, nodes.Element) for child in node.children):
            return self.children(node)
        text = self.ink.legible("mono", node.astext(), self.where)
        return self.anchors(node) + markup(breakable(text))

    def on_desc_parameterlist(self, node: nodes.Element) -> str:
        return self._listed(node, "(", ")")

    def on_desc_type_parameter_list(self, node: nodes.Element) -> str:
        return self._listed(node, "[", "]")

    def _listed(self, node: nodes.Element, opening: str, closing: str) -> str:
        """Parameters with commas between them; what may be left out in brackets, its comma inside."""
        out = ""
        for child in node.children:
            if isinstance(child, addnodes.desc_optional):
                out += self._listed(child, " [, " if out else "[", "]")
            else:
                out += (", " if out else "") + self.render(child)
        return markup(opening) + out + markup(closing)

    def on_desc_optional(self, node: nodes.Element) -> str:
        return self._listed(node, "[", "]")

    def on_desc_parameter(self, node: nodes.Element) -> str:
        return self.children(node)

    on_desc_type_parameter = on_desc_annotation = on_desc_type = on_desc_inline = on_desc_parameter
    on_desc_signature_line = on_desc_sig_element = on_desc_parameter

    def on_desc_returns(self, node: nodes.Element) -> str:
        return f" → {self.children(node)}"

    def on_desc_sig_space(self, node: nodes.Element) -> str:
        return " "
