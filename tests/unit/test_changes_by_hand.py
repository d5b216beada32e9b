"""Changes of records and lock by hand: each is told at its file and line, or it is said why it may be made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from speeches.core.errors import LockError
from speeches.core.review.accepting import accepted, accepted_speech
from speeches.core.review.book import book_findings
from speeches.core.review.claim import Claim, QuotationKind, quote_id
from speeches.core.review.lockfile import Lock, format_lock, parse_lock
from speeches.core.review.review import review_all
from speeches.core.review.upgrade import upgrade
from speeches.core.source.archive import Archive, load_archive
from speeches.core.source.selector import Selector, parse_locator
from support import archive_of, write_archive

TODAY = dt.date(2026, 11, 21)
TEXT = "渡船要先数清人数。\n老话说，一寸光阴一寸金。\n渡口的位臵要紧，船工苦在其中。\n渡船要先数清人数，不怕天黑。\n"
LAMP = "灯要先看油有没有添满。\n"
RECORD = """title = "在渡口的讲话"
called = ["渡口那篇", "河边的讲话"]
occasion = "渡口会议"
level = "乡镇"
speaker = "李站长"
date = "2015"
date_basis = "据文中推定"
checked_against_original = false
provenance = "来源不详。"
order = 1
sha256 = "SHA"
[[dated]]
wording = "数清人数"
period = "当时的说法"
look_up = "现行规定"
[[emendation]]
line = 3
original = "位臵"
reading = "位置"
kind = "transcription"
[[restrict]]
lines = [2, 2]
from = "一寸光阴"
to = "一寸金"
kind = "secondhand"
[[restrict]]
lines = [3, 3]
from = "船工"
kind = "withhold"
""".replace("SHA", sha256(TEXT.encode()).hexdigest())


def _claim(text: str, line: int, locator: str = "", *, name: str = "", speech: str = "river") -> Claim:
    return Claim(
        id=f"q.{name}" if name else quote_id("chapters/a", speech, text, locator),
        kind=QuotationKind.EXCERPT if name else QuotationKind.QUOTE, docname="chapters/a", path="chapters/a.md", line=line,
        speech=speech, text=text, name=name, secondhand=True, note="语出古诗。" if name == "poem" else "",
        selector=Selector(parse_locator(locator) if locator else None),
    )  # fmt: skip


CLAIMS = (
    _claim("渡船要先数清人数。", 3, "p1", name="count"),
    _claim("一寸光阴一寸金。", 7, name="poem"),
    _claim("渡口的位臵〔置〕要紧", 11, name="place"),
    _claim("怕天黑", 15),
    _claim("先数清人数", 17, "p1"),
    _claim("先数清人数", 17, "p4"),
    _claim("油有没有添满", 19, speech="lamp"),
)


def _accepted(archive: Archive) -> str:
    """The lock as ``handbook accept`` writes it."""
    quotations = {
        item.claim.id: accepted(item, archive, by="综合科", on="2026-11-20", reason="上文已说明")
        for item in review_all(CLAIMS, archive, Lock())
    }
    speeches = {speech.id: accepted_speech(speech, None, by="综合科", on="2026-11-20") for speech in archive}
    return format_lock(Lock({k: v for k, v in quotations.items() if v}, {k: v for k, v in speeches.items() if v}))


def told(folder: Path, record: str, lock_text: str) -> list[tuple[str, str]]:
    """What the strict check says: ``river.toml:3`` and the message of each."""
    write_archive(folder, {"river": TEXT, "lamp": LAMP}, {"river": RECORD, "lamp": 'title = "在灯塔的讲话"\n'})
    (folder / "river.toml").write_text(record, encoding="utf-8")
    archive = load_archive(folder)
    try:
        lock = parse_lock(lock_text)
    except LockError as error:
        return [tuple(line.split(": ", 1)) for line in str(error).split("\n")]  # type: ignore[misc]
    reviewed = review_all(CLAIMS, archive, lock)
    found = [*book_findings(reviewed, archive, lock, today=TODAY), *(f for item in reviewed for f in item.findings)]
    faults = [problem for fault in archive.faults.values() for problem in fault.problems]
    return [(f"{Path(p.path).name}:{p.line or 0}", p.message) for p in faults] + [
        (f"{f.path if f.path.startswith('chapters') else Path(f.path).name}:{f.line}", f.message) for f in found
    ]


@pytest.fixture(scope="module")
def lock_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("then")
    archive = archive_of(folder, {"river": TEXT, "lamp": LAMP}, {"river": RECORD, "lamp": 'title = "在灯塔的讲话"\n'})
    return _accepted(archive)


def test_nothing_is_told_of_what_was_accepted(tmp_path: Path, lock_text: str) -> None:
    assert told(tmp_path, RECORD, lock_text) == []


RECORDS = {
    "title": ("在渡口的讲话", "在全国会议上的讲话", "river.toml:1", "题名"),
    "title emptied": ('"在渡口的讲话"', '""', "river.toml:1", "缺少这一项"),
    "title taken out": ('title = "在渡口的讲话"\n', 'titel = "在渡口的讲话"\n', "river.toml:1", "没有这个键"),
    "name that is printed": ('"渡口那篇"', '"省里的讲话"', "river.toml:2", "行文中的称呼“渡口那篇”→“省里的讲话”"),
    "names in another order": ('"渡口那篇", "河边的讲话"', '"河边的讲话", "渡口那篇"', "river.toml:2", "行文中的称呼"),
    "a name taken out": (', "河边的讲话"', "", "river.toml:2", "少了称呼“河边的讲话”"),
    "all names taken out": ('called = ["渡口那篇", "河边的讲话"]\n', "", "river.toml:0", "行文中的称呼“渡口那篇”→“（空）”"),
    "names as one word": ('["渡口那篇", "河边的讲话"]', '"渡口那篇"', "river.toml:2", "行文中怎样称呼"),
    "occasion": ("渡口会议", "全国会议", "river.toml:3", "场合"),
    "level": ('"乡镇"', '"国家"', "river.toml:4", "级别"),
    "speaker": ("李站长", "王省长", "river.toml:5", "讲话人"),
    "speaker taken out": ('speaker = "李站长"\n', "", "river.toml:0", "讲话人“李站长”→“（空）”"),
    "date": ('date = "2015"', 'date = "2025"', "river.toml:6", "时间"),
    "date that is none": ('date = "2015"', 'date = "2015年"', "river.toml:6", "2015-05"),
    "date as a number": ('date = "2015"', "date = 2015", "river.toml:6", "应为文字"),
    "what the date rests on": ("据文中推定", "见原件", "river.toml:6", "时间"),
    "said to agree with the original": ("original = false", "original = true", "river.toml:8", "与原件核对"),
    "status as a word": ("original = false", 'original = "是"', "river.toml:8", "true 或 false"),
    "rights that are none": ("order = 1", 'rights = "公开"', "river.toml:10", "internal"),
    "order as a word": ("order = 1", 'order = "一"', "river.toml:10", "整数"),
    "a key twice": ("order = 1", "order = 1\norder = 2", "river.toml:11", ""),
    "a key of no record": ("order = 1", 'colour = "红"', "river.toml:10", "没有这个键"),
    "Chinese quotation marks": ('"乡镇"', "“乡镇”", "river.toml:4", ""),
    "merge markers": ('level = "乡镇"\n', '<<<<<<< HEAD\nlevel = "乡镇"\n=======\nlevel = "县"\n>>>>>>> b\n', "river.toml:4", ""),
    "dated wording": ('wording = "数清人数"', 'wording = "数清人头"', "river.toml:13", "文本里没有"),
    "dated wording, another": ('wording = "数清人数"', 'wording = "老话"', "chapters/a.md:3", "时效提示"),
    "period": ("当时的说法", "现行的说法", "chapters/a.md:3", "时效提示"),
    "where to look": ("现行规定", "旧规定", "chapters/a.md:3", "时效提示"),
    "dated wording taken out": ('[[dated]]\nwording = "数清人数"\nperiod = "当时的说法"\nlook_up = "现行规定"\n', "",
                                "chapters/a.md:3", "时效提示"),
    "correction to another sense": ('reading = "位置"', 'reading = "本位"', "chapters/a.md:11", "登记里没有这一条勘正"),
    "correction taken out": ('[[emendation]]\nline = 3\noriginal = "位臵"\nreading = "位置"\nkind = "transcription"\n', "",
                             "chapters/a.md:11", "登记"),
    "correction of another kind": ('"transcription"', '"wrong"', "chapters/a.md:11", "校订"),
    "correction of no kind": ('"transcription"', '"typo"', "river.toml:20", "只能是"),
    "correction that turns the sense": ('original = "位臵"\nreading = "位置"', 'original = "要紧"\nreading = "不要紧"',
                                        "river.toml:19", "增删了否定词"),
    "correction at another line": ("line = 3", "line = 2", "river.toml:18", "没有“位臵”"),
    "correction inside what was accepted": ("[[restrict]]\nlines = [2, 2]",
        '[[emendation]]\nline = 1\noriginal = "数清"\nreading = "数请"\nkind = "wrong"\n[[restrict]]\nlines = [2, 2]',
        "chapters/a.md:3", "校订"),
    "restriction made milder": ('from = "船工"\nkind = "withhold"', 'from = "船工"\nkind = "noquote"', "river.toml:0", "少了认可过的限制"),
    "restriction made narrower": ('from = "船工"', 'from = "其中"', "river.toml:0", "少了认可过的限制"),
    "restriction moved": ("lines = [3, 3]", "lines = [1, 1]", "river.toml:28", "没有“船工”"),
    "restriction taken out": ('[[restrict]]\nlines = [3, 3]\nfrom = "船工"\nkind = "withhold"\n', "", "river.toml:0", "会刊出"),
    "restriction of a quotation taken out": ('[[restrict]]\nlines = [2, 2]\nfrom = "一寸光阴"\nto = "一寸金"\nkind = "secondhand"\n',
                                            "", "chapters/a.md:7", "限制"),
    "restriction of no kind": ('"withhold"', '"secret"', "river.toml:29", "只能是"),
    "restriction over what is quoted": ('from = "船工"', 'from = "渡口"', "chapters/a.md:11", "不得刊出"),
    "lines of the page struck out": ("order = 1", "skip = [[1, 1]]", "chapters/a.md:3", ""),
    "lines that are not there": ("order = 1", "skip = [[9, 9]]", "river.toml:10", "行号超出"),
    "digest": ('sha256 = "', 'sha256 = "0', "river.toml:11", "摘要不符"),
}  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_a_changed_record_is_told_at_its_place(tmp_path: Path, lock_text: str, name: str) -> None:
    old, new, where, says = RECORDS[name]
    assert RECORD.count(old) == 1
    found = told(tmp_path, RECORD.replace(old, new), lock_text)
    assert any(place == where and says in message for place, message in found), found


HARMLESS_RECORDS = {
    "where it came from: nothing that is quoted rests on it": ("来源不详。", "县档案馆。"),
    "its place among the speeches": ("order = 1", "order = 2"),
    "a further name: what names more finds more": ('"河边的讲话"]', '"河边的讲话", "过河的讲话"]'),
    "a note on wording that no quotation has": ("[[emendation]]",
        '[[dated]]\nwording = "老话说"\nperiod = "旧时"\nlook_up = "无"\n[[emendation]]'),
    "a restriction more, over what is not quoted: it takes away, and shows nothing": ("[[emendation]]",
        '[[restrict]]\nlines = [2, 2]\nto = "老话"\nkind = "noquote"\n[[emendation]]'),
    "lines and keys in another order: they mean the same": ('level = "乡镇"\nspeaker = "李站长"', 'speaker = "李站长"\nlevel = "乡镇"'),
}  # fmt: skip


@pytest.mark.parametrize("why", HARMLESS_RECORDS)
def test_what_may_be_changed_in_a_record(tmp_path: Path, lock_text: str, why: str) -> None:
    old, new = HARMLESS_RECORDS[why]
    assert RECORD.count(old) == 1
    assert told(tmp_path, RECORD.replace(old, new), lock_text) == []


Change = Callable[[list[str]], list[str]]
"""The lines of the lock, before and after: 1 version, 2 lamp, 3 river, then quotations by their ids."""


def _line(key: str, lines: list[str]) -> int:
    return next(n for n, line in enumerate(lines) if f'"{key}"' in line)


def put(key: str, old: str, new: str) -> Change:
    """Replace in the line of an id or a speech."""

    def change(lines: list[str]) -> list[str]:
        at = _line(key, lines)
        assert lines[at].count(old) == 1, lines[at]
        return [*lines[:at], lines[at].replace(old, new), *lines[at + 1 :]]

    return change


def swap(one: str, other: str) -> Change:
    return lambda lines: [line.replace(one, "\0").replace(other, one).replace("\0", other) for line in lines]


COUNT, POEM, PLACE = "q.count", "q.poem", "q.place"
DARK = CLAIMS[3].id
AT_1, AT_4 = CLAIMS[4].id, CLAIMS[5].id
LOCKS: dict[str, tuple[Change, str, str]] = {
    "text": (put(COUNT, "先数清人数。", "先数清船数。"), "chapters/a.md:3", "引文在认可之后改动过"),
    "place": (put(COUNT, '"locator": "p1', '"locator": "p4'), "chapters/a.md:3", "位置与认可时不同"),
    "speech": (put(COUNT, '"speech": "river"', '"speech": "lamp"'), "chapters/a.md:3", "改注了另一篇"),
    "kind": (put(COUNT, '"excerpt"', '"quote"'), "chapters/a.md:3", "种类"),
    "digest of a quotation": (put(COUNT, '"digest": "', '"digest": "0'), "chapters/a.md:3", "换过"),
    "note": (put(POEM, "语出古诗。", "语出唐诗。"), "chapters/a.md:7", "编者注"),
    "note taken out": (put(POEM, '"note": "语出古诗。", ', ""), "chapters/a.md:7", "编者注"),
    "note put in": (put(COUNT, '"by"', '"note": "见前。", "by"'), "chapters/a.md:3", "编者注"),
    "correction": (put(PLACE, "臵〔置〕 t", "臵〔本〕 t"), "chapters/a.md:11", "校订"),
    "correction taken out": (lambda lines: [re.sub(r'"corrections": \[.*?\], ', "", line) for line in lines], "chapters/a.md:11", "校订"),
    "restriction of a quotation": (lambda lines: [re.sub(r'("q\.poem".*?)"restrictions": \[.*?\], ', r"\1", line) for line in lines],
                                   "chapters/a.md:7", "限制"),
    "dated wording of a quotation": (put(COUNT, "当时的说法", "现行的说法"), "chapters/a.md:3", "时效提示"),
    "accepted cut taken out": (put(DARK, '"flags": ["clipped"], ', ""), "chapters/a.md:15", "截取可能改变原意"),
    "reason of one dot": (put(DARK, "上文已说明", "。"), "excerpts.lock:7", "什么也没有说明"),
    "reason taken out": (put(DARK, ', "reason": "上文已说明"', ""), "chapters/a.md:15", "截取可能改变原意"),
    "a flag of no kind": (put(DARK, '["clipped"]', '["fine"]'), "excerpts.lock:7", "fine"),
    "nobody": (put(COUNT, '"by": "综合科"', '"by": ""'), "excerpts.lock:8", "没有写明认可人"),
    "a name of marks": (put(COUNT, '"by": "综合科"', '"by": "——"'), "excerpts.lock:8", "没有写明认可人"),
    "date that is none": (put(COUNT, "2026-11-20", "2026-13-45"), "excerpts.lock:8", "不是日期"),
    "date in the future": (put(COUNT, "2026-11-20", "2999-01-01"), "excerpts.lock:8", "还没有到"),
    "date taken out": (put(COUNT, ', "on": "2026-11-20"', ""), "excerpts.lock:8", "不是日期"),
    "count": (put(DARK, '"flags"', '"count": 2, "flags"'), "chapters/a.md:15", "认可时有2处"),
    "count of none": (put(DARK, '"flags"', '"count": 0, "flags"'), "chapters/a.md:15", "认可时有0处"),
    "count as a word": (put(DARK, '"flags"', '"count": "2", "flags"'), "excerpts.lock:7", "键不对"),
    "ids of two excerpts swapped": (swap('"q.count"', '"q.poem"'), "chapters/a.md:3", "改动过"),
    "ids of equal words at two places swapped": (swap(AT_1, AT_4), "chapters/a.md:17", "位置与认可时不同"),
    "id": (put(COUNT, '"q.count"', '"q.counted"'), "excerpts.lock:8", "已经没有了"),
    "a line taken out": (lambda lines: [line for line in lines if '"q.count"' not in line], "chapters/a.md:3", "还没有人认可"),
    "a line twice": (lambda lines: [*lines[:8], lines[7], *lines[8:]], "excerpts.lock:9", "重复"),
    "a line cut off": (lambda lines: [*lines[:7], lines[7][:-9], *lines[8:]], "excerpts.lock:8", "不是完整的一条记录"),
    "a line that is none": (lambda lines: [*lines[:7], "看过", *lines[7:]], "excerpts.lock:8", "不是完整的一条记录"),
    "a quotation that the book has not": (lambda lines: [*lines, lines[7].replace("q.count", "q.other")], "excerpts.lock:11", "已经没有了"),
    "a key misspelt": (put(COUNT, '"locator"', '"locater"'), "excerpts.lock:8", "键不对"),
    "a key twice in a line": (put(COUNT, '"text"', '"text": "别的", "text"'), "excerpts.lock:8", "不是完整的一条记录"),
    "merge markers": (lambda lines: [*lines[:7], "<<<<<<< a", lines[7], "=======", lines[7], ">>>>>>> b", *lines[8:]],
                      "excerpts.lock:8", "合并冲突"),
    "merge markers of diff3": (lambda lines: [*lines[:7], "||||||| base", *lines[7:]], "excerpts.lock:8", "合并冲突"),
    "version": (lambda lines: ['{"version": 9}', *lines[1:]], "excerpts.lock:1", "只认识"),
    "version of before": (lambda lines: ['{"version": 2}', *lines[1:]], "excerpts.lock:3", "键不对"),
    "version taken out": (lambda lines: lines[1:], "excerpts.lock:1", "版本号"),
    "title": (put("river", "在渡口的讲话", "在全国会议上的讲话"), "river.toml:1", "题名"),
    "printed name": (put("river", "渡口那篇", "省里的讲话"), "river.toml:2", "行文中的称呼"),
    "further name": (put("river", "河边的讲话", "省里的讲话"), "river.toml:2", "少了称呼"),
    "level": (put("river", '"level": "乡镇"', '"level": "国家"'), "river.toml:4", "级别"),
    "date of a speech": (put("river", "2015（", "2025（"), "river.toml:6", "时间"),
    "said to agree with the original": (put("river", '"called"', '"compared": true, "called"'), "river.toml:8", "与原件核对"),
    "restriction of a speech": (put("river", "3:9-3:15 withhold", "3:9-3:14 withhold"), "river.toml:0", "少了认可过的限制"),
    "digest of a speech": (put("river", '"digest": "', '"digest": "0'), "river.txt:0", "换过"),
    "speech taken out": (lambda lines: [line for line in lines if not line.startswith('{"speech": "river"')], "excerpts.lock:0",
                         "没有讲话 river 的一行"),
    "nobody accepted a record": (put("river", '"by": "综合科"', '"by": "  "'), "excerpts.lock:3", "没有写明认可人"),
    "a record accepted on no day": (put("river", "2026-11-20", "昨天"), "excerpts.lock:3", "不是日期"),
    "the file emptied": (lambda _lines: [], "chapters/a.md:3", "还没有人认可"),
}  # fmt: skip


@pytest.mark.parametrize("name", LOCKS)
def test_a_changed_lock_is_told_at_its_place(tmp_path: Path, lock_text: str, name: str) -> None:
    change, where, says = LOCKS[name]
    lines = lock_text.splitlines()
    changed = change(lines)
    assert changed != lines
    found = told(tmp_path, RECORD, "".join(f"{line}\n" for line in changed))
    assert any(place == where and says in message for place, message in found), found


HARMLESS_LOCKS: dict[str, Change] = {
    "lines in another order: each says what it is of": lambda lines: [lines[0], *reversed(lines[1:])],
    "the chapter: an excerpt may move, its words and its place are what was accepted": put(
        COUNT, "chapters/a", "chapters/b"
    ),
    "who, and when: nothing else in the project knows it better": put(COUNT, "综合科", "办公室"),
    "empty lines": lambda lines: [line for pair in ((line, "") for line in lines) for line in pair],
    "a flag with a reason where nothing is cut: it excuses nothing there": put(
        COUNT, '"by"', '"flags": ["clipped"], "by"'
    ),
    "a pinned restriction: the record, which rules, still has it": put("river", ', "3:9-3:15 withhold"', ""),
}


@pytest.mark.parametrize("why", HARMLESS_LOCKS)
def test_what_may_be_changed_in_a_lock(tmp_path: Path, lock_text: str, why: str) -> None:
    lines = lock_text.splitlines()
    changed = HARMLESS_LOCKS[why](lines)
    assert changed != lines
    assert told(tmp_path, RECORD, "\n".join(changed) + "\n") == []


def test_there_are_at_least_forty_of_each() -> None:
    assert len(RECORDS) >= 40 and len(LOCKS) >= 40


def test_what_was_added_to_a_record_is_pinned_by_the_next_acceptance(tmp_path: Path, lock_text: str) -> None:
    """Who accepted stays; what is pinned now is told when it goes."""
    record = RECORD.replace('"河边的讲话"]', '"河边的讲话", "过河的讲话"]')
    archive = archive_of(tmp_path / "now", {"river": TEXT}, {"river": record})
    old = parse_lock(lock_text).speeches["river"]
    new = accepted_speech(archive.speeches["river"], old, by="别人", on="2026-11-21")
    assert new == replace(old, called=(*old.called, "过河的讲话"))


def test_a_lock_of_format_2_passes_and_loses_nothing(tmp_path: Path, lock_text: str) -> None:
    """Who, when and why stay; what it did not pin is taken as it is printed now."""
    former = re.sub(r'"(?:called|dated)": \[.*?\], ', "", lock_text).replace('{"version": 3}', '{"version": 2}')
    assert former.count("\n") == lock_text.count("\n") and "called" not in former
    assert told(tmp_path, RECORD, former) == []
    archive, old = load_archive(tmp_path), parse_lock(former)
    reviewed = review_all(CLAIMS, archive, old)
    assert upgrade(old, [(item.claim, item.verdict) for item in reviewed], archive) == parse_lock(lock_text)
