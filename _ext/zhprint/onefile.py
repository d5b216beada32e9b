"""What builders have in common that put the whole book into one file."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.builders import Builder

if TYPE_CHECKING:
    from .book import Book
    from .config import PrintConfig


class OneFileBuilder(Builder):
    """Made anew in every build, whatever changed. Who inherits writes ``write_documents``; nothing goes outside the output folder."""

    epilog = "书在 %(outdir)s。"
    allow_parallel = True

    def get_outdated_docs(self) -> str:
        return "全书"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        pass

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        pass


def make_ready(book: Book, config: PrintConfig) -> None:
    """What paper says otherwise than pages: marks, the tables of a handout, references out of it."""
    from .handout import cut_tables, point_to_the_book  # imported here: every builder's class is loaded in every build
    from .inline import apply_marks

    for docname, doctree in book.doctrees.items():
        if config.marks == "table":
            apply_marks(doctree)
        if docname in config.handout_tables and config.chapter:
            cut_tables(doctree, {part.docname for part in book.parts[:1]})
        point_to_the_book(doctree, book.elsewhere)
