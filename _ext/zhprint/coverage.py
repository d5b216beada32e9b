"""Every character that is printed must be in a font. Within a quotation one that no font has stops the book; elsewhere an
editor is told of it, and a box with its code stands in its place.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from .faces import FACES, Fonts
from .fetch import how_to_fetch
from .glyphs import characters, embedded_has
from .messages import Place, PrintError, place_of, warn

_IGNORED = {0x09, 0x0A, 0x0D, 0x20, 0x200B, 0x2060, 0xFE0E, 0xFE0F}
_REMEDY = "把有这个字的字体放进 conf.py 的 zhprint_fonts 所指的文件夹"

REPLACEMENT = "\u25a1"
"""Where no box can be drawn, in code and in words of conf.py: □, which the compiler's own fonts have."""


@dataclass(slots=True)
class Ink:
    """What is printed in which face, and whether a font has it."""

    fonts: Fonts
    known: dict[str, set[str]] = field(default_factory=dict)
    lacking: dict[str, set[str]] = field(default_factory=dict)
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def missing(self, face: str, text: str) -> set[str]:
        """Characters of a text that no font of a face has."""
        if face not in self.known:
            points = set(range(0x20, 0x7F)).union(*(characters(f.path, f.index) for f in self.fonts.of(face)))
            self.known[face], self.lacking[face] = {chr(point) for point in points | _IGNORED}, set()
        known, lacking = self.known[face], self.lacking[face]
        for character in set(text) - known - lacking:
            inside = any(embedded_has(family, character) for family in self.fonts.inside(face))
            (known if inside else lacking).add(character)
        return lacking.intersection(text)

    def refuse(self, face: str, text: str, place: Place) -> None:
        """Note what a text may not be printed without."""
        for character in self.missing(face, text):
            self.refused.setdefault((face, character), place_of(place))

    def tell(self, face: str, lacking: set[str], place: Place) -> None:
        """Tell an editor, once for each character."""
        for character in sorted(lacking - self._told):
            self._told.add(character)
            warn("font", f"{_lacks(face, character)}，印成一个方框。要印出来，{_REMEDY}。", place)

    def legible(self, face: str, text: str, place: Place) -> str:
        """A text with a □ for each character that cannot be printed."""
        if lacking := self.missing(face, text):
            self.tell(face, lacking, place)
            return "".join(REPLACEMENT if character in lacking else character for character in text)
        return text


def check_coverage(ink: Ink) -> None:
    """PrintError when a quotation, or what every book prints, has a character without a font."""
    if ink.refused:
        lines = [f"  {place}：{_lacks(face, character)}。" for (face, character), place in sorted(ink.refused.items())]
        raise PrintError(
            "引文里有字符没有任何字体能印：\n" + "\n".join(lines) + "\n  怎么办：请核对这个字是否写错；没有写错的，"
            f"{_REMEDY}，或运行 {how_to_fetch()} 补齐免费字体。"
        )


def code_of(character: str) -> str:
    """U+1F389."""
    return f"U+{ord(character):04X}"


def _lacks(face: str, character: str) -> str:
    name = f"{code_of(character)} {unicodedata.name(character, '')}".rstrip()
    return f"“{character}”（{name}）在{FACES[face]}里没有字形，其他字体里也没有"
