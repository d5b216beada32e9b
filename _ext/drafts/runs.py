"""The words of a Word paragraph, each with the run that holds it and whether it was inserted or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from docx.oxml.ns import qn
from lxml.etree import _Element

Tracked = frozenset[Literal["ins", "del"]]
NOT_TRACKED: Tracked = frozenset()
_CHANGES: dict[str, Literal["ins", "del"]] = {
    qn("w:ins"): "ins", qn("w:moveTo"): "ins", qn("w:del"): "del", qn("w:moveFrom"): "del",
}  # fmt: skip
_THROUGH = frozenset(
    qn(f"w:{name}") for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir")
)
_CHARACTERS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_RUN, _TEXT, _DELETED_TEXT, _RUBY = qn("w:r"), qn("w:t"), qn("w:delText"), qn("w:ruby")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """``text`` of one child of a run. ``run``: the run that a comment may be hung on; ``node``: the child."""

    text: str
    run: _Element
    node: _Element
    tracked: Tracked

    @property
    def splits(self) -> bool:
        """Whether the run can be split inside this piece: text can, a tab or the base of a ruby cannot."""
        return self.node.tag in (_TEXT, _DELETED_TEXT) and self.node.getparent() is self.run


def pieces(parent: _Element, tracked: Tracked = NOT_TRACKED) -> Iterator[Piece]:
    """Every piece of text under a paragraph, in order. Hidden text is left out: no reader sees it."""
    for child in parent:
        if child.tag == _RUN:
            yield from _of_run(child, child, tracked)
        elif child.tag in _CHANGES:
            yield from pieces(child, tracked | {_CHANGES[child.tag]})
        elif child.tag in _THROUGH:
            yield from pieces(child, tracked)


def _of_run(run: _Element, anchor: _Element, tracked: Tracked) -> Iterator[Piece]:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    if hidden is not None and hidden.get(qn("w:val")) not in ("0", "false", "off"):
        return
    for node in run:
        if node.tag in (_TEXT, _DELETED_TEXT):
            yield Piece(node.text or "", anchor, node, tracked)
        elif node.tag in _CHARACTERS:
            yield Piece(_CHARACTERS[node.tag], anchor, node, tracked)
        elif node.tag == _RUBY:
            for base in node.iterfind(f"{qn('w:rubyBase')}/{_RUN}"):
                yield from _of_run(base, anchor, tracked)


def tracked_mark(paragraph: _Element) -> Literal["", "ins", "del"]:
    """Whether the end of a paragraph was inserted or deleted: two paragraphs are one in 原稿, or in 改后."""
    properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if properties is not None:
        if properties.find(qn("w:ins")) is not None:
            return "ins"
        if properties.find(qn("w:del")) is not None:
            return "del"
    return ""
