"""The file itself: styles, lists, footnotes, pictures and settings put into a package whose bytes repeat."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.parts.document import DocumentPart
from docx.shared import Pt
from lxml import etree
from lxml.etree import _Element

from .elements import make, run
from .origin import Origin

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif"})
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ORIGIN = "urn:zhword:origin"
"""Namespace of the part that says where each paragraph comes from."""
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<ds:datastoreItem ds:itemID="{6D1F2C0E-5B0A-4C53-9A57-0B1D5E15A015}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{ORIGIN}"/></ds:schemaRefs></ds:datastoreItem>'
)
_DROPPED = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
"""What a new document of python-docx brings along, and a book does not need."""


def empty() -> Docx:
    """A document without content and without what the library's own template says."""
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for name in [name for name, rel in rels.items() if rel.reltype in _DROPPED]:
            del rels[name]
    body = document.element.body
    for child in list(body):
        body.remove(child)
    return document


def set_properties(document: Docx, title: str, author: str, keywords: str, made: datetime) -> None:
    """What the file says of itself, and that its fields are to be worked out when it is opened."""
    core = document.core_properties
    core.title, core.author, core.keywords, core.comments = title, author, keywords, ""
    core.created = core.modified = made
    core.last_modified_by, core.revision, core.language = author, 1, "zh-CN"
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.extend(_settings())


def _settings() -> Iterator[_Element]:
    """In the order of the schema: Word may call a file damaged whose settings stand in another."""
    yield make("zoom", percent=100)
    yield make("mirrorMargins")
    yield make("defaultTabStop", val=720)
    yield make("evenAndOddHeaders")
    yield make("characterSpacingControl", val="compressPunctuation")
    yield make("updateFields", val="true")
    yield make("footnotePr", make("footnote", id=-1), make("footnote", id=0))
    # Without the mode of Word 2013 and later its window says 兼容模式.
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": "15"}
    yield make("compat", make("useFELayout"), make("compatSetting", **mode))
    yield make("themeFontLang", val="en-US", eastAsia="zh-CN")
    yield make("decimalSymbol", val=".")
    yield make("listSeparator", val=",")


def add_notes(document: Docx, notes: Iterable[_Element]) -> None:
    """The footnotes, behind the two lines that part them from the text."""
    root = etree.fromstring(f"<w:footnotes {nsdecls('w')}/>".encode())
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        root.append(make("footnote", make("p", make("r", make(kind))), type=kind, id=number))
    root.extend(list(notes))
    add_part(document.part, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, root)


def add_links(document: Docx, links: Iterable[tuple[_Element, str]]) -> None:
    """Where links lead. A part of its own, such as the notes, would need its own list: there they stay words."""
    for link, address in links:
        if any(True for _ in link.iterancestors(qn("w:footnote"))):
            parent = link.getparent()
            assert parent is not None
            at = parent.index(link)
            parent[at : at + 1] = list(link)
        else:
            link.set(_ID, document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))


def add_pictures(document: Docx, pictures: Iterable[tuple[_Element, str, str]], root: Path, width: float) -> None:
    """``pictures``: run, path from ``root`` and text of each. One that Word cannot show is told by its text."""
    for place, path, told in pictures:
        if path and Path(path).suffix.lower() in _PICTURES:
            place.append(make("drawing", document.part.new_pic_inline(str(root / path), width=Pt(width), height=None)))
        else:
            place.extend(list(run(told)))


def add_origins(document: Docx, origins: Iterable[Origin], notes: Iterable[_Element], fingerprint: str) -> None:
    """What ``handbook revised`` compares a revised file with: every paragraph but those of 目录. No program shows it."""
    root = etree.Element(f"{{{ORIGIN}}}book", nsmap={None: ORIGIN}, fingerprint=fingerprint)
    known = {origin.paragraph: origin for origin in origins}
    blocks = [block for block in document.element.body if block.tag != qn("w:sdt")]
    for block in [*blocks, *notes]:
        for paragraph in block.iter(qn("w:p")):
            if text := words(paragraph):
                origin = known.get(paragraph, Origin(paragraph, "", 0, "", ()))
                style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
                kind = "" if style is None else style.get(qn("w:val")) or ""
                item = etree.SubElement(
                    root, f"{{{ORIGIN}}}p", path=origin.path, line=str(origin.line), claim=origin.claim, style=kind
                )
                etree.SubElement(item, f"{{{ORIGIN}}}t").text = text
                for identifier, start, end in origin.spans:
                    etree.SubElement(item, f"{{{ORIGIN}}}q", id=identifier, start=str(start), end=str(end))
    name = add_part(document.part, "/customXml/item1.xml", "application/xml", RELATIONSHIP_TYPE.CUSTOM_XML, root)
    # Without properties of its own a program drops it when it saves.
    item = document.part.rels[name].target_part
    blob = _PROPERTIES.encode()
    item.relate_to(
        Part(PackURI("/customXml/itemProps1.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, blob, item.package),
        RELATIONSHIP_TYPE.CUSTOM_XML_PROPS,
    )


def words(paragraph: _Element) -> str:
    """The words of a paragraph."""
    return "".join(element.text or "" for element in paragraph.iter(qn("w:t")))


def add_part(part: DocumentPart, name: str, content: str, relation: str, root: _Element) -> str:
    """A part of the package that the document refers to by the name that is returned."""
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    assert part.package is not None
    return part.relate_to(Part(PackURI(name), content, blob, part.package), relation)


def timeless(document: Docx) -> bytes:
    """The file with no times in it: builds repeat."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
