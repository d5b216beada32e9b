"""What a quotation of the report must look like where it is printed, and what a proof finds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from speeches.core.citation import place_title
from speeches.core.source.archive import Archive
from speeches.core.source.folding import curly
from speeches.rendering import one_level_down
from zhprint.reading import squeeze

_REPLACED = re.compile(r"〔([^〔〕]*)〕")
Item = Mapping[str, Any]
"""One quotation of report.json."""


@dataclass(slots=True)
class Proof:
    """What was found. ``pages``: quotation id → (printed number, page of the PDF)."""

    problems: list[str] = field(default_factory=list)
    pages: dict[str, tuple[str, int]] = field(default_factory=dict)
    quotations: int = 0
    numbers: int = 0


def printed_form(item: Item, marks: str = "full") -> str:
    """What stands on paper: an excerpt between its number and the dashes of its source line, a quotation in its marks."""
    text = shown_form(item, marks)
    return f"摘录{item['number']}{text}——" if item["kind"] == "excerpt" else text


def shown_form(item: Item, marks: str = "full") -> str:
    """The text alone, as a reader sees it."""
    text = str(item["quoted"])
    text = f"“{one_level_down(curly(text))}”" if item["kind"] == "quote" else "\n".join(map(curly, text.split("\n")))
    if marks == "table":
        while match := _REPLACED.search(text):
            start = match.start() - len(match.group(1))
            text = text[: max(0, start)] + match.group(1) + text[match.end() :]
        text = re.sub(r"【[^【】]*】", "", re.sub(r"［([^［］]*)］", r"\1", text))
    return squeeze(text)


def source_of(item: Item, archive: Archive) -> str:
    """What a source line must name: 《题名》第二部分（四）; "" where the speech or the place is not known."""
    speech = archive.speeches.get(item["speech"])
    spans = item["fragments"]
    return squeeze(place_title(speech, spans[0]["start"])) if speech and spans else ""
