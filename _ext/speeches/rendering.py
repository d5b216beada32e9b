"""Texts → nodes: editorial marks, nested quotation marks, spans of a speech, links into the archive, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from sphinx.addnodes import pending_xref

from .core.matching.marks import Piece, marked, pieces
from .core.source.archive import SPEECH_ID
from .core.source.folding import curly
from .core.source.speech import Speech, left_out
from .nodes import editorial_mark

Cell = list[nodes.Node]
"""The inline nodes of one cell of a table."""

_MARK = re.compile(r"(〔[^〔〕]*〕|［[^［］]*］|【[^【】]*】|（原文如此）|（原文至此中断，编者注）)")
_MARK_CLASSES = {"〔": "replaced", "［": "supplied", "【": "superfluous", "（": "note"}
_ONE_LEVEL_DOWN = str.maketrans(
    {"“": "‘", "”": "’", "‘": "“", "’": "”", "《": "〈", "》": "〉", "「": "『", "」": "』"}
)


def with_marks(text: str, recorded: frozenset[str] | None = None) -> list[nodes.Node]:
    """Text nodes and editorial marks. ``recorded``: only these marks are the editor's; the rest is the source's own."""
    out: list[nodes.Node] = []
    for piece in _MARK.split(text):
        if not piece:
            continue
        if _MARK.fullmatch(piece) and (recorded is None or piece in recorded):
            out.append(mark_node(piece))
        else:
            out.append(nodes.Text(piece))
    return out


def one_level_down(text: str) -> str:
    """The text as it stands inside “ ”: its own quotation and title marks one level down (GB/T 15834-2011)."""
    return text.translate(_ONE_LEVEL_DOWN)


def speech_text(speech: Speech, start: int, end: int) -> str:
    """Plain text of a span for a page: no line breaks, straight quotation marks made curly."""
    text = speech.text[start:end].replace("\r", "").replace("\n", "").replace("\ufeff", "")
    return curly(text, speech.text.count('"', speech.text.rfind("\n", 0, start) + 1, start))


WITHHELD = "（此处文字不得刊出）"
"""Printed in place of a quotation that touches a withheld span: the check fails, but the pages may be handed round."""


def excerpt_paragraphs(text: str) -> list[nodes.paragraph]:
    """The text of an excerpt, its marks visible: a paragraph a line."""
    return [nodes.paragraph(line, "", *with_marks(curly(line)), classes=["excerpt-text"]) for line in text.split("\n")]


def passage_nodes(speech: Speech, start: int, end: int) -> list[nodes.Node]:
    """A span of a speech page: corrections visible, withheld text replaced by its length."""
    return [node for piece in pieces(speech, start, end) for node in piece_nodes(speech, piece)]


def passage_text(speech: Speech, start: int, end: int) -> str:
    """The words of ``passage_nodes``."""
    if start >= end:
        return ""
    return "".join("".join(_piece_texts(speech, piece)) for piece in pieces(speech, start, end))


def piece_nodes(speech: Speech, piece: Piece) -> list[nodes.Node]:
    """One piece of a speech page."""
    text, mark = _piece_texts(speech, piece)
    if piece.withheld:
        return [nodes.inline(text, text, classes=["withheld"])]
    if not mark:
        return [nodes.Text(text)]
    return [*([nodes.Text(text)] if text else []), mark_node(mark)]


def _piece_texts(speech: Speech, piece: Piece) -> tuple[str, str]:
    """What stands of a piece, and the mark on it."""
    start, end = piece.span.start, piece.span.end
    if piece.withheld:
        return left_out(end - start), ""
    text = speech_text(speech, start, end)
    return marked(text, piece.emendation) if piece.emendation else (text, "")


def mark_node(mark: str) -> editorial_mark:
    """An editorial mark, its kind in its class."""
    return editorial_mark(mark, mark, classes=["editorial-mark", _MARK_CLASSES[mark[0]]])


def xref(reftype: str, target: str, text: str, classes: Iterable[str] = ()) -> pending_xref:
    """A link to what the ``speech`` domain knows; what cannot be followed was told by the check, so Sphinx is silent."""
    words = nodes.inline(text, text, classes=list(classes))
    return pending_xref(
        "", words, refdomain="speech", reftype=reftype, reftarget=target, refexplicit=True, refwarn=False
    )


def source_nodes(speech_id: str, locator: str, text: str) -> list[nodes.Node]:
    """The words of a source line, linked to its first sentence where there is a page for it; plain where there is none."""
    if not SPEECH_ID.match(speech_id):
        return [nodes.Text(text)]
    dash, title = ("——", text[2:]) if text.startswith("——") else ("", text)
    first = locator.partition("-")[0]
    link = xref("passage", f"{speech_id}.{first}", title) if first else xref("speech", speech_id, title)
    return [nodes.Text(dash), link] if dash else [link]


def table(titles: Iterable[str], rows: Iterable[list[Cell]], classes: list[str]) -> nodes.table:
    """A docutils table; ``titles`` may carry relative widths: 引文:40."""
    heads = [title.partition(":") for title in titles]
    node = nodes.table(classes=["generated", *classes])
    group = nodes.tgroup(cols=len(heads))
    node += group
    group += [nodes.colspec(colwidth=int(width or 10)) for _, _, width in heads]
    head = nodes.thead()
    head += _row([[nodes.Text(name)] for name, _, _ in heads])
    body = nodes.tbody()
    body += [_row(row) for row in rows]
    group += [head, body]
    return node


def _row(cells: list[Cell]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        row += nodes.entry("", nodes.paragraph("", "", *cell))
    return row
