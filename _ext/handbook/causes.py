"""One cause, one message: what follows from a changed speech, a renamed chapter, a broken lock is counted beneath it.

What follows from one changed speech or a broken lock says so itself (``Finding.cause``) and comes as one message already;
here is what only the messages of several parts of a build together tell.
Nothing is dropped from the result: every message counts and stands in the report; this decides what a person reads first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from zh.typed import typed

from .lost import find_lost
from .told import Told

_ACCEPTING = frozenset({"speech.new", "speech.changed", "speech.pulled", "speech.stale", "speech.gone"})
_STOPPING = frozenset({"", "speech.archive", "speech.lock", "speech.empty", "speech.encoding", "cause"})
_MISWRITTEN = frozenset({"speech.syntax", "speech.markup", "speech.duplicate", "docutils"})
"""Beside all that MyST tells of directives and roles."""
_UNKNOWN_SPEECH = re.compile(r"没有编号为“([^”]+)”的讲话")
_PUBLISHED = re.compile(r"永久编号“(.+?)”已经发布")
_PAGE_GONE = re.compile(r"页面 (\S+) 已经发布")
_NOT_LISTED = re.compile(r"目录里列着“(.+?)”，却没有这个文件")
_LABEL = re.compile(r"^\(([\w.-]+)\)=", re.MULTILINE)
_COLLISION = re.compile(r"永久编号“(.+?)”用在两处")
_ACCEPTED = re.compile(r"（(i?q\.[\w.-]+)，")
_NO_EXCERPT = re.compile(r"没有名为“(.+?)”的摘录")
_GONE = re.compile(r"核对记录里的 (\S+) 在书中.*?（原在 (\S+?)：“(.*)”）", re.DOTALL)
_PRINTED = re.compile(r"书上印的：(.*)")
_ALIKE = 0.6
"""Least likeness (0 to 1) of a lost quotation and one that fails in the same chapter, to be one that was changed."""

Link = tuple[Told, Told]
"""What follows, and what it follows from."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A message, and those that would not be there without it."""

    first: Told
    following: tuple[Told, ...] = ()

    def __str__(self) -> str:
        return f"{self.first}\n  ……以及由此引起的 {len(self.following)} 条。" if self.following else str(self.first)


def causes(told: Iterable[Told], root: Path) -> list[Cause]:
    """What stops the book comes first, then what must be mended, then what waits to be accepted; in each by file and line."""
    messages = list(dict.fromkeys(told))
    under: dict[Told, Told] = {}
    for rule in (
        _faulty_speech,
        _absent_speech,
        _unread,
        _renamed,
        _miswritten,
        _taken_for_html,
        _reworded,
        _lost,
    ):
        for follower, leader in rule(messages, root):
            if follower is not leader and _origin(leader, under) is not follower:
                under.setdefault(follower, leader)
    groups: dict[Told, list[Told]] = defaultdict(list)
    for message in messages:
        first = _origin(message, under)
        groups[first] += [message] if message is not first else []
    found = [Cause(first, tuple(following)) for first, following in groups.items()]
    return sorted(found, key=lambda cause: (_rank(cause.first), cause.first.path, cause.first.line))


def _origin(told: Told, under: dict[Told, Told]) -> Told:
    while told in under:
        told = under[told]
    return told


def _rank(told: Told) -> int:
    if told.kind in _STOPPING:
        return 0
    return 2 if told.kind in _ACCEPTING else 3 if told.kind.startswith("permalink") else 1


def _faulty_speech(messages: Sequence[Told], _root: Path) -> Iterator[Link]:
    faults = [told for told in messages if told.kind == "speech.archive"]
    for fault in faults:
        speech = Path(fault.path).stem
        yield from (
            (told, fault)
            for told in messages
            if told not in faults and (_about(told, speech) or Path(told.path).stem == speech)
        )


def _absent_speech(messages: Sequence[Told], root: Path) -> Iterator[Link]:
    """A speech that many places need and that is not there was taken out; one place alone has its id wrong."""
    asked = Counter(match[1] for told in messages if (match := _UNKNOWN_SPEECH.search(told.text)))
    for speech, count in asked.items():
        if count > 1 and not any(told.kind == "speech.archive" and Path(told.path).stem == speech for told in messages):
            text = (
                f"讲话库里没有“{speech}”，书里有{count}处要用它。\n"
                "  怎么办：误删、误改名的，请恢复文本和登记；编号写错的，请改正各处的编号。"
            )
            leader = Told(text, f"{_archive_folder(messages, speech)}{speech}.txt", 0, "cause")
            yield from ((told, leader) for told in messages if _about(told, speech))


def _unread(messages: Sequence[Told], _root: Path) -> Iterator[Link]:
    """A chapter that cannot be read is not in the book."""
    for bad in messages:
        if bad.kind == "speech.encoding":
            page = bad.path.removesuffix(".md")
            yield from ((told, bad) for told in messages if page in _pages_of(told) or told.where == bad.where)


def _pages_of(told: Told) -> tuple[str, ...]:
    """The page that a message says is not there."""
    gone = _GONE.search(told.text)
    left = _PAGE_GONE.search(told.text) or _NOT_LISTED.search(told.text)
    return (gone[2],) if gone else (left[1],) if left else ()


