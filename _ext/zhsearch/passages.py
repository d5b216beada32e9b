"""A resolved doctree → passages: what a reader can find, each with its anchor. Knows no configuration.

A passage starts at a section, at a block that has an id of its own (the signature of a described object too), and at a
node that a group names. Its blocks are
paragraphs, cells, titles of admonitions …, the text across inline markup joined.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from zh.lines import tidy

_UNSEEN = (
    addnodes.index, addnodes.start_of_file, addnodes.toctree, nodes.comment, nodes.footnote_reference, nodes.label, nodes.math,
    nodes.math_block, nodes.meta, nodes.pending, nodes.substitution_definition, nodes.system_message,
)  # fmt: skip
_TAGS = re.compile(
    r"<(style|script)\b(?:(?!<\1\b).)*?</\1\s*>|<!--(?:(?!<!--).)*?-->|<[^<>]+>", re.IGNORECASE | re.DOTALL
)


@dataclass(slots=True)
class Passage:
    """``heading`` is None where the passage belongs to the section before it; ``group`` is a node group's number.

    ``source``: the first page of the project that a passage of a node group links to, as its page writes the address.
    """

    anchor: str
    heading: str | None
    group: int | None = None
    blocks: list[str] = field(default_factory=list)
    source: str = ""


def passages_of(doctree: nodes.Element, excluded: frozenset[str], node_groups: Mapping[str, int]) -> list[Passage]:
    """The passages of a page in its order, empty ones without a heading left out. The first is the page itself."""
    walk = _Walk(excluded, node_groups)
    for child in doctree.children:
        walk.visit(child)
    walk.flush()
    return [p for p in walk.passages if p.blocks or p.heading is not None]


def _signature(node: addnodes.desc_signature) -> str:
    """As it reads, without the link to the source that viewcode and linkcode add."""
    plain = node.deepcopy()
    for link in [n for n in plain.findall(nodes.Element) if "viewcode-link" in n.get("classes", ())]:
        link.parent.remove(link)
    return plain.astext()


class _Walk:
    def __init__(self, excluded: frozenset[str], node_groups: Mapping[str, int]) -> None:
        self.excluded = excluded
        self.node_groups = node_groups
        self.passages = [Passage("", None)]
        self.passage = self.passages[0]
        self.buffer: list[str] = []
        self.titled = False

    def visit(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Text):
            self.buffer.append(node.astext())
            return
        if not isinstance(node, nodes.Element) or not self._seen(node):
            return
        if isinstance(node, nodes.raw):
            if "html" in node.get("format", "").split():
                self.buffer.append(html.unescape(_TAGS.sub("", node.astext())))
            return
        if isinstance(node, nodes.reference) and self.passage.group is not None and node.get("internal"):
            self.passage.source = self.passage.source or str(node.get("refuri", ""))
        if isinstance(node, addnodes.desc):
            self._described(node)
            return
        if isinstance(node, nodes.Inline):
            self._children(node)
            return
        self.flush()
        outer = self.passage
        if isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
            self._heading(node)
            return
        self._enter(node)
        if isinstance(node, nodes.Admonition) and node.tagname in admonitionlabels:
            self.passage.blocks.append(str(admonitionlabels[node.tagname]))
        self._children(node)
        self.flush()
        self.passage = outer

    def _described(self, node: addnodes.desc) -> None:
        """An object of a program: its signature as it reads, with brackets, and under it what is said of it."""
        self.flush()
        outer = self.passage
        for child in node.children:
            if isinstance(child, addnodes.desc_signature):
                self._enter(child)
                self.buffer.append(_signature(child))
                self.flush()
            else:
                self.visit(child)
        self.passage = outer

    def flush(self) -> None:
        """End a block."""
        text = tidy("".join(self.buffer))
        self.buffer.clear()
        if text:
            self.passage.blocks.append(text)

    def _seen(self, node: nodes.Element) -> bool:
        return not isinstance(node, _UNSEEN) and self.excluded.isdisjoint(node.get("classes", ()))

    def _children(self, node: nodes.Element) -> None:
        for child in node.children:
            self.visit(child)

    def _heading(self, node: nodes.Element) -> None:
        """A heading is kept apart from the text; a page's first heading is its title."""
        self._children(node)
        self.passage.heading = tidy("".join(self.buffer))
        self.buffer.clear()

    def _enter(self, node: nodes.Element) -> None:
        group = self._group(node)
        identifiers = node.get("ids", ())
        if isinstance(node, nodes.section):
            if self.titled:
                self._begin(Passage(identifiers[0] if identifiers else self.passage.anchor, ""))
            self.titled = True  # the first section is the page: its anchor stays empty
        elif group is not None or (identifiers and not isinstance(node, nodes.document)):
            anchor = identifiers[0] if identifiers else self.passage.anchor
            self._begin(Passage(anchor, None, group if group is not None else self.passage.group))

    def _begin(self, passage: Passage) -> None:
        self.passages.append(passage)
        self.passage = passage

    def _group(self, node: nodes.Element) -> int | None:
        for name in (type(node).__name__, *node.get("classes", ())):
            if name in self.node_groups:
                return self.node_groups[name]
        return None
