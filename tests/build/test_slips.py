"""What a clerk mistypes: the file and line that must be opened are named first, and one slip is one message."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from book import Book, copy_root
from permanent import with_templates

Edit = Callable[[Book], object]
ONE, TWO = "chapters/lamp.md", "chapters/boat.md"
LAMP_PAGE = """(keeping)=
# 守灯

先看灯塔站的讲话：

:::{excerpt} lamp p4.s1
守灯人的本分，是天黑之前把灯点亮。
:::

(keeping-watch)=
## 值夜

:::{excerpt} lamp p5.s1-2
:name: watch
灯油要一勺一勺地添，灯芯要一根一根地剪。剪得太短，灯光就暗；剪得太长，黑烟就重。
:::

行内也可以说{quote}`记事本上写错的地方用横线划去 <lamp>`，见{excerpt}`watch`和{speech}`river`。

:::{excerpt} lamp p5.s3
:name: night
值夜的人每隔半个时辰上塔巡看。
:::

两条都要记住，见{excerpt}`night`。
"""
BOAT_PAGE = """(crossing)=
# 渡河

:::{excerpt} river p3.s2
:name: count
渡船离岸之前，船工先要数清人数。
:::

船上的规矩见{excerpt}`count`，也见{excerpt}`watch`；{quote}`绳索每月换一次 <river>`，{saying}`船到桥头自然直`不算规矩。
"""
INDEX = "(book)=\n# 小手册\n\n```{toctree}\n:numbered:\n\nchapters/lamp\nchapters/boat\n```\n\n:::{speech-pages}\n:::\n"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that was accepted and given out, and passes."""
    book = with_templates(copy_root("permanent", tmp_path_factory.mktemp("slips") / "book"))
    shutil.rmtree(book.path("chapters"))
    shutil.rmtree(book.path("source_speeches"))
    speeches = copy_root("book", tmp_path_factory.mktemp("speeches") / "book")
    shutil.copytree(speeches.path("source_speeches"), book.path("source_speeches"))
    for name, text in ((ONE, LAMP_PAGE), (TWO, BOAT_PAGE), ("index.md", INDEX)):
        book.write(name, text)
    assert book.handbook("accept", "--all", "--by", "王主任") == 0
    assert book.handbook("ids", "--publish") == 0
    assert book.handbook("check") == 0
    shutil.rmtree(book.path("_build"))
    return book.root


@pytest.fixture
def slipped(finished: Path, tmp_path: Path) -> Book:
    """A copy to make a slip in."""
    return Book(Path(shutil.copytree(finished, tmp_path / "book")))


@dataclass(frozen=True)
class Slip:
    """What is mistyped; where the first message must point (``file:line`` or ``file``); what it must say."""

    edit: Edit
    where: str
    says: str = ""


def edit(name: str, old: str, new: str) -> Edit:
    return lambda book: book.edit(name, old, new)


def both(*edits: Edit) -> Edit:
    return lambda book: [one(book) for one in edits]


def rename(old: str, new: str) -> Edit:
    return lambda book: book.path(old).rename(book.path(new))


def delete(*names: str) -> Edit:
    return lambda book: [book.path(name).unlink() for name in names]


def recode(name: str, encoding: str) -> Edit:
    return lambda book: book.write(name, book.path(name).read_text(encoding="utf-8").encode(encoding))


def conflict(book: Book) -> None:
    lines = book.path("excerpts.lock").read_text(encoding="utf-8").splitlines()
    middle = [
        "<<<<<<< HEAD",
        lines[1],
        "||||||| base",
        "=======",
        lines[1].replace("王主任", "李科长"),
        ">>>>>>> other",
    ]
    book.write("excerpts.lock", "\n".join([lines[0], *middle, *lines[2:]]) + "\n")


FENCE, WATCH = ":::{excerpt} lamp p4.s1", ":::{excerpt} lamp p5.s1-2"
BODY = "守灯人的本分，是天黑之前把灯点亮。"
QUOTE = "{quote}`记事本上写错的地方用横线划去 <lamp>`"
LAMP_TEXT, LAMP_RECORD = "source_speeches/lamp.txt", "source_speeches/lamp.toml"

