"""What Word asks of a .docx beyond well-formed XML: the order of the schema, and a package whose parts know each other.

Word itself cannot be run in a test. It calls a file damaged whose elements stand in another order than ECMA-376 part 1
says, so the order of each element that these files hold is written down here from the standard.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree

_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange",
    "sectPr": "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
    "cellIns|cellDel|cellMerge tcPrChange",
    "settings": "writeProtection view zoom removePersonalInformation mirrorMargins proofState trackRevisions "
    "doNotTrackMoves documentProtection defaultTabStop evenAndOddHeaders characterSpacingControl savePreviewPicture "
    "updateFields footnotePr endnotePr compat rsids mathPr themeFontLang clrSchemeMapping doNotAutoCompressPictures "
    "shapeDefaults decimalSymbol listSeparator docId defaultImageDpi",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "numPr": "ilvl numId numberingChange ins",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top start|left bottom end|right insideH insideV",
    "tcBorders": "top start|left bottom end|right insideH insideV tl2br tr2bl",
    "tblCellMar": "top start|left bottom end|right",
    "tbl": "bookmarkStart|bookmarkEnd tblPr tblGrid tr",
    "sdt": "sdtPr sdtEndPr sdtContent",
}  # fmt: skip
"""Element → its children in the order of the standard; | parts those that may change places."""
_ONCE = frozenset({"pPr", "rPr", "tblPr", "tcPr", "settings", "numPr", "pBdr", "tblBorders", "tblCellMar"})
"""Whose children stand once each."""
_FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr", "tr": "trPr"}
"""What an element's properties are, which stand before everything else in it."""
_IN_PARAGRAPHS = re.compile(
    "pPr|r|hyperlink|(bookmark|comment|perm|moveFrom|moveTo)(Range)?(Start|End)|ins|del|moveFrom|moveTo|smartTag|sdt|"
    "fldSimple|proofErr|customXml|bdo|dir|oMath|oMathPara|AlternateContent"
)


def faults(path: Path) -> list[str]:
    """What is wrong with a .docx, in English; [] for a file that Word can open."""
    with zipfile.ZipFile(path) as package:
        return [*_package(package), *_elements(package)]


def _package(package: zipfile.ZipFile) -> Iterator[str]:
    names = [info.filename for info in package.infolist()]
    for name, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            yield f"{name} is there {count} times"
    types = etree.fromstring(package.read("[Content_Types].xml"))
    overrides = [element.get("PartName", "") for element in types if element.tag.endswith("Override")]
    defaults = {element.get("Extension", "").lower() for element in types if element.tag.endswith("Default")}
    yield from (f"content type of {name}, which is not there" for name in overrides if name[1:] not in names)
    yield from (f"two content types of {name}" for name, count in Counter(overrides).items() if count > 1)
    for name in names:
        if name != "[Content_Types].xml" and f"/{name}" not in overrides and name.rpartition(".")[2].lower() not in defaults:  # fmt: skip
            yield f"no content type of {name}"
    reached = {"[Content_Types].xml"}
    for name in names:
        if name.endswith(".rels"):
            reached.add(name)
            folder = posixpath.dirname(posixpath.dirname(name))
            relations = list(etree.fromstring(package.read(name)))
            ids = Counter(relation.get("Id") for relation in relations)
            yield from (f"{name}: {identifier} is there twice" for identifier, count in ids.items() if count > 1)
            for relation in relations:
                if relation.get("TargetMode") == "External":
                    continue
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
                reached.add(target)
                if target not in names:
                    yield f"{name} leads to {target}, which is not there"
    yield from (f"nothing leads to {name}" for name in names if name not in reached)


def _elements(package: zipfile.ZipFile) -> Iterator[str]:
    parts = {
        name: etree.fromstring(package.read(name))
        for name in package.namelist()
        if re.fullmatch(r"word/[a-z]+[0-9]*\.xml", name)
    }
    for name, root in parts.items():
        for element in root.iter(etree.Element):
            for fault in _element(element):
                yield f"{name}: {fault}: {etree.tostring(element)[:300]!r}"
        rels = f"word/_rels/{name.partition('/')[2]}.rels"
        known = set()
        if rels in package.namelist():
            known = {relation.get("Id") for relation in etree.fromstring(package.read(rels))}
        named = {
            value for element in root.iter(etree.Element) for key, value in element.attrib.items()
            if key.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
        }  # fmt: skip
        yield from (f"{name}: relationship {identifier} is not there" for identifier in sorted(named - known))
        for kind in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "comment", "footnote"):  # fmt: skip
            ids = Counter(element.get(qn("w:id")) for element in root.iter(qn(f"w:{kind}")) if element.getparent() is not None and _own(element))  # fmt: skip
            yield from (f"{name}: {kind} {identifier} is there {count} times" for identifier, count in ids.items() if count > 1)  # fmt: skip
        names = Counter((element.get(qn("w:name")) or "").casefold() for element in root.iter(qn("w:bookmarkStart")))
        yield from (f"{name}: two bookmarks of the name {own}" for own, count in names.items() if count > 1)
        yield from _pairs(name, root)
    yield from _references(parts)


