"""讲稿.核对.docx: the same document, one comment on each quotation's own words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from making import Made, footnote, quote_in_runs, random_draft, text_box, tracked

from handbook import main
from speeches.core.source.archive import Archive
from support import DATA
from wordxml import faults

SOURCES = DATA / "quotebench" / "sources"
_COMMENTING = {qn(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd", "commentReference")}


def annotate(path: Path, *more: str) -> Path:
    main(["verify", str(path), "--archive", str(SOURCES), "--comments", *more])
    return path.with_name(f"{path.stem}.核对.docx")


def characters(path: Path) -> list[tuple[str, bytes, tuple[str, ...]]]:
    """Every character of the body with its formatting and what encloses it: what must not change."""
    body = Document(str(path)).element.body
    found = []
    for run in body.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        look = etree.tostring(properties, method="c14n") if properties is not None else b""
        around = tuple(e.tag for e in run.iterancestors())
        for node in run:
            if node.tag not in _COMMENTING and node.tag != qn("w:rPr"):
                text = node.text or "" if node.tag in (qn("w:t"), qn("w:delText")) else f"<{node.tag}>"
                found += [(c, look, around) for c in (text if not text.startswith("<{") else [text])]
    return found


def commented(path: Path) -> dict[str, str]:
    """Words inside each comment's range → the comment."""
    document = Document(str(path))
    texts = {str(comment.comment_id): comment.text for comment in document.comments}
    found, open_ones = {}, {}
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_ones[element.get(qn("w:id"))] = ""
        elif element.tag in (qn("w:t"), qn("w:delText")):
            open_ones = {key: words + (element.text or "") for key, words in open_ones.items()}
        elif element.tag == qn("w:commentRangeEnd"):
            found[open_ones.pop(element.get(qn("w:id")))] = texts[element.get(qn("w:id"))]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_nothing_but_comments_is_added(tmp_path: Path, bench_archive: Archive, seed: int) -> None:
    draft = random_draft(bench_archive, seed).save(tmp_path / "讲稿.docx")
    annotated = annotate(draft)
    assert characters(annotated) == characters(draft)
    assert faults(annotated) == []
    with zipfile.ZipFile(draft) as before, zipfile.ZipFile(annotated) as after:
        for name in before.namelist():
            if (
                name.startswith("word/")
                and name.endswith(".xml")
                and name not in ("word/document.xml", "word/comments.xml")
            ):
                same = [etree.tostring(etree.fromstring(p.read(name)), method="c14n") for p in (before, after)]
                assert same[0] == same[1], name


def test_a_comment_covers_the_quotations_own_words(tmp_path: Path) -> None:
    import random

    made = Made()
    paragraph = made.docx.add_paragraph("常说“")
    words = "一是要时刻保持敬畏的状态。"
    quote_in_runs(paragraph, words, random.Random(1))
    paragraph.add_run("”，又说“办公室工作有大事情”。")
    annotated = annotate(made.save(tmp_path / "稿.docx"))
    told = commented(annotated)
    assert told[words].startswith("一致")
    assert told["办公室工作有大事情"].split("：")[0] in ("与存档文本不符", "查无此文")
    assert "怎么办" in told["办公室工作有大事情"]


def test_both_versions_of_a_tracked_change_are_told(tmp_path: Path) -> None:
    made = Made()
    right = "一是要时刻保持敬畏的状态。"
    paragraph = made.docx.add_paragraph("要求“")
    tracked(paragraph, right, right.replace("状态", "心态"))
    paragraph.add_run("”。")
    annotated = annotate(made.save(tmp_path / "稿.docx"))
    assert sorted(comment.text.split("：")[0] for comment in Document(str(annotated)).comments) == [
        "一致（原稿）",
        "与存档文本不符（改后）",
    ]


def test_words_in_notes_and_boxes_are_told_where_the_reader_meets_them(tmp_path: Path) -> None:
    made = Made()
    footnote(made, made.docx.add_paragraph("正文。"), "参见“一是要时刻保持敬畏的心态。”")
    text_box(made.docx.add_paragraph("看图："), "“一是要时刻保持敬畏的姿态。”")
    annotated = annotate(made.save(tmp_path / "稿.docx"))
    texts = [comment.text for comment in Document(str(annotated)).comments]
    assert sorted(("脚注1" in text, "文本框1" in text) for text in texts) == [(False, True), (True, False)]
    assert all("与存档文本不符" in text for text in texts)


def test_comments_that_were_there_stay(tmp_path: Path) -> None:
    made = Made()
    paragraph = made.docx.add_paragraph("要求“一是要时刻保持敬畏的心态。”")
    made.docx.add_comment(paragraph.runs[0], text="请再想想", author="李主任", initials="李")
    annotated = annotate(made.save(tmp_path / "稿.docx"))
    assert [(c.author, c.text.split("：")[0]) for c in Document(str(annotated)).comments] == [
        ("李主任", "请再想想"), ("引文核对", "与存档文本不符"),
    ]  # fmt: skip


def test_the_draft_itself_is_not_touched(tmp_path: Path, bench_archive: Archive) -> None:
    draft = random_draft(bench_archive, 3).save(tmp_path / "讲稿.docx")
    before = draft.read_bytes()
    assert annotate(draft).is_file() and draft.read_bytes() == before
    assert main(["verify", str(draft), "--archive", str(SOURCES), "--comments", "--out", str(draft)]) == 2
    assert draft.read_bytes() == before
