"""Editorial marks: 改字 〔〕, 补字 ［］, 衍字 【】 and notes, against a record and without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.matching.verdict import EditKind, Flag, Reason, TextStatus
from speeches.core.source.archive import Archive
from support import BUREAU, COUNTY, TOWN, TWO_ERRORS, MakeArchive, ask

RECORDED = [
    (TOWN, "处于核心和关键的位臵〔置〕。"),
    (TOWN, "办公室都要统筹考虑、妥善处臵〔置〕。"),
    (TOWN, "要想在工作［中］得心应手，一定要精通业务"),
    (TOWN, "各个部门单位打交通〔道〕"),
    (BUREAU, "有一【个】颗诚恳待人之心"),
    (BUREAU, "要吃透上请〔情〕、把握下情"),
    (COUNTY, "都能高质量的〔地〕完成"),
    (COUNTY, "拉进〔近〕与群众的距离"),
]
NOT_RECORDED = [
    (TOWN, "处于核心和关键的位〔置〕臵。", "the mark stands before the character"),
    (TOWN, "处于核心和关键的位臵〔值〕。", "another reading"),
    (TOWN, "处于核心和关键的位臵［置］。", "supplied instead of replaced"),
    (TOWN, "处于核心和关键的位【臵】。", "taken out instead of replaced"),
    (TOWN, "处于核心和关键的位臵〔置置〕。", "two for one"),
    (TOWN, "要想在工作〔中〕得心应手", "〔〕 supplies nothing where there is a record"),
    (TOWN, "要想在〔中〕工作得心应手", "elsewhere in the sentence"),
    (BUREAU, "有一个【颗】诚恳待人之心", "the wrong character taken out"),
    (BUREAU, "有一个〔〕颗诚恳待人之心", "an empty mark"),
    (COUNTY, "办公室工作不是谁都可以〔能够〕搞得了的", "no such emendation"),
    (COUNTY, "办公室工作〔主要〕不是谁都可以搞得了的", "words smuggled in"),
    (COUNTY, "办公室工作【不】是谁都可以搞得了的", "a negator taken out"),
    (COUNTY, "拉进〔近〕与群众的距离，树立〔了〕良好的机关形象", "one good mark beside a bad one"),
]


@pytest.mark.parametrize(("speech", "text"), RECORDED)
def test_recorded_marks_pass_as_emended(archive: Archive, speech: str, text: str) -> None:
    verdict = ask(archive, speech, text, in_handbook=True)
    assert verdict.text is TextStatus.EMENDED
    assert Flag.UNRECORDED_MARK not in verdict.flags
    assert verdict.unmarked == ()


@pytest.mark.parametrize(("speech", "text", "why"), NOT_RECORDED)
def test_any_other_mark_is_altered(archive: Archive, speech: str, text: str, why: str) -> None:
    verdict = ask(archive, speech, text, in_handbook=True)
    assert verdict.text is TextStatus.ALTERED, why
    assert verdict.edit is not None and verdict.edit.kind in (EditKind.MARK, EditKind.NEGATION)


def test_a_correction_made_in_silence_is_altered(archive: Archive) -> None:
    assert ask(archive, TOWN, "处于核心和关键的位置。").text is TextStatus.ALTERED


def test_an_unmarked_error_is_exact_and_named(archive: Archive) -> None:
    verdict = ask(archive, TOWN, "处于核心和关键的位臵。")
    assert verdict.text is TextStatus.EXACT
    assert verdict.unmarked == ("位臵〔置〕",)


@pytest.mark.parametrize(
    ("text", "word"), [("办公室位〔地位〕置举足轻重", "wording"), ("办公室位置［很］举足轻重", "supplied")]
)
def test_without_a_record_a_mark_passes_with_a_flag(
    tmp_path: Path, make_archive: MakeArchive, text: str, word: str
) -> None:
    bare = make_archive(tmp_path, {"one": "办公室位置举足轻重。"}, {"one": None})
    verdict = ask(bare, "one", text)
    assert (verdict.text, verdict.flags) == (TextStatus.EMENDED, (Flag.UNRECORDED_MARK,)), word


@pytest.mark.parametrize(
    "text",
    [
        "〔披〕荆斩棘，大家辛苦了",
        "披〔披〕荆斩棘，大家辛苦了",
        "披荆斩棘，大家〔不〕辛苦了",
        "披荆斩棘，大家［没］辛苦了",
        "披荆斩棘，〔绝不〕大家辛苦了",
        "披荆斩棘，大家〔〕辛苦了",
        "披荆斩棘，大家〔 〕辛苦了",
    ],
)
def test_marks_that_never_pass_without_a_record(tmp_path: Path, make_archive: MakeArchive, text: str) -> None:
    """Around what the source does say, empty, or turning the sense."""
    bare = make_archive(tmp_path, {"one": "同志们披荆斩棘，大家辛苦了。"}, {"one": None})
    assert ask(bare, "one", text).text is TextStatus.ALTERED


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1〔2〕月9日，张山书记作了报告", EditKind.NUMBER),
        ("1月9日，张山〔李勇〕书记作了报告", EditKind.NAME),
        ("【1】1月9日，张山书记", EditKind.NUMBER),
        ("增长1.3〔1.8〕万亿元", EditKind.NUMBER),
        ("增长1.3万［多］亿元", None),
        ("增长1.3［2］万亿元", EditKind.NUMBER),
        ("张山书记〔主任〕作了报告", EditKind.NAME),
        ("张山［副］书记作了报告", EditKind.NAME),
        ("苦〔甜〕在其中", EditKind.NEGATION),
        ("苦在〔不在〕其中", EditKind.NEGATION),
    ],
)
def test_an_unrecorded_mark_never_changes_a_number_a_name_or_the_sense(
    tmp_path: Path, make_archive: MakeArchive, text: str, kind: EditKind | None
) -> None:
    bare = make_archive(tmp_path, {"one": "11月9日，张山书记作了报告，增长1.3万亿元，苦在其中。"}, {"one": None})
    verdict = ask(bare, "one", text)
    assert verdict.agrees is (kind is None)
    assert (verdict.edit.kind if verdict.edit else None) is kind


@pytest.mark.parametrize(
    "text", ["要想在工作（原文如此）得心应手", "要想在工作得（原文如此）心应手", "位臵（原文如此）举足轻重"]
)
def test_a_note_stands_right_at_the_error(tmp_path: Path, make_archive: MakeArchive, text: str) -> None:
    small = make_archive(tmp_path, {"one": "要想在工作得心应手，位臵举足轻重。"}, {"one": TWO_ERRORS})
    assert ask(small, "one", text, in_handbook=True).text is TextStatus.EMENDED
    early = text.replace("（原文如此）", "").replace("要想在", "要想（原文如此）在").replace("位臵", "位（原文如此）臵")
    assert ask(small, "one", early, in_handbook=True).text is TextStatus.ALTERED


def test_a_mark_replaces_nothing_that_is_not_printed(tmp_path: Path, make_archive: MakeArchive) -> None:
    small = make_archive(tmp_path, {"one": "在工作得心应手，位臵举足轻重。"}, {"one": TWO_ERRORS})
    assert ask(small, "one", "位臵〔置〕举足轻重").agrees
    assert not ask(small, "one", "〔置〕举足轻重").agrees, "the character that it would replace was left out"


def test_brackets_of_the_source_win(tmp_path: Path, make_archive: MakeArchive) -> None:
    bare = make_archive(tmp_path, {"one": "按照国发〔2013〕5号文件的要求去办。"}, {"one": None})
    assert ask(bare, "one", "国发〔2013〕5号文件").text is TextStatus.EXACT
    assert ask(bare, "one", "国发〔2014〕5号文件").text is TextStatus.ALTERED
    assert not ask(bare, "one", "国发5号文件").agrees


@pytest.mark.parametrize("text", ["办公室工作〔主要", "办公室工作］主要", "办公室【工作主要"])
def test_a_bracket_without_a_partner_is_altered(archive: Archive, text: str) -> None:
    verdict = ask(archive, COUNTY, text)
    assert not verdict.agrees
    assert verdict.reason is Reason.MARK


def test_notes_account_for_a_difference(archive: Archive) -> None:
    """（原文如此） is printed and does not stand in the source: the text is not exact."""
    verdict = ask(archive, TOWN, "处于核心和关键的位臵（原文如此）。")
    assert verdict.agrees
    assert verdict.text is TextStatus.EMENDED


def test_a_note_is_no_text_of_the_source(tmp_path: Path, make_archive: MakeArchive) -> None:
    """One character of the source and a note: fewer than two characters were quoted."""
    small = make_archive(tmp_path, {"one": "聋子、瞎子都来了。"})
    assert ask(small, "one", "瞎（原文如此）").text is TextStatus.UNCHECKED
    assert ask(small, "one", "瞎〔哑〕").text is not TextStatus.EMENDED


def test_cut_off_only_where_the_source_breaks_off(archive: Archive) -> None:
    note = "……（原文至此中断，编者注）"
    assert ask(archive, TOWN, f"举办这样一个培训班的目的，是为了{note}").text is not TextStatus.ALTERED
    assert ask(archive, TOWN, f"举办这样一个培训班的目的{note}").text is TextStatus.ALTERED
    assert ask(archive, BUREAU, f"做好办公室工作。{note}", "p26").text is TextStatus.ALTERED, "the sentence is whole"
