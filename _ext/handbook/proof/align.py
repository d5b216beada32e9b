"""What was expected, piece by piece, against what was read back: nothing added, lost, changed or moved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from speeches.core.prose.reading import RunKind

from .expected import Piece

_PAGE = re.compile(r"（第(?:[0-9]+|[ivxlc]+)页）|，第(?:[0-9]+|[ivxlc]+)页")
"""The page that a reference leads to, which paper prints after it; that it is the right one, check_numbers says."""
_BARE = re.compile(r"(?:[0-9]+|[ivxlc]+)页?")
"""What a reference without words is on paper: the page alone."""
_MARK = re.compile(r"\[?[0-9]{1,3}\]?")
_SECTION = re.compile(r"(?:[0-9]{1,3}\.)+")
"""The number of a section, which a list of contents on a page prints before its title."""
_GOES_ON = "续表"
"""What stands over a table that goes on from the page before."""
_AHEAD, _FAR = 60, 6000
"""Pieces and characters within which the next agreement is looked for."""
_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """``wanted`` instead of which ``got`` stands at ``at`` of the text; ``piece``: the first that is not as it should be."""

    piece: Piece | None
    wanted: str
    got: str
    before: str
    at: int


@dataclass(slots=True)
class Alignment:
    """``at``: where each piece begins in the text, -1 for one that was not found."""

    differences: list[Difference] = field(default_factory=list)
    at: list[int] = field(default_factory=list)


def align(pieces: Sequence[Piece], text: str, pages: Sequence[int] = (0,), heads: Mapping[tuple[str, int], str] | None = None
          ) -> Alignment:  # fmt: skip
    """``pages``: where each page begins in the text; ``heads``: heads of tables, which paper repeats on each page."""
    cursor = _Cursor(text, pages, heads or {})
    out = Alignment()
    number = 0
    while number < len(pieces):
        piece = pieces[number]
        found = cursor.match(piece)
        if found is not None:
            out.at.append(found)
            number += 1
            continue
        following, at = cursor.next_agreement(pieces, number)
        skipped = pieces[number:following]
        wanted, got = "".join(piece.text for piece in skipped), text[cursor.at : at]
        if any(piece.kind is RunKind.LINK for piece in skipped):
            got = _PAGE.sub("", got)
        if wanted != got:
            out.differences.append(_difference(piece, wanted, got, text, cursor.at))
        out.at += [-1] * len(skipped)
        cursor.at, number = at, following
    if rest := text[cursor.at :]:
        out.differences.append(_difference(None, "", rest, text, cursor.at))
    return out


@dataclass(slots=True)
class _Cursor:
    text: str
    pages: Sequence[int]
    heads: Mapping[tuple[str, int], str]
    at: int = 0
    table: tuple[str, int] = ("", -1)

    def match(self, piece: Piece) -> int | None:
        """Where a piece begins if it stands here; the cursor then stands after it and what may follow it."""
        if piece.kind in (RunKind.FOOTNOTE, RunKind.ADDRESS):
            begin, brackets = self.at, f"（{piece.text}）"
            if match := _MARK.match(self.text, self.at):
                self.at = match.end()
            elif self.text.startswith(brackets, begin):
                self.at += len(brackets)
            return begin
        if piece.kind is RunKind.LINK and piece.text == "—":
            match = _BARE.match(self.text, self.at) or (self.repeats_head() and _BARE.match(self.text, self.at)) or None
            if match:
                self.at, self.table = match.end(), piece.table
                return match.start()
        end = self.end_of(piece, self.at)
        if end is None and self.repeats_head():
            end = self.end_of(piece, self.at)
        if end is None and piece.kind is RunKind.LINK and (match := _SECTION.match(self.text, self.at)):
            end = self.end_of(piece, match.end())
        if end is None:
            return None
        self.table = piece.table
        begin, self.at = end[0], end[1]
        if piece.kind is RunKind.LINK and (match := _PAGE.match(self.text, self.at)):
            self.at = match.end()
        return begin

    def repeats_head(self) -> bool:
        """Whether the page begins with the head of the last table, whose empty rows go on here; then it is passed over."""
        end = self.after_head(self.heads.get(self.table, ""), self.at) if self.at in self.pages else -1
        self.at = max(self.at, end)
        return end >= 0

    def after_head(self, head: str, at: int) -> int:
        """Where a table goes on that says 续表 and repeats its head at a page's top; -1 when it does not."""
        begin = at + len(_GOES_ON) if self.text.startswith(_GOES_ON, at) else at
        return begin + len(head) if head and self.text.startswith(head, begin) else -1

    def end_of(self, piece: Piece, at: int) -> tuple[int, int] | None:
        """First and last offset of a piece that begins at ``at``, a repeated head of its table at a page's top left out."""
        begin, done, wanted = -1, 0, piece.text
        head = self.heads.get(piece.table, "") if piece.row > 0 else ""
        while done < len(wanted):
            following = bisect_right(self.pages, at)
            page_end = self.pages[following] if following < len(self.pages) else len(self.text)
            size = min(len(wanted) - done, page_end - at)
            if self.text[at : at + size] != wanted[done : done + size] or not size:
                on_top = following > 0 and self.pages[following - 1] == at
                at = self.after_head(head, at) if on_top else -1
                if at < 0:
                    return None
                head = ""
                continue
            begin = at if begin < 0 else begin
            at, done = at + size, done + size
        return begin, at

    def next_agreement(self, pieces: Sequence[Piece], number: int) -> tuple[int, int]:
        """The piece and the offset from which text and pieces agree again, with the least left out on both sides."""
        best, cost, passed = (len(pieces), len(self.text)), _FAR * 4, 0
        for following in range(number, min(number + _AHEAD, len(pieces))):
            piece = pieces[following]
            if len(piece.text) >= 2:
                # The piece at hand does not stand here: its beginning may, and that would lead nowhere.
                at = self.text.find(piece.text[:40], self.at + (following == number), self.at + _FAR)
                weight = 1 if len(piece.text) >= 6 else 40
                if at >= 0 and (now := passed + at - self.at + weight) < cost:
                    best, cost = (following, at), now
            passed += len(piece.text)
        return best


def _difference(piece: Piece | None, wanted: str, got: str, text: str, at: int) -> Difference:
    """What agrees at both ends is left out."""
    start = 0
    while start < min(len(wanted), len(got)) and wanted[start] == got[start]:
        start += 1
    end = 0
    while end < min(len(wanted), len(got)) - start and wanted[-1 - end] == got[-1 - end]:
        end += 1
    before = (text[max(0, at - _CONTEXT) : at] + got[:start])[-_CONTEXT:]
    return Difference(piece, wanted[start : len(wanted) - end], got[start : len(got) - end], before, at + start)
