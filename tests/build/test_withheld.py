"""What the record withholds stands in no file of a site: no page, no search data, no inventory, no copied source."""

from __future__ import annotations

import pytest
from book import Book, every_text

SPEECH = """果园里的讲话
同志们：
一、剪枝的事张某某负责
果树要在入冬之前剪枝。昨天李某某偷懒没有剪。今年要补上。
这一整段说的是赵某某家里的事。
二、浇水的钱某某说过
浇水要浇透。
"""
MIDDLE = '[[restrict]]\nlines = [4, 4]\nfrom = "昨天"\nto = "没有剪。"\nkind = "withhold"\n'
PARAGRAPH = '[[restrict]]\nlines = [5, 5]\nkind = "withhold"\n'
HEADING = '[[restrict]]\nlines = [3, 3]\nkind = "withhold"\n'
IN_HEADING = '[[restrict]]\nlines = [6, 6]\nfrom = "钱某某"\nto = "钱某某"\nkind = "withhold"\n'
ACROSS = '[[restrict]]\nlines = [4, 6]\nfrom = "昨天"\nto = "说过"\nkind = "withhold"\n'
CASES = {
    "in a paragraph": (MIDDLE, ["李某某", "偷懒"]),
    "a paragraph": (PARAGRAPH, ["赵某某", "这一整段"]),
    "a heading": (HEADING, ["张某某", "剪枝的事"]),
    "in a heading": (IN_HEADING, ["钱某某"]),
    "from a paragraph to a heading": (ACROSS, ["李某某", "赵某某", "钱某某"]),
    "several": (HEADING + MIDDLE + PARAGRAPH, ["张某某", "李某某", "赵某某"]),
}


def with_orchard(book: Book, restrictions: str) -> None:
    book.speech("orchard", SPEECH, "skip = [[1, 1]]\n" + restrictions)
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/orchard")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("builder", ["html", "latex", "gettext", "epub"])
def test_withheld_words_stand_nowhere(book: Book, case: str, builder: str) -> None:
    restrictions, words = CASES[case]
    with_orchard(book, restrictions)
    written = every_text(book.build(builder).app.outdir)
    assert "浇水要浇透" in written or builder == "gettext", "passages are not for translation"
    assert [word for word in words if word in written or word.encode("unicode_escape").decode() in written] == []


def test_length_of_the_gap_is_told(book: Book) -> None:
    with_orchard(book, MIDDLE)
    passage = book.build().page("source_speeches/orchard").find(id="orchard.p4")
    assert passage is not None
    assert passage.get_text().strip() == "果树要在入冬之前剪枝。（此处略去11字）今年要补上。"


def test_withheld_words_stay_hidden_where_the_rest_is_quoted(book: Book) -> None:
    with_orchard(book, MIDDLE)
    book.edit("chapters/two.md", "船上的规矩见", ":::{excerpt} orchard p4.s3\n今年要补上。\n:::\n\n船上的规矩见")
    written = every_text(book.accepted().build().app.outdir)
    assert "李某某" not in written


def test_pulled_excerpt_does_not_print_what_is_withheld(book: Book) -> None:
    """It fails the check; but an ordinary build only warns, and its pages may be handed round."""
    with_orchard(book, MIDDLE)
    book.edit("chapters/two.md", "船上的规矩见", ":::{excerpt} orchard p4\n:::\n\n船上的规矩见")
    built = book.build(warns=True)
    assert built.warned("restricted")
    assert "李某某" not in every_text(built.app.outdir)


def test_source_files_are_never_copied_into_the_site(book: Book) -> None:
    """Sphinx copies sources unless told otherwise; the received files hold what must be withheld."""
    with_orchard(book, MIDDLE)
    built = book.build(html_copy_source=True, html_show_sourcelink=True)
    assert "李某某" not in every_text(built.app.outdir)


def test_report_hides_what_an_omission_leaves_out(book: Book) -> None:
    with_orchard(book, MIDDLE)
    book.edit(
        "chapters/two.md",
        "船上的规矩见",
        ":::{excerpt} orchard p4\n果树要在入冬之前剪枝。……今年要补上。\n:::\n\n船上的规矩见",
    )
    built = book.build("verify", warns=True)
    assert "（此处略去11字）" in (built.app.outdir / "report.txt").read_text(encoding="utf-8")


