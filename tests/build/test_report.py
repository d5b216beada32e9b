"""The verify builder: report.json as the contract has it, report.txt, and an exit status that other tools rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from book import Book

KEYS = {
    "id",
    "docname",
    "path",
    "line",
    "kind",
    "speech",
    "locator",
    "quoted",
    "status",
    "flags",
    "pass",
    "fragments",
    "edit",
    "nearest",
}


def report(book: Book, *, warns: bool = False) -> tuple[dict[str, Any], str, int]:
    """report.json, report.txt and the exit status."""
    built = book.build("verify", warns=warns)
    data = json.loads((built.app.outdir / "report.json").read_text(encoding="utf-8"))
    return data, (built.app.outdir / "report.txt").read_text(encoding="utf-8"), built.app.statuscode


def test_contract_keys(book: Book) -> None:
    data, _, status = report(book)
    assert status == 0
    assert data["version"] == 1
    assert [e["kind"] for e in data["excerpts"]] == ["excerpt", "excerpt", "quote", "excerpt"]
    for item in data["excerpts"]:
        assert item.keys() >= KEYS
        assert item["status"].keys() == {"text", "place", "source", "review"}
        assert item["pass"] is True
        assert item["edit"] is None and item["nearest"] is None
    assert data["summary"]["ok"] is True


def test_first_excerpt_in_full(book: Book) -> None:
    first = report(book)[0]["excerpts"][0]
    assert {key: first[key] for key in KEYS - {"fragments", "nearest", "edit"}} == {
        "id": "q.lamp.p4.s1",
        "docname": "chapters/one",
        "path": "chapters/one.md",
        "line": 5,
        "kind": "excerpt",
        "speech": "lamp",
        "locator": "p4.s1",
        "quoted": "守灯人的本分，是天黑之前把灯点亮。",
        "status": {"text": "exact", "place": "as-cited", "source": "pinned", "review": "approved"},
        "flags": [],
        "pass": True,
    }


@pytest.mark.parametrize("encode", [
    lambda text: text.encode(),
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").replace("同志们", "同志们𠀀").encode(),
], ids=["plain", "bom", "crlf", "bom-crlf-astral"])  # fmt: skip
def test_offsets_are_code_points_of_the_text_as_stored(book: Book, encode: Any) -> None:
    path = book.path("source_speeches/lamp.txt")
    path.write_bytes(encode(path.read_text(encoding="utf-8")))
    book.repin("lamp")
    book.accepted()
    stored = path.read_bytes().decode("utf-8")
    data, _, status = report(book)
    assert status == 0
    for item in data["excerpts"]:
        if item["speech"] == "lamp":
            assert "".join(stored[f["start"] : f["end"]] for f in item["fragments"]) == item["quoted"]


def test_fragments_of_an_omission(book: Book) -> None:
    book.edit(
        "chapters/one.md", "p4.s1\n守灯人的本分，是天黑之前把灯点亮。", "p5\n灯油要一勺一勺地添，……剪得太短，灯光就暗"
    )
    data, text, _ = report(book, warns=True)
    stored = book.path("source_speeches/lamp.txt").read_text(encoding="utf-8")
    item = next(e for e in data["excerpts"] if e["status"]["text"] == "elided")
    assert [stored[f["start"] : f["end"]] for f in item["fragments"]] == ["灯油要一勺一勺地添，", "剪得太短，灯光就暗"]
    assert item["omitted"] == ["灯芯要一根一根地剪。"]
    assert "略去：灯芯要一根一根地剪。" in text


def test_failing_quotation_fails_and_stands_in_both_reports(book: Book) -> None:
    book.edit("chapters/two.md", "数清人数", "数清船数")
    data, text, status = report(book, warns=True)
    assert status == 1
    (failed,) = [e for e in data["excerpts"] if not e["pass"]]
    assert failed["status"]["text"] == "altered"
    assert failed["edit"].keys() == {"kind", "source", "printed"}
    assert failed["nearest"].keys() == {"speech", "locator", "start", "end", "text"}
    assert data["summary"]["failed"] == 1 and data["summary"]["ok"] is False
    assert "chapters/two.md:3: 引文与存档文本不符" in text


def test_no_quotation_at_all_fails(book: Book) -> None:
    for name in ("one", "two"):
        book.write(f"chapters/{name}.md", "# 空\n")
    book.path("excerpts.lock").unlink()
    data, _, status = report(book, warns=True)
    assert status == 1
    assert [f["subtype"] for f in data["findings"]] == ["empty"]


def test_archive_fault_fails_though_nobody_quotes_it(book: Book) -> None:
    book.speech("orchard", "果园\n剪枝。\n", 'colour = "red"\n')
    data, _, status = report(book, warns=True)
    assert status == 1
    (finding,) = data["findings"]
    assert (finding["subtype"], finding["path"], finding["line"]) == ("archive", "source_speeches/orchard.toml", 3)


def test_speech_nobody_quotes_is_only_a_notice(book: Book) -> None:
    book.speech("orchard", "果园里的讲话\n果树要在入冬之前剪枝。\n")
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/orchard")
    built = book.build("verify")
    assert built.app.statuscode == 0
    assert "讲话 orchard 没有一处被引用" in built.status


def test_agreement_is_never_called_verified(book: Book) -> None:
    _, text, _ = report(book)
    assert "与存档文本核对一致" in text
    assert "核验通过" not in text
