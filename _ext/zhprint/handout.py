"""A handout's tables and references: of the book's tables only what leads to its chapter; what it leaves out is in the book."""

from __future__ import annotations

import re
from collections.abc import Set

from docutils import nodes

_OPEN = re.compile(r"[（(][^（()）]*\Z")


def point_to_the_book(doctree: nodes.document, elsewhere: Set[str]) -> None:
    """After each reference into documents that the whole book prints and this handout does not: look in the book."""
    for reference in list(doctree.findall(nodes.reference)):
        if elsewhere and reference.get("internal") and leads_to(reference) in elsewhere:
            told = "，见全书" if in_brackets(reference) else "（见全书）"
            reference.parent.insert(reference.parent.index(reference) + 1, nodes.Text(told))


def leads_to(reference: nodes.Element) -> str:
    """The document that an internal reference leads to, by the printer's own addresses."""
    return str(reference.get("refuri", "")).removeprefix("%").partition("#")[0]


def in_brackets(node: nodes.Element) -> bool:
    """Whether a bracket before a node is still open in its parent."""
    siblings = node.parent.children[: node.parent.index(node)]
    return _OPEN.search("".join(sibling.astext() for sibling in siblings)) is not None


def cut_tables(doctree: nodes.document, docnames: set[str]) -> None:
    """Drop rows without a reference into ``docnames``, tables without rows, and what is said of the whole."""
    for table in list(doctree.findall(nodes.table)):
        kept = 0
        for body in table.findall(nodes.tbody):
            for row in list(body.children):
                if number := _leading(row, docnames):
                    kept += number
                else:
                    body.remove(row)
        place = table.parent.index(table)
        if kept:
            told = f"本章{kept}条。"
            table.parent.insert(place, nodes.paragraph(told, told, classes=["of-every-part"]))
        else:
            table.parent.remove(table)
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if isinstance(paragraph.parent, nodes.section):
            _cut_paragraph(paragraph, docnames)


def _cut_paragraph(paragraph: nodes.paragraph, docnames: set[str]) -> None:
    """What is said of the whole book is not true of a part; of a list of numbers those of the chapter are left."""
    mine = [
        node for node in paragraph.findall(nodes.reference) if _leading(nodes.inline("", "", node.deepcopy()), docnames)
    ]
    if "in-brief" in paragraph["classes"] and mine:
        shown: list[nodes.Node] = [paragraph.children[0]]
        for at, reference in enumerate(mine):
            shown += [nodes.Text("、")] * bool(at) + [reference]
        paragraph.children = [*shown, nodes.Text("。")]
    elif "of-every-part" not in paragraph["classes"]:
        paragraph.parent.remove(paragraph)


def _leading(node: nodes.Node, docnames: set[str]) -> int:
    """How many references lead into these documents."""
    return sum(
        leads_to(reference) in docnames for reference in node.findall(nodes.reference) if reference.get("internal")
    )
