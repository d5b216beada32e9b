"""Pulled text prints what the speech says with the recorded marks, and agrees with it wherever it was pulled."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.errors import LocatorError
from speeches.core.matching.pull import pulled_span, pulled_text, sentence_locator
from speeches.core.matching.verdict import Flag, PlaceStatus
from speeches.core.source.archive import Archive
from support import BUREAU, COUNTY, SPEECH_IDS, TOWN, MakeArchive, ask


def _pull(archive: Archive, speech: str, locator: str = "", start: str = "", end: str = "") -> str:
    return pulled_text(archive.speeches[speech], pulled_span(archive.speeches[speech], locator, start, end))


def test_a_sentence_and_its_marks(archive: Archive) -> None:
    assert _pull(archive, COUNTY, "p12.s2").startswith("各级领导和广大办公室干部")
    assert "拉进〔近〕与群众" in _pull(archive, COUNTY, "p16")
    assert "一【个】颗" in _pull(archive, BUREAU, "p29")
    assert "在工作［中］得心应手" in _pull(archive, TOWN, "p14")


def test_joined_lines_are_joined_and_paragraphs_parted(archive: Archive) -> None:
    assert "“幕后英雄”的角色" in _pull(archive, COUNTY, "p7")
    assert _pull(archive, COUNTY, "p8") == _pull(archive, COUNTY, "p7"), "a joined line belongs to its first"
    assert _pull(archive, COUNTY, "p5-7").count("\n") == 2


def test_from_and_to(archive: Archive) -> None:
    assert _pull(archive, COUNTY, "", "高度重视和认真", "办公室工作") == "高度重视和认真做好新时期办公室工作"
    assert _pull(archive, COUNTY, "p12", "高度重视") == "高度重视和认真做好新时期办公室工作。"
    assert _pull(archive, COUNTY, "p12.s1", "", "综合工作部门") == "办公室是党委、政府的综合工作部门"


@pytest.mark.parametrize(
    ("locator", "start", "end"),
    [
        ("p999", "", ""), ("p1", "", ""), ("x", "", ""), ("p12", "没有的话", ""), ("p12", "", "没有的话"),
        ("p13", "高度重视和认真做好", ""), ("", "全县各级办公室的同志", ""), ("p12", "高度重视", "综合工作部门"), ("p12", "\u200b", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_pulled(archive: Archive, locator: str, start: str, end: str) -> None:
    with pytest.raises(LocatorError, match=".+"):
        _pull(archive, COUNTY, locator, start, end)


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_every_pulled_sentence_and_paragraph_agrees_with_its_place(archive: Archive, speech_id: str) -> None:
    speech = archive.speeches[speech_id]
    wrong = []
    for paragraph in speech.outline.paragraphs:
        locators = [f"p{paragraph.line}"] + [f"p{paragraph.line}.s{s.number}" for s in paragraph.sentences]
        for locator in locators:
            text = _pull(archive, speech_id, locator)
            verdict = ask(archive, speech_id, text, locator)
            if not verdict.agrees or verdict.place is not PlaceStatus.AS_CITED or verdict.unmarked:
                wrong.append((locator, text, verdict.text, verdict.reason))
            assert Flag.UNRECORDED_MARK not in verdict.flags and Flag.PARAGRAPH not in verdict.flags
    assert not wrong


def test_a_whole_speech_agrees_with_itself(archive: Archive) -> None:
    for speech in archive:
        paragraphs = speech.outline.paragraphs
        text = _pull(archive, speech.id, f"p{paragraphs[0].line}-{paragraphs[-1].line}")
        assert ask(archive, speech.id, text).agrees


def test_marks_at_the_edge(tmp_path: Path, make_archive: MakeArchive) -> None:
    """A correction that only supplies, at the edge of what is pulled, belongs to neither side."""
    record = '[[emendation]]\nline = 1\noriginal = "工作得心"\nreading = "工作中得心"\nkind = "missing"\n'
    small = make_archive(tmp_path, {"one": "要想在工作得心应手。"}, {"one": record})
    assert _pull(small, "one", "", "", "工作") == "要想在工作"
    assert _pull(small, "one", "", "得心", "") == "得心应手。"
    assert _pull(small, "one", "p1") == "要想在工作［中］得心应手。"


def test_pulled_over_crlf(tmp_path: Path, make_archive: MakeArchive) -> None:
    small = make_archive(
        tmp_path, {"one": "\ufeff第一段。\r\n\r\n　　第二段要\r\n认真。\r\n"}, {"one": "join = [[3, 4]]\n"}
    )
    assert _pull(small, "one", "p1-3") == "第一段。\n第二段要认真。"
    assert ask(small, "one", "第一段。\n第二段要认真。", "p1-3").flags == ()


def test_the_locator_of_a_span_is_to_the_sentence(archive: Archive) -> None:
    speech = archive.speeches[COUNTY]
    assert str(sentence_locator(speech, pulled_span(speech, "p12.s2", "高度重视", ""))) == "p12.s2"
    assert str(sentence_locator(speech, pulled_span(speech, "p12", "", ""))) == "p12"
