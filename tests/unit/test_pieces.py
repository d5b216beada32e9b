"""A span of a speech in pieces: nothing lost, nothing twice, emendations whole, withheld words apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.matching.marks import pieces
from speeches.core.source.speech import Span, Speech
from support import archive_of

TEXT = "讲话\n工作得心应手，位臵要正，一个颗心，秘密在此不说。\n"
RECORD = """
[[emendation]]
line = 2
original = "工作得"
reading = "工作中得"
kind = "missing"
[[emendation]]
line = 2
original = "位臵"
reading = "位置"
kind = "transcription"
[[emendation]]
line = 2
original = "一个颗"
reading = "一颗"
kind = "extra"
[[restrict]]
lines = [2, 2]
from = "秘密"
to = "在此"
kind = "withhold"
"""


@pytest.fixture
def speech(tmp_path: Path) -> Speech:
    return archive_of(tmp_path, {"small": TEXT}, {"small": RECORD}).speeches["small"]


def test_pieces_are_the_whole_span_in_its_order(speech: Speech) -> None:
    for start in range(3, len(TEXT)):
        for end in range(start + 1, len(TEXT) + 1):
            found = pieces(speech, start, end)
            assert "".join(TEXT[p.span.start : p.span.end] for p in found) == TEXT[start:end]


def test_each_emendation_is_one_piece(speech: Speech) -> None:
    kinds = [p.emendation.kind for p in pieces(speech, 3, len(TEXT)) if p.emendation]
    assert kinds == ["missing", "transcription", "extra"]


def test_an_emendation_that_is_cut_through_is_not_marked(speech: Speech) -> None:
    extra = next(p for p in pieces(speech, 3, len(TEXT)) if p.emendation and p.emendation.kind == "extra")
    assert not any(p.emendation == extra.emendation for p in pieces(speech, 3, extra.span.start))


def test_withheld_words_are_a_piece_however_they_are_cut(speech: Speech) -> None:
    start = TEXT.index("秘密")
    assert [p.span for p in pieces(speech, 3, start + 2) if p.withheld] == [Span(start, start + 2)]
    assert not [p for p in pieces(speech, 3, len(TEXT), whole=True) if p.withheld]


def test_shown_says_how_many_words_are_left_out(speech: Speech) -> None:
    start = TEXT.index("秘密")
    assert speech.shown(Span(start - 2, start + 6)) == "心，（此处略去4字）不说"
    assert speech.shown(Span(start + 1, start + 2)) == "（此处略去1字）"
    assert speech.shown(Span(3, 7)) == TEXT[3:7]
    assert speech.withholds(Span(start + 3, start + 5)) and not speech.withholds(Span(start + 4, start + 5))
