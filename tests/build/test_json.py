"""``--json``: one JSON value on standard output and nothing else, what people read on the other side."""

from __future__ import annotations

import json
from typing import Any

import pytest
from book import Book

from handbook import main

Told = pytest.CaptureFixture[str]


def _value(told: Told) -> Any:
    return json.loads(told.readouterr().out)


def test_places_of_a_text(book: Book, capsys: Told) -> None:
    text = book.path("source_speeches/lamp.txt").read_text(encoding="utf-8")
    assert book.handbook("find", "灯油要一勺一勺地添", "--json") == 0
    (spot,) = _value(capsys)
    assert text[spot["start"] : spot["end"]] == spot["text"] == "灯油要一勺一勺地添"
    assert (spot["speech"], spot["locator"], spot["exact"]) == ("lamp", "p5.s1", True)
    assert book.handbook("find", "灯油要三勺三勺地添", "--json") == 1
    assert [(spot["text"], spot["exact"]) for spot in _value(capsys)] == [("灯油要一勺一勺地添", False)]
    assert book.handbook("find", "谁也没有讲过这一句", "--json") == 1
    assert _value(capsys) == []


def test_what_is_quoted_and_what_is_not(book: Book, capsys: Told) -> None:
    assert book.handbook("coverage", "--list", "--json") == 0
    data = _value(capsys)
    lamp = next(speech for speech in data["speeches"] if speech["speech"] == "lamp")
    assert 0 < lamp["quoted"] < lamp["quotable"]
    assert lamp["sentences-quoted"] and lamp["sentences-unquoted"]
    assert {one["speech"] for one in data["unquoted"]} == {"lamp", "river"}
    assert all("灯油要一勺一勺地添" not in one["text"] for one in data["unquoted"])


def test_what_changed_between_two_editions(book: Book, capsys: Told) -> None:
    report = book.path("_build/verify/report.json")
    book.accepted()
    book.handbook("check")
    before = book.write("before.json", report.read_bytes())
    book.edit("chapters/one.md", "行内也可以说{quote}`灯油要一勺一勺地添 <lamp>`", "行内什么也不说")
    book.handbook("check")
    capsys.readouterr()
    assert main(["diff", str(before), str(report), "--json"]) == 0
    data = _value(capsys)
    quotations = next(part for part in data["changes"] if part["title"] == "引文")
    assert "删去1" in quotations["summary"] and any("灯油要一勺一勺地添" in line for line in quotations["lines"])


def test_what_became_of_each_file(book: Book, capsys: Told) -> None:
    new = book.write("new.txt", "在码头管理站的讲话\n各位同志：\n缆绳要天天看，磨毛了的当天换下来，不能留到第二天。\n")
    again = book.write("again.txt", book.path("source_speeches/lamp.txt").read_bytes())
    missing = book.path("nowhere.txt")
    assert book.handbook("add", "--json", str(new), str(again), str(missing)) == 2
    added, alike, lost = _value(capsys)
    assert (added["status"], alike["status"], lost["status"]) == (0, 1, 2)
    assert added["title"] == "在码头管理站的讲话" and book.path(f"source_speeches/{added['speech']}.toml").is_file()
    assert len(added["written"]) == 3 and alike["alike"] == "lamp" and "nowhere.txt" in lost["notices"][0]
