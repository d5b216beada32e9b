"""Verdict and lock together: what passes the strict check, and each finding that says why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speeches.core.matching.verdict import ReviewStatus, SourceStatus
from speeches.core.report.report import report_data, to_text
from speeches.core.review.accepting import accepted
from speeches.core.review.book import gone
from speeches.core.review.claim import Claim, QuotationKind, excerpt_id, quote_id
from speeches.core.review.finding import Subtype
from speeches.core.review.lockfile import Lock, LockEntry
from speeches.core.review.review import review, review_all
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector, parse_locator
from support import BUREAU, CITY, COUNTY, TOWN, MakeArchive

GOOD = "高度重视和认真做好新时期办公室工作。"


def _claim(speech: str, text: str, locator: str = "", **changes: object) -> Claim:
    claim = Claim(
        id="q.test", kind=QuotationKind.EXCERPT, docname="chapters/a", path="chapters/a.md", line=7, speech=speech,
        text=text, selector=Selector(parse_locator(locator) if locator else None),
    )  # fmt: skip
    return replace(claim, **changes)  # type: ignore[arg-type]


def _accept(claim: Claim, archive: Archive, **changes: object) -> LockEntry:
    entry = accepted(review(claim, archive, None), archive, by="综合科", on="2026-11-20", reason="")
    assert entry is not None
    return replace(entry, **changes)  # type: ignore[arg-type]


def _subtypes(claim: Claim, archive: Archive, entry: LockEntry | None) -> list[Subtype]:
    return [finding.subtype for finding in review(claim, archive, entry).findings]


def test_accepted_and_unchanged_passes(archive: Archive) -> None:
    claim = _claim(COUNTY, GOOD, "p12")
    reviewed = review(claim, archive, _accept(claim, archive))
    assert reviewed.passed and reviewed.review is ReviewStatus.APPROVED


def test_new(archive: Archive) -> None:
    reviewed = review(_claim(COUNTY, GOOD, "p12"), archive, None)
    assert reviewed.verdict.agrees and not reviewed.passed
    assert reviewed.review is ReviewStatus.NONE
    (finding,) = reviewed.findings
    assert (finding.subtype, finding.path, finding.line) == (Subtype.NEW, "chapters/a.md", 7)
    assert "handbook accept q.test" in finding.message


@pytest.mark.parametrize(
    ("speech", "text", "locator", "subtype"),
    [
        (COUNTY, GOOD, "p13", Subtype.MOVED),
        (COUNTY, "高度重视和认真做好新时代办公室工作。", "", Subtype.ALTERED),
        (COUNTY, "谁把群众的小事拖成大事，组织就把谁的岗位变成空位。", "", Subtype.ABSENT),
        (COUNTY, "全县各级办公室的同志", "", Subtype.AMBIGUOUS),
        (COUNTY, "的", "", Subtype.UNCHECKED),
        (COUNTY, "领导机关的“心脏", "", Subtype.UNCHECKED),
        (CITY, GOOD, "", Subtype.ELSEWHERE),
        ("nobody", GOOD, "", Subtype.SOURCE),
        (CITY, "妄议中央大政方针", "", Subtype.CLIPPED),
        (TOWN, "举办这样一个培训班的目的", "", Subtype.RESTRICTED),
        (BUREAU, "办公室是一个单位，一个系统，一个机构的关键部门。", "", Subtype.SECONDHAND),
        (TOWN, "处于核心和关键的位〔置〕臵", "", Subtype.ALTERED),
    ],
)
def test_each_subtype(archive: Archive, speech: str, text: str, locator: str, subtype: Subtype) -> None:
    claim = _claim(speech, text, locator)
    subtypes = _subtypes(claim, archive, None)
    assert subtype in subtypes
    entry = LockEntry(id="q.test", kind="excerpt", docname="a", speech=speech, locator="", text=text, digest="")
    if speech in archive.speeches:
        entry = _accept(claim, archive)
    assert subtype in _subtypes(claim, archive, entry), "an acceptance does not silence it"


def test_a_restricted_span_may_not_be_touched_by_one_character(archive: Archive) -> None:
    claim = _claim(TOWN, "综合办事机构，起", "")
    assert Subtype.RESTRICTED in _subtypes(claim, archive, _accept(claim, archive))
    over = _claim(TOWN, "党委办公室是各级党委工作的运转中枢和综合办事机构……是承上启下、联系内外的枢纽")
    assert Subtype.RESTRICTED not in _subtypes(over, archive, _accept(over, archive)), "left out is not quoted"


def test_secondhand_needs_the_option(archive: Archive) -> None:
    claim = _claim(BUREAU, "办公室是一个单位，一个系统，一个机构的关键部门。", "p20", secondhand=True)
    assert _subtypes(claim, archive, _accept(claim, archive)) == []


@pytest.mark.parametrize(
    ("change", "subtype"),
    [
        ({"text": "办公室是党委、政府的综合工作部门"}, Subtype.CHANGED),
        ({"digest": "0" * 64}, Subtype.STALE),
        ({"speech": TOWN}, Subtype.STALE),
        ({"locator": "p13.s2"}, Subtype.MOVED),
    ],
)
def test_chapters_and_lock_must_agree(archive: Archive, change: dict[str, str], subtype: Subtype) -> None:
    """A place that the lock does not know is `moved`: the locator, the context or the lock does not fit."""
    claim = _claim(COUNTY, GOOD, "p12")
    reviewed = review(claim, archive, _accept(claim, archive, **change))
    assert subtype in [finding.subtype for finding in reviewed.findings]
    assert reviewed.review is ReviewStatus.STALE
    if subtype is Subtype.STALE and "digest" in change:
        assert reviewed.verdict.source is SourceStatus.CHANGED


def test_the_second_of_two_places_is_not_what_was_accepted(tmp_path: Path, make_archive: MakeArchive) -> None:
    """A named excerpt that is pointed at another occurrence keeps id, text and digest; someone must look."""
    small = make_archive(tmp_path, {"one": "要敢于担当作为。\n有人说，要敢于担当作为。"})
    first = _claim("one", "要敢于担当作为。", "p1")
    second = _claim("one", "要敢于担当作为。", "p2")
    entry = _accept(first, small, flags=("clipped",), reason="看过了")
    assert not _subtypes(first, small, entry)
    assert _subtypes(second, small, entry)


def test_a_pulled_text_that_changed(archive: Archive) -> None:
    claim = _claim(COUNTY, GOOD, "p12", pulled=True)
    assert Subtype.PULLED in _subtypes(claim, archive, _accept(claim, archive, text="别的文字"))


def test_clipped_is_accepted_with_a_reason_only(archive: Archive) -> None:
    claim = _claim(CITY, "妄议中央大政方针")
    assert Subtype.CLIPPED in _subtypes(claim, archive, _accept(claim, archive))
    assert _subtypes(claim, archive, _accept(claim, archive, flags=("clipped",), reason="上文已说明")) == []
    assert Subtype.CLIPPED in _subtypes(claim, archive, _accept(claim, archive, flags=("clipped",), reason=""))


def test_an_acceptance_of_clipping_dies_with_the_text(archive: Archive) -> None:
    claim = _claim(CITY, "妄议中央大政方针")
    entry = _accept(claim, archive, flags=("clipped",), reason="上文已说明")
    longer = replace(claim, text="妄议中央大政方针，始终在政治上")
    assert {Subtype.CLIPPED, Subtype.CHANGED} <= set(_subtypes(longer, archive, entry))


def test_gone(archive: Archive) -> None:
    claim = _claim(COUNTY, GOOD, "p12")
    entry = _accept(claim, archive)
    lock = Lock({claim.id: entry})
    assert gone(review_all([claim], archive, lock), lock) == ()
    (finding,) = gone([], lock)
    assert finding.subtype is Subtype.GONE and "q.test" in finding.message


def test_an_error_of_the_editor_is_unchecked(archive: Archive) -> None:
    claim = _claim(COUNTY, GOOD, error="“p12x”不是段句号。")
    assert _subtypes(claim, archive, _accept(claim, archive)) == [Subtype.UNCHECKED]


def test_a_report_without_quotations_is_not_ok(archive: Archive) -> None:
    assert report_data((), (), archive, {})["summary"]["ok"] is False


def test_the_report_tells_what_was_left_out_but_not_what_is_withheld(archive: Archive) -> None:
    claim = _claim(COUNTY, "向辛勤耕耘在办公室工作岗位上的同志们表示衷心的感谢……我谈几点感想和希望")
    reviewed = review_all([claim], archive, Lock())
    data = report_data(reviewed, (), archive, {})
    (left_out,) = data["excerpts"][0]["omitted"]
    assert "何主任" not in left_out and "此处略去" in left_out
    assert data["summary"]["quotations"] == 1 and data["excerpts"][0]["pass"] is False
    assert "略去" in to_text(data)


def test_ids(archive: Archive) -> None:
    assert excerpt_id("a", "p1.s2", "") == "q.a.p1.s2"
    assert excerpt_id("a", "p1.s2", "slug") == "q.slug"
    assert quote_id("chapters/a", "b", "“心脏”，") == quote_id("chapters/a", "b", "「心脏」,"), "typography aside"
    assert quote_id("chapters/a", "b", "心脏") != quote_id("chapters/a", "b", "心房")
