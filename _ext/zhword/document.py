"""The whole .docx: the book's parts, each a section, with what python-docx keeps in parts of their own."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from docx.document import Document as Docx
from lxml.etree import _Element
from sphinx.builders import Builder

from zhprint.book import INDEX, Part, assemble
from zhprint.config import PrintConfig
from zhprint.front import document_title
from zhprint.onefile import make_ready

from .blocks import BlocksMixin
from .boxes import BoxesMixin
from .elements import make, run
from .front import contents, cover, has_chapters, index_lines, paragraph
from .inline import InlineMixin
from .package import add_links, add_notes, add_origins, add_pictures, empty, set_properties, timeless
from .sections import Pages, Section
from .styles import fill_styles

_MONTH = re.compile(r"(\d{4})[.-](\d{1,2})")


class Writer(InlineMixin, BlocksMixin, BoxesMixin):
    """The whole translator."""


def docx_of(builder: Builder, config: PrintConfig) -> bytes:
    """The file's bytes.

    Raises:
        PrintError: With the words for the editor.
    """
    book = assemble(builder, config)
    make_ready(book, config)
    writer = Writer(book, builder.env, config)
    writer.collect_footnotes()
    document = empty()
    fill_styles(document.styles.element, config.area)
    made = _put_together(writer, document)
    document.element.body.extend(made)
    writer.numbering.fill(document.part.numbering_part.element)
    add_notes(document, writer.notes)
    add_links(document, writer.addresses)
    add_pictures(document, writer.pictures, Path(builder.srcdir), config.area.width)
    fingerprint = str(builder.events.emit_firstresult("zhprint-fingerprint") or "")
    add_origins(document, writer.origins, writer.notes, fingerprint)
    title = document_title(book, builder.env, config)
    set_properties(document, title, config.unit or builder.config.author, fingerprint, _made(builder.config.release))
    return timeless(document)


def _put_together(writer: Writer, document: Docx) -> list[_Element]:
    """The body: cover, 目录, parts, index, each a section whose properties stand in its last paragraph."""
    config, book = writer.config, writer.book
    pages = Pages(document.part, config.area, config.title)
    bodies = {part.docname: _part(writer, part) for part in book.parts if part.docname != INDEX}
    if not any(part.docname == INDEX for part in book.parts):
        book.parts.append(Part(INDEX, "back"))
    index = [] if config.chapter else list(index_lines(writer.index, writer))
    sections: list[tuple[list[_Element], Section]] = [(list(cover(writer)), Section("nextPage"))]
    listed = writer.listed()
    if index:
        listed.append((1, "zh:index", config.index_title))
    if not config.chapter:
        made = list(contents(listed, writer, config.contents_depth))
        sections.append((made, Section("oddPage", "lowerRoman", 1, "目录", opens=True)))
    started: set[str] = {"front"} if not config.chapter else set()
    for part in book.parts:
        number = "lowerRoman" if part.matter == "front" and has_chapters(book) else "decimal"
        odd = part.matter == "main" or part.matter not in started
        restart = part.matter not in started and not (part.matter == "back" and has_chapters(book))
        first = (config.handout_first_page if config.chapter else 1) if restart else 0
        if part.docname == INDEX:
            if index:
                title = paragraph("Heading1", *writer.place("zh:index"), run(config.index_title))
                sections.append(([title], Section("nextPage", number, first, config.index_title)))
                sections.append((index, Section("continuous", number, 0, config.index_title, columns=3)))
        else:
            title_of = writer.titles.get(part.docname, config.title)
            start = "oddPage" if odd else "nextPage"
            sections.append((bodies[part.docname], Section(start, number, first, title_of, opens=odd)))
        started.add(part.matter)
    return _joined(sections, pages)


def _part(writer: Writer, part: Part) -> list[_Element]:
    """The blocks of one top-level document."""
    writer.docname, writer.level, body = part.docname, 0, make("body")
    before = len(writer.headings)
    with writer.inside(body):
        writer.children(writer.book.doctrees[part.docname])
    for level, _, title in writer.headings[before:]:
        if level == 1:
            writer.titles.setdefault(part.docname, title)
    return list(body) or [paragraph("TableEnd")]


def _joined(sections: list[tuple[list[_Element], Section]], pages: Pages) -> list[_Element]:
    out: list[_Element] = []
    for number, (blocks, section) in enumerate(sections, 1):
        out += blocks
        properties = pages.properties(section)
        if number == len(sections):
            out.append(properties)
        else:
            last = out[-1].find(str(make("pPr").tag))
            assert last is not None
            last.append(properties)
    return out


def _made(release: str) -> datetime:
    """When the edition was made: SOURCE_DATE_EPOCH, else the first day of the month that ``release`` (2026.11) names."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC)
    if (month := _MONTH.match(release)) and 1 <= int(month.group(2)) <= 12:
        return datetime(int(month.group(1)), int(month.group(2)), 1, tzinfo=UTC)
    return datetime(2000, 1, 1, tzinfo=UTC)
