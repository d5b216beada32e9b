"""A revised Word file: its paragraphs as they read with every tracked change taken, and the comments on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document as Docx
from docx.oxml.ns import qn
from lxml.etree import _Element

from drafts.comments import AUTHOR
from drafts.draft import DraftError
from drafts.package import open_package
from drafts.read import WORD_FILES, regular
from drafts.runs import standing
from drafts.word import AFTER, BEFORE, WordDocument
from zhword.elements import UNKNOWN_PAGE
from zhword.reading import From, origins

_P = qn("w:p")
_HEADS = ("页眉", "页脚")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it reads now. ``tracked``: whether 修订 shows its changes; ``by``: who made them."""

    text: str
    tracked: bool = False
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment. ``line``: index of the paragraph that it hangs on, -1 for none that is left; ``words``: what it covers."""

    by: str
    text: str
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Revision:
    """``written``: the book as it was handed out; ``lines`` and ``remarks``: as it came back."""

    written: tuple[From, ...]
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]


def read_revision(path: Path, original: Path | None = None) -> Revision:
    """DraftError for what is no Word file, and for one that no longer says what it was made from.

    ``original``: the file as it was handed out, for a program that left that out when it saved.
    """
    document = _open(path)
    written = origins(document) or (origins(_open(original)) if original is not None else ())
    if not written:
        raise DraftError(
            f"{path.name}：看不出是照哪一份书稿改的：它不是 handbook word 做的，或者另存时丢了这项记录。"
            "请用 --original 写上当初发出去的那一份。"
        )
    _forget_pages(document)
    _drop_contents(document)
    word = WordDocument(document)
    lines: list[Line] = []
    place: dict[_Element, int] = {}
    for stretch in word.stretches:
        if stretch.paragraph.version == BEFORE or stretch.paragraph.where in _HEADS:
            continue
        text = standing(stretch.pieces)
        if not text.strip():
            continue
        own = dict.fromkeys(_paragraph_of(piece.run) for piece in stretch.pieces)
        place.update(dict.fromkeys(own, len(lines)))
        by = tuple(dict.fromkeys(name for p in own for name in _authors(p)))
        lines.append(Line(text, stretch.paragraph.version == AFTER, by))
    return Revision(written, tuple(lines), tuple(_remarks(document, place)))


def _open(path: Path) -> Docx:
    if path.suffix.lower() not in WORD_FILES:
        raise DraftError(f"{path.name}：这里只看 Word 文件（docx）。doc、wps 文件请在 Word 或 WPS 里另存为 .docx。")
    regular(path)
    return open_package(path, path.name)


def _forget_pages(document: Docx) -> None:
    """Page numbers are worked out by each program for itself: nobody has changed them."""
    for paragraph in document.element.body.iter(_P):
        codes: list[str] = []
        result = False
        for element in paragraph.iter():
            if element.tag == qn("w:fldChar"):
                kind = element.get(qn("w:fldCharType"))
                if kind == "begin":
                    codes.append("")
                elif kind == "separate" and codes and codes[-1].split()[:1] == ["PAGEREF"]:
                    result, shown = True, UNKNOWN_PAGE
                elif kind == "end" and codes:
                    codes.pop()
                    result = False
            elif element.tag == qn("w:instrText") and codes:
                codes[-1] += element.text or ""
            elif element.tag == qn("w:t") and result:
                element.text, shown = shown, ""
        for simple in paragraph.iter(qn("w:fldSimple")):
            if (simple.get(qn("w:instr")) or "").split()[:1] == ["PAGEREF"]:
                for number, words in enumerate(simple.iter(qn("w:t"))):
                    words.text = UNKNOWN_PAGE if number == 0 else ""


def _drop_contents(document: Docx) -> None:
    """目录 follows the headings: Word makes it anew."""
    names = {
        style.style_id for style in document.styles if (style.name or "").lower().startswith(("toc ", "contents "))
    }
    for sdt in list(document.element.body.iter(qn("w:sdt"))):
        gallery = sdt.find(f".//{qn('w:docPartGallery')}")
        if gallery is not None and gallery.get(qn("w:val")) == "Table of Contents":
            sdt.getparent().remove(sdt)
    for paragraph in list(document.element.body.iter(_P)):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) in names:
            paragraph.getparent().remove(paragraph)


def _paragraph_of(run: _Element) -> _Element:
    return next(run.iterancestors(_P))


def _authors(paragraph: _Element) -> Iterator[str]:
    for tag in ("ins", "del", "moveFrom", "moveTo"):
        for change in paragraph.iter(qn(f"w:{tag}")):
            if name := change.get(qn("w:author")):
                yield name


def _remarks(document: Docx, place: dict[_Element, int]) -> Iterator[Remark]:
    """The comments of people; those that `handbook verify` wrote are none."""
    if not any(relation.reltype.endswith("/comments") for relation in document.part.rels.values()):
        return
    known = {str(comment.comment_id): comment for comment in document.comments}
    covered: dict[str, str] = {}
    found: dict[str, int] = {}
    open_ones: set[str] = set()
    for element in document.element.body.iter():
        identifier = element.get(qn("w:id")) or ""
        if element.tag == qn("w:commentRangeStart"):
            open_ones.add(identifier)
        elif element.tag == qn("w:commentRangeEnd"):
            open_ones.discard(identifier)
        if element.tag in (qn("w:commentRangeStart"), qn("w:commentReference")) and identifier not in found:
            own = next(element.iterancestors(_P), None)
            if own is not None and own in place:
                found[identifier] = place[own]
        elif element.tag == qn("w:t"):
            for name in open_ones:
                covered[name] = covered.get(name, "") + (element.text or "")
    for identifier, comment in known.items():
        if comment.author != AUTHOR:
            yield Remark(comment.author, comment.text.strip(), found.get(identifier, -1), covered.get(identifier, ""))
