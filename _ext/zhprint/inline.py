"""Inline nodes: emphasis, references with page numbers, footnotes, editorial marks."""

from __future__ import annotations

import re

from docutils import nodes

from .escape import string
from .handout import in_brackets
from .writer import WriterBase

NARROW = 7.0
"""Characters of a column under which 摘录2-12 may be parted."""
_OPENING = tuple("“‘（《〈［【〔")
_NUMBERED = re.compile(r"(?<=摘)(?=录[0-9])|(?<=[\u4e00-\u9fff])(?=[0-9])")
_CLOSING = ("）", "》", "”", "’", "〕", "】")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class InlineMixin(WriterBase):
    """Everything that stands inside a line."""

    def on_inline(self, node: nodes.Element) -> str:
        classes: list[str] = node.get("classes", [])
        if self.config.quote_class in classes and not self.quoting:
            with self.quotation():
                return self.on_inline(node)
        if "editorial-mark" in classes:
            return self.anchors(node) + self._mark(node)
        return self._anchored(node)

    def _anchored(self, node: nodes.Element) -> str:
        """An anchor stands after an opening mark: before it, the mark and the one before could not be set close."""
        anchor, body = self.anchors(node), self.children(node)
        opening = body[:1] if body[:1] in _OPENING else ""
        return opening + anchor + body[len(opening) :]

    def on_emphasis(self, node: nodes.Element) -> str:
        with self.in_face("hei"):
            return f"#emph[{self.children(node)}];"

    def on_strong(self, node: nodes.Element) -> str:
        with self.in_face("hei"):
            return f"#strong[{self.children(node)}];"

    def on_superscript(self, node: nodes.Element) -> str:
        return f"#super[{self.children(node)}];"

    def on_subscript(self, node: nodes.Element) -> str:
        return f"#sub[{self.children(node)}];"

    def on_title_reference(self, node: nodes.Element) -> str:
        return self.on_emphasis(node)

    def on_abbreviation(self, node: nodes.Element) -> str:
        """What a page shows under the pointer stands in brackets, the first time."""
        told: str = node.get("explanation", "")
        key = (self.part_name, node.astext())
        if not told or key in self.explained:
            return self.children(node)
        self.explained.add(key)
        return f"{self.children(node)}{self.text(f'（{told}）')}"

    def on_manpage(self, node: nodes.Element) -> str:
        return self.children(node)

    on_generated = on_acronym = on_manpage

    def on_problematic(self, node: nodes.Element) -> str:
        return self.children(node)

    def on_PassthroughTextElement(self, node: nodes.Element) -> str:  # noqa: N802
        return self.children(node)

    def on_target(self, node: nodes.Element) -> str:
        if node.children:
            return self.anchors(node) + self.children(node)
        if not node.get("refid"):
            self.wait(node)
        return ""

    def on_index(self, node: nodes.Element) -> str:
        if node.get("inline", True) and isinstance(node.parent, nodes.TextElement):
            name = self.index.note(node)
            return f"#anchor({string(name)});" if name else ""
        if name := self.index.note(node):
            self.terms_of[name] = [piece.strip() for _, value, *_ in node["entries"] for piece in value.split(";")]
            self.waiting.append(name)
        return ""

    # References ---------------------------------------------------------------------------------------------------

    def on_reference(self, node: nodes.Element) -> str:
        body = self.children(node)
        if self.no_links:
            return body
        address = node.get("refuri", "")
        if not node.get("internal") and _SCHEME.match(address):
            shown = node.astext()
            link = f"#link({string(address)})[{body}];"
            plain = address.removeprefix("mailto:")
            return link if plain in shown or shown in address else link + self._address(plain)
        label = self.label_to(node)
        if not label:
            return self.anchors(node) + body
        # A mark that opens is set close to one before it only when it is not in the link.
        at = len(body) - len(body.lstrip("".join(_OPENING)))
        opening, body = body[:at], body[at:]
        link = body if 0 < self.room < NARROW else _together(body)
        return f"{self.anchors(node)}{opening}#xref({string(label)}{self._form(node)})[{link}];"

    def _address(self, address: str) -> str:
        return f"#footnote[{self.text(address)}];" if not self.in_table else f"（{self.text(address)}）"

    def _form(self, node: nodes.Element) -> str:
        """摘录1-3（第12页）, also after a mark that closes; inside brackets 摘录1-3，第12页; in a table that asks for it 摘录1-3 or 12页 alone."""
        if self.no_pages:
            return ', form: "no-page"'
        self.note_ink("（，第0123456789ivxlc页）")
        classes: set[str] = set()
        for inline in node.findall(nodes.inline):
            classes.update(inline.get("classes", []))
        for form in ("no-page", "page-only"):
            if form in classes:
                return f", form: {string(form)}"
        closed = node.astext().endswith(_CLOSING)
        if in_brackets(node):
            return ', form: "inside-closed"' if closed else ', form: "inside"'
        return ', form: "closed"' if closed else ""

    on_number_reference = on_reference
    on_download_reference = on_inline

    def on_pending_xref(self, node: nodes.Element) -> str:
        return self.children(node)

    # Footnotes ----------------------------------------------------------------------------------------------------

    def on_footnote_reference(self, node: nodes.Element) -> str:
        key = (self.docname, node.get("refid", ""))
        note = self.footnotes.get(key)
        if note is None:
            return self.text(node.astext())
        label = string(f"fn:{key[0]}:{key[1]}")
        if key in self.noted:
            return f"#footnote(label({label}));"
        self.noted.add(key)
        paragraphs = [child for child in note.children if not isinstance(child, nodes.label)]
        body = "#parbreak();".join(
            self.children(child) if isinstance(child, nodes.paragraph) else self.render(child) for child in paragraphs
        )
        return f"#[#footnote[{body}]#label({label})];"

    def on_footnote(self, node: nodes.Element) -> str:
        """Printed where it is referred to; one that nothing refers to, here."""
        return "" if node.get("backrefs") else self._labelled(node)

    def on_citation(self, node: nodes.Element) -> str:
        return self._labelled(node)

    def _labelled(self, node: nodes.Element) -> str:
        label = next((child.astext() for child in node.children if isinstance(child, nodes.label)), "")
        body = "".join(self.render(child) for child in node.children if not isinstance(child, nodes.label))
        return f"\n#labelled([{self.text(f'[{label}]')}])[{self.anchors(node)}{body}]\n"

    # Editorial marks ----------------------------------------------------------------------------------------------

    def _mark(self, node: nodes.Element) -> str:
        """As written; with ``marks = "table"`` the corrected text and a dot (see ``apply_marks``)."""
        dot = "#correction-dot;" if "corrected" in node["classes"] else ""
        return self.children(node) + dot


