"""Pieces of HTML from a package's own ``templates`` folder: every value is escaped, and a missing one is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def fragment(package: str, name: str, **values: object) -> Markup:
    """The template ``name`` of ``package`` filled in; safe to be printed by a page template as it is."""
    return Markup(_environment(package).get_template(name).render(**values))


@cache
def _environment(package: str) -> Environment:
    return Environment(loader=PackageLoader(package), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
