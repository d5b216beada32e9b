"""Marks on speech pages: what is quoted, and links to the pages that quote it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes

from ..check.checked import Checked, QuotedSpan
from ..core.source.speech import Span
from ..nodes import speech_passage
from .rendering import passage_nodes


def mark_passage(node: speech_passage, outcome: Checked) -> None:
    """Mark the quoted spans of a paragraph, each followed by links to the pages that quote it."""
    speech = outcome.archive.speeches.get(node["speech"])
    mine = Span(node["start"], node["end"])
    here = [q for q in outcome.quoted_spans.get(node["speech"], ()) if q.span.overlaps(mine)]
    if speech is None or not here:
        return
    edges = sorted({mine.start, mine.end} | {e for q in here for e in _inside_edges(q.span, mine)})
    node.clear()
    for start, end in itertools.pairwise(edges):
        piece = Span(start, end)
        over = [q for q in here if q.span.overlaps(piece)]
        content = passage_nodes(speech, start, end)
        if over:
            node += nodes.inline("", "", *content, classes=["quoted"])
        else:
            node += content
        node += _chips([q for q in here if min(q.span.end, mine.end) == end], outcome)


def _inside_edges(span: Span, mine: Span) -> tuple[int, int]:
    return max(span.start, mine.start), min(span.end, mine.end)


def _chips(ended: Iterable[QuotedSpan], outcome: Checked) -> list[nodes.Node]:
    out: list[nodes.Node] = []
    seen = set()
    for quotation in ended:
        claim = quotation.item.claim
        if claim.id in seen:
            continue
        seen.add(claim.id)
        number = outcome.numbers.get(claim.id)
        label = f"摘录{number}" if number else f"见{outcome.titles.get(claim.docname, claim.docname)}"
        out.append(
            addnodes.pending_xref(
                "",
                nodes.inline(label, label, classes=["quoted-by"]),
                refdomain="speech",
                reftype="claim",
                reftarget=claim.id,
                refexplicit=True,
                refwarn=False,
            )
        )
    return out
