"""``python -m handbook.sphinx_build``: sphinx-build for editors.

Sphinx 9 tells every error under forty lines of versions and traceback, also what an editor can mend alone. Here an error that
is an editor's (``SphinxError``, which has words for him) is told in those words; all others as Sphinx does.
"""

from __future__ import annotations

import sys
from typing import Any

import sphinx._cli.util.errors as errors
from sphinx.cmd.build import main as sphinx_build
from sphinx.errors import ConfigError, SphinxError

_original = errors.handle_exception


def _tell(exception: BaseException, /, **options: Any) -> None:
    if isinstance(exception, SphinxError) and not (options.get("print_traceback") or options.get("use_pdb")):
        what = "conf.py 有问题，没有生成" if isinstance(exception, ConfigError) else "没有生成"
        print(f"{what}：{exception}", file=options.get("stderr", sys.stderr))
    else:
        _original(exception, **options)


def main(arguments: list[str] | None = None) -> int:
    """As ``sphinx-build``, with the same exit status."""
    errors.handle_exception = _tell
    try:
        return sphinx_build(sys.argv[1:] if arguments is None else arguments)
    finally:
        errors.handle_exception = _original


if __name__ == "__main__":
    sys.exit(main())
