"""Permanent ids through real builds: they do not depend on order, wording or page, and none is lost unnoticed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from book import Book
from permanent import DUPLICATE, ids, labels, move, problems

from support import ROOT


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
    permanent.write("moved-ids.toml", move("ability-writing") + move("q.writing"))
    found = labels(Path(permanent.build().app.outdir))
    assert {name: item.uri.partition(".html")[0] for name, item in found.items() if name in before} == {
        **before,
        "ability-writing": "chapters/writing",
        "q.writing": "chapters/writing",
    }
    assert found["q.writing"].display_name == "《小手册》第一章“笔头”摘录1-1（2026年版）"


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


def test_a_project_that_keeps_no_list_is_told_nothing_of_its_habits(permanent: Book) -> None:
    """Headings without ids, labels with underscores or in Chinese: told once the list is there, in the file's own language."""
    permanent.path("published-ids.txt").unlink()
    permanent.write("chapters/a.rst", ":orphan:\n\n甲\n==\n\n文。\n\n.. _a_b:\n.. _章:\n\n乙\n--\n\n文。\n")
    permanent.edit("conf.py", '"chapters/**"', '"chapters/**", "*.rst"')
    permanent.edit("conf.py", 'permalink_published = "published-ids.txt"\n', "")
    built = permanent.build(warns=True)
    assert not problems(built.warnings) and permanent.handbook("check") == 0
    permanent.write("published-ids.txt", "# 还没有发布过\n")
    told = permanent.build(warns=True).warnings
    assert set(problems(told)) == {"[permalink.heading]", "[permalink.anchor]"}
    assert "标题“甲”没有永久编号" in told and ".. _nengli-wenzi:" in told
    assert "编号“a_b”在网页上的地址成了 #a-b" in told


def test_a_label_on_two_pages_is_told_without_a_list_too(permanent: Book) -> None:
    permanent.path("published-ids.txt").unlink()
    permanent.edit("conf.py", 'permalink_published = "published-ids.txt"\n', "")
    permanent.write("chapters/b.md", "(ability-doing)=\n# 乙\n\n文。\n")
    assert "[permalink.collision]" in problems(permanent.build(warns=True).warnings)


def test_an_id_must_be_lower_case_ascii(permanent: Book) -> None:
    permanent.edit("chapters/position.md", "(position-hub)=", "(position_hub)=")
    built = permanent.build(warns=True)
    assert "“position_hub”不能用作永久编号" in built.warnings


def test_two_terms_of_one_pinyin_are_told_and_can_be_told_apart(permanent: Book) -> None:
    permanent.edit("chapters/position.md", "{index} 枢纽", "{index} 枢纽, 形式, 形势, -R, -r")
    built = permanent.build(warns=True)
    assert built.warnings.count("zhindex.collision") == 1 and "term.xing-shi-2" in built.warnings
    permanent.write(
        "conf.py", permanent.path("conf.py").read_text("utf-8") + 'zhindex_ids = {"形势": "term.xing-shi-2"}\n'
    )
    found = labels(Path(permanent.build().app.outdir))
    assert {"term.xing-shi", "term.xing-shi-2", "term.r", "term.upper-r"} <= found.keys()


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


def test_a_label_that_goes_to_an_earlier_page_is_no_duplicate(permanent: Book) -> None:
    permanent.build()
    source = permanent.path("chapters/position.md").read_text(encoding="utf-8")
    part = source[source.index("```{index}") :]
    permanent.write("chapters/position.md", source.removesuffix(part))
    permanent.write("chapters/ability.md", permanent.path("chapters/ability.md").read_text("utf-8") + "\n" + part)
    permanent.write("moved-ids.toml", move("position-hub", "chapters/position") + move("q.hub", "chapters/position"))
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
        "编写组. 小手册[M]. 2026年版. 2026：第二章“能力”.",
        "ability",
    ]


@pytest.mark.parametrize("parallel", [0, 2])
def test_a_label_on_two_pages_is_told_in_every_build(permanent: Book, parallel: int) -> None:
    position = permanent.path("chapters/position.md").read_text(encoding="utf-8")
    permanent.write("chapters/position.md", position + DUPLICATE)
    first = permanent.build(warns=True, fresh=True, parallel=parallel).warnings
    assert "“ability-doing”在chapters/ability.md、chapters/position.md里都有" in first
    again = permanent.build(warns=True, parallel=parallel)
    assert set(again.read) <= {"chapters/position"}, "read again because docutils warned about it; nothing else is"
    assert "里都有" in again.warnings
    assert permanent.handbook("check") == 1


def test_a_label_that_was_pasted_twice_and_taken_out_again_is_not_lost(permanent: Book) -> None:
    position = permanent.path("chapters/position.md").read_text(encoding="utf-8")
    permanent.build()
    permanent.write("chapters/position.md", position + DUPLICATE + "\n见{ref}`ability-doing`。\n")
    permanent.build(warns=True)
    permanent.write("chapters/position.md", position + "\n见{ref}`ability-doing`。\n")
    page = permanent.build().page("chapters/position")
    assert page.find("a", href="ability.html#ability-doing") is not None


def test_a_label_above_an_excerpt_is_no_crash(permanent: Book) -> None:
    permanent.edit("chapters/ability.md", ":::{excerpt} county p3.s2", "(above)=\n:::{excerpt} county p3.s2")
    built = permanent.build()
    assert built.page("chapters/ability").find(id="q.doing") is not None


def test_narrow_marks_hold_on_every_page_and_in_the_command(
    permanent: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    permanent.edit("source_speeches/county.toml", "sha256", 'date = "2015"\nsha256')
    permanent.edit("conf.py", 'language = "zh_CN"', 'language = "zh_CN"\nspeeches_citation_marks = "narrow"')
    built = permanent.accepted().build()
    assert "在办公室工作会议上的讲话[A].2015." in built.page("source_speeches/county").get_text()
    page = built.page("chapters/ability")
    panel, block = page.select_one(".cite-this"), page.find(id="q.doing")
    assert panel is not None and block is not None
    narrow = "编写组.小手册[M].2026年版.2026:第二章“能力”."
    assert narrow in panel.get_text()
    assert str(block["data-citation"]).endswith("编写组.小手册.2026年版.2026:摘录2-2.")
    capsys.readouterr()
    assert permanent.handbook("cite", "ability") == 0
    assert capsys.readouterr().out == narrow + "\n"
