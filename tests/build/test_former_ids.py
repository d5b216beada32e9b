"""Ids that were given out and went elsewhere: the two files, old pages, redirects, and what the public edition says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from book import Book, MakeBook
from bs4 import BeautifulSoup
from permanent import DUPLICATE, labels, move, problems, with_templates


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("published-ids.txt", "乱七八糟\n"),
        ("published-ids.txt", "编号\n".encode("gbk")),
        ("moved-ids.toml", "[[moved]\n"),
        ("moved-ids.toml", "# 说明\n".encode("gbk")),
    ],
)
def test_a_file_that_cannot_be_read_is_told_without_a_traceback(
    permanent: Book, name: str, content: str | bytes
) -> None:
    permanent.write(name, content)
    built = permanent.build(warns=True)
    assert problems(built.warnings) == ["[permalink.file]"]
    assert name in built.warnings


def test_publishing_only_adds_and_refuses_while_something_is_lost(
    permanent: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    before = permanent.path("published-ids.txt").read_bytes()
    assert permanent.handbook("ids", "--publish") == 0
    assert permanent.path("published-ids.txt").read_bytes() == before
    permanent.edit("chapters/ability.md", "(ability-doing)=", "(ability-done)=")
    assert permanent.handbook("ids", "--publish") == 2
    assert "没有写入" in capsys.readouterr().err
    assert permanent.path("published-ids.txt").read_bytes() == before


def test_a_missing_file_is_told_and_not_made_by_a_build(make_book: MakeBook) -> None:
    """Without it nothing can be missed: it may have been deleted."""
    book = with_templates(make_book(root="permanent"))
    told = book.build(warns=True).warnings
    assert problems(told) == ["[permalink.unpublished]"] and "handbook ids --publish" in told
    assert not book.path("published-ids.txt").exists()
    assert book.handbook("check") == 1
    assert book.handbook("ids", "--publish") == 0
    assert book.handbook("check") == 0


def test_the_public_edition_may_lack_the_speeches_and_nothing_else(permanent: Book) -> None:
    permanent.build(edition="public", out="_build/public", fresh=True)
    permanent.edit("chapters/ability.md", "(ability-doing)=", "(ability-done)=")
    built = permanent.build(edition="public", out="_build/public", fresh=True, warns=True)
    assert problems(built.warnings) == ["[permalink.published]"]


def test_the_public_edition_says_nothing_of_what_it_leaves_out(permanent: Book) -> None:
    published = permanent.path("published-ids.txt")
    published.write_text(
        published.read_text("utf-8") + "oldspeech\tsource_speeches/county\t2025年版\n", encoding="utf-8"
    )
    permanent.write("moved-ids.toml", '[[withdrawn]]\nid = "oldspeech"\non = "2027-03-01"\nreason = "不公开的理由"\n')
    built = permanent.build(edition="public", out="_build/public", fresh=True)
    out = Path(built.app.outdir)
    assert "oldspeech" not in labels(out)
    assert "不公开的理由" not in (out / "citations.json").read_text(encoding="utf-8")


def test_what_was_withdrawn_says_when_and_what_replaced_it(permanent: Book, capsys: pytest.CaptureFixture[str]) -> None:
    source = permanent.path("chapters/ability.md").read_text(encoding="utf-8")
    permanent.write("chapters/ability.md", re.sub(r"(?s):::\{excerpt\} county p3\.s1.*?:::\n", "", source))
    permanent.write(
        "moved-ids.toml",
        '[[withdrawn]]\nid = "q.writing"\non = "2027-03-01"\nreplaced_by = "q.doing"\nreason = "与另一条重复"\n',
    )
    permanent.handbook("accept", "--all", "--by", "王主任")
    built = permanent.build()
    anchor = built.page("chapters/ability").find(id="q.writing")
    assert anchor is not None
    assert anchor.get_text().startswith("“q.writing”已于2027-03-01撤下（与另一条重复），现由下面的内容代替：")
    assert labels(Path(built.app.outdir))["q.writing"].display_name == "《小手册》原编号 q.writing（2027-03-01撤下）"
    capsys.readouterr()
    assert permanent.handbook("cite", "writing") == 2
    assert "已于2027-03-01撤下（与另一条重复），现由 q.doing 代替" in capsys.readouterr().err
    data = json.loads((Path(built.app.outdir) / "citations.json").read_text(encoding="utf-8"))
    assert data["changes"]["q.writing"]["to"] == "q.doing"
    assert "q.writing" not in data["items"]


def test_a_renamed_id_is_cited_under_its_new_name(permanent: Book, capsys: pytest.CaptureFixture[str]) -> None:
    permanent.edit("chapters/ability.md", "(ability-doing)=", "(ability-done)=")
    permanent.write("moved-ids.toml", '[[moved]]\nid = "ability-doing"\nto = "ability-done"\non = "2027-03-01"\n')
    found = labels(Path(permanent.build().app.outdir))
    assert found["ability-doing"].uri == found["ability-done"].uri == "chapters/ability.html#ability-done"
    capsys.readouterr()
    assert permanent.handbook("cite", "ability-doing") == 0
    told = capsys.readouterr()
    assert "改为“ability-done”" in told.err and "第二章“能力”“落实”一节." in told.out


def test_what_was_renamed_and_then_withdrawn_is_said_to_be_withdrawn(
    permanent: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    permanent.edit("chapters/ability.md", ":name: doing", ":name: done")
    rename = '[[moved]]\nid = "q.doing"\nto = "q.done"\non = "2027-03-01"\n'
    permanent.write("moved-ids.toml", rename)
    permanent.accepted()
    assert permanent.handbook("ids", "--publish") == 0
    source = permanent.path("chapters/ability.md").read_text(encoding="utf-8")
    permanent.write("chapters/ability.md", re.sub(r"(?s):::\{excerpt\} county p3\.s2.*?:::\n", "甲。\n", source))
    withdrawn = '[[withdrawn]]\nid = "q.done"\non = "2027-05-01"\nreplaced_by = "q.writing"\n'
    permanent.write("moved-ids.toml", rename + withdrawn)
    built = permanent.accepted().build()
    anchor = built.page("chapters/ability").find(id="q.doing")
    assert anchor is not None and "已于2027-05-01撤下，现由下面的内容代替" in anchor.get_text()
    assert "2027-05-01撤下" in labels(Path(built.app.outdir))["q.doing"].display_name
    data = json.loads((Path(built.app.outdir) / "citations.json").read_text(encoding="utf-8"))
    assert data["changes"]["q.doing"] == {"to": "q.writing", "on": "2027-05-01", "withdrawn": True, "reason": ""}
    capsys.readouterr()
    assert permanent.handbook("cite", "doing") == 2
    assert "已于2027-05-01撤下" in capsys.readouterr().err


def test_a_renamed_id_is_not_given_away(permanent: Book) -> None:
    permanent.edit("chapters/ability.md", "(ability-doing)=", "(ability-done)=")
    permanent.write("moved-ids.toml", '[[moved]]\nid = "ability-doing"\nto = "ability-done"\non = "2027-03-01"\n')
    permanent.build()
    permanent.write("chapters/position.md", permanent.path("chapters/position.md").read_text("utf-8") + DUPLICATE)
    told = permanent.build(warns=True).warnings
    assert "改为“ability-done”，书里却又有这个编号" in told


def test_the_old_page_keeps_an_anchor_that_leads_on(permanent: Book) -> None:
    source = permanent.path("chapters/ability.md").read_text(encoding="utf-8")
    part = source[source.index("(ability-doing)=") :]
    permanent.write("chapters/ability.md", source.removesuffix(part))
    permanent.write("chapters/position.md", permanent.path("chapters/position.md").read_text("utf-8") + "\n" + part)
    permanent.write("moved-ids.toml", move("ability-doing") + move("q.doing"))
    page = permanent.build().page("chapters/ability")
    anchor = page.find(id="q.doing")
    assert anchor is not None and anchor.a is not None
    assert anchor.a["href"] == "position.html#q.doing"
    assert anchor.get_text() == "“q.doing”已于2027-03-01移到：《小手册》第一章“定位”摘录1-2（2026年版）"


def test_an_anchor_left_behind_follows_when_its_target_moves_again(permanent: Book) -> None:
    source = permanent.path("chapters/ability.md").read_text(encoding="utf-8")
    part = source[source.index("(ability-doing)=") :]
    permanent.write("chapters/ability.md", source.removesuffix(part))
    permanent.write("chapters/third.md", "(third)=\n# 第三\n\n" + part)
    permanent.edit("index.md", "chapters/ability", "chapters/ability\nchapters/third")
    permanent.write("moved-ids.toml", move("ability-doing") + move("q.doing"))
    anchor = permanent.build().page("chapters/ability").find(id="ability-doing")
    assert anchor is not None and anchor.a is not None and anchor.a["href"] == "third.html#ability-doing"
    permanent.write("chapters/third.md", "(third)=\n# 第三\n\n甲。\n")
    permanent.write("chapters/position.md", permanent.path("chapters/position.md").read_text("utf-8") + "\n" + part)
    anchor = permanent.build().page("chapters/ability").find(id="ability-doing")
    assert anchor is not None and anchor.a is not None and anchor.a["href"] == "position.html#ability-doing"


def test_a_renamed_page_leaves_a_redirect_that_keeps_the_fragment(permanent: Book) -> None:
    permanent.path("chapters/ability.md").rename(permanent.path("chapters/skills.md"))
    permanent.edit("index.md", "chapters/ability", "chapters/skills")
    gone = permanent.build(warns=True).warnings
    assert problems(gone) == ["[permalink.published]"] * 5
    assert "redirects" in gone
    permanent.edit("conf.py", "redirects = {}", 'redirects = {"chapters/ability": "skills.html"}')
    permanent.handbook("accept", "--all", "--by", "王主任")
    built = permanent.build()
    text = (Path(built.app.outdir) / "chapters/ability.html").read_text(encoding="utf-8")
    assert "skills.html" in text and "location.hash" in text


def test_a_bad_redirect_covers_no_page(permanent: Book) -> None:
    permanent.edit("conf.py", "redirects = {}", 'redirects = {"chapters/ability": "position.html"}')
    built = permanent.build(warns=True)
    assert problems(built.warnings) == ["[permalink.redirect]"] and "盖掉" in built.warnings
    assert built.page("chapters/ability").find(id="ability-doing") is not None
    assert permanent.handbook("check") == 1


@pytest.mark.parametrize("target", ["position.html", "nowhere.html", "skills.html"])
def test_a_redirect_makes_no_build_a_cold_one(permanent: Book, target: str) -> None:
    """Good or bad: it is told in every build, and nothing is read again for it."""
    permanent.edit("conf.py", "redirects = {}", f'redirects = {{"chapters/ability": "{target}"}}')
    first = permanent.build(warns=True)
    second = permanent.build(warns=True)
    assert second.read == () and problems(second.warnings) == problems(first.warnings) == ["[permalink.redirect]"]
    permanent.edit("conf.py", target, f"../chapters/{target}")
    assert permanent.build(warns=True).read == (), "pages may be written again; documents do not depend on it"


def test_a_redirect_says_where_it_leads_and_runs_nothing_else(permanent: Book) -> None:
    permanent.edit("chapters/position.md", "# 定位", "# 定位</title><script>alert(1)</script>")
    permanent.edit("conf.py", "redirects = {}", 'redirects = {"chapters/old": "position.html"}')
    built = permanent.build(warns=True)
    page = BeautifulSoup((Path(built.app.outdir) / "chapters/old.html").read_text(encoding="utf-8"), "lxml")
    assert [script.get_text() for script in page.find_all("script")] == [
        'window.location.replace("position.html" + window.location.hash);'
    ]
    assert page.a is not None and page.a["href"] == "position.html"


def test_a_redirect_to_a_page_that_the_public_edition_leaves_out_is_dropped(permanent: Book) -> None:
    permanent.edit("conf.py", "redirects = {}", 'redirects = {"chapters/old": "../source_speeches/county.html"}')
    assert (Path(permanent.build().app.outdir) / "chapters/old.html").is_file()
    out = Path(permanent.build(edition="public", out="_build/public", fresh=True).app.outdir)
    assert not (out / "chapters/old.html").exists()
