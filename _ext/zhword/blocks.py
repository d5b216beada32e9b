"""Block nodes: sections, paragraphs, excerpts, lists, figures."""

from __future__ import annotations

from docutils import nodes
from lxml.etree import _Element
from sphinx import addnodes

from zh.numerals import to_chinese
from zhprint.book import begins_a_page, children

from .elements import make
from .numbering import LEVELS
from .styles import DEEPEST
from .writer import WriterBase


class BlocksMixin(WriterBase):
    """Everything that is a line or more of its own."""

    def on_document(self, node: nodes.Element) -> None:
        self.children(node)

    on_compound = on_versionmodified = on_definition_list = on_definition_list_item = on_glossary = on_document
    on_option_list = on_docinfo = on_document

    def on_highlightlang(self, node: nodes.Element) -> None:
        """Says nothing; so do the other ones."""

    on_tabular_col_spec = on_comment = on_substitution_definition = on_system_message = on_meta = on_highlightlang
    on_label = on_colspec = on_highlightlang

    def on_raw(self, node: nodes.Element) -> None:
        """Written for other builders."""

    def on_section(self, node: nodes.Element) -> None:
        self.level += 1
        self.children(node)
        self.level -= 1

    def on_title(self, node: nodes.Element) -> None:
        section = node.parent
        if not isinstance(section, nodes.section):
            self.on_rubric(node)
            return
        self.anchor(section)
        number = self._number(node)
        turned = [make("pageBreakBefore")] if begins_a_page(section) else []
        label = self.book.label(self.docname, section["ids"][0]) if section["ids"] else ""
        with self.block(self._heading_style(node), node, *turned):
            self.no_links = True
            self.words(number)
            self.children(node)
            self.no_links = False
        unlisted = self._heading_style(node) == "HeadingUnlisted"
        self.headings.append((0 if unlisted else self.level, label, number + node.astext()))

    def _heading_style(self, title: nodes.Element) -> str:
        """Of what stands in every chapter, and before the first, 目录 lists the chapters' titles alone."""
        level = min(self.level, DEEPEST)
        part = next((p for p in self.book.parts if p.docname == self.docname), None)
        unlisted = title.astext() in self.book.common or (part is not None and part.matter == "front")
        return "HeadingUnlisted" if level == 2 and unlisted else f"Heading{level}"

    def _number(self, title: nodes.Element) -> str:
        """第二章　 before a chapter, 三、 before a section of it that other chapters do not have too."""
        part = next((p for p in self.book.parts if p.docname == self.docname and p.number), None)
        if self.level == 1:
            self.sections = 0
            return f"第{to_chinese(part.number)}章　" if part else ""
        if self.level > 2 or not part or title.astext() in self.book.common:
            return ""
        self.sections += 1
        return f"{to_chinese(self.sections)}、"

    def on_rubric(self, node: nodes.Element) -> None:
        with self.block("Label", node):
            self.children(node)

    on_subtitle = on_term = on_rubric

    def on_paragraph(self, node: nodes.Element) -> None:
        classes: list[str] = node.get("classes", [])
        if not node.astext().strip() and not list(node.findall(nodes.image)):
            self.anchor(node)
            return
        style, properties = self.style, self._counted()
        if any(name.endswith("caption") for name in classes):
            style = "Caption"
        elif "in-brief" in classes:
            style = "Brief"
        elif style == "BodyText" and self._leads_in(node):
            style = "LeadIn"
        with self.block("ListParagraph" if properties and style == "BodyText" else style, node, *properties):
            self.children(node)

    def _leads_in(self, node: nodes.Element) -> bool:
        """A paragraph that ends in a colon stays with the quotation or the list after it."""
        after = node.parent.children[node.parent.index(node) + 1 :]
        following = next(
            (child for child in after if not isinstance(child, (nodes.target, nodes.comment, addnodes.index))), None
        )
        listed = isinstance(following, (nodes.block_quote, nodes.bullet_list, nodes.enumerated_list))
        return listed and node.astext().rstrip().endswith(("：", ":"))

    def on_toctree(self, node: nodes.Element) -> None:
        """Documents below this one are printed here, one level down."""
        assert isinstance(node, addnodes.toctree)
        before = self.docname
        for docname in children(node, self.env, self.config):
            if docname in self.book.doctrees:
                self.docname = docname
                self.children(self.book.doctrees[docname])
        self.docname = before

    # Quotations ---------------------------------------------------------------------------------------------------

    def on_block_quote(self, node: nodes.Element) -> None:
        name = self.config.excerpt_class
        if type(node).__name__ != name and name not in node.get("classes", []):
            self.anchor(node)
            with self.styled("Quote"):
                self.children(node)
            return
        parts = [child for child in node.children if isinstance(child, nodes.Element)]
        source = next((part for part in parts if self.config.source_class in part.get("classes", [])), None)
        self.anchor(node)
        before, self.claim = self.claim, (node.get("ids") or [""])[0]
        if source is not None:
            self._excerpt_number(source)
        seen = False
        for part in parts:
            seen = seen or part is source
            style = "ExcerptSource" if part is source else "EditorNote" if seen else "Excerpt"
            with self.block(style, part):
                self.children(part)
        self.claim = before

    def _excerpt_number(self, source: nodes.Element) -> None:
        """Take the number out of the source line: on paper it stands at the excerpt's head."""
        number = next((n for n in source.findall(nodes.inline) if "excerpt-number" in n.get("classes", [])), None)
        if number is not None:
            number.parent.remove(number)
            with self.block("ExcerptNumber", source):
                self.words(number.astext())

    def on_attribution(self, node: nodes.Element) -> None:
        with self.block("Quote", node, make("jc", val="right")):
            self.words("——")
            self.children(node)

    # Lists --------------------------------------------------------------------------------------------------------

    def _counted(self) -> list[_Element]:
        """The number of the list item that this paragraph begins, or the indent of one that goes on."""
        if self.depth < 0 or self.item is None:
            return []
        number, depth = self.item
        self.item = (0, depth)
        if not number:
            size = self.config.area.size
            return [make("ind", left=round((2.8 + 1.5 * depth) * size * 20), firstLine=0)]
        return [make("numPr", make("ilvl", val=depth), make("numId", val=number))]

    def _list(self, node: nodes.Element, number: int) -> None:
        self.anchor(node)
        before = self.item, self.style
        if "citations" in node.get("classes", []) or self.config.references_class in node.get("classes", []):
            self.style = "Reference"
        for item in node.children:
            if isinstance(item, nodes.Element):
                self.anchor(item)
                self.item = (number, self.depth)
                self.children(item)
        self.item, self.style = before

    def on_bullet_list(self, node: nodes.Element) -> None:
        self.depth = min(self.depth + 1, LEVELS - 1)
        self._list(node, self.numbering.bullet())
        self.depth -= 1

    def on_enumerated_list(self, node: nodes.Element) -> None:
        self.depth = min(self.depth + 1, LEVELS - 1)
        kind, prefix, suffix = node.get("enumtype", "arabic"), node.get("prefix", ""), node.get("suffix") or "."
        self._list(node, self.numbering.counted(kind, prefix, suffix, int(node.get("start", 1)), self.depth))
        self.depth -= 1

    def on_list_item(self, node: nodes.Element) -> None:
        self.children(node)

    def on_definition(self, node: nodes.Element) -> None:
        with self.styled("Quote" if self.style == "BodyText" else self.style):
            self.children(node)

    def on_field_list(self, node: nodes.Element) -> None:
        for field in node.children:
            if isinstance(field, nodes.field):
                name, body = field.children[0], field.children[1]
                assert isinstance(name, nodes.Element) and isinstance(body, nodes.Element)
                with self.block("Label", name):
                    self.children(name)
                self.children(body)

    def on_line_block(self, node: nodes.Element) -> None:
        with self.block(self.style, node):
            for number, line in enumerate(node.findall(nodes.line)):
                if number:
                    self.put(make("r", make("br")))
                self.children(line)

    def on_literal_block(self, node: nodes.Element) -> None:
        with self.block("Code", node):
            self.words(node.astext())

    on_doctest_block = on_math_block = on_literal_block

    def on_transition(self, node: nodes.Element) -> None:
        rule = make("pBdr", make("bottom", val="single", sz=4, space=1, color="000000"))
        self.into.append(make("p", make("pPr", make("pStyle", val="TableEnd"), rule)))

    # Figures ------------------------------------------------------------------------------------------------------

    def on_figure(self, node: nodes.Element) -> None:
        self.anchor(node)
        for child in node.children:
            if not isinstance(child, nodes.caption):
                self.render(child)
        for child in node.children:
            if isinstance(child, nodes.caption):
                self.render(child)

    def on_legend(self, node: nodes.Element) -> None:
        with self.styled("Brief"):
            self.children(node)

    def on_caption(self, node: nodes.Element) -> None:
        with self.block("Caption", node):
            self.children(node)
