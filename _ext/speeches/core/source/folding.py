"""Which differences between two texts are only typographic, and the way back to the received text.

``fold`` maps a text to a folded text in which every difference of VERIFICATION's folding table has vanished and
no other; two texts "say the same" exactly when their folded texts are equal. The offset map is the list of edits
that were not one character for one character, searched by bisection, so that it costs nothing where a text is plain.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .radicals import RADICAL_TO_IDEOGRAPH

BARRIER = "\x00"
"""Stands in a folded text for text that is not the speech. No quotation may hold it, so none can span it."""

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SPACE = r"\s\u3000"
_SINGLETONS = "\u0374\u037e\u0387\u2126\u212a\u212b\u2329\u232a"
_COMPATIBILITY = "\uf900-\ufaff\U0002f800-\U0002fa1f"
_RADICALS = "\u2e80-\u2ef3\u2f00-\u2fd5"
_COMBINING = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)

_IGNORED = f"[{_SPACE}{_INVISIBLE}]"
_PLAIN_EDIT = re.compile(
    rf"{_IGNORED}+"
    rf"|(?:\.(?:{_IGNORED}*\.){{2,}}|[…⋯])(?:{_IGNORED}*(?:\.(?:{_IGNORED}*\.){{2,}}|[…⋯]))*"
    rf"|(?:[—―]|-(?:{_IGNORED}*-)+)(?:{_IGNORED}*(?:[—―]|-(?:{_IGNORED}*-)+))*"
    rf"|[{_SINGLETONS}{_COMPATIBILITY}{_RADICALS}]"
)
_COMBINING_EDIT = re.compile(
    rf"(?![{_COMPATIBILITY}{_RADICALS}])[\w<=>](?:{_IGNORED}*[{_COMBINING}])+|{_PLAIN_EDIT.pattern}"
)
_CANDIDATE = re.compile(f"[{_SPACE}{_INVISIBLE}.…⋯—―{_SINGLETONS}{_COMPATIBILITY}{_RADICALS}-]")
_HAS_COMBINING = re.compile(f"[{_COMBINING}]")
_MARK_FOLLOWS = re.compile(f"{_IGNORED}*[{_COMBINING}]")
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
_FULL = "".join(chr(c) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))
_SAME_LENGTH: dict[str, str] = (
    {c: chr(ord(c) - 0xFEE0) for c in _FULL + "，；：？！（）％"}
    | dict.fromkeys("“”「」", '"')
    | dict.fromkeys("‘’『』", "'")
    | dict.fromkeys("•・", "·")
)
_NESTED = {"'": '"', "〈": "《", "〉": "》"}

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` became ``replacement``, which begins at ``folded_start`` of the folded text."""

    start: int
    end: int
    replacement: str
    folded_start: int


