"""``handbook check-print``: 付印前核对 of the PDF, the site and a Word file, against a fresh report and the archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zh.files import write_atomically
from zh.terminal import say
from zh.typed import typed

from .building import REPORT_FOLDER, verified
from .chinese import ChineseCommand
from .options import root_option

if TYPE_CHECKING:
    from speeches.core.report.shape import Report

    from .proof import Proof


@click.command(
    cls=ChineseCommand,
    epilog="例：handbook check-print --word 发给领导的.docx　　还没有印刷文件的，只核对这个 Word 文件",
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path),
    default=None,
    help="印刷文件，默认是 handbook pdf 或 handbook handout 生成的",
)
@click.option("--html", type=click.Path(path_type=Path), default=None, help="网页文件夹，默认 _build/html；没有就不查")
@click.option(
    "--word",
    type=click.Path(path_type=Path),
    default=None,
    help="再核对一个 Word 文件，看它是不是照现在的书稿做的、有没有人改过",
)
@click.option(
    "--marks",
    type=click.Choice(["full", "table"]),
    default=None,
    help="印刷文件的校订标记；默认照 conf.py 的 zhprint_marks",
)
@click.option("--only", default="", help="只核对这一章（讲义），写章节文件名，如 zuofeng")
@root_option
def command(pdf: Path | None, html: Path | None, word: Path | None, marks: str | None, only: str, root: Path) -> int:
    """把印刷文件和网页从头到尾读回来，与书稿、讲话逐字比对；核对目录、索引和参见的页码；把每条摘录的页码写进核对报告；查版面的毛病。"""
    # The report is made anew: held against an old one, what was written since would be printed unverified.
    file: Path | None = pdf or root / (f"_build/handout/handout-{only}.pdf" if only else "_build/pdf/handbook.pdf")
    if word is not None and not word.is_file():
        raise click.ClickException(f"找不到 Word 文件 {word}。")
    if word is not None and pdf is None and file is not None and not file.is_file():
        file = None
    if file is not None and not file.is_file():
        raise click.ClickException(
            f"找不到印刷文件 {file.name}。请先运行 {typed('handbook handout' if only else 'handbook pdf')}。"
        )
    if html is not None and not html.is_dir():
        raise click.ClickException(f"找不到网页文件夹 {html}。")
    # Imported here: they bring Sphinx and the readers of what was made, which --help does without.
    from drafts.draft import DraftError
    from zhprint.reading import ReadingError
    from zhprint.typography import check_typography

    from .read_back import read_back

    app, _ = verified(root)
    report = root / REPORT_FOLDER / "report.json"
    data: Report = json.loads(report.read_text(encoding="utf-8"))
    items = [i for i in data["excerpts"] if not only or i["docname"].rpartition("/")[2] == only]
    if not items:
        raise click.ClickException("书里没有引文。请检查 --only 写的章节名。")
    site = html or (root / "_build/html" if file is not None else None)
    found = site if site is not None and site.is_dir() else None
    try:
        proofs = read_back(app, data, items, file, found, word=word, marks=marks or "", chapter=only)
    except (ReadingError, DraftError) as error:
        raise click.ClickException(f"{error}") from None
    if file is None:
        return _tell(proofs, bad=0, verified=not app.statuscode)
    if not only:
        data["print"] = {name: {"ok": not p.problems, "problems": p.problems} for name, p in proofs.items()}
        write_atomically(report, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    findings = check_typography(file)
    for finding in findings:
        say(f"{'版面' if finding.grave else '版面（请看一眼）'}：{finding}", err=True)
    grave = sum(finding.grave for finding in findings)
    say(f"版面：{grave}处不合规矩，{len(findings) - grave}处请看一眼。")
    return _tell(proofs, bad=grave, verified=not app.statuscode)


def _tell(proofs: dict[str, Proof], *, bad: int, verified: bool) -> int:
    for name, proof in proofs.items():
        for problem in proof.problems:
            say(f"{name}：{problem}", err=True)
        numbers = f"，页码{proof.numbers}处" if proof.numbers else ""
        result = f"{len(proof.problems)}处不一致" if proof.problems else "全部一致"
        say(f"{name}：全文{proof.runs}段，引文{proof.quotations}条{numbers}，{result}。")
        bad += len(proof.problems)
    if not verified:
        say("书稿本身没有通过核对，详见上面的提示。", err=True)
    if bad or not verified:
        say("结论：不能付印。", err=True)
        return 1
    return 0
