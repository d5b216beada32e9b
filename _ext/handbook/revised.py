"""``handbook revised``: what a reader changed in the Word file of the book, by chapter and line."""

from __future__ import annotations

import json
from pathlib import Path

import click

from drafts.draft import DraftError
from speeches.core.errors import LockError
from speeches.core.review.lockfile import read_lock
from zh.terminal import say

from .chinese import ChineseCommand
from .conf import archive_of, lock_of
from .options import load_speeches, root_option


@click.command(cls=ChineseCommand, epilog="例：handbook revised 领导改过.docx　　列出改了什么，引文排在最前")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--original", type=click.Path(path_type=Path), default=None,
    help="当初发出去的那一份；另存时丢了出处记录的文件才要写",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="结果写成一个 JSON 列表")
@root_option
def command(file: Path, original: Path | None, as_json: bool, root: Path) -> int:
    """看领导在 handbook word 做的文件里改了什么：有没有开修订都看，批注也列出来，写明在哪个章节文件第几行。

    引文的改动排在最前，旁边写上存档文本怎么说。只列出来，书稿不动。
    退出码：0 没有改动；1 有改动或批注；2 文件读不了。
    """
    from revision.compare import compare
    from revision.read import read_revision
    from revision.telling import Speeches, summary, tell

    try:
        revision = read_revision(file, original)
        lock = read_lock(lock_of(root))
    except (DraftError, LockError) as error:
        raise click.ClickException(str(error)) from None
    archive = load_speeches(archive_of(root), root, bare_ids=False)
    speeches = Speeches(archive, {entry.id: entry.speech for entry in lock.quotations.values()})
    told = tell(revision, compare(revision), speeches, root)
    if as_json:
        say(json.dumps([one.data for one in told], ensure_ascii=False, indent=1))
    else:
        for one in told:
            first, *rest = one.lines
            say("\n".join([first, *(f"  {line}" for line in rest)]))
        say(summary(told))
    return 1 if told else 0
