"""A speech's text → paragraphs, sentences, headings, and their names: locators and readable places.

Locators are physical (line of the received file, sentence of the paragraph) and never shift. The outline is what a
reader sees; a marker's level comes from each speech's own nesting: 第一， is level 1 in one speech and 2 in another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from zh.numerals import NUMERAL, from_chinese, to_chinese

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)】》〉\]]*")
_LINE_END = re.compile("\n")
_BLANK = "\ufeff \t\r\n\u3000"
_CLOSING_WORDS = re.compile(r"(同志们[，,：:！!]|总之[，,]|最后[，,]|上述几点|谢谢|讲到这里)")
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("第一句话", re.compile(rf"第([{NUMERAL}]+)(?:句话|部分|个问题)[：:，,、]?")),
    ("一、", re.compile(rf"([{NUMERAL}]+)、")),
    ("（一）", re.compile(rf"[（(]([{NUMERAL}]+)[）)]、?")),
    ("第一，", re.compile(rf"第([{NUMERAL}]+)[，,、]|(首先)[，,]|(其次)[，,]")),
    ("一是", re.compile(rf"([{NUMERAL}]+)(?:是|要)(?!一)")),
    ("1.", re.compile(r"(\d{1,2})[.．、](?!\d)")),
)
_LONGEST_OWN_LINE = 60
_LONGEST_RUN_IN = 45


@dataclass(frozen=True, slots=True)
class Sentence:
    """``start`` and ``end`` in code points of the received text; ``number`` counts from 1 in its paragraph."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, named by the physical line (from 1) it starts on; joined lines belong to their first."""

    line: int
    last_line: int
    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` from 1; ``number`` among its sisters; ``title`` without the marker; ``run_in``: on no line of its own."""

    level: int
    number: int
    family: str
    start: int
    end: int
    title: str
    run_in: bool


@dataclass(frozen=True)
class Outline:
    """Paragraphs and headings in the order of the text."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    headings: tuple[Heading, ...]
    closing_start: int | None
    """Where the closing words begin that belong to no part, if there are any."""

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def broken(self) -> tuple[Paragraph, ...]:
        """Paragraphs whose line the file breaks, though it is one."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.line != paragraph.last_line)

    @cached_property
    def _by_line(self) -> dict[int, Paragraph]:
        return {n: paragraph for paragraph in self.paragraphs for n in range(paragraph.line, paragraph.last_line + 1)}

    def paragraph_of_line(self, line: int) -> Paragraph | None:
        """The paragraph that holds the physical ``line``, if one does."""
        return self._by_line.get(line)

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that holds the code point at ``offset``, if one does."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.paragraphs[index].end:
            return None
        return self.paragraphs[index]

    def path_at(self, offset: int) -> tuple[Heading, ...]:
        """The headings over ``offset``, outermost first; empty before the first and in the closing words."""
        if self.closing_start is not None and offset >= self.closing_start:
            return ()
        path: list[Heading] = []
        for heading in self.headings:
            if heading.start > offset:
                break
            path = [h for h in path if h.level < heading.level] + [heading]
        return tuple(path)

    def place_at(self, offset: int) -> str:
        """A place as readers know it: 第二部分（四）, 开头, 结尾."""
        if self.closing_start is not None and offset >= self.closing_start:
            return "结尾"
        path = self.path_at(offset)
        if not path:
            return "开头" if self.headings else "正文"
        place = ""
        for heading in path:
            number = to_chinese(heading.number)
            match heading.level:
                case 1:
                    place += f"第{number}部分"
                case 2:
                    place += f"（{number}）" if place else f"开头（{number}）"
                case _:
                    place += f"第{number}点"
        return place

    def crosses_heading(self, start: int, end: int) -> bool:
        """Whether a heading on a line of its own begins between two offsets."""
        return any(start < heading.start < end and not heading.run_in for heading in self.headings)


def line_starts(text: str) -> list[int]:
    """Offsets at which the physical lines (split at \\n only) begin."""
    return [0] + [match.end() for match in _LINE_END.finditer(text)]


def build_outline(text: str, skip: tuple[tuple[int, int], ...] = (), join: tuple[tuple[int, int], ...] = ()) -> Outline:
    """Find paragraphs, sentences and headings. ``skip`` and ``join`` are ranges of lines, both ends included."""
    paragraphs = _paragraphs(text, skip, join)
    headings = _headings(text, paragraphs)
    return Outline(text, paragraphs, headings, _closing_start(text, paragraphs, headings))


def _paragraphs(
    text: str, skip: tuple[tuple[int, int], ...], join: tuple[tuple[int, int], ...]
) -> tuple[Paragraph, ...]:
    starts = line_starts(text)
    ends = [start - 1 for start in starts[1:]] + [len(text)]
    skipped = {line for first, last in skip for line in range(first, last + 1)}
    joined_until = dict(join)
    found = []
    line = 1
    while line <= len(starts):
        last = min(joined_until.get(line, line), len(starts))
        start, end = starts[line - 1], ends[last - 1]
        while start < end and text[start] in _BLANK:
            start += 1
        while end > start and text[end - 1] in _BLANK:
            end -= 1
        if start < end and line not in skipped:
            found.append(Paragraph(line, last, start, end, _sentences(text, start, end)))
        line = last + 1
    return tuple(found)


def _sentences(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    spans = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        stop = match.end()
        if stop < end and text[stop] in "\"'" and text.count(text[stop], begin, stop) % 2:
            stop += 1
        if stop > begin:
            spans.append((begin, stop))
            begin = stop
            while begin < end and text[begin] in _BLANK:
                begin += 1
    if begin < end:
        spans.append((begin, end))
    return tuple(Sentence(number, *span) for number, span in enumerate(spans, 1))


@dataclass(frozen=True, slots=True)
class _Candidate:
    family: str
    number: int
    start: int
    text_start: int
    end: int
    own_line: bool


def _candidates(text: str, paragraphs: tuple[Paragraph, ...]) -> list[_Candidate]:
    found = []
    for paragraph in paragraphs:
        whole = text[paragraph.start : paragraph.end]
        own_line = len(whole) <= _LONGEST_OWN_LINE and len(paragraph.sentences) == 1 and not _SENTENCE_END.search(whole)
        for sentence in paragraph.sentences:
            for family, marker in _MARKERS:
                match = marker.match(text, sentence.start, sentence.end)
                if not match:
                    continue
                digits, *words = match.groups()
                number = from_chinese(digits) if digits else (1 if words and words[0] else 2)
                end = paragraph.end if own_line else _run_in_end(text, match.end(), sentence.end)
                found.append(_Candidate(family, number, sentence.start, match.end(), end, own_line))
                break
    return found


def _run_in_end(text: str, start: int, sentence_end: int) -> int:
    stops = [text.find(mark, start, sentence_end) for mark in "。！？!?，,：:"]
    nearest = min((stop for stop in stops if stop >= 0), default=sentence_end)
    return min(nearest, sentence_end)


def _headings(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Heading, ...]:
    """Number the candidates that come in sequence, and give each the depth at which its family was first met."""
    headings: list[Heading] = []
    stack: list[tuple[str, int]] = []  # family and last number, from level 1 (an own-line family, or none) down
    for candidate in _in_sequence(_candidates(text, paragraphs)):
        if candidate.own_line:
            level = 1
            if stack and stack[0][0] not in ("", candidate.family):
                depth = (
                    [family for family, _ in stack].index(candidate.family) if candidate.family in dict(stack) else 1
                )
                level = depth + 1
            stack = [*stack[: level - 1], (candidate.family, candidate.number)]
        else:
            if not stack:
                stack = [("", 0)]
            families = [family for family, _ in stack]
            level = families.index(candidate.family) + 1 if candidate.family in families[1:] else len(stack) + 1
            stack = [*stack[: level - 1], (candidate.family, candidate.number)]
        title = text[candidate.text_start : candidate.end].replace("\n", "").strip(_BLANK)
        headings.append(
            Heading(
                level, candidate.number, candidate.family, candidate.start, candidate.end, title, not candidate.own_line
            )
        )
    return _renumber_own_line(tuple(headings))


def _in_sequence(candidates: list[_Candidate]) -> list[_Candidate]:
    """Keep what belongs to a run 一, 二 … of one family; a lone 一是 in a sentence is a list, not a heading."""
    kept: list[_Candidate] = []
    for index, candidate in enumerate(candidates):
        later = candidates[index + 1 :]
        follows = any(
            before.family == candidate.family and before.number == candidate.number - 1 for before in reversed(kept)
        )
        begins = candidate.number == 1 and any(
            after.family == candidate.family and after.number == 2
            for after in _until_next_first(later, candidate.family)
        )
        if candidate.own_line or begins or (candidate.number > 1 and follows):
            kept.append(candidate)
    return kept


def _until_next_first(later: list[_Candidate], family: str) -> list[_Candidate]:
    for index, candidate in enumerate(later):
        if candidate.family == family and candidate.number == 1:
            return later[:index]
    return later


def _renumber_own_line(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Level-1 headings are numbered as they come, so that 第二部分 is the second part whatever its marker says."""
    count = 0
    out = []
    for heading in headings:
        if heading.level == 1:
            count += 1
            heading = replace(heading, number=count)
        out.append(heading)
    return tuple(out)


def _closing_start(text: str, paragraphs: tuple[Paragraph, ...], headings: tuple[Heading, ...]) -> int | None:
    if not headings:
        return None
    last = headings[-1].start
    for paragraph in paragraphs:
        if paragraph.start > last and _CLOSING_WORDS.match(text, paragraph.start):
            return paragraph.start
    return None
