"""Directives that stand for a table made from verdicts or records, and the tables themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from ..check.checked import checked
from ..config import is_public, marks_of_entries
from ..core.citation import citation, place_title, short_title
from ..core.matching.marks import printed_with_mark
from ..core.matching.verdict import Flag, PlaceStatus, ReviewStatus, TextStatus
from ..core.review.advice import flat
from ..core.review.review import Reviewed
from ..core.source.outline import Outline
from ..core.source.speech import Speech
from ..nodes import generated_table
from ..rendering import WITHHELD, Cell, source_nodes, table, with_marks, xref
from .quotations import is_withheld
from .records import period_notes, speech_records
from .summaries import chapter_speeches, coverage_map, verification_summary

_TEXT_NAMES = {
    TextStatus.EXACT: "逐字一致",
    TextStatus.TYPOGRAPHIC: "一致（字形、标点样式归一）",
    TextStatus.EMENDED: "一致（含校订标记）",
    TextStatus.ELIDED: "一致（有省略）",
    TextStatus.ALTERED: "不一致",
    TextStatus.ABSENT: "查无此文",
    TextStatus.AMBIGUOUS: "位置不明",
    TextStatus.UNCHECKED: "未能核对",
}
_FLAG_NAMES = {
    Flag.CLIPPED: "截取已审",
    Flag.FAR: "省略较长",
    Flag.UNRECORDED_MARK: "标记未登记",
    Flag.PARAGRAPH: "分段不同",
    Flag.SECONDHAND: "转引",
    Flag.DEICTIC: "时地指代",
}


class GeneratedTable(SphinxDirective):
    """An empty directive; the table is made when pages are written."""

    has_content = False
    kind: ClassVar[str] = ""

    def run(self) -> list[nodes.Node]:
        node = generated_table("", kind=self.kind)
        self.set_source_info(node)
        return [node]


def _text(value: str) -> Cell:
    return [nodes.Text(value)] if value else []


def _source_cell(item: Reviewed, env: BuildEnvironment) -> Cell:
    outcome = checked(env)
    speech = outcome.archive.speeches.get(item.claim.speech)
    if speech is None:
        return _text(item.claim.speech)
    found = item.verdict.found
    if found is None or found.speech != speech.id:
        return source_nodes(speech.id, "", short_title(speech))
    return [*source_nodes(speech.id, found.locator, place_title(speech, found.start)), nodes.Text(f" {found.locator}")]


def result_of(item: Reviewed) -> str:
    """What the check says of a quotation, in words."""
    text = _TEXT_NAMES[item.verdict.text]
    if item.verdict.place is PlaceStatus.ELSEWHERE:
        text = "张冠李戴"
    elif item.verdict.place is PlaceStatus.MOVED:
        text += "；位置不符"
    if not item.passed:
        text += "；待处理"
    flags = "、".join(_FLAG_NAMES[flag] for flag in item.verdict.flags)
    return f"{text}。{flags}" if flags else text


def accepted_of(item: Reviewed) -> str:
    """Who accepted a quotation, when and why."""
    if item.entry is None:
        return "未认可"
    stale = "（认可后有变动）" if item.review is ReviewStatus.STALE else ""
    reason = f"：{item.entry.reason}" if item.entry.reason else ""
    return f"{item.entry.by}{_day(item.entry.on)}{stale}{reason}"


def _day(written: str) -> str:
    """A date of the lock as it is printed; as it is written where a hand made it no date."""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return written
    return f"{day.year}年{day.month}月{day.day}日"


def _verification_table(env: BuildEnvironment, _docname: str) -> list[nodes.Node]:
    outcome = checked(env)
    titles = ("编号:10", "引文:34", "出处和位置:24", "核对结果:18", "认可:14")
    out: list[nodes.Node] = []
    for kind, name in (("excerpt", "摘录"), ("quote", "引语")):
        items = [item for item in outcome.in_book_order if item.claim.kind == kind]
        agreed = sum(item.passed for item in items)
        text = f"{name}{len(items)}条，与存档文本核对一致并经认可{agreed}条。"
        out.append(nodes.paragraph(text, text))
        rows = []
        for ordinal, item in enumerate(items, 1):
            label = outcome.numbers.get(item.claim.id, "") if kind == "excerpt" else str(ordinal)
            shown = WITHHELD if is_withheld(item, outcome.archive) else flat(item.claim.text, 60)
            cells: list[Cell] = [
                [xref("claim", item.claim.id, label or "—")],
                [*with_marks(shown)],
                _source_cell(item, env),
                _text(result_of(item)),
                _text(accepted_of(item)),
            ]
            rows.append(cells)
        out.append(table(titles, rows, ["verification-table"]))
    return out


def _emendation_table(env: BuildEnvironment, _docname: str) -> list[nodes.Node]:
    outcome = checked(env)
    rows = []
    for speech in outcome.archive:
        quoted = [q.span for q in outcome.quoted_spans.get(speech.id, [])]
        for emendation in speech.emendations:
            if speech.withholds(emendation.span):
                continue
            if is_public(env.config) and not any(span.overlaps(emendation.span) for span in quoted):
                continue
            place = f"{speech.called.removesuffix('的讲话')} {speech.outline.place_at(emendation.span.start)}"
            rows.append(
                [
                    source_nodes(speech.id, f"p{_anchor_line(speech.outline, emendation.line)}", place),
                    _text(emendation.original),
                    with_marks(printed_with_mark(speech, emendation)),
                    _text(emendation.note),
                ]
            )
    return [table(("出处:32", "存档文本:16", "本书印作:20", "说明:32"), rows, ["emendation-table", "colwidths-given"])]


def _anchor_line(outline: Outline, line: int) -> int:
    paragraph = outline.paragraph_of_line(line)
    return paragraph.line if paragraph else line


def _citation_list(env: BuildEnvironment, _docname: str) -> list[nodes.Node]:
    outcome = checked(env)
    return [_entries(env, [(speech, []) for speech in outcome.archive if speech.id in outcome.by_speech])]


def _source_list(env: BuildEnvironment, docname: str) -> list[nodes.Node]:
    outcome = checked(env)
    numbers: dict[str, list[str]] = {}
    for item in outcome.reviewed:
        if item.claim.docname == docname:
            shown = numbers.setdefault(item.claim.speech, [])
            if item.claim.kind == "excerpt":
                shown.append(outcome.numbers[item.claim.id])
    return [_entries(env, [(speech, numbers[speech.id]) for speech in outcome.archive if speech.id in numbers])]


def _entries(env: BuildEnvironment, items: list[tuple[Speech, list[str]]]) -> nodes.enumerated_list:
    """Entries by GB/T 7714, each with the numbers of the excerpts that stand for it; a number is kept on one line."""
    entries = nodes.enumerated_list(classes=["citations"], enumtype="arabic", prefix="", suffix=".")
    for speech, numbers in items:
        text = citation(speech, marks_of_entries(env.config))
        paragraph = nodes.paragraph("", "", *source_nodes(speech.id, "", text))
        for position, number in enumerate(numbers):
            paragraph += nodes.Text("、" if position else " 见摘录")
            paragraph += nodes.inline(number, number, classes=["excerpt-reference"])
        paragraph += nodes.Text("。" if numbers else "")
        entries += nodes.list_item("", paragraph)
    return entries


@dataclass(frozen=True, slots=True)
class Table:
    """``of_document``: it shows quotations of its own document only, so it is small and its state is what it shows.

    A table of the whole book depends on everything: to make it in order to see whether it changed would take too long.
    """

    directive: str
    make: Callable[[BuildEnvironment, str], list[nodes.Node]]
    of_document: bool = False


TABLES = {
    "verification": Table("verification-table", _verification_table),
    "emendations": Table("emendation-table", _emendation_table),
    "period-notes": Table("period-notes", period_notes),
    "speech-records": Table("speech-records", speech_records),
    "citations": Table("citation-list", _citation_list),
    "sources": Table("source-list", _source_list, of_document=True),
    "summary": Table("verification-summary", verification_summary),
    "speeches": Table("chapter-speeches", chapter_speeches, of_document=True),
    "coverage": Table("coverage-map", coverage_map),
}


def fill_table(env: BuildEnvironment, node: generated_table, docname: str) -> None:
    """The table in place of the node that stands for it."""
    node.replace_self(TABLES[node["kind"]].make(env, docname))


def table_state(env: BuildEnvironment, kind: str, docname: str) -> str:
    """What a table depends on."""
    if TABLES[kind].of_document:
        return "".join(node.pformat() for node in TABLES[kind].make(env, docname))
    return checked(env).state


def register(app: Sphinx) -> None:
    """Add one directive for each table to the domain."""
    for kind, entry in TABLES.items():
        directive = type(f"{kind.title()}Table", (GeneratedTable,), {"kind": kind})
        app.add_directive_to_domain("speech", entry.directive, directive)
