"""A style sheet without the rules that can match nothing on the site: pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

_IN_PAGE = re.compile(r"<([a-z][\w-]*)"), re.compile(r'class="([^"]*)"'), re.compile(r'id="([^"]*)"')
"""Elements, classes and ids, and data-id="…" with them. Each begins with letters: so it is looked for much faster."""
_WORD = re.compile(r"[\w-]+", re.ASCII)
_ASKED = re.compile(r"var\(\s*(--[\w-]+)")
_HOLDS_RULES = ("media", "supports", "layer", "container")
_ALWAYS = ("html", "body", "tbody", "colgroup")
"""Elements that a browser adds where a page leaves them out."""


def names_of(pages: Iterable[str], scripts: Iterable[str]) -> frozenset[str]:
    """What a selector may name: elements, classes and ids of the pages, and every word of a script, which may add it."""
    found = set(_ALWAYS)
    for page in pages:
        for pattern in _IN_PAGE:
            for given in set(pattern.findall(page)):
                found.update(given.split())
    for script in scripts:
        found.update(_WORD.findall(script))
    return frozenset(found)


def properties_of(sheets: Iterable[str]) -> frozenset[str]:
    """The custom properties that the sheets ask for."""
    return frozenset(name for sheet in sheets for name in _ASKED.findall(sheet))


def needed(sheet: str, names: frozenset[str], properties: frozenset[str]) -> str:
    """The sheet without rules that name an element, class or id that no page has, and without custom properties that no
    sheet asks for. Comments between rules stay: they hold the licence."""
    return _text(tinycss2.parse_stylesheet(sheet, skip_whitespace=True), names, properties)


def _text(nodes: Iterable[Node], names: frozenset[str], properties: frozenset[str]) -> str:
    kept = []
    for node in nodes:
        if isinstance(node, AtRule) and node.content is not None and node.lower_at_keyword in _HOLDS_RULES:
            head = f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}"
            body = _text(_inside(node.content), names, properties)
        elif isinstance(node, QualifiedRule):
            head = ",".join(tinycss2.serialize(one) for one in _selectors(node.prelude) if _may_match(one, names))
            body = "".join(part.serialize() + ";" for part in _inside(node.content) if _is_asked(part, properties))
        else:
            kept.append(node.serialize())
            continue
        if head and body:
            kept.append(f"{head}{{{body}}}")
    return "".join(kept)


def _inside(content: list[Node]) -> list[Node]:
    return list(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))


def _selectors(prelude: list[Node]) -> list[list[Node]]:
    """The selectors of a list, parted at its commas."""
    out: list[list[Node]] = [[]]
    for token in prelude:
        if token == ",":
            out.append([])
        else:
            out[-1].append(token)
    return out


def _may_match(selector: list[Node], names: frozenset[str]) -> bool:
    """Whether every name in it is known. What stands in brackets, as in ``:not(…)``, asks for nothing."""
    before: Node | None = None
    for token in selector:
        named = token.type == "hash" or (token.type == "ident" and before != ":")
        if named and token.value not in names:
            return False
        before = token
    return True


def _is_asked(part: Node, properties: frozenset[str]) -> bool:
    return not (isinstance(part, Declaration) and part.name.startswith("--") and part.name not in properties)
