"""WordprocessingML in few words: elements, runs, fields, bookmarks."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
UNKNOWN_PAGE = "…"
"""A page number that no program has worked out yet: the fields of a new file are filled in when it is opened."""


def make(tag: str, *children: _Element, **attributes: str | int) -> _Element:
    """``<w:tag w:attribute="…">`` with its children."""
    element: _Element = OxmlElement(f"w:{tag}", attrs={qn(f"w:{name}"): str(v) for name, v in attributes.items()})
    element.extend(children)
    return element


def run(text: str, *properties: _Element) -> _Element:
    """A run of text; a line end in it is a line break. Marks such as “ and …… are set as Chinese ones."""
    element = make("r", make("rPr", *properties[:1], make("rFonts", hint="eastAsia"), *properties[1:]))
    for number, line in enumerate(text.split("\n")):
        if number:
            element.append(make("br"))
        if line:
            words = make("t")
            words.text = line
            words.set(_SPACE, "preserve")
            element.append(words)
    return element


def style_of(name: str) -> list[_Element]:
    """The properties of a run in a character style; none for ""."""
    return [make("rStyle", val=name)] if name else []


def field(code: str, shown: str, *properties: _Element) -> list[_Element]:
    """The runs of a field that Word works out: begin, its code, what it shows until then, end."""
    told = make("instrText")
    told.text = f" {code} "
    told.set(_SPACE, "preserve")
    return [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", told),
        make("r", make("fldChar", fldCharType="separate")),
        run(shown, *properties),
        make("r", make("fldChar", fldCharType="end")),
    ]


def page_of(bookmark: str, *properties: _Element) -> list[_Element]:
    """The number of the page that a bookmark stands on."""
    return field(f"PAGEREF {bookmark} \\h", UNKNOWN_PAGE, *properties)


def bookmark(number: int, name: str) -> list[_Element]:
    """A place that references lead to."""
    return [make("bookmarkStart", id=number, name=name), make("bookmarkEnd", id=number)]
