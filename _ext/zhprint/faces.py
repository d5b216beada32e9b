"""Which font is which face: the office's own first, then the system's, then the free ones.

A face is a chain. The first font that has a character prints it; Noto Serif SC or another complete font ends every
chain that has one, because the 仿宋 that is free knows GB 2312 alone. A face whose marks do not sit right (marks.py)
takes them from a complete font.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import unpack_from

import typst
from fontTools.ttLib import TTFont, TTLibError

from zh.typed import typed

from .marks import MARKS, sit_right
from .messages import PrintError
from .reading import DAMAGED

FACES = {"body": "仿宋", "kai": "楷体", "hei": "黑体", "title": "小标宋", "song": "宋体", "mono": "等宽"}
"""Keys of the template → names that editors know."""

_SERIF = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "STSong")
_SANS = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC")
_WANTED: dict[str, tuple[str, ...]] = {
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02S", "FangSong", "STFangsong", "FandolFang R", *_SERIF),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "FZKai-Z03S", "KaiTi", "STKaiti", "LXGW WenKai", "FandolKai", *_SERIF),
    "hei": ("SimHei", "FZHei-B01S", "STHeiti", "FandolHei", *_SANS),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FandolSong", *_SERIF),
    "song": (*_SERIF, "FandolSong"),
    "mono": _SANS,
}
_LATIN = {
    "body": "New Computer Modern",
    "kai": "New Computer Modern",
    "title": "Libertinus Serif",
    "song": "Libertinus Serif",
}
"""Inside the compiler itself (OFL, GUST): digits and letters, of the weight of the Chinese beside them."""
_WORDS = (
    ("title", ("小标宋", "xiaobiaosong", "xbs")),
    ("body", ("仿宋", "fangsong", "fang song")),
    ("kai", ("楷", "kai")),
    ("hei", ("黑", "hei")),
    ("song", ("宋", "song")),
)
"""Words in the names of fonts; 小标宋 and 仿宋 before 宋."""
_BOLD = 600
_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}


@dataclass(frozen=True, slots=True)
class Font:
    """A family in one file, as the compiler sees it."""

    family: str
    weight: int
    path: Path
    index: int


@dataclass(frozen=True, slots=True)
class Fonts:
    """The chain of every face, and the files to hand to the compiler.

    ``marks``: the family that a face takes its punctuation from, for the faces whose own does not sit right.
    """

    chains: dict[str, tuple[Font, ...]]
    marks: dict[str, str]

    def files(self) -> list[Path]:
        """Every file once."""
        return sorted({font.path for chain in self.chains.values() for font in chain})

    def typst(self, face: str) -> str:
        """The value of ``text(font: …)``."""
        families = [f'"{family}"' for family in dict.fromkeys(font.family for font in self.chains[face])]
        if face in self.marks:
            families.insert(0, f'(name: "{self.marks[face]}", covers: regex("[{MARKS}]"))')
        if latin := self.latin(face):
            covers = 'regex("[ -~]")' if face == "hei" else '"latin-in-cjk"'
            families.insert(0, f'(name: "{latin}", covers: {covers})')
        return f"({', '.join(families)},)"

    def latin(self, face: str) -> str:
        """The family of digits and letters; "" for the face's own. Beside 黑体 stands a sans serif of its weight."""
        if face == "hei":
            return next((font.family for font in self.chains[face] if font.family in _SANS), "")
        serif = face == "body" and self.chains[face][0].family in _SERIF
        return _LATIN["song"] if serif else _LATIN.get(face, "")


def find_fonts(office: Path | None, cache: Path, use_system: bool) -> tuple[Fonts, list[str]]:
    """The fonts in force, and what an editor should know about them. PrintError when a face has none."""
    if office and not office.is_dir():
        raise PrintError(
            f"conf.py：zhprint_fonts 所指的字体文件夹不存在：{office.name}。\n"
            "  怎么办：核对文件夹的名字和位置（从 conf.py 所在的文件夹算起）；没有自备字体的，把这一项改为空。"
        )
    places = [office] if office else []
    known: dict[str, list[Font]] = {}
    for place in [*places, *(_system_folders() if use_system else ()), cache]:
        for font in sorted(_fonts_of(place), key=lambda font: (str(font.path), font.index)):
            known.setdefault(font.family, []).append(font)
    own = {font.family: font for font in _fonts_of(office)} if office else {}
    chains = {face: _chain(face, known, own) for face in FACES}
    missing = [FACES[face] for face, chain in chains.items() if not chain]
    if missing:
        raise PrintError(
            f"找不到可用的字体：{'、'.join(missing)}。\n  怎么办：运行 {typed('handbook fonts')}（取一次免费字体），"
            '或把单位有授权的字体放进一个文件夹，在 conf.py 写 zhprint_fonts = "文件夹"。'
        )
    return Fonts(chains, _marks(chains)), [*_missing(chains), *_unused(own, chains)]


def _marks(chains: dict[str, tuple[Font, ...]]) -> dict[str, str]:
    """From which family a face takes its punctuation: the first of its chain whose marks sit right."""
    sits = {font: marks_sit(font) for chain in chains.values() for font in chain}
    borrowed = {}
    for face, chain in chains.items():
        right = next((font.family for font in chain if sits[font]), "")
        if right and right != chain[0].family:
            borrowed[face] = right
    return borrowed


