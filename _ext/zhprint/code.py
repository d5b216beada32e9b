"""Code: Sphinx's own highlighting, line by line, in the colours of the project's style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments.formatter import Formatter
from pygments.style import Style
from pygments.token import _TokenType
from sphinx.config import Config
from sphinx.highlighting import PygmentsBridge

from .escape import array, breakable, columns, string
from .writer import WriterBase

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_TAB = 8


class CodeMixin(WriterBase):
    """``literal_block``, ``doctest_block``, and the block with a caption around one."""

    def on_literal_block(self, node: nodes.Element) -> str:
        source = self.ink.legible("mono", node.astext().rstrip("\n").expandtabs(_TAB), self.where)
        options: dict[str, Any] = node.get("highlight_args", {})
        plain = node.rawsource != node.astext()  # parsed-literal has its own markup
        language = "none" if plain else node.get("language", "default")
        shown = self._painter().highlight_block(source, language, force=node.get("force", False), location=node)
        first = f", first: {options.get('linenostart', 1)}" if node.get("linenos") else ""
        marked = f", marked: {array([str(n) for n in options.get('hl_lines', ())])}" if options.get("hl_lines") else ""
        return f"\n#code({shown}{first}{marked})[{self.anchors(node)}]\n"

    def on_doctest_block(self, node: nodes.Element) -> str:
        node["language"] = "pycon"
        return self.on_literal_block(node)

    def _painter(self) -> Painter:
        return Painter("html", style_of(self.env.config))

    def on_literal(self, node: nodes.Element) -> str:
        text = node.astext()
        if self.quoting:
            self.note_ink(text, "mono")
        return f"#raw({string(breakable(self.ink.legible('mono', text, self.where), self.room))});"


def style_of(config: Config) -> str:
    """The name of the style that the project's pages have."""
    return config.pygments_style or "sphinx"


class Rows(Formatter[str]):
    """A Typst array of lines: each its width in columns, then pieces, each text or the number of a style and text."""

    def format(self, tokensource: Iterable[tuple[_TokenType, str]], outfile: SupportsWrite[str]) -> None:
        styles = styles_of(self.style)
        rows: list[list[str]] = [[]]
        widths = [0]
        for token, value in tokensource:
            named = styles.get(_looks(self.style, token), 0)
            for at, piece in enumerate(value.split("\n")):
                if at:
                    rows.append([])
                    widths.append(0)
                if piece:
                    rows[-1].append(f"({named}, {string(piece)})")
                    widths[-1] += columns(piece)
        if not rows[-1]:
            rows.pop()
        outfile.write(array([f"({width}, {array(row)})" for width, row in zip(widths, rows, strict=False)]))


class Painter(PygmentsBridge):
    """Sphinx's choice of a lexer, its warnings and its second try, with lines for the compiler at the end."""

    html_formatter: Any = Rows


def styles_of(style: type[Style]) -> dict[tuple[str, bool, bool], int]:
    """Looks of a style → their numbers; 0 is plain text."""
    looks = {_looks(style, token) for token, _ in style}
    return {look: number for number, look in enumerate(sorted(looks - {_PLAIN}), 1)} | {_PLAIN: 0}


_PLAIN = ("", False, False)


def _looks(style: type[Style], token: _TokenType) -> tuple[str, bool, bool]:
    while not style.styles_token(token) and token.parent is not None:
        token = token.parent  # of a kind that the style does not know, its nearest kin
    given = style.style_for_token(token)
    return (given["color"] or "", given["bold"], given["italic"])


def palette(name: str) -> str:
    """The styles as options of Typst's ``text``, for the template."""
    style = PygmentsBridge("html", name).formatter_args["style"]
    numbered = sorted(styles_of(style).items(), key=lambda item: item[1])
    return array([f"({', '.join(_options(*look)) or ':'})" for look, _ in numbered])


def _options(colour: str, bold: bool, italic: bool) -> Iterator[str]:
    if colour:
        yield f'fill: rgb("#{colour}")'
    if bold:
        yield 'weight: "bold"'
    if italic:
        yield 'style: "italic"'
