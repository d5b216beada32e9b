"""Doctree → Typst. ``Writer.render`` finds the method for a node by its class or the nearest base that has one.

Methods return Typst markup. An extension's own nodes need no visitor here: a subclass of a paragraph is a paragraph.
The methods are in the mix-ins, one for each family of nodes (pages.py lists them).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from docutils import nodes
from sphinx.environment import BuildEnvironment

from zh.lines import for_setting

from .book import Book
from .config import PrintConfig
from .coverage import Ink, code_of
from .escape import markup, string
from .index import Index
from .messages import Place, warn

Render = Callable[[nodes.Element], str]


class WriterBase:
    """What every mix-in needs: where we are, what is printed in which face, anchors that wait for their line."""

    def __init__(self, book: Book, env: BuildEnvironment, config: PrintConfig, ink: Ink, index: Index) -> None:
        self.book, self.env, self.config, self.ink, self.index = book, env, config, ink, index
        self.docname = ""
        self.part_name = ""
        self.headings: dict[str, list[tuple[int, str, str]]] = {}
        self.level = 0
        # The faces that the text at hand is printed in: a heading stands in the running heads too.
        self.faces: tuple[str, ...] = ("body",)
        # Within a quotation, where every character must be printed.
        self.quoting = False
        # The node at hand, for messages.
        self.here: nodes.Node | None = None
        self.sections = 0
        self.in_table = False
        self.in_object = 0
        self.in_form = self.in_brief = self.in_checklist = self.answering = False
        self.form_lines = 0.0
        self.checklist_row = ""
        # Characters that the columns of a table hold, and the cell that is written; 0 outside tables.
        self.rooms: list[float] = []
        self.room = 0.0
        self._places: Counter[str] = Counter()
        # Repeated table heads and running heads are artifacts of the tagged PDF, which may hold no links.
        self.no_links = False
        # In signatures the page that a type is on would stand between its parameters.
        self.no_pages = False
        self.waiting: list[str] = []
        self.terms_of: dict[str, list[str]] = {}
        self.seeking: dict[str, list[str]] = {}
        self.images: dict[str, str] = {}
        self._unknown: set[str] = set()
        self.footnotes: dict[tuple[str, str], nodes.footnote] = {}
        self.noted: set[tuple[str, str]] = set()
        # Abbreviations that a part of the book has explained.
        self.explained: set[tuple[str, str]] = set()

    # Dispatch -----------------------------------------------------------------------------------------------------

    def render(self, node: nodes.Node) -> str:
        """Markup of one node."""
        if isinstance(node, nodes.Text):
            return self.text(node.astext())
        assert isinstance(node, nodes.Element)
        if node.line is not None:
            self.here = node
        for kind in type(node).__mro__:
            method: Render | None = getattr(self, f"on_{kind.__name__}", None)
            if method is not None:
                return method(node)
        name = type(node).__name__
        if name not in self._unknown:
            self._unknown.add(name)
            warn("node", f"不认识的内容（{name}），只印其中的文字。", node)
        return self.children(node)

    def children(self, node: nodes.Element) -> str:
        """Markup of all children."""
        return "".join(self.render(child) for child in node.children)

    # Text and faces -----------------------------------------------------------------------------------------------

    @property
    def face(self) -> str:
        """The face that the text at hand is printed in."""
        return self.faces[0]

    @property
    def where(self) -> Place:
        """Where the node at hand stands, for messages."""
        return self.here if self.here is not None else self.docname

    def text(self, text: str) -> str:
        """Literal text in the current face."""
        for name, terms in list(self.seeking.items()):
            for term in terms:
                if term and (at := text.find(term)) >= 0:
                    # The page of a term is the one where the term itself stands, not where its paragraph begins.
                    del self.seeking[name]
                    return self.text(text[:at]) + f"#anchor({string(name)});" + self.text(text[at:])
        if self.quoting:
            self.note_ink(text, *self.faces)
            return markup(text)
        lacking = self.lacking(for_setting(text))
        if not lacking:
            return markup(text)
        pieces = re.split(f"([{re.escape(''.join(sorted(lacking)))}])", text)
        return "".join(f"#no-glyph({string(code_of(p))});" if p in lacking else markup(p) for p in pieces)

    def lacking(self, text: str) -> set[str]:
        """Characters of a text that cannot be printed in the current faces; an editor is told."""
        out = set()
        for face in self.faces:
            lacking = self.ink.missing(face, text)
            self.ink.tell(face, lacking, self.where)
            out |= lacking
        return out

    def note_ink(self, text: str, *faces: str) -> None:
        """``text`` is printed in these faces, and may lack no character."""
        for face in faces or self.faces:
            self.ink.refuse(face, for_setting(text), self.where)

    @contextmanager
    def in_face(self, *faces: str) -> Iterator[None]:
        """What is rendered inside is printed in these faces."""
        before, self.faces = self.faces, faces
        try:
            yield
        finally:
            self.faces = before

    @contextmanager
    def quotation(self) -> Iterator[None]:
        """What is rendered inside is quoted: a character that cannot be printed stops the book."""
        before, self.quoting = self.quoting, True
        try:
            yield
        finally:
            self.quoting = before

    # Index terms ------------------------------------------------------------------------------------------------------

    @contextmanager
    def seeking_terms(self, node: nodes.Element) -> Iterator[None]:
        """Anchors of index entries wait for their term, where a text of this node holds it."""
        texts = [text.astext() for text in node.findall(nodes.Text)]
        for name in list(self.waiting):
            terms = [term for term in self.terms_of.get(name, []) if any(term in text for text in texts)]
            if terms:
                self.waiting.remove(name)
                self.seeking[name] = terms
        try:
            yield
        finally:
            self.waiting += self.seeking
            self.seeking.clear()

    # Anchors ------------------------------------------------------------------------------------------------------

    def anchors(self, node: nodes.Element) -> str:
        """The anchor of a node and those that wait for a line to stand in."""
        out = "".join(f"#anchor({string(name)});" for name in self.waiting)
        self.waiting.clear()
        if node.get("ids"):
            label = self.book.label(self.docname, node["ids"][0])
            out += f"#anchor({string(label)});" if label else ""
        return out

    def label_to(self, reference: nodes.Element) -> str:
        """The label that a reference leads to; "" when its target is not printed."""
        if reference.get("refid"):
            return self.book.label(self.docname, reference["refid"])
        docname, _, identifier = reference.get("refuri", "").removeprefix("%").partition("#")
        return self.book.label(docname, identifier)

    def place(self, kind: str) -> str:
        """A name for the next place of a kind that the builder may ask for, as a Typst string."""
        self._places[kind] += 1
        return string(f"{kind}:{self._places[kind]}")

    def spring(self, kind: str = "gap") -> str:
        """A place where a page may be a line longer: a gap between blocks of the text, or over a heading."""
        return "" if self.in_table else f"\n#spring({self.place(kind)})\n"

    def number_of(self, node: nodes.Element, kind: str) -> str:
        """图1　, as references to it say; "" when nothing is numbered."""
        numbers = self.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        identifiers: list[str] = node.get("ids", [])
        number = next((numbers[name] for name in identifiers if name in numbers), None)
        if number is None:
            return ""
        form = str(self.env.config.numfig_format.get(kind, "%s"))
        return self.text((form % ".".join(map(str, number))).strip() + "\u3000")

    def form(self, node: nodes.Element) -> str:
        """A form to fill in, on what its page has left."""
        return self.children(node)

    def wait(self, node: nodes.Element) -> None:
        """The anchor of a node that prints nothing itself goes into the next line that is printed."""
        if node.get("ids") and (label := self.book.label(self.docname, node["ids"][0])):
            self.waiting.append(label)
