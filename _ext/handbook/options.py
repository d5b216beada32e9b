"""What several subcommands ask for: the handbook's folder, and speeches that are read without a build."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zh.encoding import UnreadableError
from zh.terminal import say
from zh.words import read_words

if TYPE_CHECKING:
    from speeches.core.source.archive import Archive

DOCTREE_FOLDER = Path("_build/doctrees")


def _require_handbook(_ctx: click.Context, _param: click.Parameter, root: Path) -> Path:
    if not (root / "conf.py").is_file():
        raise click.ClickException("这里没有 conf.py。请在手册文件夹里运行，或用 --root 指明手册文件夹。")
    return root.resolve()


root_option = click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default=False,
    callback=_require_handbook, help="手册所在的文件夹（有 conf.py 的那个），默认是当前文件夹",
)  # fmt: skip
"""``root``: the absolute path of the folder that holds conf.py."""


json_option = click.option("--json", "as_json", is_flag=True, help="结果写成 JSON，给别的程序用")
"""``as_json``: what was found goes to standard output as one JSON value, and nothing else does."""


def say_json(value: object) -> None:
    """One value, Chinese as it is written."""
    say(json.dumps(value, ensure_ascii=False, indent=1))


def load_speeches(folder: Path, root: Path, *, bare_ids: bool) -> Archive:
    """The speeches of a folder, faulty ones told and left out. ClickException where none is left.

    ``root``: the handbook; what is kept of its archive, if that is large, lies with what is made of it.
    """
    from speeches.core.source.archive import load_archive

    if not folder.is_dir():
        raise click.ClickException(f"找不到讲话库文件夹 {folder}。请用 --archive 指明。")
    loaded = load_archive(folder, bare_ids=bare_ids, index_file=index_file(root, folder))
    for fault in loaded.faults.values():
        for problem in fault.problems:
            say(str(problem), err=True)
    if not loaded.speeches:
        raise click.ClickException(f"{folder} 里没有可用的讲话（<编号>.txt）。")
    return loaded


def listed_words(path: Path) -> tuple[str, ...]:
    """The words of a list such as terms.txt. ClickException where it cannot be read."""
    try:
        return read_words(path)
    except UnreadableError as error:
        raise click.ClickException(f"{path.name}:{error.line}: {error}") from None


def index_file(root: Path, folder: Path) -> Path | None:
    """Where an index of the handbook's archive is kept; None where ``folder`` is not the archive of a handbook."""
    from speeches.core.source.archive import INDEX_FILE

    own = (root / "conf.py").is_file() and folder.resolve().is_relative_to(root.resolve())
    return root / DOCTREE_FOLDER / INDEX_FILE if own else None


build_option = click.option(
    "--build", type=click.Path(path_type=Path), default=Path("_build"), show_default=False,
    help="生成的文件放在哪个文件夹，默认 _build",
)  # fmt: skip
"""``build``: the folder for what is made, relative to the handbook's unless absolute."""


def _require_options(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    if given and not given[0].startswith("-"):
        raise click.ClickException(f"多写了 {given[0]}（用法见 handbook --help）")
    return given


sphinx_options = click.argument(
    "options", nargs=-1, type=click.UNPROCESSED, callback=_require_options, metavar="[-- sphinx-build 的选项…]"
)
"""``options``: handed to sphinx-build as they are."""
