"""Verdict → what to tell an editor: what is printed, what the source says, what to do. In Chinese."""

from __future__ import annotations

from zh.typed import typed

from ..matching.verdict import EditKind, Passage, PlaceStatus, Reason, SourceStatus, TextEdit, TextStatus, Verdict
from ..matching.verify import Request, verify
from ..source.archive import Archive, near_ids

_KIND_NAMES = {
    EditKind.NEGATION: "否定词有出入",
    EditKind.NUMBER: "数字有出入",
    EditKind.NAME: "称谓、职务或单位名称有出入",
    EditKind.WORDING: "文字有出入",
    EditKind.MARK: "编辑标记有误",
    EditKind.PUNCTUATION: "标点有出入",
}
_PUNCTUATION_NAMES = (
    {"，": "逗号", "。": "句号", "、": "顿号", "；": "分号", "：": "冒号", "？": "问号", "！": "叹号"}
    | {",": "逗号", ";": "分号", ":": "冒号", "?": "问号", "!": "叹号", "…": "省略号", "—": "破折号"}
    | {'"': "引号", "'": "引号", "《": "书名号", "》": "书名号"}
)
_FINAL = "。！？；，!?;,"


def advise(printed: str, verdict: Verdict, archive: Archive) -> str:
    """Several lines; the first says what is wrong, the last what to do."""
    if verdict.source in (SourceStatus.MISSING, SourceStatus.UNREADABLE, SourceStatus.UNPINNED) or (
        verdict.source is SourceStatus.CHANGED and verdict.speech in archive.faults
    ):
        return _about_source(printed, verdict, archive)
    if verdict.place is PlaceStatus.ELSEWHERE and verdict.found:
        found = verdict.found
        return _lines(
            "张冠李戴：这段话不在所注的讲话里。",
            f"书上印的：{flat(printed)}（注为 {verdict.speech}）",
            f"存档文本：这段话在 {found.speech} {place(found, archive)}",
            f"请把讲话编号改为 {found.speech}，段句号改为 {found.locator}；"
            f"若本要引 {verdict.speech}，请改用那篇的原话。",
        )
    match verdict.text:
        case TextStatus.AMBIGUOUS:
            places = "；".join(f"{p.locator}（{around(p, archive)}）" for p in verdict.candidates[:6])
            return _lines(
                f"“{flat(printed, 40)}”在 {verdict.speech} 里出现{len(verdict.candidates)}次，分不清引的是哪一处。",
                f"存档文本：{places}",
                "请在讲话编号后写明其中一个段句号，或用 :prefix:、:suffix: 写出前后几个字"
                "；哪一处都可以的行内引语，写 <讲话编号 *>。",
            )
        case TextStatus.ABSENT:
            return _lines(
                f"查无此文：{verdict.speech} 和其他讲话里都没有这段话。",
                f"书上印的：{flat(printed)}",
                f"请核对出处；凭记忆写的话不要放进引号，可用 {typed('handbook find')} 查找原话。",
            )
        case TextStatus.UNCHECKED:
            return _unchecked(printed, verdict, archive)
        case TextStatus.ALTERED:
            return _altered(printed, verdict, archive)
        case _:
            found_at = f"{verdict.found.locator}（{place(verdict.found, archive)}）" if verdict.found else ""
            return _lines(
                "位置不对：这段话在这篇讲话里，但不在所注的地方。",
                f"书上印的：{flat(printed)}",
                f"存档文本：在 {found_at}",
                f"请把段句号改为 {verdict.found.locator if verdict.found else ''}。",
            )


def place(found: Passage, archive: Archive) -> str:
    """《题名》第二部分（四）, as a reader knows it."""
    speech = archive.speeches.get(found.speech)
    return f"《{speech.title}》{speech.outline.place_at(found.start)}" if speech else found.speech


def around(found: Passage, archive: Archive, margin: int = 8) -> str:
    """The passage's surroundings, to tell two places apart."""
    speech = archive.speeches[found.speech]
    before = speech.text[max(0, found.start - margin) : found.start]
    after = speech.text[found.end : found.end + margin]
    return flat(f"…{before}【{flat(found.text, 24)}】{after}…", 80)


