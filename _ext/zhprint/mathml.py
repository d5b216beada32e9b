"""LaTeX mathematics → Typst's, by way of MathML: latex2mathml reads the one, and what it makes is a small standard tree.

Every letter and sign is escaped, so that whatever was written can be set: MathMLError comes when it cannot be read, never
a book that does not compile. MathML Core (W3C) is the source of the elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from xml.etree.ElementTree import Element

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element

from .escape import string
from .reading import DAMAGED

_UNREADABLE: tuple[type[Exception], ...] = (
    *(kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception)),
    *DAMAGED,
)
_SAME = {"aligned": "split", "align": "align*", "equation": "equation*", "gathered": "gather*", "gather": "gather*",
         "eqnarray": "align*", "eqnarray*": "align*", "multline": "gather*", "alignat": "align*", "flalign": "align*"}  # fmt: skip
"""Environments → those that latex2mathml reads as they are, and does not number itself."""
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([A-Za-z]+\*?)\}")
_WHOLE = re.compile(r"\\begin\{([A-Za-z]+\*?)\}.*?\\end\{\1\}", re.DOTALL)
_OWN_MARKS = re.compile(r"\\(?:label|tag\*?)\{[^}]*\}|\\(?:nonumber|notag|displaystyle)\b")
_ROMAN = re.compile(r"\\mathrm\s*(?:\{\s*([A-Za-z])\s*\}|([A-Za-z]))")
"""One upright letter, as the d of an integral, whose uprightness latex2mathml 3.81 loses; it keeps that of ``\\rm``."""
_OPENING, _CLOSING = "([{⟨⌈⌊", ")]}⟩⌉⌋"
_ACCENTS = {"^": "\u0302", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308", "~": "\u0303", "˜": "\u0303", "ˇ": "\u030c",
            "˘": "\u0306", "´": "\u0301", "`": "\u0300"}  # fmt: skip
_BARS = "¯‾――_"
_BRACES = {"⏞": "overbrace", "⏟": "underbrace"}
_STYLES = {"normal": "upright", "bold": "bold", "italic": "italic", "bold-italic": "bold", "script": "cal",
           "fraktur": "frak", "double-struck": "bb", "sans-serif": "sans", "monospace": "mono"}  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class MathMLError(Exception):
    """What was written is no formula that can be read; the message says what in it."""


def typst_of(latex: str, *, block: bool = False) -> str:
    """The inside of a Typst equation. MathMLError when the formula cannot be read or holds an unknown command."""
    text = _ROMAN.sub(r"{\\rm \1\2}", _OWN_MARKS.sub("", latex))
    text = _ENVIRONMENT.sub(lambda m: f"\\{m[1]}{{{_SAME.get(m[2], m[2])}}}", text)
    outside = _WHOLE.sub("", text)
    if block and ("\\\\" in outside or "&" in outside.replace("\\&", "")):
        text = f"\\begin{{split}}{text}\\end{{split}}"
    try:
        tree = convert_to_element(text, display="block" if block else "inline")
    except _UNREADABLE as error:
        raise MathMLError(f"{type(error).__name__}") from None
    for element in tree.iter():
        element.text = unescape(element.text or "")
    unknown = sorted({e.text or "" for e in tree.iter() if e.text and e.text.startswith("\\") and len(e.text) > 1})
    if unknown:
        raise MathMLError("、".join(unknown))
    return _row(list(tree))


def _of(element: Element) -> str:
    return _MAKERS.get(element.tag, _group)(element)


def _group(element: Element) -> str:
    return _row(list(element))


def _row(elements: Sequence[Element]) -> str:
    """Elements beside each other; what stands between two fences is as high as they are."""
    out: list[str] = []
    opened: list[tuple[int, str]] = []
    for element in elements:
        sign = (element.text or "-") if element.tag == "mo" else ""
        bar = sign in ("|", "‖") and element.get("form") is None
        closes = (
            element.get("form") == "postfix" or (sign and sign in _CLOSING) or (bar and (sign in dict(opened).values()))
        )
        if not closes and (bar or element.get("form") == "prefix" or (sign and sign in _OPENING)):
            opened.append((len(out), sign))
        out.append(_of(element))
        while closes and opened:
            start, other = opened.pop()
            if bar == (other in ("|", "‖")):
                out[start:] = [f"lr({' '.join(out[start:])})"]
                break
    if opened and elements[0].get("form") == "prefix":
        return f"lr({' '.join(out)})"  # a brace before cases
    return " ".join(out) or '""'


def _letters(text: str) -> str:
    """One letter or sign as itself, more of them as a word."""
    if len(text) == 1:
        return text if text.isalpha() else _sign(text)
    return string(text)


def _sign(text: str) -> str:
    return "".join(
        "−" if c == "-" else "∗" if c == "*" else f"\\{c}" if c.isascii() and not c.isalnum() else c for c in text
    )


def _identifier(element: Element) -> str:
    text = element.text or ""
    styled = _STYLES.get(element.get("mathvariant", ""), "")
    body = f"op({string(text)})" if _LETTERS.fullmatch(text) and not styled else _letters(text)
    return f"{styled}({body})" if styled and text else body if text else '""'


def _operator(element: Element) -> str:
    text = (element.text or "").strip()
    if _LETTERS.fullmatch(text):
        limits = "true" if text in ("lim", "max", "min", "sup", "inf", "det", "gcd") else "false"
        return f"op({string(text)}, limits: #{limits})"
    return _sign(text) or '""'


def _words(element: Element) -> str:
    words = string((element.text or "").replace("\u00a0", " "))
    styled = _STYLES.get(element.get("mathvariant", ""), "")
    return f"{styled}({words})" if styled else words


def _space(element: Element) -> str:
    if element.get("linebreak") == "newline":
        return "\\ "
    width = re.fullmatch(r"(-?[0-9.]+)(em|pt|mm|cm|in)", element.get("width", ""))
    return f"#h({width[1]}{width[2]})" if width else '""'


def _attached(*places: str) -> Callable[[Element], str]:
    """``attach`` with these arguments for the children after the first."""

    def make(element: Element) -> str:
        base, *others = element
        given = ", ".join(f"{place}: {_of(other)}" for place, other in zip(places, others, strict=False))
        return f"attach({_of(base)}, {given})"

    return make


def _over(element: Element) -> str:
    base, *others = element
    if len(others) == 1 and others[0].tag == "mo":
        sign = others[0].text or ""
        if sign in _BRACES:
            return f"{_BRACES[sign]}({_of(base)})"
        if sign and sign in _BARS:
            return f"{'overline' if element.tag == 'mover' else 'underline'}({_of(base)})"
        if element.tag == "mover" and sign in _ACCENTS:
            return f"accent({_of(base)}, {_ACCENTS[sign]})"
    if base.tag in ("mover", "munder") and len(base) == 2 and (base[1].text or "") in _BRACES and len(others) == 1:
        return f"{_BRACES[base[1].text or '']}({_of(base[0])}, {_of(others[0])})"
    places = {"mover": ("t",), "munder": ("b",), "munderover": ("b", "t")}[element.tag]
    given = ", ".join(f"{place}: {_of(other)}" for place, other in zip(places, others, strict=False))
    return f"attach(limits({_of(base)}), {given})"


def _fraction(element: Element) -> str:
    if len(element) != 2:
        raise MathMLError("\\frac")
    above, below = (_of(child) for child in element)
    bare = element.get("linethickness") == "0"
    return f"mat(delim: #none, {above}; {below})" if bare else f"frac({above}, {below})"


def _root(element: Element) -> str:
    base, index = (_of(child) for child in element)
    return f"root({index}, {base})"


def _table(element: Element) -> str:
    rows = [list(row) for row in element if row.tag == "mtr"]
    if not rows:
        return '""'
    count = max(len(row) for row in rows)
    cells = [[_row(list(cell)) for cell in row] + ['""'] * (count - len(row)) for row in rows]
    aligns = {cell.get("columnalign") for row in rows for cell in row}
    if aligns == {"right", "left"} and element.get("columnspacing", "").startswith("0em"):
        # Lines that meet at their signs: an equation of its own within this one.
        lines = [" & ".join(row) for row in cells]
        return "#box($ " + " \\ ".join(lines) + " $)"
    put = "align: #left, column-gap: #1em, " if aligns == {"left"} else ""
    return f"mat(delim: #none, {put}{'; '.join(', '.join(row) for row in cells)})"


def _styled(element: Element) -> str:
    return {"true": "display", "false": "inline"}.get(element.get("displaystyle", ""), "") + f"({_group(element)})"


_MAKERS: dict[str, Callable[[Element], str]] = {
    "mi": _identifier, "mn": lambda e: _letters(e.text or "") if not (e.text or "").isdigit() else e.text or "",
    "mo": _operator, "mtext": _words, "ms": _words, "mspace": _space, "mstyle": _styled,
    "msub": _attached("b"), "msup": _attached("t"), "msubsup": _attached("b", "t"),
    "munder": _over, "mover": _over, "munderover": _over, "mfrac": _fraction, "mroot": _root,
    "msqrt": lambda e: f"sqrt({_group(e)})", "mphantom": lambda e: f"#hide(${_group(e)}$)",
    "menclose": lambda e: f"cancel({_group(e)})" if "strike" in e.get("notation", "") else _group(e), "mtable": _table,
}  # fmt: skip
