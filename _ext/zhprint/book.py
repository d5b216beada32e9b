"""Which documents are printed, in which order, and what in them can be referred to.

Toctrees of the start document before the first numbered one are front matter, numbered ones are chapters, those after
are appendices. Every document is resolved by itself, because post-transforms ask which document they are in.
"""

from __future__ import annotations

from collections.abc import Iterator
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

TURNED = "~"
"""Ends the name of a place that begins a page by will: the page before it may be short."""

Matter = Literal["front", "main", "back"]


@dataclass(frozen=True, slots=True)
class Part:
    """A document at the top level of the book."""

    docname: str
    matter: Matter
    number: int = 0


@dataclass(slots=True)
class Book:
    """Parts in order, resolved doctrees, and label names by document and id."""

    parts: list[Part]
    doctrees: dict[str, nodes.document]
    labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def label(self, docname: str, identifier: str) -> str:
        """The label that a reference leads to; "" when its target is not printed."""
        return self.labels.get((docname, identifier), "")


def assemble(builder: Builder, config: PrintConfig) -> Book:
    """Read and resolve everything that is printed."""
    env = builder.env
    parts = _parts(env, config)
    if config.chapter:
        parts = _handout(parts, config)
    doctrees: dict[str, nodes.document] = {}
    for part in parts:
        if part.docname == INDEX:
            continue
        for docname in _with_children(env, part.docname, config):
            doctree = env.get_doctree(docname)
            env.resolve_references(doctree, docname, builder)
            doctrees.setdefault(docname, doctree)
    book = Book(parts, doctrees)
    for docname, doctree in doctrees.items():
        _name_targets(book, docname, doctree)
    return book


def children(toctree: addnodes.toctree, env: BuildEnvironment, config: PrintConfig) -> list[str]:
    """The documents of a toctree that are printed."""
    return [d for d in toctree["includefiles"] if d in env.found_docs and not _excluded(d, config)]


def _excluded(docname: str, config: PrintConfig) -> bool:
    """What the book leaves out may still be a handout of its own."""
    if config.chapter in (docname, docname.rpartition("/")[2]):
        return False
    return any(fnmatchcase(docname, pattern) for pattern in config.exclude)


def _parts(env: BuildEnvironment, config: PrintConfig) -> list[Part]:
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
            parts.append(Part(docname, matter, number if matter == "main" else 0))
    if not any(part.docname != INDEX for part in parts):
        raise PrintError("没有要排印的文档。请检查首页（index）的目录和 conf.py 的 zhprint_exclude。")
    return parts


def _handout(parts: list[Part], config: PrintConfig) -> list[Part]:
    chosen = [part for part in parts if config.chapter in (part.docname, part.docname.rpartition("/")[2])]
    if not chosen:
        names = "、".join(part.docname.rpartition("/")[2] for part in parts if part.matter == "main")
        raise PrintError(f"没有名为“{config.chapter}”的一章。请改用其中之一：{names}。")
    of_chapter = config.handout_tables if chosen[0].matter == "main" else []
    tables = [Part(part.docname, "back") for part in parts if part.docname in of_chapter]
    return [Part(chosen[0].docname, "main", chosen[0].number), *[p for p in tables if p.docname != chosen[0].docname]]


def _with_children(env: BuildEnvironment, docname: str, config: PrintConfig) -> Iterator[str]:
    yield docname
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
