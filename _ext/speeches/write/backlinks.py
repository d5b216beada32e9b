"""Marks on speech pages: what is quoted, and links to the pages that quote it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

from ..core.review.review import Reviewed
from ..core.source.speech import Span
from ..domain import SpeechDomain
from ..nodes import speech_passage
from .rendering import passage_nodes


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A span of a speech and the claim that quotes it."""

    span: Span
    item: Reviewed


def quotations_by_speech(domain: SpeechDomain) -> dict[str, list[QuotedSpan]]:
    """Every quoted span that agrees, by speech, in the order of the text."""
    found: dict[str, list[QuotedSpan]] = {}
    for item in domain.reviewed:
        if item.verdict.agrees:
            for span in item.verdict.fragments:
                found.setdefault(item.claim.speech, []).append(QuotedSpan(span, item))
    return {speech: sorted(spans, key=lambda q: (q.span, q.item.claim.id)) for speech, spans in found.items()}


def mark_passage(node: speech_passage, quoted: Iterable[QuotedSpan], domain: SpeechDomain) -> None:
    """Mark the quoted spans of a paragraph, each followed by links to the pages that quote it."""
    assert domain.archive is not None
    speech = domain.archive.speeches.get(node["speech"])
    mine = Span(node["start"], node["end"])
    here = [q for q in quoted if q.span.overlaps(mine)]
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
        node += _chips([q for q in here if min(q.span.end, mine.end) == end], domain)


def _inside_edges(span: Span, mine: Span) -> tuple[int, int]:
    return max(span.start, mine.start), min(span.end, mine.end)


def _chips(ended: list[QuotedSpan], domain: SpeechDomain) -> list[nodes.Node]:
    out: list[nodes.Node] = []
    seen = set()
    for quotation in ended:
        claim = quotation.item.claim
        if claim.id in seen:
            continue
        seen.add(claim.id)
        number = domain.numbers().get(claim.id)
        title = domain.env.titles.get(claim.docname)
        label = f"摘录{number}" if number else f"见{title.astext() if title else claim.docname}"
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
