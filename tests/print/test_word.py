"""handbook.docx: the printed book as a Word file, read back to the last character, the same bytes from the same book."""

from __future__ import annotations

import json
import random
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from printing import ROOT, build

from handbook.building import verified
from handbook.proof import Expected, Proof, expect
from handbook.proof.word import check_word
from revision.compare import Kind, compare
from revision.read import read_revision
from speeches.core.source.archive import Archive, load_archive
from speeches.core.source.folding import fold
from speeches.core.source.speech import RestrictionKind
from support import need
from wordxml import faults

Change = tuple[str, str, str]
Prove = Callable[[Path], Proof]
_T = qn("w:t")


@pytest.fixture(scope="module")
def expected(word: Path) -> Expected:
    app, _ = verified(word / "source", word / "verify-again", word / "doctrees-again", quiet=True)
    return expect(app)


@pytest.fixture(scope="module")
def prove(word: Path, expected: Expected) -> Prove:
    items = json.loads((word / "verify/report.json").read_text(encoding="utf-8"))["excerpts"]
    archive = load_archive(word / "source/source_speeches")
    return lambda file: check_word(file, expected, items, archive, unlisted="附录")


def test_a_true_file_passes(word: Path, prove: Prove) -> None:
    proof = prove(word / "out/handbook.docx")
    assert proof.problems == []
    assert proof.quotations == 4 and proof.runs > 60 and proof.numbers > 10


def test_the_same_book_gives_the_same_bytes(word: Path, tmp_path: Path) -> None:
    build(word / "source", tmp_path / "out", builder="docx", PYTHONHASHSEED="7")
    assert (tmp_path / "out/handbook.docx").read_bytes() == (word / "out/handbook.docx").read_bytes()


