"""Entries by GB/T 7714-2025 against the standard's own examples, and the other formats read back by other programs."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from citable.book import Book, book_reference, excerpt_reference
from gbt7714.entry import NARROW, Host, Reference, entry
from gbt7714.exchange import FORMATS
from speeches.core.citation import speech_reference
from speeches.core.source.archive import Archive
from support import CITY, COUNTY, MakeArchive

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # both readers use what Python is about to give up
    from citeproc.source.json import CiteProcJSON

BOOK = Book(title="办公室工作手册", editor="编写组", edition="2026年版", year="2026")

STANDARD = [
    # 8.2, books
    (
        "张伯伟. 全唐五代诗格汇考[M]. 南京：江苏古籍出版社，2002：288.",
        Reference(
            kind="M", author="张伯伟", title="全唐五代诗格汇考", place="南京", publisher="江苏古籍出版社", date="2002",
            locator="288",
        ),
    ),
    # 7.5.4.1, another way of counting years beside the year
    (
        "王夫之. 宋论[M]. 刻本. 金陵：湘乡曾国荃，1865（清同治四年）.",
        Reference(
            kind="M", author="王夫之", title="宋论", edition="刻本", place="金陵", publisher="湘乡曾国荃",
            date="1865（清同治四年）",
        ),
    ),
    # 7.7, a preface has no number of its own
    (
        "钱学森. 创建系统学[M]. 太原：山西科学技术出版社，2001：序2-3.",
        Reference(
            kind="M", author="钱学森", title="创建系统学", place="太原", publisher="山西科学技术出版社", date="2001",
            locator="序2-3",
        ),
    ),
    # 7.1, 7.4: no author is left out in numbered style; what is not a first edition is named
    (
        "康熙字典：巳集上 水部[M]. 影印本. 北京：中华书局，1962：50.",
        Reference(
            kind="M", title="康熙字典", other_title="巳集上 水部", edition="影印本", place="北京", publisher="中华书局",
            date="1962", locator="50",
        ),
    ),
    # 8.3, a part of a book
    (
        "周易外传：卷5[M]//王夫之. 船山全书：第1册. 修订版. 长沙：岳麓书社，2011：983-1029.",
        Reference(
            kind="M", title="周易外传", other_title="卷5",
            host=Host(author="王夫之", title="船山全书", other_title="第1册"), edition="修订版", place="长沙",
            publisher="岳麓书社", date="2011", locator="983-1029",
        ),
    ),
    (
        (
            "程根伟. 1998年长江洪水的成因与减灾对策[M]//许厚泽，赵其国. 长江流域洪涝灾害与科技对策. "
            "北京：科学出版社，1999：32-36."
        ),
        Reference(
            kind="M", author="程根伟", title="1998年长江洪水的成因与减灾对策",
            host=Host(author="许厚泽，赵其国", title="长江流域洪涝灾害与科技对策"), place="北京",
            publisher="科学出版社", date="1999", locator="32-36",
        ),
    ),
    # a paper in a collection, which is the form of a speech in the handbook
    (
        (
            "汪学军. 中国农业转基因生物研发进展与安全管理[C]//国家环境保护总局生物安全管理办公室. "
            "中国国家生物安全框架实施国际合作项目研讨会论文集. 北京：中国环境科学出版社，2005：22-25."
        ),
        Reference(
            kind="C", author="汪学军", title="中国农业转基因生物研发进展与安全管理",
            host=Host(
                author="国家环境保护总局生物安全管理办公室", title="中国国家生物安全框架实施国际合作项目研讨会论文集"
            ),
            place="北京", publisher="中国环境科学出版社", date="2005", locator="22-25",
        ),
    ),
    # 8.12, an archive
    (
        (
            "李鸿章. 奏请上海道库洋务外销要款无款可筹仍拨药厘接济事：04-01-35-0399-039[A]. "
            "北京：中国第一历史档案馆，1887（光绪十三年三月十三日）."
        ),
        Reference(
            kind="A", author="李鸿章", title="奏请上海道库洋务外销要款无款可筹仍拨药厘接济事",
            number="04-01-35-0399-039", place="北京", publisher="中国第一历史档案馆",
            date="1887（光绪十三年三月十三日）",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "reference"), STANDARD)
def test_the_standards_own_examples(printed: str, reference: Reference) -> None:
    """Character by character: the width of every mark and every space are the standard's."""
    assert entry(reference) == printed


