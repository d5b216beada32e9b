"""What a draft quotes: words in marks, 摘引 paragraphs, wording that a speech has, reported words without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from speeches.core.matching.relocate import nearest
from speeches.core.prose.wording import WordingIndex
from speeches.core.source.archive import Archive
from speeches.core.source.folding import BARRIER, fold

from .draft import DRAWN, Paragraph
from .marks import Quoted, outermost
from .named import Attribution, Names

LEAST_QUOTED = 8
"""Characters. Shorter words in marks are a term unless a source is named or they stand in a speech (VERIFICATION)."""
_LEAST_REPORTED = 10
_ALIKE = 80.0
_REPORT = re.compile(r"(?:指出|强调|要求|提出|讲到|说到|提到|认为|说|讲)(?P<mark>[：:，,])")
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
_SOURCE_LINE = re.compile(r"(?<!\s)\s*(?:——|--|—)\s*[^。]{2,80}$")
_MARKS = '“”「」『』"＂'
_BLANK = f" \t　{DRAWN}"
_OPENING = frozenset('“「『"＂‘')


class Kind(StrEnum):
    MARKS = "marks"
    EXCERPT = "excerpt"
    WORDING = "wording"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a draft that claim, or turn out, to be a speech's: code points ``start`` to ``end`` of the paragraph."""

    paragraph: Paragraph
    start: int
    end: int
    kind: Kind
    attribution: Attribution
    closed: bool = True

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]


class Finder:
    """Finds quotations in the paragraphs of drafts; made once for an archive."""

    def __init__(self, archive: Archive, terms: Sequence[str] = ()) -> None:
        self._archive = archive
        self._names = Names(archive)
        self._wording = WordingIndex.build(archive, terms)

    def find(self, paragraphs: Sequence[Paragraph]) -> Iterator[Quotation]:
        """Every quotation, in the order of the text."""
        for number, paragraph in enumerate(paragraphs):
            following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            found = list(self._in_paragraph(paragraph, following))
            yield from sorted(found, key=lambda q: (q.start, q.end))

    def _in_paragraph(self, paragraph: Paragraph, following: Paragraph | None) -> Iterator[Quotation]:
        if paragraph.excerpt:
            if quotation := self._excerpt(paragraph, following):
                yield quotation
            return
        text = paragraph.text
        goes_on = following is not None and following.text.lstrip()[:1] in ("“", "「")
        marked = [q for q in outermost(text, goes_on=goes_on) if text[q.start : q.end].strip()]
        taken = []
        for quoted in marked:
            attribution = self._names.attribution(text, quoted.start, quoted.end, paragraph.row)
            if self._is_quotation(text[quoted.start : quoted.end], attribution):
                taken.append(quoted)
                yield Quotation(paragraph, quoted.start, quoted.end, Kind.MARKS, attribution, quoted.closed)
        reported = list(self._reported(paragraph, marked))
        yield from reported
        covered = [*((q.start, q.end) for q in taken), *((q.start, q.end) for q in reported)]
        for borrowed in self._wording.borrowed(_without(text, covered)):
            attribution = self._names.attribution(text, borrowed.start, borrowed.end, paragraph.row)
            yield Quotation(paragraph, borrowed.start, borrowed.end, Kind.WORDING, attribution)

    def _excerpt(self, paragraph: Paragraph, following: Paragraph | None) -> Quotation | None:
        """A block quotation, without the marks around it and the source line at its end."""
        text = paragraph.text
        source = _SOURCE_LINE.search(text)
        end = source.start() if source and self._names.speech_in(source.group()) else len(text)
        words = text[:end]
        bare = words.strip().strip(_BLANK)
        start = len(words) - len(words.lstrip(_BLANK + _MARKS)) if bare[:1] in _MARKS else 0
        start = start or len(words) - len(words.lstrip().lstrip(_BLANK))
        stop = len(words.rstrip().rstrip(_BLANK))
        if start and words[:stop].endswith(tuple(_MARKS)):
            stop -= 1
        if not words[start:stop].strip() or re.match(r"\s*(?:——|--)", words):
            return None
        told = text[end:]
        if not told and following is not None and re.match(r"\s*(?:——|--|—|（|\()", following.text):
            told = following.text
        attribution = Attribution(self._names.speech_in(told) or self._names.speech_in(paragraph.row))
        return Quotation(paragraph, start, stop, Kind.EXCERPT, attribution)

    def _is_quotation(self, words: str, attribution: Attribution) -> bool:
        """Whether words in marks are quoted from somewhere, and no term, nickname or 所谓."""
        folded = fold(words).text
        if len(folded) < 2:
            return False
        if attribution.speech or attribution.reports:
            return True
        if folded in self._wording.free:
            return False
        if len(folded) >= LEAST_QUOTED or any(folded in speech.folded.text for speech in self._archive.holding(folded)):
            return True
        near = nearest(folded, self._archive, None) if len(folded) >= 5 else None
        return near is not None and near.likeness >= _ALIKE

    def _reported(self, paragraph: Paragraph, marked: Sequence[Quoted]) -> Iterator[Quotation]:
        """Words after 指出： that no marks enclose and that are nearly a speech's, sentence by sentence."""
        text = paragraph.text
        last = 0
        for match in _REPORT.finditer(text):
            start = match.end()
            if start < last or text[start : start + 1] in _OPENING or any(q.start <= start <= q.end for q in marked):
                continue
            attribution = self._names.attribution(text, start, start, paragraph.row)
            if match["mark"] in "，," and not attribution.speech:
                continue
            stop = start
            for sentence in _SENTENCE.finditer(text, start):
                if any(q.start < sentence.end() and sentence.start() < q.end for q in marked):
                    break
                if not self._is_nearly_said(sentence.group()):
                    break
                stop = sentence.end()
            if stop > start:
                last = stop
                yield Quotation(paragraph, start, stop, Kind.REPORTED, replace(attribution, reports=True))

    def _is_nearly_said(self, words: str) -> bool:
        folded = fold(words).text
        if len(folded) < _LEAST_REPORTED:
            return False
        near = nearest(folded, self._archive, None)
        return near is not None and near.likeness >= _ALIKE


def _without(text: str, covered: Sequence[tuple[int, int]]) -> str:
    """``text`` with what was found already made unlike any speech, character for character."""
    for start, end in covered:
        text = text[:start] + BARRIER * (end - start) + text[end:]
    return text
