"""The folding table of the verification rules, row by row, both what folds and what never does."""

from __future__ import annotations

import pytest

from speeches.core.source.folding import (
    BARRIER,
    fold,
    forbidden_characters,
    quotation_marks_disagree,
    unpaired_quotation_marks,
)

SAME = [
    ("compatibility ideograph", "勇\ufa0a", "勇見"),
    ("compatibility ideograph", "\uf9ea", "離"),
    ("compatibility supplement", "\U0002f800", "丽"),
    ("combining", "cafe\u0301", "caf\u00e9"),
    ("singleton of NFC", "\u212b", "\u00c5"),
    ("singleton of NFC", "\u2126", "\u03a9"),
    ("Kangxi radical", "\u2f00\u2f08", "一人"),
    ("radicals supplement", "\u2ea0", "民"),
    ("radicals supplement", "\u2ec5", "见"),
    ("white space between Han", "办 公\u3000室\t工\n作", "办公室工作"),
    ("white space between Han and ASCII", "用 OCR 技术", "用OCR技术"),
    ("white space beside punctuation", "大家 ， 好", "大家，好"),
    ("no-break space", "办\u00a0公\u2003室", "办公室"),
    ("zero width", "办\u200b公\u200c室\u200d工\u2060作", "办公室工作"),
    ("byte order mark", "\ufeff办公室", "办公室"),
    ("soft hyphen", "办\u00ad公室", "办公室"),
    ("variation selectors", "办\ufe00公\ufe0f室\U000e0100工\U000e01ef", "办公室工"),
    ("full-width letters", "ＡＺａｚ", "AZaz"),
    ("full-width digits", "０９", "09"),
    ("full-width marks", "，；：？！（）％", ",;:?!()%"),
    ("double quotation marks", "“甲”", '"甲"'),
    ("double quotation marks", "“甲”", "「甲」"),
    ("single quotation marks", "‘甲’", "'甲'"),
    ("single quotation marks", "‘甲’", "『甲』"),
    ("ellipses", "甲……乙", "甲…乙"),
    ("ellipses", "甲……乙", "甲...乙"),
    ("ellipses", "甲……乙", "甲⋯⋯乙"),
    ("ellipses", "甲……乙", "甲......乙"),
    ("dashes", "甲——乙", "甲—乙"),
    ("dashes", "甲——乙", "甲--乙"),
    ("dashes", "甲——乙", "甲―乙"),
    ("middle dots", "卡尔·马克思", "卡尔•马克思"),
    ("middle dots", "卡尔·马克思", "卡尔・马克思"),
]
DIFFERENT = [
    *((f"{c} is never folded", c, plain) for c, plain in zip("①²½㎡㈠", ("1", "2", "1/2", "m2", "(一)"), strict=True)),
    ("a power", "10²", "102"),
    ("enclosed", "①", "②"),
    ("the full-width full stop is no middle dot", "卡尔．马克思", "卡尔·马克思"),
    ("、 and ，", "甲、乙", "甲，乙"),
    ("， and 。", "甲，", "甲。"),
    ("title marks and quotation marks", "《甲》", "“甲”"),
    ("double and single", "“甲”", "‘甲’"),
    ("per cent and per mille", "3%", "3‰"),
    ("decimal point", "2.4", "24"),
    ("simplified and traditional", "政", "資"),
    ("的 and 地", "的", "地"),
    ("digits and Han numerals", "9", "九"),
    ("digits", "1", "2"),
    ("white space between digits", "4 300", "4300"),
    ("white space between full-width digits", "４ ３００", "4300"),
    ("white space between letters", "App Log", "AppLog"),
    ("case", "GDP", "gdp"),
    ("a hyphen and a dash", "Wi-Fi", "Wi--Fi"),
    ("one full stop and three", "甲.乙", "甲...乙"),
    ("〈 and 《 outside the quote role", "〈甲〉", "《甲》"),
]
UNIFIED = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"


@pytest.mark.parametrize(("row", "left", "right"), SAME)
def test_what_is_only_typographic_folds_alike(row: str, left: str, right: str) -> None:
    assert fold(left).text == fold(right).text, row


@pytest.mark.parametrize(("row", "left", "right"), DIFFERENT)
def test_a_real_difference_stays(row: str, left: str, right: str) -> None:
    assert fold(left).text != fold(right).text, row


def test_the_twelve_unified_compatibility_ideographs_stay() -> None:
    assert len(UNIFIED) == 12
    assert fold(UNIFIED).text == UNIFIED


def test_one_level_down_inside_a_quotation() -> None:
    assert fold("“甲”《乙》").nested == fold("‘甲’〈乙〉").nested
    assert fold("“甲”").nested != fold("《甲》").nested
    assert fold("“甲”").text != fold("‘甲’").text


@pytest.mark.parametrize(
    "character",
    ["\ufffd", "\ue000", "\U000f0000", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\u200f"],
)
def test_forbidden_characters(character: str) -> None:
    assert forbidden_characters(f"办公{character}室") == [(2, character)]


def test_what_is_allowed_is_not_forbidden() -> None:
    assert forbidden_characters("办公室\t工作\r\n\u3000“甲”\ufeff\u200b\U000e0100") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("“甲”", 0), ("“甲‘乙’丙”", 0), ('"甲"', 0), ("“甲", 1), ("甲”", 1), ("”甲“", 2), ("“甲‘乙”丙’", 3), ("「甲”", 2)],
)
def test_unpaired_quotation_marks(text: str, wrong: int) -> None:
    assert bool(unpaired_quotation_marks(text)) is bool(wrong)


def test_reversed_quotation_marks_disagree() -> None:
    assert quotation_marks_disagree("“甲“", "“甲”")
    assert not quotation_marks_disagree('"甲"', "“甲”")
    assert not quotation_marks_disagree("「甲」", "“甲”")


def test_offsets_of_a_folded_character_lead_back() -> None:
    text = "\ufeff办 公……室\u2f00"
    folded = fold(text)
    assert folded.text == "办公…室一"
    slices = [text[slice(*folded.span_of(i, i + 1))] for i in range(len(folded.text))]
    assert slices == ["办", "公", "……", "室", "\u2f00"]
    assert text[slice(*folded.span_of(0, 2))] == "办 公"


def test_index_at_is_the_way_there() -> None:
    text = "办 公……室"
    folded = fold(text)
    assert [folded.index_at(offset) for offset in range(len(text))] == [0, 1, 1, 2, 3, 3]


def test_a_cut_leaves_a_barrier_that_no_quotation_spans() -> None:
    text = "甲乙\n广告\n丙丁"
    folded = fold(text, ((2, 6),))
    assert folded.text == f"甲乙{BARRIER}丙丁"
    assert text[slice(*folded.span_of(3, 5))] == "丙丁"
    assert forbidden_characters(BARRIER)


def test_outside_the_bmp_offsets_count_code_points() -> None:
    text = "\U00020bb7\u3000家屋"
    folded = fold(text)
    assert folded.text == "\U00020bb7家屋"
    assert folded.span_of(1, 2) == (2, 3)
