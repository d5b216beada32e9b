"""``python -m handbook.sphinx_build``: sphinx-build for editors.

Sphinx 9 tells every error under forty lines of versions and traceback, also what an editor can mend alone. Here an error that
is an editor's (``SphinxError``, which has words for him) is told in those words; all others as Sphinx does.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from sphinx.cmd.build import main as sphinx_build
from sphinx.errors import ConfigError, ExtensionError, SphinxError

from zh.terminal import harmless, say
from zh.typed import typed

_HANDLER = "handle_exception"
CANNOT_RUN = 2
_BROUGHT_BY = {"docx": "zhword", "typst": "zhprint", "verify": "speeches"}
"""Builder → the extension that has it."""
_NO_BUILDER = re.compile(r"Builder name (\w+) not registered")


def main(arguments: list[str] | None = None) -> int:
    """As ``sphinx-build``, with the same exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    errors = _private_errors()
    if _HANDLER not in errors:
        status = sphinx_build(given)
        if status == CANNOT_RUN:
            say("没有生成，原因见上面 Sphinx 的提示（这个版本的 Sphinx 只有英文提示）。", err=True)
        return status
    original = errors[_HANDLER]
    errors[_HANDLER] = partial(_tell, original)
    try:
        return sphinx_build(given)
    finally:
        errors[_HANDLER] = original


def _private_errors() -> dict[str, Any]:
    """The module in which Sphinx 9 tells errors. There is no public way to it; a Sphinx without it builds as well."""
    try:
        return vars(import_module("sphinx._cli.util.errors"))  # no public way
    except ImportError:
        return {}


def told(exception: BaseException) -> str:
    """What stopped a build, for an editor; "" for what no input can cause."""
    match exception:
        case ExtensionError(orig_exc=Exception() as inner) if not isinstance(inner, SphinxError) and told(inner):
            return told(inner)
        case ConfigError():
            return f"conf.py 有问题，没有生成：{exception}"
        case SphinxError() if (lacking := _NO_BUILDER.match(str(exception))) and lacking[1] in _BROUGHT_BY:
            name = _BROUGHT_BY[lacking[1]]
            return f"没有生成：conf.py 的 extensions 里没有 {name}。\n  怎么办：在 extensions 里加上“{name}”（带半角引号，用逗号与别的隔开），再运行一次。"
        case SphinxError():
            return f"没有生成：{exception}"
        case pickle.UnpicklingError() | EOFError():
            return f"没有生成：上次生成留下的中间文件坏了。\n  怎么办：运行 {typed('handbook clean')}，再生成一次。"
        case OSError():
            return f"没有生成：{exception.filename or '文件'} 读写不了（{exception.strerror or exception}）。"
    return ""


def _tell(original: Callable[..., None], exception: BaseException, /, **options: Any) -> None:
    message = told(exception)
    if message and not (options.get("print_traceback") or options.get("use_pdb")):
        (options.get("stderr") or sys.stderr).write(harmless(f"{message}\n"))
    else:
        original(exception, **options)


if __name__ == "__main__":
    sys.exit(main())