def _renamed(messages: Sequence[Told], root: Path) -> Iterator[Link]:
    """A chapter's file that is not there any more; and the one that has its words."""
    lost = [(told, match) for told in messages if told.kind == "speech.gone" and (match := _GONE.search(told.text))]
    pages = {match[2] for _, match in lost}
    pages |= {m[1] for told in messages if (m := _PAGE_GONE.search(told.text) or _NOT_LISTED.search(told.text))}
    pages = {page for page in pages if not any((root / f"{page}{end}").exists() for end in (".md", ".txt", ".rst"))}
    unlisted = [told.path for told in messages if told.kind == "toc.not_included"]
    for page in sorted(pages):
        snippets = [match[3].rstrip("…") for _, match in lost if match[2] == page]
        others = Counter(
            told.path for told in messages if told.kind == "speech.new" for words in snippets if words in told.text
        )
        near = get_close_matches(f"{page}.md", unlisted, 1, 0)
        now = next(iter(near), "") or next((path for path, _ in others.most_common(1)), "")
        if (
            not now
            and not any(match[2] == page for _, match in lost)
            and not any((m := _PAGE_GONE.search(told.text)) and m[1] == page for told in messages)
        ):
            continue  # a name in a table of contents that never was a chapter: its own message says so
        text = f"文件 {page}.md 不见了" + (f"，{now} 多半是它改了名。\n" if now else "。\n")
        text += (
            f"  怎么办：若是误改，请把文件名改回来；确要改名的，改 index.md 的目录，在 conf.py 的 redirects 里写一条"
            f"旧名到新名的跳转，再运行 {typed('handbook accept')}。"
            if now
            else "  怎么办：误删的请恢复；确要删去的，从 index.md 的目录里去掉，发布过的编号在 moved-ids.toml 里写明撤下。"
        )
        leader = Told(text, f"{page}.md", 0, "cause")
        for told in messages:
            if page in _pages_of(told) or (
                now and told.path == now and told.kind in ("speech.new", "toc.not_included")
            ):
                yield told, leader


def _miswritten(messages: Sequence[Told], root: Path) -> Iterator[Link]:
    """A quotation whose words still stand in its chapter was not taken out: its markup is broken."""
    for told in messages:
        gone = _GONE.search(told.text) if told.kind == "speech.gone" else None
        if gone is None:
            continue
        path = f"{gone[2]}.md"
        source = _read(root / path)
        lost = find_lost(source, gone[3].rstrip("…"), gone[1].removeprefix("q.") if gone[1].startswith("q.") else "")
        if lost is None:
            continue
        here = [other for other in messages if other.path == path and lost.first <= other.line <= lost.last]
        leader = next((other for other in here if _is_miswritten(other)), None)
        if leader is None and not lost.message:
            continue
        leader = leader or Told(lost.message, path, lost.first, "speech.syntax")
        yield told, leader
        yield from ((other, leader) for other in here if _is_miswritten(other) or other.line == lost.first)
        swallowed = set(_LABEL.findall("\n".join(source.split("\n")[lost.first - 1 : lost.last])))
        yield from ((o, leader) for o in messages if (m := _PUBLISHED.search(o.text)) and m[1] in swallowed)


def _taken_for_html(messages: Sequence[Told], _root: Path) -> Iterator[Link]:
    """The <speech> of a role that was not understood looks like a tag."""
    roles = {(told.path, told.line): told for told in messages if told.kind == "speech.markup"}
    for told in messages:
        if told.kind == "manuscript.markup" and (told.path, told.line) in roles:
            yield told, roles[told.path, told.line]


def _reworded(messages: Sequence[Told], _root: Path) -> Iterator[Link]:
    """The id of an inline quotation is made of its words: one that was changed is one lost and one that fails."""
    for told in messages:
        gone = _GONE.search(told.text) if told.kind == "speech.gone" else None
        if gone is None:
            continue
        here = [
            o
            for o in messages
            if o.path == f"{gone[2]}.md" and o.kind.startswith("speech.") and o.kind != "speech.gone"
        ]
        likeness = [(_likeness(gone[3].rstrip("…"), other), n) for n, other in enumerate(here)]
        if likeness and max(likeness)[0] >= _ALIKE:
            yield told, here[max(likeness)[1]]


def _lost(messages: Sequence[Told], _root: Path) -> Iterator[Link]:
    """What refers to a lost quotation, and its permanent id, follow from its loss; two messages about one slip are one."""
    gone = {match[1]: told for told in messages if told.kind == "speech.gone" and (match := _GONE.search(told.text))}
    for told in messages:
        match = _PUBLISHED.search(told.text) or _NO_EXCERPT.search(told.text)
        if match and (leader := gone.get(match[1]) or gone.get(f"q.{match[1]}")):
            yield told, leader
    twice = [told for told in messages if told.kind == "speech.duplicate"]
    for told in messages:
        match = _COLLISION.search(told.text) or (_ACCEPTED.search(told.text) if told.kind in _ACCEPTING else None)
        if match:
            yield from ((told, leader) for leader in twice if f"（{match[1]}，" in leader.text)
    first: dict[tuple[str, int], Told] = {}
    for told in messages:
        if _is_miswritten(told) and told.line:
            yield told, first.setdefault((told.path, told.line), told)


def _is_miswritten(told: Told) -> bool:
    return told.kind in _MISWRITTEN or told.kind.startswith(("myst.directive", "myst.role"))


def _about(told: Told, speech: str) -> bool:
    """Whether a message is about a speech by its id, and not of what is accepted from it."""
    return told.kind not in _ACCEPTING and bool(
        re.search(rf"(?<![\w-]){re.escape(speech)}(?![\w-])", f"{told.path} {told.text}")
    )


def _archive_folder(messages: Sequence[Told], speech: str) -> str:
    pages = (match[1] for told in messages if (match := _PAGE_GONE.search(told.text)))
    return next((page.removesuffix(speech) for page in pages if page.endswith(f"/{speech}")), "")


def _likeness(words: str, told: Told) -> float:
    printed = _PRINTED.search(told.text)
    other = printed[1] if printed else told.text.partition("”")[0].lstrip("“")
    return SequenceMatcher(None, words, other[: len(words) + 4], autojunk=False).ratio()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
