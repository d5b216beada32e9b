"""What a build finds in the reading text of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import Sphinx

from zh.encoding import UnreadableError
from zh.words import read_words

from ..config import terms_path
from ..core.prose.notice import Notice
from ..core.review.finding import Finding, Subtype
from ..core.source.archive import Archive
from ..diagnostics import notice
from ..domain import SpeechDomain
from .configured import CONF, as_page, configured
from .kept import Told, basis_of, page_key, read_kept, write_kept

if TYPE_CHECKING:
    from ..core.prose.reading import ReadingText

_LONGEST_TERM = 12
"""Characters. What is longer is no term: in terms.txt it would excuse a sentence that nobody verified."""


def prose_findings(app: Sphinx, domain: SpeechDomain, archive: Archive) -> Iterator[Finding]:
    """Every finding on the pages; what is only worth a look is told as a notice."""
    env, path = app.env, terms_path(app)
    try:
        terms = read_words(path)
    except UnreadableError as error:
        terms = ()
        yield Finding(Subtype.ENCODING, f"{error.what}。\n  怎么办：{error.how}", path.name, error.line)
    yield from _long_terms(terms, path)
    folder = str(env.config.speeches_archive)
    file, basis = Path(app.doctreedir) / "speeches-prose.json", basis_of(archive, terms, folder)
    before, now = read_kept(file, basis), dict[str, tuple[Told, ...]]()
    judge = None
    for docpath, said, reading in _pages(app, domain):
        key = page_key(docpath, said)
        if key not in before and judge is None:
            from .pages import Judge  # imported here: its patterns are compiled only where a page changed

            judge = Judge.of(archive, terms, folder)
        now[key] = before[key] if judge is None or key in before else tuple(judge.told(docpath, reading()))
        for told in now[key]:
            if isinstance(told, Notice):
                notice(f"{told.path}:{told.line}：{told.message}")
            else:
                yield told
    if now != before:
        write_kept(file, basis, now)


def _pages(app: Sphinx, domain: SpeechDomain) -> Iterator[tuple[str, bytes, Callable[[], ReadingText]]]:
    """Of every page its path, all that it says in bytes, and its reading text, which seldom is asked for."""
    for docname, packed in domain.packed_readings.items():
        yield str(app.env.doc2path(docname, base=False)), packed, partial(domain.reading_of, docname)
    values = configured(app.config, Path(app.confdir))
    yield CONF, repr(values).encode(), partial(as_page, values)


def _long_terms(terms: Iterable[str], path: Path) -> Iterator[Finding]:
    for term in terms:
        if len(term) > _LONGEST_TERM:
            message = (
                f"“{term}”不像一个词，超过{_LONGEST_TERM}个字；列在这里，书上写了它就不再核对。\n"
                "  怎么办：请从这个文件里删去；引自讲话的写成 {quote}，是俗语的写成 {saying}。"
            )
            yield Finding(Subtype.UNSOURCED, message, path.name, _line_of(term, path))


def _line_of(term: str, path: Path) -> int:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.split()[:1] == [term])
