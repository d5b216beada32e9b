"""Permanent ids through real builds: they do not depend on order, wording or page, and none is lost unnoticed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from book import Book, MakeBook
from sphinx.util.inventory import InventoryFile

from support import ROOT


@pytest.fixture
def permanent(make_book: MakeBook) -> Book:
    """The root ``permanent``, accepted, its ids published."""
    book = make_book(root="permanent")
    shutil.copytree(ROOT / "_templates", book.root / "_templates")
    assert book.handbook("ids", "--publish") == 0
    return book


def ids(book: Book) -> dict[str, str]:
    """What published-ids.txt says: id → page."""
    lines = book.path("published-ids.txt").read_text(encoding="utf-8").split("\n")
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))  # type: ignore[misc]


def labels(out: Path) -> dict[str, Any]:
    """The std labels of a written inventory."""
    return dict(InventoryFile.loads((out / "objects.inv").read_bytes(), uri="").data["std:label"])


def _move(name: str, page: str = "chapters/ability") -> str:
    return f'[[moved]]\nid = "{name}"\nfrom = "{page}"\non = "2027-03-01"\n'


def problems(warnings: str) -> list[str]:
    return re.findall(r"\[permalink\.\w+\]", warnings)


def test_everything_citable_has_an_ascii_id(permanent: Book) -> None:
    assert ids(permanent) == {
        "book": "index",
        "position": "chapters/position",
        "position-hub": "chapters/position",
        "ability": "chapters/ability",
        "ability-writing": "chapters/ability",
        "ability-doing": "chapters/ability",
        "q.hub": "chapters/position",
        "q.writing": "chapters/ability",
        "q.doing": "chapters/ability",
        "county": "source_speeches/county",
        "county.p1": "source_speeches/county",
        "county.p2": "source_speeches/county",
        "county.p3": "source_speeches/county",
        "term.shu-niu": "genindex",
        "term.zhua-luo-shi": "genindex",
    }


def test_the_inventory_names_each_as_a_citation_does(permanent: Book) -> None:
    built = permanent.build()
    found = labels(Path(built.app.outdir))
    titles = {name: found[name].display_name for name in ids(permanent)}
    assert titles["book"] == "《小手册》（2026年版）"
    assert titles["ability"] == "《小手册》第二章“能力”（2026年版）"
    assert titles["ability-doing"] == "《小手册》第二章“能力”“落实”一节（2026年版）"
    assert titles["q.doing"] == "《小手册》第二章“能力”摘录2-2（2026年版）"
    assert titles["county.p3"] == "《小手册》讲话原文《在办公室工作会议上的讲话》第3行（2026年版）"
    assert titles["term.zhua-luo-shi"] == "《小手册》主题索引“抓落实”（2026年版）"
    assert found["q.doing"].uri == "chapters/ability.html#q.doing"
    for item in (found[name] for name in ids(permanent)):  # each address is there
        page, _, anchor = item.uri.partition("#")
        text = (Path(built.app.outdir) / page).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in text


def test_ids_stay_when_sections_are_reordered_reworded_and_chapters_split(permanent: Book) -> None:
    before = ids(permanent)
    source = permanent.path("chapters/ability.md").read_text(encoding="utf-8")
    head, writing, doing = re.split(r"(?=^\(ability-(?:writing|doing)\)=)", source, flags=re.MULTILINE)
    permanent.write("chapters/ability.md", head.replace("# 能力", "# 本领") + doing.replace("## 落实", "## 抓好落实"))
    permanent.write("chapters/writing.md", "(writing-chapter)=\n# 笔头\n\n" + writing.replace("## 文字", "## 写材料"))
    permanent.edit(
        "index.md", "chapters/position\nchapters/ability", "chapters/writing\nchapters/ability\nchapters/position"
    )
    built = permanent.build(warns=True)
    # Not one id is lost; two stand on another page, which must be said.
    assert "已经发布（2026年版，" not in built.warnings
    assert problems(built.warnings) == ["[permalink.published]"] * 2
    permanent.write("moved-ids.toml", _move("ability-writing") + _move("q.writing"))
    found = labels(Path(permanent.build().app.outdir))
    assert {name: item.uri.partition(".html")[0] for name, item in found.items() if name in before} == {
        **before,
        "ability-writing": "chapters/writing",
        "q.writing": "chapters/writing",
    }
    assert found["q.writing"].display_name == "《小手册》第一章“笔头”摘录1-1（2026年版）"


def test_the_old_page_keeps_an_anchor_that_leads_on(permanent: Book) -> None:
    source = permanent.path("chapters/ability.md").read_text(encoding="utf-8")
    part = source[source.index("(ability-doing)=") :]
    permanent.write("chapters/ability.md", source.removesuffix(part))
    permanent.write("chapters/position.md", permanent.path("chapters/position.md").read_text("utf-8") + "\n" + part)
    permanent.write("moved-ids.toml", _move("ability-doing") + _move("q.doing"))
    page = permanent.build().page("chapters/ability")
    anchor = page.find(id="q.doing")
    assert anchor is not None and anchor.a is not None
    assert anchor.a["href"] == "position.html#q.doing"
    assert anchor.get_text() == "“q.doing”已于2027-03-01移到：《小手册》第一章“定位”摘录1-2（2026年版）"


def _strict(book: Book, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", *options, ".", "_build/strict"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext"), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=book.root, env=environment, capture_output=True, text=True, check=False)


def test_the_strict_build_stops_when_a_published_id_vanishes(
    permanent: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _strict(permanent).returncode == 0
    permanent.edit("chapters/ability.md", "(ability-doing)=", "(ability-done)=")
    stopped = _strict(permanent)
    assert stopped.returncode != 0
    assert "“ability-doing”已经发布" in stopped.stderr and "ability-done" in stopped.stderr
    capsys.readouterr()
    assert permanent.handbook("check") == 1  # the quotations are all right, the ids are not
    assert "永久编号：1处问题" in capsys.readouterr().out


def test_every_build_tells_of_it_also_when_nothing_is_read(permanent: Book) -> None:
    permanent.edit("chapters/ability.md", "(ability-doing)=", "(ability-done)=")
    permanent.build(warns=True)
    again = permanent.build(warns=True)
    assert again.read == ()
    assert problems(again.warnings) == ["[permalink.published]"]


def test_a_renamed_page_leaves_a_redirect_that_keeps_the_fragment(permanent: Book) -> None:
    permanent.path("chapters/ability.md").rename(permanent.path("chapters/skills.md"))
    permanent.edit("index.md", "chapters/ability", "chapters/skills")
    gone = permanent.build(warns=True).warnings
    assert problems(gone) == ["[permalink.published]"] * 5
    assert "redirects" in gone
    permanent.edit("conf.py", "redirects = {}", 'redirects = {"chapters/ability": "skills.html"}')
    permanent.handbook("accept", "--by", "王主任")
    built = permanent.build()
    text = (Path(built.app.outdir) / "chapters/ability.html").read_text(encoding="utf-8")
    assert "skills.html" in text and "location.hash" in text


def test_what_was_withdrawn_says_when_and_what_replaced_it(permanent: Book, capsys: pytest.CaptureFixture[str]) -> None:
    source = permanent.path("chapters/ability.md").read_text(encoding="utf-8")
    permanent.write("chapters/ability.md", re.sub(r"(?s):::\{excerpt\} county p3\.s1.*?:::\n", "", source))
    permanent.write(
        "moved-ids.toml",
        '[[withdrawn]]\nid = "q.writing"\non = "2027-03-01"\nreplaced_by = "q.doing"\nreason = "与另一条重复"\n',
    )
    permanent.handbook("accept", "--by", "王主任")
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


def test_a_heading_without_an_id_is_a_warning(permanent: Book) -> None:
    permanent.write(
        "chapters/position.md", permanent.path("chapters/position.md").read_text("utf-8") + "\n## 没有编号\n"
    )
    built = permanent.build(warns=True)
    assert problems(built.warnings) == ["[permalink.heading]"]
    assert "chapters/position.md:16" in built.warnings and "标题“没有编号”没有永久编号" in built.warnings
    again = permanent.build(warns=True)
    assert again.read == () and problems(again.warnings) == ["[permalink.heading]"]
    parallel = permanent.build(warns=True, fresh=True, parallel=2)
    assert problems(parallel.warnings) == ["[permalink.heading]"]


def test_an_id_must_be_lower_case_ascii(permanent: Book) -> None:
    permanent.edit("chapters/position.md", "(position-hub)=", "(position_hub)=")
    built = permanent.build(warns=True)
    assert "“position_hub”不能用作永久编号" in built.warnings


def test_two_terms_of_one_pinyin_are_told_and_can_be_told_apart(permanent: Book) -> None:
    permanent.edit("chapters/position.md", "{index} 枢纽", "{index} 枢纽, 形式, 形势")
    built = permanent.build(warns=True)
    assert "zhindex.collision" in built.warnings and "term.xing-shi-2" in built.warnings
    permanent.write(
        "conf.py", permanent.path("conf.py").read_text("utf-8") + 'zhindex_ids = {"形势": "term.xing-shi-2"}\n'
    )
    found = labels(Path(permanent.build().app.outdir))
    assert {"term.xing-shi", "term.xing-shi-2"} <= found.keys()


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
    book = make_book(root="permanent")
    shutil.copytree(ROOT / "_templates", book.root / "_templates")
    told = book.build(warns=True).warnings
    assert problems(told) == ["[permalink.unpublished]"] and "handbook ids --publish" in told
    assert not book.path("published-ids.txt").exists()
    assert book.handbook("check") == 1
    assert book.handbook("ids", "--publish") == 0
    assert book.handbook("check") == 0


def test_an_id_taken_by_another_heading_is_told(permanent: Book) -> None:
    """docutils gives the first heading whose words spell it the anchor, and the label's own section ``id1``."""
    permanent.edit(
        "chapters/ability.md", "(ability-writing)=", "(ability-en)=\n## Ability writing\n\n甲。\n\n(ability-writing)="
    )
    told = permanent.build(warns=True).warnings
    assert "“ability-writing”在网页上的地址成了" in told and "[permalink.anchor]" in told


