"""Everything that has a permanent address: labels of the source, and the objects of every domain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .domain import PublicId, permalink_domain
from .labels import pages_of_labels
from .published import ID
from .titles import full_title, page_name, place_of

BUILT_IN = frozenset({"genindex", "modindex", "search", "py-modindex"})
"""Labels of Sphinx's own pages."""
_FORMAL = "std"


def _labels(env: BuildEnvironment) -> Iterator[tuple[str, str, str, str]]:
    """Name, page, anchor and title of every label of the source; of one on two pages, the first."""
    for name, pages in sorted(pages_of_labels(env).items()):
        if name not in BUILT_IN:
            anchor, title = permalink_domain(env).labels[pages[0]][name]
            yield name, pages[0], anchor, title


def register(app: Sphinx) -> None:
    """Found once a build, as soon as titles are true: Sphinx numbers its sections in ``env-get-updated``, at 500."""
    app.connect("env-before-read-docs", _forget)
    app.connect("env-get-updated", _keep, priority=600)


def _forget(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    permalink_domain(env).public = None


def _keep(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    permalink_domain(env).public = _found(env)
    return []


def public_ids(env: BuildEnvironment) -> Mapping[str, PublicId]:
    """Public ids by id. Titles are true once Sphinx has numbered its sections."""
    kept = permalink_domain(env).public
    return _found(env) if kept is None else kept


def _found(env: BuildEnvironment) -> dict[str, PublicId]:
    found: dict[str, PublicId] = {}
    book, edition = env.config.project, env.config.version
    for name, page, anchor, title in _labels(env):
        if ID.match(name):
            kind, place = place_of(env, page, anchor, title)
            found[name] = PublicId(name, page, anchor, kind, full_title(book, edition, place))
    named: dict[str, str] = {}
    for domain in env.domains.sorted():
        if domain.name == _FORMAL:
            continue
        for name, title, kind, page, anchor, _priority in domain.get_objects():
            if ID.match(name) and name not in found:
                if page not in named:
                    named[page] = _numbered_page(env, page)
                found[name] = PublicId(name, page, anchor, kind, full_title(book, edition, named[page] + title))
    return found


def object_title(env: BuildEnvironment, page: str, title: str) -> str:
    """What a citation says of an object called ``title`` on ``page``."""
    return full_title(env.config.project, env.config.version, _numbered_page(env, page) + title)


def _numbered_page(env: BuildEnvironment, page: str) -> str:
    return page_name(env, page) if env.toc_secnumbers.get(page) else ""


def stray_labels(env: BuildEnvironment) -> Iterator[tuple[str, str, str]]:
    """Labels whose anchor is not their name: docutils made another one, which depends on what else is on the page."""
    for name, page, anchor, _title in _labels(env):
        if anchor != name:
            yield name, page, anchor


def colliding_ids(env: BuildEnvironment) -> list[str]:
    """Ids that a label and an object of a domain, or two objects, both claim."""
    seen = {name for name, *_ in _labels(env)}
    twice = set()
    for domain in env.domains.sorted():
        if domain.name != _FORMAL:
            for name, *_ in domain.get_objects():
                if name in seen:
                    twice.add(name)
                seen.add(name)
    return sorted(twice)
