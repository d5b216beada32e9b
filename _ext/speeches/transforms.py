"""Filled in when pages are written, from this build's verdicts: source lines, tables, marks on speech pages."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from .core.citation import place_title
from .core.folding import BARRIER
from .core.reuse import ProseRun
from .core.review import Reviewed
from .core.speech import Span
from .directives import source_nodes
from .domain import SpeechDomain, speech_domain
from .nodes import excerpt, generated_table, quote, saying, source_line, speech_passage
from .rendering import passage_nodes
from .tables import make_table, table_state

_NOT_PROSE = (nodes.literal_block, nodes.comment, nodes.raw, nodes.math_block, addnodes.toctree)
_NOT_OWN = (quote, saying, addnodes.pending_xref, nodes.literal, nodes.raw, nodes.footnote_reference)


class CollectProse(SphinxTransform):
    """The editor's own words, what is quoted cut out, into the domain. Late: after MyST has made every node."""

    default_priority = 900

    def apply(self, **kwargs: Any) -> None:
        docname = self.env.current_document.docname
        domain = speech_domain(self.env)
        if domain.speech_docname(docname.rpartition("/")[2]) == docname:
            return
        runs = []
        for block in self.document.findall(nodes.TextElement):
            if isinstance(block, (nodes.Inline, *_NOT_PROSE)) or _inside(block, excerpt):
                continue
            text = _own_text(block)
            if text.strip(BARRIER + " \n"):
                runs.append(ProseRun(text, _line(block)))
        domain.note_prose(docname, runs)


class FillIn(SphinxPostTransform):
    """Runs before references are resolved (priority 10), because what it fills in holds references."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        domain = speech_domain(self.env)
        docname = self.env.current_document.docname
        reviewed = domain.reviewed_by_id()
        for line in list(self.document.findall(source_line)):
            item = reviewed.get(line["claim"])
            if item is not None:
                line.clear()
                line += source_line_nodes(item, domain)
        for node in list(self.document.findall(generated_table)):
            node.replace_self(make_table(node["kind"], domain, docname))
        quoted = quotations_by_speech(domain)
        for passage in list(self.document.findall(speech_passage)):
            mark_passage(passage, quoted.get(passage["speech"], []), domain)


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A span of a speech and the claim that quotes it."""

    span: Span
    item: Reviewed


def source_line_nodes(item: Reviewed, domain: SpeechDomain) -> list[nodes.Node]:
    """摘录1-3 ——《题名》第二部分（四）: what is printed is always the resolved place."""
    assert domain.archive is not None
    number = domain.numbers().get(item.claim.id, "")
    label = f"摘录{number}"
    out: list[nodes.Node] = [nodes.inline(label, label, classes=["excerpt-number"])]
    speech = domain.archive.speeches.get(item.claim.speech)
    if speech is None or item.verdict.found is None or not item.verdict.agrees:
        note = f"——{speech.title if speech else item.claim.speech}（未通过核对）"
        return [*out, nodes.inline(note, note, classes=["unverified"])]
    found = item.verdict.found
    return [*out, *source_nodes(speech.id, found.locator, f"——{place_title(speech, found.start)}")]


def quotations_by_speech(domain: SpeechDomain) -> dict[str, list[QuotedSpan]]:
    """Every quoted span that agrees, by speech, in the order of the text."""
    found: dict[str, list[QuotedSpan]] = {}
    for item in domain.reviewed:
        if item.verdict.agrees:
            for span in item.verdict.fragments:
                found.setdefault(item.claim.speech, []).append(QuotedSpan(span, item))
    return {speech: sorted(spans, key=lambda q: (q.span, q.item.claim.id)) for speech, spans in found.items()}


def mark_passage(node: speech_passage, quoted: Iterable[QuotedSpan], domain: SpeechDomain) -> None:
    """Mark the quoted spans of a paragraph, each followed by links to the pages that quote it."""
    assert domain.archive is not None
    speech = domain.archive.speeches.get(node["speech"])
    mine = Span(node["start"], node["end"])
    here = [q for q in quoted if q.span.overlaps(mine)]
    if speech is None or not here:
        return
    edges = sorted({mine.start, mine.end} | {e for q in here for e in _inside_edges(q.span, mine)})
    node.clear()
    for start, end in itertools.pairwise(edges):
        piece = Span(start, end)
        over = [q for q in here if q.span.overlaps(piece)]
        content = passage_nodes(speech, start, end)
        if over:
            node += nodes.inline("", "", *content, classes=["quoted"])
        else:
            node += content
        node += _chips([q for q in here if min(q.span.end, mine.end) == end], domain)


def _inside_edges(span: Span, mine: Span) -> tuple[int, int]:
    return max(span.start, mine.start), min(span.end, mine.end)


def _chips(ended: list[QuotedSpan], domain: SpeechDomain) -> list[nodes.Node]:
    out: list[nodes.Node] = []
    seen = set()
    for quotation in ended:
        claim = quotation.item.claim
        if claim.id in seen:
            continue
        seen.add(claim.id)
        number = domain.numbers().get(claim.id)
        title = domain.env.titles.get(claim.docname)
        label = f"摘录{number}" if number else f"见{title.astext() if title else claim.docname}"
        out.append(
            addnodes.pending_xref(
                "",
                nodes.inline(label, label, classes=["quoted-by"]),
                refdomain="speech",
                reftype="claim",
                reftarget=claim.id,
                refexplicit=True,
                refwarn=False,
            )
        )
    return out


def rendered_states(domain: SpeechDomain) -> dict[str, str]:
    """docname → digest of everything that ``FillIn`` and the excerpt references put into it."""
    states: dict[str, list[str]] = {}
    numbers = domain.numbers()
    for item in domain.reviewed:
        if item.claim.kind == "excerpt":
            text = "".join(node.astext() for node in source_line_nodes(item, domain))
            states.setdefault(item.claim.docname, []).append(text)
    for docname, target, _ in domain.references:
        claim = domain.excerpt_claim(target)
        states.setdefault(docname, []).append(f"{target}={claim and (claim.docname, numbers.get(claim.id))}")
    for speech_id, spans in quotations_by_speech(domain).items():
        docname = domain.speech_docname(speech_id)
        if docname:
            for q in spans:
                title = domain.env.titles.get(q.item.claim.docname)
                parts = (
                    q.span,
                    q.item.claim.id,
                    q.item.claim.docname,
                    numbers.get(q.item.claim.id),
                    title and title.astext(),
                )
                states.setdefault(docname, []).append(repr(parts))
    for docname, kinds in domain.tables.items():
        for kind in kinds:
            states.setdefault(docname, []).append(table_state(kind, domain, docname))
    return {
        d: hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest() for d, parts in states.items()
    }


def _inside(node: nodes.Node, kind: type[nodes.Node]) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, kind):
            return True
        parent = parent.parent
    return False


def _own_text(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    out = []
    for child in node.children:
        is_block = isinstance(child, nodes.TextElement) and not isinstance(child, nodes.Inline)
        out.append(BARRIER if is_block or isinstance(child, _NOT_OWN) else _own_text(child))
    return "".join(out)


def _line(node: nodes.Node) -> int:
    current: nodes.Node | None = node
    while current is not None:
        if current.line:
            return current.line
        current = current.parent
    return 0


def register(app: Sphinx) -> None:
    """Add both transforms."""
    app.add_transform(CollectProse)
    app.add_post_transform(FillIn)
