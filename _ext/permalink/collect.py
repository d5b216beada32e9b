"""Everything that has a permanent address: labels of the source, and the objects of every domain."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from .published import ID
from .titles import full_title, page_name, section_name

_BUILT_IN = {"genindex", "modindex", "search", "py-modindex"}
_FORMAL = "std"


@dataclass(frozen=True, slots=True, order=True)
class PublicId:
    """``page`` is a document name (or ``genindex``), ``anchor`` its fragment without #, ``title`` what a citation says."""

    id: str
    page: str
    anchor: str
    kind: str
    title: str


def public_ids(env: BuildEnvironment) -> dict[str, PublicId]:
    """Public ids by id. Titles are true once Sphinx has numbered its sections."""
    found: dict[str, PublicId] = {}
    for name, (page, anchor, title) in sorted(env.domains.standard_domain.labels.items()):
        if name not in _BUILT_IN and page in env.found_docs and ID.match(name):
            place = section_name(env, page, anchor, title)
            kind = "section" if "一节" in place else "page"
            found[name] = PublicId(name, page, anchor, kind, full_title(env, place))
    for domain in env.domains.sorted():
        if domain.name == _FORMAL:
            continue
        for name, title, kind, page, anchor, _priority in domain.get_objects():
            if ID.match(name) and name not in found:
                numbered = page_name(env, page) if env.toc_secnumbers.get(page) else ""
                found[name] = PublicId(name, page, anchor, kind, full_title(env, f"{numbered}{title}"))
    return found


def colliding_ids(env: BuildEnvironment) -> list[str]:
    """Ids that a label and an object of a domain, or two objects, both claim."""
    seen = {name for name in env.domains.standard_domain.labels if name not in _BUILT_IN}
    twice = []
    for domain in env.domains.sorted():
        if domain.name != _FORMAL:
            for name, *_ in domain.get_objects():
                if name in seen:
                    twice.append(name)
                seen.add(name)
    return sorted(set(twice))
