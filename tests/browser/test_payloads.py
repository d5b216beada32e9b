"""One payload in every field that somebody else may fill, and what the pages, the search, the PDF, LaTeX and the terminal make of it.

Every field has a name in its payload, so that a failure says which field it came from.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from handbook import main
from speeches.config import SpeechesConfig
from speeches.core.source.speech import Record
from support import ROOT, require
from zhprint.config import PrintConfig
from zhsearch.config import SearchConfig

CATCH = "window.boomed = []; window.boom = tag => window.boomed.push(tag); window.alert = window.boom;"
USED: set[str] = set()


def bad(tag: str, *, escapes: bool = False) -> str:
    """A text that is a program to a browser, a template, Typst, LaTeX, and with ``escapes`` a terminal."""
    USED.add(tag)
    text = (
        f"“{tag}”\"'><img src=x onerror=boom('{tag}')><script>boom('{tag}')</script></title></textarea>"
        f"<a href='javascript:boom()'>x</a>{{{{ 7*7 }}}}\\input{{boom}}#panic(\"boom\")$boom$&amp;"
    )
    return text + ("\x1b]0;boom\x07\u202e\x9b31m" if escapes else "")


def markdown(text: str) -> str:
    """The text as Markdown prints it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!&\"'$()])", r"\\\1", text)


def toml(values: dict[str, str]) -> str:
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())


def texts(shape: type) -> set[str]:
    """Fields of a dataclass that hold text."""
    return {item.name for item in fields(shape) if item.type == "str"}


TEXTS_OF_A_RECORD = texts(Record) - {"sha256", "received_sha256", "date", "rights"}
"""The others are digests, a date and a choice: anything else is refused (tests/unit/test_archive_errors.py)."""
CLOSED = {
    "speeches": {"archive", "lock", "terms", "citation_marks"},
    "zhsearch": {"words", "synonyms", "numbered"},
    "zhprint": {
        "exclude", "chapter", "handout_for", "handout_answers", "cover", "cover_colour", "paper", "size", "marks", "fonts", "font_cache",
        "standard", "notes_class", "excerpt_class", "source_class", "references_class", "stamp",
    },
}  # fmt: skip
"""Values of conf.py that are paths, names of classes and documents, or choices."""
VALUES = [
    f"{prefix}_{name}"
    for prefix, shape in (("speeches", SpeechesConfig), ("zhsearch", SearchConfig), ("zhprint", PrintConfig))
    for name in sorted(texts(shape) - CLOSED[prefix])
]


