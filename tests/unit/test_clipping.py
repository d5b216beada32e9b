"""Verbatim text cut so that it says something else: each cutting must be flagged, and whole sentences must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.matching.verdict import Flag
from speeches.core.source.archive import Archive
from support import BUREAU, CITY, COUNTY, DATA, DISTRICT, SPEECH_IDS, TOWN, MakeArchive, ask, read_jsonl

CLIPPINGS = read_jsonl(DATA / "clipping.jsonl")
EXAMPLES_OF_THE_RULE = [
    (CITY, "妄议中央大政方针"),
    (CITY, "自己和自己比"),
    (TOWN, "是一个上传下达、迎来送往的事务性部门"),
    (CITY, "办公室工作有章可循"),
]


def test_there_are_enough_clippings() -> None:
    assert len(CLIPPINGS) >= 44
    assert {case["speech"] for case in CLIPPINGS} == set(SPEECH_IDS)


@pytest.mark.parametrize(("speech", "text"), EXAMPLES_OF_THE_RULE)
def test_examples_of_the_rule(archive: Archive, speech: str, text: str) -> None:
    assert Flag.CLIPPED in ask(archive, speech, text).flags


@pytest.mark.parametrize("case", CLIPPINGS, ids=lambda case: f"{case['speech']}-{case['text'][:16]}")
def test_every_clipping_is_flagged(archive: Archive, case: dict[str, str]) -> None:
    verdict = ask(archive, case["speech"], case["text"], anywhere=True)
    assert verdict.agrees, "the text itself is verbatim"
    assert Flag.CLIPPED in verdict.flags
    found = [word for clipping in verdict.clippings for word in clipping.words]
    for word in case["words"]:
        assert any(word in other for other in found), f"{word} is not among {found}"


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_no_whole_sentence_is_flagged(archive: Archive, speech_id: str) -> None:
    """From one 。 to the next nothing is cut off."""
    speech = archive.speeches[speech_id]
    flagged = []
    for paragraph in speech.outline.paragraphs:
        for sentence in paragraph.sentences:
            text = speech.text[sentence.start : sentence.end]
            verdict = ask(archive, speech_id, text, f"p{paragraph.line}.s{sentence.number}")
            if Flag.CLIPPED in verdict.flags:
                flagged.append((paragraph.line, sentence.number, text, verdict.clippings))
    assert not flagged


def test_whole_sentences_are_many(archive: Archive) -> None:
    assert sum(len(p.sentences) for speech in archive for p in speech.outline.paragraphs) >= 200


@pytest.mark.parametrize(
    ("speech", "text"),
    [
        (COUNTY, "非常负责"),
        (COUNTY, "不断改进思维方式和工作方法，加快实现从被动服务向超前服务转变"),
        (COUNTY, "不畏辛苦，形成了一个非常好的工作氛围"),
        (COUNTY, "任劳任怨、埋头苦干、无私奉献"),
        (DISTRICT, "责无旁贷"),
        (DISTRICT, "一丝不苟、敬终如始"),
        (BUREAU, "不忘初心，努力奋斗，做好办公室工作"),
        (CITY, "永不停步、永不懈怠"),
    ],
)
def test_harmless_words_do_not_turn_the_sense(archive: Archive, speech: str, text: str) -> None:
    """非常, 不断, 无私 … hold a negator and deny nothing."""
    verdict = ask(archive, speech, text)
    assert verdict.agrees
    assert Flag.CLIPPED not in verdict.flags, verdict.clippings


def test_a_clipping_names_its_words_and_its_place(archive: Archive) -> None:
    verdict = ask(archive, CITY, "妄议中央大政方针")
    assert [(c.where, c.words) for c in verdict.clippings] == [("前文", ("不",))]
    assert verdict.clippings[0].context.endswith("任何情况都不")


def test_what_comes_after_counts_too(archive: Archive) -> None:
    verdict = ask(archive, TOWN, "如果我们提的建议质量很高，就会产生良好的经济和社会效益")
    assert Flag.CLIPPED not in verdict.flags, "the sentence goes on after ；"
    verdict = ask(archive, BUREAU, "我们这是舍小家顾大家")
    assert Flag.CLIPPED not in verdict.flags


def test_a_paragraph_break_is_a_stop(tmp_path: Path, make_archive: MakeArchive) -> None:
    small = make_archive(tmp_path, {"one": "一、不要这样做。\n办公室工作十分重要，大家要认真做好\n否则就会出错"})
    verdict = ask(small, "one", "办公室工作十分重要，大家要认真做好")
    assert verdict.agrees and Flag.CLIPPED not in verdict.flags


def test_omissions_are_searched(archive: Archive) -> None:
    """A word that turns the sense in an omission is for a person to judge, even where it does not govern."""
    verdict = ask(archive, TOWN, "党委办公室工作要求十分严，……但更多的人做不了。")
    assert [c.where for c in verdict.clippings] == ["省略处"]
    assert Flag.CLIPPED in verdict.flags


@pytest.mark.parametrize(
    ("earlier", "clipped"),
    [("坚决反对", True), ("坚决反对，", True), ("坚决反对《旧办法》", False), ("坚决反对。", False)],
)
def test_without_a_record_a_line_runs_on_unless_it_is_closed(
    tmp_path: Path, make_archive: MakeArchive, earlier: str, clipped: bool
) -> None:
    bare = make_archive(tmp_path, {"one": f"{earlier}\n点灯只图快。\n"}, {"one": None})
    assert (Flag.CLIPPED in ask(bare, "one", "点灯只图快").flags) is clipped
