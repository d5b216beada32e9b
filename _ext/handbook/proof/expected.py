"""What must stand in the site and on paper: the reading text of every page, resolved anew from the book as it is now.

Not taken from what the writers were given: a proof must not compare a thing with itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.tags import Tags

from citable.config import book_of
from citable.references import page_reference
from gbt7714.entry import entry
from permalink.anchors import leftover_line
from permalink.collect import public_ids
from permalink.domain import permalink_domain
from speeches.config import marks_of_entries
from speeches.core.prose.reading import Block, BlockKind, ReadingText, RunKind, digest, without_tags
from speeches.read.reading import reading_text
from zh.numerals import to_chinese
from zhprint.book import INDEX, Book, assemble
from zhprint.config import PrintConfig
from zhprint.front import chapter_title, document_title, handout_label
from zhprint.handout import cut_tables, point_to_the_book
from zhprint.inline import apply_marks
from zhprint.reading import squeeze

_UNLISTED = 99
"""The level of a heading that 目录 leaves out."""
_BESIDE = frozenset((BlockKind.ATTRIBUTE, BlockKind.COMMENT, BlockKind.FILE, BlockKind.FENCE, BlockKind.INDEX))
"""Blocks that do not stand in the text."""
_ON_PAPER = (RunKind.NUMBER, RunKind.ADDRESS)
_WORDS = (
    "引用本章",
    "行文中：",
    "参考文献（GB/T 7714—2025）：",
    "永久编号：",
    "打印本章",
    "下一节",
    "上一节",
    "本页目录",
)
"""What the templates say around some pages only."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together, white space apart. ``table`` and ``row``: the cell that they stand in, or -1."""

    text: str
    kind: RunKind
    block: BlockKind
    where: str
    claim: str = ""
    table: tuple[str, int] = ("", -1)
    row: int = -1


