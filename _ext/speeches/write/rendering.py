"""Texts → nodes: editorial marks, nested quotation marks, spans of a speech, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes

from ..core.source.folding import curly
from ..core.source.speech import Restriction, RestrictionKind, Span, Speech
from ..nodes import editorial_mark

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
            out.append(editorial_mark(piece, piece, classes=["editorial-mark", _MARK_CLASSES[piece[0]]]))
        else:
            out.append(nodes.Text(piece))
    return out


def one_level_down(text: str) -> str:
    """The text as it stands inside “ ”: its own quotation and title marks one level down (GB/T 15834-2011)."""
    return text.translate(_ONE_LEVEL_DOWN)


def speech_text(speech: Speech, start: int, end: int) -> str:
    """Plain text of a span for a page: no line breaks, straight quotation marks made curly."""
    text = speech.text[start:end].replace("\r", "").replace("\n", "").replace("\ufeff", "")
    return curly(text, speech.text[:start].rpartition("\n")[2].count('"'))


WITHHELD = "（此处文字不得刊出）"
"""Printed in place of a quotation that touches a withheld span: the check fails, but the pages may be handed round."""


def touches_withheld(restrictions: Iterable[Restriction]) -> bool:
    """Whether any of these restrictions withholds."""
    return any(restriction.kind is RestrictionKind.WITHHOLD for restriction in restrictions)


def withheld(speech: Speech) -> list[Span]:
    """Spans that stand on no page."""
    return [r.span for r in speech.restrictions if r.kind is RestrictionKind.WITHHOLD]


def passage_nodes(speech: Speech, start: int, end: int) -> list[nodes.Node]:
    """A span of a speech page: corrections visible, withheld text replaced by its length."""
    out: list[nodes.Node] = []
    position = start
    stops: list[tuple[int, int, nodes.Node | None, str]] = []
    for span in withheld(speech):
        if span.start < end and start < span.end:
            low, high = max(start, span.start), min(end, span.end)
            label = f"（此处略去{high - low}字）"
            stops.append((low, high, nodes.inline(label, label, classes=["withheld"]), ""))
    for emendation in speech.emendations:
        change = emendation.change
        if (
            start <= change.start
            and change.end <= end
            and not any(s < change.end and change.start < e for s, e, _, _ in stops)
        ):
            gone = speech_text(speech, change.start, change.end)
            match emendation.kind:
                case "missing":
                    label, kind, kept = f"［{emendation.replacement}］", "supplied", gone
                case "extra":
                    label, kind, kept = f"【{gone}】{emendation.replacement}", "superfluous", ""
                case _:
                    label, kind, kept = f"〔{emendation.replacement}〕", "replaced", gone
            stops.append(
                (change.start, change.end, editorial_mark(label, label, classes=["editorial-mark", kind]), kept)
            )
    for low, high, node, kept in sorted(stops, key=lambda stop: stop[:2]):
        if low > position:
            out.append(nodes.Text(speech_text(speech, position, low)))
        if kept:
            out.append(nodes.Text(kept))
        if node is not None:
            out.append(node)
        position = max(position, high)
    if position < end:
        out.append(nodes.Text(speech_text(speech, position, end)))
    return out


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
