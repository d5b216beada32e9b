"""The walk through a doctree that makes blocks of runs; what each node is to a reader is said in ``reading.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from docutils import nodes
from sphinx import addnodes

from zh.wide import WIDE

from ..core.prose.reading import Block, BlockKind, Place, Run, RunKind

_SILENT = (nodes.system_message, nodes.substitution_definition, nodes.pending, nodes.label, nodes.colspec)
_CODE = (nodes.literal_block, nodes.math_block, nodes.doctest_block)
_NOT_SAID = frozenset({"ids", "names", "dupnames", "backrefs", "classes", "source", "reftarget", "entries", "rawentries",
                       "rawtext", "refname", "uri", "filename", "rawcaption", "rawsource"})  # fmt: skip
"""Attributes that no output shows, or that are asked for by name."""
_FILES = ("uri", "filename", "source", "reftarget")


class Walk:
    """Where the walk is, the runs of the block at hand, and the blocks that are done."""

    def __init__(self, path_of: Callable[[str], str]) -> None:
        self.path_of = path_of
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.kind = BlockKind.PROSE
        self.node: nodes.Node | None = None
        self.claim = self.speech = ""
        self.place: Place | None = None
        self.tables = -1
        self.inline = RunKind.TEXT

    # Dispatch -----------------------------------------------------------------------------------------------------

    def visit(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Text):
            self.runs.append(Run(self.inline, node.astext()))
            return
        if not isinstance(node, nodes.Element) or isinstance(node, _SILENT):
            return
        for kind in type(node).__mro__:
            method: Callable[[nodes.Element], None] | None = getattr(self, f"on_{kind.__name__}", None)
            if method is not None:
                method(node)
                break
        else:
            if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
                self.block(node, self.kind)
            else:
                self.children(node)
        self.aside(node)

    def children(self, node: nodes.Element) -> None:
        for child in node.children:
            self.visit(child)

    def block(self, node: nodes.Element, kind: BlockKind, claim: str = "", speech: str = "") -> None:
        """A block of its own; what it stands in goes on after it."""
        self.end_block()
        before = self.kind, self.node, self.claim, self.speech
        self.kind, self.node, self.claim, self.speech = kind, node, claim, speech
        self.children(node)
        self.end_block()
        self.kind, self.node, self.claim, self.speech = before

    def within(self, node: nodes.Element, kind: BlockKind) -> None:
        """The blocks inside a node are of that kind."""
        self.end_block()
        before, self.kind = self.kind, kind
        self.children(node)
        self.end_block()
        self.kind = before

    def run(self, kind: RunKind, text: str, claim: str = "", speech: str = "") -> None:
        self.runs.append(Run(kind, text, claim, speech))

    def end_block(self) -> None:
        if any(run.text or run.kind is RunKind.FILLED for run in self.runs):
            node = self.node
            indented = isinstance(node, nodes.literal_block) and node.get("language", "none") in ("none", "default")
            self.blocks.append(
                Block(self.kind, tuple(self.runs), self.path(node), _line(node, self.place), self.claim, self.speech,
                      self.place, indented and isinstance(node, nodes.literal_block) and "source" not in node)
            )  # fmt: skip
        self.runs = []

    def path(self, node: nodes.Node | None) -> str:
        while node is not None and not node.source:
            node = node.parent
        return self.path_of((node.source if node is not None else "") or "")

    # Said aside ---------------------------------------------------------------------------------------------------

    def aside(self, node: nodes.Element) -> None:
        """Attributes in Chinese reach the reader of some output; so do files that a page takes in."""
        if isinstance(node, (nodes.document, nodes.section, nodes.target)):
            return
        for name, value in node.attributes.items():
            for text in _texts(value):
                if name not in _NOT_SAID and isinstance(text, str) and WIDE.search(text):
                    self.put_aside(node, BlockKind.ATTRIBUTE, text)
        if isinstance(node, (nodes.image, addnodes.download_reference, *_CODE, nodes.raw)):
            for name in _FILES:
                if value := node.get(name):
                    self.put_aside(
                        node, BlockKind.FILE, f"/{self.path_of(str(value))}" if name == "source" else str(value)
                    )

    def put_aside(self, node: nodes.Element, kind: BlockKind, text: str) -> None:
        """A block that does not break the one that it stands in."""
        block = Block(kind, (Run(RunKind.TEXT, text),), self.path(node), _line(node, self.place), place=self.place)
        self.blocks.append(block)


def nearest(node: nodes.Node | None, kind: type[nodes.Node]) -> nodes.Node | None:
    while node is not None and not isinstance(node, kind):
        node = node.parent
    return node


def _line(node: nodes.Node | None, place: Place | None) -> int:
    """The nearest line that is known. Every cell of a table in Markdown has the line of its table: its row says more."""
    while node is not None and not node.line:
        node = node.parent
    if node is None or not node.line:
        return 0
    table = nearest(node, nodes.table)
    if place is None or not isinstance(table, nodes.table) or table.line != node.line:
        return node.line
    return node.line + (place.row + 1 if place.row else 0)


def _texts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, (list, tuple)) else [value]
