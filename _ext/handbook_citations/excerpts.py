"""``handbook-excerpt``: an excerpt of the handbook, printed from its site and verified against the same archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, is_node_registered

from speeches.core.source.archive import Archive, load_archive
from speeches.core.source.folding import curly
from speeches.nodes import editorial_mark
from speeches.rendering import with_marks

from .bearing import Bearing, bearing
from .config import Subtype, archive_folder, site_of, warn
from .roles import cross_reference, resolved, wrong_reference
from .site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

_archives: dict[str, Archive] = {}


class HandbookExcerpt(SphinxDirective):
    """Nothing is printed as quoted that the archive does not bear out at this reading."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], object]] | None] = {}

    def run(self) -> list[nodes.Node]:
        site = site_of(self.env._app)  # a directive has no public way to the application
        identifier = resolved(site, self.arguments[0])
        change = site.changes.get(identifier)
        if change and not change["withdrawn"] and change["to"]:
            identifier = change["to"]  # the same excerpt under another name
        kind, found = self._bearing(site, identifier)
        if found.place:
            return [self._block(site, identifier, found.place)]
        if found.refusal:
            warn(kind, found.refusal, self.get_location())
        self.env.note_reread()
        text = f"（手册摘录“{identifier}”没有通过核对，未印出）"
        return [nodes.paragraph(text, text, classes=["verification-failure"])]

    def _bearing(self, site: Site, identifier: str) -> tuple[Subtype, Bearing]:
        """The outcome, and the kind of warning where it is refused."""
        if not site.usable:
            return "inventory", Bearing()  # told once for all
        if wrong := wrong_reference(site, identifier):
            return wrong[0], Bearing(refusal=wrong[1])
        if identifier not in site.excerpts:
            what = site.remark or f"“{identifier}”不是摘录，或它在网站里的记录不全。"
            return "excerpt", Bearing(
                refusal=f"{what}\n  怎么办：请核对编号；网站不全的，重新生成手册网站，或重新复制整个文件夹。"
            )
        archive = self._archive()
        if archive is None:
            message = "没有讲话库，不能核对，所以没有印出摘录。\n  怎么办：请在 conf.py 写 handbook_archive。"
            return "excerpt", Bearing(refusal=message)
        return "excerpt", bearing(site.excerpts[identifier], archive)

    def _archive(self) -> Archive | None:
        app = self.env._app  # as above
        folder, key = archive_folder(app), str(self.env.config.handbook_digest)
        if folder is None or not folder.is_dir():
            return None
        if key not in _archives:
            _archives.clear()
            _archives[key] = load_archive(folder)
        return _archives[key]

    def _block(self, site: Site, identifier: str, place: str) -> nodes.block_quote:
        item = site.excerpts[identifier]
        block = nodes.block_quote("", classes=["excerpt"])
        for paragraph in item["text"].split("\n"):
            block += nodes.paragraph(paragraph, "", *with_marks(curly(paragraph)), classes=["excerpt-text"])
        line = nodes.paragraph("", "", nodes.Text(f"——{place}，"), classes=["source-line"])
        line += cross_reference(self.env, identifier, "")
        block += line
        if item["secondhand"]:
            block += nodes.paragraph("", "转引，未核对原文", classes=["secondhand-note"])
        if item["note"]:
            block += nodes.paragraph("", f"编者注：{item['note']}", classes=["editor-note"])
        self.set_source_info(block)
        return block


def register(app: Sphinx) -> None:
    """The directive, and the node of editorial marks where the handbook's own extension has not added it."""
    app.add_directive("handbook-excerpt", HandbookExcerpt)
    if not is_node_registered(editorial_mark):
        app.add_node(editorial_mark)
