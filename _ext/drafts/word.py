"""A Word document as paragraphs of a draft, and back from a quotation to the runs that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element

from .draft import DRAWN, Draft, Paragraph
from .package import open_package, unless_damaged
from .runs import ALTERNATIVE, NOT_TRACKED, Piece, Tracked, chosen, pieces, tracked_around, tracked_mark
from .seen import Seen, vanishing_styles

BEFORE, AFTER = "原稿", "改后"
_P, _TBL, _TR, _TC, _R = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:r")
_BOX = qn("w:txbxContent")
_QUOTING = re.compile(r"quot|引用|引文|摘引|摘录|block text", re.IGNORECASE)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_PICTURES = (f"{_A}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_NOT_OURS = {qn("w:altChunk"): "另一个文件里的内容", qn("w:subDoc"): "子文档"}
"""What Word shows from another file, whose words this one does not have."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One paragraph of one version and its pieces. ``anchor``: where a comment hangs when not on its own words."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    anchor: _Element | None


@dataclass(frozen=True, slots=True)
class _Around:
    """Where a paragraph stands. ``where``: "" for the text itself; ``row``: first cell of its table row; ``anchor``: as in
    ``Stretch``; ``tracked``: changes around it."""

    seen: Seen
    where: str = ""
    row: str = ""
    anchor: _Element | None = None
    tracked: Tracked = NOT_TRACKED


