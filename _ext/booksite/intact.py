"""What an earlier run left is used again only when it is as that run wrote it; anything else is made anew.

A run that was killed, a disk that was full, a page that somebody saved over: Sphinx goes by dates alone and would keep them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from zh.files import write_atomically

SUMS = ".intact.json"
"""File name → digest, in each of the two folders."""

_DOCTREES = "*.doctree"
_PAGES = "*.html"


def digests(folder: Path, pattern: str) -> dict[str, str]:
    """Name relative to ``folder`` → digest of what is there now."""
    return {
        path.relative_to(folder).as_posix(): blake2b(path.read_bytes(), digest_size=16).hexdigest()
        for path in sorted(folder.rglob(pattern))
        if path.is_file()
    }


def discard_changed(folder: Path, pattern: str) -> None:
    """Delete what is not as it was recorded; Sphinx then makes it anew."""
    known = _recorded(folder)
    for name, digest in digests(folder, pattern).items():
        if known.get(name) != digest:
            with contextlib.suppress(OSError):
                (folder / name).unlink()


def record(folder: Path, pattern: str) -> None:
    """Write down what is there now. Where that fails, the next run makes everything anew."""
    now = digests(folder, pattern)
    if now != _recorded(folder):
        with contextlib.suppress(OSError):
            write_atomically(folder / SUMS, json.dumps(now, ensure_ascii=False, indent=0, sort_keys=True) + "\n")


def _recorded(folder: Path) -> dict[str, object]:
    try:
        known = json.loads((folder / SUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _of_pages(app: Sphinx, do: Callable[[Path, str], None]) -> None:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        do(Path(app.outdir), _PAGES)


def _before(app: Sphinx) -> None:
    discard_changed(Path(app.doctreedir), _DOCTREES)
    _of_pages(app, discard_changed)


def _read(app: Sphinx, _env: BuildEnvironment) -> None:
    record(Path(app.doctreedir), _DOCTREES)


def _finished(app: Sphinx, exception: Exception | None) -> None:
    if exception is None:
        _of_pages(app, record)


def register(app: Sphinx) -> None:
    """Handlers. Recording comes after everybody else's."""
    app.connect("builder-inited", _before, priority=0)
    app.connect("env-updated", _read, priority=1000)
    app.connect("build-finished", _finished, priority=1000)
