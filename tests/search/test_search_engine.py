"""The engine in Node, on small data made by hand."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import zhsearch_node

from zhsearch.folding import fold

GROUPS = [["章节", "page"], ["摘录", "node"], ["其他", "page"]]
A = [["", "保密纪律", "开头。\n办公室是中枢。"], ["s", "三个考验", "守得住“秘密”，锁住口。"]]
B = [["", "会务", "会议通知在10月10日发出。办文、办会、办事。"], ["q", None, "保密是纪律。参谋助手。", 1]]
C = [["", "反“四风”", "保密、保密、再保密。Ｗｅｂ系统与A4纸。要精益求精地抓好每一项工作。"]]
DOCUMENTS = [
    ["a", "a.html", "保密纪律", 0, A],
    ["b", "b.html", "会务", 0, B],
    ["c", "c.html", "反“四风”", 2, C],
]
WORDS = {"办公室": "ban gong shi", "办会": "ban hui", "参谋助手": "can mou zhu shou", "保密": "bao mi"}


@pytest.fixture
def answers(tmp_path: Path) -> Any:
    data = zhsearch_node.script(tmp_path, DOCUMENTS, GROUPS, WORDS, "辦办會会謀谋參参")
    return lambda *queries: zhsearch_node.run(zhsearch_node.ANSWERS, queries, data)


@pytest.mark.parametrize(
    ("query", "kind", "url"),
    [
        ("锁", "exact", "a.html"),
        ("守得住秘密", "exact", "a.html"),
        ("１０月１０日", "exact", "b.html"),
        ("办文办会", "exact", "b.html"),
        ("【四风】", "exact", "c.html"),
        ('"四风"', "exact", "c.html"),
        ("web系统", "exact", "c.html"),
        ("辦會", "exact", "b.html"),
        ("保 密 纪 律", "exact", "a.html"),
        ("通知　10月", "exact", "b.html"),
        ("bgs", "pinyin", "a.html"),
        ("bangong", "pinyin", "a.html"),
        ("ban gong shi", "pinyin", "a.html"),
        ("bgsh", "none", None),
        ("cmzs", "pinyin", "b.html"),
        ("参某助手", "near", "b.html"),
        ("精益求精抓好每项工作", "cover", "c.html"),
        ("食堂管理", "none", None),
        ("食堂 保密", "none", None),
        ("开头办公室", "none", None),  # not across blocks
        ("。", "empty", None),
    ],
)
def test_kinds_of_query(answers: Any, query: str, kind: str, url: str | None) -> None:
    (answer,) = answers(query)
    assert answer["kind"] == kind
    assert (answer["results"][0]["url"] if answer["results"] else None) == url


def test_title_then_heading_then_count(answers: Any) -> None:
    (answer,) = answers("保密")
    assert [r["url"] for r in answer["results"]] == ["a.html", "c.html", "b.html"]
    assert answer["groups"] == ["章节", "摘录", "其他"]
    assert answer["results"][2] | {"snippet": None} == {
        "url": "b.html", "anchor": "q", "title": "会务", "heading": "会务", "group": "摘录", "count": 1,
        "snippet": None,
    }  # fmt: skip


def test_nothing_found_names_what_there_is(answers: Any) -> None:
    (answer,) = answers("食堂保密")
    assert (answer["kind"], answer["read"]) == ("none", ["保密"])


def test_snippet_marks_the_source_with_its_punctuation(answers: Any) -> None:
    (answer,) = answers("守得住秘密")
    marked = [piece["text"] for piece in answer["results"][0]["snippet"] if piece["mark"]]
    assert marked == ["守得住“秘密"]


def test_query_is_never_a_pattern(answers: Any) -> None:
    for answer in answers(".*", "[", "\\", "<img src=x>", "constructor", "__proto__"):
        assert answer["kind"] in ("none", "empty", "exact")


def test_python_and_javascript_fold_alike() -> None:
    codes = (*range(32, 0x3000), *range(0x3000, 0xA000, 7), *range(0xF900, 0xFFEF))
    # Characters that this Python does not know yet may be letters to a newer Node.
    characters = [chr(code) for code in codes if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    found = zhsearch_node.run("const f = zhsearch.folder(''); return given.map(f.fold);", characters)
    different = [c for c, there in zip(characters, found, strict=True) if fold(c) != there]
    assert different == []
