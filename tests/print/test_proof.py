"""付印前核对: true files pass; whatever is added, lost, changed or moved in the PDF is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from printing import FONTS

from handbook.proof import Expected, Proof, check_pdf
from handbook.proof.align import align
from handbook.proof.expected import Piece
from speeches.core.prose.reading import BlockKind, RunKind
from speeches.core.source.archive import Archive
from zhprint.reading import ReadingError, read_pdf, squeeze

Items = list[dict[str, Any]]
Table = dict[str, list[Any]]
Change = tuple[str, str]


@pytest.fixture
def prove(expected: Expected, items: Items, book_archive: Archive) -> Callable[[Path], Proof]:
    return lambda file: check_pdf(file, expected, items, book_archive)


def test_a_true_book_passes_and_every_quotation_has_its_page(
    book: Path, prove: Callable[[Path], Proof], items: Items
) -> None:
    proof = prove(book / "out/handbook.pdf")
    assert proof.problems == []
    assert proof.quotations == len(items) == 4
    assert proof.pages["q.one"][0] == "1"
    assert set(proof.pages) == {item["id"] for item in items}
    assert proof.numbers > 10 and proof.runs > 60


def _set_again(book: Path, folder: Path, change: Callable[[str, Table], str]) -> Path:
    """The book set once more from altered source or an altered table of pages, as a fault of the program would: its PDF."""
    import typst

    for file in (book / "out").iterdir():
        if file.suffix in (".typ", ".json"):
            (folder / file.name).write_bytes(file.read_bytes())
    source, table = folder / "handbook.typ", folder / "pages.json"
    places = json.loads(table.read_text(encoding="utf-8"))
    source.write_text(change(source.read_text(encoding="utf-8"), places["places"]), encoding="utf-8")
    table.write_text(json.dumps(places), encoding="utf-8")
    target = folder / "tampered.pdf"
    target.write_bytes(typst.compile(str(source), font_paths=[str(FONTS)], ignore_system_fonts=True))
    return target


def test_the_book_set_again_without_a_change_passes(book: Path, prove: Callable[[Path], Proof], tmp_path: Path) -> None:
    assert prove(_set_again(book, tmp_path, lambda source, _: source)).problems == []


_PAPER: dict[str, Change] = {
    "a character of an excerpt": ("办公室工作无小事。位臵", "办公室工作有小事。位臵"),
    "an omission mark": ("要摆正……都要", "要摆正都要"),
    "an editorial mark": ("〔置〕", "〔致〕"),
    "a quotation in a sentence": ("工作无小事”，再说", "工作无大事”，再说"),
    "a second equal quotation in a sentence": ("再说“工作无小事”", "再说“工作有小事”"),
    "the tail of an excerpt": ("一件一件办好", "一件一件办"),
    "a word before a quotation": ("办公室常说", "办公室不常说"),
    "a word after a quotation": ("，再说", "，不再说"),
    "words before an excerpt": ("办公室工作无小事。位臵", "谁都不要说办公室工作无小事。位臵"),
    "words after an excerpt": ("都要认真。", "都要认真。才怪。"),
    "the source of an excerpt": ("《在办公室的讲话》", "《另一篇讲话》"),
    "the number of an excerpt": ("[1\\-1])", "[1\\-7])"),
    "a heading": ("第3节", "第三节"),
    "a word of the prose": ("会议、接待都在里面。这一段", "会议、接待不在里面。这一段"),
    "a paragraph that is lost": ("重要性在此。", ""),
    "a paragraph that is added": ("本章完。", "本章完。讲话人后来说这话不对。"),
    "a cell of a table": ("[#hei[甲]], [#hei[乙]]", "[#hei[甲]], [#hei[丙]]"),
    "a caption": ("一张表", "两张表"),
    "a label of a tab": ("标签甲", "标签乙"),
    "the title of a card": ("卡片甲", "卡片丙"),
    "the words of a card": ("内容乙，长一些。", "内容乙。"),
    "a footnote": ("甲注。", "丙注。"),
    "an item of a checklist": ("核对文件", "不核对文件"),
    "the words of a link": ("说明见", "说明不见"),
    "code": ('raw("code")', 'raw("core")'),
    "the title in the imprint": ('"书名", "小册子"', '"书名", "大册子"'),
    "a line of the imprint": ('("编印单位", "某办公室")', '("编印单位", "另一办公室")'),
    "punctuation": ("要摆正……都要认真。", "要摆正……都要认真，"),
}


@pytest.mark.parametrize("name", _PAPER)
def test_whatever_is_changed_on_paper_is_told(
    book: Path, prove: Callable[[Path], Proof], tmp_path: Path, name: str
) -> None:
    old, new = _PAPER[name]

    def change(source: str, _: Table) -> str:
        assert old in source
        return source.replace(old, new, 1)

    file = _set_again(book, tmp_path, change)
    before, after = ([(p.text, p.head) for p in read_pdf(f).pages] for f in (book / "out/handbook.pdf", file))
    assert before != after, "the change must reach the paper"
    assert prove(file).problems


def test_an_excerpt_under_another_heading_is_told(book: Path, prove: Callable[[Path], Proof], tmp_path: Path) -> None:
    def change(source: str, _: Table) -> str:
        start = source.rindex("#excerpt(")
        end = source.index("\n", start)
        target = source.index("重要性在此。")
        return source[:target] + source[start:end] + "\n\n" + source[target:start] + source[end:]

    problems = prove(_set_again(book, tmp_path, change)).problems
    assert any("多了书稿里没有的文字" in problem for problem in problems)


@pytest.mark.parametrize(
    "furniture",
    [
        "#place(top + left, dy: -20mm)[谁都不要信]",
        "#place(bottom + left, dy: 22mm)[谁都不要信]",
        "#quote(block: true)[摘录1-9谁都不要信——《在办公室的讲话》正文]",
    ],
    ids=["above the text", "below the text", "what looks like an excerpt"],
)
def test_what_stands_in_the_margin_or_looks_like_an_excerpt_is_told(
    book: Path, prove: Callable[[Path], Proof], tmp_path: Path, furniture: str
) -> None:
    def change(source: str, _: Table) -> str:
        at = source.index("本章完。")
        return f"{source[:at]}{furniture} {source[at:]}"

    assert any("谁都不要信" in problem for problem in prove(_set_again(book, tmp_path, change)).problems)


@pytest.mark.parametrize(
    ("label", "where"),
    [("chapters/one:q.one", "页：“"), ("chapters/two:id4", "页（目录）：“"), ("ix:3", "页（主题索引）：“")],
)
def test_a_wrong_page_number_fails(
    book: Path, prove: Callable[[Path], Proof], tmp_path: Path, label: str, where: str
) -> None:
    true: list[str] = []

    def change(source: str, places: Table) -> str:
        true.append(places[label][0])
        places[label][0] = str(int(places[label][0]) + 1)
        return source

    problems = prove(_set_again(book, tmp_path, change)).problems
    assert any(
        f"印的页码是{int(true[0]) + 1}，实际在{true[0]}。" in problem and where in problem for problem in problems
    )


def test_a_report_that_the_archive_contradicts_fails(
    book: Path, expected: Expected, items: Items, book_archive: Archive
) -> None:
    items[0] = {**items[0], "fragments": [{"start": 0, "end": 3}]}
    problems = check_pdf(book / "out/handbook.pdf", expected, items, book_archive).problems
    assert any("讲话库" in problem for problem in problems)


def test_a_list_that_is_not_found_fails(book: Path, expected: Expected, items: Items, book_archive: Archive) -> None:
    """An index under another name than conf.py says: its page numbers would go unchecked."""
    lists = ("目录", "词语索引")
    (problem,) = check_pdf(book / "out/handbook.pdf", expected, items, book_archive, lists=lists).problems
    assert "没有找到“词语索引”" in problem


def test_a_quotation_that_is_in_no_report_fails(
    book: Path, expected: Expected, items: Items, book_archive: Archive
) -> None:
    older = [item for item in items if item["id"] != "q.one"]
    (problem,) = check_pdf(book / "out/handbook.pdf", expected, older, book_archive).problems
    assert "没有人核对过" in problem and "q.one" in problem


def test_a_pdf_of_another_text_is_told(book: Path, expected: Expected, items: Items, book_archive: Archive) -> None:
    proof = check_pdf(book / "out/handbook.pdf", expected, items, book_archive, fingerprint="f" * 64)
    assert any("不是照现在的书稿排的" in problem for problem in proof.problems)


# Reading and aligning --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", "不是 PDF".encode("gbk")])
def test_a_file_that_is_no_pdf_is_told(prove: Callable[[Path], Proof], tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "handbook.pdf"
    file.write_bytes(content)
    with pytest.raises(ReadingError, match=r"handbook.pdf 读不懂"):
        prove(file)


def test_squeeze_takes_white_space_alone() -> None:
    assert squeeze("甲 乙\n丙\u3000，。……——") == "甲乙丙，。……——"


def _piece(text: str, kind: RunKind = RunKind.TEXT, row: int = -1) -> Piece:
    return Piece(text, kind, BlockKind.PROSE, "a.md:1", table=("a.md", 0) if row >= 0 else ("", -1), row=row)


@pytest.mark.parametrize(
    ("read", "wanted", "got"),
    [
        ("甲乙丙丁，春夏秋冬。", [], []),
        ("甲乙丙丁，春夏秋。", ["冬"], [""]),
        ("甲乙丙丁，春夏不秋冬。", [""], ["不"]),
        ("春夏秋冬。甲乙丙丁，", ["", "甲乙丙丁，"], ["春夏秋冬。", ""]),
        ("甲乙丙丁，春夏秋冬。完", [""], ["完"]),
    ],
)
def test_the_smallest_difference_is_shown(read: str, wanted: list[str], got: list[str]) -> None:
    found = align([_piece("甲乙丙丁，"), _piece("春夏秋冬。")], read).differences
    if read.startswith("春"):
        assert found
        return
    assert [d.wanted for d in found] == wanted and [d.got for d in found] == got


def test_a_page_number_follows_a_reference_and_nothing_else() -> None:
    assert not align([_piece("见"), _piece("作风", RunKind.LINK), _piece("。")], "见作风（第12页）。").differences
    assert align([_piece("见"), _piece("作风"), _piece("。")], "见作风（第12页）。").differences


def test_the_head_of_a_table_is_repeated_at_the_top_of_a_page_only() -> None:
    pieces = [_piece("名", row=0), _piece("甲甲甲甲甲甲", row=1), _piece("乙乙乙乙乙乙", row=2)]
    heads = {("a.md", 0): "名"}
    assert not align(pieces, "名甲甲甲甲甲甲名乙乙乙乙乙乙", (0, 7), heads).differences
    assert not align(pieces, "名甲甲甲名甲甲甲乙乙乙乙乙乙", (0, 4), heads).differences
    assert align(pieces, "名甲甲甲甲甲甲名乙乙乙乙乙乙", (0,), heads).differences
