"""What is told to editors: always in Chinese, with the place, what is wrong, and what to do."""

from __future__ import annotations

from sphinx.errors import SphinxError
from sphinx.util import logging

_logger = logging.getLogger("zhprint")


class PrintError(SphinxError):
    """The book cannot be printed as it is."""

    category = "排印不能进行"


def warn(subtype: str, message: str, location: str = "") -> None:
    """A warning of type ``zhprint``; subtypes: font, node, layout."""
    _logger.warning("%s", message, type="zhprint", subtype=subtype, location=location or None)


def tell(message: str) -> None:
    """A line on the screen."""
    _logger.info("%s", message)
