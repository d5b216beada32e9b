"""A Word file of the book read back: what its cover, 目录, text, notes, index and heads say, and where its links lead.

The counterpart of the builder. White space is dropped (``squeeze``); a page number that Word works out reads 0, a list's
number stands before its item, a note's mark is [1].
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element

from zhprint.reading import squeeze

from .package import ORIGIN

_PLAIN = frozenset(qn(f"w:{name}") for name in (
    "p", "r", "t", "tab", "br", "hyperlink", "bookmarkStart", "bookmarkEnd", "fldChar", "instrText", "footnoteReference",
    "footnoteRef", "drawing", "tbl", "tblPr", "tblGrid", "gridCol", "tr", "trPr", "tc", "tcPr", "pPr", "rPr", "sectPr", "sdt",
    "sdtPr", "sdtContent", "separator", "continuationSeparator",
))  # fmt: skip
"""Elements that a made book holds; what is tracked, hidden in a box, or a comment is none of them."""
_PROPERTIES = frozenset(
    qn(f"w:{name}") for name in ("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblGrid", "sectPr", "sdtPr")
)


@dataclass(slots=True)
class Written:
    """``front``, ``contents``, ``text`` and ``index``: paragraphs in order, squeezed; ``links``: words and bookmark of each.

    ``places``: bookmark → the paragraph that it stands in; ``strange``: names of elements that no made book holds.
    """

    front: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    index: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    strange: set[str] = field(default_factory=set)


def read_word(document: Docx, index_title: str) -> Written:
    """``index_title``: the last heading of this title begins the index; what stands before 目录 is the front."""
    out = Written()
    numbers = _Numbers(document)
    body = document.element.body
    _note_strange(body, out)
    now = out.front  # as far as the first section goes
    headings = [p for p in body.iter(qn("w:p")) if _style(p) == "Heading1" and _words(p, out, {}) == index_title]
    out.links.clear()
    for child in body:
        if headings and child is headings[-1]:
            now = out.index
        for paragraph in child.iter(qn("w:p")) if child.tag != qn("w:p") else [child]:
            words = numbers.before(paragraph) + _words(paragraph, out, out.places)
            (out.contents if child.tag == qn("w:sdt") else now).append(words)
            if now is out.front and paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                now = out.text
    for relation in document.part.rels.values():
        if relation.is_external:
            continue
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER, RELATIONSHIP_TYPE.FOOTNOTES):
            root = parse_xml(relation.target_part.blob)
            _note_strange(root, out)
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                notes = ("".join(_words(p, out, {}) for p in note.iter(qn("w:p"))) for note in root)
                out.notes += [note for note in notes if note]
            else:
                out.heads += [_words(p, out, {}) for p in root.iter(qn("w:p"))]
    return out


def _note_strange(root: _Element, out: Written) -> None:
    """Text boxes, tracked changes, comments, hidden words: whatever a reader may see otherwise than it is read here."""
    waiting = list(root)
    while waiting:
        element = waiting.pop()
        if element.tag == qn("w:vanish"):
            out.strange.add("隐藏文字")
        elif element.tag in _PROPERTIES:
            waiting += list(element.iter(qn("w:vanish")))
        elif element.tag not in _PLAIN and element.tag != qn("w:footnote"):
            out.strange.add(str(element.tag).rpartition("}")[2])
        elif element.tag != qn("w:drawing"):
            waiting += list(element)


def _words(paragraph: _Element, out: Written, places: dict[str, str]) -> str:
    """The words of a paragraph as it shows them; its links and its bookmarks are noted."""
    pieces: list[str] = []
    codes: list[str] = []
    shown = True
    links: list[tuple[_Element, str, int]] = []
    for element in paragraph.iter():
        match str(element.tag).rpartition("}")[2]:
            case "fldChar":
                kind = element.get(qn("w:fldCharType"))
                if kind == "begin":
                    codes.append("")
                    shown = False
                elif kind == "separate":
                    shown = not (codes and _page_of(codes[-1]))
                elif kind == "end":
                    if codes and (name := _page_of(codes.pop())):
                        pieces.append("0")
                        out.links.append(("", name))
                    shown = True
            case "instrText" if codes:
                codes[-1] += element.text or ""
            case "t" if shown:
                mark = _letters(element) == "FootnoteReference"
                pieces.append(f"[{element.text or ''}]" if mark else element.text or "")
            case "footnoteReference":
                pieces.append(f"[{element.get(qn('w:id'))}]")
            case "hyperlink" if target := element.get(qn("w:anchor")):
                links.append((element, target, len(pieces)))
    text = squeeze("".join(pieces))
    for link, name, _ in links:
        # The page that follows the words of a link is no part of them.
        own = "".join(t.text or "" for t in link.iter(qn("w:t")))
        out.links.append((squeeze(re.sub(r"(?:（第|，第).{1,4}页）?\Z", "", own)), name))
    for place in paragraph.iter(qn("w:bookmarkStart")):
        places[place.get(qn("w:name")) or ""] = text
    return text


def _page_of(code: str) -> str:
    """The bookmark whose page a field shows; "" for any other field."""
    told = code.split()
    return told[1] if len(told) > 1 and told[0] == "PAGEREF" else ""


def _letters(words: _Element) -> str:
    run = words.getparent()
    style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}") if run is not None else None
    return style.get(qn("w:val")) or "" if style is not None else ""


def _style(paragraph: _Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style.get(qn("w:val")) or "" if style is not None else ""


class _Numbers:
    """What Word prints before the items of numbered lists."""

    def __init__(self, document: Docx) -> None:
        root = document.part.numbering_part.element
        kinds = {kind.get(qn("w:abstractNumId")): kind for kind in root.iterfind(qn("w:abstractNum"))}
        self._levels: dict[tuple[str, str], tuple[str, str]] = {}
        self._next: dict[tuple[str, str], int] = {}
        for number in root.iterfind(qn("w:num")):
            name = number.get(qn("w:numId")) or ""
            kind = kinds[_value(number, "abstractNumId")]
            for level in kind.iterfind(qn("w:lvl")):
                key = name, level.get(qn("w:ilvl")) or "0"
                self._levels[key] = _value(level, "numFmt"), _value(level, "lvlText")
                self._next[key] = int(_value(level, "start") or 1)
            for override in number.iterfind(qn("w:lvlOverride")):
                self._next[name, override.get(qn("w:ilvl")) or "0"] = int(_value(override, "startOverride") or 1)

    def before(self, paragraph: _Element) -> str:
        """1. before an item of a list that counts in figures, nothing before any other paragraph."""
        properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            return ""
        key = _value(properties, "numId"), _value(properties, "ilvl")
        kind, shown = self._levels.get(key, ("", ""))
        if kind != "decimal":
            return ""
        number = self._next[key]
        self._next[key] += 1
        return squeeze(re.sub("%[0-9]", str(number), shown))


def _value(parent: _Element, name: str) -> str:
    child = parent.find(qn(f"w:{name}"))
    return (child.get(qn("w:val")) or "") if child is not None else ""


def strange_parts(document: Docx) -> Iterator[str]:
    """Names of parts of the package that no made book holds."""
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if not re.fullmatch(_PARTS, name):
            yield name


_PARTS = (
    r"/word/(?:document|styles|numbering|settings|webSettings|fontTable|footnotes|header[0-9]+|footer[0-9]+|theme/theme[0-9]+|"
    r"media/image[0-9]+)\.(?:xml|png|jpe?g|gif)|/docProps/(?:core|app)\.xml|/customXml/item(?:Props)?1\.xml"
)


@dataclass(frozen=True, slots=True)
class From:
    """Where a paragraph of the book comes from. ``path`` "" for what is made from conf.py; ``claim``: the quotation that
    it belongs to; ``style``: of its paragraph; ``spans``: id, start and end of the quotations inside it."""

    text: str
    path: str = ""
    line: int = 0
    claim: str = ""
    style: str = ""
    spans: tuple[tuple[str, int, int], ...] = ()


def origins(document: Docx) -> tuple[From, ...]:
    """Every paragraph with words as the builder wrote it, 目录 left out; none when the file is not one of its books."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not relation.is_external:
            try:
                root = parse_xml(relation.target_part.blob)
                if root.tag == f"{{{ORIGIN}}}book":
                    return tuple(map(_from, root))
            except (SyntaxError, ValueError):  # lxml's, for XML that is none; a number that is none
                return ()
    return ()


def _from(item: _Element) -> From:
    spans = ((q.get("id", ""), int(q.get("start", 0)), int(q.get("end", 0))) for q in item.iterfind(f"{{{ORIGIN}}}q"))
    text = item.findtext(f"{{{ORIGIN}}}t") or ""
    return From(
        text, item.get("path", ""), int(item.get("line", 0)), item.get("claim", ""), item.get("style", ""), tuple(spans)
    )
