"""Generated parts: which node is filled in when pages are written, how, and what says that its page is stale.

Whoever adds a part adds one line to ``PARTS``. What a document holds is noted from its doctree, so no part can be
filled in without being watched. Runs before references are resolved (priority 10): what is filled in holds references.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..domain import speech_domain
from ..nodes import (
    coverage_bar,
    excerpt,
    excerpt_count,
    excerpt_reference,
    generated_table,
    quote,
    speech_count,
    speech_passage,
)
from .backlinks import mark_passage, speech_state
from .quotations import (
    count_state,
    fill_count,
    fill_excerpt,
    fill_quote,
    fill_speeches,
    outcome,
    reference_state,
    speeches_state,
)
from .summaries import fill_bar
from .tables import fill_table, table_state


@dataclass(frozen=True, slots=True)
class Part:
    """``key``: the attribute of its node that says which part it is.

    ``state`` takes environment, key and document, and gives all that the part shows, as a value whose ``repr`` tells.
    ``fill`` takes environment, node and document; None where resolving the reference fills it.
    """

    key: str
    state: Callable[[BuildEnvironment, str, str], object]
    fill: Callable[[BuildEnvironment, Any, str], None] | None


PARTS: dict[type[nodes.Element], Part] = {
    excerpt: Part("claim", outcome, fill_excerpt),
    quote: Part("claim", outcome, fill_quote),
    excerpt_reference: Part("reftarget", reference_state, None),
    excerpt_count: Part("target", count_state, fill_count),
    speech_count: Part("target", speeches_state, fill_speeches),
    generated_table: Part("kind", table_state, fill_table),
    speech_passage: Part("speech", speech_state, mark_passage),
    coverage_bar: Part("speech", speech_state, fill_bar),
}
_BY_NAME = {kind.__name__: part for kind, part in PARTS.items()}


class FillIn(SphinxPostTransform):
    """Every part, from this build's verdicts."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        docname = self.env.current_document.docname
        for node, part in list(_parts(self.document)):
            if part.fill is not None:
                part.fill(self.env, node, _home(node) or docname)


def part_state(env: BuildEnvironment, name: str, key: str, docname: str) -> str:
    """What one part of a document shows."""
    return f"{name} {key} {_BY_NAME[name].state(env, key, docname)!r}"


def register(app: Sphinx) -> None:
    """Add the transform, and note what each document holds."""
    app.add_post_transform(FillIn)
    app.connect("doctree-read", _note)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    parts = [(type(node).__name__, str(node[part.key])) for node, part in _parts(doctree)]
    if parts:
        speech_domain(app.env).note_parts(app.env.current_document.docname, parts)


def _parts(tree: nodes.Element) -> Iterator[tuple[nodes.Element, Part]]:
    for node in tree.findall(nodes.Element):
        if part := PARTS.get(type(node)):
            yield node, part


def _home(node: nodes.Node) -> str:
    """The document that a node is from where several were put into one, as for LaTeX; "" elsewhere.

    Sphinx writes it on sections; it does not hang what it puts in below its ``start_of_file``.
    """
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.section) and "docname" in node:
            return str(node["docname"])
    return ""
