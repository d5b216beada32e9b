"""The labels of every page, as its own source gives them.

Sphinx keeps one place for each label: a label that stands on two pages belongs to the page read last, is told once, in
English, in serial builds alone, and is lost for both pages when one of them gives it up.
"""

from __future__ import annotations

from collections import defaultdict

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .domain import permalink_domain


def register(app: Sphinx) -> None:
    """Noted by document, and given back to Sphinx where it has lost them."""
    app.connect("env-before-read-docs", _forget)
    app.connect("doctree-read", _note, priority=900)
    app.connect("env-updated", _restore, priority=100)


def pages_of_labels(env: BuildEnvironment) -> dict[str, list[str]]:
    """Label → the pages that give it, sorted: more than one is a mistake."""
    found: dict[str, list[str]] = defaultdict(list)
    for docname, labels in sorted(permalink_domain(env).labels.items()):
        for name in labels:
            found[name].append(docname)
    return found


def _forget(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """All that are read again at once: else a label that went to an earlier page is called a duplicate."""
    for docname in docnames:
        env.domains.standard_domain.clear_doc(docname)


def _note(app: Sphinx, _document: nodes.document) -> None:
    """Sphinx has just noted this page's labels, over any other page's."""
    docname = app.env.current_document.docname
    permalink_domain(app.env).labels[docname] = {
        name: (anchor, title)
        for name, (page, anchor, title) in app.env.domains.standard_domain.labels.items()
        if page == docname
    }


def _restore(_app: Sphinx, env: BuildEnvironment) -> None:
    standard = env.domains.standard_domain
    for docname, labels in sorted(permalink_domain(env).labels.items()):
        for name, (anchor, title) in labels.items():
            if name not in standard.labels:
                standard.labels[name] = docname, anchor, title
                standard.anonlabels[name] = docname, anchor
