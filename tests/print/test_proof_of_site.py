"""付印前核对 of the site: a true one passes; whatever is added, lost, changed or hidden is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from printing import run

from handbook.proof import Expected, Proof, check_html
from speeches.core.source.archive import Archive

Items = list[dict[str, Any]]
Change = tuple[str, str]


@pytest.fixture(scope="module")
def site(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "html"
    run(book / "source", folder, builder="html")
    return folder


@pytest.fixture
def prove_site(expected: Expected, items: Items, book_archive: Archive) -> Callable[[Path], Proof]:
    return lambda folder: check_html(folder, expected, items, book_archive)


def test_a_true_site_passes(site: Path, prove_site: Callable[[Path], Proof]) -> None:
    assert prove_site(site).problems == []


_SITE: dict[str, Change] = {
    "a character of an excerpt": ("要摆正", "要端正"),
    "a quotation in a sentence": ("“工作无小事”", "“工作无大事”"),
    "a word before a quotation": ("办公室常说", "办公室不常说"),
    "words inside a blockquote": ('<p class="excerpt-text">', '<p>下面的说法是错误的：</p><p class="excerpt-text">'),
    "words struck out": ("都要认真", "<del>都要认真</del>"),
    "words struck out in the old way": ("都要认真", "<s>都要认真</s>"),
    "words hidden by an attribute": ("都要认真", "<span hidden>都要认真</span>"),
    "words hidden by a style": ("都要认真", '<span style="display:none">都要认真</span>'),
    "words in white": ("都要认真", '<span style="color:#fff">都要认真</span>'),
    "words hidden by a class": ("都要认真", '<span class="visually-hidden">都要认真</span>'),
    "words added and hidden": ("都要认真", '都要<span class="sd-d-none">不</span>认真'),
    "a script in the text": ("本章完。", "<script>document.body.innerHTML=''</script>本章完。"),
    "the number of an excerpt": ("摘录1-1", "摘录1-7"),
    "the source of an excerpt": ("《在办公室的讲话》", "《另一篇讲话》"),
    "a note that is added": ("</blockquote>", '<p class="editor-note">编者注：反话。</p></blockquote>'),
    "an invented excerpt": (
        "本章完。",
        '</p><blockquote class="excerpt" id="q.x"><p>谁都不要信。</p></blockquote><p>本章完。',
    ),
    "an invented quotation": ("本章完。", '<span class="quote">“谁都不要信”</span>本章完。'),
    "prose that looks like a quotation": ("本章完。", '<span class="quote">本章完。</span>'),
    "an excerpt that no longer looks like one": ('<blockquote class="excerpt"', '<blockquote class="note"'),
    "an excerpt under another id": ('id="q.one"', 'id="q.two"'),
    "an image text": ("本章完。", '<img src="a.png" alt="谁都不要信">本章完。'),
    "a link title": ("本章完。", '<a href="#" title="谁都不要信">本章完。</a>'),
    "data to copy": ('data-speech="alpha"', 'data-speech="alpha" data-citation="另一篇讲话[A]."'),
    "a cell": ("□", "■"),
    "a heading": ("卡片甲", "卡片丙"),
    "a paragraph that is lost": ("本章完。", ""),
    "words around the text": ("<body>", "<body><p>讲话人后来说这话不对。</p>"),
    "a comment": ("本章完。", "<!-- 讲话人后来说这话不对 -->本章完。"),
}


@pytest.mark.parametrize("name", _SITE)
def test_whatever_is_changed_on_the_site_is_told(
    site: Path, prove_site: Callable[[Path], Proof], tmp_path: Path, name: str
) -> None:
    old, new = _SITE[name]
    copy = shutil.copytree(site, tmp_path / "html")
    page = copy / "chapters/one.html"
    source = page.read_text(encoding="utf-8")
    head, main, body = source.partition('role="main"') if old != "<body>" else ("", "", source)
    assert old in body
    page.write_text(head + main + body.replace(old, new, 1), encoding="utf-8")
    problems = prove_site(copy).problems
    assert problems and all("chapters/one" in problem for problem in problems)


def test_a_changed_description_is_told(site: Path, prove_site: Callable[[Path], Proof], tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "html")
    page = copy / "chapters/one.html"
    source = page.read_text(encoding="utf-8")
    page.write_text(
        source.replace("<head>", '<head><meta name="description" content="讲话人后来说这话不对。">', 1),
        encoding="utf-8",
    )
    (problem,) = prove_site(copy).problems
    assert "讲话人后来说这话不对" in problem


def test_a_changed_page_of_a_speech_is_told(site: Path, prove_site: Callable[[Path], Proof], tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "html")
    page = copy / "source_speeches/alpha.html"
    page.write_text(page.read_text(encoding="utf-8").replace("大小事", "小小事"), encoding="utf-8")
    assert any("大" in problem and "source_speeches/alpha" in problem for problem in prove_site(copy).problems)


def test_a_page_that_was_not_written_is_told(site: Path, prove_site: Callable[[Path], Proof], tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "html")
    (copy / "chapters/two.html").unlink()
    assert any("chapters/two.html：网页没有写出来" in problem for problem in prove_site(copy).problems)


def test_a_page_left_over_from_another_name_is_told(
    site: Path, prove_site: Callable[[Path], Proof], tmp_path: Path
) -> None:
    copy = shutil.copytree(site, tmp_path / "html")
    shutil.copyfile(copy / "chapters/one.html", copy / "chapters/draft.html")
    (problem,) = prove_site(copy).problems
    assert "chapters/draft.html" in problem and "不在书里" in problem
