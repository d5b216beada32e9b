"""Short generated parts: how many quotations agree, from which speeches a chapter draws, how much of each is quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..check.checked import checked
from ..core.citation import short_title
from ..core.report.coverage import Use, matrix, speech_coverage
from ..core.review.claim import QuotationKind
from ..nodes import coverage_bar
from ..rendering import Cell, source_nodes, table
from .bands import bands_of

_WIDTH = 600
_COLOURS = {Use.QUOTED: "#8f1d22", Use.UNQUOTED: "#e4ded2", Use.RESTRICTED: "#9a9a94"}
_ALT = "逐句的图：已引、未引、限制引用，字数和句数见图上方"
"""No word of a record: this is put into Typst as it is."""
_KINDS = {QuotationKind.EXCERPT: "摘录", QuotationKind.QUOTE: "引语"}
_USE_NAMES = {Use.QUOTED: "已引", Use.UNQUOTED: "未引", Use.RESTRICTED: "限制引用"}


def verification_summary(env: BuildEnvironment, _docname: str) -> list[nodes.Node]:
    """全书引文 N 条，与存档文本核对一致 N 条，核对日期: the date is that of the last acceptance, so that builds repeat."""
    outcome = checked(env)
    total = len(outcome.reviewed)
    agreed = sum(item.passed for item in outcome.reviewed)
    date = max((item.entry.on for item in outcome.reviewed if item.entry), default="")
    text = f"全书引文{total}条，与存档文本核对一致{agreed}条" + (f"，核对日期{date}。" if date else "。")
    return [nodes.paragraph(text, text, classes=["verification-summary"])]


def chapter_speeches(env: BuildEnvironment, docname: str) -> list[nodes.Node]:
    """本章引文取自：县里的讲话，摘录5条、引语2条；区里的讲话，引语1条。"""
    outcome = checked(env)
    items = outcome.by_document.get(docname, [])
    paragraph = nodes.paragraph("", "本章引文取自：", classes=["chapter-speeches"])
    for speech in outcome.archive:
        kinds = [item.claim.kind for item in items if item.claim.speech == speech.id]
        counts = [(name, kinds.count(kind)) for kind, name in _KINDS.items() if kind in kinds]
        if counts:
            before = "；" if len(paragraph.children) > 1 else ""
            told = "、".join(f"{name}{count}条" for name, count in counts)
            paragraph += [nodes.Text(before), *source_nodes(speech.id, "", speech.called), nodes.Text(f"，{told}")]
    paragraph += nodes.Text("。")
    return [paragraph]


def coverage_map(env: BuildEnvironment, _docname: str) -> list[nodes.Node]:
    """Which speech feeds which chapter, as a table, and a bar a speech: each sentence quoted, not quoted, or restricted."""
    outcome = checked(env)
    above = {child: parent for parent, children in env.toctree_includes.items() for child in children}
    counts: dict[str, Counter[str]] = {}
    for speech_id, row in matrix(outcome.archive, outcome.reviewed).items():
        counts[speech_id] = Counter()
        for docname, count in row.items():
            counts[speech_id][_part_of(docname, above, env.config.root_doc)] += count
    order = outcome.order
    documents = sorted({d for row in counts.values() for d in row}, key=lambda d: (order.get(d, len(order)), d))
    out: list[nodes.Node] = [_feeding_table(env, counts, documents)]
    out += [figure for speech in outcome.archive for figure in speech_bar(env, speech.id)]
    return out


def fill_bar(env: BuildEnvironment, node: coverage_bar, _docname: str) -> None:
    """The picture of the speech whose page this is."""
    node.replace_self(speech_bar(env, node["speech"]))


def speech_bar(env: BuildEnvironment, speech_id: str) -> list[nodes.Node]:
    """A sentence by sentence picture of one speech, with its figures in words."""
    outcome = checked(env)
    speech = outcome.archive.speeches[speech_id]
    cover = speech_coverage(speech, outcome.by_speech.get(speech_id, ()))
    share = cover.quoted / cover.quotable if cover.quotable else 0.0
    counts = "，".join(f"{_USE_NAMES[use]}{sum(s.use is use for s in cover.sentences)}句" for use in Use)
    caption = f"{short_title(speech)}：可引{cover.quotable}字，已引{cover.quoted}字（{share:.0%}）；{counts}。"
    total = max(cover.total, 1)
    position = 0.0
    pieces = []
    for sentence in cover.sentences:
        width = (sentence.span.end - sentence.span.start) * _WIDTH / total
        pieces.append(
            f'<rect x="{position:.1f}" y="0" width="{max(width - 0.6, 0.4):.1f}" height="18" fill="{_COLOURS[sentence.use]}"/>'
        )
        position += width
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} 18" width="100%" height="18" '
        f'preserveAspectRatio="none" aria-hidden="true">{"".join(pieces)}</svg>'
    )
    typst = f'#image(bytes("{svg.replace(chr(34), chr(92) + chr(34))}"), format: "svg", width: 100%, alt: "{_ALT}")'
    return [
        nodes.paragraph(caption, caption, classes=["coverage-caption"]),
        bands_of(outcome, cover.sentences, speech_id, env),
        nodes.raw("", typst, format="typst"),
    ]


def _part_of(docname: str, above: Mapping[str, str], root: str) -> str:
    """The page of the book's own contents that a page lies under: the answers to all chapters are one part."""
    passed: set[str] = set()  # contents may run in a circle, of which Sphinx warns
    while docname not in passed and (parent := above.get(docname, root)) != root:
        passed.add(docname)
        docname = parent
    return docname


def _feeding_table(env: BuildEnvironment, counts: Mapping[str, Mapping[str, int]], documents: list[str]) -> nodes.table:
    outcome = checked(env)
    titles = [outcome.titles.get(d, d) for d in documents]
    rows = []
    for speech in outcome.archive:
        numbers = [counts[speech.id].get(d, 0) for d in documents]
        cells: list[Cell] = [source_nodes(speech.id, "", speech.called)]
        cells += [[nodes.Text(str(n) if n else "—")] for n in numbers]
        cells.append([nodes.Text(str(sum(numbers)))])
        rows.append(cells)
    return table(["讲话:24", *(f"{t}:8" for t in titles), "合计:8"], rows, ["coverage-table"])
