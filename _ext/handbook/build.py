"""One Sphinx build with the ``verify`` builder, in this process."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

import click
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from permalink.checking import problem_count
from speeches.core.errors import LockError
from speeches.domain import SpeechDomain, speech_domain

REPORT_FOLDER = Path("_build/verify")
DOCTREE_FOLDER = Path("_build/doctrees")


def verified(
    root: Path,
    warning: TextIO | None,
    out: Path = REPORT_FOLDER,
    doctrees: Path = DOCTREE_FOLDER,
    overrides: dict[str, Any] | None = None,
) -> tuple[Sphinx, SpeechDomain]:
    """Build with ``verify`` and return the domain with this build's verdicts. ClickException when it cannot run.

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
    return app, speech_domain(app.env)


def run_check(root: Path, *, warn_only: bool) -> int:
    """Print findings and a summary; 1 when something does not pass, unless ``warn_only``."""
    app, _ = verified(root, StringIO() if warn_only else sys.stderr)
    text = (root / REPORT_FOLDER / "report.txt").read_text(encoding="utf-8").split("\n")
    click.echo("\n".join(text[1:3]))
    lost = problem_count(app.env)
    if lost:
        click.echo(f"永久编号：{lost}处问题，引用本书的地方会断，详见提示。")
    click.echo(f"核对报告：{REPORT_FOLDER}/report.txt")
    status = app.statuscode or int(bool(lost))
    if status:
        click.echo("结论：未通过。" + ("" if not warn_only else "（本次只报告。）"), err=True)
    return 0 if warn_only else status