class WordDocument:
    """An opened document. ``docx`` is python-docx's; nothing that a reader sees is changed by reading."""

    def __init__(self, docx: Docx) -> None:
        self.docx = docx
        self.stretches: list[Stretch] = []
        styles = _part(docx, RELATIONSHIP_TYPE.STYLES)
        self._quoting = _quoting_styles(styles)
        self._vanishing = vanishing_styles(styles)
        self._count = {"段": 0, "表": 0, "文本框": 0, "图示": 0}
        self._has_pictures = False
        self._unread: dict[str, None] = {}
        body = docx.element.body
        # A comment of XML parts words in two that a reader sees as one.
        etree.strip_tags(docx.element, etree.Comment, etree.ProcessingInstruction)
        self._walk(body, self._around(body))
        self._notes(body, RELATIONSHIP_TYPE.FOOTNOTES, "footnote", "脚注")
        self._notes(body, RELATIONSHIP_TYPE.ENDNOTES, "endnote", "尾注")
        self._heads(body)

    @classmethod
    def open(cls, path: Path, *, name: str = "") -> Self:
        """Raises DraftError where the file is no sound Word document."""
        document = open_package(path, name or path.name)
        with unless_damaged(name or path.name):
            return cls(document)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph with words, in the order of the text."""
        for stretch in self.stretches:
            yield stretch.paragraph

    def draft(self, name: str) -> Draft:
        """The document as a draft of this name, with what could not be read of it."""
        paragraphs = tuple(self.paragraphs())
        notices = ("有图片或嵌入的对象，里面的字没有核对。",) if self._has_pictures else ()
        unread = tuple(
            f"文稿里有{kind}，里面的字读不出来，没有核对。请先在 Word 里粘贴成正文。" for kind in self._unread
        )
        empty = "" if paragraphs or unread else "文件里没有文字，可能只有图片，无法核对。"
        return Draft(name, paragraphs, notices, empty, unread)

    def _around(self, root: _Element, where: str = "", anchor: _Element | None = None) -> _Around:
        return _Around(Seen.of(root, self._vanishing), where, anchor=anchor)

    def _walk(self, parent: _Element, around: _Around) -> None:
        chain: list[_Element] = []
        for child in parent:
            if child.tag == _P:
                chain.append(child)
                if not tracked_mark(child):
                    self._paragraph(chain, around)
                    chain = []
                continue
            self._paragraph(chain, around)
            chain = []
            if child.tag == _TBL:
                self._table(child, around)
            elif child.tag == ALTERNATIVE:
                self._walk(chosen(child), around)
            elif child.tag in _NOT_OURS:
                self._unread[_NOT_OURS[child.tag]] = None
            elif child.tag in (qn("w:ins"), qn("w:moveTo")):
                self._walk(child, replace(around, tracked=around.tracked | {"ins"}))
            elif child.tag in (qn("w:del"), qn("w:moveFrom")):
                self._walk(child, replace(around, tracked=around.tracked | {"del"}))
            else:
                self._walk(child, around)
        self._paragraph(chain, around)

    def _table(self, table: _Element, around: _Around) -> None:
        self._count["表"] += 1
        name = f"{around.where}表{self._count['表']}"
        first = ""
        for number, row in enumerate(table.iter(_TR), 1):
            if _nearest(row, _TBL) is not table:
                continue
            changes = around.tracked
            for change in ("ins", "del"):
                if row.find(f"{qn('w:trPr')}/{qn(f'w:{change}')}") is not None:
                    changes = changes | {change}
            cells = [cell for cell in row.iter(_TC) if _nearest(cell, _TR) is row]
            head = "".join(piece.text for p in cells[0].iter(_P) for piece in pieces(p, around.seen)) if cells else ""
            first = head.strip() or first
            for column, cell in enumerate(cells, 1):
                own = first if column > 1 else ""
                self._walk(cell, replace(around, where=f"{name}第{number}行第{column}格", row=own, tracked=changes))

    def _paragraph(self, chain: Sequence[_Element], around: _Around) -> None:
        """One paragraph, or several that a tracked paragraph mark makes one in one of the versions."""
        if not chain:
            return
        own = [(p, [*pieces(p, around.seen, around.tracked)]) for p in chain]
        if any(_says_something(piece.text) for _, found in own for piece in found):
            place = around.where or self._numbered()
            changed = len(chain) > 1 or any(piece.tracked for _, found in own for piece in found)
            for version in (BEFORE, AFTER) if changed else ("",):
                for head, words in _version(own, version):
                    self._stretch(words, place, version, around, excerpt=self._is_excerpt(head))
        for p, _ in own:
            self._has_pictures = self._has_pictures or next(p.iter(*_PICTURES), None) is not None
            for inner in p.iter(*_NOT_OURS):
                self._unread[_NOT_OURS[str(inner.tag)]] = None
            self._boxes(p, around)

    def _numbered(self) -> str:
        self._count["段"] += 1
        return f"第{self._count['段']}段"

    def _stretch(self, words: list[Piece], where: str, version: str, around: _Around, *, excerpt: bool = False) -> None:
        text = "".join(piece.text for piece in words)
        if _says_something(text):
            paragraph = Paragraph(text, where, version, excerpt, around.row, source=len(self.stretches))
            self.stretches.append(Stretch(paragraph, tuple(words), around.anchor))

    def _is_excerpt(self, paragraph: _Element) -> bool:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return False
        style = properties.find(qn("w:pStyle"))
        if style is not None and style.get(qn("w:val")) in self._quoting:
            return True
        indent = properties.find(qn("w:ind"))
        return indent is not None and all(
            any((indent.get(qn(f"w:{key}")) or "0").lstrip("-+") not in ("0", "") for key in keys)
            for keys in (("left", "start", "leftChars", "startChars"), ("right", "end", "rightChars", "endChars"))
        )

    def _boxes(self, paragraph: _Element, around: _Around) -> None:
        for run in paragraph.iter(_R):
            if _nearest(run, _P) is not paragraph:
                continue
            anchor = run if around.anchor is None else around.anchor
            inside = replace(around, row="", anchor=anchor, tracked=around.tracked | tracked_around(run))
            for content in _boxes_of(run):
                self._count["文本框"] += 1
                self._walk(content, replace(inside, where=f"文本框{self._count['文本框']}"))
            for diagram in run.iter(_DIAGRAM):
                self._diagram(diagram, run, inside)

    def _diagram(self, diagram: _Element, run: _Element, around: _Around) -> None:
        """The words of a SmartArt stand in a part of their own."""
        part = self.docx.part.related_parts.get(diagram.get(_DATA) or "")
        if part is None:
            self._unread["图示（SmartArt）"] = None
            return
        self._count["图示"] += 1
        for paragraph in parse_xml(part.blob).iter(f"{_A}p"):
            words = "".join(text.text or "" for text in paragraph.iter(f"{_A}t"))
            self._stretch([Piece(words, run, run, around.tracked)], f"图示{self._count['图示']}", "", around)

    def _notes(self, body: _Element, relationship: str, tag: str, name: str) -> None:
        root = _part(self.docx, relationship)
        if root is None:
            return
        notes = {note.get(qn("w:id")): note for note in root.iterfind(qn(f"w:{tag}"))}
        around = self._around(root)
        for number, reference in enumerate(body.iter(qn(f"w:{tag}Reference")), 1):
            note = notes.pop(reference.get(qn("w:id")), None)
            run = next((e for e in list(reference.iterancestors())[::-1] if e.tag == _R), None)
            if note is not None and run is not None:
                self._walk(note, replace(around, where=f"{name}{number}", anchor=run))

    def _heads(self, body: _Element) -> None:
        first = next(body.iter(_R), None)
        seen = set()
        for relation in self.docx.part.rels.values():
            name = {RELATIONSHIP_TYPE.HEADER: "页眉", RELATIONSHIP_TYPE.FOOTER: "页脚"}.get(relation.reltype)
            if name and not relation.is_external and relation.target_part.partname not in seen:
                seen.add(relation.target_part.partname)
                root = _parsed(relation.target_part.blob)
                self._walk(root, self._around(root, name, first))


def _says_something(text: str) -> bool:
    return bool(text.replace(DRAWN, "").strip())


def _part(docx: Docx, relationship: str) -> _Element | None:
    """The root of the part that the document has for something; None, and nothing made, where it has none."""
    relations = (r for r in docx.part.rels.values() if r.reltype == relationship and not r.is_external)
    part = next((relation.target_part for relation in relations), None)
    return None if part is None else _parsed(part.blob)


def _parsed(blob: bytes) -> _Element:
    root: _Element = parse_xml(blob)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def _version(own: Iterable[tuple[_Element, list[Piece]]], version: str) -> Iterator[tuple[_Element, list[Piece]]]:
    """The paragraphs of a chain as one version has them."""
    joins = {BEFORE: "ins", AFTER: "del"}.get(version)
    head: _Element | None = None
    words: list[Piece] = []
    for paragraph, found in own:
        head = paragraph if head is None else head
        words += [piece for piece in found if joins is None or joins not in piece.tracked]
        if joins is None or tracked_mark(paragraph) != joins:
            yield head, words
            head, words = None, []
    if head is not None:
        yield head, words


def _boxes_of(run: _Element) -> Iterator[_Element]:
    """Contents of the text boxes that hang on a run; of two alternatives the first."""
    for child in run:
        if child.tag == ALTERNATIVE:
            boxes = list(chosen(child).iter(_BOX))
            yield from boxes or child.iter(_BOX)
        elif child.tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
            yield from child.iter(_BOX)


def _nearest(element: _Element, tag: str) -> _Element | None:
    return next(element.iterancestors(tag), None)


def _quoting_styles(styles: _Element | None) -> frozenset[str]:
    """Ids of the paragraph styles that set a block quotation, by their names."""
    found = styles.iterfind(qn("w:style")) if styles is not None else ()
    named = {style.get(qn("w:styleId")) or "": style.find(qn("w:name")) for style in found}
    return frozenset(
        identifier
        for identifier, name in named.items()
        if name is not None and _QUOTING.search(name.get(qn("w:val")) or "")
    )