@dataclass(frozen=True)
class Folded:
    """A folded text and the way back to the text it came from. All offsets count code points."""

    text: str
    edits: tuple[Edit, ...]

    @cached_property
    def nested(self) -> str:
        """The folded text with quotation marks and title marks of both levels made one, for the ``quote`` role."""
        return nested_of(self.text)

    @cached_property
    def _folded_starts(self) -> list[int]:
        return [edit.folded_start for edit in self.edits]

    @cached_property
    def _starts(self) -> list[int]:
        return [edit.start for edit in self.edits]

    def start_of(self, index: int) -> int:
        """Offset in the original text at which the folded character ``index`` begins."""
        at = bisect_right(self._folded_starts, index) - 1
        if at < 0:
            return index
        edit = self.edits[at]
        inside = index - edit.folded_start
        return edit.start if inside < len(edit.replacement) else edit.end + inside - len(edit.replacement)

    def end_of(self, index: int) -> int:
        """Offset in the original text just after the folded character ``index - 1``."""
        if index == 0:
            return 0
        at = bisect_right(self._folded_starts, index - 1) - 1
        if at < 0:
            return index
        edit = self.edits[at]
        inside = index - 1 - edit.folded_start
        return edit.end if inside < len(edit.replacement) else edit.end + inside - len(edit.replacement) + 1

    def span_of(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a folded span, without ignorable characters at its edges."""
        first = self.start_of(start)
        return first, max(first, self.end_of(end))

    def index_at(self, offset: int) -> int:
        """Index of the first folded character that begins at or after ``offset`` of the original text."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        edit = self.edits[at]
        if offset == edit.start:
            return edit.folded_start
        if offset < edit.end:
            return edit.folded_start + len(edit.replacement)
        return edit.folded_start + len(edit.replacement) + offset - edit.end


def nested_of(folded: str) -> str:
    """Quotation marks and title marks of both levels made one: as long, and the same for what is the same before."""
    return _replace_each(folded, _NESTED)


@lru_cache(maxsize=64)  # one quotation is folded half a dozen times while it is verified
def fold(text: str, cut: tuple[tuple[int, int], ...] = ()) -> Folded:
    """Fold ``text``; each span of ``cut`` (sorted, apart from each other) becomes one ``BARRIER``.

    Rules and classes: VERIFICATION, "Folding". White space between two ASCII letters or digits is kept as one
    space, because 4 300 and 4300 need not be the same number; everywhere else it is ignored.
    """
    combining = has_combining(text)
    edits: list[Edit] = []
    pieces: list[str] = []
    position = length = 0

    def candidates(start: int, end: int) -> Iterator[re.Match[str]]:
        if combining:
            yield from _COMBINING_EDIT.finditer(text, start, end)
            return
        reached = start
        for candidate in _CANDIDATE.finditer(text, start, end):
            if candidate.start() >= reached and (match := _PLAIN_EDIT.match(text, candidate.start(), end)):
                reached = match.end()
                yield match

    def add(start: int, end: int, replacement: str) -> None:
        nonlocal position, length
        pieces.append(text[position:start])
        length += start - position
        edits.append(Edit(start, end, replacement, length))
        pieces.append(replacement)
        length += len(replacement)
        position = end

    def scan(start: int, end: int) -> None:
        # Looking for the few first characters, then matching there, is faster than searching for the whole pattern.
        for match in candidates(start, end):
            replacement = _replacement(match, text, end)
            if replacement != match.group():
                add(match.start(), match.end(), replacement)

    begin = 0
    for cut_start, cut_end in cut:
        scan(begin, cut_start)
        add(cut_start, cut_end, BARRIER)
        begin = cut_end
    scan(begin, len(text))
    pieces.append(text[position:])
    return Folded(_replace_each("".join(pieces), _SAME_LENGTH), tuple(edits))


def has_combining(text: str) -> bool:
    """Whether a text has marks that fold into the letter before them: only then do its parts hold other letters than it."""
    return _HAS_COMBINING.search(text) is not None


def _replace_each(text: str, table: dict[str, str]) -> str:
    for character in table.keys() & set(text):
        text = text.replace(character, table[character])
    return text


def _replacement(match: re.Match[str], text: str, end: int) -> str:
    found = match.group()
    first = found[0]
    if _HAS_COMBINING.search(found):
        bare = "".join(c for c in found if not (c.isspace() or _INVISIBLES.match(c)))
        return unicodedata.normalize("NFC", _replace_each(_replace_each(bare, _SAME_LENGTH), RADICAL_TO_IDEOGRAPH))
    if first in ".…⋯":
        return "…"
    if first in "—―-":
        return "—"
    if first in RADICAL_TO_IDEOGRAPH:
        return RADICAL_TO_IDEOGRAPH[first]
    if first.isspace() or _INVISIBLES.match(first):
        spaced = any(c.isspace() for c in found)
        before = text[match.start() - 1] if match.start() > 0 else ""
        after = text[match.end()] if match.end() < end else ""
        parted = spaced and _is_ascii_word(before) and _is_ascii_word(after)
        # A and its ring are the one letter Å, however the two are written.
        return " " if parted and not _MARK_FOLLOWS.match(text, match.end() + 1, end) else ""
    return unicodedata.normalize("NFC", found)


def _is_ascii_word(character: str) -> bool:
    folded = unicodedata.normalize("NFC", _SAME_LENGTH.get(character, character))
    return folded.isascii() and folded.isalnum()


def forbidden_characters(text: str) -> list[tuple[int, str]]:
    """Offsets and characters that no quotation may hold: U+FFFD, private use, controls, bidi marks."""
    # Nearly always there are none, and that is cheaper to ask.
    if all(line.strip("\u3000\r").isprintable() for line in text.split("\n")) and "\ufffd" not in text:
        return []
    return [(match.start(), match.group()) for match in _FORBIDDEN.finditer(text)]


def name_of(character: str) -> str:
    """``U+E000`` and, where Unicode has one, the name: for messages about characters that cannot be seen."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" {name}" if name else "")


_OPENING = "“「‘『"
_CLOSING = "”」’』"
_QUOTATION_MARK = re.compile(f"[{_OPENING}{_CLOSING}\"']")
_PAIR = dict(zip(_CLOSING, _OPENING, strict=True))


def unpaired_quotation_marks(text: str) -> list[tuple[int, str]]:
    """Quotation marks without a partner or the wrong way round; straight ones must come in twos."""
    stack: list[tuple[int, str]] = []
    wrong: list[tuple[int, str]] = []
    for match in _QUOTATION_MARK.finditer(text):
        offset, character = match.start(), match.group()
        if character in _OPENING:
            stack.append((offset, character))
        elif character in _CLOSING:
            if stack and stack[-1][1] == _PAIR[character]:
                stack.pop()
            else:
                wrong.append((offset, character))
        elif stack and stack[-1][1] == character:
            stack.pop()
        else:
            stack.append((offset, character))
    return sorted(wrong + stack)


def quotation_marks_disagree(printed: str, source: str) -> bool:
    """Whether an opening mark of one text meets a closing mark of the other.

    Both texts must fold alike. Straight marks agree with either direction.
    """
    mine, theirs = _QUOTATION_MARK.findall(printed), _QUOTATION_MARK.findall(source)
    return any(
        (a in _OPENING and b in _CLOSING) or (a in _CLOSING and b in _OPENING)
        for a, b in zip(mine, theirs, strict=True)
    )


def curly(text: str, before: int = 0) -> str:
    """Straight double quotation marks by turns opening and closing; ``before``: how many came earlier in the paragraph."""
    first, *rest = text.split('"')
    return first + "".join(f"{'“' if at % 2 == 0 else '”'}{piece}" for at, piece in enumerate(rest, before))
