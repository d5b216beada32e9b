"""MyST's parser, with what could run a program, or print what is not the book's, taken out.

Directives and roles are known by what they are and not by what they are called: docutils knows them by Chinese names too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives.body import MathBlock
from docutils.parsers.rst.directives.misc import DefaultRole, Include, Raw, Role
from docutils.parsers.rst.directives.tables import CSVTable
from docutils.parsers.rst.states import MarkupError
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.application import Sphinx
from sphinx.directives.code import LiteralInclude
from sphinx.directives.other import TabularColumns
from sphinx.directives.patches import MathDirective

from .config import Subtype, warn
from .files import why_not

_OFF: dict[type, str] = {
    Raw: "raw", Role: "raw", DefaultRole: "raw", TabularColumns: "raw", MathBlock: "math", MathDirective: "math",
}  # fmt: skip
_ROLES_OFF: dict[object, str] = {roles.raw_role: "raw", roles.math_role: "math"}
_NAME = re.compile(r"[^\W\d][\w-]*\Z")
_FALLS_OVER = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What some of Sphinx's own directives raise at words that they do not expect."""
_COMMENTS = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+\Z", re.DOTALL)
_HEADER_KEYS = ("myst", "mystnb", "substitutions", "html_meta")
_HEADER_LINE = re.compile(r"(?:([\w.-]+):(?: +[^\s&*!|>\[{].*)?)?\s*\Z")
_HEADER_LINES = 100


class Renderer(SphinxRenderer):
    """Refuses by a warning; what it refuses prints as nothing, HTML as the characters that were typed."""

    def render_substitution(self, token: SyntaxTreeNode, inline: bool) -> None:
        """The value is text and no Markdown; an expression is no name."""
        name, known = token.content.strip(), self.md_config.substitutions
        line = token.map[0] if token.map else None
        if not _NAME.match(name):
            self._refuse(
                "substitution",
                f"{{{{ {name} }}}} 不是一个名字，没有印出来。\n  怎么办：花括号里只能写名字，如 {{{{ edition }}}}。",
                line,
            )
        elif name not in known:
            told = "、".join(sorted(known)) or "没有"
            self._refuse(
                "substitution",
                f"{{{{ {name} }}}} 没有定义。\n  怎么办：请改用 conf.py 里 myst_substitutions 的名字：{told}。",
                line,
            )
        else:
            text = nodes.Text(str(known[name]))
            self.current_node.append(text if inline else nodes.paragraph("", "", text))

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        self._html(token, inline=True)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        self._html(token, inline=False)

    def _html(self, token: SyntaxTreeNode, *, inline: bool) -> None:
        if self._allowed("html"):
            super().render_html_block(token)
        elif not _COMMENTS.match(token.content):
            line = token.map[0] if token.map else None
            self._refuse(
                "markup",
                "这里写了 HTML，照字面印了出来。\n  怎么办：请改用 Markdown 的写法；尖括号前加 \\ 就不当作 HTML。",
                line,
            )
            text = nodes.Text(token.content.strip())
            self.current_node.append(text if inline else nodes.paragraph("", "", text))

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        if self._allowed("eval-rst"):
            super().render_restructuredtext(token)
        else:
            self._off("eval-rst", token.map[0] if token.map else None)

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        line = token.map[0] if token.map else 0
        function, _ = roles.role(token.meta["name"], self.language_module_rst, line, self.reporter)
        off = _ROLES_OFF.get(function, "")
        if off and not self._allowed(off):
            self._off(off, line)
        else:
            super().render_myst_role(token)

    def run_directive(
        self,
        name: str,
        first_line: str,
        content: str,
        position: int,
        additional_options: dict[str, str] | None = None,
        *,
        block_text: str | None = None,
    ) -> list[nodes.Element]:
        found, _ = directives.directive(name, self.language_module_rst, self.document)
        off = next((what for kind, what in _OFF.items() if found and issubclass(found, kind)), "")
        if off and not self._allowed(off):
            self._off(off, position)
            return []
        if found and issubclass(found, (Include, LiteralInclude, CSVTable)):
            for problem in self._wrong_files(found, first_line, content):
                self._refuse(
                    "file", f"{{{name}}} {problem}。\n  怎么办：请把内容写进这一章，或把文件放进手册文件夹。", position
                )
                return []
        try:
            return super().run_directive(name, first_line, content, position, additional_options, block_text=block_text)
        except _FALLS_OVER as error:
            self._refuse(
                "markup",
                f"{{{name}}} 这样写读不懂（{type(error).__name__}），没有印出来。\n  怎么办：请照编写说明的写法改正，或者删去。",
                position,
            )
            return []

    def _wrong_files(self, kind: type[Directive], first_line: str, content: str) -> Iterator[str]:
        """What is wrong with the files that a directive takes in."""
        try:
            parsed = parse_directive_text(kind, first_line, content, line=None)
        except MarkupError:
            return  # told when it is run
        names = [] if issubclass(kind, CSVTable) else list(parsed.arguments[:1])
        names += [str(parsed.options[key]) for key in ("file", "diff") if parsed.options.get(key)]
        if "url" in parsed.options:
            yield "不能从网上取内容"
        if "parser" in parsed.options and not self._allowed("eval-rst"):
            yield "不能用 :parser:"
        for name in names:
            if reason := self._why_not("".join(part.strip() for part in name.splitlines())):
                yield f"没有收进来：{name} {reason}"

    def _why_not(self, name: str) -> str:
        env = self.sphinx_env
        root = Path(env.srcdir)
        sealed = [root / folder for folder in env.config.manuscript_sealed]
        # MyST, docutils and Sphinx do not start from the same folder: nothing that they may mean can be outside.
        meant = Path(env.relfn2path(name)[1])
        others = (Path(self.document["source"]).parent / name, root / name.lstrip("/"))
        reasons = (why_not(path, root, sealed) for path in (meant, *filter(Path.exists, others)))
        return next(filter(None, reasons), "")

    def _allowed(self, what: str) -> bool:
        return what in self.sphinx_env.config.manuscript_allows

    def _off(self, what: str, line: int | None) -> None:
        self._refuse(
            "markup",
            f"手册里不用 {what}，这一处没有印出来。\n  怎么办：请改用 Markdown 的写法；确实要用的，在 conf.py 的 manuscript_allows 里写 {what!r}。",
            line,
        )

    def _refuse(self, subtype: Subtype, message: str, line: int | None) -> None:
        env = self.sphinx_env
        warn(subtype, message, f"{env.doc2path(env.current_document.docname, base=False)}:{line or 1}")


