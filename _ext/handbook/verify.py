"""``handbook verify``: quotations that are not in the handbook, one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from speeches.core.matching.verdict import PlaceStatus, SourceStatus, TextStatus, Verdict
from speeches.core.matching.verify import Request, verify
from speeches.core.report.report import line_data
from speeches.core.review.advice import advise, place
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector

from .chinese import ChineseCommand
from .options import load_speeches


@click.command(cls=ChineseCommand)
@click.option(
    "--archive", type=click.Path(path_type=Path), required=True, help="讲话库文件夹；可以只有 <编号>.txt，没有登记"
)
@click.option("--jsonl", is_flag=True, help="结果也逐行输出 JSON；不写则输出文字说明")
def command(archive: Path, jsonl: bool) -> int:
    """从标准输入逐行读入 JSON：{"id", "speech", "text", "prefix"?, "suffix"?}，逐条与讲话库核对。"""
    return run_verify(sys.stdin.buffer, load_speeches(archive, bare_ids=True), jsonl=jsonl)


def run_verify(lines: Iterable[bytes], archive: Archive, *, jsonl: bool) -> int:
    """Verify each line and print its outcome; 1 when one does not pass. A bad line is reported in its place."""
    good = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        identifier, request, problem = parse_line(line, number)
        verdict = verify(request, archive) if request else _UNREADABLE
        good = good and verdict.agrees
        if jsonl:
            data = line_data(identifier, verdict)
            click.echo(json.dumps(data | ({"error": problem} if problem else {}), ensure_ascii=False))
        elif verdict.agrees and verdict.found:
            click.echo(f"{identifier}: 与存档文本核对一致（{place(verdict.found, archive)}）")
        else:
            click.echo(f"{identifier}: {problem or advise(request.text if request else '', verdict, archive)}")
    return 0 if good else 1


def parse_line(line: bytes, number: int) -> tuple[Any, Request | None, str]:
    """The line's id, what to verify, and what is wrong with the line ("" when nothing is)."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested too deep
        return None, None, f"第{number}行不是 UTF-8 的 JSON。"
    if not isinstance(data, dict):
        return None, None, f"第{number}行不是 JSON 对象。"
    keys = ("speech", "text", "prefix", "suffix")
    wrong = [key for key in keys if key in data and data[key] is not None and not isinstance(data[key], str)]
    missing = [key for key in ("speech", "text") if data.get(key) is None]
    if wrong or missing:
        return data.get("id"), None, f"第{number}行的 {'、'.join(wrong + missing)} 缺少，或不是文字。"
    selector = Selector(prefix=data.get("prefix") or "", suffix=data.get("suffix") or "")
    return data.get("id"), Request(data["text"], data["speech"], selector), ""


_UNREADABLE = Verdict(
    speech="",
    text=TextStatus.UNCHECKED,
    place=PlaceStatus.UNKNOWN,
    source=SourceStatus.MISSING,
    features=(TextStatus.UNCHECKED,),
)
