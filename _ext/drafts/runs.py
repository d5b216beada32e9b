"""The words of a Word paragraph, each with the run that holds it and whether it was inserted or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from docx.oxml.ns import qn
from lxml.etree import _Element

from .draft import DRAWN
from .seen import Seen, is_drawn

Tracked = frozenset[Literal["ins", "del"]]
NOT_TRACKED: Tracked = frozenset()
_CHANGES: dict[str, Literal["ins", "del"]] = {
    qn("w:ins"): "ins", qn("w:moveTo"): "ins", qn("w:del"): "del", qn("w:moveFrom"): "del",
}  # fmt: skip
_CHARACTERS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_RUN, _TEXT, _DELETED_TEXT, _RUBY = qn("w:r"), qn("w:t"), qn("w:delText"), qn("w:ruby")
_PICTURES = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVE = f"{_MC}AlternateContent"
_FORMULAS = tuple(
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}" for name in ("oMath", "oMathPara")
)
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_SHAPES = "{urn:schemas-microsoft-com:vml}*"


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


def pieces(parent: _Element, seen: Seen, tracked: Tracked = NOT_TRACKED) -> Iterator[Piece]:
    """Every piece of text under a paragraph, in order, through whatever wraps it. Hidden text is left out: no reader
    sees it; what is drawn in the line is ``DRAWN``."""
    for child in parent:
        if child.tag == _RUN:
            yield from _of_run(child, child, seen, tracked)
        elif child.tag in _FORMULAS:
            yield Piece(DRAWN, child, child, tracked)
        elif child.tag == ALTERNATIVE:
            yield from pieces(chosen(child), seen, tracked)
        elif child.tag == qn("w:fldSimple") and is_drawn(child.get(qn("w:instr")) or ""):
            yield Piece(DRAWN, child, child, tracked)
        elif child.tag in _CHANGES:
            yield from pieces(child, seen, tracked | {_CHANGES[child.tag]})
        elif child.tag == qn("w:bdo") and child.get(qn("w:val")) == "rtl":
            yield Piece(DRAWN, child, child, tracked)  # shown from right to left: not the order of the file
            yield from pieces(child, seen, tracked)
        else:
            yield from pieces(child, seen, tracked)


def chosen(alternative: _Element) -> _Element:
    """What Word shows of alternatives: the first that says something, as a program of today knows what it asks for."""
    return next(iter(alternative), alternative)


def _of_run(run: _Element, anchor: _Element, seen: Seen, tracked: Tracked) -> Iterator[Piece]:
    if not seen.hides(run):
        found = list(_within_run(run, anchor, seen, tracked))
        if found and _is_struck(run):
            yield Piece(DRAWN, anchor, run, tracked)
        yield from found


def _is_struck(run: _Element) -> bool:
    """Struck out by hand, not with 修订: whether these words still count, no program can tell."""
    marks = (run.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}") for name in ("strike", "dstrike"))
    return any(mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off") for mark in marks)


def standing(found: Iterable[Piece]) -> str:
    """The words that are left when those struck out by hand are taken for deleted, and what is drawn is left out."""
    struck: set[_Element] = set()
    words = ""
    for piece in found:
        if piece.text == DRAWN and piece.node is piece.run:
            struck.add(piece.run)
        elif piece.text != DRAWN and piece.run not in struck:
            words += piece.text
    return words


def _within_run(parent: _Element, anchor: _Element, seen: Seen, tracked: Tracked) -> Iterator[Piece]:
    for node in parent:
        if node.tag in (_TEXT, _DELETED_TEXT):
            if node not in seen.hidden:
                yield Piece(node.text or "", anchor, node, tracked)
        elif node.tag in _CHARACTERS:
            yield Piece(_CHARACTERS[node.tag], anchor, node, tracked)
        elif node.tag == qn("w:sym"):
            yield Piece(_symbol(node.get(qn("w:char")) or ""), anchor, node, tracked)
        elif node.tag == _RUBY:
            for base in node.iterfind(f"{qn('w:rubyBase')}/{_RUN}"):
                yield from _of_run(base, anchor, seen, tracked)
        elif node.tag == ALTERNATIVE:
            yield from _within_run(chosen(node), anchor, seen, tracked)
        elif node in seen.drawn or (node.tag in _PICTURES and _stands_in_line(node)):
            yield Piece(DRAWN, anchor, node, tracked)


def _symbol(code: str) -> str:
    """The character of w:sym; those of a symbol font (U+F0xx) mean what its picture shows."""
    try:
        number = int(code, 16)
    except ValueError:
        return DRAWN
    return DRAWN if not 0x20 <= number < 0xD800 else chr(number)


def _stands_in_line(picture: _Element) -> bool:
    """A picture among the characters; one that floats beside them, or a text box, is none."""
    if next(picture.iter(qn("w:txbxContent")), None) is not None:
        return False
    if picture.find(_INLINE) is not None:
        return True
    shapes = [style for shape in picture.iter(_SHAPES) if (style := shape.get("style"))]
    return picture.tag != qn("w:drawing") and not any("position:absolute" in style for style in shapes)


def tracked_mark(paragraph: _Element) -> Literal["", "ins", "del"]:
    """Whether the end of a paragraph was inserted or deleted: two paragraphs are one in 原稿, or in 改后."""
    properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if properties is not None:
        return next((_CHANGES[child.tag] for child in properties if child.tag in _CHANGES), "")
    return ""


def tracked_around(element: _Element) -> Tracked:
    """The tracked changes that something stands in."""
    return frozenset(_CHANGES[parent.tag] for parent in element.iterancestors() if parent.tag in _CHANGES)
