"""Doctree → Typst. ``Writer.render`` finds the method for a node by its class or the nearest base that has one.

Methods return Typst markup. An extension's own nodes need no visitor here: a subclass of a paragraph is a paragraph.
The methods are in the mix-ins: inline.py, blocks.py, tables.py, design.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from docutils import nodes
from sphinx.environment import BuildEnvironment

from zh.lines import for_setting

from .book import Book
from .config import PrintConfig
from .coverage import Ink
from .escape import markup, string
from .index import Index
from .messages import warn

Render = Callable[[nodes.Element], str]


class WriterBase:
    """What every mix-in needs: where we are, what is printed in which face, anchors that wait for their line."""

    def __init__(self, book: Book, env: BuildEnvironment, config: PrintConfig, ink: Ink, index: Index) -> None:
        self.book, self.env, self.config, self.ink, self.index = book, env, config, ink, index
        self.docname = ""
        self.part_name = ""
        self.headings: dict[str, list[tuple[int, str, str]]] = {}
        self.level = 0
        self.face = "body"
        self.sections = 0
        self.in_table = False
        self.in_form = self.in_brief = self.in_checklist = self.answering = False
        # Characters that the columns of a table hold, and the cell that is written; 0 outside tables.
        self.rooms: list[float] = []
        self.room = 0.0
        self._places: Counter[str] = Counter()
        # Repeated table heads and running heads are artifacts of the tagged PDF, which may hold no links.
        self.no_links = False
        self.waiting: list[str] = []
        self.terms_of: dict[str, list[str]] = {}
        self.seeking: dict[str, list[str]] = {}
        self.images: dict[str, str] = {}
        self._unknown: set[str] = set()
        self.footnotes: dict[tuple[str, str], nodes.footnote] = {}
        self.noted: set[tuple[str, str]] = set()

    # Dispatch -----------------------------------------------------------------------------------------------------

    def render(self, node: nodes.Node) -> str:
        """Markup of one node."""
        if isinstance(node, nodes.Text):
            return self.text(node.astext())
        assert isinstance(node, nodes.Element)
        for kind in type(node).__mro__:
            method: Render | None = getattr(self, f"on_{kind.__name__}", None)
            if method is not None:
                return method(node)
        name = type(node).__name__
        if name not in self._unknown:
            self._unknown.add(name)
            warn("node", f"不认识的内容（{name}），只印其中的文字。", str(self.env.doc2path(self.docname, base=False)))
        return self.children(node)

    def children(self, node: nodes.Element) -> str:
        """Markup of all children."""
        return "".join(self.render(child) for child in node.children)

    # Text and faces -----------------------------------------------------------------------------------------------

    def text(self, text: str) -> str:
        """Literal text in the current face."""
        self.note_ink(text)
        for name, terms in list(self.seeking.items()):
            for term in terms:
                if term and (at := text.find(term)) >= 0:
                    # The page of a term is the one where the term itself stands, not where its paragraph begins.
                    del self.seeking[name]
                    return self.text(text[:at]) + f"#anchor({string(name)});" + self.text(text[at:])
        return markup(text)

    def note_ink(self, text: str, face: str = "") -> None:
        """``text`` is printed in ``face``."""
        self.ink.note(face or self.face, for_setting(text), str(self.env.doc2path(self.docname, base=False)))

    @contextmanager
    def in_face(self, face: str) -> Iterator[None]:
        """What is rendered inside is printed in ``face``."""
        before, self.face = self.face, face
        try:
            yield
        finally:
            self.face = before

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

    def place(self, kind: str) -> str:
        """A name for the next place of a kind that the builder may ask for, as a Typst string."""
        self._places[kind] += 1
        return string(f"{kind}:{self._places[kind]}")

    def spring(self) -> str:
        """A place where a page may be a line longer, between blocks of the text."""
        return "" if self.in_table else f"\n#spring({self.place('gap')})\n"

    def form(self, node: nodes.Element) -> str:
        """A form to fill in, on what its page has left."""
        return self.children(node)

    def wait(self, node: nodes.Element) -> None:
        """The anchor of a node that prints nothing itself goes into the next line that is printed."""
        if node.get("ids") and (label := self.book.label(self.docname, node["ids"][0])):
            self.waiting.append(label)
