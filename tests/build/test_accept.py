"""``handbook accept``: shows what changes, refuses what does not verify, keeps who accepted what, and when."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable

import pytest
from book import Book

FIRST = "q.lamp.p4.s1"
BODY = "守灯人的本分，是天黑之前把灯点亮。\n:::"


def test_new_lock_says_who_and_when(
    new_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert new_book.handbook("accept", "--all", "--by", "王主任") == 0
    entry = new_book.lock[FIRST]
    assert (entry.by, entry.on, entry.text) == ("王主任", "2027-01-15", "守灯人的本分，是天黑之前把灯点亮。")
    assert f"+ {FIRST}：新认可“守灯人的本分" in capsys.readouterr().out


def test_lock_is_versioned_sorted_and_one_a_line(book: Book) -> None:
    head, *lines = book.path("excerpts.lock").read_text(encoding="utf-8").splitlines()
    assert json.loads(head) == {"version": 3}
    entries = [json.loads(line) for line in lines]
    assert [entry["speech"] for entry in entries[:2]] == ["lamp", "river"], "what is printed of each speech"
    ids = [entry["id"] for entry in entries[2:]]
    assert len(ids) == 4 and ids == sorted(ids)


def test_dry_run_shows_and_writes_nothing(new_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_book.handbook("accept", "--dry-run", "--by", "王主任") == 0
    assert not new_book.path("excerpts.lock").exists()
    out = capsys.readouterr().out
    assert f"+ {FIRST}" in out and "--dry-run" in out


def test_unchanged_acceptances_keep_who_and_when(book: Book) -> None:
    before = book.lock
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    after = book.lock
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {"q.river.p3.s2"}
    assert after["q.river.p3.s2"].by == "李科长"
    assert {after[key].by for key in after if key not in changed} == {"王主任"}


def test_nothing_to_accept_leaves_the_file_alone(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    before = book.path("excerpts.lock").stat()
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert book.path("excerpts.lock").stat().st_mtime_ns == before.st_mtime_ns
    assert "没有需要认可的改动" in capsys.readouterr().out


def test_changed_text_is_shown_beside_the_old(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.edit("chapters/one.md", BODY, "天黑之前把灯点亮。\n:::")
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert f"~ {FIRST}：引文 “守灯人的本分，是天黑之前把灯点亮。”→“天黑之前把灯点亮。”" in capsys.readouterr().out


def test_what_does_not_verify_is_refused_and_the_rest_accepted(
    new_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    new_book.edit("chapters/one.md", BODY, "守灯人的本分，是天黑之后把灯点亮。\n:::")
    assert new_book.handbook("accept", "--all", "--by", "王主任") == 1
    assert len(new_book.lock) == 3 and FIRST not in new_book.lock
    assert "（chapters/one.md:5）不能认可：引文与存档文本不符" in capsys.readouterr().out


def test_moved_and_misattributed_are_refused(book: Book) -> None:
    book.edit("chapters/one.md", "lamp p4.s1", "lamp p7")
    book.edit("chapters/two.md", "{excerpt} river p3.s2", "{excerpt} lamp\n:name: boat")
    before = book.path("excerpts.lock").read_bytes()
    assert book.handbook("accept", FIRST, "q.boat", "--by", "李科长") == 1
    assert book.path("excerpts.lock").read_bytes() == before


def test_clipped_only_by_id_and_with_a_reason(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.edit("chapters/one.md", f"p4.s1\n{BODY}", "p8\n:name: excuse\n拿天气好当借口。\n:::")
    assert book.handbook("accept", "--all", "--by", "李科长") == 1
    assert book.handbook("accept", "--all", "--by", "李科长", "--reason", "全书都看过") == 1
    assert book.handbook("accept", "excuse", "--by", "李科长") == 1
    assert book.handbook("accept", "excuse", "--by", "李科长", "--reason", "   ") == 1
    assert "q.excuse" not in book.lock
    assert book.handbook("accept", "excuse", "--by", "王主任", "--reason", "上文已说明是反例") == 0
    entry = book.lock["q.excuse"]
    assert (entry.flags, entry.reason, entry.by) == (("clipped",), "上文已说明是反例", "王主任")
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert book.lock["q.excuse"].reason == "上文已说明是反例"
    assert book.handbook("check") == 0


def test_clipped_text_that_changes_needs_a_new_reason(book: Book) -> None:
    book.edit("chapters/one.md", f"p4.s1\n{BODY}", "p8\n:name: excuse\n拿天气好当借口。\n:::")
    book.handbook("accept", "--all", "--by", "李科长")
    assert book.handbook("accept", "excuse", "--by", "李科长", "--reason", "反例") == 0
    book.edit("chapters/one.md", "\n拿天气好当借口。", "\n天气好当借口。")
    assert book.handbook("accept", "--all", "--by", "李科长") == 1
    assert book.handbook("check") == 1


def test_gone_is_removed_and_named(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.edit("chapters/two.md", ":::{excerpt} river p3.s2\n渡船离岸之前，船工先要数清人数。\n:::\n", "")
    book.edit("chapters/two.md", "{excerpt}`q.river.p3.s2`", "上文")
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert "q.river.p3.s2" not in book.lock
    assert "- q.river.p3.s2：书中已无，从核对记录删去" in capsys.readouterr().out


def test_a_book_that_lost_every_quotation_does_not_empty_the_lock(book: Book) -> None:
    """A wrong include_patterns, say: who accepted what, and why, must not be lost to one command."""
    for name in ("one", "two"):
        book.path(f"chapters/{name}.md").rename(book.path(f"chapters/{name}.txt"))
    before = book.path("excerpts.lock").read_bytes()
    assert book.handbook("accept", "--all", "--by", "李科长") != 0
    assert book.path("excerpts.lock").read_bytes() == before


def test_typographic_variants_in_one_chapter_can_all_be_accepted(book: Book) -> None:
    """They share an id and a lock line (DESIGN): accepting must settle both."""
    path = book.path("chapters/two.md")
    path.write_text(
        path.read_text(encoding="utf-8")
        + "\n{quote}`灯光就暗；剪得太长 <lamp>`，{quote}`灯光就暗;剪得太长 <lamp>`。\n",
        encoding="utf-8",
    )
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert book.handbook("check") == 0


def test_equal_quotes_are_counted(book: Book) -> None:
    book.edit("chapters/one.md", "行内也可以说", "先说{quote}`灯油要一勺一勺地添 <lamp>`，行内也可以说")
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    (entry,) = [e for e in book.lock.values() if e.kind == "quote"]
    assert (entry.count, entry.by) == (2, "李科长"), "whoever saw the second one"


def test_unknown_id_names_the_nearest(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert book.handbook("accept", "q.lamp.p4.s2", "--by", "李科长") == 2
    assert "没有编号为“q.lamp.p4.s2”的引文。最接近的是：q.lamp.p4.s1" in capsys.readouterr().err


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lines that a person types."""

    def type_in(*lines: str) -> None:
        typed = io.StringIO("".join(f"{line}\n" for line in lines))
        monkeypatch.setattr(typed, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdin", typed)

    return type_in


def test_each_change_is_shown_with_its_source_and_asked(
    new_book: Book, at_terminal: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    at_terminal("什么", "y", "y", "n", "是", "否", "YES")
    assert new_book.handbook("accept", "--by", "王主任") == 0
    out = capsys.readouterr().out
    assert new_book.lock.keys() == {FIRST, "q.watch"} and {entry.by for entry in new_book.lock.values()} == {"王主任"}
    assert "[1/6]" in out and "[6/6]" in out
    assert "书上印的：守灯人的本分，是天黑之前把灯点亮。" in out
    assert "一、守灯的本分 【守灯人的本分，是天黑之前把灯点亮。】海上的船看得见灯" in out
    assert "出处：《在灯塔站年会上的讲话》" in out


def test_a_stop_keeps_what_was_said_yes_to_and_asks_no_more(
    new_book: Book, at_terminal: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    at_terminal("y", "y", "y", "停")
    assert new_book.handbook("accept", "--by", "王主任") == 0
    assert len(new_book.lock) == 1 and "[5/6]" not in capsys.readouterr().out


def test_the_end_of_the_input_is_a_stop(new_book: Book, at_terminal: Callable[..., None]) -> None:
    at_terminal()
    assert new_book.handbook("accept", "--by", "王主任") == 0
    assert not new_book.path("excerpts.lock").exists()


def test_a_clipping_is_accepted_only_with_a_reason_that_is_asked_for(
    book: Book, at_terminal: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    book.edit("chapters/one.md", f"p4.s1\n{BODY}", "p8\n:name: excuse\n拿天气好当借口。\n:::")
    at_terminal("y", "", "y")
    book.handbook("accept", "--by", "李科长")
    out = capsys.readouterr().out
    assert "q.excuse" not in book.lock and "这一条没有认可" in out
    assert "注意：" in out and "不能" in out
    at_terminal("y", "上文已说明是反例")
    assert book.handbook("accept", "--by", "李科长") == 0
    assert book.lock["q.excuse"].reason == "上文已说明是反例"


@pytest.mark.parametrize("arguments", [(), ("--by", "王主任")])
def test_without_a_terminal_nothing_is_accepted_in_bulk(
    new_book: Book, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_book.handbook("accept", *arguments) == 2
    assert not new_book.path("excerpts.lock").exists() and "--all --by" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [
    ("--all",), ("--all", "--by", "root"), (FIRST, "--by", "Administrator"), (FIRST, "--by", " "), (FIRST, "--by", "。"),
    (FIRST, "--all", "--by", "王主任"),
], ids=" ".join)  # fmt: skip
def test_nobody_signs_nothing(new_book: Book, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert new_book.handbook("accept", *arguments) == 2
    assert not new_book.path("excerpts.lock").exists() and capsys.readouterr().err.startswith("错误：")


def test_root_is_nobody_s_name(new_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    assert new_book.handbook("accept", FIRST) == 2
    monkeypatch.setattr("getpass.getuser", lambda: "wangjian")
    assert new_book.handbook("accept", FIRST) == 0
    assert new_book.lock[FIRST].by == "wangjian"


def test_named_ids_are_shown_with_their_source(new_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_book.handbook("accept", FIRST, "--by", "王主任") == 0
    assert list(new_book.lock) == [FIRST]
    assert "【守灯人的本分，是天黑之前把灯点亮。】" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--by", "--reason"])
@pytest.mark.parametrize("word", ["王\x1b[2J主任", "王\u202e主任", "王主任\r", "王\n主任"])
def test_what_is_written_into_the_lock_has_no_controls(new_book: Book, option: str, word: str) -> None:
    assert new_book.handbook("accept", option, word) == 2
    assert not new_book.path("excerpts.lock").exists()
