"""Published addresses × what stands where today → what is wrong, and which old pages need an anchor. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from .moved import Change, successor
from .published import Published

_NEAR = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a published address leads nowhere, in words an editor can act on. ``line`` of ``published-ids.txt``."""

    id: str
    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Leftover:
    """An anchor to be left on an old page. ``target``: the id that stands for it now, "" when none does."""

    id: str
    change: Change
    target: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """The outcome: ``problems``, and ``leftovers`` by page."""

    problems: tuple[Problem, ...]
    leftovers: dict[str, tuple[Leftover, ...]]


def check_addresses(
    published: Iterable[Published],
    changes: Mapping[str, Change],
    current: Mapping[str, str],
    pages: Iterable[str],
    final_page: Callable[[str], str],
) -> Addresses:
    """``current``: id → page today. ``final_page`` follows redirects from a page that was renamed."""
    existing = set(pages)
    problems: list[Problem] = []
    leftovers: dict[str, list[Leftover]] = {}
    for old in published:
        page = final_page(old.page)
        now = current.get(old.id)
        if now == page:
            continue
        change = changes.get(old.id)
        target = successor(old.id, changes, current)
        problem = _problem(old, now, change, target, current, page in existing)
        if problem:
            problems.append(Problem(old.id, problem, old.line))
        elif change and all(old.id != other.id for other in leftovers.get(page, ())):
            leftovers.setdefault(page, []).append(Leftover(old.id, change, target))
    return Addresses(tuple(problems), {page: tuple(items) for page, items in sorted(leftovers.items())})


def _problem(
    old: Published, now: str | None, change: Change | None, target: str, current: Mapping[str, str], page_exists: bool
) -> str:
    if not page_exists:
        return (
            f"页面 {old.page} 已经发布（{old.edition}），现在没有了，上面的“{old.id}”就打不开了。\n"
            f"  怎么办：页面改了名的，在 conf.py 的 redirects 里写一条旧名到新名的跳转；误删的请恢复。"
        )
    if now is not None:
        if change is None:
            return (
                f"永久编号“{old.id}”原来在 {old.page}（{old.edition}发布），现在搬到了 {now}。\n"
                f'  怎么办：确实要搬的，在 moved-ids.toml 写一条 [[moved]]，id = "{old.id}"，on = 搬的日期；'
                "不想搬的请放回原页。"
            )
        return ""
    if change is None:
        near = get_close_matches(old.id, current, _NEAR)
        hint = f"最接近的现有编号：{'、'.join(near)}。" if near else ""
        return (
            f"永久编号“{old.id}”已经发布（{old.edition}，{old.page}），现在书里没有了，引用它的地方会断。{hint}\n"
            "  怎么办：误删的请恢复这个编号；改了名的在 moved-ids.toml 写 [[moved]]（id、to、on）；"
            "不再保留的写 [[withdrawn]]（id、on、replaced_by、reason）。"
        )
    if change.to and not target:
        return (
            f"moved-ids.toml 说“{old.id}”由“{change.to}”代替，但书里没有“{change.to}”。\n"
            "  怎么办：请改正 to 或 replaced_by；没有代替的，[[withdrawn]] 里不写 replaced_by。"
        )
    return ""
