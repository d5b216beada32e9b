"""Ways of writing words into a chapter that nobody verified: each of tests/data/ways.jsonl is told, and where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from book import copy_root

from speeches.check.checked import checked
from speeches.core.review.review import Finding, Subtype
from support import DATA, read_jsonl

pytestmark = pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app'")  # sphinx_design asks for it
WAYS = read_jsonl(DATA / "ways.jsonl")
_SETTLED = {Subtype.NEW, Subtype.EMPTY}
_SAYS = {
    "attribution": {Subtype.ATTRIBUTION},
    "withheld": {Subtype.WITHHELD, Subtype.RESTRICTED, Subtype.SYNTAX},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """Every way as a page of its own, built once: page → what was found on it."""
    book = copy_root("book", tmp_path_factory.mktemp("ways") / "book")
    river = book.path("source_speeches/river.toml")
    withheld = '[[restrict]]\nlines = [4, 4]\nkind = "withhold"\n'
    book.write("source_speeches/river.toml", f'called = ["渡口那篇"]\n{river.read_text(encoding="utf-8")}{withheld}')
    book.write("chapters/piece.inc", "守灯人的本分，是天黑之前把灯点亮。\n")
    book.write("chapters/alt.inc", "他说“没有人讲过这样一句长长的话”。\n")
    book.write("terms.txt", "这一条是写进词表里的一句长话\n")
    for number, way in enumerate(WAYS):
        book.write(f"chapters/w{number}.md", f"{way['text']}\n")
    built = book.build(
        "verify",
        warns=True,
        extensions=["myst_parser", "sphinx_design", "speeches", "manuscript"],
        html_title="守灯人的本分，是天黑之后把灯点亮",
    )
    outcome = checked(built.app.env)
    out: dict[str, list[Finding]] = {}
    for finding in [*outcome.findings, *(finding for item in outcome.reviewed for finding in item.findings)]:
        out.setdefault(finding.path, []).append(finding)
    # What a chapter may not hold at all is told when it is read, and fails the check as well.
    for path, line in re.findall(r"(chapters/w[0-9]+\.md):([0-9]+)", built.warnings):
        out.setdefault(path, []).append(Finding(Subtype.SYNTAX, "refused", path, int(line)))
    return out


def test_there_are_at_least_two_hundred() -> None:
    assert len({way["text"] for way in WAYS}) >= 200


@pytest.mark.parametrize("number", range(len(WAYS)), ids=lambda n: f"{WAYS[n]['group']}-{n}")
def test_words_that_nobody_verified_are_told(found: dict[str, list[Finding]], number: int) -> None:
    way = WAYS[number]
    path = way.get("path", f"chapters/w{number}.md")
    told = [finding for finding in found.get(path, ()) if finding.subtype not in _SETTLED]
    assert told, f"nothing was told of:\n{way['text']}"
    expected = _SAYS.get(way["group"])
    assert expected is None or expected & {finding.subtype for finding in told}, told


def test_a_page_without_a_fault_is_told_nothing(found: dict[str, list[Finding]]) -> None:
    for name in ("one", "two", "tables"):
        assert [f for f in found.get(f"chapters/{name}.md", ()) if f.subtype not in _SETTLED] == []


def test_the_list_is_read_where_it_lies() -> None:
    assert Path(DATA / "ways.jsonl").read_bytes().decode("utf-8").endswith("\n")
