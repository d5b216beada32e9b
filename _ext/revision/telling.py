"""What was changed, for the editor: where it stands, what it was, what it is, and of a quotation what the archive says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from drafts.draft import Paragraph
from drafts.judge import Judged, judge
from drafts.named import Attribution
from drafts.quoted import Kind as Found, Quotation
from drafts.telling import item as judged_item, told as judged_lines
from speeches.core.source.archive import Archive
from zhword.reading import From

from .compare import Change, Compared, Kind, Quoted
from .read import Remark, Revision

_MARKS = "“”‘’"
_CONTEXT, _NEAR = 6, 2
"""Characters that are shown around an edit; between edits that are told as one."""
_KNOWN = 10
"""Characters by which a paragraph is found again in a chapter that was changed since."""


@dataclass(frozen=True, slots=True)
class Speeches:
    """Where quotations come from: the archive, and the speech of each quotation by its id, as the lock has it."""

    archive: Archive
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One change or comment. ``quoted``: the quotation that it is about; ``lines``: for a reader; ``data``: for a program."""

    quotation: bool
    lines: tuple[str, ...]
    data: dict[str, object]


def tell(revision: Revision, compared: Compared, speeches: Speeches, root: Path) -> list[Told]:
    """Quotations first, then the other changes, then comments; each in the order of the book."""
    quotations = [_quotation(change, quoted, speeches, root) for change in compared.changes for quoted in change.quoted]
    changes = [_change(change, root) for change in compared.changes if not _is_quotation(change)]
    remarks = [_remark(remark, compared, root) for remark in revision.remarks]
    return [*quotations, *changes, *remarks]


def _is_quotation(change: Change) -> bool:
    """Whether nothing but quotations was changed."""
    if not change.quoted or change.kind is not Kind.CHANGED:
        return bool(change.quoted)
    if change.origin.claim:
        return True
    rest_before, rest_after = change.before, change.after
    for quoted in change.quoted:
        rest_before = rest_before.replace(quoted.before, "", 1)
        rest_after = rest_after.replace(quoted.after, "", 1) if quoted.after else rest_after
    return rest_before == rest_after


def _quotation(change: Change, quoted: Quoted, speeches: Speeches, root: Path) -> Told:
    where = _where(change.origin, root)
    words = quoted.after.strip()
    judged = _judged(quoted, speeches) if words else None
    gone = "引文删去了" if not words else "引文改动了"
    lines = [f"{where}：{gone}（{quoted.id}{_who(change)}）", f"书稿是：{quoted.before}"]
    if words:
        lines.append(f"改成了：{words}")
    archived = _judged(Quoted(quoted.id, "", quoted.before), speeches)
    if judged is not None:
        lines += judged_lines(judged, speeches.archive)
        if not judged.passed and not any(line.startswith("存档文本") for line in lines):
            lines += [line for line in judged_lines(archived, speeches.archive) if line.startswith("存档文本")]
        lines.append("引文不能照改：讲话没有这样说。要改意思的，去掉引号，写成编者自己的话。" if not judged.passed
                     else "改后与存档文本也一致：可以照改，改完运行 handbook accept。")  # fmt: skip
    data = _data("quotation", change.origin, where, quoted.before, words, change) | {
        "quotation": quoted.id,
        "verdict": judged_item(judged, change.origin.path) if judged is not None else None,
    }
    return Told(True, tuple(lines), data)


def _judged(quoted: Quoted, speeches: Speeches) -> Judged:
    """The words of a quotation, without the marks around them, against the archive."""
    words = quoted.after.strip()
    start = 1 if words[:1] in ("“", "‘") else 0
    end = len(words) - 1 if start and words[-1:] in ("”", "’") else len(words)
    paragraph = Paragraph(words, quoted.id)
    attribution = Attribution(speeches.of.get(quoted.id, ""), "", True)
    return judge(Quotation(paragraph, start, max(end, start), Found.MARKS, attribution), speeches.archive)


