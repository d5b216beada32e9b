"""The frame of the text: sections and their titles, paragraphs, documents within documents."""

from __future__ import annotations

import re
from html import unescape

from docutils import nodes
from sphinx import addnodes

from zh.numerals import to_chinese

from .book import begins_a_page, children, matches
from .escape import string
from .messages import warn
from .writer import WriterBase

_REFERENCE_AT_END = re.compile(r"#xref\([^\n\[]*\)\[[^\n\[\]]*\];[，。；：？！）”]*\Z")
"""（第12页）。 as a last line is whole; to keep it off the line alone, the compiler would spread the lines above."""

_TASK = re.compile(r"<input class=\"task-list-item-checkbox\"[^>]*>")
"""What MyST makes of - [ ] and - [x]."""
_TAG = re.compile(r"<!--(?:(?!<!--).)*?-->|<[^<>]*>", re.DOTALL)
_TAG_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9]*)")
_PLAIN_TAGS = frozenset(
    ["a", "b", "br", "center", "code", "details", "div", "em", "font", "i", "p", "span", "strong", "summary"]
)

_UNSEEN = (nodes.target, nodes.comment, addnodes.index)
"""What stands between a title and its first paragraph and prints nothing."""

_SECTION = 2
"""The level of the sections of a chapter."""
_ENTRY = 14
"""Characters that the title of an entry has at most."""


class BlocksMixin(WriterBase):
    """Sections, paragraphs, and what prints nothing."""

    def on_document(self, node: nodes.Element) -> str:
        return self.children(node)

    def on_section(self, node: nodes.Element) -> str:
        self.level += 1
        title = node.next_node(nodes.title)
        named = title.astext() if title is not None and self.level == _SECTION else ""
        before, self.answering = self.answering, self.answering or named in self.config.answered
        body = self.children(node)
        self.level, self.answering = self.level - 1, before
        if named in self.config.small_sections:
            body = f"\n#tight(name: {self.place('tight')})[\n{body}\n]\n"
        return ("\n#pagebreak(weak: true)\n" if begins_a_page(node) else "") + body

    def on_title(self, node: nodes.Element) -> str:
        if not isinstance(node.parent, nodes.section):
            return self._rubric(node)
        # In 目录 and the running heads too.
        with self.in_face("title" if self.level == 1 else "hei", "hei", "song"):
            self.no_links = True
            body = self.children(node)
            self.no_links = False
        label = self.book.label(self.docname, node.parent["ids"][0]) if node.parent["ids"] else ""
        named = f" #label({string(label)})" if label else ""
        number = self._number(node)
        if label:
            self.headings.setdefault(self.part_name, []).append((self.level, label, number + body))
        waiting = "".join(f"#anchor({string(name)});" for name in self.waiting)
        self.waiting.clear()
        # Anchors stand after the heading, on its page; inside it they would be doubled in 目录.
        heading = f"#heading(level: {self.level}, supplement: none)[{number}{body}]{named}"
        if self._runs_in(node):
            return f"\n#side-head[{heading}]{waiting}"
        spring = self.spring("over") if self.level > 1 else ""
        return f"\n{spring}{heading}\n\n" + (
            f"#block(height: 0pt, spacing: 0pt, sticky: true)[{waiting}]\n" if waiting else ""
        )

    def _runs_in(self, title: nodes.Element) -> bool:
        """In small type the title of a short entry stands at the head of its first paragraph."""
        below = [child for child in title.parent.children[1:] if not isinstance(child, _UNSEEN)]
        entry = self.level > _SECTION and len(title.astext()) <= _ENTRY
        entry = entry and not any(isinstance(child, nodes.section) for child in below)
        small = matches(self.part_name, self.config.small_documents)
        return entry and small and bool(below) and isinstance(below[0], nodes.paragraph)

    def _number(self, title: nodes.Element) -> str:
        """第二章　 before a chapter, 三、 before a section of it that other chapters do not have too."""
        if self.level == 1:
            self.sections = 0
            return self._chapter_number()
        if self.level > 2 or not self._chapter_number() or title.astext() in self.book.common:
            return ""
        self.sections += 1
        return f"{to_chinese(self.sections)}、"

    def _chapter_number(self) -> str:
        part = next((p for p in self.book.parts if p.docname == self.docname and p.number), None)
        return f"第{to_chinese(part.number)}章　" if part else ""

    def on_subtitle(self, node: nodes.Element) -> str:
        return self._rubric(node)

    def _rubric(self, node: nodes.Element) -> str:
        with self.in_face("hei"):
            return f"\n#rubric[{self.anchors(node)}{self.children(node)}]\n"

    on_rubric = _rubric

    def on_paragraph(self, node: nodes.Element) -> str:
        classes: list[str] = node.get("classes", [])
        with self.seeking_terms(node):
            body = self.anchors(node) + self.children(node)
        if not body:
            return ""
        if isinstance(node.parent, nodes.entry):
            return f"{body}\n\n"
        if any(name.endswith("caption") for name in classes):
            return f"\n#caption-line[{body}]\n\n"
        if _REFERENCE_AT_END.search(body):
            body = f"#[#set text(costs: (runt: 0%));{body}]"
        return f"#lead({self.place('lead')})[{body}]\n\n" if self._leads_in(node) else f"{body}\n\n"

    def _leads_in(self, node: nodes.Element) -> bool:
        """A paragraph that ends in a colon stays with the quotation or the list after it; one of an item, with its list."""
        in_item = isinstance(node.parent, nodes.list_item)
        colon = node.astext().rstrip().endswith(("：", ":"))
        if not in_item and not (colon and isinstance(node.parent, nodes.section)):
            return False
        after = node.parent.children[node.parent.index(node) + 1 :]
        following = next((child for child in after if not isinstance(child, (nodes.target, nodes.comment))), None)
        return isinstance(following, (nodes.block_quote, nodes.bullet_list, nodes.enumerated_list))

    def on_compound(self, node: nodes.Element) -> str:
        return self.children(node)

    on_highlightlang = on_tabular_col_spec = on_comment = on_substitution_definition = on_system_message = on_meta = (
        lambda self, node: ""
    )

    def on_raw(self, node: nodes.Element) -> str:
        if "typst" in node.get("format", "").split():
            return f"{node.astext()}\n"
        return self._of_page(node) if "html" in node.get("format", "").split() else ""

    def _of_page(self, node: nodes.Element) -> str:
        """Of what was written for pages the words, when they stand in no more than paragraphs and what opens under a title."""
        source = node.astext()
        if match := _TASK.search(source):
            return self.text("☑" if "checked" in match[0] else "☐") + " "
        words = " ".join(unescape(_TAG.sub(" ", source)).split())
        if not words:
            return ""
        if all(tag.lower() in _PLAIN_TAGS for tag in _TAG_NAME.findall(source)):
            with self.in_face("hei" if "<summary" in source else self.face):
                return f"\n#rubric[{self.text(words)}]\n" if "<summary" in source else f"{self.text(words)}\n\n"
        warn("node", "写给网页的内容（raw HTML）不印。要印出来，请改用本项目的写法。", node)
        return ""

    def on_toctree(self, node: nodes.Element) -> str:
        """Documents below this one are printed here, one level down."""
        assert isinstance(node, addnodes.toctree)
        out, before = [], self.docname
        for docname in children(node, self.env, self.config):
            if docname in self.book.doctrees:
                self.docname = docname
                out.append(self.children(self.book.doctrees[docname]))
        self.docname = before
        return "".join(out)

    def on_transition(self, node: nodes.Element) -> str:
        return "\n#align(center, line(length: 30%, stroke: 0.5pt))\n"
