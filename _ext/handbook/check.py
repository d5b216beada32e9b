"""``handbook check``: the whole book verified, strictly."""

from __future__ import annotations

from pathlib import Path

import click

from zh.terminal import say

from .building import REPORT_FOLDER, verified
from .chinese import ChineseCommand
from .options import root_option


@click.command(cls=ChineseCommand)
@root_option
@click.option("--warn-only", is_flag=True, help="只报告，不因未通过而算失败")
def command(root: Path, warn_only: bool) -> int:
    """核对全书引文，写出 _build/verify/report.json 和 report.txt。有一条未通过，就以失败结束。"""
    app, _ = verified(root, quiet=warn_only)
    from permalink.checking import problem_count  # imported here: it brings Sphinx, which --help does without

    text = (root / REPORT_FOLDER / "report.txt").read_text(encoding="utf-8").split("\n")
    say("\n".join(text[1:3]))
    lost = problem_count(app.env)
    if lost:
        say(f"永久编号：{lost}处问题，引用本书的地方会断，详见提示。")
    say(f"核对报告：{REPORT_FOLDER}/report.txt")
    status = app.statuscode or int(bool(lost))
    if status:
        say("结论：未通过。" + ("" if not warn_only else "（本次只报告。）"), err=True)
    return 0 if warn_only else status
