"""Where fragments stand, which place a selector chooses, and how a printed text may be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.matching.placement import choose, occurrences, place_reading, placements, tightest
from speeches.core.matching.quotation import MarkKind, Reading, editorial_reading, readings, stray_brackets
from speeches.core.source.folding import fold
from speeches.core.source.outline import line_starts
from speeches.core.source.selector import Selector
from speeches.core.source.speech import Speech
from support import MakeArchive, ask


def _spans(needles: list[str], haystack: str) -> list[tuple[tuple[int, int], ...]]:
    return [placement.spans for placement in tightest(placements(needles, haystack))]


def test_occurrences_overlap() -> None:
    assert occurrences("aa", "aaaa") == [0, 1, 2]
    assert occurrences("x", "aaaa") == []


def test_fragments_stand_in_order_and_apart() -> None:
    assert _spans(["ab", "cd"], "ab.cd") == [((0, 2), (3, 5))]
    assert _spans(["cd", "ab"], "ab.cd") == []
    assert _spans(["abc", "cd"], "abcd") == [], "they may not share a character"


def test_the_nearer_place_is_meant() -> None:
    assert _spans(["ab", "cd"], "ab.cd.cd") == [((0, 2), (3, 5))]
    assert _spans(["ab", "cd"], "ab.ab.cd") == [((3, 5), (6, 8))]
    assert len(_spans(["ab", "cd"], "ab.cd.ab.cd")) == 2, "two pairs are ambiguous"


def test_empty_readings_stand_nowhere() -> None:
    speech = Speech("one", "办公室工作", "")
    assert place_reading(Reading(()), speech, False) == []
    assert place_reading(editorial_reading("\u200b"), speech, False) == []


@pytest.mark.parametrize(
    ("selector", "within", "chosen", "as_cited"),
    [
        (Selector(), None, None, False),
        (Selector(anywhere=True), None, 0, True),
        (Selector(prefix="乙"), None, 4, True),
        (Selector(suffix="完"), None, 7, True),
        (Selector(prefix="丁"), None, None, False),
        (Selector(), 1, 4, True),
        (Selector(prefix="乙"), 0, 4, False),
        (Selector(), 3, None, False),
    ],
)
def test_choose(selector: Selector, within: int | None, chosen: int | None, as_cited: bool) -> None:
    """要事 stands at 0, after 乙 at 4, and after 丙 at 7, each on its own line."""
    speech = Speech("one", "要事\n乙要事\n丙要事完\n别的".replace("\n乙", "\n 乙"), "")
    text = speech.text
    reading = editorial_reading("要事")
    found = place_reading(reading, speech, False)
    starts = [*line_starts(text), len(text)]
    span = None if within is None else (starts[within], starts[within + 1])
    choice = choose(found, reading, speech, selector, span, False)
    got = None if choice.chosen is None else fold(text).start_of(choice.chosen.start)
    expected = {None: None, 0: 0, 4: 5, 7: 9}[chosen]
    assert (got, choice.as_cited) == (expected, as_cited)
    assert len(choice.all) == 3


class TestReadings:
    def test_fragments_marks_and_omissions(self) -> None:
        reading = editorial_reading("……位臵〔置〕在工作［中］……一【个】颗（原文如此）……")
        assert [f.source_text for f in reading.fragments] == ["位臵在工作", "一个颗"]
        assert reading.leading_omission and reading.trailing_omission
        marks = [(m.kind, m.offset, m.content) for m in reading.marks]
        assert marks == [
            (MarkKind.REPLACE, 2, "置"),
            (MarkKind.SUPPLY, 5, "中"),
            (MarkKind.EXTRA, 1, "个"),
            (MarkKind.SIC, 3, "（原文如此）"),
        ]

    def test_cut_off_is_a_note_and_no_omission(self) -> None:
        reading = editorial_reading("是为了……（原文至此中断，编者注）")
        assert [m.kind for m in reading.marks] == [MarkKind.CUTOFF]
        assert not reading.trailing_omission and len(reading.fragments) == 1

    @pytest.mark.parametrize("ellipsis", ["…", "……", "...", "......", "⋯⋯", "…………", "\n\n…………\n\n", "… …", "…\u200b…"])
    def test_every_shape_of_omission(self, ellipsis: str) -> None:
        reading = editorial_reading(f"办公室工作{ellipsis}责任重大")
        assert [f.source_text.strip() for f in reading.fragments] == ["办公室工作", "责任重大"]

    def test_the_most_literal_reading_comes_first(self) -> None:
        found = list(readings("国发〔2013〕5号……要求", lambda _: True))
        assert len(found[0].fragments) == 1 and not found[0].marks
        assert not (found[0].leading_omission or found[0].trailing_omission)
        assert len(found) == 4 and len(found[-1].fragments) == 2

    def test_what_the_source_does_not_hold_is_the_editors(self) -> None:
        (only,) = readings("位臵〔置〕", lambda _: False)
        assert [m.content for m in only.marks] == ["置"]

    def test_many_brackets_do_not_explode(self) -> None:
        assert len(list(readings("〔甲〕" * 40, lambda _: True))) == 2

    @pytest.mark.parametrize(("text", "stray"), [("〔甲〕", ""), ("〔甲", "〔"), ("甲】", "】"), ("〔〔甲〕", "〔")])
    def test_stray_brackets(self, text: str, stray: str) -> None:
        assert stray_brackets(text) == stray


@pytest.mark.parametrize("text", ["办公室工作A", "办公室工作Ａ", "大家要努力工", "\u0338很重要"])
def test_a_quotation_does_not_part_a_letter_from_its_mark(tmp_path: Path, make_archive: MakeArchive, text: str) -> None:
    """A̸ is one letter to a reader: a quotation that ends at its A prints another one."""
    archive = make_archive(tmp_path, {"one": "办公室工作Ａ\u0338很重要。大家要努力工\u0338作。\n"})
    assert not ask(archive, "one", text).agrees
    assert ask(archive, "one", "办公室工作A\u0338很重要").agrees


@pytest.mark.parametrize(
    ("prefix", "suffix", "fits"),
    [
        ("we had everything ", "", True),
        ("everything ", " we had", True),
        ("", " we had", True),
        ("everything", "", False),
        ("we had nothing ", "", False),
        ("", "we had", False),
    ],
)
def test_a_context_is_folded_with_the_text_that_it_touches(prefix: str, suffix: str, fits: bool) -> None:
    """Between two ASCII words a space means something; at the end of a context on its own it would mean nothing."""
    speech = Speech("one", "we had everything before us we had nothing. before us all", "")
    reading = editorial_reading("before us")
    found = place_reading(reading, speech, False)
    choice = choose(found, reading, speech, Selector(prefix=prefix, suffix=suffix), None, False)
    assert (choice.chosen is found[0]) is fits
