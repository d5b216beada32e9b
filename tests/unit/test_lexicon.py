"""Words in which a negator turns nothing must not hide the words in which it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.matching.verdict import Flag, TextStatus
from speeches.core.source.lexicon import has_negator, turning_words
from support import MakeArchive, ask

HIDDEN = [
    ("有的部门还没落实", "领导交办的事项和要求。", "没落 hides 没"),
    ("我不同意", "这样处理群众的来信来访。", "不同 hides 不"),
    ("多写材料不一定", "就是办公室工作做得好。", "不一 hides 不"),
    ("会前未来得及", "向主要领导作详细汇报。", "未来 hides 未"),
    ("分管领导从来不过问", "这项工作的进展情况。", "不过 hides 不"),
    ("这种做法并不妨碍", "办公室依法履行职责。", "不妨 hides 不"),
    ("我们绝不错过", "任何一次敷衍了事的机会。", "不错 hides 不"),
    ("除非情况十分紧急，", "可以越级向领导报告情况。", "除非 is a condition"),
    ("对家底心中无数，", "就能够参谋到点子上来。", "无数 hides 无"),
]


@pytest.mark.parametrize(("before", "rest", "why"), HIDDEN)
def test_a_harmless_word_inside_a_longer_one_hides_nothing(
    tmp_path: Path, make_archive: MakeArchive, before: str, rest: str, why: str
) -> None:
    small = make_archive(tmp_path, {"one": f"办公室的同志们辛苦了。{before}{rest}"})
    verdict = ask(small, "one", rest)
    assert verdict.agrees
    assert Flag.CLIPPED in verdict.flags, why


@pytest.mark.parametrize(
    ("source", "cut"),
    [
        ("任何时候都\uf967妄议中央的大政方针。", "妄议中央的大政方针。"),
        ("对群众的诉求\u2f46视于自己的职责所在。", "视于自己的职责所在。"),
        ("工作中要切\u200b忌粗枝大叶、敷衍了事。", "粗枝大叶、敷衍了事。"),
        ("工作中要严 禁粗枝大叶、敷衍了事。", "粗枝大叶、敷衍了事。"),
    ],
)
def test_turning_words_are_found_however_the_source_writes_them(
    tmp_path: Path, make_archive: MakeArchive, source: str, cut: str
) -> None:
    """A compatibility 不, a radical 无, a zero-width character in 切忌 are the same words to a reader."""
    small = make_archive(tmp_path, {"one": f"大家好好听一听。{source}"})
    assert Flag.CLIPPED in ask(small, "one", cut).flags
    assert ask(small, "one", f"大家好好听一听。……{cut}").text is TextStatus.ALTERED


@pytest.mark.parametrize("negator", ["不", "\uf967", "\u2f46"])
def test_a_mark_never_brings_a_negator_in(tmp_path: Path, make_archive: MakeArchive, negator: str) -> None:
    bare = make_archive(tmp_path, {"one": "同志们披荆斩棘，大家辛苦了。"}, {"one": None})
    assert ask(bare, "one", f"披荆斩棘，大家［{negator}］辛苦了").text is TextStatus.ALTERED


@pytest.mark.parametrize(
    "text",
    [
        "非常重要",
        "无论办文办会",
        "不仅如此",
        "不怕吃苦",
        "不单如此",
        "不断提高",
        "无私奉献",
        "不忘初心",
        "不折不扣",
        "万无一失",
        "责无旁贷",
        "未来可期",
    ],
)
def test_harmless(text: str) -> None:
    assert turning_words(text) == []
    assert not has_negator(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("不能这样", ["不能"]), ("切忌粗枝大叶", ["切忌"]), ("非但无功", ["非", "无"]), ("这种现象", ["现象"]), ("所谓", ["所谓"]),
        ("没有", ["没"]), ("绝不是", ["绝不"]), ("如果不", ["如果", "不"]), ("有人片面认为", ["有人", "片面"]), ("否则", ["否则"]),
    ],
)  # fmt: skip
def test_turning_words(text: str, words: list[str]) -> None:
    assert turning_words(text) == words


def test_a_line_break_in_mid_sentence_hides_no_negator(tmp_path: Path, make_archive: MakeArchive) -> None:
    """Without a record nothing says that the line goes on; the preceding 。！？； still stands before the break."""
    bare = make_archive(tmp_path, {"one": "大家辛苦了。任何人都不得\n擅自离开工作岗位。"}, {"one": None})
    assert Flag.CLIPPED in ask(bare, "one", "擅自离开工作岗位。").flags
