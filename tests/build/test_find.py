"""``handbook find``: where a text stands, as a directive that can be pasted and then verifies."""

from __future__ import annotations

import re

import pytest
from book import Book


@pytest.mark.parametrize("text", [
    "渡船离岸之前",
    "接班的人当面签字。",
    "灯油要一勺一勺地添，灯芯要一根一根地剪。剪得太短，灯光就暗；剪得太长，黑烟就重。",
    "绳索每月换一次",
    "遇到涨水的日子",
    "守灯不能图省事",
])  # fmt: skip
def test_what_is_printed_can_be_pasted_and_verifies(book: Book, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert book.handbook("find", text) == 0
    out = capsys.readouterr().out
    assert "讲话库里有1处" in out
    directive = re.search(r"^:::\{excerpt\}.*?^:::$", out, re.MULTILINE | re.DOTALL)
    role = re.search(r"\{quote\}`.*?`", out)
    assert directive and role
    for pasted in (directive.group(), f"说{role.group()}。"):
        source = book.path("chapters/two.md").read_text(encoding="utf-8")
        book.write("chapters/two.md", f"{source}\n{pasted}\n")
    built = book.build("verify", warns=True)
    assert {item.verdict.agrees and item.verdict.place == "as-cited" for item in built.checked.reviewed} == {True}


def test_several_places_are_all_listed(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert book.handbook("find", "守灯") == 0
    out = capsys.readouterr().out
    assert re.search(r"讲话库里有[3-9]处", out)
    assert "lamp p8" in out


def test_nearest_is_shown_with_the_difference(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert book.handbook("find", "救生的竹排摆在顺手的地方") == 1
    out = capsys.readouterr().out
    assert "没有完全相同的；最接近的一处（原文是“筏”，印成了“排”）" in out
    assert "river p4" in out


@pytest.mark.parametrize("text", ["天上的云彩变成了骆驼和大象", "", " ", "灯", "……", "\ud800"])
def test_nothing_found_is_said(book: Book, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert book.handbook("find", text) == 1
    assert re.search("没有这段话|至少写两个字", capsys.readouterr().out)


@pytest.mark.parametrize("kind", ["withhold", "noquote"])
def test_restricted_text_is_not_offered(book: Book, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    record = book.path("source_speeches/river.toml")
    record.write_text(
        record.read_text(encoding="utf-8") + f'[[restrict]]\nlines = [4, 4]\nkind = "{kind}"\n', encoding="utf-8"
    )
    book.handbook("find", "绳索每月换一次")
    out = capsys.readouterr().out
    assert "不得引用" in out and "{excerpt}" not in out and "{quote}" not in out


CORRECTED = '[[emendation]]\nline = 4\noriginal = "竹筏"\nreading = "木筏"\nkind = "transcription"\n'


@pytest.mark.parametrize("text", ["救生的木筏摆在", "救生的竹筏摆在", "救生的竹〔木〕筏摆在", "的木", "的竹"])
def test_a_recorded_correction_is_known_and_offered_whole(
    book: Book, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    record = book.path("source_speeches/river.toml")
    record.write_text(record.read_text(encoding="utf-8") + CORRECTED, encoding="utf-8")
    assert book.handbook("find", text) == 0
    directive = re.search(r"^:::\{excerpt\}.*?^:::$", (out := capsys.readouterr().out), re.MULTILINE | re.DOTALL)
    assert "讲话库里有1处" in out and directive and "竹〔木〕筏" in directive.group()
    source = book.path("chapters/two.md").read_text(encoding="utf-8")
    book.write("chapters/two.md", f"{source}\n{directive.group()}\n")
    (item,) = [i for i in book.build("verify", warns=True).checked.reviewed if "竹" in i.claim.text]
    assert item.verdict.agrees and str(item.verdict.text) == "emended"


def test_the_nearest_place_does_not_cut_a_corrected_word(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    record = book.path("source_speeches/river.toml")
    record.write_text(record.read_text(encoding="utf-8") + CORRECTED, encoding="utf-8")
    assert book.handbook("find", "绳索每季换一次，救生的竹") == 1
    assert "救生的竹〔木〕筏" in capsys.readouterr().out


def test_the_folder_that_conf_py_names_is_searched(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.path("source_speeches").rename(book.path("archive"))
    assert book.handbook("find", "绳索每月换一次") == 2
    book.write("conf.py", book.path("conf.py").read_text(encoding="utf-8") + 'speeches_archive = "archive"\n')
    assert book.handbook("find", "绳索每月换一次") == 0
    assert book.handbook("terms", "--least", "1") == 0
    capsys.readouterr()
    book.write("conf.py", book.path("conf.py").read_text(encoding="utf-8") + 'speeches_archive = "arch" + "ive"\n')
    assert book.handbook("find", "绳索每月换一次") == 2
    assert "不要算出来" in capsys.readouterr().err
