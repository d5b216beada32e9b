"""Mistakes of an editor, one for each subtype of warning: the edits that raise it, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass

from book import Book

ONE = "chapters/one.md"
TWO = "chapters/two.md"
LAMP = "source_speeches/lamp.txt"
FIRST = "守灯人的本分，是天黑之前把灯点亮。\n:::"


@dataclass(frozen=True)
class Case:
    """Edits (file, old, new) that raise one warning, and what it must say. ``where``: file:line or file."""

    where: str
    says: tuple[str, ...]
    edits: tuple[tuple[str, str, str], ...]
    repin: tuple[str, ...] = ()


def one(where: str, says: str, *edits: tuple[str, str, str], repin: str = "") -> Case:
    return Case(where, tuple(says.split("｜")), edits, tuple(repin.split()))


CASES = {
    "archive": one(f"{LAMP}:1", "文件是空的", (LAMP, "*", ""), repin="lamp"),
    "encoding": one(f"{TWO}:7", "1个字在转换编码时丢掉了｜不算规", (TWO, "不算规矩", "不算规\ufffd")),
    "syntax": one(f"{ONE}:5",
    ":name: “守灯”不能用｜小写英文字母", (ONE, f"p4.s1\n{FIRST}", f"p4.s1\n:name: 守灯\n{FIRST}")),
    "duplicate": one(f"{TWO}:3",
    "摘录名“watch”用了两次｜chapters/one.md:11", (TWO, "p3.s2\n",
    "p3.s2\n:name: watch\n")),
    "reference": one(f"{TWO}:7", "没有名为“wotch”的摘录｜最接近的是：watch", (TWO, "`q.river.p3.s2`", "`wotch`")),
    "unchecked": one(f"{ONE}:11", "共3句", (ONE, "lamp p5.s1-2", "lamp p5.s9")),
    "altered": one(
        f"{ONE}:5",
    "印成了“就”｜书上印的：海上的船看得见灯，心里就有底。｜存档文本：海上的船看得见灯，心里才有底。（lamp p4.s2",
        (ONE, f"p4.s1\n{FIRST}", "p4.s2\n海上的船看得见灯，心里就有底。\n:::"),
    ),
    "absent": one(f"{ONE}:5", "查无此文｜书上印的：苹果熟了", (ONE, FIRST, "苹果熟了要赶紧摘下来卖掉。\n:::")),
    "ambiguous": one(
        f"{ONE}:5", "出现2次｜p4.s3｜p5.s4",
        (ONE, f"p4.s1\n{FIRST}",
    "\n守灯要用心。\n:::"), (LAMP, "才有底。",
    "才有底。守灯要用心。"), (LAMP, "巡看。",
    "巡看。守灯要用心。"),
        repin="lamp",
    ),
    "elsewhere": one(f"{TWO}:3", "张冠李戴｜注为 lamp｜river", (TWO, "{excerpt} river p3.s2", "{excerpt} lamp")),
    "moved": one(f"{ONE}:5", "位置不对｜p4.s1", (ONE, "{excerpt} lamp p4.s1", "{excerpt} lamp p5.s1")),
    "source": one(f"{ONE}:5",
    "没有编号为“lamb”的讲话｜最接近的是：lamp", (ONE, "{excerpt} lamp p4.s1",
    "{excerpt} lamb p4.s1")),
    "clipped": one(f"{ONE}:5", "截取可能改变原意｜“不能”", (ONE, f"p4.s1\n{FIRST}", "p8\n拿天气好当借口。\n:::")),
    "restricted": one(
        f"{ONE}:5",
    "不得引用，也不得刊出｜第4行：家事", ("source_speeches/lamp.toml",
    "$", '[[restrict]]\nlines = [4, 4]\nkind = "withhold"\nreason = "家事"\n')
    ),
    "secondhand": one(
        f"{TWO}:3",
    "转述的话｜:secondhand:", ("source_speeches/river.toml",
    "$", '[[restrict]]\nlines = [3, 3]\nkind = "secondhand"\n')
    ),
    "new": one(f"{ONE}:11", "还没有人认可（q.wick）｜handbook accept q.wick", (ONE, ":name: watch", ":name: wick"),
               (ONE, "{excerpt}`watch`", "{excerpt}`wick`")),
    "changed": one(
        f"{ONE}:5", "引文在认可之后改动过｜王主任｜当时：守灯人的本分｜现在：天黑之前｜handbook accept q.lamp.p4.s1",
        (ONE, FIRST, "天黑之前把灯点亮。\n:::"),
    ),
    "pulled": one(
        f"{ONE}:11", "从讲话中提取的文字与上次认可时不同｜当时：灯油要一勺｜剪得太短｜现在：灯油要一勺｜剪得过短",
        (LAMP, "剪得太短", "剪得过短"), repin="lamp",
    ),
    "stale": one(f"{LAMP}:1",
    "存档文本在认可之后换过｜逐条重看引文｜由此引起", (LAMP, "交班的人",
    "交班人员"), repin="lamp"),
    "gone": one("excerpts.lock:6",
    "q.river.p3.s2 在书中已经没有了｜原在 chapters/two", (TWO, "{excerpt} river p3.s2",
    "{excerpt} river p3.s2\n:name: boat"),
                (TWO, "`q.river.p3.s2`", "`boat`")),
    "lock": one("excerpts.lock:2",
    "excerpts.lock:2: 不是完整的一条记录", ("excerpts.lock", '{"version": 3}', '{"version": 2}\n{"id"')),
    "empty": one("", "全书没有一条引文｜include_patterns", (ONE, "*", "# 空\n"), (TWO, "*", "# 空\n")),
    "unattributed": one(
        f"{TWO}:7",
    "未注明出处｜书上印的：｜存档文本：lamp p7.s1｜{quote}`", (TWO, "船上的规矩",
    "交班的人把油壶、剪刀、记事本逐件点清。船上的规矩")
    ),
    "unsourced": one(f"{TWO}:7",
    "查无出处：“逢山开路遇水搭桥”｜{saying}`", (TWO, "船上的规矩",
    "都说“逢山开路遇水搭桥”，船上的规矩")),
    "markup": one(f"{TWO}:7", "花括号的写法没有写对｜应写作：都说{quote}`船到河心补漏迟 <river>`",
                  (TWO, "船上的规矩", "都说｛quote｝‘船到河心补漏迟 <river>’，船上的规矩")),
    "attribution": one(
        f"{TWO}:11", "张冠李戴：这一行写的是《在渡口管理所的讲话》｜出自《在灯塔站年会上的讲话》",
        (TWO, "$", "\n| 讲话 | 原话 |\n|---|---|\n| {speech}`river` | {quote}`灯油要一勺一勺地添 <lamp>` |\n")
    ),
    "withheld": one(
        f"{TWO}:9", "登记为不得刊出的文字（图片说明、链接提示一类", ("source_speeches/lamp.toml",
        "$", '[[restrict]]\nlines = [7, 7]\nkind = "withhold"\n'),
        (TWO, "$", '\n[规矩](https://example.org "交班的人把油壶、剪刀、记事本逐件点清")\n')
    ),
}  # fmt: skip


def apply(book: Book, case: Case) -> None:
    """``*`` replaces a whole file, ``$`` appends to it."""
    for name, old, new in case.edits:
        match old:
            case "*":
                book.write(name, new)
            case "$":
                book.write(name, book.path(name).read_text(encoding="utf-8") + new)
            case _:
                book.edit(name, old, new)
    for speech_id in case.repin:
        book.repin(speech_id)
