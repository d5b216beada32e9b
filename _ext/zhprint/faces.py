"""Which font is which face: the office's own first, then the system's, then the free ones.

A face is a chain. The first font that has a character prints it; Noto Serif SC or another complete font ends every
chain that has one, because the 仿宋 that is free knows GB 2312 alone. A face whose marks do not sit right (marks.py)
takes them from a complete font. What none of a chain has comes from the office's other fonts, then from those inside the
compiler.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typst
from fontTools.ttLib import TTLibError

from .fetch import how_to_fetch
from .glyphs import EMBEDDED, characters
from .marks import MARKS, sit_right
from .messages import PrintError
from .reading import DAMAGED

FACES = {"body": "仿宋", "kai": "楷体", "hei": "黑体", "title": "小标宋", "song": "宋体", "box": "等宽", "mono": "等宽"}
"""Keys of the template → names that editors know."""

_SERIF = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "STSong")
_SANS = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC")
_WANTED: dict[str, tuple[str, ...]] = {
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02S", "FangSong", "STFangsong", "FandolFang R", *_SERIF),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "FZKai-Z03S", "KaiTi", "STKaiti", "LXGW WenKai", "FandolKai", *_SERIF),
    "hei": ("SimHei", "FZHei-B01S", "STHeiti", "FandolHei", *_SANS),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FandolSong", *_SERIF),
    "song": (*_SERIF, "FandolSong"),
    "box": _SANS,
    "mono": _SANS,
}
_LATIN = {
    "body": "New Computer Modern",
    "kai": "New Computer Modern",
    "title": "Libertinus Serif",
    "song": "Libertinus Serif",
    "mono": "DejaVu Sans Mono",
}
"""Inside the compiler itself: digits and letters, of the weight of the Chinese beside them."""
_WORDS = (
    ("title", ("小标宋", "xiaobiaosong", "xbs")),
    ("body", ("仿宋", "fangsong", "fang song")),
    ("kai", ("楷", "kai")),
    ("hei", ("黑", "hei")),
    ("song", ("宋", "song")),
    ("mono", ("等宽", "mono", "consol", "courier")),
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
    ``spare``: the office's fonts that are no face's own; every face has what it lacks from them.
    """

    chains: dict[str, tuple[Font, ...]]
    marks: dict[str, str]
    spare: tuple[Font, ...] = ()

    def files(self) -> list[Path]:
        """Every file once."""
        return sorted({font.path for face in self.chains for font in self.of(face)})

    def of(self, face: str) -> tuple[Font, ...]:
        """Every font with a file that a face may be printed in, in the order in which they are asked."""
        return (*self.chains[face], *self.spare)

    def inside(self, face: str) -> tuple[str, ...]:
        """The families inside the compiler that end a face's list: those beside which its own digits stand come first."""
        first = self.latin(face)
        return tuple(sorted(EMBEDDED, key=lambda family: family != first))

    def typst(self, face: str) -> str:
        """The value of ``text(font: …)``."""
        families = [
            f'"{family}"' for family in dict.fromkeys([*(font.family for font in self.of(face)), *self.inside(face)])
        ]
        if face in self.marks:
            families.insert(0, f'(name: "{self.marks[face]}", covers: regex("[{MARKS}]"))')
        if latin := self.latin(face):
            covers = {"hei": ', covers: regex("[ -~]")', "mono": ""}.get(face, ', covers: "latin-in-cjk"')
            families.insert(0, f'(name: "{latin}"{covers})')
        return f"({', '.join(families)},)"

    def latin(self, face: str) -> str:
        """The family of digits and letters; "" for the face's own. Beside 黑体 stands a sans serif of its weight."""
        if face == "hei":
            return next((font.family for font in self.chains[face] if font.family in _SANS), "")
        if face == "mono" and self.chains[face][0].family not in _SANS:
            return ""  # the office's own
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
            f"找不到可用的字体：{'、'.join(dict.fromkeys(missing))}。\n  怎么办：运行 {how_to_fetch()}（取一次免费字体），"
            '或把单位有授权的字体放进一个文件夹，在 conf.py 写 zhprint_fonts = "文件夹"。'
        )
    used = {font for chain in chains.values() for font in chain}
    everywhere = {name for names in _WANTED.values() for name in names}
    spare = tuple(font for family, font in sorted(own.items()) if font not in used and family not in everywhere)
    return Fonts(chains, _marks(chains), spare), [*_missing(chains), *_unguessed(spare)]


def _marks(chains: dict[str, tuple[Font, ...]]) -> dict[str, str]:
    """From which family a face takes its punctuation: the first of its chain whose marks sit right."""
    sits = {font: marks_sit(font) for font in dict.fromkeys(font for chain in chains.values() for font in chain)}
    borrowed = {}
    for face, chain in chains.items():
        right = next((font.family for font in chain if sits[font]), "")
        if right and right != chain[0].family:
            borrowed[face] = right
    return borrowed


def marks_sit(font: Font) -> bool:
    """Whether its marks sit right. PrintError for a file that is no sound font."""
    try:
        characters(font.path, font.index)  # first: it refuses what would keep fontTools busy for hours
        return sit_right(font.path, font.index)
    except (TTLibError, struct.error, OSError, *DAMAGED) as error:
        raise PrintError(
            f"字体文件 {font.path.name}（{font.family}）坏了，不能用来排印：{error}\n"
            f"  怎么办：换一个完好的文件，或者把它移走；免费字体可以运行 {how_to_fetch()} 重新取。"
        ) from None


def _missing(chains: dict[str, tuple[Font, ...]]) -> Iterator[str]:
    for face, what in (("body", "正文"), ("kai", "摘录"), ("hei", "标题")):
        if chains[face][0].family in _SERIF:
            yield f"没有{FACES[face]}字体，{what}改用 {chains[face][0].family}。运行 {how_to_fetch()} 或提供{FACES[face]}字体后再印。"
    if chains["title"][0].family in _SERIF and chains["title"][0].weight < _BOLD:
        yield f"没有小标宋一类的粗体，书名和章题改用 {chains['title'][0].family}。运行 {how_to_fetch()} 或提供小标宋字体后再印。"


def _unguessed(spare: tuple[Font, ...]) -> Iterator[str]:
    for font in spare:
        if not _guess(font):
            yield (
                f"字体文件夹里的 {font.path.name}（{font.family}）看不出是哪一种字体，只用来印其他字体没有的字。"
                "要用作正文、摘录或标题的字体，把文件名改成含有仿宋、楷体、黑体、小标宋、宋体或等宽的名字。"
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
    complete = [name for name in ((*_SANS, *_SERIF) if face in ("hei", "box", "mono") else _SERIF) if name in known]
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
