"""``handbook verify``: quotations that are not in the handbook, in drafts or one JSON object a line."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .chinese import ChineseCommand
from .conf import archive_of, terms_of
from .options import listed_words, load_speeches


@click.command(
    cls=ChineseCommand, epilog="例：handbook verify 讲稿.docx --comments　　写出 讲稿.核对.docx，每处引文一条批注"
)
@click.argument("drafts", metavar="[文稿]…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default=False,
    help="手册所在的文件夹，默认是当前文件夹",
)  # fmt: skip
@click.option(
    "--archive", type=click.Path(path_type=Path), default=None,
    help="讲话库文件夹，默认是手册的；可以只有 <编号>.txt，没有登记",
)  # fmt: skip
@click.option("--comments", is_flag=True, help="另写一份加了批注的 Word 文件：文稿.核对.docx")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="加批注的文件写到哪里")
@click.option("--json", "as_json", is_flag=True, help="结果写成一个 JSON 列表")
@click.option("--jsonl", is_flag=True, help="不给文稿时：结果逐行输出 JSON")
@click.option(
    "--jobs",
    metavar="进程数",
    type=click.IntRange(1, 64),
    default=1,
    show_default=False,
    help="不给文稿时：同时用几个进程核对，默认1个",
)
def command(
    drafts: tuple[Path, ...],
    root: Path,
    archive: Path | None,
    comments: bool,
    out: Path | None,
    as_json: bool,
    jsonl: bool,
    jobs: int,
) -> int:
    """核对手册以外的文稿（docx、txt、md、html、pdf；装有 LibreOffice 的，还有 doc、wps、odt）里的引文。

    不给文稿，就从标准输入逐行读 JSON：{"id", "speech", "text", "prefix"?, "suffix"?}。
    退出码：0 全部一致；1 有不一致的；2 没有核对成。
    """
    if not drafts:
        if archive is None:
            raise click.ClickException("请写明要核对的文稿；逐行核对 JSON 的，用 --archive 指明讲话库文件夹。")
        from .verify_lines import run_verify

        return run_verify(sys.stdin.buffer, load_speeches(archive, root, bare_ids=True), jsonl=jsonl, jobs=jobs)
    from .verify_drafts import Wish, run_drafts

    loaded = load_speeches(archive or archive_of(root), root, bare_ids=archive is not None)
    return run_drafts(drafts, loaded, listed_words(terms_of(root)), Wish(comments, out, as_json))
