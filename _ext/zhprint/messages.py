"""What is told to editors: always in Chinese, with the place, what is wrong, and what to do."""

from __future__ import annotations

from sphinx.util import logging

_logger = logging.getLogger("zhprint")


class PrintError(Exception):
    """The book cannot be printed as it is; the message says why and what to do."""


def warn(subtype: str, message: str, location: str = "") -> None:
    """A warning of type ``zhprint``; subtypes: font, node, layout; and print, of the error that stops the book."""
    _logger.warning("%s", message, type="zhprint", subtype=subtype, location=location or None)


def fail(message: str) -> None:
    """What stopped the book."""
    _logger.error("排印不能进行：%s", message, type="zhprint", subtype="print")


def tell(message: str) -> None:
    """A line on the screen."""
    _logger.info("%s", message)
