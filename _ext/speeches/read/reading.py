"""The one visitor that makes the reading text of a doctree."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from docutils import nodes

from zh.wide import WIDE

from ..core.prose.reading import BlockKind, Place, ReadingText, Run, RunKind
from ..nodes import source_line
from .walk import Walk, nearest

_LANGUAGES = frozenset(
    ("", "none", "default", "text", "console", "bash", "shell", "sh", "python", "toml", "json", "yaml", "ini", "html", "xml",
     "css", "js", "markdown", "rst", "tex", "bibtex")
)  # fmt: skip
"""What a block of code may call itself; anything else is a directive that was mistyped."""
_ITS_OWN_WORDS = frozenset({"option", "envvar", "token", "keyword"})
"""References that print what is written, whatever they lead to."""
_VALUES = re.compile("=\\s*[\"']([^\"']*[\u2e80-\u9fff][^\"']*)[\"']")
"""Values of attributes in a piece of HTML."""


def reading_text(tree: nodes.Node, path_of: Callable[[str], str]) -> ReadingText:
    """What a doctree says, resolved or not. ``path_of``: the name of a source file as an editor knows it."""
    walk = _Reader(path_of)
    walk.visit(tree)
    walk.end_block()
    return tuple(walk.blocks)


class _Reader(Walk):
    """What each kind of node is to a reader."""

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
        self.within(node, BlockKind.FOOTNOTE)

    def on_enumerated_list(self, node: nodes.Element) -> None:
        first = int(node.get("start", 1))
        for number, item in enumerate(node.children, first):
            if isinstance(item, nodes.Element):
                counted = f"{node.get('prefix', '')}{number}{node.get('suffix') or '.'}"
                if node.get("enumtype", "arabic") == "arabic":
                    self.whole(item, self.kind, Run(RunKind.NUMBER, counted))
                self.visit(item)

    on_citation = on_footnote

    def on_literal_block(self, node: nodes.Element) -> None:
        language = str(node.get("language", ""))
        if language not in _LANGUAGES:
            self.put_aside(node, BlockKind.FENCE, language)
        self.block(node, BlockKind.CODE)

    on_math_block = on_doctest_block = on_literal_block

    def on_comment(self, node: nodes.Element) -> None:
        self.put_aside(node, BlockKind.COMMENT, node.astext())

    def on_meta(self, node: nodes.Element) -> None:
        pass  # its content is an attribute

    def on_raw(self, node: nodes.Element) -> None:
        """What is not HTML, such as the line break of another builder, is aside, and says something only where it has words."""
        source = node.astext()
        if "html" not in node.get("format", "").split():
            if WIDE.search(source):
                self.put_aside(node, BlockKind.ATTRIBUTE, source)
            return
        for value in _VALUES.findall(source):
            self.put_aside(node, BlockKind.ATTRIBUTE, value)
        if isinstance(node.parent, nodes.TextElement):
            self.run(RunKind.RAW, source)
        else:
            self.whole(node, BlockKind.RAW, Run(RunKind.RAW, source))

    def on_bands(self, node: nodes.Element) -> None:
        """A picture on the site alone: its key is words, and each band says what it stands for."""
        for *_, title in node["parts"]:
            self.put_aside(node, BlockKind.ATTRIBUTE, title)
        self.whole(node, BlockKind.GENERATED, Run(RunKind.RAW, "".join(name for _, name in node["key"])))

    def whole(self, node: nodes.Element, kind: BlockKind, run: Run) -> None:
        """A block of one run."""
        self.end_block()
        before = self.kind, self.node
        self.runs, self.kind, self.node = [run], kind, node
        self.end_block()
        self.kind, self.node = before

    def on_container(self, node: nodes.Element) -> None:
        """Colons that fence something in without a directive's name in braces: the words after them are its classes."""
        if node.get("is_div") and "design_component" not in node:
            self.put_aside(node, BlockKind.FENCE, " ".join(node.get("classes", ())))
        self.children(node)

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
        rows: list[nodes.row] = [row for row in node.findall(nodes.row) if nearest(row, nodes.table) is node]
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

    def on_block_quote(self, node: nodes.Element) -> None:
        self.within(node, BlockKind.BLOCK_QUOTE)

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
        self.whole(node, BlockKind.GENERATED, Run(RunKind.FILLED, "", claim=node["kind"]))

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
            named = node.get("refexplicit")
            self.run(RunKind.SPEECH, "" if named else node.astext(), speech=target.partition(".")[0])
            if named:  # what an editor calls it is the editor's words
                self.inlined(node, RunKind.LINK)
        elif node.get("reftype") in _ITS_OWN_WORDS:
            self.inlined(node, RunKind.CODE)
        elif not node.get("refexplicit") and node.get("refdomain") != "":
            self.run(RunKind.FILLED, "", claim=f"{node.get('reftype')}:{target}")
        else:
            self.inlined(node, RunKind.LINK)

    def on_reference(self, node: nodes.Element) -> None:
        if isinstance(node.parent, nodes.TextElement):
            self.inlined(node, RunKind.LINK)
            address = str(node.get("refuri", "")).removeprefix("mailto:")
            if not node.get("internal") and "://" in address and address not in node.astext():
                self.run(RunKind.ADDRESS, address)
                if WIDE.search(said := unquote(address)):
                    self.put_aside(node, BlockKind.ATTRIBUTE, said)
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
