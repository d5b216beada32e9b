"""The engine in Node, on small data made by hand."""

from __future__ import annotations

import random
import string
import unicodedata
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    data = zhsearch_node.script(tmp_path_factory.mktemp("made"), DOCUMENTS, GROUPS, WORDS, "辦办會会謀谋參参")
    with zhsearch_node.answering(data) as ask:
        yield ask


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
        ("食堂 保密", "some", "a.html"),
        ("参谋助手 保密 食堂", "some", "b.html"),
        ("怎么保密", "question", "a.html"),
        ("参谋助手是什么意思？", "question", "b.html"),
        ("如何管理食堂", "none", None),
        ("开头办公室", "none", None),  # not across blocks
        ("。", "empty", None),
    ],
)
def test_kinds_of_query(answers: Any, query: str, kind: str, url: str | None) -> None:
    (answer,) = answers(query)
    assert answer["kind"] == kind
    assert (answer["results"][0]["url"] if answer["results"] else None) == url


CODE = [
    ["", "接口", "一次 party，一门 art，用C++写成，也用C写成。", None],
    ["m.request", None, "m.request(method, url) -> Response\n取回。\n-R 范围，--region 也是；x-R 不是，-r 也不是。"],
    ["m.other", None, "requests 不是它。foo.bar(x) 也不是。ｐｙ３"],
]


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    documents = [
        ["a", "a.html", "派对 Party", 0, [["", "派对 Party", "party party party"]]],
        ["c", "c.html", "接口", 0, CODE],
        ["r", "r.html", "索引", 0, [["", "索引", "r区 x-R c语言 art_work"]]],
    ]
    terms = [["C", ["r.html"]], ["-R 选项", ["c.html#m.request"]], ["选项 -R", ["c.html#m.request"]]]
    data = zhsearch_node.script(tmp_path_factory.mktemp("code"), documents, [["", "page"]], {}, terms=terms)
    with zhsearch_node.answering(data) as ask:
        yield lambda query: ask(query)[0]


@pytest.mark.parametrize(
    ("query", "kind", "first", "marked"),
    [
        ("C++", "exact", ("c.html", ""), ["C++"]),
        ("Ｃ＋＋", "exact", ("c.html", ""), ["C++"]),
        ("art", "exact", ("c.html", ""), ["art"]),
        ("request", "exact", ("c.html", "m.request"), ["request"]),
        ("request()", "loose", ("c.html", "m.request"), ["request"]),
        ("->", "exact", ("c.html", "m.request"), ["->"]),
        ("-R", "exact", ("c.html", "m.request"), ["-R"]),
        ("--region", "exact", ("c.html", "m.request"), ["--region"]),
        ("foo.bar(x)", "exact", ("c.html", "m.other"), ["foo.bar(x)"]),
        ("request(method,url)", "exact", ("c.html", "m.request"), ["request(method, url)"]),
        ("m.request", "exact", ("c.html", "m.request"), None),
        ("py3", "exact", ("c.html", "m.other"), ["ｐｙ３"]),
        ("“art”，", "exact", ("c.html", ""), ["art"]),
        ("a.b()", "none", None, None),
        ("<<", "none", None, None),
        ("C--", "none", None, None),
        ("。", "empty", None, None),
        ("……", "empty", None, None),
    ],
)
def test_code_is_found_as_it_is_written(
    code: Any, query: str, kind: str, first: tuple[str, str] | None, marked: list[str] | None
) -> None:
    answer = code(query)
    assert answer["kind"] == kind
    assert ((answer["results"][0]["url"], answer["results"][0]["anchor"]) if answer["results"] else None) == first
    if marked is not None:
        assert [piece["text"] for piece in answer["results"][0]["snippet"] if piece["mark"]] == marked


def test_no_query_throws(tmp_path: Path) -> None:
    drawn = random.Random(4)
    signs = string.printable + "，。（）《》—…→×÷·“”µßİﬁ½²ＡＣ＋é保密工作\u0000\u200b😀"
    queries = ["".join(drawn.choices(signs, k=drawn.randint(1, 9))) for _ in range(2000)]
    queries += [*signs, "(" * 3000, "a" * 3000, "C++ " * 300]
    documents = [
        ["a", "a.html", "一页", 0, [["", "一页", signs.replace("\n", " ")], ["b", "节", "C++ party a.b() ×2"]]]
    ]
    data = zhsearch_node.script(tmp_path, documents, [["", "page"]], {"保密": "bao mi"})
    assert len(zhsearch_node.run(zhsearch_node.ANSWERS, queries, data)) == len(queries)


def test_whole_words_come_before_parts_of_words(code: Any) -> None:
    assert [r["url"] for r in code("art")["results"]] == ["c.html", "a.html", "r.html"]
    assert [r["url"] for r in code("C++")["results"]] == ["c.html"], "not C, the page or the entry"
    answer = code("-R")
    assert [(r["term"], r["url"]) for r in answer["results"]] == [
        ("-R 选项", "c.html"),
        (None, "c.html"),
        (None, "r.html"),
    ]


def test_where_no_groups_are_named_results_have_a_heading_only_beside_others(code: Any) -> None:
    assert code("party")["groups"] == [""]
    assert code("-R")["groups"] == ["主题索引", "正文"]


