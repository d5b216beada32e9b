"""Document nodes. Each is a subclass of a docutils node, so that every builder knows what to do with it."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


class excerpt(nodes.block_quote):
    """A verified block quotation; ``ids``, ``speech``, ``claim``; ``data``: what else its HTML tells scripts, by name."""


class source_line(nodes.paragraph):
    """The line under an excerpt that names its source; filled in when its verdict is known."""


class quote(nodes.inline):
    """A verified quotation inside a sentence, quotation marks included."""


class saying(nodes.inline):
    """A common saying, quoted from nowhere in the archive."""


class editorial_mark(nodes.inline):
    """〔改字〕 ［补字］ 【衍字】 and notes; class names say which."""


class restricted(nodes.inline):
    """Words of a speech page that must not be quoted freely; ``reason``."""


class speech_passage(nodes.paragraph):
    """A paragraph of a speech page; ``speech``, ``start``, ``end``, ``place`` (its source line). Quoted spans are marked when pages are written."""


class generated_table(nodes.General, nodes.Element):
    """Stands for a table that is made from verdicts when pages are written; ``kind``."""


class excerpt_count(nodes.inline):
    """Stands for the number of excerpts of a document; ``target``: its name."""


class speech_count(nodes.inline):
    """How many speeches a document quotes, or the book (``*``), in Chinese numerals; known when pages are written."""


class excerpt_reference(pending_xref):
    """A reference to an excerpt by name, ``reftarget``: what it says and where it leads is known when it is written."""


class coverage_bar(nodes.General, nodes.Element):
    """Stands for the picture of how much of a speech is quoted; ``speech``."""


class bands(nodes.raw):
    """A picture of a speech in HTML alone, left out elsewhere as raw HTML is; ``docname``: the page of the speech.

    ``parts``: class, length, anchor and title of each band; ``key``: class and name.
    """


def register(app: Sphinx) -> None:
    """Excerpts and passages need visitors of their own, and only in HTML: for their data attributes."""
    app.add_node(excerpt, html=(_visit_excerpt_html, _depart_excerpt_html))
    app.add_node(restricted, html=(_visit_restricted_html, _depart_restricted_html))
    app.add_node(bands, html=(_visit_bands_html, _depart_bands_html))
    app.add_node(speech_passage, html=(_visit_passage_html, _depart_passage_html))
    for node in (
        source_line,
        quote,
        saying,
        editorial_mark,
        generated_table,
        excerpt_count,
        speech_count,
        coverage_bar,
    ):
        app.add_node(node)


def _visit_excerpt_html(self: HTML5Translator, node: nodes.Element) -> None:
    attributes = {f"data-{name}": value for name, value in {"speech": node["speech"], **node.get("data", {})}.items()}
    self.body.append(self.starttag(node, "blockquote", CLASS="excerpt", **attributes))


def _depart_excerpt_html(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</blockquote>\n")


def _visit_restricted_html(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "span", "", False, **{"data-reason": node["reason"]}))


def _depart_restricted_html(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</span>")


def _visit_passage_html(self: HTML5Translator, node: nodes.Element) -> None:
    attributes = {"data-line": str(node["line"]), "data-source": node.get("place", "")}
    self.body.append(self.starttag(node, "p", "\n", False, **attributes))


def _depart_passage_html(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</p>\n")


def _visit_bands_html(self: HTML5Translator, node: nodes.Element) -> None:
    here = self.builder.current_docname
    page = (
        "" if not node["docname"] or node["docname"] == here else self.builder.get_relative_uri(here, node["docname"])
    )
    linked = bool(node["docname"])
    out = []
    for tone, length, anchor, title in node["parts"]:
        link = f'href="{escape(page)}#{escape(anchor)}" tabindex="-1"' if linked else ""
        tag = "a" if linked else "span"
        out.append(f'<{tag} class="{tone}" style="flex-grow:{length}" title="{escape(title)}" {link}></{tag}>')
    key = "".join(f'<span><i class="{tone}"></i>{escape(name)}</span>' for tone, name in node["key"])
    # Where it is quoted stands beside each paragraph too, as links that a keyboard reaches.
    self.body.append(
        f'<div class="coverage-bar no-reading" aria-hidden="true">{"".join(out)}</div>\n'
        f'<p class="coverage-key no-reading">{key}</p>\n'
    )
    raise nodes.SkipNode


def _depart_bands_html(self: HTML5Translator, node: nodes.Element) -> None:
    """Never called: the visitor skips."""
