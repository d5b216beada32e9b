"""One Sphinx build: ``verified`` in this process, for its verdicts; ``make`` for what it writes. Both tell causes first.

Sphinx is imported where it builds: who only asks for ``--help``, or mistypes an option, does not wait for it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click

from speeches.core.errors import LockError
from zh.terminal import say

from .alone import alone
from .causes import causes
from .options import DOCTREE_FOLDER
from .told import Listener

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from speeches.check.checked import Checked

REPORT_FOLDER = Path("_build/verify")


def verified(
    root: Path,
    out: Path = REPORT_FOLDER,
    doctrees: Path = DOCTREE_FOLDER,
    overrides: Mapping[str, object] | None = None,
    *,
    quiet: bool = False,
) -> tuple[Sphinx, Checked]:
    """Build with ``verify`` and return its outcome. ClickException when it cannot run.

    ``out`` and ``doctrees``: folders, relative to ``root``; ``overrides``: configuration values; ``quiet``: what the
    build tells is not printed.
    """
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from speeches.check.checked import checked

    from .sphinx_build import told

    listener = Listener(root)
    try:
        with alone(root / doctrees), patch_docutils(str(root)), docutils_namespace():
            app = Sphinx(
                srcdir=root,
                confdir=root,
                outdir=root / out,
                doctreedir=root / doctrees,
                buildername="verify",
                confoverrides=dict(overrides or {}),
                status=StringIO(),
                warning=cast(TextIO, listener),
            )
            app.build()
    except (SphinxError, LockError, OSError, pickle.UnpicklingError, EOFError) as error:
        _tell(listener)
        raise click.ClickException(f"核对不能进行：{told(error).rpartition('没有生成：')[2] or error}") from None
    if not quiet:
        _tell(listener)
    return app, checked(app.env)


def make(
    root: Path,
    builder: str,
    out: Path,
    doctrees: Path,
    values: Mapping[str, str],
    options: Iterable[str] = (),
    listener: Listener | None = None,
) -> int:
    """What ``sphinx-build`` makes, as its exit status: 0 all is well, 1 warnings under -W, 2 could not run.

    ``values``: configuration values; ``options``: further options of ``sphinx-build``; ``listener``: of a build before
    this one, whose messages are not told again.
    """
    from .sphinx_build import main as sphinx_build

    settings = [part for name, value in values.items() for part in ("-D", f"{name}={value}")]
    listener = listener or Listener(root)
    with alone(root / doctrees), redirect_stderr(cast(TextIO, listener)):
        status = sphinx_build(
            ["-q", "-b", builder, "-d", str(root / doctrees), *settings, *options, str(root), str(root / out)]
        )
    _tell(listener)
    return status


def _tell(listener: Listener) -> None:
    for cause in causes(listener.news(), listener.root):
        say(str(cause), err=True)
