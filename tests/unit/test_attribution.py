"""张冠李戴: a quotation in a row, a column or a sentence that names another speech."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.prose.attribution import misattributed
from speeches.core.prose.reading import Block, BlockKind, Place, Run, RunKind
from speeches.core.review.review import Finding
from speeches.core.source.archive import Archive
from support import MakeArchive

NAMED = Block(BlockKind.CELL, (Run(RunKind.SPEECH, "《乙》", speech="two"),), "a.md", 3, place=Place(0, 1, 0))
QUOTE = (Run(RunKind.QUOTE, "“要快”", "iq.a", "one"),)


@pytest.fixture
def two(tmp_path: Path, make_archive: MakeArchive) -> Archive:
    return make_archive(tmp_path, {"one": "要快。\n", "two": "要稳。\n"})


@pytest.mark.parametrize(
    ("cell", "claim"),
    [
        (Block(BlockKind.CELL, QUOTE, "a.md", 3, place=Place(0, 1, 1)), "iq.a"),
        (Block(BlockKind.EXCERPT, (), "a.md", 3, "q.a", "one", Place(0, 1, 1)), "q.a"),
    ],
)
def test_a_quotation_in_the_row_of_another_speech(two: Archive, cell: Block, claim: str) -> None:
    (found,) = misattributed((NAMED, cell), two)
    assert isinstance(found, Finding) and claim in found.cause


def test_words_and_quotations_of_the_named_speech_are_none(two: Archive) -> None:
    words = Block(BlockKind.CELL, (Run(RunKind.TEXT, "要快"),), "a.md", 3, place=Place(0, 1, 1))
    own = Block(BlockKind.CELL, (Run(RunKind.QUOTE, "“要稳”", "iq.b", "two"),), "a.md", 3, place=Place(0, 1, 2))
    assert not list(misattributed((NAMED, words, own), two))
