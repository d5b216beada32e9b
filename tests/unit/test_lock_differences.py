"""What the lock pins: each thing that was accepted, what a change of it makes stale, and how it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from speeches.core.matching.verdict import ReviewStatus
from speeches.core.review.accepting import accepted, accepted_speech
from speeches.core.review.book import book_findings
from speeches.core.review.claim import Claim, QuotationKind, former_quote_id, quote_id
from speeches.core.review.differences import Difference, is_reason
from speeches.core.review.finding import Finding, Subtype, told
from speeches.core.review.lockfile import Lock, format_lock, parse_lock
from speeches.core.review.review import Reviewed, review_all
from speeches.core.review.upgrade import upgrade
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector, parse_locator
from support import archive_of

TODAY = dt.date(2026, 11, 21)
TEXT = "渡船要先数清人数。\n老话说，一寸光阴一寸金。\n渡口的位臵要紧，船工苦在其中。\n渡船要先数清人数。\n"
RECORD = """title = "在渡口的讲话"
occasion = "渡口会议"
level = "乡镇"
speaker = ""
date = "2015"
[[emendation]]
line = 3
original = "位臵"
reading = "位置"
kind = "transcription"
[[restrict]]
lines = [2, 2]
from = "一寸光阴"
to = "一寸金"
kind = "secondhand"
[[restrict]]
lines = [3, 3]
from = "船工"
kind = "withhold"
"""
OTHER = {"lamp": "灯要先看油有没有添满。\n"}


def _archive(folder: Path, record: str = RECORD, text: str = TEXT) -> Archive:
    return archive_of(folder, {"river": text, **OTHER}, {"river": record})


def _quote(text: str, locator: str = "", *, doc: str = "chapters/a", line: int = 1, speech: str = "river") -> Claim:
    return Claim(
        id=quote_id(doc, speech, text, locator), kind=QuotationKind.QUOTE, docname=doc, path=f"{doc}.md", line=line,
        speech=speech, text=text, selector=Selector(parse_locator(locator) if locator else None),
    )  # fmt: skip


def _excerpt(text: str, name: str, locator: str = "", **changes: object) -> Claim:
    claim = replace(_quote(text, locator), id=f"q.{name}", kind=QuotationKind.EXCERPT, name=name)
    return replace(claim, **changes)  # type: ignore[arg-type]


CLAIMS = (
    _excerpt("渡船要先数清人数。", "first", "p1"),
    _excerpt("一寸光阴一寸金。", "second", "", secondhand=True, note="语出古诗。"),
    _excerpt("渡口的位臵〔置〕要紧", "third"),
    _quote("先数清人数", "p1", line=7),
    _quote("先数清人数", "p4", line=8),
    _quote("油有没有添满", line=9, speech="lamp"),
)


def _accepted(claims: Iterable[Claim], archive: Archive, lock: Lock | None = None) -> Lock:
    """As ``handbook accept`` leaves it; also what a file keeps of it."""
    lock = lock or Lock()
    quotations = {}
    for item in review_all(claims, archive, lock):
        entry = accepted(item, archive, by="综合科", on="2026-11-20", reason="上文已说明") or item.entry
        assert entry is not None
        quotations[item.claim.id] = entry
    speeches = {}
    for speech in archive:
        new = accepted_speech(speech, lock.speeches.get(speech.id), by="综合科", on="2026-11-20")
        speeches[speech.id] = new or lock.speeches[speech.id]
    return parse_lock(format_lock(Lock(quotations, speeches)))


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    return _accepted(CLAIMS, _archive(tmp_path / "then"))


def _outcome(
    claims: Iterable[Claim], archive: Archive, lock: Lock | None
) -> tuple[dict[str, frozenset[Difference]], list[Finding], tuple[Reviewed, ...]]:
    """What differs by id of those that are not approved as they stand, what is told, and all that was reviewed."""
    reviewed = review_all(claims, archive, lock)
    every = [*(book_findings(reviewed, archive, lock, today=TODAY) if lock else ())]
    every += [finding for item in reviewed for finding in item.findings]
    stale = {item.claim.id: item.differences for item in reviewed if item.review is not ReviewStatus.APPROVED}
    assert stale.keys() == {item.claim.id for item in reviewed if not item.passed}
    return stale, told(every), reviewed


def test_what_was_accepted_passes_and_needs_nothing(tmp_path: Path, lock: Lock) -> None:
    archive = _archive(tmp_path / "now")
    assert _outcome(CLAIMS, archive, lock)[:2] == ({}, [])
    assert _accepted(CLAIMS, archive, lock) == lock


PRINTED = [
    ('title = "在渡口的讲话"', 'title = "在全国会议上的讲话"', "题名“在渡口的讲话”→“在全国会议上的讲话”"),
    ('occasion = "渡口会议"', 'occasion = "全国会议"', "场合"),
    ('level = "乡镇"', 'level = "国家"', "级别“乡镇”→“国家”"),
    ('speaker = ""', 'speaker = "县长"', "讲话人“（空）”→“县长”"),
    ('date = "2015"', 'date = "2016"', "时间“2015”→“2016”"),
    ('date = "2015"', 'date = "2015"\ndate_basis = "据文中推定"', "时间“2015”→“2015（据文中推定）”"),
    ('level = "乡镇"', 'level = "乡镇"\nchecked_against_original = true', "与原件核对“否”→“是”"),
]


@pytest.mark.parametrize(("old", "new", "shown"), PRINTED)
def test_what_is_printed_of_a_speech_is_told_once(tmp_path: Path, lock: Lock, old: str, new: str, shown: str) -> None:
    """Every quotation of that speech is stale, no other; one message at the record, with their number beneath."""
    archive = _archive(tmp_path / "now", RECORD.replace(old, new))
    stale, (finding,), _ = _outcome(CLAIMS, archive, lock)
    assert stale == dict.fromkeys((c.id for c in CLAIMS if c.speech == "river"), frozenset({Difference.FACTS}))
    assert finding.subtype is Subtype.STALE and finding.path.endswith("river.toml")
    assert shown in finding.message and "accept river" in finding.message
    assert "由此引起的 5 条" in finding.message
    again = _accepted(CLAIMS, archive, lock)
    assert _outcome(CLAIMS, archive, again)[:2] == ({}, [])
    assert again.quotations == lock.quotations, "the quotations keep who accepted them"


@pytest.mark.parametrize(
    "more",
    [
        'provenance = "县档案馆"',
        'period_note = "当时的提法"',
        'received = "000.txt"',
        '[[restrict]]\nlines = [4, 4]\nfrom = "渡船"\nto = "要"\nkind = "noquote"',
        '[[emendation]]\nline = 2\noriginal = "老话"\nreading = "老说"',
    ],
)
def test_a_record_may_be_completed_without_a_storm(tmp_path: Path, lock: Lock, more: str) -> None:
    head = "" if more.startswith("[[") else f"{more}\n"
    tail = f"\n{more}\n" if more.startswith("[[") else ""
    assert _outcome(CLAIMS, _archive(tmp_path / "now", head + RECORD + tail), lock)[:2] == ({}, [])


def test_an_added_restriction_is_pinned_by_the_next_acceptance(tmp_path: Path, lock: Lock) -> None:
    more = '[[restrict]]\nlines = [4, 4]\nfrom = "渡船"\nto = "要"\nkind = "noquote"\n'
    archive = _archive(tmp_path / "now", RECORD + more)
    again = _accepted(CLAIMS, archive, lock)
    assert len(again.speeches["river"].restrictions) == len(lock.speeches["river"].restrictions) + 1
    _, (finding,), _ = _outcome(CLAIMS, _archive(tmp_path / "later"), again)
    assert "少了认可过的限制：4:1-4:3 noquote" in finding.message
    stricter = _archive(tmp_path / "stricter", RECORD + more.replace("noquote", "withhold"))
    assert _outcome(CLAIMS, stricter, again)[1] == [], "words that may now not even be read were not set free"


def test_every_restriction_deleted(tmp_path: Path, lock: Lock) -> None:
    """Withheld words would be printed on the page of the speech, though no quotation touches them."""
    record = RECORD[: RECORD.index("[[restrict]]")]
    stale, findings, _ = _outcome(CLAIMS, _archive(tmp_path / "now", record), lock)
    assert stale == {"q.second": {Difference.FACTS}}, "and the one that it touched is stale"
    assert [finding.subtype for finding in findings] == [Subtype.STALE, Subtype.STALE]
    assert "withhold" in findings[0].message and "会刊出" in findings[0].message
    assert "限制" in findings[1].message and findings[1].line == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "transcription"', 'kind = "wrong"'),
        ('original = "位臵"', 'original = "口的位臵"'),
    ],
)
def test_a_correction_stales_what_it_touches_alone(tmp_path: Path, lock: Lock, old: str, new: str) -> None:
    record = RECORD.replace(old, new).replace(
        'reading = "位置"', 'reading = "口的位置"' if "口的" in new else 'reading = "位置"'
    )
    stale, findings, _ = _outcome(CLAIMS, _archive(tmp_path / "now", record), lock)
    expected = {"q.third": {Difference.FACTS}} if "wrong" in new else {}
    assert stale == expected, "how narrowly the record cuts the original is no matter"
    assert len(findings) == len(expected)


def test_a_correction_added_inside_a_quotation(tmp_path: Path, lock: Lock) -> None:
    more = '[[emendation]]\nline = 1\noriginal = "数清"\nreading = "数请"\nkind = "wrong"\n'
    stale, findings, _ = _outcome(CLAIMS, _archive(tmp_path / "now", RECORD + more), lock)
    assert stale == {"q.first": {Difference.FACTS}, CLAIMS[3].id: {Difference.FACTS}}
    assert all("清〔请〕" in finding.message for finding in findings)


CHANGED_CLAIMS = [
    (0, {"text": "渡船要先数清人数"}, {Difference.TEXT}, Subtype.CHANGED),
    (0, {"text": "渡船要先数清人数", "pulled": True}, {Difference.TEXT}, Subtype.PULLED),
    (0, {"note": "新加的注。"}, {Difference.NOTE}, Subtype.CHANGED),
    (1, {"note": ""}, {Difference.NOTE}, Subtype.CHANGED),
    (0, {"selector": Selector(parse_locator("p4"))}, {Difference.PLACE}, Subtype.MOVED),
]


@pytest.mark.parametrize(("index", "change", "differs", "subtype"), CHANGED_CLAIMS)
def test_a_changed_chapter(
    tmp_path: Path, lock: Lock, index: int, change: dict[str, object], differs: set[Difference], subtype: Subtype
) -> None:
    claims = [*CLAIMS]
    claims[index] = replace(claims[index], **change)  # type: ignore[arg-type]
    archive = _archive(tmp_path / "now")
    stale, (finding,), reviewed = _outcome(claims, archive, lock)
    assert stale == {claims[index].id: differs}
    assert finding.subtype is subtype and finding.line == claims[index].line
    assert reviewed[index].pending, "looking at it and accepting settles it"
    assert _outcome(claims, archive, _accepted(claims, archive, lock))[:2] == ({}, [])


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"kind": "quote"}, Difference.KIND),
        ({"speech": "lamp"}, Difference.SPEECH),
        ({"digest": "0" * 64}, Difference.DIGEST),
        ({"locator": "p9"}, Difference.PLACE),
        ({"count": 99}, Difference.COUNT),
        ({"note": "别的"}, Difference.NOTE),
        ({"text": "别的"}, Difference.TEXT),
        ({"corrections": ("1:1 甲〔乙〕 wrong",)}, Difference.FACTS),
        ({"restrictions": ("1:1 noquote",)}, Difference.FACTS),
    ],
)
def test_a_changed_line_of_the_lock(tmp_path: Path, lock: Lock, change: dict[str, object], differs: Difference) -> None:
    entry = replace(lock.quotations["q.first"], **change)  # type: ignore[arg-type]
    archive = _archive(tmp_path / "now")
    edited = replace(lock, quotations={**lock.quotations, "q.first": entry})
    stale, (finding,), _ = _outcome(CLAIMS, archive, edited)
    assert stale == {"q.first": {differs}}
    assert "怎么办：" in finding.message and "q.first" in finding.message
    assert _outcome(CLAIMS, archive, _accepted(CLAIMS, archive, edited))[:2] == ({}, [])


def test_a_second_equal_quotation_is_not_accepted_unseen(tmp_path: Path, lock: Lock) -> None:
    claims = (*CLAIMS, replace(CLAIMS[5], line=30), replace(CLAIMS[5], line=31))
    stale, (finding,), _ = _outcome(claims, _archive(tmp_path / "now"), lock)
    assert stale == {CLAIMS[5].id: {Difference.COUNT}}
    assert "认可时有1处，现在有3处" in finding.message
    fewer = _accepted(claims, _archive(tmp_path / "now"), lock)
    assert fewer.quotations[CLAIMS[5].id].count == 3
    assert _outcome(CLAIMS, _archive(tmp_path / "now"), fewer)[0] == {CLAIMS[5].id: {Difference.COUNT}}


def test_the_same_words_at_two_places_have_two_lines(tmp_path: Path, lock: Lock) -> None:
    assert CLAIMS[3].id != CLAIMS[4].id
    assert [lock.quotations[claim.id].locator for claim in CLAIMS[3:5]] == ["p1", "p4"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("chapters/answers.dingwei", "river", "甲乙", ""), ("chapters/answers/dingwei", "river", "甲乙", "")),
        (("a·.b", "river", "甲乙", ""), ("a/·b", "river", "甲乙", "")),
        (("a", "river", "甲乙", "p1"), ("a", "river", "甲乙", "")),
        (("a", "river", "甲乙", "p1"), ("a", "river", "甲乙", "p1.s1")),
    ],
)
def test_ids_are_apart(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> None:
    assert quote_id(*one) != quote_id(*other)


def test_a_changed_speech_is_told_once(tmp_path: Path, lock: Lock) -> None:
    archive = _archive(tmp_path / "now", text=TEXT.replace("要紧", "很要紧").replace("老话说", "老话讲"))
    stale, findings, _ = _outcome(CLAIMS, archive, lock)
    assert all(Difference.DIGEST in differs for key, differs in stale.items() if key != "q.third")
    assert [f.path.rpartition("/")[2] for f in findings if f.cause == "text:river"] == ["river.txt"]
    assert len(findings) == 2, "the other is what no longer agrees"


def test_an_unreadable_lock_approves_nothing_and_says_it_once(tmp_path: Path) -> None:
    reviewed = review_all(CLAIMS, _archive(tmp_path / "now"), None)
    assert not any(item.passed or item.pending for item in reviewed)
    head = Finding(Subtype.LOCK, "核对记录读不懂", "excerpts.lock", 3, "lock")
    (finding,) = told([head, *(finding for item in reviewed for finding in item.findings)])
    assert (finding.path, finding.line) == ("excerpts.lock", 3) and "由此引起的 6 条" in finding.message


SENSELESS = [
    ({"on": "2999-13-45"}, "“2999-13-45”不是日期"),
    ({"on": "昨天"}, "不是日期"),
    ({"on": ""}, "不是日期"),
    ({"on": "2026-12-01"}, "还没有到"),
    ({"by": ""}, "没有写明认可人"),
    ({"by": "——"}, "没有写明认可人"),
    ({"reason": "。"}, "什么也没有说明"),
]


@pytest.mark.parametrize(("change", "shown"), SENSELESS)
def test_an_acceptance_that_cannot_have_been(tmp_path: Path, lock: Lock, change: dict[str, str], shown: str) -> None:
    entry = replace(lock.quotations["q.first"], **change)  # type: ignore[arg-type]
    edited = replace(lock, quotations={**lock.quotations, "q.first": entry})
    stale, (finding,), _ = _outcome(CLAIMS, _archive(tmp_path / "now"), edited)
    assert not stale and finding.subtype is Subtype.LOCK
    assert shown in finding.message and (finding.path, finding.line) == ("excerpts.lock", entry.line)


@pytest.mark.parametrize(("text", "says"), [("", False), ("。", False), ("12", False), ("好", False), ("看过", True)])
def test_what_counts_as_a_reason(text: str, says: bool) -> None:
    assert is_reason(text) is says


def test_a_cut_needs_a_reason_that_says_something(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"one": "他不怕水深，也不怕浪急。"})
    claim = _quote("怕水深", speech="one")
    (item,) = review_all([claim], archive, Lock())
    for reason, approved in (("。", False), ("", False), ("上文已说明", True)):
        entry = accepted(item, archive, by="综合科", on="2026-11-20", reason=reason)
        assert entry is not None
        (now,) = review_all([claim], archive, Lock({claim.id: entry}))
        assert (now.review is ReviewStatus.APPROVED) is approved
        assert (Subtype.CLIPPED in {finding.subtype for finding in now.findings}) is not approved


def test_a_cut_that_is_looked_at_again_keeps_its_reason(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"one": "他不怕水深，也不怕浪急。"})
    claim = _quote("怕水深", speech="one")
    (item,) = review_all([claim], archive, Lock())
    entry = accepted(item, archive, by="综合科", on="2026-11-20", reason="上文已说明")
    assert entry is not None
    (noted,) = review_all([replace(claim, note="说的是船工。")], archive, Lock({claim.id: entry}))
    for given, kept in (("", "上文已说明"), ("下文也已说明", "下文也已说明")):
        again = accepted(noted, archive, by="王主任", on="2026-11-21", reason=given)
        assert again is not None and (again.by, again.reason) == ("王主任", kept)


def test_a_missing_line_of_a_speech(tmp_path: Path, lock: Lock) -> None:
    edited = replace(lock, speeches={"lamp": lock.speeches["lamp"]})
    _, (finding,), _ = _outcome(CLAIMS, _archive(tmp_path / "now"), edited)
    assert finding.subtype is Subtype.LOCK and "没有讲话 river 的一行" in finding.message


def _format_1(lock: Lock) -> str:
    """The lock as format 1 had it: no speeches, notes or corrections; one line for equal words of a document."""
    former = {}
    for claim in CLAIMS:
        key = former_quote_id(claim) if claim.kind is QuotationKind.QUOTE else claim.id
        entry = replace(lock.quotations[claim.id], id=key, note="", corrections=(), restrictions=())
        former.setdefault(key, entry)
    text = format_lock(Lock(former)).replace('{"version": 3}', '{"version": 1}')
    assert '"note"' not in text
    return text


def test_format_1_is_read_and_made_format_2_without_loss(tmp_path: Path, lock: Lock) -> None:
    archive = _archive(tmp_path / "now")
    old = parse_lock(_format_1(lock))
    assert old.version == 1 and len(old.quotations) == len(CLAIMS) - 1
    stale, findings, reviewed = _outcome(CLAIMS, archive, old)
    assert stale == {CLAIMS[4].id: frozenset()}, "the words at the other place were never looked at"
    assert [finding.subtype for finding in findings] == [Subtype.NEW]
    new = upgrade(old, [(item.claim, item.verdict) for item in reviewed], archive)
    expected = {key: entry for key, entry in lock.quotations.items() if key != CLAIMS[4].id}
    assert new.quotations == expected, "who, when and why as before"
    assert upgrade(lock, [], archive) is lock


def test_format_1_with_a_changed_quotation_keeps_what_was_accepted(tmp_path: Path, lock: Lock) -> None:
    claims = [replace(CLAIMS[0], text="渡船要先数清人数"), *CLAIMS[1:4], CLAIMS[5]]
    stale, findings, _ = _outcome(claims, _archive(tmp_path / "now"), parse_lock(_format_1(lock)))
    assert stale == {"q.first": {Difference.TEXT}}
    assert [finding.subtype for finding in findings] == [Subtype.CHANGED]


def test_a_quotation_of_format_1_that_is_gone(tmp_path: Path, lock: Lock) -> None:
    stale, findings, _ = _outcome(CLAIMS[:3], _archive(tmp_path / "now"), parse_lock(_format_1(lock)))
    assert not stale and {finding.subtype for finding in findings} == {Subtype.GONE}
    assert len(findings) == 2
