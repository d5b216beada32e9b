"""Gathers the text of pages while they are written, and the rest from the last build's script."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging

from zh.encoding import UnreadableError
from zh.order import reading_order
from zh.words import read_words

from .config import SearchConfig, list_path
from .data import FILE, Lists, Page, fingerprint, read, write
from .passages import passages_of
from .terms import page_and_anchor, terms_of
from .words import read_synonyms

_logger = logging.getLogger(__name__)
_Item = TypeVar("_Item")


class Gatherer:
    """Lives as long as one build. Text is taken from resolved doctrees, because only there references have their
    titles, ``only`` is decided and tables made by transforms exist: from what is read, and not more, a page is written.
    """

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.config = SearchConfig.of(app.config)
        self.pages: dict[str, Page] = {}

    @property
    def path(self) -> Path:
        """Where the script stands."""
        return Path(self.app.outdir) / "_static" / FILE

    def note(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: keep the text of a page that is about to be written.

        Where the whole project is one page, it holds the others' documents in nodes of their own.
        """
        for part in doctree.findall(addnodes.start_of_file):
            self._keep(part["docname"], part)
        self._keep(docname, doctree)

    def _keep(self, docname: str, part: nodes.Element) -> None:
        metadata = self.app.env.metadata[docname]
        if "no-search" in metadata or "nosearch" in metadata:
            self.pages[docname] = self._page(docname, None)
        else:
            self.pages[docname] = self._page(docname, part)

    def finish(self) -> None:
        """Write the script, unless nothing that it holds can have changed."""
        lists = self._lists()
        before = read(self.path, fingerprint(self.config, lists))
        docnames = _in_order(self.app)
        if not self.pages and list(before) == docnames:
            return
        for docname in docnames:
            if docname not in self.pages and docname not in before:
                # Resolving sends doctree-resolved, and so comes back to ``note``.
                self.app.env.get_and_resolve_doctree(docname, self.app.builder, tags=self.app.tags)
        pages = [self.pages.get(docname) or before[docname] for docname in docnames]
        write(self.path, pages, self.config, lists)
        self.pages.clear()

    def finish_single(self, _app: Sphinx, exception: Exception | None) -> None:
        """The same for one page: it was written whole, and holds what the tables of contents lead to."""
        if exception is None:
            pages = [self.pages[docname] for docname in _in_order(self.app) if docname in self.pages]
            write(self.path, pages, self.config, self._lists())

    def _lists(self) -> Lists:
        words = _read(read_words, list_path(self.app, "words"))
        synonyms = _read(read_synonyms, list_path(self.app, "synonyms"))
        return Lists(words, synonyms, terms_of(self.app))

    def _page(self, docname: str, doctree: nodes.Element | None) -> Page:
        rules = enumerate(self.config.groups)
        node_groups = {rule[1:]: number for number, (_, rule) in rules if rule.startswith(".")}
        passages = passages_of(doctree, self.config.excluded, node_groups) if doctree is not None else []
        title = self.app.env.titles.get(docname)
        name = (passages[0].heading if passages else "") or (title.astext() if title is not None else docname)
        url, top = page_and_anchor(self.app, self.app.builder.get_target_uri(docname))
        if passages and docname != self.app.config.root_doc:
            passages[0].anchor = passages[0].anchor or top
        return Page.of(docname, url, name, self._group(docname), passages)

    def _group(self, docname: str) -> int:
        for number, (_, rule) in enumerate(self.config.groups):
            if not rule.startswith(".") and any(fnmatchcase(docname, pattern) for pattern in rule.split()):
                return number
        return len(self.config.groups)


def _read(reader: Callable[[Path], tuple[_Item, ...]], path: Path | None) -> tuple[_Item, ...]:
    """What a file of the editor's holds; nothing, and a warning, where it cannot be read."""
    if path is None:
        return ()
    try:
        return reader(path)
    except UnreadableError as error:
        _logger.warning(str(error), type="zhsearch", subtype="words", location=f"{path.name}:{error.line}")
        return ()


def _in_order(app: Sphinx) -> list[str]:
    """Documents as the tables of contents lead to them, then the others by name. Equal scores keep this order."""
    led_to = [d for d in reading_order(app.config.root_doc, app.env.toctree_includes) if d in app.env.all_docs]
    return [*led_to, *sorted(app.env.all_docs.keys() - set(led_to))]
