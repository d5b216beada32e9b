"""The labels of every page, as its own source gives them.

Sphinx keeps one place for each label: a label that stands on two pages belongs to the page read last, is told once, in
English, in serial builds alone, and is lost for both pages when one of them gives it up.
"""

from __future__ import annotations

from collections import defaultdict

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Labels = dict[str, tuple[str, str]]
"""Name → anchor and title."""


def register(app: Sphinx) -> None:
    """Kept by document, and given back to Sphinx where it has lost them."""
    app.connect("env-before-read-docs", _forget)
    app.connect("doctree-read", _note, priority=900)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _restore, priority=100)


def labels_of(env: BuildEnvironment) -> dict[str, Labels]:
    """docname → its labels."""
    if not hasattr(env, "permalink_labels"):
        env.permalink_labels = {}  # type: ignore[attr-defined]
    return env.permalink_labels  # type: ignore[no-any-return,attr-defined]


def pages_of_labels(env: BuildEnvironment) -> dict[str, list[str]]:
    """Label → the pages that give it, sorted: more than one is a mistake."""
    found: dict[str, list[str]] = defaultdict(list)
    for docname, labels in sorted(labels_of(env).items()):
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
    labels_of(app.env)[docname] = {
        name: (anchor, title)
        for name, (page, anchor, title) in app.env.domains.standard_domain.labels.items()
        if page == docname
    }


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    labels_of(env).pop(docname, None)


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    theirs = labels_of(other)
    labels_of(env).update({docname: theirs[docname] for docname in docnames if docname in theirs})


def _restore(_app: Sphinx, env: BuildEnvironment) -> None:
    standard = env.domains.standard_domain
    for docname, labels in sorted(labels_of(env).items()):
        for name, (anchor, title) in labels.items():
            if name not in standard.labels:
                standard.labels[name] = docname, anchor, title
                standard.anonlabels[name] = docname, anchor
