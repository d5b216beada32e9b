"""A handbook that has just been begun: its files from the patterns in ``data/book``, and its example taken out again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

PATTERNS = Path(__file__).parent / "data" / "book"
EXAMPLE = "example"
"""Id of the invented speech."""
_FILLED, _HIDDEN = ".in", "dot-"
_PARTS = ("chapter.md.in", "example.md.in")
_MARKED = re.compile(r"\n% 示例开始[^\n]*\n.*?% 示例结束[^\n]*\n", re.DOTALL)
_QUOTED = re.compile(rf"\{{excerpt\}} {EXAMPLE}\b|<{EXAMPLE}[ >]")


@dataclass(frozen=True, slots=True)
class Chapter:
    """``slug``: its file and permanent id; ``name``: its heading."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a chapter quotes of the example: an excerpt, and a few words inside a sentence."""

    locator: str
    text: str
    quote: str
    place: str


QUOTED = (
    Quoted(
        "p6.s1-2", "收文当天登记，急件随到随办。拟文先问清为什么发、发给谁，再动笔。", "自己从头到尾念一遍", "p6.s3"
    ),
    Quoted("p8.s1", "会前把议题、时间、座次、材料四样逐项过一遍。", "会后当天整理", "p8.s3"),
    Quoted("p10.s1-2", "领受任务当场复述一遍。办到一半有变化，马上报告。", "办完一件，回一件", "p10.s3"),
)


def files_of(values: Mapping[str, str], chapters: tuple[Chapter, ...], *, example: bool) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file. ``values``: title, author, unit, release."""
    speech = (PATTERNS / "source_speeches" / f"{EXAMPLE}.txt").read_bytes()
    listed = "\n".join(f"chapters/{chapter.slug}" for chapter in chapters)
    filled = {**values, "toctree": listed, "sha256": hashlib.sha256(speech).hexdigest()}
    for path in sorted(PATTERNS.rglob("*")):
        name = path.relative_to(PATTERNS).as_posix().replace(_HIDDEN, ".")
        if not path.is_file() or name in _PARTS or (path.stem.partition(".")[0] == EXAMPLE and not example):
            continue
        if name.endswith(_FILLED):
            yield name.removesuffix(_FILLED), _fill(path, filled)
        else:
            yield name, path.read_bytes()
    for number, chapter in enumerate(chapters):
        quoted = QUOTED[number] if example and number < len(QUOTED) else None
        yield f"chapters/{chapter.slug}.md", _chapter(chapter, quoted)


def _chapter(chapter: Chapter, quoted: Quoted | None) -> bytes:
    values = {"slug": chapter.slug, "name": chapter.name, "example": ""}
    if quoted is not None:
        of_example = {"locator": quoted.locator, "text": quoted.text, "quote": quoted.quote, "place": quoted.place}
        values["example"] = _fill(PATTERNS / "example.md.in", {**values, **of_example}).decode("utf-8")
    return _fill(PATTERNS / "chapter.md.in", values)


def _fill(path: Path, values: Mapping[str, str]) -> bytes:
    return Template(path.read_text(encoding="utf-8")).substitute(values).encode("utf-8")


def without_example(text: str) -> str:
    """A page without what stands between its marks."""
    return _MARKED.sub("\n", text).rstrip("\n") + "\n"


def quotes_example(text: str) -> Iterator[int]:
    """Lines, from 1, that quote the example."""
    for number, line in enumerate(text.split("\n"), 1):
        if _QUOTED.search(line):
            yield number


def is_example(text: bytes) -> bool:
    """Whether a speech is the invented one as it was given out."""
    return text == (PATTERNS / "source_speeches" / f"{EXAMPLE}.txt").read_bytes()
