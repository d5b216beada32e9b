"""A block quotation that is no excerpt, and words told as a speech's that are nearly but not quite its words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from speeches.check.pages import findings_of
from speeches.core.matching.relocate import ALIKE, Changed, nearest
from speeches.core.prose import unmarked as unmarked_words
from speeches.core.prose.reading import Block, BlockKind, Run, RunKind
from speeches.core.prose.unmarked import unmarked
from speeches.core.prose.wording import WordingIndex, letters_of
from speeches.core.review.finding import Finding, Subtype
from speeches.core.source.archive import Archive
from speeches.core.source.folding import BARRIER
from support import MakeArchive

LAMP = "守灯人的本分，是天黑之前把灯点亮，不是等人来催。\n灯油要一勺一勺地添，灯芯要一根一根地剪。\n"


@pytest.fixture
def small(tmp_path: Path, make_archive: MakeArchive) -> Archive:
    return make_archive(tmp_path, {"lamp": LAMP})


def _told(archive: Archive, kind: BlockKind, *runs: Run) -> list[str]:
    return [f.message for f in unmarked((Block(kind, runs, "chapters/one.md", 7),), WordingIndex.build(archive, ()))]


def test_a_block_quotation_of_the_editors_own_is_told(small: Archive) -> None:
    (message,) = _told(small, BlockKind.BLOCK_QUOTE, Run(RunKind.TEXT, "守灯人的本分，是等人来催。"))
    assert "查无出处" in message and "守灯人的本分，是等人来催。" in message and "{excerpt}" in message


def test_a_block_quotation_that_holds_only_verified_words_is_none_of_its_business(small: Archive) -> None:
    assert not _told(small, BlockKind.BLOCK_QUOTE, Run(RunKind.QUOTE, "“灯油要一勺一勺地添”", "q.1", "lamp"))
    assert not _told(small, BlockKind.BLOCK_QUOTE, Run(RunKind.TEXT, "——《在灯塔站年会上的讲话》第一部分"))


@pytest.mark.parametrize("verb", ["指出：", "强调:", "要求，", "说："])
def test_words_told_as_a_speechs_and_nearly_its_own(small: Archive, verb: str) -> None:
    (message,) = _told(small, BlockKind.PROSE, Run(RunKind.TEXT, f"讲话{verb}灯油要一勺一勺地倒，灯芯要一根一根地剪。"))
    assert "灯油要一勺一勺地添" in message and "lamp p2" in message


def test_a_free_retelling_is_left_alone(small: Archive) -> None:
    assert not _told(small, BlockKind.PROSE, Run(RunKind.TEXT, "讲话要求：点灯要及时，添油、剪灯芯都不能图快。"))
    assert not _told(small, BlockKind.EXCERPT, Run(RunKind.TEXT, "讲话说：灯油要一勺一勺地倒，灯芯要一根一根地剪。"))


def test_what_is_left_out_early_was_not_alike(small: Archive) -> None:
    """Random changes of random passages: wherever the slow way finds one of that likeness, the quick way does too."""
    chance, changed = random.Random(10), Changed.build(small)
    (speech,) = small
    text, found = speech.folded.text, 0
    for _ in range(1_000):
        start = chance.randrange(len(text) - 10)
        words = list(text[start : start + chance.randint(10, 40)])
        for _ in range(chance.randint(0, len(words) // 2)):
            at = chance.randrange(len(words))
            words[at : at + chance.randint(0, 1)] = chance.choices(text, k=chance.randint(0, 3))
            words = words or ["灯"]
        slow, quick = nearest("".join(words), small, None), changed.nearest("".join(words))
        assert (slow is not None and slow.likeness >= ALIKE) == (quick is not None), "".join(words)
        found += quick is not None
    assert 200 < found < 800, found


def test_a_block_that_is_left_out_whole_has_no_part_that_would_be_told(
    small: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random blocks of a speech's words and others, cut and marked: asked whole or part by part, the same is told."""
    chance, index, (speech,) = random.Random(11), WordingIndex.build(small, ()), small
    others = "编者自己写的话ＡA2①。；：！\n \u0300\u0338⼀‘—" + BARRIER

    def words() -> Iterator[str]:
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(speech.text) - 30)
            piece = list(speech.text[start : start + chance.randint(4, 30)])
            for _ in range(chance.randint(0, 3)):
                piece[chance.randrange(len(piece))] = chance.choice(others)
            yield chance.choice(["", "讲话指出，", "强调：", "编者写道"]) + "".join(piece)
            yield "".join(chance.choices(others, k=chance.randint(0, 12)))

    pages = [(Block(BlockKind.PROSE, (Run(RunKind.TEXT, "".join(words())),), "a.md", 7),) for _ in range(400)]
    quick = [list(unmarked(page, index)) for page in pages]
    monkeypatch.setattr(unmarked_words, "has_combining", lambda _text: True)  # then every block is asked part by part
    assert [list(unmarked(page, index)) for page in pages] == quick
    assert 40 < sum(map(bool, quick)) < 360


def test_letters_are_what_they_are_called() -> None:
    text = "甲a1，①² Ⅷ_々〇３\u0300\n" + BARRIER
    kept = [c for c in text if c.isalpha() or c.isdecimal() or c == BARRIER]
    assert letters_of(text) == "".join(kept) == f"甲a1々３{BARRIER}"


def test_words_that_are_nearly_a_speechs_are_told_once(small: Archive) -> None:
    """The comma before them once made two messages of one cause."""
    words = "讲话指出，是天黑之前把灯点亮，不是等人再催。"
    block = Block(BlockKind.PROSE, (Run(RunKind.TEXT, words),), "chapters/one.md", 7)
    told = [f for f in findings_of((block,), WordingIndex.build(small, ()), small) if isinstance(f, Finding)]
    assert [f.subtype for f in told] == [Subtype.UNATTRIBUTED]


@pytest.mark.parametrize("marks", ["“”", "〝〞", "「」", "《》", "''", '""'])
@pytest.mark.parametrize("verb", ["讲话指出：", "讲话说：", "讲话说", ""])
def test_words_in_quotation_marks_are_told_once(small: Archive, marks: str, verb: str) -> None:
    said = f"{verb}{marks[0]}灯油要一勺一勺地倒，灯芯要一根一根地剪{marks[1]}。"
    reading = (Block(BlockKind.PROSE, (Run(RunKind.TEXT, said),), "chapters/one.md", 7),)
    told = list(findings_of(reading, WordingIndex.build(small, ()), small))
    assert len(told) == 1, told


def test_words_over_the_end_of_a_line_are_told_once(tmp_path: Path, make_archive: MakeArchive) -> None:
    archive = make_archive(tmp_path, {"lamp": LAMP})
    said = "讲话强调：守灯人的本分、是天黑之前\n把灯点亮，才是等人来催。"
    reading = (Block(BlockKind.PROSE, (Run(RunKind.TEXT, said),), "chapters/one.md", 7),)
    told = list(findings_of(reading, WordingIndex.build(archive, ()), archive))
    assert len(told) == 1, told
