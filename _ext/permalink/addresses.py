"""Published addresses × what stands where today → what is wrong, and which old pages need an anchor. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from .moved import Change, ending, fate
from .published import Published

_NEAR = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in words an editor can act on. ``line`` of ``published-ids.txt``; 0: it is in ``moved-ids.toml``."""

    id: str
    message: str
    line: int = 0


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
    changes: Iterable[Change],
    current: Mapping[str, str],
    pages: Iterable[str],
    final_page: Callable[[str], str],
) -> Addresses:
    """``current``: id → page today. ``final_page`` follows redirects from a page that was renamed."""
    published, changes, existing = tuple(published), tuple(changes), set(pages)
    problems = list(_wrong_changes(published, changes, current))
    leftovers: dict[str, list[Leftover]] = {}
    for old in published:
        page = final_page(old.page)
        if page not in existing:
            problems.append(Problem(old.id, _page_gone(old), old.line))
        elif current.get(old.id) != page:
            found = _moved(old, page, changes, current) if old.id in current else _ended(old, changes, current)
            if isinstance(found, str):
                problems.append(Problem(old.id, found, old.line))
            elif all(found.id != other.id for other in leftovers.get(page, ())):
                leftovers.setdefault(page, []).append(found)
    return Addresses(tuple(problems), {page: tuple(items) for page, items in sorted(leftovers.items())})


def _wrong_changes(
    published: Iterable[Published], changes: Iterable[Change], current: Mapping[str, str]
) -> Iterator[Problem]:
    known = {old.id for old in published}
    for change in changes:
        if change.id not in known:
            near = get_close_matches(change.id, known, _NEAR)
            hint = f"最接近的是：{'、'.join(near)}。" if near else ""
            yield Problem(
                change.id, f"moved-ids.toml 里的“{change.id}”没有发布过。\n  怎么办：请改正或删去这一条。{hint}"
            )
        elif change.ends and change.id in current:
            what = "撤下" if change.withdrawn else f"改为“{change.to}”"
            message = (
                f"moved-ids.toml 说“{change.id}”已于{change.on}{what}，书里却又有这个编号（{current[change.id]}）。\n"
                "  怎么办：恢复了原来内容的，删去这一条；是别的内容的，请另起编号，旧引用才不会指到别处。"
            )
            yield Problem(change.id, message)


def _page_gone(old: Published) -> str:
    return (
        f"页面 {old.page} 已经发布（{old.edition}），现在没有了，上面的“{old.id}”就打不开了。\n"
        "  怎么办：页面改了名的，在 conf.py 的 redirects 里写一条旧名到新名的跳转；误删的请恢复。"
    )


def _moved(old: Published, page: str, changes: Iterable[Change], current: Mapping[str, str]) -> Leftover | str:
    for change in changes:
        if change.id == old.id and not change.ends and change.page in (old.page, page):
            return Leftover(old.id, change, old.id)
    return (
        f"永久编号“{old.id}”原来在 {old.page}（{old.edition}发布），现在搬到了 {current[old.id]}。\n"
        f'  怎么办：确实要搬的，在 moved-ids.toml 写一条 [[moved]]，id = "{old.id}"，from = "{old.page}"，on = 搬的日期；'
        "不想搬的请放回原页。"
    )


def _ended(old: Published, changes: Iterable[Change], current: Mapping[str, str]) -> Leftover | str:
    change = ending(old.id, changes)
    if change is None:
        near = get_close_matches(old.id, current, _NEAR)
        hint = f"最接近的现有编号：{'、'.join(near)}。" if near else ""
        return (
            f"永久编号“{old.id}”已经发布（{old.edition}，{old.page}），现在书里没有了，引用它的地方会断。{hint}\n"
            "  怎么办：误删的请恢复这个编号；改了名的在 moved-ids.toml 写 [[moved]]（id、to、on）；"
            "不再保留的写 [[withdrawn]]（id、on、replaced_by、reason）。"
        )
    found = fate(old.id, changes, current)
    if found.dangling:
        return (
            f"moved-ids.toml 说“{old.id}”由“{change.to}”代替，但照着找下去，书里没有。\n"
            "  怎么办：请改正 to 或 replaced_by，不要互相指来指去；没有代替的，[[withdrawn]] 里不写 replaced_by。"
        )
    return Leftover(old.id, found.withdrawn or change, found.target)
