"""What an editor is told: in Chinese, what is printed, what the source says, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from speeches.core.matching.verdict import Reason
from speeches.core.review.advice import advise, flat_pair
from speeches.core.source.archive import Archive, load_archive
from support import CITY, COUNTY, DISTRICT, ROOT, TOWN, MakeArchive, ask, write_archive


def _advice(archive: Archive, speech: str, text: str, locator: str = "", *, in_handbook: bool = False) -> str:
    return advise(text, ask(archive, speech, text, locator, in_handbook=in_handbook), archive)


CASES = [
    (
        COUNTY,
        "办公室工作是谁都可以搞得了的，搞办公室工作就意味着苦",
        ["否定词有出入", "办公室工作不是谁都可以搞得了的", "漏掉了", "p22"],
    ),
    (COUNTY, "高度重视和认真做好新时代办公室工作", ["文字有出入", "原文是“期”，印成了“代”"]),
    (DISTRICT, "1月8日，在区委经济工作会议上，我就去年工作进行了总结", ["数字有出入", "原文是“9”，印成了“8”"]),
    (COUNTY, "为推进该县经济社会跨越式发展作出新的更大的贡献", ["移出引号改写"]),
    (COUNTY, "办公室是党委、政府的综合工作部门。", ["标点有出入", "原文此处为逗号，请删去句号"]),
    (COUNTY, "是领导机关的“心脏”“枢纽的枢纽”，", ["原文此处为句号，请删去逗号"]),
    (COUNTY, "谁把群众的小事拖成大事，组织就把谁的岗位变成空位。", ["查无此文", "handbook find"]),
    (COUNTY, "全县各级办公室的同志", ["出现2次", "p4.s2", "p6.s3", ":prefix:"]),
    (COUNTY, "的", ["不足两个字"]),
    (COUNTY, "办公室\u202e是党委", ["U+202E", "删去"]),
    (CITY, "一个合格的办公室主任就是要对本单位的方方面面", ["张冠李戴", DISTRICT, "第一部分"]),
    (COUNTY, "办公室……是党委、政府的综合工作部门", ["至少4个字"]),
    (COUNTY, "高度重视和认真做好……是党委、政府的综合工作部门", ["次序与原文相反"]),
    (COUNTY, "党委、政府的综合工作部门……工作部门，是领导机关的", ["重叠"]),
    (COUNTY, "办公室是党委……、政府的综合工作部门", ["并无省略"]),
    (COUNTY, "从总体上说，四是承担处理领导机关的一些日常事务。", ["漏引了原文", "省略号"]),
    (TOWN, "党委办公室……是一个上传下达、迎来送往的事务性部门", ["不", "相反的意思"]),
    (TOWN, "处于核心和关键的位〔置〕臵", ["编辑标记有误", "勘正"]),
    (TOWN, "处于核心〔和关键的位臵", ["不成对"]),
    ("county-office-systen", "办公室工作", ["没有编号为", COUNTY]),
]


@pytest.mark.parametrize(("speech", "text", "parts"), CASES)
def test_messages(archive: Archive, speech: str, text: str, parts: list[str]) -> None:
    message = _advice(archive, speech, text)
    for part in parts:
        assert part in message, message
    assert "怎么办：" in message.split("\n")[-1]
    shown = re.sub(r"\s+", " ", text)[:30]
    assert shown in message, "what is printed is shown"
    assert re.search("[\u4e00-\u9fff]", message.split("\n")[0])


def test_moved_names_the_right_place(archive: Archive) -> None:
    message = _advice(archive, COUNTY, "高度重视和认真做好新时期办公室工作", "p13")
    assert "请把段句号改为 p12.s2" in message


def test_unpaired_marks(archive: Archive) -> None:
    assert "引号不成对" in _advice(archive, COUNTY, "领导机关的“心脏", in_handbook=True)


def test_a_locator_out_of_range_says_what_is_there(archive: Archive) -> None:
    message = _advice(archive, COUNTY, "高度重视和认真做好", "p12.s9")
    assert "共2句" in message


def test_a_final_mark_where_the_source_has_none(archive: Archive) -> None:
    message = _advice(archive, COUNTY, "地位特殊，作用重大。")
    assert "请删去末尾的“。”" in message


def test_sources_that_cannot_be_used(tmp_path: Path) -> None:
    text = "办公室工作无小事，大家要认真对待。"
    folder = write_archive(tmp_path / "s", {"bare": text, "bad": text.encode("gb18030")}, {"bare": None})
    loaded = load_archive(folder)
    assert "没有登记" in _advice(loaded, "bare", text)
    assert "GB18030" in _advice(loaded, "bad", text)


@pytest.mark.parametrize("word", ["核验通过", "验证通过"])
def test_nothing_claims_more_than_agreement_with_the_archive(word: str) -> None:
    told = [path for path in (ROOT / "_ext").rglob("*.py") if word in path.read_text(encoding="utf-8")]
    assert not told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("对我们而言，就是必须具备推动各项工作的本领", Reason.STITCHED),
        ("必须具备推动大家要有长远的打算", Reason.STITCHED),
        ("而言，抓作落实，就是必须具备推动各项工作的本领", Reason.CHANGED_WORDS),
    ],
)
def test_one_character_put_for_another_is_not_called_left_out(
    tmp_path: Path, make_archive: MakeArchive, text: str, reason: Reason
) -> None:
    """Though the wrong character with its neighbours, 而言，抓作, stands elsewhere in the speech."""
    source = "对我们而言，抓好落实，就是必须具备推动各项工作的本领。对他们而言，抓作风最要紧。大家要有长远的打算。"
    small = make_archive(tmp_path, {"one": source})
    assert ask(small, "one", text).reason is reason


@pytest.mark.parametrize(
    ("before", "after"), [("甲" * 300, "甲" * 300 + "乙"), ("甲" * 300 + "丙" * 90, "甲" * 300 + "丁" * 90)]
)
def test_long_texts_are_shown_where_they_part(before: str, after: str) -> None:
    shown = flat_pair(before, after, 60)
    assert shown[0] != shown[1] and all(len(text) <= 61 for text in shown)
    assert flat_pair("不能", "能") == ("不能", "能")
