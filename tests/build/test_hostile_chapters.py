"""Chapters from anyone: nothing in them runs, nothing from outside the project or of a speech is printed past the excerpts."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from book import Book, Built, pages

# MyST 5.1 asks Sphinx 9 for what it is about to give up.
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")
SECRET = "外面的秘密文字"
WITHHELD = "这一句谁也不许引用"


def _refused(built: Built) -> list[str]:
    return re.findall(r"\[manuscript\.(\w+)\]", built.warnings)


def _everything(built: Built) -> str:
    """All that a build made, as text."""
    files = [p for p in Path(built.app.outdir).rglob("*") if p.is_file()]
    return "\n".join(p.read_bytes().decode("utf-8", "ignore") for p in files)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file beside the book's folder."""
    path = tmp_path / "outside.txt"
    path.write_text(f"{SECRET},{SECRET}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "expression",
    [
        '{{ cycler.__init__.__globals__.os.popen("touch ran").read() }}',
        "{{ env.srcdir }}",
        "{{ env }}",
        "{{ 1 + 1 }}",
        "{{ edition|upper }}",
        '{{ "<script>" }}',
    ],
)
def test_a_substitution_is_a_bare_name(book: Book, monkeypatch: pytest.MonkeyPatch, expression: str) -> None:
    monkeypatch.chdir(book.root)
    book.edit("chapters/two.md", "# ", f"甲{expression}乙\n\n# ")
    built = book.build(warns=True)
    assert _refused(built) == ["substitution"] and "chapters/two.md:1" in built.warnings
    assert not (book.root / "ran").exists()
    text = built.page("chapters/two").get_text()
    assert "甲乙" in text and str(book.root) not in _everything(built)


def test_a_substitution_is_text(book: Book) -> None:
    book.edit(
        "conf.py",
        "smartquotes = False",
        "smartquotes = False\nmyst_substitutions = {'unit': '<script>x()</script> *某* {{ unit }}'}",
    )
    book.edit("chapters/two.md", "# ", "交{{ unit }}。\n\n{{unit}}\n\n# ")
    page = book.build(warns=True).page("chapters/two")
    assert page.get_text().count("<script>x()</script> *某* {{ unit }}") == 2


_OFF = {
    "raw": "```{raw} html\n<script>bad()</script>\n```",
    "raw by its Chinese name": "```{原文} html\n<script>bad()</script>\n```",
    "eval-rst": "```{eval-rst}\n.. raw:: html\n\n   <script>bad()</script>\n```",
    "role of one's own": "```{role} r(raw)\n:format: html\n```\n\n{r}`<script>bad()</script>`",
    "raw role": "{raw}`<script>bad()</script>`",
    "math": "```{math}\n\\input{/etc/passwd}bad()\n```",
    "math role": "{math}`\\input{/etc/passwd}bad()`",
    "columns": "```{tabularcolumns} |\\input{/etc/passwd}|bad()|\n```",
}


@pytest.mark.parametrize("markup", _OFF.values(), ids=_OFF)
@pytest.mark.parametrize("builder", ["html", "latex"])
def test_raw_markup_is_off(book: Book, markup: str, builder: str) -> None:
    book.edit("chapters/two.md", "# ", f"{markup}\n\n# ")
    built = book.build(builder, warns=True)
    assert "markup" in _refused(built) and "manuscript_allows" in built.warnings
    made = _everything(built)
    assert "<script>bad()" not in made and "\\input{/etc" not in made


def test_one_configuration_value_turns_it_on(book: Book) -> None:
    book.edit("conf.py", "smartquotes = False", 'smartquotes = False\nmanuscript_allows = ["raw", "eval-rst", "html"]')
    book.edit("chapters/two.md", "# ", f"{_OFF['raw']}\n\n{_OFF['eval-rst']}\n\n<b id='bold'>粗</b>\n\n# ")
    page = book.build().page("chapters/two")
    assert len([s for s in page.find_all("script") if s.get_text() == "bad()"]) == 2 and page.find(id="bold")


def test_html_is_printed_as_it_was_typed(book: Book) -> None:
    book.edit("chapters/two.md", "# ", "甲<img src=x onerror=bad()>乙\n\n<script>bad()</script>\n\n# ")
    built = book.build(warns=True)
    page = built.page("chapters/two")
    assert _refused(built) == ["markup", "markup"]
    assert not page.find_all(onerror=True) and "bad()" not in [s.get_text() for s in page.find_all("script")]
    assert "甲<img src=x onerror=bad()>乙" in page.get_text()


def test_comments_reach_no_output(book: Book) -> None:
    book.edit("chapters/two.md", "# ", f"<!-- {SECRET} -->\n\n% {SECRET}\n\n甲<!-- {SECRET} -->乙\n\n# ")
    for builder in ("html", "latex", "text"):
        built = book.build(builder)
        assert SECRET not in _everything(built)