TEXT = f"同志们：\n办公室是承上启下的枢纽。{bad('speech text')}大家要珍惜。\n写材料要实事求是。抓落实要有始有终。\n臵办用品。\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook whose every field is hostile, accepted, its ids published."""
    root = tmp_path_factory.mktemp("hostile") / "book"
    shutil.copytree(ROOT / "tests/roots/permanent", root)
    (root / ".fonts").symlink_to(ROOT / ".fonts")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    record = {key: bad(f"record.{key}", escapes=True) for key in sorted(TEXTS_OF_A_RECORD)}
    (root / "source_speeches/county.txt").write_text(TEXT, encoding="utf-8")
    (root / "source_speeches/county.toml").write_text(
        toml({**record, "sha256": digest, "date": "2015"})
        + f"called = [{json.dumps(bad('record.called'))}]\n"
        + '[[emendation]]\nline = 4\noriginal = "臵"\nreading = "置"\nkind = "transcription"\n'
        + toml({"note": bad("emendation.note", escapes=True)})
        + '[[restrict]]\nlines = [2, 2]\nfrom = "大家"\nto = "珍惜。"\nkind = "noquote"\n'
        + toml({"reason": bad("restrict.reason", escapes=True)})
        + '[[dated]]\nwording = "承上启下"\n'
        + toml({"period": bad("dated.period", escapes=True), "look_up": bad("dated.look_up", escapes=True)}),
        encoding="utf-8",
    )
    position = root / "chapters/position.md"
    source = position.read_text(encoding="utf-8")
    source = source.replace("# 定位", f"# 定位{markdown(bad('chapter title'))}", 1).replace(
        "## 枢纽", f"## 枢纽{markdown(bad('section title'))}"
    )
    source = source.replace(":name: hub\n", f":name: hub\n:note: {bad('excerpt note')}\n")
    source = source.replace("```{index} 枢纽\n", f"```{{index}} 枢纽\n```\n```{{index}} {bad('index term')}\n")
    source += f"\n:::{{table}} {markdown(bad('table caption'))}\n| {markdown(bad('table head'))} |\n|---|\n| {markdown(bad('table cell'))} |\n:::\n"
    source += f'\n引语{{saying}}`{bad("saying")}`，[字]({{ROOT}} "{markdown(bad("link title"))}")，`{bad("code")}`，{{{{ unit }}}}。\n'.replace(
        "{ROOT}", "https://example.org/"
    )
    source += "\n{called}`county`\n\n:::{period-notes}\n:::\n\n:::{source-list}\n:::\n\n:::{emendation-table}\n:::\n"
    source += f"\n:::{{form}}\n{bad('form cell')} | | 日期 |\n:::\n"
    source += f"\n:::{{checklist}}\n{markdown(bad('checklist head'))}\n\n- {markdown(bad('checklist item'))}\n:::\n"
    source += f"\n:::{{admonition}} {markdown(bad('admonition title'))}\n文字。\n:::\n"
    position.write_text(source, encoding="utf-8")
    conf = (root / "conf.py").read_text(encoding="utf-8")
    conf = conf.replace('"zhindex"]', '"zhindex", "sphinx_design", "booksite", "teaching", "zhsearch", "zhprint"]')
    conf = conf.replace('html_theme = "basic"', 'html_theme = "furo"').replace('html_search_language = "en"\n', "")
    conf = conf.replace('["colon_fence"]', '["colon_fence", "substitution"]')
    values: dict[str, Any] = {
        key: bad(f"conf.{key}")
        for key in (
            "project", "author", "version", "html_title", "html_short_title", "booksite_edition_date", "booksite_rights",
            "booksite_kind", "booksite_stamp", "citable_place", "citable_publisher", "zhprint_stamp", *VALUES,
        )
    }  # fmt: skip
    values["myst_substitutions"] = {"unit": bad("conf.myst_substitutions")}
    values["zhsearch_groups"] = [
        (bad("conf.zhsearch_groups"), "chapters/*"),
        (bad("conf.zhsearch_groups 2"), ".excerpt"),
    ]
    values["html_js_files"] = [("handbook.js", {"defer": "defer"})]
    values["zhprint_system_fonts"] = False
    (root / "conf.py").write_text(conf + "".join(f"{k} = {v!r}\n" for k, v in values.items()), encoding="utf-8")
    assert main(["accept", "--all", "--root", str(root), "--by", bad("lock.by")]) == 0
    assert main(["ids", "--root", str(root), "--publish"]) in (0, 1)
    published = root / "published-ids.txt"
    published.write_text(
        published.read_text("utf-8")
        + f"gone\tchapters/position\t{bad('published edition')}\nleft\tchapters/position\t一版\n",
        encoding="utf-8",
    )
    (root / "moved-ids.toml").write_text(
        '[[withdrawn]]\nid = "gone"\non = "2027-03-01"\n'
        + toml({"reason": bad("withdrawn.reason", escapes=True)})
        + '[[moved]]\nid = "left"\nto = "position-hub"\non = "2027-03-01"\n',
        encoding="utf-8",
    )
    return root


def _sphinx(root: Path, builder: str) -> Path:
    out = root / "_build" / builder
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-b",
        builder,
        "-d",
        str(root / "_build/doctrees"),
        str(root),
        str(out),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext")}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0 and "Traceback" not in ran.stderr, ran.stderr
    assert not re.search("\x1b(?!\\[[0-9;]*m)|\u202e|\x9b", ran.stderr), "warnings are harmless"
    return out


@pytest.fixture(scope="module")
def site(hostile: Path) -> Path:
    return _sphinx(hostile, "html")


