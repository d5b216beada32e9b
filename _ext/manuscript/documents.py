"""Which files are read as documents at all, and what lies beside them in the folders that are copied."""

from __future__ import annotations

import logging
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError

from zh.terminal import HarmlessWarnings, harmless

from .config import warn
from .files import why_not

LONGEST = 4_000_000
"""Bytes of one document: a book of a million characters is one too long for a page."""


def register(app: Sphinx) -> None:
    """Before anything is opened; and what is told of a document cannot move the reader's cursor."""
    for handler in logging.getLogger("sphinx").handlers:
        handler.addFilter(HarmlessWarnings())
    app.connect("builder-inited", _check_copied)
    app.connect("env-before-read-docs", _leave_out, priority=100)
    app.connect("env-before-read-docs", _tell_twins, priority=200)


def _tell_twins(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Two names that differ by case alone: on Windows and on a Mac one of the files is lost."""
    first: dict[str, str] = {}
    for docname in sorted(env.found_docs):
        if (twin := first.setdefault(docname.casefold(), docname)) != docname:
            message = f"文件名与 {twin} 只差大小写，复制到 Windows 或苹果电脑上只剩一个。\n  怎么办：请给其中一个改名。"
            warn("document", message, docname)


def _leave_out(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    for docname in list(docnames):
        path = Path(env.doc2path(docname))
        reason = why_not(path, Path(env.srcdir), ()) or (_TOO_LONG if path.stat().st_size > LONGEST else "")
        if harmless(docname) != docname:
            reason = "文件名里有看不见的控制字符"
        if reason:
            warn("document", f"没有读这个文件：{reason}。\n  怎么办：请把它换成手册文件夹里的普通文件。", docname)
            docnames.remove(docname)
            env.project.docnames.discard(docname)
            env.clear_doc(docname)


_TOO_LONG = f"超过 {LONGEST // 1_000_000} MB，一章用不了这么长"


def _check_copied(app: Sphinx) -> None:
    """Sphinx copies these folders whole and follows links. ConfigError names the first that leads out."""
    root = Path(app.srcdir)
    for setting in ("html_static_path", "html_extra_path"):
        for name in getattr(app.config, setting, []):
            folder = Path(app.confdir, name)
            for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
                if path.is_symlink() and why_not(path, root, ()) and why_not(path, folder, ()):
                    raise ConfigError(
                        f"{name}/{path.relative_to(folder).as_posix()} 是一个指到手册外面的链接。请换成文件本身，或删去它。"
                    )
