"""The one way in which tests start Sphinx in their own process.

``tests/print/printing.run`` and what follows it start it in a process of its own, as an editor does: the compiler's memory
goes back when it ends, and what is tested there is what a terminal shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils


@contextmanager
def sphinx(
    root: Path,
    out: Path,
    doctrees: Path,
    values: Mapping[str, object],
    *,
    builder: str = "html",
    status: StringIO | None = None,
    warning: StringIO | None = None,
    fresh: bool = False,
    parallel: int = 0,
) -> Iterator[Sphinx]:
    """An application, not yet built; its registrations with docutils are undone afterwards. ``values``: of conf.py."""
    with patch_docutils(str(root)), docutils_namespace():
        yield Sphinx(
            srcdir=root,
            confdir=root,
            outdir=out,
            doctreedir=doctrees,
            buildername=builder,
            confoverrides=dict(values),
            status=status or StringIO(),
            warning=warning or StringIO(),
            freshenv=fresh,
            parallel=parallel,
        )


def built(
    root: Path, out: Path, doctrees: Path, values: Mapping[str, object], builder: str = "html"
) -> tuple[Sphinx, str]:
    """A finished build, and what it warned of."""
    warning = StringIO()
    with sphinx(root, out, doctrees, values, builder=builder, warning=warning) as app:
        app.build()
    return app, warning.getvalue()
