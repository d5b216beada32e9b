"""What is told to editors: always in Chinese, with the place, what is wrong, and what to do."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util import logging

_logger = logging.getLogger("zhprint")

Place = nodes.Node | str
"""Where something stands: a node, whose file and line are told, or a name."""


class PrintError(Exception):
    """The book cannot be printed as it is; the message says why and what to do."""


def place_of(place: Place) -> str:
    """chapters/one.md:12, as seen from the folder that the builder runs in; or the name as it is."""
    if isinstance(place, str):
        return place
    node = lined(place)
    given: nodes.Node | None = node
    while given is not None and not given.source:
        given = given.parent
    if given is None or given.source is None:
        return ""
    source = Path(given.source).absolute()
    shown = source.relative_to(Path.cwd()) if source.is_relative_to(Path.cwd()) else source
    return f"{shown}:{node.line}" if node.line else f"{shown}:"


def lined(node: nodes.Node) -> nodes.Node:
    """The node, or the nearest around it, that knows its line."""
    at: nodes.Node | None = node
    while at is not None and at.line is None:
        at = at.parent
    return at if at is not None else node


def warn(subtype: str, message: str, place: Place = "") -> None:
    """A warning of type ``zhprint``; subtypes: font, node, layout, image, math; and print, of the error that stops the book."""
    at = place_of(place)
    # Sphinx would take a name without a colon for that of a document, and add a suffix to it.
    told, location = (message, at) if ":" in at else (f"{at}：{message}" if at else message, None)
    _logger.warning("%s", told, type="zhprint", subtype=subtype, location=location)


def fail(message: str) -> None:
    """What stopped the book."""
    _logger.error("排印不能进行：%s", message, type="zhprint", subtype="print")


def tell(message: str) -> None:
    """A line on the screen."""
    _logger.info("%s", message)
