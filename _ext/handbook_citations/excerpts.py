"""``handbook-excerpt``: an excerpt of the handbook, printed from its site and verified against the same archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from speeches.core.advice import advise
from speeches.core.archive import Archive, load_archive
from speeches.core.folding import curly
from speeches.core.selector import Selector, parse_locator
from speeches.core.speech import RestrictionKind
from speeches.core.verify import Request, verify
from speeches.rendering import with_marks

from .config import Subtype, archive_folder, site_of, warn
from .roles import cross_reference, resolved, wrong_reference

if TYPE_CHECKING:
    from collections.abc import Callable

_archives: dict[str, Archive] = {}


class HandbookExcerpt(SphinxDirective):
    """Nothing is printed as quoted that does not agree with the archived text at this reading."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], object]] | None] = {}

    def run(self) -> list[nodes.Node]:
        site = site_of(self.env._app)
        identifier = resolved(site, self.arguments[0])
        problem = self._problem(identifier)
        if problem:
            kind, message = problem
            if site.usable:  # else it was told once for all
                warn(kind, message, self.get_location())
            self.env.note_reread()
            text = f"（手册摘录“{identifier}”没有通过核对，未印出）"
            return [nodes.paragraph(text, text, classes=["verification-failure"])]
        return [self._block(identifier, site.items[identifier])]

    def _problem(self, identifier: str) -> tuple[Subtype, str] | None:
        site = site_of(self.env._app)
        if not site.usable:
            return "inventory", ""
        if wrong := wrong_reference(site, identifier):
            return wrong
        item = site.items.get(identifier)
        if item is None or "text" not in item:
            return "excerpt", (
                f"“{identifier}”不是摘录，或手册网站里没有 citations.json。\n"
                "  怎么办：请核对编号；文件缺失的，重新生成手册网站。"
            )
        archive = self._archive()
        if archive is None:
            return "excerpt", "没有讲话库，不能核对，所以没有印出摘录。\n  怎么办：请在 conf.py 写 handbook_archive。"
        return _disagreement(item, archive)

    def _archive(self) -> Archive | None:
        folder, key = archive_folder(self.env._app), str(self.env.config.handbook_digest)
        if folder is None or not folder.is_dir():
            return None
        if key not in _archives:
            _archives.clear()
            _archives[key] = load_archive(folder)
        return _archives[key]

    def _block(self, identifier: str, item: dict[str, Any]) -> nodes.block_quote:
        block = nodes.block_quote("", classes=["excerpt"])
        for paragraph in item["text"].split("\n"):
            block += nodes.paragraph(paragraph, "", *with_marks(curly(paragraph)), classes=["excerpt-text"])
        line = nodes.paragraph("", "", nodes.Text(f"——{item['source']}，"), classes=["source-line"])
        line += cross_reference(self.env, identifier, "")
        block += line
        if item["secondhand"]:
            block += nodes.paragraph("", "转引，未核对原文", classes=["secondhand-note"])
        self.set_source_info(block)
        return block


def _disagreement(item: dict[str, Any], archive: Archive) -> tuple[Subtype, str] | None:
    """Why an excerpt does not stand in this archive where the handbook says; None when it does."""
    request = Request(item["text"], item["speech"], Selector(parse_locator(item["locator"])), in_handbook=True)
    verdict = verify(request, archive)
    if not verdict.agrees:
        return "excerpt", f"手册的摘录与这里的讲话库不一致。\n{advise(item['text'], verdict, archive)}"
    allowed = {RestrictionKind.SECONDHAND} if item["secondhand"] else set()
    if any(restriction.kind not in allowed for restriction in verdict.restrictions):
        return "excerpt", (
            f"讲话库的登记限制引用讲话 {item['speech']} 的这一处。\n  怎么办：请改引别处；手册也要改的，告诉手册的编辑。"
        )
    if archive.speeches[item["speech"]].digest != item["digest"]:
        return "excerpt", (
            f"讲话 {item['speech']} 的存档文本与手册所用的不是同一份。\n"
            "  怎么办：请改用手册的讲话库，或用这里的讲话库重新生成手册。"
        )
    return None


def register(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("handbook-excerpt", HandbookExcerpt)
