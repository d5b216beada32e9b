"""A heading without an id of its own is a warning: Sphinx would call it ``id1``, and the next edition ``id2``."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .config import keeps_list
from .domain import Heading, permalink_domain
from .messages import warn
from .published import LABEL


def bare_headings(document: nodes.document) -> Iterator[Heading]:
    """Headings whose id is not given in the source, or is not lower-case ASCII. A program's own ids are its own affair."""
    for section in document.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is None or (section["ids"] and not section["names"]):
            continue
        explicit = [name for name in section["names"] if document.nametypes.get(name)]
        if not any(LABEL.match(name) for name in explicit):
            yield title.line or section.line or 1, title.astext(), explicit[0] if explicit else ""


def register(app: Sphinx) -> None:
    """Headings are kept by document, so that every build can tell of them."""
    app.connect("doctree-read", _note)
    app.connect("env-updated", _tell)


def _note(app: Sphinx, document: nodes.document) -> None:
    if found := list(bare_headings(document)):
        permalink_domain(app.env).headings[app.env.current_document.docname] = found


def _tell(app: Sphinx, env: BuildEnvironment) -> None:
    """Each one, where ids are meant to last."""
    if not keeps_list(app):
        return
    found = [(d, *heading) for d, headings in sorted(permalink_domain(env).headings.items()) for heading in headings]
    for docname, line, title, wrong in found:
        path = str(env.doc2path(docname, base=False))
        label, example = (
            (".. _章名-节名:", ".. _nengli-wenzi:") if path.endswith(".rst") else ("(章名-节名)=", "(nengli-wenzi)=")
        )
        what = f"的编号“{wrong}”不能用作永久编号" if wrong else "没有永久编号，别处引用它的链接会随次序变动"
        warn(
            "heading",
            f"标题“{title}”{what}。\n  怎么办：在标题上面加一行 {label}，"
            f"以小写英文字母开头，只用小写英文字母、数字和连字符，如 {example}。",
            f"{path}:{line}",
        )
