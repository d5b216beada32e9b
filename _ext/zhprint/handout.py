"""A handout's tables: of the book's tables only the rows that lead to its chapter."""

from __future__ import annotations

from docutils import nodes


def cut_tables(doctree: nodes.document, docnames: set[str]) -> None:
    """Drop rows without a reference into ``docnames``, tables without rows, and what introduced them."""
    for table in list(doctree.findall(nodes.table)):
        kept = 0
        for body in table.findall(nodes.tbody):
            for row in list(body.children):
                if _leads_to(row, docnames):
                    kept += 1
                else:
                    body.remove(row)
        place = table.parent.index(table)
        before = table.parent[place - 1] if place else None
        if kept and isinstance(before, nodes.paragraph):
            # What was said of the whole book's table is not true of a part of it.
            table.parent[place - 1] = nodes.paragraph("", "", nodes.Text(f"本章{kept}条。"))
        elif not kept:
            if isinstance(before, nodes.paragraph):
                table.parent.remove(before)
            table.parent.remove(table)


def _leads_to(row: nodes.Node, docnames: set[str]) -> bool:
    return any(
        reference.get("refuri", "").removeprefix("%").partition("#")[0] in docnames
        for reference in row.findall(nodes.reference)
        if reference.get("internal")
    )
