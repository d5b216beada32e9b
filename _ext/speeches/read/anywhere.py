"""Directives and roles by their bare names, ``{excerpt}``, in projects whose ``primary_domain`` is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.docutils import is_directive_registered, is_role_registered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils import nodes
    from docutils.parsers.rst.states import Inliner
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import RoleFunction

DOMAIN = "speech"


def register(app: Sphinx) -> None:
    """When every extension has registered its own: a name that another has taken stays the other's."""
    app.connect("config-inited", _offer)


def _offer(app: Sphinx, config: Config) -> None:
    if config.primary_domain == DOMAIN:
        return
    for name, directive in app.registry.domain_directives[DOMAIN].items():
        if not is_directive_registered(name):
            app.add_directive(name, directive)
    for name, role in app.registry.domain_roles[DOMAIN].items():
        if not is_role_registered(name):
            app.add_role(name, _with_domain(f"{DOMAIN}:{name}", role))


def _with_domain(full_name: str, role: RoleFunction) -> RoleFunction:
    """A reference finds its domain by the name that it was called by."""

    def run(
        _name: str,
        rawtext: str,
        text: str,
        lineno: int,
        inliner: Inliner,
        options: Mapping[str, object] | None = None,
        content: Sequence[str] = (),
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        made, messages = role(full_name, rawtext, text, lineno, inliner, dict(options or {}), list(content))
        return list(made), list(messages)

    return run
