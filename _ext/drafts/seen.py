"""What of a Word part's words a reader sees: not the codes of fields, not what a style hides.

A field that is drawn from its code (EQ sets 拼音 and 带圈字符) shows characters that stand nowhere as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element

_DRAWN_FIELDS = re.compile(r"(?:EQ|SYMBOL|MACROBUTTON|GOTOBUTTON|ADVANCE)\b", re.IGNORECASE)
_CHAR, _CODE, _DELETED_CODE, _TEXT, _DELETED = (
    qn(f"w:{name}") for name in ("fldChar", "instrText", "delInstrText", "t", "delText")
)


def is_drawn(code: str) -> bool:
    """Whether a field of this code is drawn from it, whatever result is kept beside it."""
    return _DRAWN_FIELDS.match(code.lstrip()) is not None


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_code: bool = True
    in_codes: list[_Element] = field(default_factory=list)
    shown: list[_Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seen:
    """``hidden``: text elements that no reader sees; ``drawn``: ends of fields that stand for something drawn;
    ``vanishing``: style → whether it hides its words, "" the style of a paragraph that names none."""

    hidden: frozenset[_Element]
    drawn: frozenset[_Element]
    vanishing: Mapping[str, bool]

    @classmethod
    def of(cls, root: _Element, vanishing: Mapping[str, bool]) -> Seen:
        """Look through a part. A field that never ends hides nothing: Word shows its words."""
        hidden: set[_Element] = set()
        drawn: set[_Element] = set()
        fields: list[_Field] = []
        for element in root.iter(_CHAR, _CODE, _DELETED_CODE, _TEXT, _DELETED):
            kind = element.get(qn("w:fldCharType")) if element.tag == _CHAR else ""
            if kind == "begin":
                fields.append(_Field())
            elif not fields:
                continue
            elif kind == "separate":
                fields[-1].in_code = False
            elif kind == "end":
                ended = fields.pop()
                hidden.update(ended.in_codes)
                if is_drawn(ended.code):
                    hidden.update(ended.shown)
                    drawn.add(element)
            elif element.tag in (_CODE, _DELETED_CODE):
                fields[-1].code += element.text or ""
            else:
                for each in fields:
                    (each.in_codes if each.in_code else each.shown).append(element)
        return cls(frozenset(hidden), frozenset(drawn), vanishing)

    def hides(self, run: _Element) -> bool:
        """Whether a run's words are hidden text, by itself or by the styles of it and its paragraph."""
        properties = run.find(qn("w:rPr"))
        own = _switch(properties)
        if own is not None:
            return own
        style = properties.find(qn("w:rStyle")) if properties is not None else None
        paragraph = next(run.iterancestors(qn("w:p")), None)
        around = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if paragraph is not None else None
        # Both hide: the one takes back the other (ECMA-376 part 1, 17.7.3, toggle properties).
        return self._style(style) != self._style(around, "")

    def _style(self, named: _Element | None, otherwise: str | None = None) -> bool:
        name = named.get(qn("w:val")) if named is not None else otherwise
        return name is not None and self.vanishing.get(name, False)


def vanishing_styles(styles: _Element | None) -> dict[str, bool]:
    """Styles that hide their words, by id, with what they are based on."""
    if styles is None:
        return {}
    all_styles = {style.get(qn("w:styleId")) or "": style for style in styles.iterfind(qn("w:style"))}
    found = {name: _vanishes(name, all_styles) for name in all_styles}
    usual = next((name for name, style in all_styles.items() if style.get(qn("w:type")) == "paragraph"
                  and style.get(qn("w:default")) in ("1", "true", "on")), "")  # fmt: skip
    return {name: True for name, hides in {**found, "": found.get(usual, False)}.items() if hides}


def _vanishes(name: str, all_styles: Mapping[str, _Element]) -> bool:
    seen: set[str] = set()
    while name in all_styles and name not in seen:
        seen.add(name)
        own = _switch(all_styles[name].find(qn("w:rPr")))
        if own is not None:
            return own
        based = all_styles[name].find(qn("w:basedOn"))
        name = (based.get(qn("w:val")) or "") if based is not None else ""
    return False


def _switch(properties: _Element | None) -> bool | None:
    vanish = properties.find(qn("w:vanish")) if properties is not None else None
    return None if vanish is None else vanish.get(qn("w:val")) not in ("0", "false", "off")
