"""The one visitor that makes the reading text of a doctree."""

from __future__ import annotations

import re
from collections.abc import Callable

from docutils import nodes
from sphinx import addnodes

from ..core.prose.reading import Block, BlockKind, Place, ReadingText, Run, RunKind
from ..nodes import source_line

_SILENT = (nodes.system_message, nodes.substitution_definition, nodes.pending, nodes.label, nodes.colspec)
_CODE = (nodes.literal_block, nodes.math_block, nodes.doctest_block)
_NOT_SAID = frozenset({"ids", "names", "dupnames", "backrefs", "classes", "source", "reftarget", "entries", "rawentries",
                       "rawtext", "refname", "uri", "filename", "rawcaption", "rawsource", "title"})  # fmt: skip
"""Attributes that no output shows, or that are asked for by name."""
_FILES = ("uri", "filename", "source", "reftarget")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def reading_text(tree: nodes.Node, path_of: Callable[[str], str]) -> ReadingText:
    """What a doctree says, resolved or not. ``path_of``: the name of a source file as an editor knows it."""
    walk = _Walk(path_of)
    walk.visit(tree)
    walk.end_block()
    return tuple(walk.blocks)


class _Walk:
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
            texts = [value] if isinstance(value, str) else value if isinstance(value, (list, tuple)) else []
            for text in texts:
                if name not in _NOT_SAID and isinstance(text, str) and _WIDE.search(text):
                    self.put_aside(node, BlockKind.ATTRIBUTE, text)
        if isinstance(node, (nodes.image, addnodes.download_reference, *_CODE, nodes.raw)):
            for name in _FILES:
                if value := node.get(name):
                    self.put_aside(node, BlockKind.FILE, self.path_of(str(value)) if name == "source" else str(value))

    def put_aside(self, node: nodes.Element, kind: BlockKind, text: str) -> None:
        """A block that does not break the one that it stands in."""
        block = Block(kind, (Run(RunKind.TEXT, text),), self.path(node), _line(node, self.place), place=self.place)
        self.blocks.append(block)

    # Blocks -------------------------------------------------------------------------------------------------------

    def on_title(self, node: nodes.Element) -> None:
        parents = {nodes.section: BlockKind.HEADING, nodes.document: BlockKind.HEADING, nodes.table: BlockKind.CAPTION}
        self.block(node, parents.get(type(node.parent), BlockKind.LABEL))

    def on_rubric(self, node: nodes.Element) -> None:
        self.block(node, BlockKind.HEADING)

    on_subtitle = on_rubric

    def on_caption(self, node: nodes.Element) -> None:
        self.block(node, BlockKind.CAPTION)

    def on_legend(self, node: nodes.Element) -> None:
        self.within(node, BlockKind.CAPTION)

    def on_term(self, node: nodes.Element) -> None:
        self.block(node, BlockKind.LABEL)

    on_field_name = on_attribution = on_option_string = on_term

    def on_footnote(self, node: nodes.Element) -> None:
        self.within(node, BlockKind.NOTE)

    on_citation = on_footnote

    def on_literal_block(self, node: nodes.Element) -> None:
        self.block(node, BlockKind.CODE)

    on_math_block = on_doctest_block = on_literal_block

    def on_comment(self, node: nodes.Element) -> None:
        self.put_aside(node, BlockKind.COMMENT, node.astext())

    def on_meta(self, node: nodes.Element) -> None:
        pass  # its content is an attribute

    def on_raw(self, node: nodes.Element) -> None:
        if node.get("classes") and "coverage-bar" in node["classes"]:
            return
        if isinstance(node.parent, nodes.TextElement):
            self.run(RunKind.RAW, node.astext())
        else:
            self.end_block()
            self.run(RunKind.RAW, node.astext())
            before, self.kind, self.node = (self.kind, self.node), BlockKind.RAW, node
            self.end_block()
            self.kind, self.node = before

    def on_toctree(self, node: nodes.Element) -> None:
        if caption := node.get("caption"):
            self.put_aside(node, BlockKind.CAPTION, str(caption))
        entries: list[tuple[str | None, str]] = node.get("entries") or []
        for title, _ in entries:
            if title:
                self.put_aside(node, BlockKind.LABEL, title)

    def on_index(self, node: nodes.Element) -> None:
        entries: list[tuple[str, ...]] = node.get("entries") or []
        for _, term, *_ in entries:
            self.put_aside(node, BlockKind.INDEX, term)

    # Tables -------------------------------------------------------------------------------------------------------

    def on_table(self, node: nodes.Element) -> None:
        self.end_block()
        before = self.place
        self.tables += 1
        number = self.tables
        rows: list[nodes.row] = [row for row in node.findall(nodes.row) if _nearest(row, nodes.table) is node]
        for child in node.children:
            if isinstance(child, nodes.title):
                self.visit(child)
        for number_of_row, row in enumerate(rows):
            kind = BlockKind.HEAD if isinstance(row.parent, nodes.thead) else BlockKind.CELL
            for column, entry in enumerate(row.children):
                if isinstance(entry, nodes.Element):
                    self.place = Place(number, number_of_row, column)
                    self.within(entry, kind)
        self.place = before

    # Quotations ---------------------------------------------------------------------------------------------------

    def on_excerpt(self, node: nodes.Element) -> None:
        for child in node.children:
            if not isinstance(child, nodes.Element):
                continue
            classes = child.get("classes", ())
            kind = BlockKind.NOTE if "editor-note" in classes else BlockKind.GENERATED
            if "excerpt-text" in classes:
                kind = BlockKind.EXCERPT
            elif isinstance(child, source_line):
                kind = BlockKind.SOURCE_LINE
            self.block(child, kind, node["claim"], node["speech"])

    def on_speech_passage(self, node: nodes.Element) -> None:
        self.block(node, BlockKind.PASSAGE, speech=node["speech"])

    def on_generated_table(self, node: nodes.Element) -> None:
        self.end_block()
        self.run(RunKind.FILLED, "", claim=node["kind"])
        before, self.kind, self.node = (self.kind, self.node), BlockKind.GENERATED, node
        self.end_block()
        self.kind, self.node = before

    def on_quote(self, node: nodes.Element) -> None:
        self.run(RunKind.QUOTE, node.astext(), node["claim"], node.get("data-speech", ""))

    def on_saying(self, node: nodes.Element) -> None:
        self.run(RunKind.SAYING, node.astext())

    def on_generated_text(self, node: nodes.Element) -> None:
        self.run(RunKind.FILLED, node.astext(), claim=f"{node['kind']}:{node['target']}")

    # Inline -------------------------------------------------------------------------------------------------------

    def on_pending_xref(self, node: nodes.Element) -> None:
        target = str(node.get("reftarget", ""))
        if node.get("refdomain") == "speech" and node.get("reftype") in ("speech", "passage"):
            self.run(RunKind.SPEECH, node.astext(), speech=target.partition(".")[0])
        elif not node.get("refexplicit") and node.get("refdomain") != "":
            self.run(RunKind.FILLED, "", claim=f"{node.get('reftype')}:{target}")
        else:
            self.inlined(node, RunKind.LINK)

    def on_reference(self, node: nodes.Element) -> None:
        if isinstance(node.parent, nodes.TextElement):
            self.inlined(node, RunKind.LINK)
        else:
            self.block(node, self.kind)

    def on_literal(self, node: nodes.Element) -> None:
        self.inlined(node, RunKind.CODE)

    on_math = on_literal

    def on_footnote_reference(self, node: nodes.Element) -> None:
        self.run(RunKind.FOOTNOTE, node.astext())

    on_citation_reference = on_footnote_reference

    def inlined(self, node: nodes.Element, kind: RunKind) -> None:
        before, self.inline = self.inline, kind
        self.children(node)
        self.inline = before


def _nearest(node: nodes.Node | None, kind: type[nodes.Node]) -> nodes.Node | None:
    while node is not None and not isinstance(node, kind):
        node = node.parent
    return node


def _line(node: nodes.Node | None, place: Place | None) -> int:
    """The nearest line that is known. Every cell of a table in Markdown has the line of its table: its row says more."""
    while node is not None and not node.line:
        node = node.parent
    if node is None or not node.line:
        return 0
    table = _nearest(node, nodes.table)
    if place is None or not isinstance(table, nodes.table) or table.line != node.line:
        return node.line
    return node.line + (place.row + 1 if place.row else 0)
