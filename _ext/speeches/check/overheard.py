"""What Sphinx, docutils and MyST tell of a build: words that were dropped, or are printed otherwise than they were meant.

They tell it of a page while it is read and resolved, and never again: a page that was warned about is read anew in every
build until nothing is told of it, so that the strict check does not pass the second time it is asked.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import get_source_line

from zh.files import write_atomically

from ..core.review.finding import Finding, Subtype

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TOLD_IN_EVERY_BUILD = frozenset({"speech", "permalink"})
"""Types of warnings that are counted where they are made."""
_HARMLESS = frozenset({"myst.xref_ambiguous"})
"""What changes nothing that is printed: a reference fits two kinds of targets at one place."""
_KEPT = "speeches-warned.json"
_ATTRIBUTE = "_speeches_overheard"


class _Overhearing(logging.Handler):
    """Beside Sphinx's own handler, which conf.py can silence (``suppress_warnings``)."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app = app
        self.findings: dict[Finding, str] = {}  # with the page, "" where it is of none

    def emit(self, record: logging.LogRecord) -> None:
        kind, subtype = getattr(record, "type", "") or "", getattr(record, "subtype", "") or ""
        if kind in _TOLD_IN_EVERY_BUILD or f"{kind}.{subtype}" in _HARMLESS:
            return
        path, line = _location(getattr(record, "location", None), self.app)
        message = _in_chinese(_words(record)[0])
        self.findings.setdefault(Finding(Subtype.BUILD, message, path, line), self._page(path))

    def _page(self, path: str) -> str:
        env: BuildEnvironment | None = getattr(self.app, "env", None)
        if env is None or not path:
            return ""
        taken_in = (docname for docname, files in env.dependencies.items() if path in map(str, files))
        return env.path2doc(Path(self.app.srcdir) / path) or next(taken_in, "")


class _InChinese(logging.Filter):
    """For Sphinx's own handler: the same words in every build, also in one of `handbook serve` or of Sphinx alone."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            words, kind = _words(record)
            record.msg, record.args = _in_chinese(words) + kind, ()
        return True


def _in_chinese(words: str) -> str:
    from ..core.report.english import in_chinese  # imported here: most builds are told nothing

    return in_chinese(words)


def _words(record: logging.LogRecord) -> tuple[str, str]:
    """What is said, and the type that Sphinx has put after it, or nothing yet."""
    text = logging.LogRecord.getMessage(record)  # Sphinx's own puts the location before it
    kind, subtype = getattr(record, "type", "") or "", getattr(record, "subtype", "") or ""
    shown = f" [{kind}.{subtype}]" if subtype else f" [{kind}]"
    return (text.removesuffix(shown), shown) if kind and text.endswith(shown) else (text, "")


def overheard(app: Sphinx) -> list[Finding]:
    """What was told so far in this build, each once, without what this check tells itself."""
    handler: _Overhearing = getattr(app, _ATTRIBUTE)
    return list(handler.findings)


def register(app: Sphinx) -> None:
    """Listen from now on; Sphinx takes every handler away when the next application begins."""
    handler = _Overhearing(app)
    setattr(app, _ATTRIBUTE, handler)
    logger = logging.getLogger("sphinx")
    for other in logger.handlers:
        other.addFilter(_InChinese())
    logger.addHandler(handler)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-before-read-docs", _expect_the_worst, priority=900)
    app.connect("build-finished", _keep)


def _read_again(app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> list[str]:
    return sorted(_warned(app) & env.found_docs)


def _expect_the_worst(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    """Until the build is done: one that is killed may have been told of any page that it read."""
    _write(app, _warned(app).union(docnames))


def _keep(app: Sphinx, exception: Exception | None) -> None:
    if exception is None:
        handler: _Overhearing = getattr(app, _ATTRIBUTE)
        _write(app, set(handler.findings.values()) - {""})


def _warned(app: Sphinx) -> set[str]:
    try:
        return set(map(str, json.loads((Path(app.doctreedir) / _KEPT).read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return set()


def _write(app: Sphinx, docnames: set[str]) -> None:
    if docnames != _warned(app):
        write_atomically(Path(app.doctreedir) / _KEPT, json.dumps(sorted(docnames), ensure_ascii=False))


def _location(location: object, app: Sphinx) -> tuple[str, int]:
    """File, relative to the handbook, and line (0 for none), of what Sphinx takes for a location."""
    line: object = 0
    if isinstance(location, tuple):
        location, line = location
    elif isinstance(location, nodes.Node):
        location, line = get_source_line(location)
    elif isinstance(location, str) and ":" in location:
        location, _, line = location.rpartition(":")
    path, root = str(location or "").partition(":<")[0], Path(app.srcdir)
    env = getattr(app, "env", None)
    if env is not None and path in env.found_docs:
        path = str(env.doc2path(path, base=False))
    elif path and Path(path).is_absolute() and Path(path).is_relative_to(root):
        path = Path(path).relative_to(root).as_posix()
    return path, int(str(line)) if str(line).isdecimal() else 0