@pytest.mark.parametrize(("printed", "reference"), STANDARD)
def test_narrow_marks_are_an_option(printed: str, reference: Reference) -> None:
    """No mark between parts is wide, and none is followed by a space; the parts themselves are as they were."""
    parts = [
        reference.author, reference.title, reference.other_title, reference.number, reference.edition,
        reference.place, reference.publisher, reference.date, reference.locator,
        *([reference.host.author, reference.host.title, reference.host.other_title] if reference.host else []),
    ]  # fmt: skip
    narrow = entry(reference, NARROW)
    rest = narrow
    for part in sorted(filter(None, parts), key=len, reverse=True):
        assert part in narrow
        rest = rest.replace(part, "")
    assert set(rest) <= set(".:,[]/()" + reference.kind)
    assert "[M].2026年版.编写组,2026:3." in entry(
        Reference(kind="M", title="书", edition="2026年版", publisher="编写组", date="2026", locator="3"), NARROW
    )


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ({"publisher": "三户图书刊行社", "date": "1990"}, "书[M]. 三户图书刊行社，1990."),
        ({"place": "哈尔滨", "date": "2013"}, "书[M]. 哈尔滨，2013."),
        (
            {"place": "北京", "publisher": "某社", "date": "1936", "estimated": True},
            "书[M]. 北京：某社，[1936].",
        ),  # 7.5.4.3
        ({"place": "北京", "publisher": "某社"}, "书[M]. 北京：某社."),
        ({"date": "2026", "locator": "摘录3-2"}, "书[M]. 2026：摘录3-2."),
        ({"locator": "第3行"}, "书[M]. 第3行."),
        ({"estimated": True}, "书[M]."),
        ({}, "书[M]."),
    ],
)
def test_what_is_unknown_is_left_out(known: dict[str, Any], printed: str) -> None:
    assert entry(Reference(kind="M", title="书", **known)) == printed


@pytest.mark.parametrize(
    ("reference", "printed"),
    [
        (
            Reference(kind="A", author="责任者", title="题名", number="档号", place="保管地", publisher="保管单位",
                      date="形成日期"),
            "责任者. 题名：档号[A]. 保管地：保管单位，形成日期.",
        ),
        (
            Reference(kind="C", author="责任者", title="讲话题名", host=Host(author="汇编者", title="汇编名"),
                      place="出版地", publisher="编印单位", date="年", locator="页码"),
            "责任者. 讲话题名[C]//汇编者. 汇编名. 出版地：编印单位，年：页码.",
        ),
        (
            Reference(kind="EB/OL", author="责任者", title="题名", date="2026-01-02", accessed="2026-11-21",
                      url="https://example.org/a"),
            "责任者. 题名[EB/OL]. （2026-01-02）[2026-11-21]. https://example.org/a.",
        ),
    ],
)  # fmt: skip
def test_the_patterns_of_the_brief(reference: Reference, printed: str) -> None:
    """HANDBOOK, "Citation": every entry ends with a full stop, also after an address."""
    assert entry(reference) == printed


def test_what_the_handbook_prints(archive: Archive) -> None:
    assert entry(book_reference(BOOK, "第三章“能力”")) == "编写组. 办公室工作手册[M]. 2026年版. 2026：第三章“能力”."
    assert entry(excerpt_reference(archive.speeches[COUNTY], BOOK, "摘录3-1")) == (
        "在办公室系统工作会议上的讲话[C]//编写组. 办公室工作手册. 2026年版. 2026：摘录3-1."
    )
    assert entry(speech_reference(archive.speeches[CITY])).endswith("[A]. [2020].")


