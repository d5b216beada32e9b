"""Excerpts from archived speeches, verified against their sources at every build. ``setup`` only registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register configuration, nodes, parser, domain, roles, parts, builder and event handlers."""
    # Imported here, because the `handbook` command imports this package too and must not wait for Sphinx.
    from . import collector, config, look, nodes
    from .check import events, overheard
    from .domain import SpeechDomain
    from .read import anywhere, archive, directives, recording, roles, sources, speech_parser
    from .write import beside, builder, memory, paper, parts, tables

    app.setup_extension("manuscript")  # a chapter must not print what is withheld by other ways than excerpts
    app.add_domain(SpeechDomain)
    for part in (
        collector, config, nodes, archive, sources, speech_parser, directives, roles, tables, recording, parts, paper,
        builder, events, overheard, memory, beside, anywhere, look,
    ):  # fmt: skip
        part.register(app)
    return {
        "version": __version__,
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