def test_report_hides_what_is_withheld_of_the_words_beside_a_cut(book: Book) -> None:
    """The words that may turn the sense stand beside a withheld span: they are told, and nothing of it."""
    text = SPEECH.replace("昨天李某某偷懒没有剪。", "绝不是李某某偷懒，只是，天冷没有剪；")
    book.speech(
        "orchard",
        text,
        'skip = [[1, 1]]\n[[restrict]]\nlines = [4, 4]\nfrom = "剪枝。绝不是李"\nto = "偷懒"\nkind = "withhold"\n',
    )
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/orchard")
    book.edit("chapters/two.md", "船上的规矩见", ":::{excerpt} orchard p4\n天冷没有剪\n:::\n\n船上的规矩见")
    written = every_text(book.build("verify", warns=True).app.outdir)
    assert "（此处略去" in written
    assert [word for word in ("李某某", "某某偷懒", "绝不是李") if word in written] == []


def test_a_misquoted_withheld_sentence_is_not_printed(book: Book) -> None:
    """One wrong character does not make it fit for print."""
    with_orchard(book, PARAGRAPH)
    body = "这一整段说的是赵某某家的事。"
    book.edit(
        "chapters/two.md",
        "船上的规矩见",
        f":::{{excerpt}} orchard p5\n{body}\n:::\n\n说{{quote}}`{body} <orchard>`。\n\n船上的规矩见",
    )
    assert "赵某某" not in every_text(book.build(warns=True).app.outdir / "chapters")


def test_doctrees_hold_no_quotation_that_touches_what_is_withheld(book: Book) -> None:
    with_orchard(book, MIDDLE)
    book.edit(
        "chapters/two.md",
        "船上的规矩见",
        ":::{excerpt} orchard p4\n:::\n\n:::{excerpt} orchard\n:name: lazy\n昨天李某某偷懒没有剪。\n:::\n\n船上的规矩见",
    )
    app = book.build(warns=True).app
    for doctree in app.doctreedir.rglob("*.doctree"):
        assert "李某某".encode() not in doctree.read_bytes(), doctree.name


def test_an_excerpt_that_leaves_out_what_is_withheld_is_printed(book: Book) -> None:
    """The omission reaches over it; what is printed is not it."""
    with_orchard(book, MIDDLE)
    body = "果树要在入冬之前剪枝。……今年要补上。"
    book.edit("chapters/two.md", "船上的规矩见", f":::{{excerpt}} orchard p4\n{body}\n:::\n\n船上的规矩见")
    assert body in book.build(warns=True).page("chapters/two").get_text()


def test_the_box_on_the_page_says_what_is_wrong_and_what_to_do(book: Book) -> None:
    book.edit("chapters/one.md", "是天黑之前把灯点亮。", "是天亮之前把灯点亮。")
    box = book.build(warns=True).page("chapters/one").select_one(".verification-failure")
    assert box is not None
    told = box.get_text()
    assert "原文是“黑”，印成了“亮”" in told and "守灯人的本分，是天黑之前把灯点亮。" in told and "怎么办" in told


def test_the_box_is_silent_where_its_message_would_show_withheld_words(book: Book) -> None:
    with_orchard(book, MIDDLE)
    wrong = ":::{excerpt} orchard p4\n:name: pruning\n果树要在入冬之前剪枝。昨天李某某勤快没有剪。\n:::\n\n船上的规矩见"
    book.edit("chapters/two.md", "船上的规矩见", wrong)
    built = book.build(warns=True)
    assert "偷懒" not in every_text(built.app.outdir)


def test_words_that_a_speech_says_openly_too_hide_no_message(book: Book) -> None:
    """A phrase of the trade stands in a withheld sentence and elsewhere: quoting it wrongly elsewhere is told."""
    speech = SPEECH.replace("偷懒没有剪。", "偷懒没有剪，果树要浇透水。").replace(
        "浇水要浇透。", "果树要浇透水，天天看。"
    )
    book.speech(
        "orchard",
        speech,
        'skip = [[1, 1]]\n[[restrict]]\nlines = [4, 4]\nfrom = "昨天"\nto = "浇透水。"\nkind = "withhold"\n',
    )
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/orchard")
    wrong = ":::{excerpt} orchard p7\n:name: watering\n果树要浇透水，年年看。\n:::\n\n船上的规矩见"
    book.edit("chapters/two.md", "船上的规矩见", wrong)
    boxes = [box.get_text() for box in book.build(warns=True).page("chapters/two").select(".verification-failure")]
    assert any("果树要浇透水，天天看。" in box for box in boxes), boxes
