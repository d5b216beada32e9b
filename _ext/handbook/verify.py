"""``handbook verify``: quotations that are not in the handbook, one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from speeches.core.matching.verdict import PlaceStatus, SourceStatus, TextStatus, Verdict
from speeches.core.matching.verify import Request, verify
from speeches.core.report.report import line_data
from speeches.core.review.advice import advise, place
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector
from zh.terminal import say

from .chinese import ChineseCommand
from .jobs import in_order
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
        return run_verify(sys.stdin.buffer, load_speeches(archive, root, bare_ids=True), jsonl=jsonl, jobs=jobs)
    from .verify_drafts import Wish, run_drafts

    loaded = load_speeches(archive or root / "source_speeches", root, bare_ids=archive is not None)
    return run_drafts(drafts, loaded, listed_words(root / "terms.txt"), Wish(comments, out, as_json))


def run_verify(lines: Iterable[bytes], archive: Archive, *, jsonl: bool, jobs: int = 1) -> int:
    """Verify each line and print its outcome; 1 when one does not pass. A bad line is reported in its place.

    With several ``jobs`` the lines are shared out among processes; the outcomes come in the order of the lines all the same.
    """
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    good = True
    for agrees, told in in_order(partial(_outcome, jsonl=jsonl), numbered, archive, jobs):
        good = good and agrees
        say(told)
    return 0 if good else 1


def _outcome(numbered: tuple[int, bytes], archive: Archive, *, jsonl: bool) -> tuple[bool, str]:
    """Whether a line passes, and what is said of it."""
    number, line = numbered
    identifier, request, problem = parse_line(line, number)
    verdict = verify(request, archive) if request else _UNREADABLE
    if jsonl:
        data = line_data(identifier, verdict) | ({"error": problem} if problem else {})
        return verdict.agrees, json.dumps(data, ensure_ascii=False)
    if verdict.agrees and verdict.found:
        return True, f"{identifier}: 与存档文本核对一致（{place(verdict.found, archive)}）"
    return verdict.agrees, f"{identifier}: {problem or advise(request.text if request else '', verdict, archive)}"


def parse_line(line: bytes, number: int) -> tuple[object, Request | None, str]:
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
