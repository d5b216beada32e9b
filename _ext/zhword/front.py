"""What stands before the text: cover, imprint, 目录; and the index behind it. From conf.py, and from the headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml.etree import _Element

from zhindex import initial, pinyin_key
from zhprint.book import Book
from zhprint.config import PrintConfig
from zhprint.front import chapter_title, handout_label, imprint_rows, permit_line, title_lines
from zhprint.index import Entry, Index

from .elements import make, page_of, run
from .writer import WriterBase


def paragraph(style: str, *runs: _Element, more: Iterable[_Element] = ()) -> _Element:
    """A paragraph outside of the documents."""
    return make("p", make("pPr", make("pStyle", val=style), *more), *runs)


def cover(writer: WriterBase) -> Iterator[_Element]:
    """Cover and imprint; of a handout the cover alone."""
    config, book = writer.config, writer.book
    title = chapter_title(book, writer.env) if config.chapter else config.title
    yield paragraph("CoverLine", run("　".join(filter(None, (config.notice, permit_line(config))))), more=[_above(0)])
    over = f"《{config.title}》" if config.chapter else ""
    for number, line in enumerate(title_lines(title, config.cover_title)):
        if number == 0 and over:
            yield paragraph("Subtitle", run(over), more=[_above(100)])
        yield paragraph("Title", run(line), more=[_above(110 if number == 0 and not over else 0)])
    below = handout_label(config) if config.chapter else config.subtitle
    lines = (
        ("Subtitle", below, 30),
        ("CoverLine", config.edition, 12),
        ("CoverLine", config.unit, 230),
        ("CoverLine", config.date, 6),
    )
    for style, text, space in lines:
        if text:
            yield paragraph(style, run(text), more=[_above(space)])
    if not config.chapter:
        yield from _imprint(config)


def _imprint(config: PrintConfig) -> Iterator[_Element]:
    yield paragraph("Label", run(config.title), more=[make("pageBreakBefore"), _above(300)])
    rows = [(name, value) for name, value in imprint_rows(config) if name != "书名"]
    widths = (4.0, 18.0)
    size = config.area.size
    lines = [
        make("tr", *[make("tc", make("tcPr", make("tcW", w=round(width * size * 20), type="dxa")), paragraph("TableText", run(text)))
                     for text, width in zip(row, widths, strict=True)])
        for row in rows
    ]  # fmt: skip
    yield make(
        "tbl",
        make("tblPr", make("tblStyle", val="Plain"), make("tblW", w=round(sum(widths) * size * 20), type="dxa")),
        make("tblGrid", *[make("gridCol", w=round(width * size * 20)) for width in widths]),
        *lines,
    )
    yield paragraph("Brief", run(config.notice), more=[_above(12)])
    yield paragraph("Brief", *([run(config.remark)] if config.remark else []))


def _above(points: float) -> _Element:
    return make("spacing", before=round(points * 20))


def contents(headings: Sequence[tuple[int, str, str]], writer: WriterBase, depth: int) -> Iterator[_Element]:
    """目录: a field that Word makes anew from the headings, filled in here already. ``headings``: level, label, title."""
    body = make("sdtContent", paragraph("ContentsHead", run("目录")))
    begin = [
        make("r", make("fldChar", fldCharType="begin")),
        _code(f'TOC \\o "1-{depth}" \\h \\z'),
        make("r", make("fldChar", fldCharType="separate")),
    ]
    for level, label, title in headings:
        name = writer.name_of(label)
        link = make("hyperlink", run(title), make("r", make("tab")), *page_of(name), anchor=name, history=1)
        body.append(paragraph(f"Contents{min(level, 2)}", *begin, link))
        begin = []
    body.append(paragraph("TableEnd", *begin, make("r", make("fldChar", fldCharType="end"))))
    part = make("docPartObj", make("docPartGallery", val="Table of Contents"), make("docPartUnique"))
    yield make("sdt", make("sdtPr", part), body)
    yield paragraph("TableEnd")


def _code(text: str) -> _Element:
    told = make("instrText")
    told.text = f" {text} "
    return make("r", told)


def index_lines(index: Index, writer: WriterBase) -> Iterator[_Element]:
    """Letters and the entries under each, in pinyin order, with the pages that Word works out."""
    under, letter = index.root.under, ""
    for term in sorted(under, key=lambda term: (initial(term) == "#", initial(term), pinyin_key(term))):
        if initial(term) != letter:
            letter = initial(term)
            yield paragraph("IndexHead", run(letter))
        yield from _entry(term, under[term], 0, writer)


def _entry(term: str, entry: Entry, level: int, writer: WriterBase) -> Iterator[_Element]:
    pages: list[_Element] = []
    for label in entry.labels:
        pages += [run("，" if pages else ""), *page_of(writer.name_of(label))]
    see = "，".join(f"{word}{other}" for word, other in entry.see)
    told = [*([make("r", make("tab"))] if pages or see else []), *pages, *([run(see)] if see else [])]
    yield paragraph("IndexBelow" if level else "Index", run(term), *told)
    for below in sorted(entry.under, key=pinyin_key):
        yield from _entry(below, entry.under[below], level + 1, writer)


def has_chapters(book: Book) -> bool:
    """Whether some of it is the main part."""
    return any(part.matter == "main" for part in book.parts)
