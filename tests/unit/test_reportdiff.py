"""What changed between two reports, told by kind; and the stamp of an edition."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from speeches.core.report.reportdiff import Changes, compare_reports, marked
from speeches.core.report.stamp import archive_digest, report_digest, short_stamp
from speeches.core.source.archive import Archive


def _item(
    identifier: str, kind: str = "excerpt", quoted: str = "办公室是综合部门", number: str = "1-1"
) -> dict[str, Any]:
    return {
        "id": identifier, "kind": kind, "number": number if kind == "excerpt" else "", "docname": "chapters/a",
        "speech": "one", "locator": "p1.s1", "quoted": quoted, "pass": True, "line": 3, "path": "chapters/a.md",
    }  # fmt: skip


@pytest.fixture
def report() -> dict[str, Any]:
    return {
        "version": 1,
        "excerpts": [_item("q.a"), _item("q.b", number="1-2"), _item("iq.a.1", "quote", "要成为内行")],
        "speeches": {"one": {"title": "讲话", "digest": "a" * 64, "record": "b" * 64}},
        "chapters": {"chapters/a": {"title": "甲", "number": 1}},
        "ids": {"a": "chapters/a"},
    }


def _lines(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {part.title: part.lines for part in compare_reports(old, new)}


def test_equal_reports_have_no_changes(report: dict[str, Any]) -> None:
    assert all(lines == () for lines in _lines(report, copy.deepcopy(report)).values())
    assert next(part.summary for part in compare_reports(report, report)) == "引文没有变化"


def test_a_shifted_line_is_no_change(report: dict[str, Any]) -> None:
    new = copy.deepcopy(report)
    new["excerpts"][0] |= {"line": 99, "path": "chapters/b.md"}
    assert _lines(report, new)["引文"] == ()


def test_quotations_come_go_and_change(report: dict[str, Any]) -> None:
    new = copy.deepcopy(report)
    new["excerpts"][0]["quoted"] = "办公室是枢纽"
    new["excerpts"][1] = _item("q.c", number="1-2", quoted="全新的一条")
    assert _lines(report, new)["引文"] == (
        "~ 摘录1-1（q.a）：文字改动：办公室是【综合部门→枢纽】",
        "+ 摘录1-2（q.c）：“全新的一条”",
        "- 摘录1-2（q.b）：“办公室是综合部门”",
    )


def test_a_reworded_quote_is_one_change_though_its_id_is_another(report: dict[str, Any]) -> None:
    new = copy.deepcopy(report)
    new["excerpts"][2] |= {"id": "iq.a.2", "quoted": "要成为真正的内行"}
    assert _lines(report, new)["引文"] == ("~ chapters/a 的引语：文字改动：要成为【　→真正的】内行",)


def test_one_of_two_equal_quotes_that_goes_is_told(report: dict[str, Any]) -> None:
    report["excerpts"].append(copy.deepcopy(report["excerpts"][2]))
    new = copy.deepcopy(report)
    new["excerpts"].pop()
    assert _lines(report, new)["引文"] == ("- chapters/a 的引语：“要成为内行”",)
    failed = copy.deepcopy(report)
    failed["excerpts"][3]["pass"] = False
    assert "现在未通过" in _lines(report, failed)["引文"][0]


def test_an_excerpt_under_another_name_is_one_change(report: dict[str, Any]) -> None:
    new = copy.deepcopy(report)
    new["excerpts"][1]["id"] = "q.renamed"
    assert _lines(report, new)["引文"] == ("~ 摘录1-2（q.renamed）：编号由q.b改为q.renamed",)


def test_a_quote_that_went_to_another_chapter_is_one_change(report: dict[str, Any]) -> None:
    new = copy.deepcopy(report)
    new["excerpts"][2] |= {"id": "iq.b.1", "docname": "chapters/b"}
    assert _lines(report, new)["引文"] == ("~ chapters/b 的引语：所在页由chapters/a改为chapters/b",)


def test_numbers_places_and_outcomes(report: dict[str, Any]) -> None:
    new = copy.deepcopy(report)
    new["excerpts"][0] |= {"number": "2-1", "docname": "chapters/b", "locator": "p2", "pass": False}
    (line,) = _lines(report, new)["引文"]
    for told in ("段句号由p1.s1改为p2", "所在页由chapters/a改为chapters/b", "编号由1-1改为2-1", "现在未通过"):
        assert told in line


def test_speeches_chapters_and_ids(report: dict[str, Any]) -> None:
    new = copy.deepcopy(report)
    new["speeches"]["one"] |= {"digest": "c" * 64, "title": "讲话稿"}
    new["speeches"]["two"] = {"title": "新讲话", "digest": "d" * 64, "record": ""}
    new["chapters"] = {"chapters/a": {"title": "甲", "number": 2}, "chapters/z": {"title": "乙", "number": 0}}
    new["ids"] = {"a": "chapters/z", "b": "chapters/z"}
    lines = _lines(report, new)
    assert lines["讲话"] == (
        "+ two《新讲话》",
        "~ one《讲话稿》：存档文本换过（aaaaaaaa→cccccccc）；题名由《讲话》改为《讲话稿》",
    )
    assert lines["章节"] == ("+ chapters/z“乙”", "~ chapters/a：由第1章“甲”改为第2章“甲”")
    assert lines["永久编号"] == ("+ b（chapters/z）", "~ a：由chapters/a搬到chapters/z")


def test_what_an_older_report_does_not_record_is_not_compared(report: dict[str, Any]) -> None:
    old = {"version": 1, "excerpts": report["excerpts"]}
    assert [part.title for part in compare_reports(old, report)] == ["引文"]


def test_the_summary_counts() -> None:
    assert Changes("引文", ("+ a", "+ b", "~ c")).summary == "引文新增2、改动1"


def test_the_stamp_changes_with_the_text_and_not_with_the_page(report: dict[str, Any], archive: Archive) -> None:
    first = report_digest(report)
    printed = copy.deepcopy(report)
    printed["excerpts"][0] |= {"page": "12", "pdf_page": 20, "line": 7}
    assert report_digest(printed) == first
    printed["excerpts"][0]["quoted"] += "。"
    assert report_digest(printed) != first
    assert short_stamp(archive_digest(archive), first) == f"{archive_digest(archive)[:8]}-{first[:8]}"


def test_what_was_reworded_comes_first_and_renumbering_is_one_line(report: dict[str, Any]) -> None:
    new = copy.deepcopy(report)
    new["excerpts"][0]["number"], new["excerpts"][1]["number"] = "1-2", "1-3"
    new["excerpts"] += [_item("q.new", number="1-1", quoted="新的一条"), _item("q.more", number="1-4", quoted="又一条")]
    new["excerpts"][2] |= {"quoted": "要成为外行"}
    parts = {part.title: part.lines for part in compare_reports(report, new)}
    assert [line[0] for line in parts["引文"]] == ["~", "+", "+"] and "【内→外】" in parts["引文"][0]
    assert parts["摘录编号"] == ("~ 2条摘录只是编号顺延（如1-1改为1-2），文字没有变",)


def test_a_change_deep_in_a_long_text_is_shown_with_what_is_around_it() -> None:
    old = "甲" * 100 + "不能" + "乙" * 100
    told = marked(old, old.replace("不能", "能"))
    assert told == "…" + "甲" * 10 + "【不→　】能" + "乙" * 9 + "…"


def test_what_stands_between_two_changes_is_cut_only_where_that_is_shorter() -> None:
    for length, between in ((21, "中" * 21), (22, "中" * 10 + "…" + "中" * 10)):
        assert marked("甲" + "中" * length + "乙", "丙" + "中" * length + "丁") == f"【甲→丙】{between}【乙→丁】"