def flat(text: str, limit: int = 160) -> str:
    """One line of at most ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def flat_pair(before: str, after: str, limit: int = 120) -> tuple[str, str]:
    """Two texts as lines of at most about ``limit`` characters, cut so that the place where they part is seen."""
    first, second = (" ".join(text.split()) for text in (before, after))
    if max(len(first), len(second)) <= limit:
        return first, second
    apart = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    start = max(0, apart - limit // 4)
    cut = "…" if start else ""
    return f"{cut}{flat(first[start:], limit)}", f"{cut}{flat(second[start:], limit)}"


def difference(edit: TextEdit) -> str:
    """原文“不能”，书上“能”: the worst difference in words."""
    if edit.source and edit.printed:
        return f"原文是“{flat(edit.source, 40)}”，印成了“{flat(edit.printed, 40)}”"
    if edit.source:
        return f"原文的“{flat(edit.source, 40)}”漏掉了"
    return f"多出了“{flat(edit.printed, 40)}”"


def _lines(first: str, *rest: str) -> str:
    *middle, last = rest
    return "\n".join([first, *(f"  {line}" for line in middle), f"  怎么办：{last}"])


def _about_source(printed: str, verdict: Verdict, archive: Archive) -> str:
    speech = verdict.speech
    if verdict.source is SourceStatus.UNPINNED:
        return _lines(
            f"讲话 {speech} 没有登记，无法确认文本未被改动。",
            f"书上印的：{flat(printed)}",
            f"请在 {archive.root.name}/{speech}.toml 写明 title 和 sha256。",
        )
    fault = archive.faults.get(speech)
    if fault is None:
        near = near_ids(speech, archive.ids())
        hint = (
            f"最接近的是：{'、'.join(near)}。" if near else f"现有：{'、'.join(archive.ids()) or '（讲话库是空的）'}。"
        )
        return _lines(f"没有编号为“{speech}”的讲话。", f"书上印的：{flat(printed)}", f"请改正编号。{hint}")
    return _lines(
        f"讲话 {speech} 现在不能用，引文无法核对。",
        f"书上印的：{flat(printed)}",
        *(str(problem) for problem in fault.problems[:3]),
        "请先处理上面这个文件的问题。",
    )


def _wrong_locator(printed: str, verdict: Verdict, archive: Archive) -> str:
    """A locator that the speech does not have: where the words do stand, this speech first, another one else."""
    found = verify(Request(printed, verdict.speech, in_handbook=True), archive)
    if found.place is PlaceStatus.ELSEWHERE:
        return advise(printed, found, archive)
    shown = f"书上印的：{flat(printed)}"
    if found.agrees and found.found:
        where = f"存档文本：在 {found.found.locator}（{place(found.found, archive)}）"
        return _lines(verdict.detail, shown, where, f"请把段句号改为 {found.found.locator}。")
    return _lines(verdict.detail, shown, "请改正段句号，或删去它、由程序查找。")


def _unchecked(printed: str, verdict: Verdict, archive: Archive) -> str:
    shown = f"书上印的：{flat(printed)}"
    match verdict.reason:
        case Reason.EMPTY:
            return _lines(
                "引文是空的，或不足两个字，无法核对。",
                shown,
                "请写出完整的引文；要提取原文的，请写段句号或 :from:、:to:。",
            )
        case Reason.FORBIDDEN:
            return _lines(
                f"引文里有不该有的字符：{verdict.detail}。",
                shown,
                "请删去它（多半是从网页或 PDF 粘贴带来的），按原文重新录入。",
            )
        case Reason.UNPAIRED:
            return _lines(f"引号不成对，或方向相反：{verdict.detail}", shown, "请把引号补齐，或把引文截在引号之外。")
        case Reason.SHORT_FRAGMENT:
            return _lines("省略号前后各须有至少4个字，否则无法核对。", shown, "请多引几个字，或改成两条引文。")
        case Reason.LOCATOR:
            return _wrong_locator(printed, verdict, archive)
        case _:
            return _lines("这条引文无法核对。", shown, "请核对写法。")


def _altered(printed: str, verdict: Verdict, archive: Archive) -> str:
    kind = _KIND_NAMES[verdict.edit.kind] if verdict.edit else "文字有出入"
    lines = [f"引文与存档文本不符（{kind}）。", f"书上印的：{flat(printed)}"]
    if verdict.nearest:
        near = verdict.nearest
        lines.append(f"存档文本：{flat(near.text)}（{near.speech} {near.locator}，{place(near, archive)}）")
    lines.append(_what_to_do(printed, verdict))
    return _lines(*lines)


def _what_to_do(printed: str, verdict: Verdict) -> str:
    match verdict.reason:
        case Reason.STITCHED:
            return f"“{flat(verdict.detail, 30)}”之后漏引了原文，请补引，或加省略号……。"
        case Reason.ORDER:
            return "省略号前后的次序与原文相反，请按原文次序，或分成两条引文。"
        case Reason.OVERLAP:
            return "省略号前后的文字在原文中重叠，请删去重复的部分。"
        case Reason.NOTHING_OMITTED:
            return "原文此处并无省略，请删去省略号。"
        case Reason.SWALLOWED:
            return f"省略掉的文字里有“{verdict.detail}”，管着后面的话，省去就变成了相反的意思。请把它引出来。"
        case Reason.CROSSED:
            return "省略号跨过了原文的引号，把两处引语接成了一处，请把引号补齐，或分成两条引文。"
        case Reason.REVERSED_MARKS:
            return "引号的方向与原文相反，请照原文改。"
        case Reason.MARK:
            return f"{verdict.detail}。"
        case Reason.NOT_FOUND:
            return f"“{flat(verdict.detail, 40)}”在这篇讲话里找不到，请照原文改。"
    edit = verdict.edit
    if edit is None:
        return "请照存档文本改。"
    if (
        edit.kind is EditKind.PUNCTUATION
        and edit.printed
        and printed.rstrip().endswith(edit.printed)
        and edit.printed in _FINAL
    ):
        if edit.source in _PUNCTUATION_NAMES:
            name, mine = _PUNCTUATION_NAMES[edit.source], _PUNCTUATION_NAMES.get(edit.printed, "标点")
            return f"原文此处为{name}，请删去{mine}（末尾不带标点是可以的）。"
        return f"原文此处没有标点，请删去末尾的“{edit.printed}”。"
    if edit.kind is EditKind.NAME:
        return f"{difference(edit)}。请照原文改；要改称谓的，请移出引号改写。"
    return f"{difference(edit)}。请照原文改。"
