"""What a document shows, offers and leads to, however it was written: images, downloads, links, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from .config import Subtype, warn
from .files import why_not

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)")
_LEADS_TO = frozenset({"http", "https", "mailto", "tel"})
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


def scheme(address: str) -> str:
    """The scheme as a browser reads it, which skips white space and control characters; "" for an address in the book."""
    found = _SCHEME.match(_CONTROLS.sub("", address))
    return found[0].lower() if found else ""


class Refuse(SphinxTransform):
    """Right after parsing, before anything is collected from the document."""

    default_priority = 5

    def apply(self, **kwargs: object) -> None:
        for comment in list(self.document.findall(nodes.comment)):
            comment.parent.remove(comment)
        for image in list(self.document.findall(nodes.image)):
            if reason := self._unfit(str(image["uri"])):
                self._tell(image, "file", f"图片 {image['uri']} {reason}，没有印出来")
                image.parent.remove(image)
        for download in list(self.document.findall(addnodes.download_reference)):
            if reason := self._unfit(str(download["reftarget"])):
                self._tell(download, "file", f"文件 {download['reftarget']} {reason}，没有提供下载")
                download.replace_self(nodes.inline("", "", *download.children))
        for link in list(self.document.findall(nodes.reference)):
            if scheme(str(link.get("refuri", ""))) not in {"", *_LEADS_TO}:
                self._tell(link, "link", f"链接 {link['refuri']} 只能是网页、邮件地址或书里的一处，没有做成链接")
                link.replace_self(nodes.inline("", "", *link.children))

    def _unfit(self, address: str) -> str:
        if scheme(address):
            return "不在手册文件夹里"
        root = Path(self.env.srcdir)
        sealed = [root / folder for folder in self.env.config.manuscript_sealed]
        reasons = (why_not(path, root, sealed) for path in _meant(Path(self.env.relfn2path(address)[1])))
        return next(filter(None, reasons), "")

    def _tell(self, node: nodes.Element, subtype: Subtype, message: str) -> None:
        docname = self.env.current_document.docname
        line = next((n.line for n in _upwards(node) if n.line), 1)
        where = f"{self.env.doc2path(docname, base=False)}:{line}"
        warn(subtype, f"{message}。\n  怎么办：请改正地址；要用的文件放进手册文件夹。", where)


def _meant(path: Path) -> list[Path]:
    """``name.*`` means any format."""
    return sorted(path.parent.glob(path.name)) or [path.parent] if path.suffix == ".*" else [path]


def _upwards(node: nodes.Node | None) -> Iterator[nodes.Node]:
    while node is not None:
        yield node
        node = node.parent


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(Refuse)
