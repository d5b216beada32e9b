"""``{handbook}`id```: the full citation title, linked; ``{handbook}`words <id>``` with words of one's own."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.ext.intersphinx import resolve_reference_in_inventory
from sphinx.util.docutils import ReferenceRole

from .config import NAME, Subtype, site_of, warn

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from .site import Site

_NEAR = 3


class HandbookRole(ReferenceRole):
    """What is wrong with an id is told whenever the page is read, and the page is read again until it is mended."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        site = site_of(self.env._app)  # a role has no public way to the application
        identifier = resolved(site, self.target)
        if site.usable and (problem := wrong_reference(site, identifier)):
            kind, message = problem
            warn(kind, message, self.get_location())
            self.env.note_reread()
        return [cross_reference(self.env, identifier, self.title if self.has_explicit_title else "")], []


def cross_reference(env: BuildEnvironment, identifier: str, title: str) -> addnodes.pending_xref:
    """A reference by id; without ``title`` it prints the citation title of the inventory."""
    words = nodes.inline(title or identifier, title or identifier, classes=["handbook-citation"])
    return addnodes.pending_xref(
        "", words, refdomain="", reftype=NAME, reftarget=identifier, refexplicit=bool(title), refwarn=False,
        refdoc=env.current_document.docname,
    )  # fmt: skip


def resolved(site: Site, target: str) -> str:
    """The id as the handbook knows it; an excerpt may be given by its name alone."""
    return target if target in site.titles or f"q.{target}" not in site.titles else f"q.{target}"


def wrong_reference(site: Site, identifier: str) -> tuple[Subtype, str] | None:
    """Subtype and message of what is wrong with citing ``identifier``; None when nothing is."""
    change = site.changes.get(identifier)
    if change and change["withdrawn"]:
        reason = f"（{change['reason']}）" if change["reason"] else ""
        instead = f"现由“{change['to']}”代替，请改引它" if change["to"] else "没有代替的内容，请改引别处或删去"
        return "withdrawn", f"手册的“{identifier}”已于{change['on']}撤下{reason}。\n  怎么办：{instead}。"
    if identifier not in site.titles:
        near = get_close_matches(identifier, site.titles, _NEAR)
        hint = f"最接近的是：{'、'.join(near)}。" if near else "全部编号见手册的 published-ids.txt。"
        return "unknown", f"手册（{site.edition}）里没有编号“{identifier}”。\n  怎么办：请改正。{hint}"
    return None


def register(app: Sphinx) -> None:
    """The role, and its resolution through intersphinx."""
    app.add_role(NAME, HandbookRole())
    app.connect("missing-reference", _resolve, priority=100)


def _resolve(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, contnode: nodes.TextElement
) -> nodes.Element | None:
    if node.get("reftype") != NAME:
        return None
    if not site_of(app).usable:
        return contnode
    node["refdomain"], node["reftype"] = "std", "ref"
    found = resolve_reference_in_inventory(env, NAME, node, contnode)
    if found is None:
        return contnode
    if app.builder.name == "dirhtml" and node["refdoc"].rpartition("/")[2] != "index":
        found["refuri"] = f"../{found['refuri']}"  # each page has a folder of its own, which intersphinx does not count
    found["reftitle"] = site_of(app).titles[node["reftarget"]]
    return found