@dataclass(frozen=True)
class Expected:
    """``pages``: the site, by docname, ``sections`` the numbers of its headings; ``paper``: documents in print order.

    ``listed``: headings that 目录 lists; ``tops``: those of running heads; ``fixed``: what the pages before 目录 say;
    ``terms``: of the index; ``furniture``: what may stand around a page of the site; ``name``: what the PDF calls itself.
    All without white space.
    """

    pages: Mapping[str, ReadingText]
    sections: Mapping[str, tuple[str, ...]]
    furniture: frozenset[str]
    paper: tuple[ReadingText, ...] = ()
    listed: tuple[str, ...] = ()
    tops: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    terms: frozenset[str] = frozenset()
    index_title: str = ""
    name: str = ""

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256 of everything that the pages say."""
        return digest(self.pages)


def expect(app: Sphinx, printing: Mapping[str, Any] | None = None) -> Expected:
    """Resolve every page. ``printing``: fields of ``PrintConfig`` with which the PDF was made, beside conf.py."""
    env = app.env
    pages, sections = {}, {}
    for docname in sorted(env.found_docs):
        tree = env.get_and_resolve_doctree(docname, app.builder, tags=Tags([*app.tags, "html"]))
        pages[docname] = _read(tree, app, docname)
        sections[docname] = tuple(_section_numbers(tree, env.toc_secnumbers.get(docname, {})))
    around = furniture(app, pages)
    if "zhprint" not in app.extensions:
        return Expected(pages, sections, around)
    config = replace(PrintConfig.of(app.config), **(printing or {}))
    builder = app.registry.create_builder(app, "typst", env)
    with _at_work(builder, app):
        book = assemble(builder, config)
    paper, headings, terms, appended = [], [], set[str](), False
    has_main = any(part.matter == "main" for part in book.parts)
    for part in book.parts:
        if part.matter == "back" and has_main and not appended:
            headings.append((0, config.appendix_title))
            appended = True
        if part.docname == INDEX:
            headings.append((1, config.index_title))
            continue
        tree = _with_children(book, part.docname, config)
        _add_what_print_adds(tree, book.common if part.number else None)
        reading = _read(tree, app, part.docname)
        number = f"第{to_chinese(part.number)}章" if part.number else ""
        paper.append(_numbered(reading, number))
        common = {squeeze(title) for title in book.common}
        headings += [
            (level if part.matter != "front" or level == 1 else _UNLISTED, text)
            for level, text in _headings(tree, number)
            if level == 1 or text not in common
        ]
        terms |= {
            squeeze(term) for b in reading if b.kind is BlockKind.INDEX for term in b.text.split(";") if term.strip()
        }
    if terms and (1, config.index_title) not in headings:
        if has_main and not appended:
            headings.append((0, config.appendix_title))
        headings.append((1, config.index_title))
    return Expected(
        pages, sections, around, tuple(paper),
        tuple(text for level, text in headings if level <= config.contents_depth),
        tuple(text for level, text in headings if level == 1),
        (*_fixed(config), *_handout_cover(book, env, config)), frozenset(terms), config.index_title,
        squeeze(document_title(book, env, config)),
    )  # fmt: skip


@contextmanager
def _at_work(builder: Builder, app: Sphinx) -> Iterator[None]:
    """What is made for paper alone asks which builder is at work, and references lead where that builder puts things."""
    # Sphinx has no public way for this: within a build it never changes its builder.
    before, site = app.builder, app.env._builder_cls
    app.builder, app.env._builder_cls = builder, type(builder)  # as above
    try:
        yield
    finally:
        app.builder, app.env._builder_cls = before, site  # as above


def furniture(app: Sphinx, pages: Mapping[str, ReadingText]) -> frozenset[str]:
    """Headings and titles; how a chapter is cited; what became of ids that moved."""
    said = {block.text for reading in pages.values() for block in reading if block.kind is BlockKind.HEADING}
    said |= {title.astext() for title in app.env.titles.values()}
    if "permalink" in app.extensions:
        public = public_ids(app.env)
        said |= {text for found in public.values() for text in (found.id, found.title)}
        said |= {
            leftover_line(app, item, public, page)["text"]
            for page, items in permalink_domain(app.env).outcome.leftovers.items()
            for item in items
        }
        if "citable" in app.extensions:
            book, marks = book_of(app.config), marks_of_entries(app.config)
            said |= {entry(page_reference(book, found), marks) for found in public.values() if found.kind == "page"}
    return frozenset(map(squeeze, (*said, *_WORDS)))


def _headings(tree: nodes.Node, number: str) -> Iterator[tuple[int, str]]:
    for place, title in enumerate(t for t in tree.findall(nodes.title) if isinstance(t.parent, nodes.section)):
        level, above = 0, title.parent
        while above is not None:
            level, above = level + isinstance(above, nodes.section), above.parent
        yield level, squeeze((number if place == 0 else "") + title.astext())


def pieces(reading: ReadingText, *, paper: bool) -> Iterator[Piece]:
    """What stands in the text of a page, in order; on paper an excerpt begins with its number, lists are counted."""
    pending: list[Block] = []
    for block in reading:
        if block.kind in _BESIDE or (paper and block.kind is BlockKind.FOOTNOTE):
            continue
        if paper and block.kind is BlockKind.EXCERPT:
            pending.append(block)
            continue
        if pending and block.kind is BlockKind.SOURCE_LINE:
            number, *rest = _of(block, paper=paper)
            yield number
            for excerpt in pending:
                yield from _of(excerpt, paper=paper)
            yield from rest
            pending = []
            continue
        for waiting in pending:
            yield from _of(waiting, paper=paper)
        pending = []
        yield from _of(block, paper=paper)


def notes(readings: Iterable[ReadingText]) -> Iterator[str]:
    """What paper prints at the foot of its pages: footnotes, and addresses that links lead to."""
    for reading in readings:
        for block in reading:
            if block.kind is BlockKind.FOOTNOTE:
                yield squeeze(block.text)
            yield from (squeeze(run.text) for run in block.runs if run.kind is RunKind.ADDRESS)


def _of(block: Block, *, paper: bool) -> Iterator[Piece]:
    where = f"{block.path}:{block.line}" if block.line else block.path
    for run in block.runs:
        text = squeeze(without_tags(run.text) if run.kind is RunKind.RAW else run.text)
        if not text or (run.kind is RunKind.RAW and paper) or (run.kind in _ON_PAPER and not paper):
            continue
        table = (block.path, block.place.table) if block.place else ("", -1)
        yield Piece(
            text, run.kind, block.kind, where, run.claim or block.claim, table, block.place.row if block.place else -1
        )


def _read(tree: nodes.Node, app: Sphinx, docname: str) -> ReadingText:
    path, root = str(app.env.doc2path(docname, base=False)), Path(app.srcdir)

    def name(source: str) -> str:
        given = Path(source)
        return given.relative_to(root).as_posix() if given.is_absolute() and given.is_relative_to(root) else path

    return reading_text(tree, name)


def _section_numbers(tree: nodes.Node, numbers: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
    for place, section in enumerate(tree.findall(nodes.section)):
        number = numbers.get("" if place == 0 else f"#{section['ids'][0]}") or numbers.get(f"#{section['ids'][0]}")
        if number:
            yield ".".join(map(str, number)) + "."


def _with_children(book: Book, docname: str, config: PrintConfig) -> nodes.document:
    """A document with those below it in the place of its tables of contents, as they are printed."""
    tree = book.doctrees[docname]
    if config.marks == "table":
        apply_marks(tree)
    if config.chapter and docname != book.parts[0].docname:
        cut_tables(tree, {book.parts[0].docname})
    point_to_the_book(tree, book.elsewhere)
    for toctree in list(tree.findall(addnodes.toctree)):
        below = [child for child in toctree["includefiles"] if child in book.doctrees]
        toctree.replace_self([node for child in below for node in _with_children(book, child, config).children])
    return tree


def _add_what_print_adds(tree: nodes.document, common: frozenset[str] | None) -> None:
    """一、 before the sections of a chapter that other chapters do not have too."""
    counted = 0
    for title in list(tree.findall(nodes.title)):
        section = title.parent
        second = isinstance(section, nodes.section) and isinstance(section.parent, nodes.section)
        if (
            common is not None
            and second
            and isinstance(section.parent.parent, nodes.document)
            and title.astext() not in common
        ):
            counted += 1
            title.insert(0, nodes.Text(f"{to_chinese(counted)}、"))


def _numbered(reading: ReadingText, number: str) -> ReadingText:
    first = next((n for n, block in enumerate(reading) if block.kind is BlockKind.HEADING), None)
    if first is None or not number:
        return reading
    run = replace(reading[first].runs[0], text=number + reading[first].runs[0].text)
    return (*reading[:first], replace(reading[first], runs=(run, *reading[first].runs[1:])), *reading[first + 1 :])


def _handout_cover(book: Book, env: BuildEnvironment, config: PrintConfig) -> Iterator[str]:
    """What the cover of a handout says besides: its book, its chapter, whom it is for."""
    if config.chapter:
        yield from map(squeeze, (f"《{config.title}》", chapter_title(book, env), handout_label(config)))


def _fixed(config: PrintConfig) -> Iterator[str]:
    values = (config.title, config.subtitle, config.handout_label, config.edition, config.date, config.unit, config.audience,
              config.printer, config.print_date, config.print_run, config.permit, config.stamp, config.notice,
              config.remark)  # fmt: skip
    labels = ("书名", "版次", "版本日期", "编印单位", "发送对象", "印刷单位", "印刷日期", "印数", "准印证号：", "准印证号",
              "核验码")  # fmt: skip
    for text in (*values, *labels):
        if squeeze(text):
            yield squeeze(text)
