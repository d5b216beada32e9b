"""An omission that swallows a negator governing the next fragment is altered outright, whoever accepts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.matching.clipping import swallowed_negator
from speeches.core.matching.verdict import EditKind, Flag, Reason, TextStatus
from speeches.core.source.archive import Archive
from support import BUREAU, CITY, COUNTY, DISTRICT, TOWN, MakeArchive, ask

SWALLOWED = [
    (DISTRICT, "要时刻保持政治上、工作上的清醒……糊里糊涂，这是首要要求"),
    (CITY, "要按时按质完成，及时跟进反馈……拖沓误事"),
    (CITY, "大家要继续把这种奉献精神发扬好、保持好……因工作繁重枯燥而抱怨"),
    (CITY, "任何时候、任何情况都……妄议中央大政方针"),
    (TOWN, "党委办公室……是一个上传下达、迎来送往的事务性部门"),
    (TOWN, "考虑问题、研究工作……满足于一般化、过得去"),
    (BUREAU, "大家心一定要细，要做到心细如发……出现差错"),
    (BUREAU, "就是要夹着尾巴做人……盛气凌人"),
    (BUREAU, "大家必须耐得住寂寞，受得住辛苦……产生疲劳感"),
    (COUNTY, "该提拔的大胆提拔，该重用的予以重用……让干实事的人吃亏"),
    (COUNTY, "广大办公室干部一定要增强“窗口”意识和荣誉意识……“四风”"),
    (BUREAU, "我们应认识到办公室……是跑腿打杂的"),
    (CITY, "这就要求我们……要了解、熟悉办公室文秘"),
    (DISTRICT, "办公室主任就是一把锁……要锁住财物"),
    (TOWN, "同时，办公室……是抓大事"),
    (COUNTY, "既各司其职，又通力协作……辛苦，形成了一个非常好的工作氛围"),
]


@pytest.mark.parametrize(("speech", "text"), SWALLOWED)
def test_swallowed_negator_is_altered(archive: Archive, speech: str, text: str) -> None:
    verdict = ask(archive, speech, text)
    assert verdict.text is TextStatus.ALTERED
    assert verdict.reason is Reason.SWALLOWED
    assert verdict.edit is not None and verdict.edit.kind is EditKind.NEGATION
    assert not verdict.agrees


@pytest.mark.parametrize(
    "text",
    [
        "对领导要讲忠心，不能三心二意……阳奉阴违",
        "不能三心二意……阳奉阴违",
    ],
)
def test_a_printed_negator_still_governs(archive: Archive, text: str) -> None:
    """The negator is printed; what the omission leaves out is a comma."""
    assert ask(archive, BUREAU, text).agrees


@pytest.mark.parametrize(
    ("speech", "text"),
    [
        (BUREAU, "同时，对组织也要讲忠心，忠诚担当……阳奉阴违"),
        (CITY, "主动请示汇报……武断臆断"),
        (CITY, "对政府的具体工作部署……讨价还价"),
        (BUREAU, "你不能盛气凌人……打着组织和领导旗号去发号施令"),
        (CITY, "领导的文稿展示着形象、体现着风格……常规化，"),
    ],
)
def test_a_swallowed_negator_never_passes_in_silence(archive: Archive, speech: str, text: str) -> None:
    """Further off, or over a list, the omission may only be flagged; silence would be the error."""
    verdict = ask(archive, speech, text)
    assert not verdict.agrees or Flag.CLIPPED in verdict.flags


def test_a_negator_over_a_list_governs_each_member() -> None:
    assert swallowed_negator("", "不能三心二意、", "阳奉阴违")
    assert swallowed_negator("", "严禁公款吃喝、", "公款旅游")
    assert not swallowed_negator("", "不能三心二意、", "不能阳奉阴违"), "the member has a negator of its own"


@pytest.mark.parametrize(
    ("omitted", "following"),
    [
        ("，非常", "重要的工作"),
        ("，要不断", "提高工作水平"),
        ("无论是办文还是办会。", "大家都要认真"),
        ("他们不在家，", "大家都要认真"),
        ("同志们不怕苦、", "耐得住寂寞"),
    ],
)
def test_what_governs_nothing(omitted: str, following: str) -> None:
    assert swallowed_negator("", omitted, following) == ""


@pytest.mark.parametrize(
    ("speech", "text"),
    [
        (TOWN, "党委办公室绝不是……整个工作全局中最直接、最敏感的神经中枢"),
        (DISTRICT, "虽然有两位办公室主任因为信息报送问题，在会上做了检查，但这并不是……给大家提个醒"),
        (BUREAU, "不仅仅是跑腿打杂的，虽然我们也要跑腿打杂、也要收收发发，但是我们……跑腿打杂"),
        (CITY, "领导交办的任务，不能想到的是……“如何办”“怎样办”"),
        (COUNTY, "不做……“干将”"),
    ],
)
def test_a_printed_negator_is_not_made_to_govern_what_it_denied_not(archive: Archive, speech: str, text: str) -> None:
    """绝不是甲，而是乙 printed as 绝不是……乙 says the opposite; the omission swallows the turn 而是."""
    verdict = ask(archive, speech, text)
    assert not verdict.agrees or Flag.CLIPPED in verdict.flags


def test_the_omission_is_judged_over_joined_lines(tmp_path: Path, make_archive: MakeArchive) -> None:
    small = make_archive(
        tmp_path, {"one": "大家要认真对待每一件事，绝\n不搞形式主义那一套。"}, {"one": "join = [[1, 2]]\n"}
    )
    verdict = ask(small, "one", "大家要认真对待每一件事……搞形式主义那一套。")
    assert verdict.reason is Reason.SWALLOWED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("是跑腿打杂的", ["不仅仅"]),
        ("跑腿打杂的", ["不仅仅"]),
        ("仅仅是跑腿打杂的", ["不"]),
        ("我们办公室不仅仅是跑腿打杂的", []),
        ("困难，不怕吃苦、劳累，勇于担当", ["不畏"]),
        ("吃苦、劳累，勇于担当", ["不怕"]),
        ("劳累，勇于担当", ["不怕"]),
        ("勇于担当", []),
        ("同志们不畏困难，不怕吃苦、劳累，勇于担当", []),
        ("我们的同志们不畏", ["不畏"]),
        ("同志们不畏困难，不怕……勇于担当", ["不怕"]),
        ("同志们不畏困难……勇于担当", []),
    ],
)
def test_not_only_and_not_afraid_turn_the_sense_where_they_are_cut_off(
    tmp_path: Path, make_archive: MakeArchive, text: str, words: list[str]
) -> None:
    """Harmless inside a fragment; not where a cut or an omission parts them from what they govern, a list through."""
    source = "我们办公室不仅仅是跑腿打杂的。我们的同志们不畏困难，不怕吃苦、劳累，勇于担当。"
    verdict = ask(make_archive(tmp_path, {"one": source}), "one", text)
    assert verdict.agrees
    assert [word for cut in verdict.clippings for word in cut.words] == words
    assert (Flag.CLIPPED in verdict.flags) is bool(words)


@pytest.mark.parametrize(
    "text",
    ["我们办公室……是跑腿打杂的", "我们办公室……跑腿打杂的", "我们的同志们……困难，不怕吃苦", "不畏困难……吃苦、劳累"],
)
def test_an_omission_that_swallows_them_is_altered(tmp_path: Path, make_archive: MakeArchive, text: str) -> None:
    source = "我们办公室不仅仅是跑腿打杂的。我们的同志们不畏困难，不怕吃苦、劳累，勇于担当。"
    verdict = ask(make_archive(tmp_path, {"one": source}), "one", text)
    assert (verdict.text, verdict.reason) == (TextStatus.ALTERED, Reason.SWALLOWED)
