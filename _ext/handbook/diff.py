"""``handbook diff``: what changed from one edition's report to another's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import click

from speeches.core.report.reportdiff import compare_reports
from speeches.core.report.shape import VERSION, Report
from zh.encoding import UnreadableError, bounded
from zh.terminal import say
from zh.typed import typed

from .chinese import ChineseCommand
from .options import json_option, say_json

_LARGEST = 50_000_000
"""Bytes of a report. That of this book has some hundred kB."""


@click.command(cls=ChineseCommand, epilog="例：handbook diff 旧版/report.json 新版/report.json")
@click.argument("old", metavar="旧报告", type=click.Path(path_type=Path))
@click.argument("new", metavar="新报告", type=click.Path(path_type=Path))
@click.option("--ids", "every_id", is_flag=True, help="新的永久编号也逐个列出")
@json_option
def command(old: Path, new: Path, every_id: bool, as_json: bool) -> int:
    """比较两份 report.json：先说哪些字句变了、增删了哪些引文、用了哪些讲话，再说章节；编号顺延合成一行。"""
    first, second = _report(old), _report(new)
    try:
        changes = compare_reports(first, second)
        head = f"{_edition(first, old)} → {_edition(second, new)}"
        kinds = {report["edition"]["kind"] for report in (first, second) if "edition" in report}
    except (AttributeError, LookupError, TypeError, ValueError):
        raise click.ClickException(
            f"报告的内容不全，或者被改过，比不了。请用 {typed('handbook check')} 或 {typed('handbook edition')} 写出的报告。"
        ) from None
    if as_json:
        parts = [{"title": part.title, "summary": part.summary, "lines": part.lines} for part in changes]
        say_json({"old": _edition(first, old), "new": _edition(second, new), "changes": parts})
        return 0
    say(head)
    say("；".join(part.summary for part in changes) + "。")
    if len(kinds) > 1:
        say("一份是全本，一份是节本：节本不含讲话原文，那些编号不是丢了。")
    for part in changes:
        lines = [line for line in part.lines if every_id or part.title != "永久编号" or line[0] != "+"]
        if lines:
            say(f"\n{part.title}：")
            say("\n".join(lines))
    missing = [name for key, name in (("speeches", "讲话"), ("chapters", "章节"), ("ids", "永久编号"))
               if key not in first or key not in second]  # fmt: skip
    if missing:
        say(f"\n有一份报告没有记载{'、'.join(missing)}，这几项没有比较。")
    return 0


def _edition(report: Report, path: Path) -> str:
    if "edition" not in report:
        return path.name
    edition = report["edition"]
    return f"{edition['version']}（{edition['date']}，{edition['kind']}）"


def _report(path: Path) -> Report:
    if not path.is_file():
        raise click.ClickException(f"找不到报告文件 {path}。")
    try:
        data = json.loads(bounded(path, _LARGEST).decode("utf-8"))
    except OSError as error:
        raise click.ClickException(f"{path}：读不出来：{error.strerror or error}。") from None
    except UnreadableError as error:
        raise click.ClickException(f"{path.name}：{error}") from None
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not isinstance(data.get("excerpts"), list):
        raise click.ClickException(
            f"{path} 不是核对报告。请给出 {typed('handbook check')} 写出的 report.json，或发布文件夹里的 report.json。"
        )
    if data.get("version") != VERSION:
        raise click.ClickException(f"{path} 的版本是 {data.get('version')!r}，本程序只认识 {VERSION}。")
    return cast("Report", data)  # its parts are looked into where they are compared
