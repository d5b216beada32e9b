"""What ``handbook verify --jsonl`` does: a quotation a line in, its outcome a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial

from speeches.core.matching.verdict import PlaceStatus, SourceStatus, TextStatus, Verdict
from speeches.core.matching.verify import Request, verify
from speeches.core.report.report import line_data
from speeches.core.review.advice import advise, place
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector
from zh.terminal import say

from .jobs import in_order


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
