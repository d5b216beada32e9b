"""``handbook cite``: how a chapter, a section, an excerpt or a speech is cited."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zh.terminal import say

from .building import verified
from .chinese import ChineseCommand
from .options import root_option

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@click.command(cls=ChineseCommand, epilog="例：handbook cite nengli　　handbook cite nengli --format bibtex")
@click.argument("identifier", metavar="编号")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "bibtex", "csl-json"]),
    default="text",
    help="text（默认）、markdown、bibtex 或 csl-json",
)
@click.option("--page", default="", help="引文页码；不写就写章节名或摘录编号")
@root_option
def command(identifier: str, form: str, page: str, root: Path) -> int:
    """按 GB/T 7714—2025（顺序编码制）给出著录。编号如 nengli（章）、nengli-wenzi（节）、q.nengli-xuexi（摘录）。"""
    from citable.references import citable  # imported here and below: it brings Sphinx, which --help does without
    from gbt7714.exchange import FORMATS
    from speeches.config import marks_of_entries

    app, _ = verified(root, quiet=True)
    items = citable(app.env)
    known = _resolved(identifier, items.keys())
    if known is None:
        known = _successor(app, identifier, items)
    reference = items[known].reference
    page = " ".join(page.split())
    reference = replace(reference, locator=page) if page else reference
    say(FORMATS[form](known, reference, marks_of_entries(app.config)))
    return 0


def _successor(app: Sphinx, identifier: str, items: Container[str]) -> str:
    """The id that a renamed one goes by now. ClickException for one that is unknown or withdrawn."""
    from permalink.checking import read_moved
    from permalink.collect import public_ids
    from permalink.moved import MovedError, ending, fate
    from speeches.core.source.archive import near_ids

    try:
        changes = read_moved(app)
    except MovedError as error:
        raise click.ClickException(f"{error}") from None
    change = next((c for i in (identifier, f"q.{identifier}") if (c := ending(i, changes))), None)
    if change is None:
        near = near_ids(identifier, public_ids(app.env))
        hint = f"最接近的是：{'、'.join(near)}。" if near else ""
        raise click.ClickException(
            f"没有编号为“{identifier}”的内容，或它没有通过核对。{hint}全部编号见 published-ids.txt。"
        )
    found = fate(change.id, changes, items)
    if found.withdrawn:
        reason = f"（{found.withdrawn.reason}）" if found.withdrawn.reason else ""
        instead = f"现由 {found.target} 代替，请引用它。" if found.target else "没有代替的内容。"
        raise click.ClickException(f"“{change.id}”已于{found.withdrawn.on}撤下{reason}，{instead}")
    if not found.target:
        raise click.ClickException(
            f"“{change.id}”已于{change.on}改为“{change.to}”，但书里没有它。请改 moved-ids.toml。"
        )
    say(f"提示：“{change.id}”已于{change.on}改为“{found.target}”。", err=True)
    return found.target


def _resolved(identifier: str, known: Container[str]) -> str | None:
    """As given, or the excerpt of that name."""
    return next((i for i in (identifier, f"q.{identifier}") if i in known), None)
