"""Configuration, and the one function that warns: type ``manuscript``."""

from __future__ import annotations

from typing import Literal

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util import logging

Subtype = Literal["substitution", "markup", "file", "link", "header", "document"]
CAN_BE_ALLOWED = ("raw", "html", "math", "eval-rst")

_logger = logging.getLogger(__name__)


def register(app: Sphinx) -> None:
    """Everything is read again when what is allowed changes."""
    app.add_config_value("manuscript_allows", [], "env", list, f"any of {', '.join(CAN_BE_ALLOWED)}: off by default")
    app.add_config_value("manuscript_sealed", [], "env", list, "folders of which nothing may be inserted into a page")
    app.connect("config-inited", _validate)


def warn(subtype: Subtype, message: str, location: str | tuple[str, int | None] | None = None) -> None:
    """A warning that can be suppressed as ``manuscript.<subtype>``; what it is about stays refused."""
    _logger.warning(message, type="manuscript", subtype=subtype, location=location)


def _validate(_app: Sphinx, config: Config) -> None:
    if wrong := [name for name in config.manuscript_allows if name not in CAN_BE_ALLOWED]:
        raise ConfigError(f"conf.py：manuscript_allows 里的 {wrong[0]!r} 不认识，只能是 {'、'.join(CAN_BE_ALLOWED)}。")
