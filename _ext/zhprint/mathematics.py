"""Mathematics: set by the compiler itself. A formula that cannot be read is told, and printed as source in a frame."""

from __future__ import annotations

from docutils import nodes

from .escape import breakable, string
from .mathml import MathMLError, typst_of
from .messages import warn
from .writer import WriterBase


class MathematicsMixin(WriterBase):
    """``math`` in a line and ``math_block``."""

    def on_math(self, node: nodes.Element) -> str:
        body = self._formula(node, block=False)
        alt = string(node.astext())
        return f"#math.equation(alt: {alt}, ${body}$.body);" if body else self._as_written(node)

    def on_math_block(self, node: nodes.Element) -> str:
        parts = [part for part in node.astext().split("\n\n") if part.strip()]
        bodies = [self._formula(node, block=True, latex=part) for part in parts]
        anchor, number = self.anchors(node), self._equation_number(node)
        if not all(bodies):
            return f"\n{anchor}{self._as_written(node)}\n\n"
        numbered = f", number: [{self.text(number)}]" if number else ""
        lines = " \\ ".join(bodies)
        return f"\n#formula($ {lines} $, alt: {string(node.astext())}{numbered})[{anchor}]\n"

    def _formula(self, node: nodes.Element, *, block: bool, latex: str = "") -> str:
        try:
            body = typst_of(latex or node.astext(), block=block)
        except MathMLError as error:
            warn(
                "math",
                f"公式里有读不懂的写法（{error}），照 LaTeX 的写法印在框里。怎么办：换一种写法，或者改用图片。",
                node,
            )
            return ""
        return self.ink.legible("song", body, self.where)

    def _as_written(self, node: nodes.Element) -> str:
        """In a frame that says what it is: nobody takes it for the formula."""
        written = breakable(self.ink.legible("mono", " ".join(node.astext().split()), self.where), self.room)
        return f"#no-formula({string(written)});"

    def _equation_number(self, node: nodes.Element) -> str:
        """(1), as references to it say."""
        numbers = self.env.toc_fignumbers.get(self.docname, {}).get("displaymath", {})
        if self.env.config.math_numfig and self.env.config.numfig and node["ids"] and node["ids"][0] in numbers:
            return f"({'.'.join(map(str, numbers[node['ids'][0]]))})"
        return f"({node['number']})" if node.get("number") else ""