def test_title_then_heading_then_count(answers: Any) -> None:
    (answer,) = answers("保密")
    assert [r["url"] for r in answer["results"]] == ["a.html", "c.html", "b.html"]
    assert answer["groups"] == ["章节", "摘录", "其他"]
    assert answer["results"][2] | {"snippet": None} == {
        "url": "b.html", "anchor": "q", "title": "会务", "heading": "会务", "group": "摘录", "count": 1,
        "snippet": None, "twin": None, "term": None,
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


EXCERPTS = [
    ["", "甲", "正文。"],
    ["q.a", None, "要守得住秘密。\n摘录3-2——出处", 1, "s.html#s.p4.s1"],
    ["q.b", None, "廉洁。\n摘录3-21——出处", 1, "s.html#s.p9"],
]
MARKED = [
    [
        "m",
        "m.html",
        "讲话",
        0,
        [["", "讲话", "开头。\n小到布臵〔置〕会议，在工作［中］得心应手，做一【个】颗螺丝钉。"]],
    ],
    [
        "s",
        "s.html",
        "原文",
        2,
        [["", "原文", ""], ["s.p4", None, "要守得住秘密。还有别的。"], ["s.p5", None, "督查要实。"]],
    ],
    [
        "k",
        "k.html",
        "甲",
        0,
        [
            ["", "甲", "正文。"],
            ["q.a", None, "要守得住秘密。\n摘录3-2——出处", 1, "s.html#s.p4.s1"],
            ["q.b", None, "廉洁。\n摘录3-21——出处", 1, "s.html#s.p9"],
        ],
    ],
]
TERMS = [["公文写作", ["k.html#q.a", "m.html"]], ["秘密", ["s.html#s.p4"]]]
ALSO = {
    "numbered": "摘录", "terms": TERMS, "synonyms": [["廉政", "廉洁"]], "sounds": {"du": "督", "cha": "查察"},
}  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Answers over a text with editorial marks, excerpts of a source, an index, and lists of an editor."""
    data = zhsearch_node.script(
        tmp_path_factory.mktemp("marked"), MARKED, GROUPS, {"督查": "du cha", "秘密": "mi mi"}, **ALSO
    )
    with zhsearch_node.answering(data) as asked:
        yield lambda query: asked(query)[0]


@pytest.mark.parametrize("query", ["布置会议", "布臵", "布臵置会议", "工作中得心应手", "一颗螺丝钉", "一个颗螺丝钉"])
def test_the_printed_and_the_corrected_reading_are_found(ask: Any, query: str) -> None:
    answer = ask(query)
    assert (answer["kind"], answer["results"][0]["url"], answer["results"][0]["count"]) == ("exact", "m.html", 1)
    marked = "".join(piece["text"] for piece in answer["results"][0]["snippet"] if piece["mark"])
    assert marked, "what was found is marked in the text as it is printed"
    assert query[-1] in marked


def test_a_corrected_reading_is_no_second_hit(ask: Any) -> None:
    assert ask("得心应手")["results"][0]["count"] == 1


@pytest.mark.parametrize("query", ["摘录3-2", "3-2", "３－２", "3－2", "q.a", "a"])
def test_a_number_or_an_id_leads_there_and_nowhere_else(ask: Any, query: str) -> None:
    answer = ask(query)
    if query == "a":
        assert answer["groups"][:1] != ["直达"], "a word is not an id"
        return
    assert (answer["groups"], [r["anchor"] for r in answer["results"]]) == (["直达"], ["q.a"])


def test_an_entry_of_the_index_is_found_first_where_the_text_has_other_words(ask: Any) -> None:
    answer = ask("公文写作")
    assert (answer["kind"], answer["groups"]) == ("exact", ["主题索引"])
    assert [(r["url"], r["anchor"], r["count"]) for r in answer["results"]] == [("k.html", "q.a", 2)]
    assert ask("公文")["groups"] == ["主题索引"], "the beginning of an entry is enough"
    assert ask("秘密")["groups"][0] == "主题索引"


def test_an_excerpt_and_its_source_are_one_hit(ask: Any) -> None:
    answer = ask("守得住秘密")
    found = [(r["anchor"], r["group"], r["twin"]) for r in answer["results"] if r["group"] is not None]
    assert found == [("q.a", "摘录", "s.p4")]


@pytest.mark.parametrize(
    ("query", "kind", "read"),
    [
        ("廉政", "synonym", ["廉洁"]),
        ("督察", "sound", ["督查"]),
        ("督查怎么搞", "question", ["督查"]),
        ("督察怎么搞", "sound", ["督查"]),
        ("廉政 螺丝钉 督查", "none", []),
    ],
)
def test_how_an_answer_was_found_is_told(ask: Any, query: str, kind: str, read: list[str]) -> None:
    answer = ask(query)
    if kind == "none":
        assert answer["kind"] in ("none", "some")
        return
    assert (answer["kind"], answer["read"]) == (kind, read)


def test_all_words_but_one_names_what_is_missing(ask: Any) -> None:
    answer = ask("螺丝钉 得心应手 督查")
    assert (answer["kind"], answer["read"], answer["missing"]) == ("some", ["螺丝钉", "得心应手"], "督查")
