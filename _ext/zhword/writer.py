"""Doctree → WordprocessingML. ``Writer.render`` finds the method for a node by its class or the nearest base that has one.

Block methods append paragraphs and tables to ``into``, inline ones runs to ``paragraph``. The mix-ins are inline.py, blocks.py, boxes.py and tables.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from docutils import nodes
from lxml.etree import _Element
from sphinx.environment import BuildEnvironment

from zh.lines import for_setting
from zhprint.book import Book
from zhprint.config import PrintConfig
from zhprint.index import Index
from zhprint.messages import warn

from .elements import bookmark, make, run, style_of
from .numbering import Numbering
from .origin import Origin, line_of, path_of

_WORDS = str(make("t").tag)
Render = Callable[[nodes.Element], None]


def classes_within(node: nodes.Element) -> set[str]:
    """Class names of a node and of everything in it."""
    found: set[str] = set()
    for inner in node.findall(nodes.Element):
        found.update(inner.get("classes", []))
    return found


class WriterBase:
    """Where we are: the document, the element that takes blocks, the paragraph that takes words, and in which style."""

    def __init__(self, book: Book, env: BuildEnvironment, config: PrintConfig) -> None:
        self.book, self.env, self.config = book, env, config
        self.index, self.numbering = Index(), Numbering(config.area.size)
        self.docname = ""
        self.level = self.sections = 0
        self.headings: list[tuple[int, str, str]] = []
        self.titles: dict[str, str] = {}
        self.into: _Element = make("body")
        self.paragraph: _Element | None = None
        self.style, self.letters = "BodyText", ""
        self.item: tuple[int, int] | None = None
        self.depth = -1
        self.in_table = self.no_links = False
        self.waiting: list[str] = []
        self.origins: list[Origin] = []
        self.claim = ""
        self.notes: list[_Element] = []
        self.addresses: list[tuple[_Element, str]] = []
        self.pictures: list[tuple[_Element, str, str]] = []
        self.footnotes: dict[tuple[str, str], nodes.footnote] = {}
        self.noted: dict[tuple[str, str], int] = {}
        self._names: dict[str, str] = {}
        self._places = 0
        self._placed: set[str] = set()
        self._unknown: set[str] = set()
        self._spans: list[tuple[str, int, int]] = []
        self._length = 0

    # Dispatch -----------------------------------------------------------------------------------------------------

    def render(self, node: nodes.Node) -> None:
        """Write one node."""
        if isinstance(node, nodes.Text):
            self.words(for_setting(node.astext()))
            return
        assert isinstance(node, nodes.Element)
        for kind in type(node).__mro__:
            method: Render | None = getattr(self, f"on_{kind.__name__}", None)
            if method is not None:
                method(node)
                return
        name = type(node).__name__
        if name not in self._unknown:
            self._unknown.add(name)
            warn(
                "node", f"不认识的内容（{name}），只写出其中的文字。", str(self.env.doc2path(self.docname, base=False))
            )
        self.children(node)

    def children(self, node: nodes.Element) -> None:
        """Write all children."""
        for child in node.children:
            self.render(child)

    # Blocks -------------------------------------------------------------------------------------------------------

    @contextmanager
    def block(self, style: str, node: nodes.Element | None = None, *properties: _Element) -> Iterator[None]:
        """A paragraph; what waits for a line stands at its beginning. Words outside of one get it by ``words``."""
        paragraph = make("p", make("pPr", make("pStyle", val=style), *properties))
        self.into.append(paragraph)
        before, self.paragraph, spans, length = self.paragraph, paragraph, self._spans, self._length
        self._spans, self._length = [], 0
        self._flush()
        if node is not None:
            self.anchor(node)
        try:
            yield
        finally:
            if node is not None:
                name = str(self.env.doc2path(self.docname, base=False))
                path = path_of(node, Path(self.env.srcdir), name)
                self.origins.append(Origin(paragraph, path, line_of(node), self.claim, tuple(self._spans)))
            self.paragraph, self._spans, self._length = before, spans, length

    @contextmanager
    def inside(self, container: _Element) -> Iterator[None]:
        """Blocks that are written inside go into ``container``."""
        before, self.into = self.into, container
        paragraph, self.paragraph = self.paragraph, None
        try:
            yield
        finally:
            self.into, self.paragraph = before, paragraph

    @contextmanager
    def styled(self, style: str) -> Iterator[None]:
        """Paragraphs that are written inside have this style."""
        before, self.style = self.style, style
        try:
            yield
        finally:
            self.style = before

    # Words --------------------------------------------------------------------------------------------------------

    def words(self, text: str) -> None:
        """Text in the current style; in a paragraph of its own where none is open."""
        if self.paragraph is None:
            if text.strip():
                with self.block(self.style):
                    self.words(text)
            return
        if text:
            self.put(run(text, *style_of(self.letters)))

    def put(self, *elements: _Element) -> None:
        """Runs and the like, at the end of the open paragraph."""
        if self.paragraph is not None:
            self.paragraph.extend(elements)
            self._length += sum(len(words.text or "") for element in elements for words in element.iter(_WORDS))

    @contextmanager
    def within(self, element: _Element) -> Iterator[None]:
        """What is written inside goes into an element of the open paragraph, such as a link."""
        outer = self.paragraph
        if outer is not None:
            outer.append(element)
        self.paragraph = element
        try:
            yield
        finally:
            self.paragraph = outer

    @contextmanager
    def lettered(self, style: str) -> Iterator[None]:
        """What is written inside is in this character style."""
        before, self.letters = self.letters, style
        try:
            yield
        finally:
            self.letters = before

    @contextmanager
    def spanned(self, node: nodes.Element) -> Iterator[None]:
        """Note from where to where of its paragraph something stands that has an id."""
        start = self._length
        yield
        if node.get("ids"):
            self._spans.append((node["ids"][0], start, self._length))

    # Places -------------------------------------------------------------------------------------------------------

    def anchor(self, node: nodes.Element) -> None:
        """The place of a node that references may lead to: here, or in the next paragraph where none is open."""
        label = self.book.label(self.docname, node["ids"][0]) if node.get("ids") else ""
        if label and label not in self._placed:
            self._placed.add(label)
            self.waiting.append(label)
            if self.paragraph is not None:
                self._flush()

    def name_of(self, label: str) -> str:
        """The bookmark of a label; hidden ones begin with _, and none may be longer than 40 characters."""
        return self._names.setdefault(label, f"_b{len(self._names) + 1}")

    def place(self, label: str) -> list[_Element]:
        """The bookmark of a label, to be put somewhere."""
        self._places += 1
        return bookmark(self._places, self.name_of(label))

    def listed(self) -> list[tuple[int, str, str]]:
        """Level, label and title of what 目录 lists."""
        return [
            (level, label, title)
            for level, label, title in self.headings
            if level and level <= self.config.contents_depth
        ]

    def _flush(self) -> None:
        for label in dict.fromkeys(self.waiting):
            self.put(*self.place(label))
        self.waiting.clear()
