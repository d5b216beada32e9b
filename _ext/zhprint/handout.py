"""A handout's tables: of the book's tables, and what is said of them, only what leads to its chapter."""

from __future__ import annotations

from docutils import nodes


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
        reference.get("refuri", "").removeprefix("%").partition("#")[0] in docnames
        for reference in node.findall(nodes.reference)
        if reference.get("internal")
    )
