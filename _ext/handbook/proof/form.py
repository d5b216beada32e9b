"""What a proof finds, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from .align import Difference

_SHOWN = 80
_MOST = 20
"""Differences of one file that are told; what is wrong throughout is told by the first."""


@dataclass(slots=True)
class Proof:
    """What was found. ``pages``: quotation id → (printed number, page of the PDF); ``runs``: pieces of text compared."""

    problems: list[str] = field(default_factory=list)
    pages: dict[str, tuple[str, int]] = field(default_factory=dict)
    quotations: int = 0
    numbers: int = 0
    runs: int = 0


def told(difference: Difference, where: str, again: str) -> str:
    """One message: where it stands, what the book says, what was made of it, what to do."""
    piece = difference.piece
    at = f"{piece.where}：" if piece else ""
    name = f"（{piece.claim}）" if piece and piece.claim else ""
    what = "与书稿不一致"
    if not difference.wanted:
        what = "多了书稿里没有的文字"
    elif not difference.got:
        what = "少了书稿里的文字"
    return (
        f"{at}{where}{what}{name}，在“…{difference.before}”之后。\n"
        f"  书稿是：{_short(difference.wanted)}\n  印的是：{_short(difference.got)}\n  怎么办：不要付印；{again}"
    )


def told_all(differences: list[Difference], where: str, again: str) -> list[str]:
    """The first ones, and how many more there are."""
    more = len(differences) - _MOST
    shown = [told(difference, where, again) for difference in differences[:_MOST]]
    return [*shown, f"{where}还有{more}处不一致。"] if more > 0 else shown


def _short(text: str) -> str:
    if not text:
        return "（没有）"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…（共{len(text)}字）"