def marks_sit(font: Font) -> bool:
    """Whether its marks sit right. PrintError for a file that is no sound font."""
    try:
        characters(font)  # first: it refuses what would keep fontTools busy for hours
        return sit_right(font.path, font.index)
    except (TTLibError, struct.error, OSError, *DAMAGED) as error:
        raise PrintError(
            f"字体文件 {font.path.name}（{font.family}）坏了，不能用来排印：{error}\n"
            f"  怎么办：换一个完好的文件，或者把它移走；免费字体可以运行 {typed('handbook fonts')} 重新取。"
        ) from None


def _missing(chains: dict[str, tuple[Font, ...]]) -> Iterator[str]:
    for face, what in (("body", "正文"), ("kai", "摘录"), ("hei", "标题")):
        if chains[face][0].family in _SERIF:
            yield f"没有{FACES[face]}字体，{what}改用 {chains[face][0].family}。运行 {typed('handbook fonts')} 或提供{FACES[face]}字体后再印。"
    if chains["title"][0].family in _SERIF and chains["title"][0].weight < _BOLD:
        yield f"没有小标宋一类的粗体，书名和章题改用 {chains['title'][0].family}。运行 {typed('handbook fonts')} 或提供小标宋字体后再印。"


def _unused(own: dict[str, Font], chains: dict[str, tuple[Font, ...]]) -> Iterator[str]:
    used = {font.path for chain in chains.values() for font in chain}
    known = {name for names in _WANTED.values() for name in names}
    for family, font in own.items():
        if font.path not in used and family not in known and not _guess(font):
            yield (
                f"字体文件夹里的 {font.path.name}（{family}）没有用上：看不出是哪一种字体。"
                "要用它，把文件名改成含有仿宋、楷体、黑体、小标宋或宋体的名字。"
            )


def _guess(font: Font) -> str:
    """Which face a font of the office is, by the words in its name and its file's; "" when they do not say."""
    name = f"{font.family} {font.path.stem}".lower()
    return next((face for face, words in _WORDS if any(word in name for word in words)), "")


def _chain(face: str, known: dict[str, list[Font]], own: dict[str, Font]) -> tuple[Font, ...]:
    listed = [name for name in _WANTED[face] if name in known]
    everywhere = {name for names in _WANTED.values() for name in names}
    guessed = [name for name, font in own.items() if name not in everywhere and _guess(font) == face]
    wanted = sorted([*listed, *guessed], key=lambda name: name not in own)
    complete = [name for name in ((*_SANS, *_SERIF) if face in ("hei", "mono") else _SERIF) if name in known]
    # The first of the face, one complete font of its kind after it: more would never be asked.
    names = dict.fromkeys([*wanted[:1], *complete[:1], *[name for name in _SERIF if name in known][:1]])
    bold = face == "title"
    return tuple(_pick(known[name], bold) for name in names)


def _pick(fonts: list[Font], bold: bool) -> Font:
    """The cut nearest to Regular, or to Bold; of equals the one that was found first: the office's own."""
    return min(fonts, key=lambda font: abs(font.weight - (700 if bold else 400)))


def _fonts_of(folder: Path | None) -> Iterator[Font]:
    if folder is None or not folder.is_dir():
        return
    for info in typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]).fonts():
        if info.path and Path(info.path).suffix.lower() in _SUFFIXES and info.style == "normal":
            yield Font(info.family, info.weight, Path(info.path), info.index)


def _system_folders() -> list[Path]:
    home = Path.home()
    folders = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
        home / "Library/Fonts",
    ]
    if windows := os.environ.get("WINDIR"):
        folders.append(Path(windows) / "Fonts")
    return [folder for folder in folders if folder.is_dir()]


def characters(font: Font) -> frozenset[int]:
    """Every code point that the font has. Glyph names, which take seconds to make up, are not asked for."""
    with font.path.open("rb") as stream, TTFont(stream, lazy=True, fontNumber=font.index) as file:
        table = file.reader["cmap"]
    out: set[int] = set()
    (count,) = unpack_from(">H", table, 2)
    for at in range(4, 4 + 8 * count, 8):
        platform, encoding, offset = unpack_from(">HHL", table, at)
        if (platform, encoding) in ((3, 1), (3, 10)) or platform == 0:
            (kind,) = unpack_from(">H", table, offset)
            if kind == 12:
                out.update(_format_12(table, offset))
            elif kind == 4:
                out.update(_format_4(table, offset))
    return frozenset(out)


def _format_12(table: bytes, offset: int) -> Iterator[int]:
    (groups,) = unpack_from(">L", table, offset + 12)
    before = -1
    for group in range(groups):
        start, end, glyph = unpack_from(">LLL", table, offset + 16 + 12 * group)
        before = _rising(before, start, end)
        yield from range(start + (glyph == 0), end + 1)


def _rising(before: int, start: int, end: int) -> int:
    """``end``, where a range stands after the one before it, as the format wants. ValueError: else a small file has no end."""
    if not before < start <= end + 1 <= sys.maxunicode + 1:
        raise ValueError("the ranges of its characters overlap")
    return end


def _format_4(table: bytes, offset: int) -> Iterator[int]:
    (doubled,) = unpack_from(">H", table, offset + 6)
    count = doubled // 2
    ends = unpack_from(f">{count}H", table, offset + 14)
    starts = unpack_from(f">{count}H", table, offset + 16 + doubled)
    deltas = unpack_from(f">{count}H", table, offset + 16 + 2 * doubled)
    at = offset + 16 + 3 * doubled
    ranges = unpack_from(f">{count}H", table, at)
    before = -1
    for segment, (start, end, delta, distance) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        before = _rising(before, start, end)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if distance:
                (glyph,) = unpack_from(">H", table, at + 2 * segment + distance + 2 * (code - start))
            if glyph and (glyph + delta) & 0xFFFF:
                yield code
