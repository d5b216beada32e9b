"""A block quotation that is no excerpt, and words told as a speech's that are nearly but not quite its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.prose.reading import Block, BlockKind, Run, RunKind
from speeches.core.prose.unmarked import unmarked
from speeches.core.source.archive import Archive
from support import MakeArchive

LAMP = "守灯人的本分，是天黑之前把灯点亮，不是等人来催。\n灯油要一勺一勺地添，灯芯要一根一根地剪。\n"


@pytest.fixture
def small(tmp_path: Path, make_archive: MakeArchive) -> Archive:
    return make_archive(tmp_path, {"lamp": LAMP})


def _told(archive: Archive, kind: BlockKind, *runs: Run) -> list[str]:
    return [f.message for f in unmarked((Block(kind, runs, "chapters/one.md", 7),), archive)]


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
