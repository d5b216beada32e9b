"""A paragraph of a speech page as an apparatus: its sentences, what of it is quoted and where, what must not be quoted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..check.checked import Checked, QuotedSpan, checked
from ..core.citation import place_title
from ..core.matching.marks import Piece, pieces
from ..core.review.claim import Claim
from ..core.source.outline import Sentence
from ..core.source.speech import Restriction, RestrictionKind, Span, Speech
from ..nodes import restricted, speech_passage
from ..rendering import piece_nodes, xref


def mark_passage(env: BuildEnvironment, node: speech_passage, _docname: str) -> None:
    """Part a paragraph into sentences with ids of their own, quoted and restricted words marked in them.

    Where it is quoted stands beside it, in a block that is no part of the text.
    """
    outcome = checked(env)
    speech = outcome.archive.speeches[node["speech"]]
    mine = Span(node["start"], node["end"])
    here = [q for q in outcome.quoted_spans.get(speech.id, ()) if q.span.overlaps(mine)]
    node["place"] = place_title(speech, mine.start)
    node.clear()
    paragraph = speech.outline.paragraph_at(mine.start)
    sentences = paragraph.sentences if paragraph else ()
    limits = [r for r in speech.restrictions if r.span.overlaps(mine) and r.kind is not RestrictionKind.WITHHOLD]
    spans = [q.span for q in here]
    ends = [s.start for s in sentences] + [s.end for s in sentences]
    for span in (*spans, *(r.span for r in limits)):
        ends += [span.start, span.end]
    cut = list(_cut(pieces(speech, mine.start, mine.end), sorted(set(ends))))
    for sentence, part in _by_sentence(cut, sentences):
        ids = [f"{speech.id}.p{node['line']}.s{s.number}" for s in sentence]
        words = list(_marked(speech, part, spans, limits))
        node += nodes.inline("", "", *words, ids=ids) if ids else words
    if here:
        parent = node.parent
        position = parent.index(node)
        parent.remove(node)
        parent.insert(position, nodes.container("", node, _quoted_by(here, outcome), classes=["passage"]))


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


def _by_sentence(cut: Iterable[Piece], sentences: Sequence[Sentence]) -> Iterator[tuple[list[Sentence], list[Piece]]]:
    """Pieces in runs, each with the sentences that begin in it: one, none, or all that one gap runs across."""
    waiting = list(sentences)
    begun: list[Sentence] = []
    run: list[Piece] = []
    for piece in cut:
        begins = bool(waiting) and waiting[0].start == piece.span.start
        leaves = bool(begun) and piece.span.start >= begun[-1].end
        if run and (begins or leaves):
            yield begun, run
            begun, run = [], []
        run.append(piece)
        while waiting and (waiting[0].start < piece.span.end or waiting[0].start == piece.span.start):
            begun.append(waiting.pop(0))
    if run:
        yield begun, run


def _marked(
    speech: Speech, part: Iterable[Piece], quoted: Sequence[Span], limits: Sequence[Restriction]
) -> Iterator[nodes.Node]:
    """The words of a part: quoted ones and restricted ones in spans of their own, as few as can be."""

    def state(piece: Piece) -> tuple[bool, Restriction | None]:
        limit = next((r for r in limits if _holds(r.span, piece.span)), None)
        return any(_holds(span, piece.span) for span in quoted), limit

    for (is_quoted, limit), run in itertools.groupby(part, state):
        words = [node for piece in run for node in piece_nodes(speech, piece)]
        if limit is not None:
            words = [restricted("", "", *words, classes=["restricted", limit.kind], reason=limit.reason)]
        if is_quoted:
            words = [nodes.inline("", "", *words, classes=["quoted"])]
        yield from words


def _holds(span: Span, piece: Span) -> bool:
    """Whether a piece lies in a span; a word that an editor supplied has no length of its own."""
    return span.overlaps(piece) or (piece.start == piece.end and span.start < piece.start < span.end)


def _quoted_by(here: Iterable[QuotedSpan], outcome: Checked) -> nodes.Node:
    """One mark a quotation: excerpts by their numbers, then quotations in sentences, by page."""
    claims = list({q.item.claim.id: q.item.claim for q in here}.values())
    block = nodes.paragraph("", "", classes=["quoted-by", "no-reading"])
    inline: dict[str, list[Claim]] = {}
    for claim in claims:
        if number := outcome.numbers.get(claim.id):
            block += xref("claim", claim.id, f"摘录{number}")
        else:
            inline.setdefault(claim.docname, []).append(claim)
    for docname, quoting in inline.items():
        line = nodes.inline("", "", xref("claim", quoting[0].id, f"引语 {outcome.titles.get(docname, docname)}"))
        for position, claim in enumerate(quoting[1:], 2):
            line += [nodes.Text(" "), xref("claim", claim.id, f"[{position}]")]
        block += line
    return block
