"""When a build is checked: once, after Sphinx has numbered its sections, in every build."""

from __future__ import annotations

import hashlib

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from ..core.review.finding import told
from ..diagnostics import warn
from ..domain import speech_domain
from .checked import checked, keep
from .checking import announce, check


def register(app: Sphinx) -> None:
    """Connect the handlers."""
    # Emitted in every build, also in one that has nothing to read; Sphinx numbers its sections in it, at 500.
    app.connect("env-get-updated", _check, priority=800)
    app.connect("missing-reference", _words_without_page)
    app.connect("config-inited", _offer_fingerprint)


def _check(app: Sphinx, env: BuildEnvironment) -> list[str]:
    keep(env, check(app))
    outcome = checked(env)
    warn(env, told([*outcome.findings, *(finding for item in outcome.reviewed for finding in item.findings)]))
    announce(outcome)
    return []


def _words_without_page(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.TextElement | None:
    """A speech without a page is named without a link; a wrong id was told by this build's check."""
    return contnode if node.get("refdomain") == "speech" else None


def _offer_fingerprint(app: Sphinx, _config: Config) -> None:
    """Where zhprint prints, each PDF says which text it is of: 付印前核对 knows then whether it is this book."""
    if "zhprint-fingerprint" in app.events.events:
        app.connect("zhprint-fingerprint", fingerprint)


def fingerprint(app: Sphinx) -> str:
    """Which text this build is of: all that the documents say, every quotation, every speech and record."""
    from ..core.prose.reading import digest  # imported here: a build that prints nothing needs none
    from ..core.report.report import report_data
    from ..core.report.stamp import archive_digest, text_digest

    outcome = checked(app.env)
    report = report_data(outcome.reviewed, (), outcome.archive, outcome.numbers)
    reading = digest(speech_domain(app.env).reading)
    return hashlib.sha256(f"{reading} {text_digest(report)} {archive_digest(outcome.archive)}".encode()).hexdigest()
