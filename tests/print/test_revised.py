"""handbook revised: what somebody changed in the Word file, by chapter and line, quotations first; nothing is applied."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from handbook import main

Tell = Callable[[Callable[[Docx], object]], list[dict[str, Any]]]


@pytest.fixture
def tell(word: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """``tell(edit)``: what is told of the file after somebody's edit."""

    def run(edit: Callable[[Docx], object]) -> list[dict[str, Any]]:
        document = Document(str(word / "out/handbook.docx"))
        edit(document)
        document.save(str(tmp_path / "改过.docx"))
        status = main(["revised", str(tmp_path / "改过.docx"), "--json", "--root", str(word / "source")])
        found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        assert status == (1 if found else 0)
        return found

    return run


def test_words_struck_out_by_hand_are_told_as_deleted(tell: Tell) -> None:
    """A leader without 修订 strikes them out with the button."""

    def strike(document: Docx) -> None:
        for run in find(document, "办公室工作无小事").runs:
            run.font.strike = True

    told = tell(strike)
    assert (
        len(told) == 1
        and told[0]["kind"] == tell(lambda document: _remove(find(document, "办公室工作无小事")))[0]["kind"]
    )


def _remove(paragraph: Paragraph) -> None:
    paragraph._p.getparent().remove(paragraph._p)


