"""Split the runs of a Word document where something begins or ends, keeping text and formatting as they are."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROPERTIES = qn("w:rPr")


@dataclass(frozen=True, slots=True)
class Edge:
    """``offset`` code points into the text of ``node``, a child of ``run``; no node: the edge of the run itself."""

    run: _Element
    node: _Element | None = None
    offset: int = 0


class Splitter:
    """All edges are noted before the first run is split: splitting moves what stands behind."""

    def __init__(self) -> None:
        self._wanted: dict[_Element, dict[_Element, set[int]]] = {}
        self._before: dict[tuple[_Element, int], _Element] = {}
        self._after: dict[tuple[_Element, int], _Element] = {}

    def note(self, edge: Edge) -> None:
        """Something begins or ends here."""
        if edge.node is not None:
            self._wanted.setdefault(edge.run, {}).setdefault(edge.node, set()).add(edge.offset)

    def split(self) -> None:
        """Split every run at its edges."""
        for run, wanted in self._wanted.items():
            groups: list[list[_Element]] = [[]]
            edges: list[tuple[_Element, int, int]] = []
            for child in [c for c in run if c.tag != _PROPERTIES]:
                text, last = child.text or "", 0
                offsets = sorted(wanted.get(child, ()))
                for offset in offsets:
                    if offset > last:
                        groups[-1].append(_part(child, text[last:offset]))
                    if groups[-1]:
                        groups.append([])
                    edges.append((child, offset, len(groups) - 1))
                    last = offset
                if not offsets:
                    groups[-1].append(child)
                elif last < len(text):
                    groups[-1].append(_part(child, text[last:]))
            if not groups[-1]:
                groups.pop()
            runs = _refill(run, groups)
            for child, offset, index in edges:
                self._before[child, offset] = runs[max(index - 1, 0)]
                self._after[child, offset] = runs[min(index, len(runs) - 1)]

    def run_after(self, edge: Edge) -> _Element:
        """The run that begins at an edge."""
        return edge.run if edge.node is None else self._after[edge.node, edge.offset]

    def run_before(self, edge: Edge) -> _Element:
        """The run that ends at an edge."""
        return edge.run if edge.node is None else self._before[edge.node, edge.offset]


def _part(child: _Element, text: str) -> _Element:
    part = deepcopy(child)
    part.tail = None
    part.text = text
    part.set(_SPACE, "preserve")
    return part


def _refill(run: _Element, groups: list[list[_Element]]) -> list[_Element]:
    """The run with the first group as its content, and twins of its formatting behind it with the others."""
    properties = run.find(_PROPERTIES)
    for child in [c for c in run if c.tag != _PROPERTIES]:
        run.remove(child)
    run.extend(groups[0])
    runs = [run]
    for group in groups[1:]:
        twin = OxmlElement("w:r", attrs={str(key): str(value) for key, value in run.attrib.items()})
        if properties is not None:
            twin.append(deepcopy(properties))
        twin.extend(group)
        runs[-1].addnext(twin)
        runs.append(twin)
    return runs