@pytest.mark.parametrize("label", ["2027", "a.b", "a_b"])
def test_labels_whose_anchor_would_not_last_are_told(permanent: Book, label: str) -> None:
    permanent.write(
        "chapters/position.md",
        permanent.path("chapters/position.md").read_text("utf-8") + f"\n({label})=\n## 新的一节\n\n甲。\n",
    )
    assert problems(permanent.build(warns=True).warnings)


def test_a_bad_redirect_covers_no_page(permanent: Book) -> None:
    permanent.edit("conf.py", "redirects = {}", 'redirects = {"chapters/ability": "position.html"}')
    built = permanent.build(warns=True)
    assert problems(built.warnings) == ["[permalink.redirect]"] and "盖掉" in built.warnings
    assert built.page("chapters/ability").find(id="ability-doing") is not None
    assert permanent.handbook("check") == 1


def test_an_anchor_left_behind_follows_when_its_target_moves_again(permanent: Book) -> None:
    source = permanent.path("chapters/ability.md").read_text(encoding="utf-8")
    part = source[source.index("(ability-doing)=") :]
    permanent.write("chapters/ability.md", source.removesuffix(part))
    permanent.write("chapters/third.md", "(third)=\n# 第三\n\n" + part)
    permanent.edit("index.md", "chapters/ability", "chapters/ability\nchapters/third")
    permanent.write("moved-ids.toml", _move("ability-doing") + _move("q.doing"))
    anchor = permanent.build().page("chapters/ability").find(id="ability-doing")
    assert anchor is not None and anchor.a is not None and anchor.a["href"] == "third.html#ability-doing"
    permanent.write("chapters/third.md", "(third)=\n# 第三\n\n甲。\n")
    permanent.write("chapters/position.md", permanent.path("chapters/position.md").read_text("utf-8") + "\n" + part)
    anchor = permanent.build().page("chapters/ability").find(id="ability-doing")
    assert anchor is not None and anchor.a is not None and anchor.a["href"] == "position.html#ability-doing"


