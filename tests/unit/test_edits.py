"""Kinds of edit, worst first; the message leads with the worst."""

from __future__ import annotations

import pytest

from speeches.core.matching.edits import changes, worst_edit
from speeches.core.matching.verdict import EditKind, TextStatus
from speeches.core.source.archive import Archive
from speeches.core.source.corrections import smallest_change, turned_by
from support import COUNTY, DISTRICT, ask

KINDS = [
    ("我们不能搞“一刀切”", "我们能搞“一刀切”", EditKind.NEGATION),
    ("要敢于担当", "要不敢于担当", EditKind.NEGATION),
    ("1.3万亿", "1.8万亿", EditKind.NUMBER),
    ("1月9日召开", "1月19日召开", EditKind.NUMBER),
    ("有四项任务", "有五项任务", EditKind.NUMBER),
    ("增长3‰左右", "增长3%左右", EditKind.NUMBER),
    ("刘书记作了报告", "李书记作了报告", EditKind.NAME),
    ("县委副书记到会", "县委书记到会", EditKind.NAME),
    ("中央、省委要求", "中央、市委要求", EditKind.NAME),
    ("推进我县发展", "推进该县发展", EditKind.NAME),
    ("要认真对待", "要认真看待", EditKind.WORDING),
    ("更好的服务", "更好地服务", EditKind.WORDING),
    ("要认真对待，要负责", "要认真对待。要负责", EditKind.PUNCTUATION),
    ("要认真、负责", "要认真，负责", EditKind.PUNCTUATION),
    ("要认真负责", "要认真负责。", EditKind.PUNCTUATION),
]


@pytest.mark.parametrize(("source", "printed", "kind"), KINDS)
def test_kinds(source: str, printed: str, kind: EditKind) -> None:
    found = worst_edit(source, printed)
    assert found is not None and found[0].kind is kind


def test_worst_first() -> None:
    assert list(EditKind) == ["negation", "number", "name", "wording", "mark", "punctuation"]
    source, printed = "刘书记说，大家不要在1月9日看。", "李书记说。大家要在1月8日瞧，"
    found = worst_edit(source, printed)
    assert found is not None and (found[0].kind, found[0].source) == (EditKind.NEGATION, "不")


def test_the_same_text_has_no_edit() -> None:
    assert worst_edit("办公室", "办公室") is None
    assert changes("办公室", "办公室") == []


@pytest.mark.parametrize(
    ("original", "reading", "change"),
    [
        ("位臵", "位置", ("臵", "置", 1)),
        ("一个颗", "一颗", ("个", "", 1)),
        ("在工作得心", "在工作中得心", ("", "中", 3)),
        ("好好", "好", ("好", "", 1)),
    ],
)
def test_smallest_change(original: str, reading: str, change: tuple[str, str, int]) -> None:
    assert smallest_change(original, reading) == change


@pytest.mark.parametrize(
    ("original", "reading"),
    [("位臵", "位置"), ("拉进", "拉近"), ("一个颗", "一颗"), ("上请", "上情"), ("打交通", "打交道")],
)
def test_corrections_that_turn_nothing(original: str, reading: str) -> None:
    assert turned_by(original, reading) is None


@pytest.mark.parametrize(
    ("speech", "text", "kind"),
    [
        (COUNTY, "办公室工作是谁都可以搞得了的，搞办公室工作就意味着苦", EditKind.NEGATION),
        (DISTRICT, "1月8日，在区委经济工作会议上，我就去年工作进行了总结", EditKind.NUMBER),
        (DISTRICT, "前天，区委召开了全区“三严三实”专题教育动员会，李书记在会上做了报告", EditKind.NAME),
        (COUNTY, "为推进该县经济社会跨越式发展作出新的更大的贡献", EditKind.NAME),
        (COUNTY, "高度重视和认真做好新时代办公室工作", EditKind.WORDING),
        (COUNTY, "高度重视和认真做好新时期办公室工作！", EditKind.PUNCTUATION),
        (COUNTY, "高度重视和认真做好〔全部〕新时期办公室工作", EditKind.MARK),
    ],
)
def test_the_verdict_carries_the_worst_edit(archive: Archive, speech: str, text: str, kind: EditKind) -> None:
    verdict = ask(archive, speech, text)
    assert verdict.text is TextStatus.ALTERED
    assert verdict.edit is not None and verdict.edit.kind is kind
    assert verdict.nearest is not None and verdict.nearest.speech == speech


@pytest.mark.parametrize(
    ("text", "source", "printed"),
    [
        ("高度重视和认真做好新时期机关的活儿", "办公室工作", "机关的活儿"),
        ("机关的活儿不是谁都可以搞得了的", "办公室工作", "机关的活儿"),
        ("办公室工作不是谁都可以搞得了的啊", "", "啊"),
    ],
)
def test_words_replaced_at_either_end_stand_against_those_of_the_source(
    archive: Archive, text: str, source: str, printed: str
) -> None:
    verdict = ask(archive, COUNTY, text)
    assert verdict.edit is not None and (verdict.edit.source, verdict.edit.printed) == (source, printed)
    assert verdict.nearest is not None and verdict.edit.source in verdict.nearest.text
