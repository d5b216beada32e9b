"""``redirects`` of conf.py: only those that lead from a page that is gone to one that is there. Pure.

One that would cover a page that exists, lead to a file that does not, or go in a circle is refused. There are no patterns
and no fragments: an address that was given out is one page.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator, Mapping

_HOPS = 20


def good_redirects(redirects: object, pages: Container[str]) -> tuple[dict[str, str], list[str]]:
    """The redirects that can be followed, and what is wrong with the others. ``pages``: document names that exist."""
    if not isinstance(redirects, Mapping) or not all(isinstance(x, str) for pair in redirects.items() for x in pair):
        return {}, ['conf.py 的 redirects 应当写成 {"chapters/旧名": "新名.html"}，旧名不带 .html。']
    good: dict[str, str] = {}
    problems = []
    for source, target in sorted(redirects.items()):
        wrong = next(_wrong(source, target, redirects, pages), "")
        if wrong:
            problems.append(f"conf.py 的 redirects 里“{source}”: “{target}”{wrong}")
        else:
            good[source] = target
    return good, problems


def final_page(page: str, redirects: Mapping[str, str]) -> str:
    """The page that a reader lands on who opens ``page``; itself when the redirects go in a circle."""
    start = page
    for _ in range(_HOPS):
        if page not in redirects:
            return page
        page = _target_page(page, redirects[page])
    return start


def _target_page(source: str, target: str) -> str:
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(source), target)
    return posixpath.normpath(joined).removesuffix(".html")


def _wrong(source: str, target: str, redirects: Mapping[str, str], pages: Container[str]) -> Iterator[str]:
    if (
        any(character in source for character in "*?[]")
        or source != posixpath.normpath(source).strip("/")
        or source.endswith(".html")
    ):
        yield "：旧名要写一个页面，如 chapters/nengli，不带 .html、多余的斜线和点、通配符。"
    if source in pages:
        yield "：旧名还是书里的一页，跳转会把它盖掉。\n  怎么办：请删去这一条；内容搬走而页面还在的，写进 moved-ids.toml。"
    if not target.endswith(".html"):
        yield "：新名要以 .html 结尾，后面不带 # 和别的字。"
    if final_page(source, redirects) not in pages:
        yield "：新名那一页不存在。\n  怎么办：请写从旧页所在文件夹算起的位置，如 skills.html 或 ../index.html。"
