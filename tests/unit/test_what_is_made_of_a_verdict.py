"""What is done with a verdict: the public report, the fingerprint, the lock's place, and flags at their bounds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from speeches.core.matching.verdict import Flag, ReviewStatus, TextStatus
from speeches.core.prose.wording import WordingIndex
from speeches.core.report.report import report_data, to_json
from speeches.core.report.stamp import text_digest
from speeches.core.review.accepting import accepted
from speeches.core.review.claim import Claim, QuotationKind, quote_id
from speeches.core.review.finding import Subtype
from speeches.core.review.lockfile import Lock
from speeches.core.review.review import review_all
from speeches.core.source.outline import build_outline
from speeches.core.source.selector import Selector, parse_locator
from support import TWO_ERRORS, MakeArchive, ask

SECRETS = ("绳索每月换一次", "须有人守夜", "并非可有可无", "夜里加一盏灯")
RIVER = (
    "渡船离岸之前，船工先要数清人数，绳索每月换一次。\n"
    "灯塔并非可有可无的摆设，夜里加一盏灯。\n"
    "守夜的规矩：须有人守夜，来客先要登记。\n"
)


def _claim(text: str, selector: Selector | None = None) -> Claim:
    return Claim(
        id=quote_id("a", "river", text), kind=QuotationKind.QUOTE, docname="a", path="a.md", line=1, speech="river",
        text=text, selector=selector or Selector(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("船工先要数清人数，绳索每年换一次", TextStatus.ALTERED),
        ("船工先要数清人数……换一次", TextStatus.UNCHECKED),
        ("守夜的规矩……来客先要登记", TextStatus.ELIDED),
        ("可有可无的摆设", TextStatus.EXACT),
        ("先要", TextStatus.AMBIGUOUS),
        ("须有人守更，来客先要登记", TextStatus.ALTERED),
    ],
)
def test_a_public_report_has_no_word_of_a_speech_that_is_not_printed(
    tmp_path: Path, make_archive: MakeArchive, text: str, status: TextStatus
) -> None:
    archive = make_archive(tmp_path, {"river": RIVER})
    reviewed = review_all([_claim(text)], archive, Lock())
    assert reviewed[0].verdict.text is status
    internal = to_json(report_data(reviewed, reviewed[0].findings, archive, {}))
    public = to_json(report_data(reviewed, reviewed[0].findings, archive, {}, public=True))
    printed = [secret for secret in SECRETS if secret in text]
    assert [secret for secret in SECRETS if secret in public] == printed
    assert len(internal) > len(public)
    (item,) = json.loads(public)["excerpts"]
    assert (item["edit"], item["nearest"]) == (None, None)
    assert (item["candidates"], item["omitted"], item["clipped"]) == ([], [], [])
    assert item["quoted"] == text and item["pass"] is False


def test_the_internal_report_says_what_differs(tmp_path: Path, make_archive: MakeArchive) -> None:
    archive = make_archive(tmp_path, {"river": RIVER})
    reviewed = review_all([_claim("须有人守更，来客先要登记")], archive, Lock())
    (item,) = report_data(reviewed, (), archive, {})["excerpts"]
    assert item["edit"] == {"kind": "wording", "source": "夜", "printed": "更"}
    assert "须有人守夜" in item["nearest"]["text"]


@pytest.mark.parametrize("key", ["id", "kind", "number", "docname", "speech", "locator", "quoted", "pass"])
def test_a_pdf_of_anything_else_is_not_this_book(key: str) -> None:
    names = ("id", "kind", "number", "docname", "speech", "locator", "quoted", "pass", "page", "line")
    item = {name: f"{name} of one" for name in names}
    one, other = text_digest({"excerpts": [item]}), text_digest({"excerpts": [item | {key: "another"}]})
    assert one != other
    assert one == text_digest({"excerpts": [item | {"page": 7, "line": 9}]}), "where it stands on paper is no matter"


def test_any_occurrence_stays_accepted_when_another_becomes_the_first(
    tmp_path: Path, make_archive: MakeArchive
) -> None:
    archive = make_archive(tmp_path, {"river": "先点灯。再数人。\n先点灯。再解缆。\n"})
    claim = _claim("先点灯", Selector(anywhere=True))
    (item,) = review_all([claim], archive, Lock())
    entry = accepted(item, archive, by="综合科", on="2026-11-20", reason="")
    assert entry is not None and entry.locator == "p1.s1"
    (now,) = review_all([claim], archive, Lock({claim.id: replace(entry, locator="p2.s1")}))
    assert now.passed and now.review is ReviewStatus.APPROVED and not now.displaced
    plain = _claim("再数人")
    (item,) = review_all([plain], archive, Lock())
    entry = accepted(item, archive, by="综合科", on="2026-11-20", reason="")
    assert entry is not None
    (now,) = review_all([plain], archive, Lock({plain.id: replace(entry, locator="p2")}))
    assert now.displaced and now.review is ReviewStatus.STALE


def test_marks_of_both_levels_have_one_id() -> None:
    assert quote_id("a", "b", "“心脏”地带") == quote_id("a", "b", "‘心脏’地带")
    assert quote_id("a", "b", "《甲》文") == quote_id("a", "b", "〈甲〉文")


@pytest.mark.parametrize(("omitted", "far"), [(200, False), (201, True)])
def test_an_omission_of_more_than_two_hundred_characters_is_far(
    tmp_path: Path, make_archive: MakeArchive, omitted: int, far: bool
) -> None:
    filling = "，" + "甲乙丙丁戊己庚辛壬癸" * 20
    archive = make_archive(tmp_path, {"one": f"先把灯点亮{filling[:omitted]}再把缆解开。\n"})
    verdict = ask(archive, "one", "先把灯点亮……再把缆解开")
    (gap,) = verdict.omitted
    assert gap.end - gap.start == omitted
    assert (Flag.FAR in verdict.flags) is far


@pytest.mark.parametrize(
    ("text", "unmarked"),
    [
        ("在工作得心应手", ("在工作［中］得",)),
        ("在工作", ()),
        ("得心应手，位臵", ("位臵〔置〕",)),
        ("臵要紧，要紧", ("位臵〔置〕",)),
        ("要紧，要紧", ()),
        ("得心应手，位", ()),
    ],
)
def test_a_correction_is_named_where_it_lies_inside(
    tmp_path: Path, make_archive: MakeArchive, text: str, unmarked: tuple[str, ...]
) -> None:
    """One that only supplies a character stands between two: at the edge of a quotation it is not in it."""
    archive = make_archive(tmp_path, {"one": "在工作得心应手，位臵要紧，要紧。"}, {"one": TWO_ERRORS})
    assert ask(archive, "one", text).unmarked == unmarked


def test_a_supplied_character_is_not_marked_as_replaced(tmp_path: Path, make_archive: MakeArchive) -> None:
    record = '[[emendation]]\nline = 1\noriginal = "在工作得"\nreading = "在工作中得"\nkind = "wrong"\n'
    archive = make_archive(tmp_path, {"one": "在工作得心应手。"}, {"one": record})
    assert not ask(archive, "one", "在工作［中］得心应手").agrees, "the record says replaced"
    assert not ask(archive, "one", "在工作〔中〕得心应手").agrees, "and 〔〕 replaces as many characters as it holds"


@pytest.mark.parametrize("between", ["", "乙", "乙丙丁戊己庚"])
@pytest.mark.parametrize("shift", range(7))
def test_a_second_borrowed_run_close_behind_the_first_is_found(
    tmp_path: Path, make_archive: MakeArchive, between: str, shift: int
) -> None:
    """Of thirteen characters, wherever the samples of the source fall in it."""
    first, second = "渡船离岸之前船工先要数清人数再解缆", "灯油要一勺一勺地添灯芯要剪"
    archive = make_archive(tmp_path, {"one": f"{first}。\n{'甲' * shift}。\n{second}。\n"})
    prose = f"{first}{between}{second}"
    found = WordingIndex.build(archive, ()).borrowed(prose)
    assert [prose[run.start : run.end] for run in found] == [first, second]


def test_a_wrong_place_in_the_chapter_is_mended_and_not_accepted(tmp_path: Path, make_archive: MakeArchive) -> None:
    archive = make_archive(tmp_path, {"river": "先点灯。\n再数人。\n"})
    (item,) = review_all([_claim("再数人", Selector(parse_locator("p1")))], archive, Lock())
    assert [finding.subtype for finding in item.findings] == [Subtype.MOVED]
    assert not item.displaced and not item.pending


def test_a_number_out_of_sequence_is_no_heading() -> None:
    text = "大家要注意。一要点灯，先看油。二要解缆，先看绳。四要数人，一个不少。三是守夜，不许打盹。\n"
    assert [heading.number for heading in build_outline(text).headings] == [1, 2, 3], "四 before 三 is none"


def test_equal_quotes_of_one_place_share_an_id_and_are_counted(tmp_path: Path, make_archive: MakeArchive) -> None:
    """They are one line of the lock: a reader of the report tells them apart by which of them each is."""
    archive = make_archive(tmp_path, {"river": RIVER})
    claims = [_claim("守夜的规矩"), _claim("来客先要登记"), _claim("守夜的规矩")]
    claims = [replace(claim, id=f"iq.one.river.{claim.text}", kind="quote") for claim in claims]
    items = report_data(review_all(claims, archive, Lock()), (), archive, {})["excerpts"]
    told = {(item["quoted"], item["occurrence"], item["count"]) for item in items}
    assert told == {("守夜的规矩", 1, 2), ("守夜的规矩", 2, 2), ("来客先要登记", 1, 1)}
    assert len({(item["id"], item["occurrence"]) for item in items}) == len(items) == 3
