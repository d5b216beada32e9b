"""A speech file is a Sphinx document with its own parser: title, facts, outline as sections, paragraphs with anchors.

The text comes from the archive, not from what Sphinx read: Sphinx translates line ends, and offsets count them. Nothing
in a speech is markup, so nothing in it can run.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser

from gbt7714.entry import Marks

from ..config import marks_of_entries
from ..core.citation import citation, short_title
from ..core.source.folding import curly
from ..core.source.outline import Heading, Paragraph
from ..core.source.speech import Span, Speech
from ..domain import SpeechPage, speech_domain
from ..nodes import coverage_bar, speech_passage
from ..rendering import passage_nodes
from .archive import archive_of, note_speech

_FACTS = (
    ("会议", "occasion"),
    ("级别", "level"),
    ("讲话人职务", "speaker"),
    ("来源", "provenance"),
    ("时效说明", "period_note"),
)


class SpeechParser(Parser):
    """Parses ``source_speeches/<id>.txt``."""

    supported = ("speech",)

    def parse(self, inputstring: str | nodes.document, document: nodes.document) -> None:
        """Build the page of the speech that the document name says."""
        env: BuildEnvironment = document.settings.env
        docname = env.current_document.docname
        speech_id = docname.rpartition("/")[2]
        note_speech(env, speech_id)
        record = env.srcdir / f"{env.config.speeches_archive}/{speech_id}.toml"
        if record.exists():  # Sphinx reads a page again at every build while a file that it depends on is missing
            env.note_dependency(str(record))
        speech = archive_of(env).speeches.get(speech_id)
        if speech is not None:
            speech_domain(env).note_page(docname, speech_page(speech))
            document += speech_section(speech, marks_of_entries(env.config))


def speech_page(speech: Speech) -> SpeechPage:
    """Which anchors the page of a speech has."""
    paragraphs = speech.outline.paragraphs
    lines = tuple(paragraph.line for paragraph in paragraphs)
    sentences = tuple(0 if _heading(speech, p.start) else len(p.sentences) for p in paragraphs)
    return SpeechPage(speech.id, short_title(speech), lines, sentences)


def speech_section(speech: Speech, marks: Marks) -> nodes.section:
    """The page of a speech as one section."""
    top = nodes.section(ids=[speech.id], names=[], classes=["speech"])
    top += nodes.title(speech.title, curly(speech.title))
    top += _facts(speech, marks)
    top += coverage_bar("", speech=speech.id)
    stack: list[tuple[int, nodes.section]] = [(0, top)]
    for paragraph in speech.outline.paragraphs:
        anchor = f"{speech.id}.p{paragraph.line}"
        heading = _heading(speech, paragraph.start)
        if heading is not None:
            while stack[-1][0] >= heading.level:
                stack.pop()
            section = nodes.section(ids=[anchor], names=[])
            section += _title(speech, heading)
            stack[-1][1].append(section)
            stack.append((heading.level, section))
            continue
        node = speech_passage(
            "",  # the raw text may hold what must be withheld
            "",
            *passage_nodes(speech, paragraph.start, paragraph.end),
            ids=[anchor],
            classes=["speech-passage", *(["speech-title"] if _is_title(speech, paragraph) else [])],
            speech=speech.id,
            line=paragraph.line,
            start=paragraph.start,
            end=paragraph.end,
        )
        node.line = paragraph.line
        stack[-1][1].append(node)
    return top


def _is_title(speech: Speech, paragraph: Paragraph) -> bool:
    """Whether the received text repeats its title here: it looks like one, not like a first sentence."""
    text = speech.text[paragraph.start : paragraph.end].strip("\ufeff \t\r\n\u3000")
    return curly(text) == curly(speech.title)


def _title(speech: Speech, heading: Heading) -> nodes.title:
    if speech.withholds(Span(heading.start, heading.end)):
        return nodes.title("", "", *passage_nodes(speech, heading.start, heading.end))
    text = curly(speech.text[heading.start : heading.end].strip("\ufeff \t\r\n\u3000"))
    return nodes.title(text, text)


def _heading(speech: Speech, offset: int) -> Heading | None:
    """The heading of a section that starts at ``offset``; none where its words are withheld."""
    if speech.withholds(Span(offset, offset + 1)):
        return None
    return next((h for h in speech.outline.headings if h.start == offset and not h.run_in), None)


def _facts(speech: Speech, marks: Marks) -> nodes.field_list:
    """What the record says, only what is known."""
    record = speech.record
    facts = [("著录", citation(speech, marks))]
    if record:
        facts += [(label, getattr(record, key)) for label, key in _FACTS]
        if record.date:
            facts.append(("时间", f"{record.date}（{record.date_basis}）" if record.date_basis else record.date))
        if not record.checked_against_original:
            facts.append(("说明", "存档文本未与讲话原件核对。"))
    fields = nodes.field_list(classes=["speech-facts"])
    for label, value in facts:
        if value:
            fields += nodes.field(
                "", nodes.field_name(label, label), nodes.field_body("", nodes.paragraph(value, value))
            )
    return fields


def register(app: Sphinx) -> None:
    """The ``.txt`` files of the archive are speeches; ``sources`` leaves out those that lie elsewhere."""
    app.add_source_suffix(".txt", "speech")
    app.add_source_parser(SpeechParser)
