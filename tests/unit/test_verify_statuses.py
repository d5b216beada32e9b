"""The four fields and each flag: every value once, their precedence, and what a selector decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.matching.verdict import Flag, PlaceStatus, Reason, SourceStatus, TextStatus
from speeches.core.source.archive import Archive, load_archive
from support import CITY, COUNTY, DISTRICT, TOWN, MakeArchive, ask, write_archive

TWICE = "办公室工作无小事，大家要认真对待。今年工作很多。\n\n其他的话在这里说一说。\n办公室工作无小事，责任重于泰山。"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("办公室是党委、政府的综合工作部门，", TextStatus.EXACT),
        ("办公室是党委、政府的综合工作部门,", TextStatus.TYPOGRAPHIC),
        ("拉进〔近〕与群众的距离", TextStatus.EMENDED),
        ("办公室是党委、政府的综合工作部门……高度重视和认真做好新时期办公室工作。", TextStatus.ELIDED),
        ("办公室是党委、政府的综合领导部门，是领导机关的“心脏”", TextStatus.ALTERED),
        ("谁把群众的小事拖成大事，组织就把谁的岗位变成空位。", TextStatus.ABSENT),
        ("全县各级办公室的同志", TextStatus.AMBIGUOUS),
        ("的", TextStatus.UNCHECKED),
    ],
)
def test_text(archive: Archive, text: str, status: TextStatus) -> None:
    verdict = ask(archive, COUNTY, text)
    assert verdict.text is status
    assert verdict.features[0] is status
    passes = status in (TextStatus.EXACT, TextStatus.TYPOGRAPHIC, TextStatus.EMENDED, TextStatus.ELIDED)
    assert verdict.agrees is passes


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("始终坚持教育从严、管理从紧……拉进〔近〕与群众的距离", ("elided", "emended", "exact")),
        ("拉进〔近〕与群众的距离,树立良好的机关形象", ("emended", "typographic")),
        ("办公室是党委、政府的综合工作部门……新时期办公室工作。", ("elided", "exact")),
        ("办公室是党委,政府的综合工作部门……新时期办公室工作。", ("altered",)),
    ],
)
def test_precedence_and_all_features(archive: Archive, text: str, features: tuple[str, ...]) -> None:
    verdict = ask(archive, COUNTY, text)
    assert tuple(verdict.features) == features


@pytest.mark.parametrize("text", ["", " \n\u3000", "。", "的", "〔〕", "……", "…………", "“”", "\u200b\ufeff"])
def test_too_little_is_unchecked(archive: Archive, text: str) -> None:
    verdict = ask(archive, COUNTY, text)
    assert verdict.text is TextStatus.UNCHECKED and verdict.place is PlaceStatus.UNKNOWN
    assert not verdict.agrees


@pytest.mark.parametrize("character", ["\ufffd", "\ue000", "\x07", "\u202e"])
def test_forbidden_characters_are_unchecked(archive: Archive, character: str) -> None:
    verdict = ask(archive, COUNTY, f"办公室是党委{character}、政府的综合工作部门")
    assert (verdict.text, verdict.reason) == (TextStatus.UNCHECKED, Reason.FORBIDDEN)


def test_source(tmp_path: Path, archive: Archive) -> None:
    text = "办公室工作无小事，大家要认真对待。"
    folder = write_archive(
        tmp_path / "s",
        {"pinned": text, "bare": text, "changed": text, "unreadable": text.encode("gb18030")},
        {"bare": None, "changed": f'sha256 = "{"0" * 64}"\n', "gone": None},
    )
    (folder / "gone.toml").write_text('title = "没有文本"\nsha256 = "00"\n', encoding="utf-8")
    loaded = load_archive(folder)
    expected = {
        "pinned": SourceStatus.PINNED,
        "bare": SourceStatus.UNPINNED,
        "changed": SourceStatus.CHANGED,
        "unreadable": SourceStatus.UNREADABLE,
        "gone": SourceStatus.MISSING,
        "nobody": SourceStatus.MISSING,
    }
    for speech, status in expected.items():
        verdict = ask(loaded, speech, text)
        assert verdict.source is status
        assert verdict.agrees is (speech in ("pinned", "bare")), speech


class TestPlace:
    def test_as_cited(self, archive: Archive) -> None:
        verdict = ask(archive, COUNTY, "高度重视和认真做好新时期办公室工作", "p12.s2")
        assert verdict.place is PlaceStatus.AS_CITED
        assert verdict.found is not None and verdict.found.locator == "p12.s2"

    @pytest.mark.parametrize(("locator", "prefix"), [("p13", ""), ("p12.s1", ""), ("", "别的前文")])
    def test_moved(self, archive: Archive, locator: str, prefix: str) -> None:
        verdict = ask(archive, COUNTY, "高度重视和认真做好新时期办公室工作", locator, prefix=prefix)
        assert verdict.place is PlaceStatus.MOVED
        assert verdict.agrees
        assert verdict.found is not None and verdict.found.locator == "p12.s2"

    def test_elsewhere(self, archive: Archive) -> None:
        verdict = ask(archive, COUNTY, "一个合格的办公室主任就是要对本单位的方方面面")
        assert (verdict.place, verdict.text) == (PlaceStatus.ELSEWHERE, TextStatus.EXACT)
        assert verdict.found is not None and verdict.found.speech == DISTRICT
        assert not verdict.agrees

    def test_a_locator_beyond_the_speech(self, archive: Archive) -> None:
        for locator in ("p999", "p1", "p12.s9", "p12-999"):
            verdict = ask(archive, COUNTY, "高度重视和认真做好新时期办公室工作", locator)
            assert (verdict.text, verdict.reason) == (TextStatus.UNCHECKED, Reason.LOCATOR)


class TestTwice:
    @pytest.fixture
    def twice(self, tmp_path: Path, make_archive: MakeArchive) -> Archive:
        return make_archive(tmp_path, {"one": TWICE})

    def test_ambiguous_names_the_places(self, twice: Archive) -> None:
        verdict = ask(twice, "one", "办公室工作无小事")
        assert (verdict.text, verdict.place) == (TextStatus.AMBIGUOUS, PlaceStatus.UNKNOWN)
        assert [c.locator for c in verdict.candidates] == ["p1.s1", "p4"]
        assert verdict.fragments == () and not verdict.agrees

    @pytest.mark.parametrize(
        ("locator", "prefix", "suffix", "where"),
        [("p1", "", "", "p1.s1"), ("p4", "", "", "p4"), ("", "", "，责任", "p4"), ("", "说一说。", "", "p4"),
         ("", "", "，大家", "p1.s1"), ("p4", "", "，责任", "p4")],
    )  # fmt: skip
    def test_a_locator_or_a_context_chooses(
        self, twice: Archive, locator: str, prefix: str, suffix: str, where: str
    ) -> None:
        verdict = ask(twice, "one", "办公室工作无小事", locator, prefix=prefix, suffix=suffix)
        assert verdict.place is PlaceStatus.AS_CITED
        assert verdict.found is not None and verdict.found.locator == where

    @pytest.mark.parametrize(
        ("locator", "prefix", "suffix"),
        [("", "别的前文", ""), ("p3", "", ""), ("p1-4", "", ""), ("", "。", "，责任大")],
    )
    def test_what_fits_nowhere_or_twice_chooses_nothing(
        self, twice: Archive, locator: str, prefix: str, suffix: str
    ) -> None:
        assert not ask(twice, "one", "办公室工作无小事", locator, prefix=prefix, suffix=suffix).agrees

    def test_a_context_and_a_locator_that_contradict_each_other(self, twice: Archive) -> None:
        assert ask(twice, "one", "办公室工作无小事", "p1", suffix="，责任").place is not PlaceStatus.AS_CITED

    def test_anywhere(self, twice: Archive) -> None:
        assert ask(twice, "one", "办公室工作无小事", anywhere=True).agrees

    def test_occurrences_overlap_and_know_no_words(self, tmp_path: Path, make_archive: MakeArchive) -> None:
        small = make_archive(tmp_path, {"one": "好好好，要坚持坚持再坚持"})
        assert len(ask(small, "one", "好好").candidates) == 2
        assert len(ask(small, "one", "坚持").candidates) == 3

    def test_a_context_reaches_over_an_earlier_start(self, tmp_path: Path, make_archive: MakeArchive) -> None:
        """The first fragment stands twice before the second; the context says which is meant."""
        small = make_archive(tmp_path, {"one": "甲处：要认真工作。乙处：要认真工作，并且要按时完成任务。"})
        verdict = ask(small, "one", "要认真工作……要按时完成任务", prefix="甲处：")
        assert verdict.place is PlaceStatus.AS_CITED
        assert verdict.fragments[0].start == 3


class TestFlags:
    def test_clipped(self, archive: Archive) -> None:
        assert ask(archive, CITY, "妄议中央大政方针").flags == (Flag.CLIPPED,)

    def test_far_by_length(self, archive: Archive) -> None:
        assert Flag.FAR in ask(archive, COUNTY, "首先，办公室干部的事业就是人民的事业……真正让群众感到可亲").flags
        assert Flag.FAR not in ask(archive, COUNTY, "办公室是党委、政府的综合工作部门……新时期办公室工作").flags

    def test_far_over_a_heading(self, archive: Archive) -> None:
        assert Flag.FAR in ask(archive, TOWN, "其作用的发挥是其他任何部门都无法替代的……同时，办公室不只是抓大事").flags
        assert Flag.FAR in ask(archive, COUNTY, "树立良好的机关形象……办公室的特殊地位和作用").flags

    def test_unrecorded_mark(self, bench_archive: Archive) -> None:
        assert ask(bench_archive, "seed-003", "核心和关键的位臵〔置〕").flags == (Flag.UNRECORDED_MARK,)

    def test_secondhand(self, archive: Archive) -> None:
        assert (
            Flag.SECONDHAND
            in ask(archive, "city-bureau-office-training", "办公室是一个单位，一个系统，一个机构的关键部门").flags
        )

    def test_deictic(self, archive: Archive) -> None:
        assert Flag.DEICTIC in ask(archive, COUNTY, "为推进我县经济社会跨越式发展作出新的更大的贡献").flags

    @pytest.mark.parametrize(
        ("text", "flagged"),
        [
            ("第一行说完了。\n第二行接着说", False),
            ("第一行说完了。第二行接着说", True),
            ("第一行\n说完了", True),
            ("第一行说完了。\n\n第二行接着说", False),
            ("第二行接着说下去。", False),
            ("接着说\n下去。", True),
        ],
    )
    def test_paragraph(self, tmp_path: Path, make_archive: MakeArchive, text: str, flagged: bool) -> None:
        small = make_archive(tmp_path, {"one": "第一行说完了。\n第二行接着说\n下去。"}, {"one": "join = [[2, 3]]\n"})
        verdict = ask(small, "one", text)
        assert verdict.agrees
        assert (Flag.PARAGRAPH in verdict.flags) is flagged
        if flagged:
            assert verdict.text is TextStatus.TYPOGRAPHIC


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("老站长说：“要点灯，……要剪芯。”", None),  # inside one quotation
        ("老站长说：“要点灯，……要等船。”", Reason.CROSSED),  # out of one and into another
        ("老站长说：……天就黑了。", None),  # a whole quotation left out
        ("要添油，……有人又说", None),  # no mark is printed open
    ],
)
def test_an_omission_lies_inside_a_quotation_or_takes_it_whole(
    tmp_path: Path, make_archive: MakeArchive, text: str, reason: Reason | None
) -> None:
    small = make_archive(
        tmp_path, {"one": "老站长说：“要点灯，要添油，要剪芯。”天就黑了。有人又说：“要撑船，要等船。”\n"}
    )
    verdict = ask(small, "one", text)
    assert (verdict.reason, verdict.agrees) == (reason, reason is None)