@pytest.fixture
def watched(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """A browser that notes whatever a payload runs."""
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": CATCH})
    yield browser
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": added["identifier"]})


def _assert_nothing_ran(browser: webdriver.Chrome, where: str) -> None:
    assert browser.execute_script("return window.boomed") == [], where
    made = browser.execute_script(
        "return [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on')"
        " || /^\\s*javascript:/i.test(a.value)) || (e.tagName === 'SCRIPT' && /^boom/.test(e.textContent))).map(e => e.outerHTML)"
    )
    assert made == [], where


def test_no_page_runs_a_payload(watched: webdriver.Chrome, site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) >= 6
    for page in pages:
        watched.get(page.as_uri())
        _assert_nothing_ran(watched, page.name)
    assert len(USED) >= 60, "every field has its payload"


FIELDS_ON_PAGES = (
    "record.title", "record.occasion", "record.period_note", "speech text", "chapter title", "section title", "excerpt note",
    "index term", "table caption", "table head", "table cell", "saying", "code", "admonition title", "conf.project", "conf.author",
    "conf.version", "conf.html_title", "conf.booksite_edition_date", "conf.booksite_rights", "conf.booksite_stamp",
    "conf.myst_substitutions", "withdrawn.reason", "record.called", "dated.period", "dated.look_up", "checklist head",
    "checklist item", "form cell", "conf.booksite_kind", "emendation.note",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS_ON_PAGES)
def test_a_field_is_printed_as_the_text_that_it_is(site: Path, field: str) -> None:
    """That nothing ran must not be because nothing was printed."""
    texts = [BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").get_text() for page in site.rglob("*.html")]
    assert any(f"onerror=boom('{field}')><script>" in text.replace("’", "'").replace("‘", "'") for text in texts)


def test_the_search_panel_shows_payloads_as_text(watched: webdriver.Chrome, site: Path) -> None:
    for query in ("onerror", "定位", "枢纽", "script"):
        watched.get((site / "index.html").as_uri())
        watched.find_element(By.TAG_NAME, "body").send_keys("/")
        watched.switch_to.active_element.send_keys(query)
        WebDriverWait(watched, 10).until(lambda b: b.find_elements(By.CSS_SELECTOR, "[role=option], .zhsearch-result"))
        _assert_nothing_ran(watched, f"panel: {query}")
        watched.get((site / "search.html").as_uri() + f"?q={query}")
        WebDriverWait(watched, 10).until(lambda b: b.find_elements(By.CSS_SELECTOR, "a.zhsearch-result"))
        _assert_nothing_ran(watched, f"results: {query}")


def test_panels_of_citing_show_payloads_as_text(watched: webdriver.Chrome, site: Path) -> None:
    watched.get((site / "chapters/position.html").as_uri())
    watched.execute_script(
        "document.querySelectorAll('.excerpt button, .excerpt-tools button, summary').forEach(b => b.click())"
    )
    _assert_nothing_ran(watched, "panels")


@pytest.fixture(scope="module")
def typst(hostile: Path) -> Path:
    """The printed book, its sources kept; a payload that was code would stop the compiler: #panic."""
    require(any((ROOT / ".fonts").glob("*.otf")), "没有字体：请先运行 make fonts")
    book = hostile.parent / "printed"
    shutil.copytree(hostile, book, symlinks=True, ignore=shutil.ignore_patterns("_build"))
    record = book / "source_speeches/county.toml"
    # Controls are refused in print, with a message: without them.
    source = record.read_text(encoding="utf-8").replace("\\u001b]0;boom\\u0007\\u202e\\u009b31m", "")
    assert "u001b" not in source
    record.write_text(source, encoding="utf-8")
    assert main(["accept", "--all", "--root", str(book), "--by", bad("lock.by")]) == 0
    return _sphinx(book, "typst")


@pytest.fixture(scope="module")
def latex(hostile: Path) -> Path:
    return _sphinx(hostile, "latex")


def test_typst_and_the_pdf_print_payloads_as_text(typst: Path) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in typst.rglob("*.typ"))
    outside_strings = re.sub(r'"(?:[^"\\]|\\.)*"', '""', sources)
    assert not re.search(r"(?<!\\)#panic", outside_strings)
    assert list(typst.rglob("*.pdf"))


def test_latex_has_payloads_as_text(latex: Path) -> None:
    made = "".join(path.read_text(encoding="utf-8") for path in latex.glob("*.tex"))
    assert "\\input{boom}" not in made.replace("\\\\input", "") and "boom" in made


def test_the_terminal_gets_no_escapes(
    hostile: Path, site: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert site
    capsys.readouterr()
    report = hostile / "_build/verify/report.json"
    commands = (
        ["check", "--root", str(hostile)], ["cite", "county", "--root", str(hostile)], ["cite", "gone", "--root", str(hostile)],
        ["find", "枢纽", "--root", str(hostile)], ["coverage", "--root", str(hostile)], ["ids", "--root", str(hostile)],
        ["accept", "--dry-run", "--root", str(hostile)],
    )  # fmt: skip
    for command in commands:
        main(command)
        told = "".join(capsys.readouterr())
        assert told and not re.search("\x1b(?!\\[[0-9;]*m)|\u202e|\x9b|\r", told), command
    other = tmp_path / "report.json"
    data = json.loads(report.read_text(encoding="utf-8"))
    for item in data["excerpts"]:
        item["id"] = item["id"] + "\x1b]0;boom\x07\u202e\r"
        item["quoted"] += "\x1b[2J"
    data["edition"] = {key: f"{value}\x1b[2J" for key, value in data["edition"].items()}
    other.write_text(json.dumps(data), encoding="utf-8")
    main(["diff", str(report), str(other)])
    told = "".join(capsys.readouterr())
    assert told and not re.search("\x1b|\u202e|\r", told)


GUIDE = """
project = "入职指引"
extensions = ["myst_parser", "manuscript", "handbook_citations"]
include_patterns = ["*.md"]
language = "zh_CN"
html_theme = "basic"
html_search_language = "en"
myst_enable_extensions = ["colon_fence"]
handbook_site = "../site"
handbook_archive = "../book/source_speeches"
"""


def test_a_foreign_citations_file_prints_as_text(watched: webdriver.Chrome, hostile: Path, site: Path) -> None:
    """Another project's folder: every text of its citations.json hostile, its inventory as well (its titles are the book's)."""
    foreign = hostile.parent / "site"
    shutil.copytree(site, foreign)
    path = foreign / "citations.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for item in data["items"].values():
        for key in item.keys() & {"title", "entry", "note", "kind", "page", "anchor"}:
            item[key] = bad(f"citations.{key}", escapes=True)
    for change in data["changes"].values():
        change["reason"] = change["on"] = bad("citations.change", escapes=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    guide = hostile.parent / "guide"
    guide.mkdir()
    (guide / "conf.py").write_text(GUIDE, encoding="utf-8")
    (guide / "index.md").write_text(
        "# 指引\n\n:::{handbook-excerpt} q.hub\n:::\n\n{handbook}`position`，{handbook}`gone`，{handbook}`没有`。\n",
        encoding="utf-8",
    )
    head = f"# Sphinx inventory version 2\n# Project: {bad('inventory.project')}\n# Version: {bad('inventory.version')}\n# zlib\n"
    lines = "".join(
        f"{name} std:label -1 javascript:boom('uri')//\"><img/src=x/onerror=boom('uri')> {bad('inventory.title')}\n"
        for name in ("position", "gone", "q.hub")
    )
    (foreign / "objects.inv").write_bytes(head.encode() + zlib.compress(lines.encode()))
    data["title"], data["edition"] = bad("inventory.project"), bad("inventory.version")
    path.write_text(json.dumps(data), encoding="utf-8")
    out = _sphinx(guide, "html")
    watched.get((out / "index.html").as_uri())
    _assert_nothing_ran(watched, "guide")
    assert "onerror=boom('citations.note')" in watched.find_element(By.TAG_NAME, "body").text.replace("’", "'").replace(
        "‘", "'"
    )


OUTPUTS = ("pages", "search data", "citations", "Typst", "LaTeX", "report")


def test_every_field_in_every_output(hostile: Path, site: Path, typst: Path, latex: Path) -> None:
    """Fields × outputs: wherever a payload arrives, it is text there. Its parts that would act stand nowhere as such."""
    made = {
        "pages": site.rglob("*.html"), "search data": site.rglob("_static/**/*.js"),
        "citations": [site / "citations.json"], "Typst": typst.rglob("*.typ"),
        "LaTeX": latex.glob("*.tex"), "report": (hostile / "_build/verify").glob("report.*"),
    }  # fmt: skip
    texts = {name: "".join(path.read_text(encoding="utf-8") for path in paths) for name, paths in made.items()}
    assert tuple(texts) == OUTPUTS and all(texts.values())
    assert not re.search(r"<script>boom|<img src=x onerror|<a href=['\"]javascript", texts["pages"])
    assert not re.search("[\x1b\u202e\x9b]", (hostile / "_build/verify/report.txt").read_text(encoding="utf-8"))
    seen = {(tag, name) for tag in USED for name, text in texts.items() if tag in text}
    print(
        f"{len(USED)} fields × {len(OUTPUTS)} outputs: {len(seen)} of {len(USED) * len(OUTPUTS)} pairs carry the payload"
    )
    assert len({tag for tag, _ in seen}) >= 50
