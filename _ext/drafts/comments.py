"""Write the outcomes into the draft: one Word comment on each quotation's own words, nothing else changed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from zh.files import write_atomically

from .quoted import Quotation
from .splitting import Edge, Splitter
from .word import Stretch, WordDocument

AUTHOR, INITIALS = "引文核对", "核"
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))


def write_comments(document: WordDocument, told: Sequence[tuple[Quotation, list[str]]], out: Path) -> None:
    """Hang each list of lines on its quotation and save the document as ``out``; comments that were there stay.

    Words in notes, heads and text boxes get theirs where the note is referred to, or the box is anchored: Word shows no
    comment inside them.
    """
    splitter = Splitter()
    edges = [_edges(document.stretches[quotation.paragraph.source], quotation) for quotation, _ in told]
    for start, end in edges:
        splitter.note(start)
        splitter.note(end)
    splitter.split()
    for (start, end), (quotation, lines) in zip(edges, told, strict=True):
        where = document.stretches[quotation.paragraph.source]
        head = [f"（{quotation.paragraph.where}）“{quotation.text}”"] if where.anchor is not None else []
        text = "\n".join([lines[0], *head, *lines[1:]])
        comment = document.docx.comments.add_comment(text=text, author=AUTHOR, initials=INITIALS)
        _hang(splitter.run_after(start), splitter.run_before(end), str(comment.comment_id))
    stream = io.BytesIO()
    document.docx.save(stream)
    write_atomically(out, stream.getvalue())


def _edges(stretch: Stretch, quotation: Quotation) -> tuple[Edge, Edge]:
    """Where a quotation begins and ends."""
    if stretch.anchor is not None:
        return Edge(stretch.anchor), Edge(stretch.anchor)
    at = 0
    inside = []
    for piece in stretch.pieces:
        start, end = max(quotation.start - at, 0), min(quotation.end - at, len(piece.text))
        if start < end:
            inside.append((piece, start, end))
        at += len(piece.text)
    (first, start, _), (last, _, end) = inside[0], inside[-1]
    return (
        Edge(first.run, first.node, start) if first.splits else Edge(first.run),
        Edge(last.run, last.node, end) if last.splits else Edge(last.run),
    )


def _hang(first: _Element, last: _Element, identifier: str) -> None:
    """The range of a comment around runs, and its mark behind them, outside of any tracked change."""
    first.addprevious(_mark("w:commentRangeStart", identifier))
    end = _mark("w:commentRangeEnd", identifier)
    last.addnext(end)
    reference = OxmlElement("w:r")
    reference.append(_mark("w:commentReference", identifier))
    behind: _Element = end
    while (parent := behind.getparent()) is not None and parent.tag in _WRAPPERS:
        behind = parent
    behind.addnext(reference)


def _mark(tag: str, identifier: str) -> _Element:
    return OxmlElement(tag, attrs={qn("w:id"): identifier})
