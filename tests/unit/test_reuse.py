"""A speech's words in the editor's own prose that nobody attributed, and “…” that is no quotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.prose.reuse import LEAST_RUN, ProseRun, Reuse, ReuseIndex, ReuseKind
from speeches.core.source.archive import Archive
from speeches.core.source.folding import BARRIER
from support import COUNTY, SPEECH_IDS, MakeArchive


@pytest.fixture(scope="module")
def index(archive: Archive) -> ReuseIndex:
    return ReuseIndex.build(archive, ["服务领导、服务基层、服务群众", "三服务"])


def _check(index: ReuseIndex, text: str) -> list[Reuse]:
    return list(index.check([ProseRun(text, 3)]))


def test_a_run_is_found_with_its_place(index: ReuseIndex) -> None:
    (found,) = _check(index, "各单位都要看到，办公室干部的事业就是人民的事业，因此要努力。")
    assert (found.kind, found.line) == (ReuseKind.UNATTRIBUTED, 3)
    assert "办公室干部的事业就是人民的事业" in found.text
    assert found.found is not None and found.found.speech == COUNTY and found.found.locator == "p13.s1"


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_no_run_of_thirteen_is_missed(index: ReuseIndex, archive: Archive, speech_id: str) -> None:
    """Wherever it begins, between words that are nobody's."""
    source = archive.speeches[speech_id].folded.text
    exempt = "服务领导、服务基层、服务群众"
    missed = []
    for start in range(len(source) - LEAST_RUN):
        run = source[start : start + LEAST_RUN]
        if BARRIER in run or any(c in run for c in "\"'…—《》") or any(run[i : i + 6] in exempt for i in range(8)):
            continue
        if index.exempt is not None and index.exempt.search(run):
            continue
        if not any(found.kind is ReuseKind.UNATTRIBUTED for found in _check(index, f"㊀{run}㊁")):
            missed.append(run)
    assert not missed, f"{len(missed)} runs, such as {missed[:5]}"


@pytest.mark.parametrize(
    "text",
    [
        "办公室干部的事业就是人民",
        f"办公室干部的事{BARRIER}业就是人民的事业",
        "要坚持服务领导、服务基层、服务群众的要求",
        "见在办公室系统工作会议上的讲话一文",
        "这些都是编者自己写的话，与讲话没有相同的地方。",
    ],
)
def test_what_needs_no_source(index: ReuseIndex, text: str) -> None:
    """Shorter runs, runs broken by a quotation, listed terms, titles, the editor's own words."""
    assert _check(index, text) == []


def test_typography_hides_nothing(index: ReuseIndex) -> None:
    assert _check(index, "办公室 干部的事业\u200b就是人民的⼈民事业".replace("⼈民", "")) != []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("他说“没有人讲过这样的话语”", ReuseKind.UNSOURCED),
        ("所谓“新提法”", ReuseKind.UNLISTED),
        ("即“三服务”", None),
        ("“甲”", None),
    ],
)
def test_quotation_marks_need_a_source(index: ReuseIndex, text: str, kind: ReuseKind | None) -> None:
    assert [found.kind for found in _check(index, text)] == ([kind] if kind else [])


@pytest.mark.parametrize("text", ["他说「没有人讲过这样的话语」", '他说"没有人讲过这样的话语"'])
def test_other_shapes_of_quotation_marks(index: ReuseIndex, text: str) -> None:
    assert ReuseKind.UNSOURCED in [found.kind for found in _check(index, text)]


def test_a_gram_that_stands_twice_hides_neither_place(tmp_path: Path, make_archive: MakeArchive) -> None:
    first, second = "子丑寅卯辰巳午", "甲乙丙丁戊己庚"
    small = make_archive(tmp_path, {"one": first + second + first + "春夏秋冬东西南"})
    index = ReuseIndex.build(small, [])
    assert _check(index, first + "春夏秋冬东西")
    assert _check(index, first + second[:6])