class Parser(MystParser):
    """A chapter says nothing of how it is parsed: what its header says of MyST is left out."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        env = document.settings.env
        if problem := header_problem(inputstring):
            message = f"章首 --- 之间的设置没有采用：{problem}。\n  怎么办：请删去它，设置写在 conf.py 里。"
            warn("header", message, f"{env.doc2path(env.current_document.docname, base=False)}:1")
            inputstring = _without_header(inputstring)
        parser = create_md_parser(env.myst_config, Renderer)
        parser.options["document"] = document
        parser.render(inputstring)


def header_problem(text: str) -> str:
    """What is wrong with the head of a chapter between two ---; "" when nothing is, or it has none."""
    if not text.startswith("---"):
        return ""
    lines = text.split("\n", _HEADER_LINES + 1)[1 : _HEADER_LINES + 1]
    end = next((n for n, line in enumerate(lines) if line.startswith(("---", "..."))), None)
    if end is None:
        return f"超过 {_HEADER_LINES} 行，或没有结束"
    for line in lines[:end]:
        # One plain value to a line: no anchors and aliases, which can make a few lines fill the memory.
        found = _HEADER_LINE.match(line)
        if not found:
            return f"“{line.strip()[:40]}”不是“名字: 值”"
        if found[1] in _HEADER_KEYS:
            return f"不能写 {found[1]}"
    return ""


def _without_header(text: str) -> str:
    """Blank lines in its place, so that the lines below keep their numbers."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.startswith(("---", "..."))), 0)
    return "\n".join([""] * (end + 1) + lines[end + 1 :])


def register(app: Sphinx) -> None:
    """In MyST's place; and docutils is told as well, for whatever else may ask it."""
    app.add_source_parser(Parser, override=True)
    app.connect("builder-inited", _tell_docutils)


def _tell_docutils(app: Sphinx) -> None:
    app.env.settings["raw_enabled"] = "raw" in app.config.manuscript_allows