def _together(body: str) -> str:
    """摘录1-12 is not parted before its number."""
    return _NUMBERED.sub("\u2060", body)


def collect_footnotes(writer: WriterBase) -> None:
    """Notes are printed where they are first referred to, so all must be known before."""
    for docname, doctree in writer.book.doctrees.items():
        for note in doctree.findall(nodes.footnote):
            for identifier in note["ids"]:
                writer.footnotes[docname, identifier] = note


def apply_marks(doctree: nodes.document) -> None:
    """``marks = "table"``: 位臵〔置〕 → 位置, 在工作［中］ → 在工作中, 一【个】颗 → 一颗, each with a dot."""
    for mark in list(doctree.findall(nodes.inline)):
        classes: list[str] = mark.get("classes", [])
        if "editorial-mark" not in classes or not {"replaced", "supplied", "superfluous"} & set(classes):
            continue
        content = mark.astext()[1:-1]
        if "replaced" in classes:
            _cut_before(mark, len(content))
        elif "superfluous" in classes:
            content = ""
        mark.clear()
        mark += nodes.Text(content)
        mark["classes"] = [*classes, "corrected"]


def _cut_before(mark: nodes.Element, count: int) -> None:
    """Take the last ``count`` characters off the text before a mark."""
    place = mark.parent.index(mark) - 1
    while count and place >= 0:
        before = mark.parent[place]
        if not isinstance(before, nodes.Text):
            return
        text = before.astext()
        mark.parent[place] = nodes.Text(text[: max(0, len(text) - count)])
        count -= min(count, len(text))
        place -= 1
