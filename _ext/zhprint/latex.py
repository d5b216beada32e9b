"""Settings of Sphinx's own ``latex`` builder for Chinese on A4, for whoever has TeX; conf.py's values win.

xelatex with ctex instead of babel or polyglossia. ``Ligatures=TeXOff`` keeps quotation marks as they are written:
TeX's ligatures would turn " into ”. Fonts go by the names under which systems know them, the first that exists.
"""

from __future__ import annotations

from collections.abc import Sequence

from sphinx.application import Sphinx
from sphinx.config import Config

_MAIN = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang-Regular.otf")
_SANS = ("SimHei", "STHeiti", "Noto Sans CJK SC", "FandolHei-Regular.otf")
_KAI = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "LXGW WenKai", "FandolKai-Regular.otf")
_COMPLETE = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "SimSun", "STSong")
_LATIN = ("Times New Roman", "TeX Gyre Termes", "texgyretermes-regular.otf")


def _first(command: str, names: Sequence[str], options: str = "") -> str:
    """``command`` with the first font that exists; the last name is of TeX Live's own."""
    out = f"{command}{{{names[-1]}}}{options}"
    for name in reversed(names[:-1]):
        out = f"\\IfFontExistsTF{{{name}}}{{{command}{{{name}}}{options}}}{{%\n{out}}}"
    return out


def _fallback(family: str) -> str:
    out = ""
    for name in reversed(_COMPLETE):
        out = f"\\IfFontExistsTF{{{name}}}{{\\setCJKfallbackfamilyfont{{{family}}}{{{name}}}}}{{%\n{out}}}"
    return out


_OFF = "[Ligatures=TeXOff]"
_FONTS = "\n".join(
    [
        "\\defaultfontfeatures{Ligatures=TeXOff}",
        _first("\\setmainfont", _LATIN, _OFF),
        "% 仿宋 and 楷体 have no bold and no italic: 黑体 stands for both.",
        _first("\\newcommand\\zhboldfont", _SANS),
        _first("\\setCJKmainfont", _MAIN, "[Ligatures=TeXOff,BoldFont=\\zhboldfont,ItalicFont=\\zhboldfont]"),
        _first("\\setCJKsansfont", _SANS, "[Ligatures=TeXOff,BoldFont=\\zhboldfont,ItalicFont=\\zhboldfont]"),
        _first("\\setCJKmonofont", _SANS, _OFF),
        "% Excerpts are block quotations, and 楷体 is theirs alone.",
        _first("\\newCJKfontfamily[zhkai]\\zhkai", _KAI, _OFF),
        "% 臵 and its like are in no font of GB 2312: take them from a complete one, and stop where there is none.",
        "\\xeCJKsetup{AutoFallBack=true}",
        *(_fallback(family) for family in ("\\CJKrmdefault", "zhkai")),
        "\\tracinglostchars=3",
    ]
)

ELEMENTS = {
    "papersize": "a4paper",
    "pointsize": "12pt",
    "extraclassoptions": "twoside,openright",
    "babel": "",
    "polyglossia": "",
    "fontenc": "\\usepackage{fontspec}\n\\usepackage[fontset=none,heading=false]{ctex}",
    "fontpkg": _FONTS,
    "fncychap": "",
    "sphinxsetup": "hmargin={28mm,26mm},vmargin={37mm,35mm},marginpar=15mm",
    # Sphinx calls the contents after the caption of the first toctree.
    "preamble": (
        "\\AtBeginEnvironment{quote}{\\zhkai}\n\\renewcommand{\\contentsname}{目录}\n\\setcounter{tocdepth}{1}"
    ),
}


def register(app: Sphinx) -> None:
    """Fill in what conf.py leaves open."""
    app.connect("config-inited", _fill)


def _fill(app: Sphinx, config: Config) -> None:
    if config.latex_engine == "xelatex" and (config.language or "").startswith("zh"):
        config.latex_elements = {**ELEMENTS, **config.latex_elements}
        # The start page is the site's; a book begins with what its toctrees list, and these are its chapters.
        documents = config.latex_documents
        if isinstance(documents, list):
            config.latex_documents = [tuple(entry) + (True,) * (len(entry) == 5) for entry in documents]
