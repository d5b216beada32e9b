"""``handbook word``: the book as a Word file, read back before it is handed out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from drafts.draft import DraftError
from zh.terminal import say

from .building import REPORT_FOLDER, make, verified
from .chinese import ChineseCommand
from .options import build_option, json_option, root_option, say_json, sphinx_options


@click.command(cls=ChineseCommand, epilog="例：handbook word --only zuofeng　　只做“作风”一章，请领导修改")
@click.option("--only", default="", help="只做这一章，写章节文件名，如 zuofeng")
@build_option
@json_option
@root_option
@sphinx_options
def command(only: str, build: Path, as_json: bool, root: Path, options: tuple[str, ...]) -> int:
    """把全书（或一章）做成 Word 文件 _build/word/handbook.docx，供人审阅、修改；做好以后从头到尾读回来，与书稿逐字比对。

    改过的文件用 handbook revised 看改了什么。退出码：0 做好了；1 做出的文件与书稿不一致，或书稿没有通过核对；2 没有做成。
    """
    say("正在生成 Word 文件……", err=True)
    values = {"zhprint_chapter": only} if only else {}
    file = root / build / "word" / f"{f'handout-{only}' if only else 'handbook'}.docx"
    if make(root, "docx", file.parent, build / "doctrees", values, options) or not file.is_file():
        raise click.ClickException("Word 文件没有生成好，原因见上。")
    try:
        problems, runs = _proved(root, file, only, quiet=as_json)
    except DraftError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        say_json({"file": str(file), "runs": runs, "problems": problems})
        return 1 if problems else 0
    for problem in problems:
        say(problem, err=True)
    say(f"Word 文件：{file}")
    say(f"读回全文{runs}段，{f'{len(problems)}处不一致' if problems else '与书稿全部一致'}。")
    say("第一次打开时 Word 会问要不要更新域，请选“是”，目录、参见和索引的页码就有了；WPS 里按 Ctrl+A，再按 F9。")
    return 1 if problems else 0


def _proved(root: Path, file: Path, chapter: str, *, quiet: bool) -> tuple[list[str], int]:
    """What is wrong with the file and how many runs were compared. The book is verified anew for it."""
    from .read_back import read_back

    app, _ = verified(root, quiet=quiet)
    report = json.loads((root / REPORT_FOLDER / "report.json").read_text(encoding="utf-8"))
    items = [item for item in report["excerpts"] if not chapter or item["docname"].rpartition("/")[2] == chapter]
    (proof,) = read_back(app, report, items, None, None, word=file, chapter=chapter).values()
    failed = ["书稿本身没有通过核对，详见上面的提示。"] if app.statuscode else []
    return [*proof.problems, *failed], proof.runs
