"""Which speech a sentence names: by its title, whole or without 在…上的, or by what the record says it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from speeches.core.source.archive import Archive
from speeches.core.source.folding import fold

_BOOK = re.compile(r"《([^《》]{2,60})》")
_END = re.compile(r"[。！？!?\n]")
_REPORTING = re.compile(r"(?:指出|强调|要求|认为|提出|讲到|说到|说过|说|讲|提到)[：:，,]?\s*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """``speech``: the id that is named, "" for none; ``foreign``: a title that no archived speech has; ``reports``:
    whether a word of saying stands right before the quotation."""

    speech: str = ""
    foreign: str = ""
    reports: bool = False


class Names:
    """The names of every speech of an archive, longest first."""

    def __init__(self, archive: Archive) -> None:
        self._names = sorted(_names(archive), key=lambda pair: -len(pair[0]))

    def speech_in(self, text: str) -> str:
        """The id of the last speech that ``text`` names; "" for none."""
        folded = fold(text).text
        found = [(at, speech) for name, speech in self._names if (at := folded.rfind(name)) >= 0]
        return max(found, key=lambda pair: pair[0])[1] if found else ""

    def attribution(self, text: str, start: int, end: int, row: str = "") -> Attribution:
        """What the sentence around code points ``start`` to ``end`` of ``text`` says of the source."""
        before, after = _sentence(text, start, end)
        reports = _REPORTING.search(before.rstrip("“「『\"'‘")) is not None
        if speech := self.speech_in(before) or self._after(after) or self.speech_in(row):
            return Attribution(speech, "", reports)
        titles = [match.group(1) for match in _BOOK.finditer(before)]
        return Attribution("", titles[-1] if titles and reports else "", reports)

    def _after(self, after: str) -> str:
        """A source in brackets or after a dash right behind the quotation."""
        told = re.match(r"[”」』’\"'。，]*\s*(?:[（(【]|——|--)([^）)】]{2,80})", after)
        return self.speech_in(told.group(1)) if told else ""


def _names(archive: Archive) -> Iterator[tuple[str, str]]:
    for speech in archive:
        called = getattr(speech.record, "called", ()) if speech.record else ()
        for name in (speech.title, *called):
            folded = fold(name).text
            if len(folded) >= 4:
                yield folded, speech.id


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """The words of the sentence before and after a span; a quotation may hold sentences of its own."""
    ends = [match.end() for match in _END.finditer(text, 0, start)]
    first = ends[-1] if ends else 0
    last = _END.search(text, end)
    return text[first:start], text[end : last.end() + 60 if last else len(text)]
