"""Lists that Word counts itself: bullets, and numbers that begin where their list does."""

from __future__ import annotations

from lxml.etree import _Element

from .elements import make

LEVELS = 4
_FORMATS = {"arabic": "decimal", "loweralpha": "lowerLetter", "upperalpha": "upperLetter", "lowerroman": "lowerRoman", "upperroman": "upperRoman"}  # fmt: skip
_BULLETS = "•◦▪·"


class Numbering:
    """The definitions of the lists of a document; ``bullet`` and ``counted`` give the number that a paragraph names."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._abstract: dict[tuple[str, str, str], int] = {}
        self._definitions: list[_Element] = []
        self._numbers: list[_Element] = []

    def bullet(self) -> int:
        """A list of bullets."""
        return self._number(self._kind("bullet", "", ""))

    def counted(self, kind: str, prefix: str, suffix: str, start: int, depth: int) -> int:
        """A list that counts from ``start`` at ``depth``, and goes on from no other list."""
        again = make("lvlOverride", make("startOverride", val=start), ilvl=depth)
        return self._number(self._kind(_FORMATS.get(kind, "decimal"), prefix, suffix), again)

    def fill(self, root: _Element) -> None:
        """Put the definitions in the place of what a new document brings along."""
        for child in list(root):
            root.remove(child)
        root.extend([*self._definitions, *self._numbers])

    def _number(self, abstract: int, *more: _Element) -> int:
        number = len(self._numbers) + 1
        self._numbers.append(make("num", make("abstractNumId", val=abstract), *more, numId=number))
        return number

    def _kind(self, kind: str, prefix: str, suffix: str) -> int:
        key = (kind, prefix, suffix)
        if key not in self._abstract:
            self._abstract[key] = len(self._definitions)
            levels = [self._level(level, *key) for level in range(LEVELS)]
            definition = make("abstractNum", make("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=len(self._definitions))  # fmt: skip
            self._definitions.append(definition)
        return self._abstract[key]

    def _level(self, level: int, kind: str, prefix: str, suffix: str) -> _Element:
        shown = _BULLETS[level] if kind == "bullet" else f"{prefix}%{level + 1}{suffix}"
        hanging = round((1.2 if kind == "bullet" else 1.8) * self._size * 20)
        left = round((1 + 1.5 * level) * self._size * 20) + hanging
        return make(
            "lvl",
            make("start", val=1),
            make("numFmt", val=kind),
            make("lvlText", val=shown),
            make("lvlJc", val="left"),
            make("pPr", make("ind", left=left, hanging=hanging)),
            make(
                "rPr",
                make("rFonts", hint="eastAsia", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia="宋体"),
            ),
            ilvl=level,
        )