AWKWARD = "1. 学习《决定》的讲话：100% & {花括号}_下划线 {半边 #1 [方括号] *星* \\ ~ ^ $ &amp;"


def _references(archive: Archive) -> list[tuple[str, Reference]]:
    awkward = Reference(
        kind="C", title=AWKWARD, host=Host(title="汇编_一", author="甲 and 乙"), edition="第2版", date="2015"
    )
    return [
        ("nengli", book_reference(BOOK, "第三章“能力”")),
        ("q.nengli-xuexi", excerpt_reference(archive.speeches[COUNTY], BOOK, "摘录3-2")),
        (CITY, speech_reference(archive.speeches[CITY])),
        ("awkward", awkward),
    ]


def test_markdown_prints_the_entry(archive: Archive) -> None:
    for identifier, reference in _references(archive):
        rendered = MarkdownIt().render(FORMATS["markdown"](identifier, reference))
        text = re.sub(r"<[^>]+>", "", rendered).strip()
        for character, name in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
            text = text.replace(character, name)
        assert "<em>" not in rendered and "<a" not in rendered
        assert text == entry(reference)


def test_bibtex_is_read_by_pybtex(archive: Archive) -> None:
    for identifier, reference in _references(archive):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = parse_string(FORMATS["bibtex"](identifier, reference), "bibtex")
        (found,) = data.entries.values()
        assert found.key == identifier
        assert _untexed(found.fields["title"]) == reference.title
        assert found.fields.get("year", "") == (f"[{reference.date}]" if reference.estimated else reference.date)
        assert found.fields.get("edition", "") == reference.edition
        people = {role: [str(p) for p in persons] for role, persons in found.persons.items()}
        author, editor = reference.author, reference.host.author if reference.host else ""
        # One corporate name in braces is one name, also with "and" in it.
        assert people.get("author", []) == ([f"{{{author}}}"] if author else [])
        assert people.get("editor", []) == ([f"{{{editor}}}"] if editor else [])
        place = found.fields.get("chapter") or found.fields.get("pages") or ""
        assert place == reference.locator


def _untexed(text: str) -> str:
    for command, character in (
        (r"\textbackslash{}", "\0"), (r"\textasciitilde{}", "~"), (r"\textasciicircum{}", "^"),
        (r"\textbraceleft{}", "{"), (r"\textbraceright{}", "}"),
    ):  # fmt: skip
        text = text.replace(command, character)
    return re.sub(r"\\([&%$#_])", r"\1", text).replace("\0", "\\")


def test_a_page_is_a_page_and_a_place_is_a_chapter() -> None:
    assert "pages = {12-15}" in FORMATS["bibtex"]("nengli", book_reference(BOOK, "12-15"))
    assert "chapter = {第三章“能力”}" in FORMATS["bibtex"]("nengli", book_reference(BOOK, "第三章“能力”"))


def test_a_year_that_is_no_number_is_kept_as_it_is() -> None:
    reference = Reference(kind="M", title="书", date="第一版")
    assert json.loads(FORMATS["csl-json"]("b", reference))[0]["issued"] == {"literal": "第一版"}


def test_csl_json_is_read_by_citeproc(archive: Archive) -> None:
    for identifier, reference in _references(archive):
        data = json.loads(FORMATS["csl-json"](identifier, reference))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = CiteProcJSON(data)
            found = source[identifier.lower()]
        assert str(found.title) == reference.title
        if reference.host:
            assert str(found.container_title) == reference.host.title
        if reference.date:
            assert found.issued.year == int(reference.date[:4])
            assert bool(found.issued.get("circa")) == reference.estimated
        else:
            assert "issued" not in found


def test_titles_keep_their_marks(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive(tmp_path, {"one": "办公室工作。"}, {"one": 'title = "学习《决定》的讲话"\n'})
    assert entry(speech_reference(archive.speeches["one"])).startswith("学习《决定》的讲话[A].")
