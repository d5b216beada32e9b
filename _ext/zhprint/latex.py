"""Settings of Sphinx's own ``latex`` builder for Chinese on A4, for whoever has TeX; conf.py's values win.

xelatex with ctex instead of babel or polyglossia. ``Ligatures=TeXOff`` keeps quotation marks as they are written:
TeX's ligatures would turn " into ”. Fonts go by the names under which systems know them, the first that exists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.texescape import escape, init

from zhindex import pinyin_key

_MAIN = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang-Regular.otf")
_SANS = ("SimHei", "STHeiti", "Noto Sans CJK SC", "FandolHei-Regular.otf")
_KAI = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "LXGW WenKai", "FandolKai-Regular.otf")
_COMPLETE = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "SimSun", "STSong")
_LATIN = ("Times New Roman", "TeX Gyre Termes", "Libertinus Serif", "lmroman12-regular.otf")


def _first(command: str, names: Sequence[str], named: str = "", filed: str | None = None) -> str:
    """``command`` with the first font that exists. The last is a file of TeX Live's own, with options of its own: fontspec
    looks for the bold of a file among files, and for that of a name among names."""
    out = f"{command}{{{names[-1]}}}{named if filed is None else filed}"
    for name in reversed(names[:-1]):
        out = f"\\IfFontExistsTF{{{name}}}{{{command}{{{name}}}{named}}}{{%\n{out}}}"
    return out


def _fallback(family: str) -> str:
    out = ""
    for name in reversed(_COMPLETE):
        out = f"\\IfFontExistsTF{{{name}}}{{\\setCJKfallbackfamilyfont{{{family}}}{{{name}}}}}{{%\n{out}}}"
    return out


def _bold(bold: str, italic: str = "") -> str:
    return f"[Ligatures=TeXOff,BoldFont={bold},ItalicFont={italic or bold}]"


_OFF = "[Ligatures=TeXOff]"
_FONTS = "\n".join(
    [
        "\\defaultfontfeatures{Ligatures=TeXOff}",
        _first("\\setmainfont", _LATIN, _OFF, _bold("lmroman12-bold.otf", "lmroman12-italic.otf")),
        "% 仿宋 and 楷体 have no bold and no italic: 黑体 stands for both.",
        _first("\\newcommand\\zhboldfont", (*_SANS[:-1], "")),
        _first("\\setCJKmainfont", _MAIN, _bold("\\zhboldfont"), _bold(_SANS[-1])),
        _first("\\setCJKsansfont", _SANS, _bold("\\zhboldfont"), _bold(_SANS[-1])),
        _first("\\setCJKmonofont", _SANS, _OFF),
        "% Excerpts are block quotations, and 楷体 is theirs alone.",
        _first("\\newCJKfontfamily[zhkai]\\zhkai", _KAI, _OFF),
        "% 臵 and its like are in no font of GB 2312: take them from a complete one, and stop where there is none.",
        "\\xeCJKsetup{AutoFallBack=true}",
        "% □ to tick, ① and their like are as wide as Chinese characters, and in Chinese fonts.",
        '\\xeCJKDeclareCharClass{CJK}{"2460 -> "24FF, "25A0 -> "25FF, "2610 -> "2612}',
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
    "preamble": (Path(__file__).parent / "templates" / "preamble.tex").read_text(encoding="utf-8"),
}


def register(app: Sphinx) -> None:
    """Fill in what conf.py leaves open."""
    app.connect("config-inited", _fill)
    app.connect("doctree-resolved", _prepare)
    app.connect("build-finished", _finish)


def _author(author: str, config: Config) -> str:
    """Sphinx takes the author for LaTeX, so that names can be parted by ``\\and``; the author of conf.py is text."""
    return escape(author, "xelatex") if author == config.author else author


def _fill(app: Sphinx, config: Config) -> None:
    if config.latex_engine == "xelatex" and (config.language or "").startswith("zh"):
        config.latex_elements = {**ELEMENTS, **config.latex_elements}
        # xindy is no part of a small TeX installation, and knows no pinyin; ``_finish`` gives makeindex what to sort by.
        config.latex_use_xindy = False
        # The start page is the site's; a book begins with what its toctrees list, and these are its chapters.
        init()  # or what Sphinx fills in when it is asked for the documents is not escaped yet
        documents = config.latex_documents
        if isinstance(documents, list):
            config.latex_documents = [
                (*entry[:3], _author(entry[3], config), *entry[4:], *(True,) * (len(entry) == 5)) for entry in documents
            ]


_ROWS = 6
"""A table of more rows may be higher than the page, and only a ``longtable`` is continued on the next."""


def _prepare(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """What Sphinx's writer leaves out: places in the text that are referred to, and tables over several pages."""
    if app.builder.name != "latex" or app.config.latex_engine != "xelatex":
        return
    from .tables import balanced, cells_of  # what prints is loaded where it prints

    for text in list(doctree.findall(nodes.TextElement)):
        if isinstance(text, (nodes.paragraph, nodes.inline)) and text["ids"]:
            text.insert(0, nodes.target("", "", ids=list(text["ids"])))
    for table in doctree.findall(nodes.table):
        rows = list(table.findall(nodes.row))
        if len(rows) > _ROWS and "longtable" not in table["classes"]:
            table["classes"] += ["longtable", "colwidths-given"]
            specs = list(table.findall(nodes.colspec))
            widths = balanced([cells_of(row) for row in rows], len(specs))
            for spec, width in zip(specs, widths, strict=True):
                spec["colwidth"] = round(10 * width)


_ENTRY = re.compile(r"\\index\{([^@{}]+)@\\spxentry\{")
_CHAPTER = re.compile(r"^\\chapter\{.*\}\n\\label\{\\detokenize\{([^:{}]+):", re.MULTILINE)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """What Sphinx's writer has no option for: which chapters have numbers, and the order of the index."""
    if exception is not None or app.builder.name != "latex" or app.config.latex_engine != "xelatex":
        return
    toctrees = app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree)
    numbered = {name for toctree in toctrees if toctree.get("numbered") for name in toctree["includefiles"]}

    def chapter(match: re.Match[str]) -> str:
        depth = 0 if match.group(1) in numbered else -1
        return f"\\setcounter{{secnumdepth}}{{{depth}}}\n{match.group()}"

    for _, name, *_ in app.config.latex_documents:
        path = Path(app.outdir) / name
        text = _ENTRY.sub(_keyed, path.read_text(encoding="utf-8"))
        path.write_text(_CHAPTER.sub(chapter, text), encoding="utf-8", newline="\n")


def _keyed(match: re.Match[str]) -> str:
    """Pinyin before a term of the index: by it makeindex sorts and finds the letter."""
    term = match.group(1)
    syllables, _ = pinyin_key(term)
    return f"\\index{{{re.sub('[^a-z0-9 ]', '', ' '.join(syllables))}@\\spxentry{{"