def test_it_follows_the_folders_of_conf_py(word: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Read without a build: the archive and the lock where this book has them, the usual places empty."""
    root = tmp_path / "book"
    shutil.copytree(word / "source", root)
    (root / "source_speeches").rename(root / "讲话")
    conf = root / "conf.py"
    more = 'speeches_archive = "讲话"\nspeeches_lock = "核对记录.lock"\n'
    conf.write_text(f"{conf.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")
    document = Document(str(word / "out/handbook.docx"))
    put("办公室工作无小事", "办公室工作有小事")(document)
    document.save(str(tmp_path / "改过.docx"))
    assert main(["revised", str(tmp_path / "改过.docx"), "--root", str(root)]) == 1
    told = capsys.readouterr()
    assert "存档文本" in told.out and not told.err
    (root / "核对记录.lock").write_text("no lock", encoding="utf-8")
    assert main(["revised", str(tmp_path / "改过.docx"), "--root", str(root)]) == 2
    assert "核对记录.lock" in capsys.readouterr().err


def find(document: Docx, words: str) -> Paragraph:
    """The first paragraph, of cells too but not of 目录, that holds these words."""
    paragraphs = (
        e for block in document.element.body if block.tag != qn("w:sdt") for e in [block, *block.iter(qn("w:p"))]
    )
    return next(p for e in paragraphs if e.tag == qn("w:p") and words in (p := Paragraph(e, document)).text)


def put(old: str, new: str) -> Callable[[Docx], None]:
    """An edit that nobody tracked."""

    def edit(document: Docx) -> None:
        run = next(r for r in find(document, old).runs if old in r.text)
        run.text = run.text.replace(old, new, 1)

    return edit


def track(old: str, new: str) -> Callable[[Docx], None]:
    """The same edit with 修订 on."""

    def edit(document: Docx) -> None:
        run = next(r for r in find(document, old).runs if old in r.text)
        before, after = run.text.split(old, 1)
        parts = []
        for text, tag, word_tag in (
            (before, "", "w:t"),
            (old, "w:del", "w:delText"),
            (new, "w:ins", "w:t"),
            (after, "", "w:t"),
        ):
            piece = deepcopy(run._r)
            for child in piece.findall(qn("w:t")):
                piece.remove(child)
            words = OxmlElement(word_tag)
            words.text = text
            piece.append(words)
            if tag:
                change = OxmlElement(tag, attrs={qn("w:id"): "1", qn("w:author"): "王主任"})
                change.append(piece)
                piece = change
            parts.append(piece)
        for part in parts:
            run._r.addprevious(part)
        run._r.getparent().remove(run._r)

    return edit


def line(word: Path, path: str, words: str) -> int:
    text = (word / "source" / path).read_text(encoding="utf-8").split("\n")
    return next(number for number, one in enumerate(text, 1) if words in one)


def test_nothing_is_told_of_a_file_that_is_as_it_was(tell: Tell) -> None:
    assert tell(lambda document: None) == []


def test_page_numbers_that_a_program_worked_out_are_no_change(tell: Tell) -> None:
    def fill(document: Docx) -> None:
        for words in document.element.body.iter(qn("w:t")):
            if words.text == "…":
                words.text = "12"

    assert tell(fill) == []


@pytest.mark.parametrize("edit", [put, track])
def test_a_word_of_the_prose(edit: Callable[..., Any], tell: Tell, word: Path) -> None:
    (told,) = tell(edit("重要性在此", "要害在此"))
    assert (told["kind"], told["path"], told["before"], told["after"]) == (
        "change",
        "chapters/two.md",
        "重要性在此。",
        "要害在此。",
    )
    assert told["line"] in [
        n
        for n, one in enumerate((word / "source/chapters/two.md").read_text(encoding="utf-8").split("\n"), 1)
        if "重要性在此" in one
    ]
    assert (told["tracked"], told["by"]) == ((True, ["王主任"]) if edit is track else (False, []))


@pytest.mark.parametrize("edit", [put, track])
def test_a_revised_excerpt_comes_first_with_the_archived_words(
    edit: Callable[..., Any], tell: Tell, word: Path
) -> None:
    def both(document: Docx) -> None:
        put("说明见", "说明请看")(document)
        edit("工作无小事。位臵", "工作有小事。位臵")(document)

    first, second = tell(both)
    assert (first["kind"], first["quotation"], first["path"]) == ("quotation", "q.one", "chapters/one.md")
    assert first["line"] == line(word, "chapters/one.md", "办公室工作无小事。位臵〔置〕")
    assert first["verdict"]["pass"] is False and "办公室工作无小事" in first["verdict"]["nearest"]["text"]
    assert (second["kind"], second["path"]) == ("change", "chapters/preface.md")


def test_a_quotation_in_a_sentence_is_told_as_such_and_words_beside_it_are_not(tell: Tell) -> None:
    (inside,) = tell(put("工作无小事", "工作有小事"))
    assert inside["kind"] == "quotation" and inside["quotation"].startswith("iq.")
    assert (inside["before"], inside["after"]) == ("“工作无小事”", "“工作有小事”")
    (beside,) = tell(put("办公室常说", "办公室里常常说"))
    assert beside["kind"] == "change"


def test_an_excerpt_that_was_struck_out_is_one_change(tell: Tell) -> None:
    def drop(document: Docx) -> None:
        for words in ("摘录1-1", "办公室工作无小事。位臵", "——《在办公室的讲话》"):
            paragraphs = [p for p in document.paragraphs if p.text.startswith(words)]
            paragraphs[0]._p.getparent().remove(paragraphs[0]._p)

    (told,) = tell(drop)
    assert (told["kind"], told["quotation"], told["after"]) == ("quotation", "q.one", "")


def test_paragraphs_added_dropped_and_moved(tell: Tell) -> None:
    (added,) = tell(lambda d: find(d, "本章完").insert_paragraph_before("各科室要对照检查，逐条整改。"))
    assert (added["change"], added["path"], added["after"]) == ("增", "chapters/one.md", "各科室要对照检查，逐条整改。")

    def drop(document: Docx) -> None:
        paragraph = find(document, "下面一段")._p
        paragraph.getparent().remove(paragraph)

    (dropped,) = tell(drop)
    assert (dropped["change"], dropped["before"]) == ("删", "下面一段：")

    def move(document: Docx) -> None:
        find(document, "办公室常说")._p.addprevious(find(document, "本章完")._p)

    (moved,) = tell(move)
    assert (moved["change"], moved["before"]) == ("移", "本章完。")


def test_a_paragraph_that_was_parted_has_no_other_words(tell: Tell) -> None:
    def part(document: Docx) -> None:
        paragraph = find(document, "说明见定位")
        again = deepcopy(paragraph._p)
        paragraph._p.addnext(again)
        for run in list(paragraph._p.iter(qn("w:r")))[-3:]:
            run.getparent().remove(run)
        for run in list(again.iter(qn("w:r")))[:-3]:
            run.getparent().remove(run)

    (parted,) = tell(part)
    assert (parted["change"], parted["before"].replace("\n", "")) == ("分", parted["after"].replace("\n", ""))


def test_cells_notes_and_headings(tell: Tell) -> None:
    (cell,) = tell(put("核对文件", "核实文件"))
    assert (cell["kind"], cell["path"]) == ("change", "chapters/one.md")
    (heading,) = tell(put("第3节", "第三节"))
    assert heading["before"] == "三、第3节" and heading["path"] == "chapters/two.md"

    def note(document: Docx) -> None:
        part = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/footnotes"))
        part._blob = part.blob.replace("甲注".encode(), "甲注解".encode())

    (told,) = tell(note)
    assert (told["before"], told["after"], told["path"]) == ("甲注。", "甲注解。", "chapters/preface.md")


def test_comments_are_listed_with_their_place(tell: Tell, word: Path) -> None:
    def comment(document: Docx) -> None:
        paragraph = find(document, "本章完")
        document.add_comment(paragraph.runs[0], text="这一章太短", author="王主任", initials="王")

    (told,) = tell(comment)
    assert (told["kind"], told["comment"], told["by"], told["words"]) == (
        "comment",
        "这一章太短",
        ["王主任"],
        "本章完。",
    )
    assert (told["path"], told["line"]) == ("chapters/one.md", line(word, "chapters/one.md", "本章完"))


def test_any_one_character_is_told_with_its_file(tell: Tell, word: Path) -> None:
    """Forty characters at random; those of quotations as quotations."""
    rng = random.Random(15)
    document = Document(str(word / "out/handbook.docx"))
    runs = [
        p
        for p in document.paragraphs
        if re.match("[\u4e00-\u9fff]{3}", p.text) and not p.style.name.startswith(("toc", "TOC"))
    ]
    for _ in range(40):
        words = rng.choice(runs).text
        places = [at for at, c in enumerate(words) if "一" <= c <= "鿿" and c != "…"]
        at = rng.choice(places)

        def edit(document: Docx, words: str = words, at: int = at) -> None:
            paragraph = next(p for p in document.paragraphs if p.text == words)
            for run in paragraph.iter_inner_content():
                for one in getattr(run, "runs", [run]):
                    nonlocal_at = at - edit.passed  # type: ignore[attr-defined]
                    if 0 <= nonlocal_at < len(one.text):
                        one.text = one.text[:nonlocal_at] + "面" + one.text[nonlocal_at + 1 :]
                    edit.passed += len(one.text)  # type: ignore[attr-defined]

        edit.passed = 0  # type: ignore[attr-defined]
        told = tell(edit)
        assert len(told) == 1, (words, at, told)


def test_it_is_told_in_words_and_the_book_is_left_alone(
    word: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {
        path: hashlib.sha256(path.read_bytes()).hexdigest() for path in (word / "source").rglob("*") if path.is_file()
    }
    document = Document(str(word / "out/handbook.docx"))
    put("工作无小事。位臵", "工作有小事。位臵")(document)
    put("本章完", "本章到此完")(document)
    document.save(str(tmp_path / "改过.docx"))
    assert main(["revised", str(tmp_path / "改过.docx"), "--root", str(word / "source")]) == 1
    said = capsys.readouterr().out
    assert said.index("引文改动了（q.one") < said.index("文字改动了")
    for words in (
        "书稿是：办公室工作无小事",
        "改成了：办公室工作有小事",
        "与存档文本不符",
        "存档文本：",
        "引文改动1处，其他改动1处，批注0条",
    ):
        assert words in said
    assert "加上了“到此”" in said
    after = {
        path: hashlib.sha256(path.read_bytes()).hexdigest() for path in (word / "source").rglob("*") if path.is_file()
    }
    assert after == before


def test_files_that_cannot_be_compared(word: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "别的.docx"
    document = Document()
    document.add_paragraph("别的稿子")
    document.save(str(other))
    (tmp_path / "加密.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "稿.txt").write_text("稿", encoding="utf-8")
    for name, told in (
        ("别的.docx", "--original"),
        ("加密.docx", "密码"),
        ("坏.docx", "损坏"),
        ("稿.txt", "docx"),
        ("没有.docx", "找不到"),
    ):
        assert main(["revised", str(tmp_path / name), "--root", str(word / "source")]) == 2
        assert told in capsys.readouterr().err
    # Where a program left the record out when it saved, the file as it was handed out says the same.
    stripped = Document(str(word / "out/handbook.docx"))
    put("本章完", "本章到此完")(stripped)
    for name in [name for name, rel in stripped.part.rels.items() if rel.reltype.endswith("/customXml")]:
        del stripped.part.rels[name]
    stripped.save(str(tmp_path / "少了.docx"))
    given = ["--original", str(word / "out/handbook.docx"), "--root", str(word / "source")]
    assert main(["revised", str(tmp_path / "少了.docx"), "--json", *given]) == 1
    assert json.loads(capsys.readouterr().out)[0]["after"] == "本章到此完。"
