"""What records say of the speeches: how each was received, and which of its wording is of its time."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..check.checked import checked
from ..config import is_public
from ..core.review import facts
from ..core.review.review import Reviewed
from ..core.source.archive import Archive
from ..core.source.speech import Dated, Record, Speech
from ..rendering import Cell, source_nodes, table


def speech_records(env: BuildEnvironment, _docname: str) -> list[nodes.Node]:
    """Every speech: what the prose calls it, its title as received, level, year, and the state it came in."""
    rows = []
    for speech in checked(env).archive:
        record = speech.record or Record(title=speech.title, sha256="")
        cells = [source_nodes(speech.id, "", speech.called)]
        cells += [_text(t) for t in (speech.title, record.level or "不明", _year(record), record.provenance)]
        rows.append(cells)
    return [table(("行文中的称呼:18", "题名:22", "层级:8", "年份:12", "收到时的情况:40"), rows, ["speech-records"])]


def period_notes(env: BuildEnvironment, _docname: str) -> list[nodes.Node]:
    """时效说明: of each speech in a sentence; then wording by wording where it stands and where to look up today's."""
    outcome = checked(env)
    speeches = [speech for speech in outcome.archive if speech.record]
    notes = [[source_nodes(s.id, "", s.called), _text(s.record.period_note)] for s in speeches if s.record]
    rows = []
    for speech in speeches:
        for dated in _shown(speech):
            numbers = [
                outcome.numbers[item.claim.id]
                for item in outcome.in_book_order
                if item.claim.speech == speech.id
                and item.claim.id in outcome.numbers
                and dated in dated_in(item, outcome.archive)
            ]
            if is_public(env.config) and not numbers:
                continue
            where = "、".join(numbers) or "未摘录"
            cells = [_text(dated.wording), source_nodes(speech.id, "", speech.called)]
            rows.append([*cells, _text(where), _text(dated.period), _text(dated.look_up)])
    heads = ("提法:20", "讲话:18", "摘录:10", "是什么时候的:22", "今天的提法查什么:30")
    return [
        table(("讲话:20", "总的说明:80"), notes, ["period-notes"]),
        table(heads, rows, ["period-wording"]),
    ]


def dated_in(item: Reviewed, archive: Archive) -> list[Dated]:
    """Wording of its time that an excerpt prints."""
    speech = archive.speeches.get(item.claim.speech)
    return facts.dated_in(speech, item.verdict.fragments) if speech and item.verdict.agrees else []


def period_note(dated: Dated) -> str:
    """The note under an excerpt that prints wording of its time."""
    return f"时效提示：{dated.wording}，{dated.period}；今天怎样提，查{dated.look_up}。"


def _shown(speech: Speech) -> list[Dated]:
    return [dated for dated in speech.dated if not all(speech.withholds(span) for span in dated.spans)]


def _year(record: Record) -> str:
    if not record.date:
        return "不明"
    return f"{record.date}年" + (f"，{record.date_basis}" if record.date_basis else "")


def _text(value: str) -> Cell:
    return [nodes.Text(value)] if value else []