def altered(file: Path, target: Path, part: str, change: Callable[[str], str]) -> Path:
    """The file with one part changed."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                new = change(data.decode("utf-8"))
                assert new != data.decode("utf-8"), part
                data = new.encode("utf-8")
            out.writestr(name, data)
    return target


_BODY, _NOTES = "word/document.xml", "word/footnotes.xml"
_RUN = '<w:r><w:t xml:space="preserve">'
_CHANGES: dict[str, Change] = {
    "a character of an excerpt": (_BODY, "办公室工作无小事。位臵", "办公室工作有小事。位臵"),
    "an omission mark": (_BODY, "……都要", "都要"),
    "an editorial mark": (_BODY, "〔置〕", "〔致〕"),
    "the number of an excerpt": (_BODY, ">摘录1-1</w:t></w:r></w:p>", ">摘录1-7</w:t></w:r></w:p>"),
    "the source of an excerpt": (_BODY, "《在办公室的讲话》", "《另一篇讲话》"),
    "a heading": (_BODY, "第3节", "第三节"),
    "a line of 目录": (_BODY, ">编写说明</w:t></w:r><w:r><w:tab/>", ">编写说名</w:t></w:r><w:r><w:tab/>"),
    "a word of the cover": (_BODY, "某办公室", "某某办公室"),
    "a term of the index": (_BODY, ">重要性</w:t></w:r><w:r><w:tab/>", ">次要性</w:t></w:r><w:r><w:tab/>"),
    "a paragraph that is struck out": (_BODY, ">重要性在此。</w:t>", "></w:t>"),
    "words that are hidden": (_BODY, '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">本章完。',
                              '<w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">本章完。'),
    "a tracked deletion": (_BODY, "<w:t xml:space=\"preserve\">本章完。</w:t>", "<w:delText>本章完。</w:delText>"),
    "a footnote": (_NOTES, "甲注", "乙乙"),
    "a running head": ("word/header1.xml", "小册子", "大册子"),
    "the title of the file": ("docProps/core.xml", "小册子", "大册子"),
    "a link that leads to nothing": (_BODY, 'w:name="_b', 'w:name="_x'),
    "where a paragraph comes from": ("customXml/item1.xml", "本章完。", "本章没完。"),
}  # fmt: skip


@pytest.mark.parametrize("name", _CHANGES)
def test_a_change_is_told(name: str, word: Path, prove: Prove, tmp_path: Path) -> None:
    part, old, new = _CHANGES[name]
    replace_all = "leads to nothing" in name
    made = altered(
        word / "out/handbook.docx",
        tmp_path / "changed.docx",
        part,
        lambda xml: xml.replace(old, new, -1 if replace_all else 1),
    )
    assert prove(made).problems


def test_any_one_character_is_told(word: Path, prove: Prove, tmp_path: Path) -> None:
    """A hundred single characters at random, of everything that a reader sees, each changed, dropped or doubled."""
    rng = random.Random(15)
    file = word / "out/handbook.docx"
    with zipfile.ZipFile(file) as package:
        xml = package.read(_BODY).decode("utf-8")
    spots = [match.start(1) + at for match in re.finditer(r"<w:t [^>]*>([^<]*)</w:t>", xml)
             for at, c in enumerate(match.group(1)) if not c.isspace() and c not in "&;…" and not re.match("&[a-z]*;", match.group(1)[at - 4:])]  # fmt: skip
    missed = []
    for number, spot in enumerate(rng.sample(spots, 100)):
        new = ("面" if xml[spot] != "面" else "背", "", xml[spot] * 2)[number % 3]
        made = altered(file, tmp_path / "one.docx", _BODY, lambda xml, at=spot, new=new: xml[:at] + new + xml[at + 1 :])  # type: ignore[misc]
        if not prove(made).problems:
            missed.append(xml[spot - 60 : spot + 20])
    assert not missed


def test_styles_are_real_ones(word: Path) -> None:
    """Headings by Word's own names, so that its navigation, its 目录 and a reader's changes of style work."""
    document = Document(str(word / "out/handbook.docx"))
    said = {p.text: p.style.name for p in document.paragraphs if p.style}
    assert said["第一章　定位"] == "Heading 1" and said["一、第1节"] == "Heading 2"
    assert said["摘录1-1"] == "摘录编号"
    assert next(name for text, name in said.items() if text.startswith("办公室工作无小事。")) == "摘录"
    assert next(name for text, name in said.items() if text.startswith("——《在办公室的讲话》")) == "摘录出处"
    faces = {style.name: style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia"))
             for style in document.styles if style.name in ("Normal", "摘录", "Heading 2", "表格文字")}  # fmt: skip
    assert faces == {"Normal": "仿宋", "摘录": "楷体", "Heading 2": "黑体", "表格文字": "宋体"}
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "甲")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    body = document.element.body
    assert any("TOC" in (code.text or "") for code in body.iter(qn("w:instrText")))
    page = body.findall(f".//{qn('w:pgSz')}")[0]
    assert (page.get(qn("w:w")), page.get(qn("w:h"))) == ("11906", "16838")


def test_libreoffice_opens_it_and_what_it_saves_has_the_same_words(word: Path, tmp_path: Path) -> None:
    """Every paragraph is there, the pages of references are worked out, and no change is told of a file that was only saved."""
    soffice = need("soffice")
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
               "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved"), str(word / "out/handbook.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    saved = tmp_path / "saved/handbook.docx"
    said = "\n".join(p.text for p in Document(str(saved)).paragraphs)
    assert "办公室工作无小事。位臵〔置〕要摆正……都要认真。" in said and "说明见定位（第1页）" in said
    revision = read_revision(saved)
    # It parts a paragraph that runs on from the first page of a section that opens on the right.
    assert {change.kind for change in compare(revision).changes} <= {Kind.PARTED} and len(revision.lines) > 60


def test_word_finds_nothing_damaged(word: Path) -> None:
    assert faults(word / "out/handbook.docx") == []


_DAMAGE: dict[str, Change] = {
    "pPr is out of order": (_BODY, "<w:pPr>", '<w:pPr><w:jc w:val="left"/>'),
    "settings is out of order": ("word/settings.xml", '<w:zoom w:percent="100"/><w:mirrorMargins/>', '<w:mirrorMargins/><w:zoom w:percent="100"/>'),
    "is not there": (_BODY, '<w:hyperlink w:anchor="_b', '<w:hyperlink w:anchor="_x'),
    "a cell does not end in a paragraph": (_BODY, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"),
    "rId5 is there twice": ("word/_rels/document.xml.rels", 'Id="rId6"', 'Id="rId5"'),
    "bookmark 1 never ends": (_BODY, '<w:bookmarkEnd w:id="1"/>', ""),
    "a field never ends": (_BODY, '<w:fldChar w:fldCharType="end"/>', ""),
    "content type of /word/none.xml": ("[Content_Types].xml", "/word/styles.xml", "/word/none.xml"),
}  # fmt: skip


@pytest.mark.parametrize("told", _DAMAGE)
def test_damage_would_be_found(told: str, word: Path, tmp_path: Path) -> None:
    """So that the test above says something."""
    part, old, new = _DAMAGE[told]
    made = altered(word / "out/handbook.docx", tmp_path / "bad.docx", part, lambda xml: xml.replace(old, new, 1))
    assert any(told in fault for fault in faults(made))


def test_the_book_itself_is_true_and_holds_nothing_withheld(
    real_expected: Callable[[], Expected], real_items: list[Any], archive: Archive, tmp_path: Path
) -> None:
    """The handbook of the tree: every run, every link, and no word of any part of the file that must not leave the office."""
    build(ROOT, tmp_path / "out", builder="docx")
    file = tmp_path / "out/handbook.docx"
    assert faults(file) == []
    proof = check_word(file, real_expected(), real_items, archive, unlisted="附录")
    assert proof.problems == []
    assert proof.quotations == len(real_items) > 200 and proof.runs > 4000 and proof.numbers > 1000
    withheld = {
        fold(speech.text[r.span.start : r.span.end]).text
        for speech in archive
        for r in speech.restrictions
        if r.kind is RestrictionKind.WITHHOLD
    }
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            said = fold(re.sub("<[^>]*>", "", package.read(name).decode("utf-8", errors="replace"))).text
            assert [words for words in withheld if len(words) > 3 and words in said] == [], name
    assert withheld
