"""Every character that is printed must be in a font. What none has stops the build, with its documents named."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from zh.typed import typed

from .faces import FACES, Fonts, characters
from .messages import PrintError

_IGNORED = {0x09, 0x0A, 0x0D, 0x20, 0x200B, 0x2060}


@dataclass(slots=True)
class Ink:
    """Which characters are printed in which face, and where first."""

    used: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def note(self, face: str, text: str, where: str) -> None:
        """``text`` is printed in ``face``; ``where`` is told to an editor."""
        used = self.used[face]
        for character in text:
            used.setdefault(character, where)


def check_coverage(ink: Ink, fonts: Fonts) -> None:
    """PrintError when a character has no font."""
    lines = []
    fonts_used = {font for chain in fonts.chains.values() for font in chain}
    have = {font: characters(font) for font in fonts_used}
    for face, used in sorted(ink.used.items()):
        known = set(range(0x20, 0x7F)).union(*(have[font] for font in fonts.chains[face]))
        for character in sorted(used):
            if ord(character) not in known and ord(character) not in _IGNORED:
                name = unicodedata.name(character, "")
                code = f"U+{ord(character):04X} {name}".rstrip()
                lines.append(f"  {used[character]}：“{character}”（{code}）在{FACES[face]}里没有字形。")
    if lines:
        raise PrintError(
            "有字符没有任何字体能印：\n" + "\n".join(lines) + "\n  怎么办：请核对这个字是否写错；没有写错的，"
            "把有这个字的字体放进 conf.py 的 zhprint_fonts 所指的文件夹，"
            f"或运行 {typed('handbook fonts')} 补齐免费字体。"
        )
