"""Headings, levels, places and sentences of the five speeches, as a reader finds them."""

from __future__ import annotations

import pytest

from speeches.core.source.archive import Archive
from speeches.core.source.outline import build_outline, line_starts
from support import BUREAU, CITY, COUNTY, DISTRICT, SPEECH_IDS, TOWN

HEADINGS = {
    COUNTY: "5:2.1 6:2.2 7:2.3 11:1.1 13:2.1 14:2.2 15:2.3 17:1.2 19:2.1 20:2.2 20:3.1 20:3.2 21:2.3 22:2.4 "
    "23:1.3 24:2.1 25:2.2 26:2.3",
    CITY: "7:1.1 8:2.1 8:2.2 8:2.3 9:1.2 10:2.1 10:2.2 10:2.3 11:1.3 12:2.1 12:2.2 12:2.3 13:1.4 14:2.1 14:2.2 14:2.3",
    DISTRICT: "5:1.1 7:1.2 8:2.1 9:2.2 10:1.3 11:2.1 12:2.2 13:2.3 14:1.4 15:2.1 16:2.2 17:2.3 18:2.4",
    TOWN: "6:1.1 8:2.1 9:2.2 10:2.3 11:1.2 13:2.1 14:2.2 15:2.3 16:1.3 18:2.1 19:2.2 20:2.3 21:2.4",
    BUREAU: "21:1.1 23:2.1 24:2.2 25:2.3 26:2.4 27:1.2 29:2.1 29:3.1 29:3.2 29:3.3 29:3.4 30:2.2 30:3.1 30:3.2 30:3.3 "
    "31:2.3 32:2.4 33:2.5 34:1.3",
}
"""line:level.number of every heading, read by eye."""


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_headings(archive: Archive, speech_id: str) -> None:
    speech = archive.speeches[speech_id]
    found = [f"{speech.text.count(chr(10), 0, h.start) + 1}:{h.level}.{h.number}" for h in speech.outline.headings]
    assert " ".join(found) == HEADINGS[speech_id]


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_first_level_headings_stand_alone_and_deeper_ones_run_in(archive: Archive, speech_id: str) -> None:
    for heading in archive.speeches[speech_id].outline.headings:
        assert heading.run_in is (heading.level > 1), heading.title


@pytest.mark.parametrize(
    ("speech", "words", "place"),
    [
        (TOWN, "文字作为辅政的重要工具", "第三部分（三）"),
        (TOWN, "办公室是综合部门，要同各个方面", "第三部分（四）"),
        (TOWN, "根据年初工作安排", "开头"),
        (COUNTY, "能进入办公室工作", "开头（二）"),
        (COUNTY, "作风上求“实”", "第二部分（四）"),
        (COUNTY, "加快实现从被动服务", "第二部分（二）第一点"),
        (COUNTY, "办公室工作地位特殊，责任重大", "结尾"),
        (CITY, "妄议中央大政方针", "第一部分（一）"),
        (CITY, "让我们共勉", "结尾"),
        (DISTRICT, "有的同志年纪大一点", "第三部分（二）"),
        (BUREAU, "张口能说", "第二部分（二）第一点"),
        (BUREAU, "另一方面，希望我们局属各单位", "第三部分"),
        (BUREAU, "谢谢大家", "结尾"),
    ],
)
def test_places(archive: Archive, speech: str, words: str, place: str) -> None:
    outline = archive.speeches[speech].outline
    assert outline.place_at(archive.speeches[speech].text.index(words)) == place


def test_the_level_of_a_marker_is_that_of_its_speech(archive: Archive) -> None:
    levels = {
        speech: {h.level for h in archive.speeches[speech].outline.headings if h.family == "第一，"}
        for speech in (CITY, COUNTY)
    }
    assert levels == {CITY: {1}, COUNTY: {2}}


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_sentences_part_a_paragraph_without_loss(archive: Archive, speech_id: str) -> None:
    speech = archive.speeches[speech_id]
    for paragraph in speech.outline.paragraphs:
        assert [s.number for s in paragraph.sentences] == list(range(1, len(paragraph.sentences) + 1))
        assert paragraph.sentences[0].start == paragraph.start and paragraph.sentences[-1].end == paragraph.end
        for one, two in zip(paragraph.sentences, paragraph.sentences[1:], strict=False):
            assert speech.text[one.end : two.start].strip() == ""


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("他说：“好。”大家走了。", ["他说：“好。”", "大家走了。"]),
        ("真的？！是的。", ["真的？！", "是的。"]),
        ("甲；乙……丙。", ["甲；乙……丙。"]),
        ("（他来了。）走吧", ["（他来了。）", "走吧"]),
        ('他说："好。"走了。', ['他说："好。"', "走了。"]),
        ("好。　再来!", ["好。", "再来!"]),
        ("增长2.4万元.", ["增长2.4万元."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    (paragraph,) = build_outline(text).paragraphs
    assert [text[s.start : s.end] for s in paragraph.sentences] == sentences


def test_joined_lines_are_one_paragraph_named_by_the_first(archive: Archive) -> None:
    outline = archive.speeches[COUNTY].outline
    assert outline.paragraph_of_line(8) is outline.paragraph_of_line(7)
    paragraph = outline.paragraph_of_line(27)
    assert paragraph is not None and (paragraph.line, paragraph.last_line) == (26, 27)


def test_skipped_and_empty_lines_hold_no_paragraph(archive: Archive) -> None:
    outline = archive.speeches[BUREAU].outline
    assert [outline.paragraph_of_line(n) for n in (1, 9, 15, 40, 0, 999)] == [None] * 6
    assert outline.paragraphs[0].line == 16


def test_lines_are_split_at_line_feeds_only() -> None:
    text = "\ufeff甲\u2028乙\r\n\x0b\x85丙\r\n\n　丁"
    assert line_starts(text) == [0, 6, 11, 12]
    outline = build_outline(text)
    assert [p.line for p in outline.paragraphs] == [1, 2, 4]
    assert outline.paragraphs[0].start == 1, "the byte order mark is no text"


def test_a_list_in_a_sentence_is_no_heading() -> None:
    text = "主要有两个特点：一是快，二是好。\n一是要快，这很重要。大家都知道。"
    assert build_outline(text).headings == ()


def test_an_empty_speech_has_no_outline() -> None:
    outline = build_outline("\n \n")
    assert outline.paragraphs == () and outline.headings == ()
    assert outline.place_at(0) == "正文"


def test_a_heading_on_a_line_of_its_own_below_another_such() -> None:
    text = (
        "一、甲处的事\n（一）乙处的事\n写在这里的话。\n（二）丙处的事\n写在这里的话。\n二、丁处的事\n写在这里的话。\n"
    )
    found = [(h.level, h.number, h.title) for h in build_outline(text).headings]
    assert found == [(1, 1, "甲处的事"), (2, 1, "乙处的事"), (2, 2, "丙处的事"), (1, 2, "丁处的事")]
