"""The chapters as files: on bytes before anything is read, and read again when their bytes changed, not their time."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.util.matching import get_matching_files

from zh.encoding import UnreadableError, bounded, decoded

from ..core.review.review import Finding, Subtype
from ..domain import speech_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SPEECH = "speech"
"""The kind of source that a ``.txt`` is."""
_LOST = "\ufffd"
"""What a program writes in place of a character that it could not convert."""


_DECOMPOSED = (
    "文件名里的字母和它的附加符号是分开存的（苹果电脑的写法），这一章没有读入。\n"
    "  怎么办：请给文件改名，最好只用英文字母、数字和连字符。"
)
"""Sphinx composes the names that it finds, and then there is no file of that name."""


def register(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("builder-inited", _leave_out)
    app.connect("env-get-outdated", _outdated)
    app.connect("doctree-read", _note, priority=900)


def source_findings(env: BuildEnvironment) -> list[Finding]:
    """Chapters that cannot be read as UTF-8, and characters that were lost when a chapter was converted.

    Found once a build, before anything is read: to walk the folder takes longer than to read the chapters.
    """
    return _found[env]


_found: WeakKeyDictionary[BuildEnvironment, list[Finding]] = WeakKeyDictionary()


def _look(app: Sphinx, names: Sequence[str]) -> Iterator[Finding]:
    for name in names:
        path = Path(app.srcdir) / name
        if path.exists() and not path.is_file():
            continue  # to open a pipe is to wait for ever; manuscript tells of it
        try:
            text = decoded(bounded(path))
        except UnreadableError as error:
            message = f"{error.what}，这一章没有读入。\n  怎么办：{error.how}"
            yield Finding(Subtype.ENCODING, message, name, error.line)
        except OSError as error:
            told = f"读不出来：{error.strerror or error}。" if os.path.lexists(path) else _DECOMPOSED
            yield Finding(Subtype.ENCODING, told, name)
        else:
            yield from _lost_characters(text, name)


def _lost_characters(text: str, name: str) -> Iterator[Finding]:
    if count := text.count(_LOST):
        at = text.index(_LOST)
        context = text[max(0, at - 8) : at + 8].replace("\n", " ")
        message = (
            f"有{count}个字在转换编码时丢掉了，成了“{_LOST}”（U+FFFD）。\n  书上印的：…{context}…\n"
            "  怎么办：请对照原来的文件补上，或从没有转换过的文件重新转换。"
        )
        yield Finding(Subtype.ENCODING, message, name, text.count("\n", 0, at) + 1)


def _files(app: Sphinx) -> list[str]:
    """The files that Sphinx would read, less the speeches, which the archive validates itself."""
    archive = f"{app.config.speeches_archive}/"
    names = get_matching_files(app.srcdir, app.config.include_patterns, _own_patterns(app))
    known = (n for n in names if n.endswith(tuple(app.config.source_suffix)))
    return [n for n in known if not n.startswith(archive) or "/" in n.removeprefix(archive)]


def _is_no_document(app: Sphinx, name: str) -> bool:
    """A text that lies beside the archive, or deeper in it: a note, a report, what was received."""
    suffix = Path(name).suffix
    return suffix == ".txt" and app.config.source_suffix.get(suffix) == SPEECH


def _own_patterns(app: Sphinx) -> list[str]:
    """What conf.py excludes, without what is left out here."""
    return [p for p in app.config.exclude_patterns if not isinstance(p, _Unreadable)] + list(app.config.templates_path)


class _Unreadable(str):
    """A pattern for one build, for a file that is not read: it is taken back before the configuration is saved."""

    __slots__ = ()


def _leave_out(app: Sphinx) -> None:
    """Sphinx stops at the first file that is not UTF-8: keep it out of this build's reading; the check tells of it.

    Out of it stay texts that are no documents, too: ``.txt`` is the suffix of speeches, which lie in the archive.
    """
    names = _files(app)
    foreign = {name for name in names if _is_no_document(app, name)}
    found = _found[app.env] = list(_look(app, [name for name in names if name not in foreign]))
    bad = [f.path for f in found if _LOST not in f.message]
    patterns = [_Unreadable(re.sub(r"[][*?]", "?", path)) for path in (*bad, *sorted(foreign))]
    app.config.exclude_patterns = [*app.config.exclude_patterns, *patterns]


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Sequence[str]:
    """Documents whose bytes, or those of what they include, are not what was read."""
    app.config.exclude_patterns = [p for p in app.config.exclude_patterns if not isinstance(p, _Unreadable)]
    digests = speech_domain(env).digests
    return sorted(
        docname for docname, digest in digests.items() if docname in env.found_docs and _digest(env, docname) != digest
    )


def _note(app: Sphinx, _document: nodes.document) -> None:
    docname = app.env.current_document.docname
    speech_domain(app.env).note_digest(docname, _digest(app.env, docname))


def _digest(env: BuildEnvironment, docname: str) -> str:
    """SHA-256 of the document's file and of all that it depends on."""
    files = sorted(
        {str(env.doc2path(docname)), *(str(Path(env.srcdir) / p) for p in env.dependencies.get(docname, ()))}
    )
    whole = hashlib.sha256()
    for name in files:
        path = Path(name)
        whole.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"-")
    return whole.hexdigest()
