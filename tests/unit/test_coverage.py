"""Which passages are quoted, which are not, and which are restricted."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.errors import CoreError
from speeches.core.report.coverage import Use, matrix, read_labels, speech_coverage, theme_coverage
from speeches.core.review.claim import Claim, QuotationKind
from speeches.core.review.lockfile import Lock
from speeches.core.review.review import Reviewed, review_all
from speeches.core.source.archive import Archive
from speeches.core.source.speech import Span
from support import ROOT, MakeArchive

TEXT = "甲处要认真工作。乙处要按时完成任务。丙处不宜引用的一句话。\n丁处是另外一段文字。"
RECORD = '[[restrict]]\nlines = [1, 1]\nfrom = "丙处"\nto = "话。"\nkind = "noquote"\n'


def _claim(text: str, docname: str = "chapters/a") -> Claim:
    return Claim(
        id=f"q.{text}",
        kind=QuotationKind.EXCERPT,
        docname=docname,
        path=f"{docname}.md",
        line=1,
        speech="one",
        text=text,
    )


@pytest.fixture
def small(tmp_path: Path, make_archive: MakeArchive) -> Archive:
    return make_archive(tmp_path, {"one": TEXT}, {"one": RECORD})


def _reviewed(archive: Archive, *claims: Claim) -> tuple[Reviewed, ...]:
    return review_all(claims, archive, Lock())


def test_each_sentence_is_quoted_unquoted_or_restricted(small: Archive) -> None:
    cover = speech_coverage(small.speeches["one"], _reviewed(small, _claim("甲处要认真工作。")))
    assert [(s.locator, s.use) for s in cover.sentences] == [
        ("p1.s1", Use.QUOTED),
        ("p1.s2", Use.UNQUOTED),
        ("p1.s3", Use.RESTRICTED),
        ("p2.s1", Use.UNQUOTED),
    ]
    assert cover.quoted == len("甲处要认真工作。")
    assert cover.quotable == cover.total - len("丙处不宜引用的一句话。")


def test_overlapping_quotations_count_once(small: Archive) -> None:
    both = _reviewed(small, _claim("甲处要认真工作。"), _claim("认真工作。乙处要按时完成任务。", "chapters/b"))
    cover = speech_coverage(small.speeches["one"], both)
    assert cover.quoted == len("甲处要认真工作。乙处要按时完成任务。")
    assert cover.sentences[1].docnames == ("chapters/b",)
    assert matrix(small, both) == {"one": {"chapters/a": 1, "chapters/b": 1}}


def test_a_short_sentence_is_quoted_when_all_of_it_is(tmp_path: Path, make_archive: MakeArchive) -> None:
    archive = make_archive(tmp_path, {"one": "要快。甲处要认真工作。"})
    cover = speech_coverage(archive.speeches["one"], _reviewed(archive, _claim("要快。")))
    assert [s.use for s in cover.sentences] == [Use.QUOTED, Use.UNQUOTED]


def test_a_quotation_that_does_not_agree_covers_nothing(small: Archive) -> None:
    wrong = _reviewed(small, _claim("甲处要认真地工作。"))
    assert speech_coverage(small.speeches["one"], wrong).quoted == 0
    assert matrix(small, wrong) == {"one": {}}


def test_labels_that_are_restricted_are_left_out(small: Archive, tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    first, second = TEXT.index("甲"), TEXT.index("丙")
    path.write_text(
        f'{{"id": "a", "speech": "one", "start": {first}, "end": {first + 8}, "theme": "作风"}}\n'
        f'{{"id": "b", "speech": "one", "start": {second}, "end": {second + 11}, "theme": "作风"}}\n'
        '{"id": "c", "speech": "gone", "start": 0, "end": 4, "theme": "能力"}\n',
        encoding="utf-8",
    )
    labels = read_labels(path)
    assert labels[0].span == Span(first, first + 8)
    [theme] = theme_coverage(small, _reviewed(small, _claim("甲处要认真工作。")), labels)
    assert (theme.theme, theme.free, theme.quoted, theme.missing) == ("作风", 1, 1, ())
    [theme] = theme_coverage(small, (), labels)
    assert [label.id for label in theme.missing] == ["a"]


def test_a_bad_label_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(CoreError, match=r"labels\.jsonl:1"):
        read_labels(path)
    assert read_labels(tmp_path / "none.jsonl") == ()


@pytest.mark.this_book
def test_the_labels_of_the_archive_fit_its_texts(archive: Archive) -> None:
    labels = read_labels(ROOT / "source_speeches" / "theme-labels.jsonl")
    assert len(labels) > 90
    for label in labels:
        text = archive.speeches[label.speech].text[label.span.start : label.span.end]
        assert text.strip() == text, label.id