SLIPS = {
    # fences and colons
    "full-width colons": Slip(edit(ONE, WATCH, WATCH.replace(":::", "：：：")), f"{ONE}:13", ":::{excerpt} lamp p5.s1-2"),
    "full-width braces": Slip(edit(ONE, WATCH, WATCH.replace("{", "｛").replace("}", "｝")), f"{ONE}:13", ":::{excerpt} 讲话编号"),
    "two colons": Slip(edit(ONE, WATCH, WATCH[1:]), f"{ONE}:13", ":::{excerpt} lamp p5.s1-2"),
    "no braces": Slip(edit(ONE, WATCH, ":::excerpt lamp p5.s1-2"), f"{ONE}:13", ":::{excerpt} 讲话编号"),
    "four spaces": Slip(edit(ONE, f"{WATCH}\n:name: watch\n灯油", f"    {WATCH}\n    :name: watch\n    灯油"), f"{ONE}:13", ":::{excerpt}"),
    "a tab": Slip(edit(ONE, WATCH, f"\t{WATCH}"), f"{ONE}:13", ":::{excerpt} lamp p5.s1-2"),
    "a wide space": Slip(edit(ONE, WATCH, f"\u3000{WATCH}"), f"{ONE}:13", ":::{excerpt} lamp p5.s1-2"),
    "no closing fence": Slip(edit(ONE, f"{BODY}\n:::\n", f"{BODY}\n"), f"{ONE}:6", ":::"),
    "closing fence of two": Slip(edit(ONE, f"{BODY}\n:::\n", f"{BODY}\n::\n"), f"{ONE}:6", ":::"),
    "full-width closing fence": Slip(edit(ONE, f"{BODY}\n:::\n", f"{BODY}\n：：：\n"), f"{ONE}:6", ":::"),
    "directive misspelt": Slip(edit(ONE, WATCH, WATCH.replace("excerpt", "exerpt")), f"{ONE}:13", "excerpt"),
    "option with full-width colons": Slip(edit(ONE, ":name: watch", "：name： watch"), f"{ONE}:13", "name"),
    "option misspelt": Slip(edit(ONE, ":name: watch", ":nane: watch"), f"{ONE}:14", "name"),
    # quotations inside sentences
    "role misspelt": Slip(edit(ONE, "{quote}`记", "{qoute}`记"), f"{ONE}:18", "quote"),
    "role with full-width braces": Slip(edit(ONE, "{quote}`记", "｛quote｝`记"), f"{ONE}:18", "{quote}`"),
    "role without braces": Slip(edit(ONE, "{quote}`记", "quote`记"), f"{ONE}:18", "{quote}`"),
    "role with a space": Slip(edit(ONE, "{quote}`记", "{quote} `记"), f"{ONE}:18", "{quote}`"),
    "role with Chinese marks": Slip(edit(ONE, QUOTE, QUOTE.replace("`", "‘", 1).replace("`", "’")), f"{ONE}:18", "{quote}`"),
    "role without a source": Slip(edit(ONE, " <lamp>`，见", "`，见"), f"{ONE}:18", "lamp"),
    "full-width angle brackets": Slip(edit(ONE, " <lamp>`，见", " ＜lamp＞`，见"), f"{ONE}:18", "<"),
    # words
    "a wrong character": Slip(edit(ONE, "把灯点亮", "把灯点黑"), f"{ONE}:6", "印成了“黑”"),
    "a wrong character inside a sentence": Slip(edit(ONE, "写错的地方", "写漏的地方"), f"{ONE}:18", "印成了“漏”"),
    "a negation left out": Slip(edit(ONE, BODY, "守灯能图省事。"), f"{ONE}:6", ""),
    "two sentences joined": Slip(edit(ONE, "添，灯芯要一根一根地剪。剪得", "添。剪得"), f"{ONE}:13", ""),
    "words that no speech has": Slip(edit(ONE, BODY, "苹果熟了要赶紧摘下来卖掉。"), f"{ONE}:6", "查无此文"),
    # whose, and where
    "speech misspelt": Slip(edit(ONE, "lamp p5.s1-2", "lmap p5.s1-2"), f"{ONE}:13", "最接近的是：lamp"),
    "another speech": Slip(edit(ONE, "lamp p5.s1-2", "river p3.s1-2"), f"{ONE}:13", "张冠李戴"),
    "another speech, unnamed": Slip(edit(ONE, "lamp p4.s1", "river p3.s1"), f"{ONE}:6", "张冠李戴"),
    "another speech at a place that it does not have": Slip(edit(ONE, "lamp p5.s1-2", "river p8.s1-2"), f"{ONE}:13", "张冠李戴"),
    "wrong paragraph": Slip(edit(ONE, "lamp p5.s1-2", "lamp p4.s1-2"), f"{ONE}:13", "p5.s1-2"),
    "sentence out of range": Slip(edit(ONE, "lamp p5.s3", "lamp p5.s9"), f"{ONE}:20", "p5.s3"),
    "line out of range": Slip(edit(ONE, "lamp p5.s3", "lamp p99"), f"{ONE}:20", "p5.s3"),
    # names and references
    "Chinese name": Slip(edit(ONE, ":name: watch", ":name: 值夜"), f"{ONE}:13", "小写英文字母"),
    "the same name twice": Slip(edit(ONE, ":name: night", ":name: watch"), f"{ONE}:20", "watch"),
    "reference misspelt": Slip(edit(ONE, "{excerpt}`night`", "{excerpt}`nigth`"), f"{ONE}:25", "最接近的是：night"),
    "excerpt deleted that others refer to": Slip(
        lambda book: book.write(ONE, re.sub(r":::\{excerpt\} lamp p5\.s1-2.*?:::\n\n", "", LAMP_PAGE, flags=re.DOTALL)),
        "excerpts.lock", "q.watch"),
    # files
    "chapter renamed": Slip(rename(TWO, "chapters/ferry.md"), TWO, "chapters/ferry.md"),
    "chapter renamed in Chinese": Slip(rename(TWO, "chapters/渡河.md"), TWO, "chapters/渡河.md"),
    "chapter renamed, also in the table of contents": Slip(
        both(rename(TWO, "chapters/ferry.md"), edit("index.md", "chapters/boat", "chapters/ferry")), TWO, "chapters/ferry.md"),
    "chapter deleted": Slip(delete(TWO), TWO, "不见了"),
    "chapter in GB18030": Slip(recode(TWO, "gb18030"), f"{TWO}:2", "GB18030"),
    "chapter in UTF-16": Slip(recode(TWO, "utf-16"), f"{TWO}:1", "UTF-16"),
    "chapter with lost characters": Slip(edit(TWO, "不算规矩", "不算规\ufffd"), f"{TWO}:9", "U+FFFD"),
    "speech changed by one character": Slip(edit(LAMP_TEXT, "点亮", "点明"), LAMP_RECORD, "摘要不符"),
    "speech saved with other line ends": Slip(
        lambda book: book.write(LAMP_TEXT, book.path(LAMP_TEXT).read_bytes().replace(b"\n", b"\r\n")), LAMP_RECORD, "摘要不符"),
    "speech saved in GB18030": Slip(recode(LAMP_TEXT, "gb18030"), LAMP_TEXT, "GB18030"),
    "speech deleted": Slip(delete(LAMP_TEXT, LAMP_RECORD), LAMP_TEXT, "误删"),
    "speech without its record": Slip(delete(LAMP_RECORD), LAMP_TEXT, "没有登记"),
    "record without its speech": Slip(delete(LAMP_TEXT), LAMP_RECORD, "缺少 lamp.txt"),
    "record with Chinese quotation marks": Slip(
        lambda book: book.write(LAMP_RECORD, book.path(LAMP_RECORD).read_text(encoding="utf-8").replace('title = "在', "title = “在")),
        LAMP_RECORD, ""),
    "key of a record misspelt": Slip(edit(LAMP_RECORD, "title =", "titel ="), LAMP_RECORD, "没有这个键"),
    # the lock
    "conflict markers in the lock": Slip(conflict, "excerpts.lock", "合并冲突"),
    "a line of the lock cut off": Slip(
        lambda book: book.write("excerpts.lock", book.path("excerpts.lock").read_text(encoding="utf-8")[:-9] + "\n"), "excerpts.lock", ""),
    "the lock in GB18030": Slip(recode("excerpts.lock", "gb18030"), "excerpts.lock", "UTF-8"),
}  # fmt: skip


