"""All cases of the quotebench, through ``verify`` and through the JSON that ``handbook verify --jsonl`` writes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from speeches.core.matching.verify import Request, verify
from speeches.core.report.report import line_data
from speeches.core.source import archive as archives
from speeches.core.source.archive import Archive, load_archive
from speeches.core.source.selector import Selector
from support import DATA, read_jsonl

CASES = read_jsonl(DATA / "quotebench" / "cases-dev.jsonl")
CATEGORIES = sorted({case["category"] for case in CASES})


def _result(case: dict[str, Any], archive: Archive) -> dict[str, Any]:
    selector = Selector(prefix=case.get("prefix", ""), suffix=case.get("suffix", ""))
    verdict = verify(Request(case["quote"], case["cited"], selector), archive)
    result: dict[str, Any] = json.loads(json.dumps(line_data(case["id"], verdict), ensure_ascii=False))
    assert result["pass"] is verdict.agrees
    return result


def _wrong(case: dict[str, Any], result: dict[str, Any]) -> str:
    expected = case["expect"]
    if result["pass"] and not expected["pass"] and not (expected.get("flag_ok") and result["flags"]):
        return "FALSE PASS"
    if expected["pass"] and not result["pass"]:
        return "false fail"
    if result["text"] not in expected["text"] or result["place"] not in expected["place"]:
        if expected.get("flag_ok") and result["flags"]:
            return ""
        return "wrong status"
    return ""


def test_the_bench_is_whole() -> None:
    assert len(CASES) == 521
    assert len(CATEGORIES) == 51


@pytest.mark.parametrize("category", CATEGORIES)
def test_category(category: str, bench_archive: Archive) -> None:
    failures = []
    for case in CASES:
        if case["category"] == category:
            result = _result(case, bench_archive)
            if wrong := _wrong(case, result):
                got = (result["pass"], result["text"], result["place"], result["flags"])
                failures.append(f"{wrong} {case['id']} {case['quote'][:60]!r} ({case['note']}): got {got}")
    assert not failures, "\n".join(failures)


def test_with_an_index_of_the_archive_the_outcomes_are_the_same(
    bench_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numpy", reason="the extra `large`")
    monkeypatch.setattr(archives, "LARGE", 0)
    indexed = load_archive(bench_archive.root, bare_ids=True)
    assert indexed.index is not None and bench_archive.index is None
    for case in CASES:
        result = _result(case, indexed)
        assert not _wrong(case, result), case["id"]
        assert result == _result(case, bench_archive), case["id"]


@pytest.mark.parametrize("category", CATEGORIES)
def test_fragments_point_into_the_received_text(category: str, bench_archive: Archive) -> None:
    """``start`` and ``end`` count code points of the stored text; a passing result names at least one fragment."""
    for case in CASES:
        if case["category"] != category:
            continue
        result = _result(case, bench_archive)
        text = bench_archive.speeches[case["cited"]].text
        spans = [(span["start"], span["end"]) for span in result["fragments"]]
        assert spans == sorted(spans) and all(0 <= a < b <= len(text) for a, b in spans), case["id"]
        if result["pass"]:
            assert spans, case["id"]
            if result["text"] == "exact":
                assert text[spans[0][0] : spans[0][1]] == case["quote"].strip(" \t\r\n\u3000"), case["id"]
        else:
            assert not spans, f"{case['id']}: a result that fails must not look as if it had a place"
