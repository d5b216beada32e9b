"""Pictures in the size that was asked for, and figures with captions and numbers. Nothing is fetched."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import typst
from docutils import nodes

from .escape import string
from .messages import warn
from .writer import WriterBase

_LENGTH = re.compile(r"([0-9.]+)\s*([a-z%]*)")
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "pc": 12.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
"""Points of a unit; 96 pixels are an inch, as on pages."""


class FiguresMixin(WriterBase):
    """``image``, ``figure``, and the captions of what is numbered."""

    def on_image(self, node: nodes.Element) -> str:
        uri = node.get("uri", "")
        name = self._file(node, uri)
        if not name:
            told = node.get("alt") or ("" if "://" not in uri else uri)
            return f"#no-picture[{self.text(told)}];" if told else "#no-picture[];"
        options = [f"alt: {string(node.get('alt') or PurePosixPath(uri).stem)}"]
        lengths = {side: _length(node.get(side, "")) for side in ("width", "height")}
        options += [f"{side}: {length}" for side, length in lengths.items() if length]
        if node.get("scale"):
            options.append(f"part: {float(node['scale']) / 100:g}")
        picture = f"({string(name)}, {', '.join(options)}"
        if not _stands_alone(node):
            room = f", room: {self.room * 10.5:.0f}pt" if self.room else ""
            return f"#picture-in-line{picture}{room});"
        put = node.get("align", "center" if isinstance(node.parent, nodes.figure) else "")
        return f"#picture{picture}{f', put: {put}' if put in ('center', 'right') else ''});"

    def _file(self, node: nodes.Element, uri: str) -> str:
        """The name that a picture has beside the source; "" when there is none to print."""
        if "://" in uri or uri.startswith("data:"):
            warn("image", f"网上的图片不去取，印成空框：{uri}。要印出来，把图片存进项目，改成相对路径。", node)
        elif uri not in self.env.images:
            if node.get("candidates"):  # of one that is not there Sphinx has told
                warn("image", f"图片没有能印的格式，印成空框：{uri}。请另存为 PNG、JPEG 或 SVG。", node)
        elif not (Path(self.env.srcdir) / uri).is_file():
            warn("image", f"找不到图片，印成空框：{uri}。", node)
        elif uri not in self.images and not readable(Path(self.env.srcdir) / uri):
            warn("image", f"图片文件坏了，印成空框：{uri}。请换一个完好的文件。", node)
        else:
            return self.images.setdefault(uri, f"images/{self.env.images[uri][1]}")
        return ""

    def on_figure(self, node: nodes.Element) -> str:
        caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
        beside = (nodes.caption, nodes.legend)
        body = "".join(self.render(child) for child in node.children if not isinstance(child, beside))
        legend = "".join(self.render(child) for child in node.children if isinstance(child, nodes.legend))
        told = ""
        if caption is not None:
            with self.in_face("hei"):
                number = self.number_of(node, "figure")
                told = f", caption: figure.caption(position: bottom)[{number}{self.children(caption)}]"
        return f"\n#figure([{self.anchors(node)}{body}]{told})\n{legend}"

    def on_legend(self, node: nodes.Element) -> str:
        return f"\n#legend[{self.children(node)}]\n"

    def on_caption(self, node: nodes.Element) -> str:
        if isinstance(node.parent, nodes.container) and node.parent.get("literal_block"):
            with self.in_face("hei"):
                return f"\n#code-caption[{self.number_of(node.parent, 'code-block')}{self.children(node)}]\n"
        with self.in_face("hei"):
            return f"\n#rubric[{self.anchors(node)}{self.children(node)}]\n"


def readable(path: Path) -> bool:
    """Whether the compiler can make a picture of a file: a damaged one would stop the whole book."""
    source = f"#set page(width: 1cm, height: 1cm)\n#image({string(path.name)}, width: 1cm)"
    try:
        compiler = typst.Compiler(source.encode(), root=str(path.parent), ignore_system_fonts=True)
        compiler.query("image")
    except (RuntimeError, OSError):
        return False
    return True


def _length(given: str) -> str:
    """A length of docutils as one of Typst; "" when it says nothing."""
    match = _LENGTH.fullmatch(str(given).strip())
    if match is None:
        return ""
    number, unit = float(match[1]), match[2]
    if unit in ("em", "ex", "rem"):
        return f"{number / (2 if unit == 'ex' else 1):g}em"
    return f"{number:g}%" if unit == "%" else f"{number * _UNITS[unit]:g}pt" if unit in _UNITS else ""


def _stands_alone(node: nodes.Element) -> bool:
    """Whether a picture is all that its paragraph holds."""
    around = node.parent
    while isinstance(around, (nodes.reference, nodes.inline, nodes.target)):
        around = around.parent
    if not isinstance(around, nodes.TextElement):
        return True
    return not around.astext().strip() and sum(1 for _ in around.findall(nodes.image)) == 1
