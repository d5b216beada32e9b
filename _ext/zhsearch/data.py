"""The one script that holds the text of every page, and reading it back for an incremental build."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import __version__
from .config import SearchConfig
from .folding import fold
from .passages import Passage
from .variants import to_simplified, variants_for
from .words import known_words, pinyin_of, sounds_of

FILE = "zhsearch/data.js"
_PREFIX = "window.zhsearchData="


Row = tuple[str, str | None, str, int | None, str]
"""A passage: anchor, heading, text, number of its node group, address of the passage that it is taken from."""

Term = tuple[str, tuple[str, ...]]
"""An entry of the general index, and the addresses where it stands."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What an editor keeps for the search, and the general index."""

    words: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the script holds it. ``group`` is a number into the groups."""

    docname: str
    url: str
    title: str
    group: int
    passages: tuple[Row, ...]

    @classmethod
    def of(cls, docname: str, url: str, title: str, group: int, passages: list[Passage]) -> Page:
        """Blocks are joined by line ends, which no match crosses."""
        folder = posixpath.dirname(url)
        rows = tuple(
            (
                p.anchor,
                p.heading,
                "\n".join(p.blocks),
                p.group,
                posixpath.normpath(f"{folder}/{p.source}") if p.source else "",
            )
            for p in passages
        )
        return cls(docname, url, title, group, tuple((*row[:4], row[4].lstrip("/")) for row in rows))


def fingerprint(config: SearchConfig, lists: Lists) -> str:
    """Of everything but the pages that the script depends on."""
    kept = (__version__, config, lists.words, lists.synonyms)  # the index changes only where a page does
    return hashlib.sha256(repr(kept).encode()).hexdigest()[:16]


def groups_of(config: SearchConfig) -> list[tuple[str, str]]:
    """Label and kind of each group; the last takes the pages that no rule names, and needs a name only beside others."""
    kinds = [(label, "node" if rule.startswith(".") else "page") for label, rule in config.groups]
    return [*kinds, (config.other if kinds else "", "page")]


def write(path: Path, pages: Sequence[Page], config: SearchConfig, lists: Lists) -> None:
    """Write the script in one step, so that a reader never meets half of it."""
    text = "\n".join(
        part for page in pages for row in page.passages for part in (page.title, row[1] or "", row[2])
    )  # fmt: skip
    headings = [row[1] for page in pages for row in page.passages if row[1]]
    folded = "\n".join(map(fold, text.split("\n"))).translate(to_simplified())
    terms = [name for name, _ in lists.terms]
    same = [word for group in lists.synonyms for word in group]
    known = known_words([*lists.words, *headings, *terms, *same], folded)
    content: dict[str, object] = {
        "made": fingerprint(config, lists),
        "numbered": config.numbered,
        "groups": groups_of(config),
        "documents": [[p.docname, p.url, p.title, p.group, [_row(*row) for row in p.passages]] for p in pages],
        "words": known,
        "pinyin": [pinyin_of(word) for word in known],
        "sounds": sounds_of(folded + "".join(terms + same)),
        "terms": lists.terms,
        "synonyms": lists.synonyms,
        "variants": variants_for(text),
    }
    line = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    line = line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(f"{_PREFIX}{line};\n", encoding="utf-8")
    temporary.replace(path)


def read(path: Path, made: str) -> dict[str, Page]:
    """The pages of the last build, by docname; none when there was no build, or one made otherwise."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    if not text.startswith(_PREFIX):
        return {}
    try:
        content = json.loads(text[len(_PREFIX) :].rstrip().rstrip(";"))
        if content.get("made") != made:
            return {}
        return {
            docname: Page(docname, url, title, group, tuple(_passage(*row) for row in rows))
            for docname, url, title, group, rows in content["documents"]
        }
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}  # damaged: every page is gathered again


def _passage(anchor: str, heading: str | None, text: str, group: int | None = None, source: str = "") -> Row:
    return anchor, heading, text, group, source


def _row(*row: str | int | None) -> list[str | int | None]:
    """Without what is empty at its end."""
    short = list(row)
    while short and short[-1] in (None, ""):
        short.pop()
    return short if len(short) >= 3 else list(row[:3])
