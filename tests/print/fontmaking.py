"""Fonts for tests, made of the fetched ones: another name, another weight, fewer characters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

_FAMILY, _STYLE, _FULL, _POSTSCRIPT = 1, 2, 4, 6
_TYPOGRAPHIC = (16, 17)


def renamed(source: Path, target: Path, family: str, *, postscript: str = "", weight: int = 400) -> Path:
    """A fetched font under another family name, as an office's licensed one would lie in its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TTFont(source, lazy=True) as font:
        names = font["name"]
        names.names = [record for record in names.names if record.nameID not in _TYPOGRAPHIC]
        values = {_FAMILY: family, _STYLE: "Regular", _FULL: family, _POSTSCRIPT: postscript or target.stem}
        for identifier, value in values.items():
            names.removeNames(nameID=identifier)
            names.setName(value, identifier, 3, 1, 0x409)
        font["OS/2"].usWeightClass = weight
        if "CFF " in font:
            font["CFF "].cff.fontNames = [postscript or target.stem]
            font["CFF "].cff.topDictIndex[0].FamilyName = family
        font.save(target)
    return target


def piece(source: Path, target: Path, text: str, *, flavor: str | None = None) -> Path:
    """A font with the characters of ``text`` alone."""
    options: Any = subset.Options(flavor=flavor, notdef_outline=True, glyph_names=False)
    with subset.load_font(source, options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        font.flavor = flavor
        font.save(target)
    return target