def _change(change: Change, root: Path) -> Told:
    where = _where(change.origin, root)
    match change.kind:
        case Kind.ADDED:
            lines = [f"{where}之后：增加了一段{_who(change, alone=True)}", f"增加的是：{change.after}"]
        case Kind.DROPPED:
            lines = [f"{where}：删去了一段{_who(change, alone=True)}", f"书稿是：{change.before}"]
        case Kind.MOVED:
            lines = [f"{where}：移到了别处{_who(change, alone=True)}", f"书稿是：{change.before}"]
        case Kind.PARTED:
            lines = [
                f"{where}：只改了分段，文字没有改{_who(change, alone=True)}",
                f"改成了：{change.after.replace(chr(10), '／')}",
                "LibreOffice 存盘时会把跨页的段落分成两段，那样的可以不管。",
            ]
        case _:
            lines = [f"{where}：文字改动了{_who(change, alone=True)}", *edits(change.before, change.after)]
    return Told(False, tuple(lines), _data("change", change.origin, where, change.before, change.after, change))


def _remark(remark: Remark, compared: Compared, root: Path) -> Told:
    origin = compared.places.get(remark.line, From(""))
    where = _where(origin, root)
    lines = [
        f"{where}：批注（{remark.by or '没有署名'}）",
        *([f"批在：{remark.words}"] if remark.words else []),
        f"说的是：{remark.text}",
    ]
    data: dict[str, object] = {"kind": "comment", "path": origin.path, "line": line_now(origin, root), "where": where,
                               "words": remark.words, "comment": remark.text, "by": [remark.by]}  # fmt: skip
    return Told(False, tuple(lines), data)


def edits(before: str, after: str) -> Iterator[str]:
    """“…前面的字【旧】→【新】后面的字…”, one line a place; places that touch are one."""
    found: list[tuple[int, int, int, int]] = []
    for step in Levenshtein.opcodes(before, after):
        if step.tag == "equal":
            continue
        if found and step.src_start - found[-1][1] <= _NEAR:
            found[-1] = (found[-1][0], step.src_end, found[-1][2], step.dest_end)
        else:
            found.append((step.src_start, step.src_end, step.dest_start, step.dest_end))
    for a, a_end, b, b_end in found:
        old, new = before[a:a_end], after[b:b_end]
        told = f"“{old}”改成了“{new}”" if old and new else f"删去了“{old}”" if old else f"加上了“{new}”"
        yield f"…{before[max(0, a - _CONTEXT) : a]}▲{before[a_end : a_end + _CONTEXT]}…：{told}"


def _where(origin: From, root: Path) -> str:
    if not origin.path:
        return "封面、版权页或索引（由 conf.py 和程序生成）"
    line = line_now(origin, root)
    return f"{origin.path}:{line}" if line else origin.path


def line_now(origin: From, root: Path) -> int:
    """The line of a paragraph in its file as it is today: the nearest that begins like it, else the one of then."""
    begin = re.sub(f"^[{_MARKS}\\s]+", "", origin.text)[:_KNOWN]
    try:
        lines = (root / origin.path).read_text(encoding="utf-8-sig").split("\n") if origin.path and begin else []
    except (OSError, UnicodeDecodeError):
        return origin.line
    near = [number for number, line in enumerate(lines, 1) if begin in line]
    return min(near, key=lambda number: abs(number - origin.line)) if near else origin.line


def _who(change: Change, *, alone: bool = False) -> str:
    line = change.line
    told = "修订，" + "、".join(line.by) if line is not None and line.tracked and line.by else ""
    return (f"（{told}）" if alone else f"，{told}") if told else ""


def _data(kind: str, origin: From, where: str, before: str, after: str, change: Change) -> dict[str, object]:
    line = change.line
    return {
        "kind": kind, "change": str(change.kind), "path": origin.path, "line": int(where.rpartition(":")[2]) if origin.line else 0,
        "where": where, "before": before, "after": after,
        "tracked": bool(line and line.tracked), "by": list(line.by) if line else [],
    }  # fmt: skip


def summary(told: Sequence[Told]) -> str:
    """How many of each."""
    quotations = sum(one.quotation for one in told)
    remarks = sum(one.data["kind"] == "comment" for one in told)
    return f"引文改动{quotations}处，其他改动{len(told) - quotations - remarks}处，批注{remarks}条。书稿一个字也没有自动改。"
