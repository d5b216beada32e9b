"""Two reports → what changed between two editions, in plain Chinese. A ratio only chooses which lines stand together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ..review.advice import flat
from .shape import ChapterItem, Item, Report, SpeechItem

_LONGEST = 80
_AROUND = 10
"""Characters that are shown on each side of a change."""
_ALIKE = 0.5
_RENUMBERED = re.compile(r"^~ 摘录[^：]*：摘录编号由(\S+)改为([^；]+)\Z")
_PLACES: tuple[tuple[Literal["speech", "locator", "docname"], str], ...] = (
    ("speech", "讲话"), ("locator", "段句号"), ("docname", "所在页")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """One kind of thing: lines that begin with + (new), - (gone) or ~ (changed)."""

    title: str
    lines: tuple[str, ...]

    @property
    def summary(self) -> str:
        """新增2、删去1、改动3."""
        counts = {
            name: sum(line[0] == sign for line in self.lines)
            for sign, name in (("+", "新增"), ("-", "删去"), ("~", "改动"))
        }
        told = "、".join(f"{name}{count}" for name, count in counts.items() if count)
        return f"{self.title}{told or '没有变化'}"


def compare_reports(old: Report, new: Report) -> list[Changes]:
    """Quotations, speeches, chapters and permanent ids. What the older report does not record is not compared.

    First what was reworded, then what is new, then what is gone, then what only stands elsewhere; excerpts that only have
    another number are one line together.
    """
    told = sorted(_quotations(old["excerpts"], new["excerpts"]), key=_weight)
    changes = [Changes("引文", tuple(line for line in told if not _RENUMBERED.search(line)))]
    if moved := [match for line in told if (match := _RENUMBERED.search(line))]:
        first = f"如{moved[0][1]}改为{moved[0][2]}"
        changes.append(Changes("摘录编号", (f"~ {len(moved)}条摘录只是编号顺延（{first}），文字没有变",)))
    if "speeches" in old and "speeches" in new:
        changes.append(Changes("讲话", tuple(_speeches(old["speeches"], new["speeches"]))))
    if "chapters" in old and "chapters" in new:
        changes.append(Changes("章节", tuple(_chapters(old["chapters"], new["chapters"]))))
    if "ids" in old and "ids" in new:
        changes.append(Changes("永久编号", tuple(_ids(old["ids"], new["ids"]))))
    return changes


def _weight(line: str) -> int:
    return 0 if "：文字" in line else {"+": 1, "-": 2}.get(line[0], 3)


def marked(old: str, new: str) -> str:
    """Where two wordings differ, with a little around it: ``办公室是【综合部门→枢纽】``; 【】 stands for nothing."""
    out = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            out.append(_middle(old[a:b], bool(a), b < len(old) or d < len(new)))
        else:
            out.append(f"【{old[a:b] or '　'}→{new[c:d] or '　'}】")
    return "".join(out)


def _middle(text: str, before: bool, after: bool) -> str:
    """What stands between two changes, or before the first or after the last, cut to what shows where they are."""
    head, tail = text[:_AROUND] if before else "", text[-_AROUND:] if after else ""
    return text if len(text) <= len(head) + len(tail) + 1 or not (head or tail) else f"{head}…{tail}"


def _quotations(old: Iterable[Item], new: Iterable[Item]) -> Iterator[str]:
    before, after = _numbered(old), _numbered(new)
    gone = [item for key, item in before.items() if key not in after]
    come = [item for key, item in after.items() if key not in before]
    for key, item in after.items():
        if key in before and (told := list(_differences(before[key], item))):
            yield f"~ {_name(item)}：{'；'.join(told)}"
    for first, second in _pairs(gone, come):
        gone.remove(first)
        come.remove(second)
        yield f"~ {_name(second)}：{'；'.join(_differences(first, second))}"
    yield from (f"+ {_name(item)}：“{flat(item['quoted'], _LONGEST)}”" for item in come)
    yield from (f"- {_name(item)}：“{flat(item['quoted'], _LONGEST)}”" for item in gone)


def _numbered(items: Iterable[Item]) -> dict[tuple[str, int], Item]:
    """By id and how many of that id came before: one text may be quoted twice on a page."""
    count: Counter[str] = Counter()
    found = {}
    for item in items:
        found[item["id"], count[item["id"]]] = item
        count[item["id"]] += 1
    return found


def _pairs(gone: list[Item], come: list[Item]) -> list[tuple[Item, Item]]:
    """The same quotation under another id: a quote's id changes with its text and its page, an excerpt's with its name."""
    pairs: list[tuple[Item, Item]] = []
    for first in gone:
        near = [
            (SequenceMatcher(None, first["quoted"], second["quoted"]).ratio(), number)
            for number, second in enumerate(come)
            if (second["kind"], second["speech"]) == (first["kind"], first["speech"])
            and (second["quoted"] == first["quoted"] or second["docname"] == first["docname"])
            and all(second is not other for _, other in pairs)
        ]
        least = _ALIKE if first["kind"] == "quote" else 1.0
        if near and max(near)[0] >= least:
            pairs.append((first, come[max(near)[1]]))
    return pairs


def _differences(old: Item, new: Item) -> Iterator[str]:
    if old["id"] != new["id"] and new["kind"] == "excerpt":
        yield f"编号由{old['id']}改为{new['id']}"
    if old["quoted"] != new["quoted"]:
        yield f"文字改动：{marked(' '.join(old['quoted'].split()), ' '.join(new['quoted'].split()))}"
    for key, name in _PLACES:
        if old[key] != new[key]:
            yield f"{name}由{old[key]}改为{new[key]}"
    if old.get("number") and new.get("number") and old["number"] != new["number"]:
        yield f"摘录编号由{old['number']}改为{new['number']}"
    if old["pass"] != new["pass"]:
        yield "原来未通过核对，现在通过" if new["pass"] else "原来通过核对，现在未通过"


def _name(item: Item) -> str:
    return f"摘录{item['number']}（{item['id']}）" if item["kind"] == "excerpt" else f"{item['docname']} 的引语"


def _speeches(old: Mapping[str, SpeechItem], new: Mapping[str, SpeechItem]) -> Iterator[str]:
    yield from (f"+ {key}《{new[key]['title']}》" for key in sorted(new.keys() - old.keys()))
    yield from (f"- {key}《{old[key]['title']}》" for key in sorted(old.keys() - new.keys()))
    for key in sorted(old.keys() & new.keys()):
        told = []
        if old[key]["digest"] != new[key]["digest"]:
            told.append(f"存档文本换过（{old[key]['digest'][:8]}→{new[key]['digest'][:8]}）")
        if old[key]["record"] != new[key]["record"]:
            told.append("登记改过")
        if old[key]["title"] != new[key]["title"]:
            told.append(f"题名由《{old[key]['title']}》改为《{new[key]['title']}》")
        if told:
            yield f"~ {key}《{new[key]['title']}》：{'；'.join(told)}"


def _chapters(old: Mapping[str, ChapterItem], new: Mapping[str, ChapterItem]) -> Iterator[str]:
    yield from (f"+ {key}“{new[key]['title']}”" for key in new if key not in old)
    yield from (f"- {key}“{old[key]['title']}”" for key in old if key not in new)
    for key in new:
        if key in old and _chapter(old[key]) != _chapter(new[key]):
            yield f"~ {key}：由{_chapter(old[key])}改为{_chapter(new[key])}"


def _chapter(item: ChapterItem) -> str:
    return (f"第{item['number']}章" if item["number"] else "") + f"“{item['title']}”"


def _ids(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    yield from (f"+ {key}（{new[key]}）" for key in sorted(new.keys() - old.keys()))
    yield from (f"- {key}（{old[key]}）" for key in sorted(old.keys() - new.keys()))
    for key in sorted(old.keys() & new.keys()):
        if old[key] != new[key]:
            yield f"~ {key}：由{old[key]}搬到{new[key]}"
