"""The commands: arguments and help. What each does is imported when it runs, so that help comes at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .chinese import ChineseCommand

if TYPE_CHECKING:
    from speeches.core.source.archive import Archive

_ROOT = click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default=False,
    help="手册所在的文件夹（有 conf.py 的那个），默认是当前文件夹",
)  # fmt: skip


@click.command(cls=ChineseCommand, short_help="核对全书引文（严格）")
@_ROOT
@click.option("--warn-only", is_flag=True, help="只报告，不因未通过而算失败")
def check(root: Path, warn_only: bool) -> int:
    """核对全书引文，写出 _build/verify/report.json 和 report.txt。有一条未通过，就以失败结束。"""
    from .build import run_check

    return run_check(_handbook_root(root), warn_only=warn_only)


@click.command(cls=ChineseCommand, short_help="认可引文，写入核对记录")
@click.argument("ids", nargs=-1, metavar="[编号]…")
@click.option("--by", default="", help="认可人，默认是登录名")
@click.option("--reason", default="", help="认可截取不改变原意的理由；只用于写明编号的引文")
@click.option("--dry-run", is_flag=True, help="只显示要改什么，不写文件")
@_ROOT
def accept(ids: tuple[str, ...], by: str, reason: str, dry_run: bool, root: Path) -> int:
    """看过之后认可引文：不写编号就认可全部可以认可的。与存档文本不一致的不能认可；可能改变原意的截取要写明编号和理由。"""
    from .accepting import run_accept

    return run_accept(_handbook_root(root), ids, by=by, reason=reason, dry_run=dry_run)


@click.command(cls=ChineseCommand, short_help="在讲话库里查一段话")
@click.argument("text", metavar="文字")
@_ROOT
@click.option(
    "--archive", type=click.Path(path_type=Path), default=None, help="讲话库文件夹，默认是手册的 source_speeches"
)
def find(text: str, root: Path, archive: Path | None) -> int:
    """查一段话在讲话库的什么地方；找不到原话的，给出最接近的一处。结果可以直接贴进章节。"""
    from .finding import describe

    loaded = _load(archive or root / "source_speeches", bare_ids=archive is not None)
    lines, found = describe(text, loaded)
    click.echo("\n".join(lines))
    return 0 if found else 1


@click.command(cls=ChineseCommand, short_help="核对手册以外的引文")
@click.option(
    "--archive", type=click.Path(path_type=Path), required=True, help="讲话库文件夹；可以只有 <编号>.txt，没有登记"
)
@click.option("--jsonl", is_flag=True, help="结果也逐行输出 JSON；不写则输出文字说明")
def verify(archive: Path, jsonl: bool) -> int:
    """从标准输入逐行读入 JSON：{"id", "speech", "text", "prefix"?, "suffix"?}，逐条与讲话库核对。"""
    from .verifying import run_verify

    return run_verify(sys.stdin.buffer, _load(archive, bare_ids=True), jsonl=jsonl)


@click.command(cls=ChineseCommand, short_help="各篇讲话引用了哪些、没引哪些")
@click.option("--list", "list_unquoted", is_flag=True, help="逐条列出没有引用的句子")
@_ROOT
def coverage(root: Path, list_unquoted: bool) -> int:
    """各篇讲话引用了多少、哪些没有引用、哪些限制引用，以及各主题的段落引用了多少。"""
    from .covering import run_coverage

    return run_coverage(_handbook_root(root), list_unquoted=list_unquoted)


@click.command(cls=ChineseCommand, short_help="列出可以收进 terms.txt 的词语")
@click.option("--least", type=click.IntRange(min=1), default=3, help="至少出现几次，默认3次")
@click.option("--limit", type=click.IntRange(min=1), default=100, help="最多列几个，默认100个")
@_ROOT
def terms(least: int, limit: int, root: Path) -> int:
    """从讲话和各章里找出反复出现、还没有收进 terms.txt 的词语，供编辑挑选。"""
    from .terms import run_terms

    return run_terms(_handbook_root(root), least=least, limit=limit)


@click.command(cls=ChineseCommand, name="check-print", short_help="付印前核对：从印好的文件里读回引文")
@click.option(
    "--pdf", type=click.Path(path_type=Path), default=None, help="印刷文件，默认是 make pdf 或 make handout 生成的"
)
@click.option("--html", type=click.Path(path_type=Path), default=None, help="网页文件夹，默认 _build/html；没有就不查")
@click.option(
    "--marks",
    type=click.Choice(["full", "table"]),
    default=None,
    help="印刷文件的校订标记；默认照 conf.py 的 zhprint_marks",
)
@click.option("--only", default="", help="只核对这一章（讲义），写章节文件名，如 zuofeng")
@_ROOT
def check_print(pdf: Path | None, html: Path | None, marks: str | None, only: str, root: Path) -> int:
    """把每条引文从印刷文件里读回来，与讲话逐字比对；核对目录、索引和参见的页码；把每条摘录的页码写进核对报告。"""
    from .printing import run_check_print

    return run_check_print(_handbook_root(root), pdf=pdf, html=html, marks=marks or "", only=only)


@click.command(cls=ChineseCommand, short_help="列出永久编号；发布新的编号")
@click.option("--publish", is_flag=True, help="把新的编号写进 published-ids.txt，以后不能再消失")
@_ROOT
def ids(publish: bool, root: Path) -> int:
    """列出还没有发布的永久编号，检查发布过的编号是否都还打得开。书发出去之前运行一次 handbook ids --publish。"""
    from .ids import run_ids

    return run_ids(_handbook_root(root), publish=publish)


@click.command(cls=ChineseCommand, short_help="给出一章、一节、一条摘录或一篇讲话的引用格式")
@click.argument("identifier", metavar="编号")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "bibtex", "csl-json"]),
    default="text",
    help="text（默认）、markdown、bibtex 或 csl-json",
)
@click.option("--page", default="", help="引文页码；不写就写章节名或摘录编号")
@_ROOT
def cite(identifier: str, form: str, page: str, root: Path) -> int:
    """按 GB/T 7714—2025（顺序编码制）给出著录。编号如 nengli（章）、nengli-wenzi（节）、q.nengli-xuexi（摘录）。"""
    from .citing import run_cite

    return run_cite(_handbook_root(root), identifier, form=form, page=page)


@click.command(cls=ChineseCommand, short_help="比较两版的核对报告，说明改了什么")
@click.argument("old", metavar="旧报告", type=click.Path(path_type=Path))
@click.argument("new", metavar="新报告", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> int:
    """比较两份 report.json：引文、讲话、章节、永久编号各有什么增删改动。"""
    from .diffing import run_diff

    return run_diff(old, new)


@click.command(cls=ChineseCommand, short_help="发布一版：网站、印刷文件、核对报告和校验值放进一个文件夹")
@click.option("--public", is_flag=True, help="公开版：不含讲话全文，报告已删减")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="放在哪个文件夹，默认 _build/release/ 下面")
@_ROOT
def edition(public: bool, out: Path | None, root: Path) -> int:
    """从严核对，生成网站和印刷文件，从印好的文件里读回引文再核对一遍，全部通过才放进发布文件夹。版次在 conf.py 里改。"""
    from .releasing import run_edition

    return run_edition(_handbook_root(root), public=public, out=out)


def _handbook_root(root: Path) -> Path:
    if not (root / "conf.py").is_file():
        raise click.ClickException("这里没有 conf.py。请在手册文件夹里运行，或用 --root 指明手册文件夹。")
    return root.resolve()


def _load(folder: Path, *, bare_ids: bool) -> Archive:
    from speeches.core.source.archive import load_archive

    if not folder.is_dir():
        raise click.ClickException(f"找不到讲话库文件夹 {folder}。请用 --archive 指明。")
    loaded = load_archive(folder, bare_ids=bare_ids)
    for fault in loaded.faults.values():
        for problem in fault.problems:
            click.echo(str(problem), err=True)
    if not loaded.speeches:
        raise click.ClickException(f"{folder} 里没有可用的讲话（<编号>.txt）。")
    return loaded
