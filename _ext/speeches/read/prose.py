"""The editor's own words, what is quoted cut out: collected at reading, held against the archive at every build."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from ..core.prose.reuse import ProseRun
from ..core.review.advice import flat
from ..core.review.review import Finding, Subtype
from ..core.source.folding import BARRIER
from ..domain import SpeechDomain, speech_domain
from ..nodes import excerpt, quote, saying

_NOT_PROSE = (nodes.literal_block, nodes.comment, nodes.raw, nodes.math_block, addnodes.toctree)
_WARNING = 2
"""The level of docutils' messages from which on something was not read as it was meant."""
_NOT_OWN = (quote, saying, addnodes.pending_xref, nodes.literal, nodes.raw, nodes.footnote_reference)


class CollectProse(SphinxTransform):
    """The editor's own words, what is quoted cut out, into the domain. Late: after MyST has made every node."""

    default_priority = 900

    def apply(self, **kwargs: Any) -> None:
        docname = self.env.current_document.docname
        domain = speech_domain(self.env)
        if domain.speech_docname(docname.rpartition("/")[2]) == docname:
            return
        runs = []
        for block in self.document.findall(nodes.TextElement):
            if isinstance(block, (nodes.Inline, *_NOT_PROSE)) or _inside(block, (excerpt, nodes.system_message)):
                continue
            text = _own_text(block)
            if text.strip(BARRIER + " \n"):
                runs.append(ProseRun(text, _line(block)))
        domain.note_prose(docname, runs)
        for message in self.document.findall(nodes.system_message):
            self._note_unread(domain, docname, message)

    def _note_unread(self, domain: SpeechDomain, docname: str, message: nodes.system_message) -> None:
        """What MyST or docutils could not read may be a quotation that nobody would check: it is told at every build."""
        if message.get("level", 0) >= _WARNING:
            told = flat(" ".join(child.astext() for child in message.children))
            finding = Finding(
                Subtype.SYNTAX,
                f"这里的写法有误，没有读懂，若是引文就没有核对：{told}\n  怎么办：请照编写说明的写法改正。",
                str(self.env.doc2path(docname, base=False)),
                message.get("line") or 0,
            )
            domain.note_finding(docname, finding)


def _inside(node: nodes.Node, kind: tuple[type[nodes.Node], ...]) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, kind):
            return True
        parent = parent.parent
    return False


def _own_text(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    out = []
    for child in node.children:
        is_block = isinstance(child, nodes.TextElement) and not isinstance(child, nodes.Inline)
        out.append(BARRIER if is_block or isinstance(child, _NOT_OWN) else _own_text(child))
    return "".join(out)


def _line(node: nodes.Node) -> int:
    current: nodes.Node | None = node
    while current is not None:
        if current.line:
            return current.line
        current = current.parent
    return 0


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(CollectProse)
