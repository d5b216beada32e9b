"""A speech's words in the editor's own that nobody attributed: 未注明出处."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.prose.reading import Block, BlockKind, Place, Run, RunKind
from speeches.core.prose.wording import LEAST_RUN, WordingIndex, unattributed
from speeches.core.review.review import Finding, Subtype
from speeches.core.source.archive import Archive
from speeches.core.source.folding import BARRIER
from support import COUNTY, SPEECH_IDS, MakeArchive


@pytest.fixture(scope="module")
def index(archive: Archive) -> WordingIndex:
    return WordingIndex.build(archive, ["服务领导、服务基层、服务群众", "三服务"])


def _page(*texts: str, kind: BlockKind = BlockKind.PROSE) -> tuple[Block, ...]:
    """Paragraphs; what stands between two BARRIERs is a verified quotation."""
    blocks = []
    for line, text in enumerate(texts, 3):
        pieces = text.split(BARRIER)
        runs = [Run(RunKind.QUOTE if n % 2 else RunKind.TEXT, piece) for n, piece in enumerate(pieces)]
        blocks.append(Block(kind, tuple(runs), "chapters/a.md", line))
    return tuple(blocks)


def _check(index: WordingIndex, *texts: str) -> list[Finding]:
    return list(unattributed(_page(*texts), index))


def test_a_run_is_found_with_its_place(index: WordingIndex) -> None:
    (found,) = _check(index, "各单位都要看到，办公室干部的事业就是人民的事业，因此要努力。")
    assert (found.subtype, found.path, found.line) == (Subtype.UNATTRIBUTED, "chapters/a.md", 3)
    assert f"{{quote}}`办公室干部的事业就是人民的事业 <{COUNTY} p13.s1>`" in found.message


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_no_run_of_thirteen_is_missed(index: WordingIndex, archive: Archive, speech_id: str) -> None:
    """Wherever it begins, between words that are nobody's."""
    source = archive.speeches[speech_id].folded.text
    exempt = "服务领导、服务基层、服务群众"
    missed = []
    for start in range(len(source) - LEAST_RUN):
        run = source[start : start + LEAST_RUN]
        if BARRIER in run or any(c in run for c in "\"'…—《》") or any(run[i : i + 6] in exempt for i in range(8)):
            continue
        if any(title in run or run in title for title in index.free):
            continue
        if not any(index.borrowed(f"㊀{run}㊁")):
            missed.append(run)
    assert not missed, f"{len(missed)} runs, such as {missed[:5]}"


@pytest.mark.parametrize(
    "text",
    [
        "办公室干部的事业就是人民",
        f"办公室干部的事{BARRIER}某{BARRIER}业就是人民的事业",
        "要坚持服务领导、服务基层、服务群众这一条",
        "见在办公室系统工作会议上的讲话一文",
        "这些都是编者自己写的话，与讲话没有相同的地方。",
    ],
)
def test_what_needs_no_source(index: WordingIndex, text: str) -> None:
    """Shorter runs, runs broken by a quotation, listed terms, titles, the editor's own words."""
    assert _check(index, text) == []


def test_a_listed_term_shields_itself_and_not_the_run_that_it_stands_in(archive: Archive) -> None:
    index = WordingIndex.build(archive, ["人民的事业", "办公室干部"])
    assert _check(index, "办公室干部的事业就是人民的事业")


@pytest.mark.parametrize(
    ("before", "after", "told"), [("", "甲乙丙", False), ("", "甲乙丙丁", True), ("庚辛壬", "", False), ("己庚辛壬", "", True),
                                  ("辛壬", "甲", False), ("辛壬", "甲乙", True)],
)  # fmt: skip
def test_three_characters_beside_a_term_are_the_same_by_chance_and_four_are_not(
    tmp_path: Path, make_archive: MakeArchive, before: str, after: str, told: bool
) -> None:
    term = "收发文件登记保管制度"
    index = WordingIndex.build(make_archive(tmp_path, {"one": f"站上的讲话\n戊己庚辛壬{term}甲乙丙丁戊"}), [term])
    assert bool(_check(index, f"编者写道{before}{term}{after}编者写完")) is told


@pytest.mark.parametrize(
    "texts",
    [("办公室干部的事", "业就是人民", "的事业"), ("办公室干部\n的事业就是\n人民的事业",)],
    ids=["items", "lines"],
)
def test_short_lines_and_items_hide_nothing(index: WordingIndex, texts: tuple[str, ...]) -> None:
    (found,) = _check(index, *texts)
    assert found.line == 3


def test_a_column_of_two_rows_is_read_downwards(index: WordingIndex) -> None:
    words = ("办公室干部的", "甲", "事业就是人民的事业", "乙")
    cells = tuple(
        Block(BlockKind.CELL, (Run(RunKind.TEXT, text),), "chapters/a.md", 3, place=Place(0, 1 + n // 2, n % 2))
        for n, text in enumerate(words)
    )
    (found,) = unattributed(cells, index)
    assert f"{COUNTY} p13.s1" in found.message


@pytest.mark.parametrize("kind", [RunKind.LINK, RunKind.CODE, RunKind.RAW, RunKind.FOOTNOTE])
def test_markup_inside_hides_nothing(index: WordingIndex, kind: RunKind) -> None:
    inner = {RunKind.RAW: "<b>", RunKind.FOOTNOTE: "1"}.get(kind, "的事业就是")
    rest = "的事业就是人民的事业" if inner in ("<b>", "1") else "人民的事业"
    block = Block(
        BlockKind.CELL, (Run(RunKind.TEXT, "办公室干部"), Run(kind, inner), Run(RunKind.TEXT, rest)), "a.md", 1
    )
    assert list(unattributed((block,), index))


def test_a_saying_is_held_against_the_archive(index: WordingIndex) -> None:
    block = Block(BlockKind.PROSE, (Run(RunKind.SAYING, "“办公室干部的事业就是人民的事业”"),), "a.md", 1)
    (found,) = unattributed((block,), index)
    assert COUNTY in found.message


def test_typography_hides_nothing(index: WordingIndex) -> None:
    assert _check(index, "办公室 干部的事业\u200b就是人民的⼈民事业".replace("⼈民", "")) != []


def test_a_gram_that_stands_twice_hides_neither_place(tmp_path: Path, make_archive: MakeArchive) -> None:
    first, second = "子丑寅卯辰巳午", "甲乙丙丁戊己庚"
    small = make_archive(tmp_path, {"one": first + second + first + "春夏秋冬东西南"})
    index = WordingIndex.build(small, [])
    assert _check(index, first + "春夏秋冬东西")
    assert _check(index, first + second[:6])
