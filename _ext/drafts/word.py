"""A Word document as paragraphs of a draft, and back from a quotation to the runs that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element

from .draft import Paragraph
from .package import open_package
from .runs import NOT_TRACKED, Piece, Tracked, pieces, tracked_mark

BEFORE, AFTER = "原稿", "改后"
_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_ALTERNATIVE, _CHOICE = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"),
)
_BOX = qn("w:txbxContent")
_QUOTING = re.compile(r"quot|引用|引文|摘引|摘录|block text", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One paragraph of one version and its pieces. ``anchor``: where a comment hangs when not on its own words."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    anchor: _Element | None


class WordDocument:
    """An opened document. ``docx`` is python-docx's; nothing of it is changed by reading."""

    def __init__(self, docx: Docx) -> None:
        self.docx = docx
        self.stretches: list[Stretch] = []
        self._quoting = _quoting_styles(docx)
        self._count = {"段": 0, "表": 0, "文本框": 0}
        body = docx.element.body
        self._walk(body, "", "", None, NOT_TRACKED)
        self._notes(body, RELATIONSHIP_TYPE.FOOTNOTES, "footnote", "脚注")
        self._notes(body, RELATIONSHIP_TYPE.ENDNOTES, "endnote", "尾注")
        self._heads(body)

    @classmethod
    def open(cls, path: Path, *, name: str = "") -> Self:
        """Raises DraftError where the file is no sound Word document."""
        return cls(open_package(path, name or path.name))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph with words, in the order of the text."""
        for stretch in self.stretches:
            yield stretch.paragraph

    def _walk(self, parent: _Element, where: str, row: str, anchor: _Element | None, tracked: Tracked) -> None:
        chain: list[_Element] = []
        for child in parent:
            if child.tag == _P:
                chain.append(child)
                if not tracked_mark(child):
                    self._paragraph(chain, where, row, anchor, tracked)
                    chain = []
                continue
            self._paragraph(chain, where, row, anchor, tracked)
            chain = []
            if child.tag == _TBL:
                self._table(child, where, anchor, tracked)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
                self._walk(child, where, row, anchor, tracked)
            elif child.tag in (qn("w:ins"), qn("w:moveTo")):
                self._walk(child, where, row, anchor, tracked | {"ins"})
            elif child.tag in (qn("w:del"), qn("w:moveFrom")):
                self._walk(child, where, row, anchor, tracked | {"del"})
        self._paragraph(chain, where, row, anchor, tracked)

    def _table(self, table: _Element, where: str, anchor: _Element | None, tracked: Tracked) -> None:
        self._count["表"] += 1
        name = f"{where}表{self._count['表']}"
        first = ""
        for number, row in enumerate(table.iter(_TR), 1):
            if _nearest(row, _TBL) is not table:
                continue
            changes = tracked
            for change in ("ins", "del"):
                if row.find(f"{qn('w:trPr')}/{qn(f'w:{change}')}") is not None:
                    changes = changes | {change}
            cells = [cell for cell in row.iter(_TC) if _nearest(cell, _TR) is row]
            head = "".join(piece.text for p in cells[0].iter(_P) for piece in pieces(p)) if cells else ""
            first = head.strip() or first
            for column, cell in enumerate(cells, 1):
                self._walk(cell, f"{name}第{number}行第{column}格", first if column > 1 else "", anchor, changes)

    def _paragraph(
        self, chain: Sequence[_Element], where: str, row: str, anchor: _Element | None, tracked: Tracked
    ) -> None:
        """One paragraph, or several that a tracked paragraph mark makes one in one of the versions."""
        if not chain:
            return
        own = [(p, [*pieces(p, tracked)]) for p in chain]
        if any(piece.text.strip() for _, found in own for piece in found):
            place = where or self._numbered()
            changed = len(chain) > 1 or any(piece.tracked for _, found in own for piece in found)
            for version in (BEFORE, AFTER) if changed else ("",):
                for head, words in _version(own, version):
                    self._stretch(head, words, place, version, row, anchor)
        for p, _ in own:
            self._boxes(p, anchor)

    def _numbered(self) -> str:
        self._count["段"] += 1
        return f"第{self._count['段']}段"

    def _stretch(
        self, head: _Element, words: list[Piece], where: str, version: str, row: str, anchor: _Element | None
    ) -> None:
        text = "".join(piece.text for piece in words)
        if text.strip():
            excerpt = self._is_excerpt(head)
            paragraph = Paragraph(text, where, version, excerpt, row, source=len(self.stretches))
            self.stretches.append(Stretch(paragraph, tuple(words), anchor))

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

    def _boxes(self, paragraph: _Element, anchor: _Element | None) -> None:
        for run in paragraph.iter(qn("w:r")):
            if _nearest(run, _P) is not paragraph:
                continue
            for content in _boxes_of(run):
                self._count["文本框"] += 1
                self._walk(
                    content, f"文本框{self._count['文本框']}", "", run if anchor is None else anchor, NOT_TRACKED
                )

    def _notes(self, body: _Element, relationship: str, tag: str, name: str) -> None:
        part = next((r.target_part for r in self.docx.part.rels.values() if r.reltype == relationship), None)
        if part is None:
            return
        root = parse_xml(part.blob)
        notes = {note.get(qn("w:id")): note for note in root.iterfind(qn(f"w:{tag}"))}
        for number, reference in enumerate(body.iter(qn(f"w:{tag}Reference")), 1):
            note = notes.get(reference.get(qn("w:id")))
            run = _nearest(reference, qn("w:r"))
            if note is not None and run is not None:
                self._walk(note, f"{name}{number}", "", run, NOT_TRACKED)

    def _heads(self, body: _Element) -> None:
        first = next(body.iter(qn("w:r")), None)
        seen = set()
        for relation in self.docx.part.rels.values():
            name = {RELATIONSHIP_TYPE.HEADER: "页眉", RELATIONSHIP_TYPE.FOOTER: "页脚"}.get(relation.reltype)
            if name and not relation.is_external and relation.target_part.partname not in seen:
                seen.add(relation.target_part.partname)
                self._walk(parse_xml(relation.target_part.blob), name, "", first, NOT_TRACKED)


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
        if child.tag == _ALTERNATIVE:
            chosen = child.find(_CHOICE)
            boxes = list(chosen.iter(_BOX)) if chosen is not None else []
            yield from boxes or child.iter(_BOX)
        elif child.tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
            yield from child.iter(_BOX)


def _nearest(element: _Element, tag: str) -> _Element | None:
    return next(element.iterancestors(tag), None)


def _quoting_styles(docx: Docx) -> frozenset[str]:
    """Ids of the paragraph styles that set a block quotation, by their names."""
    return frozenset(style.style_id for style in docx.styles if _QUOTING.search(style.name or ""))