def test_a_label_that_goes_to_an_earlier_page_is_no_duplicate(permanent: Book) -> None:
    permanent.build()
    source = permanent.path("chapters/position.md").read_text(encoding="utf-8")
    part = source[source.index("```{index}") :]
    permanent.write("chapters/position.md", source.removesuffix(part))
    permanent.write("chapters/ability.md", permanent.path("chapters/ability.md").read_text("utf-8") + "\n" + part)
    permanent.write("moved-ids.toml", _move("position-hub", "chapters/position") + _move("q.hub", "chapters/position"))
    permanent.build()


def test_a_chapter_is_cited_by_its_own_id(permanent: Book) -> None:
    table = "\n(a-table)=\n```{table} 能力表\n| 甲 | 乙 |\n| - | - |\n| 1 | 2 |\n```\n"
    permanent.write("chapters/ability.md", permanent.path("chapters/ability.md").read_text("utf-8") + table)
    permanent.edit("chapters/ability.md", "(ability)=\n# 能力", "(a-new-one)=\n(ability)=\n# 讲好第一节课")
    permanent.handbook("ids", "--publish")
    built = permanent.build()
    panel = built.page("chapters/ability").select(".cite-this .copy-text")
    assert [span.get_text() for span in panel][::2] == ["《小手册》第二章“讲好第一节课”（2026年版）", "a-new-one"]
    found = labels(Path(built.app.outdir))
    assert found["a-table"].display_name == "《小手册》第二章“讲好第一节课”“能力表”（2026年版）"


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


