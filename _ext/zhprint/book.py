"""Which documents are printed, in which order, and what in them can be referred to.

Toctrees of the start document before the first numbered one are front matter, numbered ones are chapters, those after
are appendices. A start page that says something comes first. Every document is resolved by itself, because post-transforms ask which document they are in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from .config import PrintConfig
from .messages import PrintError

INDEX = "genindex"
"""What a toctree calls the index. Without such an entry the index ends the book."""

_COMMON = 3
"""Chapters that a title stands in before it is common to them."""

TURNED = "~"
"""Ends the name of a place that begins a page by will: the page before it may be short."""

_TOLD = (nodes.paragraph, nodes.image, nodes.literal_block, nodes.math_block, nodes.table)
"""What a start page may say of its own."""

Matter = Literal["front", "main", "back"]


@dataclass(frozen=True, slots=True)
class Part:
    """A document at the top level of the book. ``group``: the caption over its part of 目录."""

    docname: str
    matter: Matter
    number: int = 0
    group: str = ""


@dataclass(slots=True)
class Book:
    """Parts in order, resolved doctrees, and label names by document and id.

    ``common``: titles that sections of several chapters have (导读, 自查清单): they get no number and no line in 目录.
    ``elsewhere``: documents that the whole book prints, and this handout does not.
    """

    parts: list[Part]
    doctrees: dict[str, nodes.document]
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()

    def label(self, docname: str, identifier: str) -> str:
        """The label that a reference leads to; "" when its target is not printed."""
        return self.labels.get((docname, identifier), "")


def assemble(builder: Builder, config: PrintConfig) -> Book:
    """Read and resolve everything that is printed."""
    env = builder.env
    parts = _parts(env, config)
    common = _common_titles(env, parts)
    whole = {
        docname for part in parts if part.docname != INDEX for docname in _with_children(env, part.docname, config)
    }
    if config.chapter:
        parts = _handout(parts, env, config)
    doctrees: dict[str, nodes.document] = {}
    for part in parts:
        if part.docname == INDEX:
            continue
        for docname in _with_children(env, part.docname, config):
            doctree = env.get_doctree(docname)
            if docname == env.config.root_doc:
                _keep_own(doctree)
            env.resolve_references(doctree, docname, builder)
            builder.post_process_images(doctree)
            if config.chapter and is_answers(docname, config):
                _entitle(doctree, env.titles[config.handout_answers].astext())
            doctrees.setdefault(docname, doctree)
    book = Book(parts, doctrees, common=common, elsewhere=frozenset(whole - doctrees.keys()))
    for docname, doctree in doctrees.items():
        _name_targets(book, docname, doctree)
    if answers := next((part.docname for part in parts if config.chapter and is_answers(part.docname, config)), ""):
        # What leads to the answers of the book leads to those that are here.
        first = next(iter(env.get_doctree(config.handout_answers).findall(nodes.section)), None)
        for identifier in ("", *(first["ids"] if first else ())):
            book.labels[config.handout_answers, identifier] = book.label(answers, "")
    return book


def is_answers(docname: str, config: PrintConfig) -> bool:
    """Whether a document holds the answers of one chapter."""
    return bool(config.handout_answers) and docname.startswith(f"{config.handout_answers}/")


def _entitle(answers: nodes.document, title: str) -> None:
    """The own title of a chapter's answers is the chapter's: over it stands what they are."""
    section = nodes.section("", nodes.title(title, title), *answers.children, ids=["zh-answers"])
    answers.children = []
    answers += section


def _common_titles(env: BuildEnvironment, parts: list[Part]) -> frozenset[str]:
    counted: Counter[str] = Counter()
    for part in parts:
        if part.matter == "main" and part.docname in env.tocs:
            links = env.tocs[part.docname].findall(nodes.reference)
            counted.update({link.astext() for link in links if link.get("anchorname")})
    chapters = {
        env.titles[part.docname].astext() for part in parts if part.matter == "main" and part.docname in env.titles
    }
    return frozenset({title for title, count in counted.items() if count >= _COMMON} | chapters)


def children(toctree: addnodes.toctree, env: BuildEnvironment, config: PrintConfig) -> list[str]:
    """The documents of a toctree that are printed."""
    return [d for d in toctree["includefiles"] if d in env.found_docs and not _excluded(d, config)]


def _excluded(docname: str, config: PrintConfig) -> bool:
    """What the book leaves out may still be a handout of its own."""
    if config.chapter in (docname, docname.rpartition("/")[2]):
        return False
    return matches(docname, config.exclude)


def matches(docname: str, patterns: Iterable[str]) -> bool:
    """Whether a document is one of those that conf.py names."""
    return any(fnmatchcase(docname, pattern) for pattern in patterns)


def _parts(env: BuildEnvironment, config: PrintConfig) -> list[Part]:
    root: str = env.config.root_doc
    parts: list[Part] = []
    matter: Matter = "front"
    number = 0
    toctrees = list(env.get_doctree(env.config.root_doc).findall(addnodes.toctree))
    has_chapters = any(toctree.get("numbered") for toctree in toctrees)
    for toctree in toctrees:
        if toctree.get("numbered") or not has_chapters:
            matter = "main"
        elif matter == "main":
            matter = "back"
        for _, docname in toctree["entries"]:
            if docname == INDEX:
                parts.append(Part(INDEX, matter))
            if docname not in env.found_docs or _excluded(docname, config):
                continue
            number += matter == "main"
            # The parts of a book with chapters are its front matter, its chapters and its appendices.
            group = "" if has_chapters else toctree.get("caption") or ""
            parts.append(Part(docname, matter, number if matter == "main" else 0, group))
    if _says(env.get_doctree(root)) and not _excluded(root, config):
        parts.insert(0, Part(root, "front" if parts else "main"))
    if not any(part.docname != INDEX for part in parts):
        raise PrintError("没有要排印的文档。请检查首页（index）的目录和 conf.py 的 zhprint_exclude。")
    return parts


def _handout(parts: list[Part], env: BuildEnvironment, config: PrintConfig) -> list[Part]:
    chosen = [part for part in parts if config.chapter in (part.docname, part.docname.rpartition("/")[2])]
    if not chosen:
        names = "、".join(part.docname.rpartition("/")[2] for part in parts if part.matter == "main")
        raise PrintError(f"没有名为“{config.chapter}”的一章。请改用其中之一：{names}。")
    chapter = chosen[0].docname
    answers = f"{config.handout_answers}/{chapter.rpartition('/')[2]}"
    back = [answers] if config.handout_for == "trainer" and answers in env.found_docs else []
    of_chapter = config.handout_tables if chosen[0].matter == "main" else []
    back += [part.docname for part in parts if part.docname in of_chapter and part.docname != chapter]
    return [Part(chapter, "main", chosen[0].number), *[Part(docname, "back") for docname in back]]


def _says(node: nodes.Node) -> bool:
    """Whether a start page, or a section of it, holds more than titles and what leads elsewhere."""
    return any(isinstance(child, _TOLD) for child in node.findall())


def _keep_own(doctree: nodes.document) -> None:
    """A start page without its toctrees, whose documents are printed after it, and without sections of nothing else."""
    for section in list(doctree.findall(nodes.section)):
        if section.parent is not None and not _says(section) and section.parent is not doctree:
            section.parent.remove(section)
    for toctree in list(doctree.findall(addnodes.toctree)):
        toctree.parent.remove(toctree)


def _with_children(env: BuildEnvironment, docname: str, config: PrintConfig) -> Iterator[str]:
    yield docname
    if docname == env.config.root_doc:
        return
    for toctree in env.get_doctree(docname).findall(addnodes.toctree):
        for child in children(toctree, env, config):
            yield from _with_children(env, child, config)


def begins_a_page(section: nodes.Element) -> bool:
    """Whether a section is a form, which has a page of its own; the first of a chapter may stand under its title."""
    form = any("form" in child.get("classes", ()) for child in section.children if isinstance(child, nodes.Element))
    earlier = section.parent.children[: section.parent.index(section)] if section.parent else []
    return form and any(isinstance(sibling, nodes.section) for sibling in earlier)


def _name_targets(book: Book, docname: str, doctree: nodes.document) -> None:
    """One label for each element with ids; the document itself is its first section."""
    for node in doctree.findall(nodes.Element):
        if node.get("ids") and not isinstance(node, (nodes.document, nodes.footnote)):
            turned = TURNED if isinstance(node, nodes.section) and begins_a_page(node) else ""
            label = f"{docname}:{node['ids'][0]}{turned}"
            for identifier in node["ids"]:
                book.labels.setdefault((docname, identifier), label)
    first = next(iter(doctree.findall(nodes.section)), None)
    if first is not None and first["ids"]:
        book.labels[docname, ""] = book.labels[docname, first["ids"][0]]
