"""What a build puts into the script, in a project that knows nothing of speeches."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import ConfigError

Build = Callable[..., Path]

INDEX = r"""
总则
====

**保**\ *密* 是纪律，见 :ref:`细则 <rules>` 与 :doc:`a`\ 。

.. admonition:: 学习要点

   先读正文。

.. note:: 另有说明。

.. container:: no-search

   不要索引

.. only:: latex

   只在纸上

.. only:: html

   只在屏上

.. raw:: html

   <p>原样<b>文字</b></p><script>bad()</script>

.. comment

.. _rules:

细则
----

第一条\ [#n]_\ 之后。

.. container:: card

   卡片内容

.. [#n] 脚注文字

.. toctree::

   a
"""
# Reaches for the network, or is newer than ES2019.
TOO_NEW = re.compile(r"\bfetch\(|\bimport\(|\?\.[a-z(\[]|\?\?|XMLHttpRequest|replaceAll|\.at\(|https?:")

OTHER = """
附则
====

乙页的文字。
"""


def texts(data: Any, docname: str) -> str:
    """All text of a page."""
    (rows,) = [row[4] for row in data["documents"] if row[0] == docname]
    return "\n".join(f"{row[1] or ''}\n{row[2]}" for row in rows)


def test_text_of_a_page(build: Build, read_data: Callable[[Path], Any]) -> None:
    data = read_data(build({"index.rst": INDEX, "a.rst": OTHER}))
    text = texts(data, "index")
    assert "保密 是纪律" in text or "保密是纪律" in text
    for there in ("细则 与 附则。", "学习要点", "先读正文", "备注", "只在屏上", "原样文字", "第一条之后", "脚注文字"):
        assert there in text, there
    for gone in ("不要索引", "只在纸上", "bad", "comment", "乙页"):
        assert gone not in text, gone


def test_sections_are_anchored_and_groups_apply(build: Build, read_data: Callable[[Path], Any]) -> None:
    groups = [("卡片", ".card"), ("附件", "a*")]
    site = build({"index.rst": INDEX, "a.rst": OTHER}, zhsearch_groups=groups, zhsearch_other="正文")
    data = read_data(site)
    assert data["groups"] == [["卡片", "node"], ["附件", "page"], ["正文", "page"]]
    assert [(row[0], row[3]) for row in data["documents"]] == [("index", 2), ("a", 1)]
    passages = data["documents"][0][4]
    assert passages[0][:2] == ["", "总则"]
    assert ["rules", "细则"] in [row[:2] for row in passages]
    assert [row[2] for row in passages if row[3:] == [0]] == ["卡片内容"]
    html = (site / "index.html").read_text(encoding="utf-8")
    assert all(f'id="{row[0]}"' in html for row in passages if row[0])


def test_excluded_class(build: Build, read_data: Callable[[Path], Any]) -> None:
    data = read_data(build({"index.rst": INDEX, "a.rst": OTHER}, zhsearch_exclude=["card"]))
    assert "卡片内容" not in texts(data, "index")


def test_no_search_page(build: Build, read_data: Callable[[Path], Any]) -> None:
    data = read_data(build({"index.rst": INDEX, "a.rst": f":no-search:\n{OTHER}"}))
    assert texts(data, "a") == ""


def test_incremental_equals_clean(build: Build) -> None:
    script = "_static/zhsearch/data.js"
    build({"index.rst": INDEX, "a.rst": OTHER})
    changed = OTHER.replace("乙页", "丙页")
    site = build({"index.rst": INDEX, "a.rst": changed})
    clean = build({"index.rst": INDEX, "a.rst": changed}, out="clean", parallel=2)
    assert (site / script).read_bytes() == (clean / script).read_bytes()
    assert "丙页" in (site / script).read_text(encoding="utf-8")


def test_deleted_script_is_made_again_and_no_op_leaves_it(build: Build) -> None:
    site = build({"index.rst": INDEX, "a.rst": OTHER})
    script = site / "_static" / "zhsearch" / "data.js"
    before = script.read_bytes(), script.stat().st_mtime_ns
    build({})
    assert (script.read_bytes(), script.stat().st_mtime_ns) == before
    script.unlink()
    build({})
    assert script.read_bytes() == before[0]


def test_deleted_page_leaves_the_script(build: Build, tmp_path: Path) -> None:
    build({"index.rst": INDEX, "a.rst": OTHER})
    (tmp_path / "source" / "a.rst").unlink()
    trimmed = INDEX.replace(" 与 :doc:`a`", "").replace(".. toctree::\n\n   a\n", "")
    site = build({"index.rst": trimmed})
    assert "乙页" not in (site / "_static" / "zhsearch" / "data.js").read_text(encoding="utf-8")


def test_words_and_variants(build: Build, read_data: Callable[[Path], Any], tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    # Not .txt: Sphinx shares its default source_suffix between applications of one process, and another test adds .txt.
    (tmp_path / "source" / "words.list").write_text("# 词\n纪律\n没有的词\n", encoding="utf-8")
    data = read_data(build({"index.rst": INDEX, "a.rst": OTHER}, zhsearch_words="words.list"))
    known = dict(zip(data["words"], data["pinyin"], strict=True))
    assert known["纪律"] == "ji lv"
    assert "没有的词" not in known
    pairs = dict(re.findall("(.)(.)", data["variants"]))
    assert pairs["紀"] == "纪"
    assert "龜" not in pairs


@pytest.mark.parametrize("language", ["zh", "zh_CN"])
def test_sphinx_index_stays_empty_and_its_page_sound(build: Build, language: str) -> None:
    site = build({"index.rst": INDEX, "a.rst": OTHER}, language=language)
    assert '"terms":{}' in (site / "searchindex.js").read_text(encoding="utf-8")
    assert "ChineseStemmer" not in (site / "_static" / "language_data.js").read_text(encoding="utf-8")
    page = (site / "search.html").read_text(encoding="utf-8")
    assert re.search(r'<script defer="defer" src="_static/zhsearch/data\.js\?v=[0-9a-f]{8}">', page)
    assert "data.js?v" not in (site / "index.html").read_text(encoding="utf-8")


def test_dirhtml_addresses(build: Build, read_data: Callable[[Path], Any]) -> None:
    data = read_data(build({"index.rst": INDEX, "a.rst": OTHER}, builder="dirhtml"))
    assert [row[1] for row in data["documents"]] == ["", "a/"]


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_builders_without_search_are_left_alone(build: Build, builder: str) -> None:
    site = build({"index.rst": INDEX, "a.rst": OTHER}, builder=builder, project="本", version="1", copyright="人")
    assert not list(site.rglob("data.js"))


def test_one_page_holds_every_document(build: Build, read_data: Callable[[Path], Any]) -> None:
    index = ".. index:: 密\n" + INDEX
    site = build({"index.rst": index, "a.rst": OTHER}, builder="singlehtml", zhsearch_groups=[("附件", "a*")])
    data = read_data(site)
    assert [(row[0], row[1], row[3]) for row in data["documents"]] == [
        ("index", "index.html", 1),
        ("a", "index.html", 0),
    ]
    assert "乙页" in texts(data, "a") and "乙页" not in texts(data, "index")
    html = (site / "index.html").read_text(encoding="utf-8")
    anchors = [row[0] for page in data["documents"] for row in page[4] if row[0]]
    assert "document-a" in anchors and all(f'id="{anchor}"' in html for anchor in anchors)
    assert data["terms"] == [["密", ["index.html#index-0"]]]


def test_bad_configuration_is_named(build: Build) -> None:
    with pytest.raises(ConfigError, match="zhsearch_groups"):
        build({"index.rst": INDEX, "a.rst": OTHER}, zhsearch_groups=["章节"])
    with pytest.raises(ConfigError, match=r"missing\.txt"):
        build({"index.rst": INDEX, "a.rst": OTHER}, zhsearch_words="missing.txt")


def test_knows_nothing_of_speeches() -> None:
    import zhsearch

    folder = Path(zhsearch.__file__).parent
    for path in [*folder.rglob("*.py"), *folder.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search("speech|讲话|excerpt|摘录", text), path.name
        if path.suffix == ".js":
            assert not TOO_NEW.search(text), path.name


def test_synonyms_terms_and_sounds_are_in_the_script(
    build: Build, read_data: Callable[[Path], Any], tmp_path: Path
) -> None:
    lists = {
        "synonyms.words": "# 编者\n督察 督查\n单独\n",
        "index.rst": "总则\n====\n\n.. index:: 公文写作\n\n督查要实。\n",
    }
    data = read_data(build(lists, zhsearch_synonyms="synonyms.words"))
    assert data["synonyms"] == [["督察", "督查"]]
    assert data["terms"] == [["公文写作", ["index.html#index-0"]]]
    assert set("督") <= set(data["sounds"]["du"]) and set("察查") <= set(data["sounds"]["cha"])


def test_the_signature_of_an_object_is_a_place_of_its_own(build: Build, read_data: Callable[[Path], Any]) -> None:
    text = "接口\n====\n\n.. py:function:: get(url: str) -> int\n\n   取回一页。\n\n.. py:function:: put(url)\n\n   放上。\n"
    page = read_data(build({"index.rst": text}))["documents"][0]
    rows = {row[0]: row[2] for row in page[4]}
    assert rows["get"].startswith("get(url: str)")
    assert "put(url)" in rows["put"] and "get" not in rows["put"]


def test_a_signature_is_without_its_link_to_the_source(build: Build, read_data: Callable[[Path], Any]) -> None:
    text = "接口\n====\n\n.. autofunction:: textwrap.dedent\n\n.. cpp:function:: int f(int a, char b)\n"
    extensions = ["zhsearch", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
    page = read_data(build({"index.rst": text}, extensions=extensions))["documents"][0]
    rows = {row[0]: row[2].split("\n")[0] for row in page[4]}
    assert rows["textwrap.dedent"] == "textwrap.dedent(text)"
    assert "int f(int a, char b)" in rows.values()