def test_the_public_edition_may_lack_the_speeches_and_nothing_else(permanent: Book) -> None:
    permanent.build(edition="public", out="_build/public", fresh=True)
    permanent.edit("chapters/ability.md", "(ability-doing)=", "(ability-done)=")
    built = permanent.build(edition="public", out="_build/public", fresh=True, warns=True)
    assert problems(built.warnings) == ["[permalink.published]"]


def test_an_unknown_id_is_answered_with_the_nearest(permanent: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert permanent.handbook("cite", "abilty") == 2
    assert "最接近的是：ability" in capsys.readouterr().err


def test_an_excerpt_that_does_not_pass_cannot_be_cited(permanent: Book, capsys: pytest.CaptureFixture[str]) -> None:
    permanent.edit("chapters/ability.md", "写材料要实事求是。", "写材料要实事求实。")
    built = permanent.build(warns=True)
    data = json.loads((Path(built.app.outdir) / "citations.json").read_text(encoding="utf-8"))
    assert "q.writing" not in data["items"] and "q.doing" in data["items"]
    assert permanent.handbook("cite", "writing") == 2
    assert "没有通过核对" in capsys.readouterr().err


def test_a_chapter_says_how_it_is_cited(permanent: Book) -> None:
    panel = permanent.build().page("chapters/ability").select_one(".cite-this")
    assert panel is not None
    assert [span.get_text() for span in panel.select(".copy-text")] == [
        "《小手册》第二章“能力”（2026年版）",
        "编写组.小手册[M].2026年版.[出版地不详]:[出版者不详],2026:第二章“能力”.",
        "ability",
    ]


DUPLICATE = "\n(ability-doing)=\n## 又一处\n\n编者的话。\n"


@pytest.mark.parametrize("parallel", [0, 2])
def test_a_label_on_two_pages_is_told_in_every_build(permanent: Book, parallel: int) -> None:
    position = permanent.path("chapters/position.md").read_text(encoding="utf-8")
    permanent.write("chapters/position.md", position + DUPLICATE)
    first = permanent.build(warns=True, fresh=True, parallel=parallel).warnings
    assert "“ability-doing”在chapters/ability.md、chapters/position.md里都有" in first
    again = permanent.build(warns=True, parallel=parallel)
    assert again.read == () and "里都有" in again.warnings
    assert permanent.handbook("check") == 1


def test_a_label_that_was_pasted_twice_and_taken_out_again_is_not_lost(permanent: Book) -> None:
    position = permanent.path("chapters/position.md").read_text(encoding="utf-8")
    permanent.build()
    permanent.write("chapters/position.md", position + DUPLICATE + "\n见{ref}`ability-doing`。\n")
    permanent.build(warns=True)
    permanent.write("chapters/position.md", position + "\n见{ref}`ability-doing`。\n")
    page = permanent.build().page("chapters/position")
    assert page.find("a", href="ability.html#ability-doing") is not None


def test_a_renamed_id_is_not_given_away(permanent: Book) -> None:
    permanent.edit("chapters/ability.md", "(ability-doing)=", "(ability-done)=")
    permanent.write("moved-ids.toml", '[[moved]]\nid = "ability-doing"\nto = "ability-done"\non = "2027-03-01"\n')
    permanent.build()
    permanent.write("chapters/position.md", permanent.path("chapters/position.md").read_text("utf-8") + DUPLICATE)
    told = permanent.build(warns=True).warnings
    assert "改为“ability-done”，书里却又有这个编号" in told


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


def test_a_label_above_an_excerpt_is_no_crash(permanent: Book) -> None:
    permanent.edit("chapters/ability.md", ":::{excerpt} county p3.s2", "(above)=\n:::{excerpt} county p3.s2")
    built = permanent.build()
    assert built.page("chapters/ability").find(id="q.doing") is not None


def test_a_redirect_to_a_page_that_the_public_edition_leaves_out_is_dropped(permanent: Book) -> None:
    permanent.edit("conf.py", "redirects = {}", 'redirects = {"chapters/old": "../source_speeches/county.html"}')
    assert (Path(permanent.build().app.outdir) / "chapters/old.html").is_file()
    out = Path(permanent.build(edition="public", out="_build/public", fresh=True).app.outdir)
    assert not (out / "chapters/old.html").exists()
