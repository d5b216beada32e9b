"""``published-ids.txt``: which ids were given out, and on which pages. Pure: imports neither sphinx nor docutils.

One line an id and page, parted by tabs: id, page (document name), edition that first gave it out. Lines are added and
never taken away: an id that moved keeps its old line, for the old address was printed somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

HEADER = """\
# 已经发布的永久编号：编号、所在页面、最早发布它的版次。
# 由 handbook ids --publish 写入，请不要手改。编号搬走、改名、撤下的，写进 moved-ids.toml。
"""
DRAFT = "# 还没有发布过"
"""First line of the file of a book that never gave out an id."""
ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
"""Lower-case ASCII letters and digits, parted by single hyphens or full stops."""
LABEL = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
"""A label of the source. Stricter: of anything else docutils would make another anchor (``a.b`` → ``a-b``, ``2026`` → ``id1``)."""


class PublishedError(ValueError):
    """``published-ids.txt`` cannot be understood; the message names every bad line."""


@dataclass(frozen=True, slots=True, order=True)
class Published:
    """An address that was given out: ``id`` on ``page``, first in ``edition``. ``line`` of the file, from 1; 0: none."""

    id: str
    page: str
    edition: str
    line: int = field(default=0, compare=False)


@lru_cache(maxsize=2)  # asked for several times in a build, thousands of lines each time
def parse_published(source: str, path: str = "published-ids.txt") -> tuple[Published, ...]:
    """The lines of the file, sorted. PublishedError when one cannot be understood."""
    entries, problems = set(), []
    for number, text in enumerate(source.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if not text.strip() or text.startswith("#"):
            continue
        if text.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            problems.append(f"{path}:{number}: 有合并冲突的标记。请两边的行都留下，只删去标记行。")
            continue
        parts = text.split("\t")
        if len(parts) != 3 or not ID.match(parts[0]) or not parts[1].strip():
            problems.append(f"{path}:{number}: 应是“编号、页面、版次”三项，中间是制表符。请用版本管理恢复这个文件。")
            continue
        entries.add(Published(parts[0], parts[1], parts[2], number))
    if problems:
        raise PublishedError("\n".join(problems))
    return tuple(sorted(entries, key=attrgetter("id", "page", "edition")))  # as they compare, ten times as fast


def format_published(entries: Iterable[Published]) -> str:
    """The file's text."""
    return HEADER + "".join(f"{e.id}\t{e.page}\t{e.edition}\n" for e in sorted(set(entries)))


def published_with(old: Iterable[Published], current: Mapping[str, str], edition: str) -> tuple[Published, ...]:
    """The old lines, and one for each address of ``current`` (id → page) that is new."""
    kept = tuple(old)
    known = {(entry.id, entry.page) for entry in kept}
    added = (Published(i, page, edition) for i, page in current.items() if (i, page) not in known)
    return tuple(sorted([*kept, *added]))
