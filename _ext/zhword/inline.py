"""Inline nodes: emphasis, references with page numbers, footnotes, editorial marks."""

from __future__ import annotations

import re

from docutils import nodes

from zhprint.handout import in_brackets, leads_to

from .elements import make, page_of, run, style_of
from .writer import WriterBase, classes_within

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class InlineMixin(WriterBase):
    """Everything that stands inside a line."""

    def on_inline(self, node: nodes.Element) -> None:
        self.anchor(node)
        with self.spanned(node), self.lettered("Corrected" if "corrected" in node.get("classes", []) else self.letters):
            self.children(node)

    def on_emphasis(self, node: nodes.Element) -> None:
        with self.lettered("Emphasis"):
            self.children(node)

    def on_strong(self, node: nodes.Element) -> None:
        with self.lettered("Strong"):
            self.children(node)

    def on_literal(self, node: nodes.Element) -> None:
        with self.lettered("CodeWords"):
            self.words(node.astext())

    on_math = on_literal

    def on_superscript(self, node: nodes.Element) -> None:
        with self.lettered("Superscript"):
            self.children(node)

    def on_subscript(self, node: nodes.Element) -> None:
        with self.lettered("Subscript"):
            self.children(node)

    def on_problematic(self, node: nodes.Element) -> None:
        self.children(node)

    on_PassthroughTextElement = on_pending_xref = on_problematic  # noqa: N815
    on_download_reference = on_inline

    def on_target(self, node: nodes.Element) -> None:
        if node.children:
            self.anchor(node)
            self.children(node)
        elif not node.get("refid"):
            self.anchor(node)

    def on_index(self, node: nodes.Element) -> None:
        if name := self.index.note(node):
            self.waiting.append(name)

    def on_image(self, node: nodes.Element) -> None:
        """A picture is put in when the package is made; until then its place says what it shows."""
        known = self.env.images.get(node.get("uri", ""))
        shown = run("")
        if self.paragraph is None:
            with self.block("Normal", node, make("spacing", line=240, lineRule="auto"), make("jc", val="center")):
                self.put(shown)
        else:
            self.put(shown)
        self.pictures.append((shown, node.get("uri", "") if known else "", node.get("alt", "")))

    # References ---------------------------------------------------------------------------------------------------

    def on_reference(self, node: nodes.Element) -> None:
        address = node.get("refuri", "")
        if not node.get("internal") and _SCHEME.match(address):
            self._outside(node, address)
            return
        self.anchor(node)
        label = self._label(node)
        if self.no_links or not label:
            self.children(node)
            return
        if self.paragraph is None:
            with self.block(self.style, node):
                self._inside_the_book(node, label)
        else:
            self._inside_the_book(node, label)

    on_number_reference = on_reference

    def _inside_the_book(self, node: nodes.Element, label: str) -> None:
        """摘录1-3（第12页）; inside brackets 摘录1-3，第12页; in a table that asks for it 摘录1-3 or 12页 alone."""
        classes = classes_within(node)
        name = self.name_of(label)
        link = make("hyperlink", anchor=name, history=1)
        page = page_of(name, *style_of("Hyperlink"))
        if "page-only" in classes:
            # The field leads there itself. Of a link that begins with a field LibreOffice saves the words in disorder.
            self.put(*page)
            self.words("页")
            return
        with self.within(link), self.lettered("Hyperlink"):
            self.children(node)
            if "no-page" not in classes:
                opening, closing = ("，第", "页") if in_brackets(node) else ("（第", "页）")
                self.words(opening)
                self.put(*page)
                self.words(closing)

    def _outside(self, node: nodes.Element, address: str) -> None:
        """A link that a click follows; on paper its address stands in a note, or in brackets in a table."""
        link = make("hyperlink", history=1)
        with self.within(link):
            self.children(node)
        self.addresses.append((link, address))
        plain = address.removeprefix("mailto:")
        if plain in node.astext() or node.astext() in address or self.no_links:
            return
        if self.in_table:
            self.words(f"（{plain}）")
        else:
            self._note([nodes.paragraph(plain, plain)])

    def _label(self, node: nodes.Element) -> str:
        if node.get("refid"):
            return self.book.label(self.docname, node["refid"])
        return self.book.label(leads_to(node), node.get("refuri", "").partition("#")[2])

    # Footnotes ----------------------------------------------------------------------------------------------------

    def on_footnote_reference(self, node: nodes.Element) -> None:
        key = (self.docname, node.get("refid", ""))
        note = self.footnotes.get(key)
        if note is None:
            self.children(node)
        elif key in self.noted:
            with self.lettered("FootnoteReference"):
                self.words(str(self.noted[key]))
        else:
            self.noted[key] = self._note([child for child in note.children if not isinstance(child, nodes.label)])

    def _note(self, content: list[nodes.Node]) -> int:
        """A footnote at the end of what is written so far; its number."""
        number = len(self.notes) + 1
        mark = [make("rStyle", val="FootnoteReference")]
        self.put(make("r", make("rPr", *mark), make("footnoteReference", id=number)))
        note = make("footnote", id=number)
        self.notes.append(note)
        with self.inside(note), self.styled("FootnoteText"):
            for child in content:
                self.render(child)
        first = next(iter(note), None)
        if first is not None:
            first.insert(1, make("r", make("rPr", make("rStyle", val="FootnoteReference")), make("footnoteRef")))
        return number

    def on_footnote(self, node: nodes.Element) -> None:
        """Printed where it is first referred to."""

    def collect_footnotes(self) -> None:
        """Notes are printed where they are first referred to, so all must be known before."""
        for docname, doctree in self.book.doctrees.items():
            for note in doctree.findall(nodes.footnote):
                for identifier in note["ids"]:
                    self.footnotes[docname, identifier] = note
