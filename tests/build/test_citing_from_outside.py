"""Another Sphinx project cites a small handbook: by plain intersphinx, and with ``handbook_citations``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from book import Book, Built, MakeBook
from permanent import with_templates

CONF = """
project = "入职指引"
extensions = ["myst_parser", "handbook_citations"]
include_patterns = ["*.md"]
language = "zh_CN"
html_theme = "basic"
html_search_language = "en"
nitpicky = True
show_warning_types = True
myst_enable_extensions = ["colon_fence"]
handbook_site = "../book/_build/html"
handbook_edition = "2026年版"
handbook_archive = "../book/source_speeches"
"""
PLAIN = """
project = "入职指引"
extensions = ["myst_parser", "sphinx.ext.intersphinx"]
include_patterns = ["*.md"]
language = "zh_CN"
html_theme = "basic"
html_search_language = "en"
nitpicky = True
intersphinx_mapping = {"handbook": ("../../../book/_build/html", "../book/_build/html/objects.inv")}
"""


@pytest.fixture
def site(permanent: Book) -> Book:
    """A small handbook, its site built."""
    permanent.build()
    return permanent


@pytest.fixture
def guide(site: Book, tmp_path: Path) -> Book:
    """A project beside it; ``index.md`` is to be written."""
    project = Book(tmp_path / "guide")
    project.write("conf.py", CONF)
    return project


def told(built: Built, subtype: str) -> list[str]:
    return [line for line in built.warnings.split("WARNING: ") if f"[handbook.{subtype}]" in line]


def test_any_sphinx_project_cites_by_name(site: Book, tmp_path: Path) -> None:
    project = Book(tmp_path / "guide")
    project.write("conf.py", PLAIN)
    project.write("index.md", "# 指引\n\n{external+handbook:ref}`ability-doing`，{external+handbook:ref}`q.doing`。\n")
    links = project.build().page("index").select("a.external")
    assert [link.get_text() for link in links] == [
        "《小手册》第二章“能力”“落实”一节（2026年版）",
        "《小手册》第二章“能力”摘录2-2（2026年版）",
    ]
    assert links[1]["href"] == "../../../book/_build/html/chapters/ability.html#q.doing"


def test_the_role_prints_the_citation_and_links_from_any_folder(guide: Book) -> None:
    guide.write("conf.py", CONF.replace('["*.md"]', '["**.md"]'))
    guide.write("index.md", "# 指引\n\n```{toctree}\ndeep/page\n```\n")
    guide.write(
        "deep/page.md", "# 一页\n\n{handbook}`ability`；{handbook}`落实一节 <ability-doing>`；{handbook}`doing`。\n"
    )
    built = guide.build()
    links = built.page("deep/page").select("a.external")
    assert [link.get_text() for link in links] == [
        "《小手册》第二章“能力”（2026年版）",
        "落实一节",
        "《小手册》第二章“能力”摘录2-2（2026年版）",
    ]
    for link in links:
        path, _, anchor = str(link["href"]).partition("#")
        target = (Path(built.app.outdir) / "deep" / path).resolve()
        assert f'id="{anchor}"' in target.read_text(encoding="utf-8")


def test_an_excerpt_is_printed_with_its_source(guide: Book) -> None:
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    block = guide.build().page("index").select_one("blockquote.excerpt")
    assert block is not None
    assert block.select(".excerpt-text")[0].get_text() == "抓落实要有始有终。"
    line = block.select_one(".source-line")
    assert line is not None
    assert line.get_text() == "——《在办公室工作会议上的讲话》正文，《小手册》第二章“能力”摘录2-2（2026年版）"


def test_an_excerpt_that_the_archive_does_not_bear_out_is_not_printed(site: Book, guide: Book) -> None:
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    guide.build()
    # The handbook's folder was tampered with, or belongs to another archive.
    citations = site.path("_build/html/citations.json")
    citations.write_text(citations.read_text(encoding="utf-8").replace("有始有终", "有始无终"), encoding="utf-8")
    built = guide.build(warns=True)
    (message,) = told(built, "excerpt")
    assert "index.md:3" in built.warnings and "有始无终" in message and "有始有终" in message
    assert "有始无终" not in built.page("index").get_text()
    assert told(guide.build(warns=True), "excerpt"), "told again while it is not mended"


def _forge(site: Book, old: str, new: str) -> None:
    path = site.path("_build/html/citations.json")
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new), encoding="utf-8")


def test_the_source_line_is_the_archives_own(site: Book, guide: Book) -> None:
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    record = site.path("source_speeches/county.toml")
    record.write_text(record.read_text("utf-8").replace("在办公室工作会议上的讲话", "在另一个会上的讲话"), "utf-8")
    line = guide.build().page("index").select_one(".source-line")
    assert line is not None and line.get_text().startswith("——《在另一个会上的讲话》")


def test_an_editors_note_goes_with_its_excerpt(site: Book, guide: Book) -> None:
    site.edit("chapters/ability.md", ":name: doing\n", ":name: doing\n:note: 这是当时的提法。\n")
    site.accepted().build()
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    note = guide.build().page("index").select_one("blockquote .editor-note")
    assert note is not None and note.get_text() == "编者注：这是当时的提法。"


def test_a_renamed_excerpt_is_printed_under_its_new_name(site: Book, guide: Book) -> None:
    site.edit("chapters/ability.md", ":name: doing", ":name: done")
    site.write("moved-ids.toml", '[[moved]]\nid = "q.doing"\nto = "q.done"\non = "2027-03-01"\n')
    site.accepted().build()
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    assert "有始有终" in guide.build().page("index").get_text()


def test_a_place_that_is_not_the_texts_is_refused(site: Book, guide: Book) -> None:
    _forge(site, '"locator": "p3.s2"', '"locator": "p2.s1"')
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    assert told(guide.build(warns=True), "excerpt")
    _forge(site, '"locator": "p2.s1"', '"locator": "第三段"')
    assert "段句号不对" in told(guide.build(warns=True), "excerpt")[0]


def test_a_cut_that_turns_the_sense_is_refused(make_book: MakeBook, tmp_path: Path) -> None:
    site = with_templates(make_book(root="permanent", accept=False))
    site.write(
        "source_speeches/county.txt",
        "同志们：\n办公室是承上启下的枢纽。\n千万不能搞形式主义那一套。抓落实要有始有终。\n",
    )
    site.repin("county")
    site.edit("chapters/ability.md", "写材料要实事求是。", "千万不能搞形式主义那一套。")
    site.accepted()
    assert site.handbook("ids", "--publish") == 0
    site.build()
    _forge(site, "千万不能搞形式主义那一套。", "搞形式主义那一套。")
    project = Book(tmp_path / "guide")
    project.write("conf.py", CONF)
    project.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.writing\n:::\n")
    built = project.build(warns=True)
    assert "可能改变原意" in told(built, "excerpt")[0] and "不能" in told(built, "excerpt")[0]
    assert "搞形式主义" not in built.page("index").get_text()


def test_citations_of_another_edition_are_not_used(site: Book, guide: Book) -> None:
    _forge(site, '"edition": "2026年版"', '"edition": "2025年版"')
    guide.write("index.md", "# 指引\n\n见{handbook}`q.doing`。\n\n:::{handbook-excerpt} q.doing\n:::\n")
    built = guide.build(warns=True)
    (message,) = told(built, "excerpt")
    assert "2025年版" in message and "不是同一次生成的" in message
    assert built.page("index").select_one("a.external") is not None, "references need the inventory alone"


@pytest.mark.parametrize(
    "spoiled",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"version": 1}',
        '{"version": 1, "title": "小手册", "edition": "2026年版", "items": [], "changes": null}',
        '{"version": 1, "title": "小手册", "edition": "2026年版", "items": {"q.doing": "text"}, "changes": {"q.doing": "x"}}',
        '{"version": 1, "title": "小手册", "edition": "2026年版", "items": {"q.doing": {"text": 1, "speech": []}}}',
    ],
)
def test_spoiled_citations_stop_nothing(site: Book, guide: Book, spoiled: str) -> None:
    site.write("_build/html/citations.json", spoiled)
    guide.write("index.md", "# 指引\n\n见{handbook}`q.doing`。\n\n:::{handbook-excerpt} q.doing\n:::\n")
    built = guide.build(warns=True)
    assert len(told(built, "excerpt")) == 1 and built.warnings.count("WARNING") == 1
    assert "有始有终" not in built.page("index").get_text()


def test_a_speech_without_a_record_bears_nothing_out(site: Book, guide: Book) -> None:
    """What must not be quoted is in the record."""
    site.path("source_speeches/county.toml").unlink()
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    assert told(guide.build(warns=True), "excerpt")


def test_no_site_is_told(guide: Book) -> None:
    guide.write("conf.py", CONF.replace("../book/_build/html", ""))
    guide.write("index.md", "# 指引\n\n见{handbook}`ability`。\n")
    (message,) = told(guide.build(warns=True), "inventory")
    assert "没有写 handbook_site" in message


def test_links_are_right_where_every_page_has_a_folder(guide: Book) -> None:
    guide.write("conf.py", CONF.replace('["*.md"]', '["**.md"]'))
    guide.write("index.md", "# 指引\n\n{handbook}`ability`\n\n```{toctree}\ndeep/page\n```\n")
    guide.write("deep/page.md", "# 一页\n\n{handbook}`ability`\n")
    built = guide.build("dirhtml")
    for name in ("index.html", "deep/page/index.html"):
        page = Path(built.app.outdir) / name
        found = re.findall(r'class="reference external" href="([^"#]+)#ability"', page.read_text(encoding="utf-8"))
        assert len(found) == 1
        assert (page.parent / found[0]).is_file()


def test_an_archive_of_other_texts_is_told(site: Book, guide: Book) -> None:
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    guide.build()
    site.write("source_speeches/county.txt", site.path("source_speeches/county.txt").read_bytes() + "完。\n".encode())
    site.repin("county")
    (message,) = told(guide.build(warns=True), "excerpt")
    assert "不是同一份" in message


def test_a_restriction_made_since_holds(site: Book, guide: Book) -> None:
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    record = site.path("source_speeches/county.toml")
    record.write_text(
        record.read_text("utf-8") + '\n[[restrict]]\nlines = [3, 3]\nfrom = "抓落实"\nkind = "noquote"\nreason = ""\n',
        "utf-8",
    )
    built = guide.build(warns=True)
    assert "限制引用" in told(built, "excerpt")[0]
    assert "有始有终" not in built.page("index").get_text()


@pytest.mark.parametrize("archive", ["", "../nowhere"])
def test_without_an_archive_nothing_is_printed_as_verified(guide: Book, archive: str) -> None:
    guide.write("conf.py", CONF.replace("../book/source_speeches", archive))
    guide.write("index.md", "# 指引\n\n:::{handbook-excerpt} q.doing\n:::\n")
    built = guide.build(warns=True)
    assert "不能核对" in told(built, "excerpt")[0]
    assert "有始有终" not in built.page("index").get_text()


def test_an_unknown_id_is_answered_with_the_nearest(guide: Book) -> None:
    guide.write("index.md", "# 指引\n\n第一段。\n\n见{handbook}`abilty`。\n")
    built = guide.build(warns=True)
    (message,) = told(built, "unknown")
    assert "没有编号“abilty”" in message and "ability" in message and "index.md:5" in built.warnings
    assert "abilty" in built.page("index").get_text()
    assert told(guide.build(warns=True), "unknown"), "told again while it is not mended"


def test_what_was_withdrawn_says_when_and_what_replaced_it(site: Book, guide: Book) -> None:
    guide.write("index.md", "# 指引\n\n见{handbook}`q.writing`。\n")
    guide.build()
    source = site.path("chapters/ability.md").read_text(encoding="utf-8")
    start = source.index(":::{excerpt} county p3.s1")
    site.write("chapters/ability.md", source[:start] + source[source.index("(ability-doing)=") :])
    site.write(
        "moved-ids.toml",
        '[[withdrawn]]\nid = "q.writing"\non = "2027-03-01"\nreplaced_by = "q.doing"\nreason = "重复"\n',
    )
    site.accepted().build()
    (message,) = told(guide.build(warns=True), "withdrawn")
    assert "“q.writing”已于2027-03-01撤下（重复）" in message and "现由“q.doing”代替" in message


def _break_nothing(folder: Path) -> None:
    (folder / "objects.inv").unlink()


def _break_half(folder: Path) -> None:
    data = (folder / "objects.inv").read_bytes()
    (folder / "objects.inv").write_bytes(data[: len(data) // 2])


def _break_all(folder: Path) -> None:
    (folder / "objects.inv").write_bytes("不是清单".encode("gbk"))


def _break_empty(folder: Path) -> None:
    (folder / "objects.inv").write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(_break_nothing, "找不到"), (_break_half, "不完整"), (_break_all, "不完整"), (_break_empty, "不完整")],
)
def test_an_inventory_that_cannot_be_used_is_told_once_and_stops_nothing(
    site: Book, guide: Book, spoil: object, words: str
) -> None:
    assert callable(spoil)
    spoil(site.path("_build/html"))
    guide.write("index.md", "# 指引\n\n见{handbook}`ability`和{handbook}`一节 <ability-doing>`。\n")
    built = guide.build(warns=True)
    (message,) = told(built, "inventory")
    assert words in message and "怎么办" in message
    assert built.warnings.count("WARNING") == 1
    assert "见ability和一节" in built.page("index").get_text()
    assert built.app.statuscode == 0


def test_another_edition_is_told(guide: Book) -> None:
    guide.write("conf.py", CONF.replace("2026年版", "2025年版"))
    guide.write("index.md", "# 指引\n\n见{handbook}`ability`。\n")
    built = guide.build(warns=True)
    (message,) = told(built, "edition")
    assert "2025年版" in message and "2026年版" in message and "handbook diff" in message
    assert built.page("index").select_one("a.external") is not None


def test_pages_follow_the_handbook(site: Book, guide: Book) -> None:
    """The numbers of excerpts shift with an edition; a page that was not touched must not keep the old one."""
    guide.write("index.md", "# 指引\n\n见{handbook}`q.doing`。\n")
    assert "摘录2-2" in guide.build().page("index").get_text()
    site.edit("index.md", "chapters/position\nchapters/ability", "chapters/ability\nchapters/position")
    site.build()
    assert "第一章“能力”摘录1-2" in guide.build().page("index").get_text()
