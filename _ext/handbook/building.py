"""One Sphinx build with the ``verify`` builder, in this process."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any, TextIO

import click
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from speeches.check.checked import Checked, checked
from speeches.core.errors import LockError

REPORT_FOLDER = Path("_build/verify")
DOCTREE_FOLDER = Path("_build/doctrees")


def verified(
    root: Path,
    warning: TextIO | None,
    out: Path = REPORT_FOLDER,
    doctrees: Path = DOCTREE_FOLDER,
    overrides: dict[str, Any] | None = None,
) -> tuple[Sphinx, Checked]:
    """Build with ``verify`` and return its outcome. ClickException when it cannot run.

    ``out`` and ``doctrees``: folders, relative to ``root``; ``overrides``: configuration values.
    """
    try:
        with patch_docutils(str(root)), docutils_namespace():
            app = Sphinx(
                srcdir=root,
                confdir=root,
                outdir=root / out,
                doctreedir=root / doctrees,
                buildername="verify",
                confoverrides=overrides or {},
                status=StringIO(),
                warning=warning,
            )
            app.build()
    except (SphinxError, LockError, OSError) as error:
        raise click.ClickException(f"核对不能进行：{error}") from None
    return app, checked(app.env)
