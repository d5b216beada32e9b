"""One function that warns: type ``permalink``, subtypes heading, anchor, collision, redirect, published, unpublished, file."""

from __future__ import annotations

from typing import Literal

from sphinx.util import logging

_logger = logging.getLogger(__name__)

Subtype = Literal["heading", "anchor", "collision", "redirect", "published", "unpublished", "file"]


def warn(subtype: Subtype, message: str, location: str | None = None) -> None:
    """Log a warning that can be suppressed as ``permalink.<subtype>``."""
    _logger.warning(message, type="permalink", subtype=subtype, location=location)


def note(message: str) -> None:
    """Said once in a build that is not told to be quiet; no fault of anybody's."""
    _logger.info(message)