def _own(element: etree._Element) -> bool:
    """Settings name the separators of the footnotes in elements that look like footnotes."""
    return element.getparent().tag != qn("w:footnotePr")  # type: ignore[union-attr]


def _element(element: etree._Element) -> Iterator[str]:
    name = _local(element)
    children = [_local(child) for child in element if isinstance(child.tag, str)]
    if (order := _ORDER.get(name)) is not None and (name != "rPr" or _local(element.getparent()) != "ctrlPr"):
        places = {word: at for at, words in enumerate(order.split()) for word in words.split("|")}
        if unknown := [child for child in children if child not in places]:
            yield f"{name} holds {unknown}"
        elif [places[child] for child in children] != sorted(places[child] for child in children):
            yield f"{name} is out of order"
        if name in _ONCE and len(children) != len(set(children)):
            yield f"{name} holds something twice"
    if (first := _FIRST.get(name)) and first in children and (children[0] != first or children.count(first) > 1):
        yield f"{first} does not stand first"
    if name == "p" and (wrong := [child for child in children if not _IN_PARAGRAPHS.fullmatch(child)]):
        yield f"a paragraph holds {wrong}"
    if name == "tc" and (not children or children[-1] != "p"):
        yield "a cell does not end in a paragraph"
    if name == "tr" and "tc" not in children and "sdt" not in children:
        yield "a row without cells"
    if name == "body" and "sectPr" in children[:-1]:
        yield "the properties of the last section do not stand last"
    if name == "t" and len(element):
        yield "words hold an element"


def _pairs(name: str, root: etree._Element) -> Iterator[str]:
    """Ranges begin before they end; fields are begun, parted and ended in order within their paragraph or after it."""
    for kind in ("bookmark", "commentRange"):
        open_ones: set[str | None] = set()
        for element in root.iter(qn(f"w:{kind}Start"), qn(f"w:{kind}End")):
            identifier = element.get(qn("w:id"))
            if element.tag == qn(f"w:{kind}Start"):
                open_ones.add(identifier)
            elif identifier in open_ones:
                open_ones.remove(identifier)
            else:
                yield f"{name}: {kind} {identifier} ends before it begins"
        yield from (f"{name}: {kind} {identifier} never ends" for identifier in open_ones)
    depth = 0
    for mark in root.iter(qn("w:fldChar")):
        depth += {"begin": 1, "end": -1}.get(mark.get(qn("w:fldCharType"), ""), 0)
        if depth < 0:
            yield f"{name}: a field ends that never began"
    if depth:
        yield f"{name}: a field never ends"


def _references(parts: dict[str, etree._Element]) -> Iterator[str]:
    """Comments, notes, styles, lists and bookmarks that are named are there."""
    document = parts["word/document.xml"]
    for kind, part in (("comment", "word/comments.xml"), ("footnote", "word/footnotes.xml")):
        there = {note.get(qn("w:id")) for note in parts[part]} if part in parts else set()
        named = {element.get(qn("w:id")) for element in document.iter(qn(f"w:{kind}Reference"))}
        yield from (f"{kind} {identifier} is not there" for identifier in sorted(named - there, key=str))
    if "word/styles.xml" in parts:
        styles = {style.get(qn("w:styleId")) for style in parts["word/styles.xml"].iter(qn("w:style"))}
        for name in parts.keys() - {"word/comments.xml"}:  # of a file without styles for comments Word takes its own
            root = parts[name]
            named = {element.get(qn("w:val")) for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
                     for element in root.iter(qn(f"w:{kind}"))}  # fmt: skip
            yield from (f"{name}: style {identifier} is not there" for identifier in sorted(named - styles, key=str))
    if "word/numbering.xml" in parts:
        numbering = parts["word/numbering.xml"]
        numbers = {number.get(qn("w:numId")) for number in numbering.iter(qn("w:num"))} | {"0"}
        named = {element.get(qn("w:val")) for element in document.iter(qn("w:numId"))}
        yield from (f"list {identifier} is not there" for identifier in sorted(named - numbers, key=str))
        kinds = {kind.get(qn("w:abstractNumId")) for kind in numbering.iter(qn("w:abstractNum"))}
        named = {element.get(qn("w:val")) for element in numbering.iter(qn("w:abstractNumId"))}
        yield from (f"kind of list {identifier} is not there" for identifier in sorted(named - kinds, key=str))
    places = {element.get(qn("w:name")) for element in document.iter(qn("w:bookmarkStart"))}
    named = {element.get(qn("w:anchor")) for element in document.iter(qn("w:hyperlink"))} - {None}
    yield from (f"bookmark {name} is not there" for name in sorted(named - places, key=str))


def _local(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]
