"""How a place in the book is named in a citation: 《办公室工作手册》第三章“能力”“文字”一节（2026年版）."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from zh.numerals import to_chinese


def chapter_number(env: BuildEnvironment, page: str) -> int:
    """The number of the chapter that a page belongs to; 0 when it is not numbered."""
    numbers = env.toc_secnumbers.get(page, {}).get("", ())
    return numbers[0] if numbers else 0


def page_name(env: BuildEnvironment, page: str) -> str:
    """第三章“能力”; “思考题答题要点”“能力” where nothing is numbered; "" for the title page."""
    if page == env.config.root_doc or page not in env.titles:
        return ""
    number = chapter_number(env, page)
    before = f"第{to_chinese(number)}章" if number else page_name(env, _parent(env, page))
    return before + _quoted(env.titles[page].astext())


def place_of(env: BuildEnvironment, page: str, anchor: str, title: str) -> tuple[str, str]:
    """What a label stands on (page, section, part) and how that place is named."""
    name = page_name(env, page)
    below = (
        {ref.get("anchorname", "") for ref in env.tocs[page].findall(nodes.reference)} if page in env.tocs else set()
    )
    if f"#{anchor}" in below:
        return "section", f"{name}{_quoted(title)}一节"
    if page in env.titles and env.titles[page].astext() == title:
        return "page", name
    return "part", f"{name}{_quoted(title)}"


def _parent(env: BuildEnvironment, page: str) -> str:
    """The page in whose table of contents a page stands; the title page when in none."""
    return next((p for p, below in sorted(env.toctree_includes.items()) if page in below), env.config.root_doc)


def _quoted(title: str) -> str:
    """In “ ”; what is quoted inside goes one level down (GB/T 15834-2011, 4.8.3.3)."""
    return f"“{title.translate(str.maketrans('“”', '‘’'))}”"


def full_title(book: str, edition: str, place: str) -> str:
    """What a reader of another book is told: the handbook, the place, the edition."""
    return f"《{book}》{place}（{edition}）"