def told_first(err: str) -> list[str]:
    """The messages, each whole, without the conclusion."""
    found: list[str] = []
    for line in err.splitlines():
        if line.startswith("  ") and found:
            found[-1] += f"\n{line}"
        elif not line.startswith("结论"):
            found.append(line)
    return found


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_message_at_its_place(slipped: Book, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    slip = SLIPS[name]
    slip.edit(slipped)
    assert slipped.handbook("check") == 1
    err = capsys.readouterr().err
    messages = told_first(err)
    assert len(messages) == 1, err
    assert re.match(rf"{re.escape(slip.where)}(?!\d)", messages[0]) and slip.says in messages[0], err
    assert not re.search(r"WARNING|Traceback|\x1b|/tmp/", err), err


def test_two_slips_are_two_messages_in_the_order_of_what_must_be_done_first(
    slipped: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    slipped.edit(TWO, "渡船离岸之前，船工先要数清人数。", "船工先要数清人数。")  # to be accepted
    slipped.edit(ONE, "把灯点亮", "把灯点黑")  # to be mended
    slipped.edit("source_speeches/river.toml", "title", "titel")  # stops a speech
    assert slipped.handbook("check") == 1
    first, second = told_first(capsys.readouterr().err)
    assert first.startswith("source_speeches/river.toml") and second.startswith(f"{ONE}:6")


def test_slips_beside_each_other_do_not_hide_each_other(slipped: Book, capsys: pytest.CaptureFixture[str]) -> None:
    slipped.edit(ONE, "把灯点亮", "把灯点黑")
    slipped.edit(ONE, "写错的地方", "写漏的地方")
    slipped.edit(TWO, "每月", "每季")
    assert slipped.handbook("check") == 1
    assert [m.split(": ")[0] for m in told_first(capsys.readouterr().err)] == [f"{TWO}:9", f"{ONE}:6", f"{ONE}:18"]


def test_a_passing_book_says_nothing(slipped: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert slipped.handbook("check") == 0
    assert not capsys.readouterr().err
