"""Marks on speech pages: what is quoted, and links to the pages that quote it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..check.checked import Checked, QuotedSpan, checked
from ..core.matching.marks import Piece, pieces
from ..core.source.speech import Span
from ..nodes import speech_passage
from ..rendering import piece_nodes, xref


def mark_passage(env: BuildEnvironment, node: speech_passage, _docname: str) -> None:
    """Mark the quoted spans of a paragraph, each followed by links to the pages that quote it."""
    outcome = checked(env)
    speech = outcome.archive.speeches[node["speech"]]
    mine = Span(node["start"], node["end"])
    here = [q for q in outcome.quoted_spans.get(speech.id, ()) if q.span.overlaps(mine)]
    if not here:
        return
    edges = sorted({edge for q in here for edge in (q.span.start, min(q.span.end, mine.end))})
    node.clear()
    quoted: nodes.inline | None = None
    before: list[QuotedSpan] = []
    for piece in _cut(pieces(speech, mine.start, mine.end), edges):
        over = [q for q in here if q.span.overlaps(piece.span)]
        if over != before:
            node += _chips([q for q in before if q not in over], outcome)
            quoted = nodes.inline("", "", classes=["quoted"]) if over else None
            if quoted is not None:
                node += quoted
        (node if quoted is None else quoted).extend(piece_nodes(speech, piece))
        before = over
    node += _chips(before, outcome)


def speech_state(env: BuildEnvironment, speech_id: str, _docname: str) -> list[object]:
    """What is quoted of a speech, where, and under which number."""
    outcome = checked(env)
    return [
        (
            q.span.start,
            q.span.end,
            claim.id,
            claim.docname,
            outcome.numbers.get(claim.id),
            outcome.titles.get(claim.docname),
        )
        for q in outcome.quoted_spans.get(speech_id, ())
        for claim in [q.item.claim]
    ]


def _cut(whole: Iterable[Piece], edges: Sequence[int]) -> Iterator[Piece]:
    """Plain text parted at the edges; what a mark or a gap stands for is not."""
    for piece in whole:
        if piece.withheld or piece.emendation:
            yield piece
            continue
        inside = [edge for edge in edges if piece.span.start < edge < piece.span.end]
        for start, end in itertools.pairwise([piece.span.start, *inside, piece.span.end]):
            yield Piece(Span(start, end))


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
        out.append(xref("claim", claim.id, label, ["quoted-by"]))
    return out
