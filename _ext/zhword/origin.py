"""Where each paragraph of the Word file comes from: the file and line an editor must open, and the quotations in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Origin:
    """``claim``: id of the quotation that the paragraph is; ``spans``: id, start and end of what has an id in it."""

    paragraph: _Element
    path: str
    line: int
    claim: str
    spans: tuple[tuple[str, int, int], ...]


def path_of(node: nodes.Node | None, root: Path, otherwise: str) -> str:
    """The source file of a node, relative to the project's folder."""
    while node is not None and not node.source:
        node = node.parent
    given = Path(node.source) if node is not None and node.source else Path(otherwise)
    return given.relative_to(root).as_posix() if given.is_absolute() and given.is_relative_to(root) else otherwise


def line_of(node: nodes.Node | None) -> int:
    """The nearest line that is known, 0 for none. Cells of a Markdown table have its line: their row says more."""
    row: nodes.Node | None = None
    while node is not None and not node.line:
        node = node.parent
    if node is None or not node.line:
        return 0
    line = node.line
    while node is not None and not isinstance(node, nodes.table):
        row = node if isinstance(node, nodes.row) else row
        node = node.parent
    if not isinstance(node, nodes.table) or not isinstance(row, nodes.row) or node.line != line:
        return line
    rows = list(node.findall(nodes.row))
    at = rows.index(row)
    return line + (at + 1 if at else 0)
