"""Block nodes: sections, paragraphs, excerpts, lists, admonitions, figures."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes

from zh.numerals import to_chinese

from .book import begins_a_page, children
from .escape import array, string
from .writer import WriterBase

_ADMONITIONS = {
    "attention": "注意", "caution": "小心", "danger": "危险", "error": "错误", "hint": "提示", "important": "要点",
    "note": "注", "tip": "提示", "warning": "警告", "seealso": "参见",
}  # fmt: skip


_PATTERNS = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_LINE = 26
"""Characters of a line of an excerpt: a paragraph of fewer may be a single line."""

_REFERENCE_AT_END = re.compile(r"#xref\([^\n\[]*\)\[[^\n\[\]]*\];[，。；：？！）”]*\Z")
"""（第12页）。 as a last line is whole; to keep it off the line alone, the compiler would spread the lines above."""

_SECTION = 2
"""The level of the sections of a chapter."""

_FEW = 8
"""References of a chapter that stand on one page."""


class BlocksMixin(WriterBase):
    """Everything that is a line or more of its own."""

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
        with self.in_face("title" if self.level == 1 else "hei"):
            self.no_links = True
            body = self.children(node)
            self.no_links = False
        self.note_ink(node.astext(), "hei")
        self.note_ink(node.astext(), "song")
        label = self.book.label(self.docname, node.parent["ids"][0]) if node.parent["ids"] else ""
        named = f" #label({string(label)})" if label else ""
        number = self._number(node)
        if label:
            self.headings.setdefault(self.part_name, []).append((self.level, label, number + body))
        waiting = "".join(f"#anchor({string(name)});" for name in self.waiting)
        self.waiting.clear()
        # Anchors stand after the heading, on its page; inside it they would be doubled in 目录.
        heading = f"#heading(level: {self.level}, supplement: none)[{number}{body}]{named}\n\n"
        spring = self.spring() if self.level > 1 else ""
        return f"\n{spring}{heading}" + (f"#block(height: 0pt, spacing: 0pt)[{waiting}]\n" if waiting else "")

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
        return f"#lead(name: {self.place('lead')})[{body}]\n\n" if self._leads_in(node) else f"{body}\n\n"

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
        return f"{node.astext()}\n" if "typst" in node.get("format", "").split() else ""

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

    # Quotations ---------------------------------------------------------------------------------------------------

    def on_block_quote(self, node: nodes.Element) -> str:
        if not self._is_excerpt(node):
            with self.in_face("kai"):
                return f"\n#quotation[{self.anchors(node)}{self.children(node)}]\n"
        texts, source, notes, number = [], "none", [], "none"
        anchor = self.anchors(node)
        for child in node.children:
            if not isinstance(child, nodes.Element):
                continue
            classes: list[str] = child.get("classes", [])
            if self.config.source_class in classes:
                number = self._excerpt_number(child)
                with self.in_face("kai"):
                    source = f"[{_kept(self.children(child))}]"
            elif source == "none":
                with self.in_face("kai"):
                    short = "true" if len(child.astext()) <= _LINE else "false"
                    with self.seeking_terms(child):
                        body = f"{anchor}{self.anchors(child)}{self.children(child)}"
                    texts.append(f"(text: [{body}], short: {short})")
                    anchor = ""
            else:
                with self.in_face("body"):
                    notes.append(f"[{self.children(child)}]")
        texts = texts or ["(text: [], short: true)"]
        return f"\n#excerpt({number}, {array(texts)}, source: {source}, notes: {array(notes)})\n{self.spring()}"

    def _excerpt_number(self, source: nodes.Element) -> str:
        """Take the number out of the source line: on paper it stands at the excerpt's head. 摘录, 2-12."""
        node = next((n for n in source.findall(nodes.inline) if "excerpt-number" in n.get("classes", [])), None)
        if node is None:
            return "none"
        node.parent.remove(node)
        with self.in_face("hei"):
            name = node.astext().rstrip("0123456789-.")
            return f"([{self.text(name)}], [{self.text(node.astext()[len(name) :])}])"

    def _is_excerpt(self, node: nodes.Element) -> bool:
        name = self.config.excerpt_class
        return type(node).__name__ == name or name in node.get("classes", [])

    def on_attribution(self, node: nodes.Element) -> str:
        return f"#align(right)[——{self.children(node)}]\n"

    # Lists --------------------------------------------------------------------------------------------------------

    def _items(self, node: nodes.Element) -> list[str]:
        return [self._item(item) for item in node.children if isinstance(item, nodes.Element)]

    def _item(self, item: nodes.Element) -> str:
        body = f"{self.anchors(item)}{self.children(item).strip()}"
        if self.answering and isinstance(item.parent, nodes.enumerated_list):
            body = f"#question(lines: {self.config.answer_lines})[{body}]"
        return f"[{body}]"

    def on_bullet_list(self, node: nodes.Element) -> str:
        return f"\n#list({', '.join(self._items(node))})\n"

    def on_enumerated_list(self, node: nodes.Element) -> str:
        pattern = _PATTERNS.get(node.get("enumtype", ""), "1")
        prefix, suffix = node.get("prefix", ""), node.get("suffix", ".") or "."
        start = f"start: {node['start']}, " if node.get("start") else ""
        self.note_ink("0123456789" + prefix + suffix)
        numbering = string(f"{prefix}{pattern}{suffix}")
        enum = f"enum({start}numbering: {numbering}, {', '.join(self._items(node))})"
        if self.config.references_class not in node.get("classes", []):
            return f"\n#{enum}\n"
        few = len(node.children) <= _FEW
        return f"\n#references(whole({enum}))\n" if few else f"\n#references({enum})\n"

    def on_definition_list(self, node: nodes.Element) -> str:
        return self.children(node)

    on_glossary = on_definition_list_item = on_definition_list

    def on_term(self, node: nodes.Element) -> str:
        return self._rubric(node)

    def on_definition(self, node: nodes.Element) -> str:
        return f"#pad(left: 2em)[{self.children(node)}]\n"

    def on_field_list(self, node: nodes.Element) -> str:
        rows = []
        for item in node.children:
            if isinstance(item, nodes.field):
                with self.in_face("hei"):
                    name = "".join(self.render(child) for child in item.children[0].children)
                value = "".join(self.render(child) for child in item.children[1].children).strip()
                rows.append(f"([{name}], [{value}])")
        return f"\n#facts({array(rows)})\n"

    on_option_list = on_docinfo = on_definition_list

    def on_line_block(self, node: nodes.Element) -> str:
        return "#linebreak();".join(self.render(child) for child in node.children) + "\n\n"

    def on_line(self, node: nodes.Element) -> str:
        return self.children(node)

    def on_literal_block(self, node: nodes.Element) -> str:
        self.note_ink(node.astext(), "mono")
        return f"\n#raw(block: true, {string(node.astext())})\n"

    on_doctest_block = on_math_block = on_literal_block

    def on_transition(self, node: nodes.Element) -> str:
        return "\n#align(center, line(length: 30%, stroke: 0.5pt))\n"

    # Boxes and figures --------------------------------------------------------------------------------------------

    def on_Admonition(self, node: nodes.Element) -> str:  # noqa: N802
        title = "none"
        content = list(node.children)
        if content and isinstance(head := content[0], nodes.title):
            with self.in_face("hei"):
                title, content = f"[{self.children(head)}]", content[1:]
        elif word := _ADMONITIONS.get(type(node).__name__, ""):
            self.note_ink(word, "hei")
            title = f"[{word}]"
        anchor = self.anchors(node)
        body = "".join(self.render(child) for child in content)
        return f"\n#admonition({title})[{anchor}{body}]\n"

    on_topic = on_sidebar = on_Admonition

    def on_versionmodified(self, node: nodes.Element) -> str:
        return self.children(node)

    def on_figure(self, node: nodes.Element) -> str:
        caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
        body = "".join(self.render(child) for child in node.children if not isinstance(child, nodes.caption))
        told = ""
        if caption is not None:
            with self.in_face("hei"):
                told = f", caption: figure.caption(position: bottom)[{self.children(caption)}]"
        return f"\n#figure([{self.anchors(node)}{body}]{told})\n"

    def on_legend(self, node: nodes.Element) -> str:
        return f"#quiet[{self.children(node)}]\n"

    def on_caption(self, node: nodes.Element) -> str:
        return self._rubric(node)


def _kept(source: str) -> str:
    """A source with its place after the title of the speech on one line: 第二部分（一）第二点 is not broken."""
    head, mark, place = source.rpartition("》")
    return f"{head}{mark}#box[{place}];" if mark and 0 < len(place) < _LINE else source