def test_a_chapter_sets_nothing_by_its_header(book: Book) -> None:
    header = "---\nmyst:\n  enable_extensions: [dollarmath, html_image]\n  url_schemes: [javascript]\n---\n"
    text = book.path("chapters/two.md").read_text(encoding="utf-8")
    book.write("chapters/two.md", header + "[去](javascript:bad())$x$\n\n" + text)
    built = book.build(warns=True)
    assert _refused(built) == ["header"]
    assert not built.page("chapters/two").select("a[href^=javascript], .math")


def test_a_header_that_would_fill_the_memory_is_left_out(book: Book) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{c}: &{c} [{','.join([f'*{p}'] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = book.path("chapters/two.md").read_text(encoding="utf-8")
    book.write("chapters/two.md", f"---\n{bomb}---\n{text}")
    assert _refused(book.build(warns=True)) == ["header"]


def test_a_plain_header_stays(book: Book) -> None:
    text = book.path("chapters/two.md").read_text(encoding="utf-8")
    book.write("chapters/two.md", f"---\ntocdepth: 2\nauthor: 编写组\n---\n{text}")
    assert book.build().app.env.metadata["chapters/two"].items() >= {"tocdepth": 2, "author": "编写组"}.items()


_OUTSIDE = {
    "include": "```{include} PATH\n```",
    "include by its Chinese name": "```{包含} PATH\n```",
    "include as code": "```{include} PATH\n:code: text\n```",
    "literalinclude": "```{literalinclude} PATH\n```",
    "literalinclude of a difference": "```{literalinclude} one.md\n:diff: PATH\n```",
    "csv-table": "```{csv-table}\n:file: PATH\n```",
    "csv-table with a block of options": "```{csv-table}\n---\nfile: PATH\n---\n```",
    "raw": "```{raw} html\n:file: PATH\n```",
    "image": "![](PATH)",
    "figure": "```{figure} PATH\n```",
    "image directive": "```{image} PATH\n```",
    "download": "{download}`拿 <PATH>`",
    "link to a file": "[拿](PATH)",
    "path link": "<path:PATH>",
}


@pytest.mark.parametrize("markup", _OUTSIDE.values(), ids=_OUTSIDE)
@pytest.mark.parametrize("absolute", [False, True])
def test_nothing_outside_the_project_reaches_a_page(book: Book, outside: Path, markup: str, absolute: bool) -> None:
    path = f"/../{outside.name}" if absolute else f"../../{outside.name}"
    book.edit("chapters/two.md", "# ", markup.replace("PATH", path) + "\n\n# ")
    built = book.build(warns=True)
    assert SECRET not in _everything(built)
    assert [p.name for p in Path(built.app.outdir).rglob("outside*")] == []
    assert "chapters/two.md" in built.warnings


@pytest.mark.parametrize("markup", _OUTSIDE.values(), ids=_OUTSIDE)
@pytest.mark.parametrize("edition", ["internal", "public"])
def test_nothing_of_a_speech_reaches_a_page_but_by_an_excerpt(book: Book, markup: str, edition: str) -> None:
    lines = f"甲站的讲话\n{WITHHELD}。\n大家都要把工作做好。\n"
    book.speech("sealed", lines, '[[restrict]]\nlines = [2, 2]\nkind = "withhold"\nreason = "涉密"\n')
    book.edit("chapters/two.md", "# ", markup.replace("PATH", "../source_speeches/sealed.txt") + "\n\n# ")
    built = book.build(warns=True, edition=edition)
    assert WITHHELD not in _everything(built)
    assert [p.name for p in Path(built.app.outdir).rglob("sealed.txt")] == []
    if "raw" not in markup and not markup.startswith("[拿]"):  # this leads to the page of the speech, where it has one
        assert _refused(built) == ["file"]


@pytest.mark.parametrize(
    "name", ["conf.py", ".git/config", "_build/doctrees/environment.pickle", "source_speeches/lamp.toml"]
)
def test_what_is_no_content_is_not_included(book: Book, name: str) -> None:
    book.write(name, book.path(name).read_bytes() if book.path(name).is_file() else SECRET)
    if name == "conf.py":
        return  # of the project, and no secret
    book.edit("chapters/two.md", "# ", f"```{{literalinclude}} ../{name}\n```\n\n# ")
    assert _refused(book.build(warns=True)) == ["file"]


def test_what_is_in_the_project_can_be_used(book: Book) -> None:
    book.write("chapters/shared/part.txt", "共用的一段。\n")
    book.write("chapters/shared/form.csv", "甲,乙\n")
    book.edit("conf.py", '"chapters/**"', '"chapters/*.md"')
    book.edit(
        "chapters/two.md",
        "# ",
        "```{include} shared/part.txt\n```\n\n```{csv-table}\n:file: shared/form.csv\n```\n\n{download}`表 <shared/form.csv>`\n\n# ",
    )
    built = book.build()
    assert "共用的一段。" in built.page("chapters/two").get_text() and built.page("chapters/two").select(
        "table, a.download"
    )
    assert list(Path(built.app.outdir).rglob("form.csv"))


@pytest.mark.parametrize("kind", ["file", "folder", "included"])
def test_a_link_out_of_the_project_is_not_followed(book: Book, outside: Path, kind: str) -> None:
    if kind == "file":
        book.path("chapters/extra.md").symlink_to(outside)
    elif kind == "folder":
        (outside.parent / "elsewhere").mkdir()
        (outside.parent / "elsewhere/extra.md").write_text(f"# 题\n\n{SECRET}\n", encoding="utf-8")
        book.path("chapters/linked").symlink_to(outside.parent / "elsewhere", target_is_directory=True)
    else:
        book.path("part.md").symlink_to(outside)
        book.edit("chapters/two.md", "# ", "```{include} ../part.md\n```\n\n# ")
    built = book.build(warns=True)
    assert SECRET not in _everything(built)


def test_a_static_file_that_is_a_link_out_of_the_project_is_not_copied(book: Book, outside: Path) -> None:
    book.write("_static/a.css", "")
    book.path("_static/b.css").symlink_to(outside)
    book.edit("conf.py", "smartquotes = False", 'smartquotes = False\nhtml_static_path = ["_static"]')
    with pytest.raises(Exception, match=r"_static/b\.css"):
        book.build(warns=True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO here")
def test_a_chapter_that_is_no_file_does_not_hang(book: Book) -> None:
    os.mkfifo(book.path("chapters/pipe.md"))
    built = book.build(warns=True)
    assert _refused(built) == ["document"] and "chapters/pipe" in built.warnings
    assert "chapters/two" in built.app.env.found_docs


def test_a_chapter_too_long_is_told(book: Book) -> None:
    book.write("chapters/long.md", "# 长\n\n" + "字" * 1_500_000)
    assert _refused(book.build(warns=True)) == ["document"]


@pytest.mark.parametrize(
    "address", ["javascript:bad()", "JAVA\tSCRIPT:bad()", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
@pytest.mark.parametrize(
    "markup",
    [
        "[去](<ADDRESS>)",
        "```{button-link} ADDRESS\n去\n```",
        "```{card} 题\n:link: ADDRESS\n文\n```",
        "```{image} one.png\n:target: ADDRESS\n```",
    ],
)
def test_a_link_leads_to_a_page_and_runs_nothing(book: Book, address: str, markup: str) -> None:
    book.edit("conf.py", '"speeches"]', '"speeches", "sphinx_design"]')
    book.edit("chapters/two.md", "# ", markup.replace("ADDRESS", address) + "\n\n# ")
    page = book.build(warns=True).page("chapters/two")
    hrefs = [re.sub(r"\s", "", str(a["href"])).lower() for a in page.find_all("a", href=True)]
    assert not [href for href in hrefs if href.startswith(("javascript", "data:", "vbscript", "file:"))]


def test_a_picture_from_the_net_is_not_fetched(book: Book) -> None:
    book.edit("chapters/two.md", "# ", "![](https://example.org/a.png)\n\n# ")
    built = book.build(warns=True)
    assert _refused(built) == ["file"] and "example.org" not in _everything(built)


def test_a_chapter_whose_name_moves_the_cursor_is_left_out(book: Book) -> None:
    book.write("chapters/a\x1b]0;x\x07\u202eb.md", "# 题\n")
    built = book.build(warns=True)
    assert _refused(built) == ["document"] and "chapters/two" in built.app.env.found_docs
    # Sphinx's own colours, where a test before this one turned them on, are no part of the name.
    assert not re.search("\x1b\\]|[\x07\u202e]", built.warnings + built.status) and "\\u001b]0;x" in built.warnings


def test_names_that_are_one_name_elsewhere_are_told(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("TWO.md", "caf\u00e9.md", "cafe\u0301.md", "u\u0308.md"):
        book.write(f"chapters/{name}", f"# {name}\n")
    assert book.handbook("html") in (0, 1)
    told = capfd.readouterr().err
    assert "chapters/two.md: 文件名与 chapters/TWO 只差大小写" in told
    assert "有两个以上的文件都是“chapters/caf\u00e9”" in told
    assert "chapters/\u00fc.md:1: 文件名里的字母和它的附加符号是分开存的" in told
    assert {"chapters/TWO.html", "chapters/two.html"} <= pages(book.path("_build/html")).keys(), "both are read"
