"""Quotation marks are a closed world: 查无出处."""

from __future__ import annotations

import pytest

from speeches.core.prose.notice import Notice
from speeches.core.prose.quotemarks import pairs, unsourced
from speeches.core.prose.reading import Block, BlockKind, Run, RunKind
from speeches.core.prose.wording import WordingIndex
from speeches.core.review.review import Finding
from speeches.core.source.archive import Archive

NOBODY = "没有人讲过这样的话语"


@pytest.mark.parametrize(("text", "told"), [('屏幕是24"', 0), ("他说到这里“停", 0), ("他说到这里“停了", 1)])
def test_a_mark_alone_holds_two_characters_to_be_told(index: WordingIndex, text: str, told: int) -> None:
    assert len(_told(index, text)) == told


@pytest.fixture(scope="module")
def index(archive: Archive) -> WordingIndex:
    return WordingIndex.build(archive, ["三服务", "服务领导服务基层"])


def _told(index: WordingIndex, *runs: str | Run, kind: BlockKind = BlockKind.PROSE) -> list[Finding | Notice]:
    made = tuple(run if isinstance(run, Run) else Run(RunKind.TEXT, run) for run in runs)
    return list(unsourced((Block(kind, made, "a.md", 7),), index))


@pytest.mark.parametrize(
    "marks",
    [
        "“”",
        "‘’",
        "「」",
        "『』",
        '""',
        "''",
        "＂＂",
        "＇＇",
        "〝〞",
        "〝〟",
        "„“",
        "„”",
        "«»",
        "‹›",
        "‚‘",
        "｢｣",
        "﹁﹂",
        "❝❞",
    ],
)
def test_every_form_of_marks_needs_a_source(index: WordingIndex, marks: str) -> None:
    (found,) = _told(index, f"他说{marks[0]}{NOBODY}{marks[1]}。")
    assert isinstance(found, Finding) and NOBODY in found.message and found.line == 7


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ("领导说“办公室工作一定要搞“一刀切”的办法才行”。", "办公室工作一定要搞“一刀切”的办法才行"),
        ("领导说“办公室工作一定要搞‘一刀切’的办法才行”。", "办公室工作一定要搞‘一刀切’的办法才行"),
        ("领导说『办公室「工作」要这样来做』。", "办公室「工作」要这样来做"),
        ("领导说“办公室工作\n一定要这样”。", "办公室工作 一定要这样"),
    ],
)
def test_pairs_are_matched_at_every_depth(index: WordingIndex, text: str, outer: str) -> None:
    (found,) = _told(index, text)
    assert isinstance(found, Finding) and f"“{outer}”加了引号" in found.message


@pytest.mark.parametrize("text", [f"他说“{NOBODY}。", f"他说{NOBODY}”。", f"他说‘{NOBODY}”。", f"他说「{NOBODY}"])
def test_a_mark_alone_is_told(index: WordingIndex, text: str) -> None:
    assert any(isinstance(found, Finding) and "引号不成对" in found.message for found in _told(index, text))


@pytest.mark.parametrize(
    ("marks", "right"),
    [("〞〝", "〝…〞"), ("”“", "“…”"), ("’‘", "‘…’"), ("」「", "「…」"), ("»«", "«…»"), ("〟〝", "〝…〟")],
)
def test_marks_the_wrong_way_round_are_told_once(index: WordingIndex, marks: str, right: str) -> None:
    (found,) = _told(index, f"他说{marks[0]}{NOBODY}{marks[1]}。")
    assert isinstance(found, Finding) and found.message.startswith("引号前后颠倒")
    assert f"{marks[0]}{NOBODY}{marks[1]}" in found.message and right in found.message


def test_marks_the_wrong_way_round_around_a_speechs_words_say_where_they_stand(index: WordingIndex) -> None:
    (found,) = _told(index, "他说〞办公室工作不是谁都可以搞得了的〝。")
    assert isinstance(found, Finding) and "<county-office-system p" in found.message


def test_marks_the_wrong_way_round_hide_nothing_before_them_and_excuse_no_term(index: WordingIndex) -> None:
    assert len(_told(index, f"他说“{NOBODY}”，又说”三服务“。")) == 2


def test_two_marks_alone_in_two_places_are_two(index: WordingIndex) -> None:
    assert len(_told(index, f"他说{NOBODY}」。又说“{NOBODY}。")) == 2


@pytest.mark.parametrize(
    "inner",
    [
        Run(RunKind.FOOTNOTE, "1"), Run(RunKind.QUOTE, "“办公室”", "iq"), Run(RunKind.LINK, "链接"), Run(RunKind.CODE, "码"),
        Run(RunKind.RAW, "<b>"), Run(RunKind.FILLED, ""), Run(RunKind.SPEECH, "《题》"),
    ],
)  # fmt: skip
def test_whatever_stands_inside_hides_nothing(index: WordingIndex, inner: Run) -> None:
    (found,) = _told(index, "他说“没有人讲过", inner, "这样的话语”。")
    assert isinstance(found, Finding)


def test_a_quotation_tag_is_a_mark(index: WordingIndex) -> None:
    (found,) = _told(index, "他说", Run(RunKind.RAW, "<q class='x'>"), NOBODY, Run(RunKind.RAW, "</q>"), "。")
    assert isinstance(found, Finding)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("所谓“新提法”", [Notice]),
        ("即“三服务”", []),
        ("即“服务领导服务基层”", []),
        ("“甲”", []),
        ("it's the office's day", []),
        ("没有引号的话", []),
        ("在办公室系统工作会议上的讲话，即“在办公室系统工作会议上的讲话”", []),
    ],
)
def test_what_is_listed_short_or_no_quotation(index: WordingIndex, text: str, kinds: list[type]) -> None:
    assert [type(found) for found in _told(index, text)] == kinds


def test_a_saying_and_a_quotation_bring_their_own_marks(index: WordingIndex) -> None:
    assert not _told(index, Run(RunKind.SAYING, f"“{NOBODY}”"), Run(RunKind.QUOTE, f"“{NOBODY}”", "iq"))


def test_the_nearest_passage_is_shown(index: WordingIndex) -> None:
    (found,) = _told(index, "讲话说“办公室工作是谁都可以搞得了的”。")
    assert isinstance(found, Finding) and "办公室工作不是谁都可以搞得了的" in found.message


@pytest.mark.parametrize(
    "kind", [BlockKind.NOTE, BlockKind.CAPTION, BlockKind.CELL, BlockKind.HEADING, BlockKind.ATTRIBUTE]
)
def test_notes_captions_cells_and_image_texts_are_prose(index: WordingIndex, kind: BlockKind) -> None:
    assert _told(index, f"“{NOBODY}”", kind=kind)


def test_pairs_nest() -> None:
    assert [(p.start, p.end, p.closed) for p in pairs("“a‘b’c”")] == [(1, 6, True), (3, 4, True)]
    assert [(p.start, p.end, p.closed) for p in pairs("“a‘b”")] == [(1, 4, True), (3, 4, False)]
