"""What is found and told in single sentences, as a clerk writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from drafts.judge import Outcome
from drafts.quoted import Finder
from drafts.read import read_draft
from drafts.verifying import verify_draft
from speeches.core.source.archive import Archive
from support import MakeArchive

LAMP = """在灯塔站年会上的讲话
守灯人的本分，是天黑之前把灯点亮，不是等人来催。
有人认为，油灯坏了可以明天再修。
灯油要一勺一勺地添，灯芯要一根一根地剪。
"""
RIVER = """在渡口管理所的讲话
渡船离岸之前，船工先要数清人数，一个也不能少。
"""


@pytest.fixture
def told(tmp_path: Path, make_archive: MakeArchive) -> Callable[[str], list[tuple[str, Outcome]]]:
    records = {
        "lamp": 'title = "在灯塔站年会上的讲话"\ncalled = ["灯塔站的讲话"]\n',
        "river": 'title = "在渡口管理所的讲话"\n',
    }
    archive: Archive = make_archive(tmp_path, {"lamp": LAMP, "river": RIVER}, records)
    finder = Finder(archive)

    def run(text: str) -> list[tuple[str, Outcome]]:
        path = tmp_path / "稿.txt"
        path.write_text(text, encoding="utf-8")
        return [(one.quotation.text, one.outcome) for one in verify_draft(read_draft(path), archive, finder)]

    return run


RIGHT = "灯油要一勺一勺地添，灯芯要一根一根地剪。"
WRONG = "灯油要一勺一勺地倒，灯芯要一根一根地剪。"


@pytest.mark.parametrize(
    ("text", "words", "outcome"),
    [
        (f"常说“{RIGHT}”", RIGHT, Outcome.AGREES),
        (f"常说「{WRONG}」", WRONG, Outcome.ALTERED),
        (f'常说"{WRONG}"', WRONG, Outcome.ALTERED),
        (f"《在灯塔站年会上的讲话》说“{RIGHT}”", RIGHT, Outcome.AGREES),
        (f"灯塔站的讲话要求“{RIGHT}”", RIGHT, Outcome.AGREES),
        (f"《在渡口管理所的讲话》说“{RIGHT}”", RIGHT, Outcome.MISATTRIBUTED),
        (f"“{RIGHT}”（《在渡口管理所的讲话》）", RIGHT, Outcome.MISATTRIBUTED),
        ("记住“油灯坏了可以明天再修”。", "油灯坏了可以明天再修", Outcome.CLIPPED),
        ("《山海图志》里说：“鲸鱼夜里吐泡，声如雷鸣。”", "鲸鱼夜里吐泡，声如雷鸣。", Outcome.UNCHECKED),
        ("老人说“鲸鱼夜里会唱歌给月亮听”。", "鲸鱼夜里会唱歌给月亮听", Outcome.ABSENT),
        (f"会上指出：{WRONG}", WRONG, Outcome.ALTERED),
        (f"会上指出：{RIGHT}", RIGHT, Outcome.AGREES),
        ("我们要做到渡船离岸之前，船工先要数清人数，不能马虎。", "渡船离岸之前，船工先要数清人数，", Outcome.UNATTRIBUTED),
        (f"他说“{RIGHT}然后就走了", f"{RIGHT}然后就走了", Outcome.UNCHECKED),
        ("灯塔站的讲话提到“一个也不能多”。", "一个也不能多", Outcome.ALTERED),
    ],
)  # fmt: skip
def test_a_sentence_is_told(
    told: Callable[[str], list[tuple[str, Outcome]]], text: str, words: str, outcome: Outcome
) -> None:
    found = told(text)
    assert outcome in [how for what, how in found if what == words], found
    assert outcome is Outcome.AGREES or not [what for what, how in found if how is Outcome.AGREES], found


@pytest.mark.parametrize(
    "text",
    [
        "防止“一刀切”和“形式主义”。",
        "把“灯油”和“船工”写进台账。",
        "今天检查了灯塔的油和灯芯，都没有问题。",
        "他的外号叫“老把式”。",
    ],
)
def test_terms_and_own_words_are_left_alone(told: Callable[[str], list[tuple[str, Outcome]]], text: str) -> None:
    assert not [found for found in told(text) if found[1] is not Outcome.AGREES]
