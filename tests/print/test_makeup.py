"""The drafts of a book: which stretch keeps which, and the compiler that sets them one after another."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from printing import FONTS

from zhprint import engine as engines
from zhprint.compiling import compile_pdf
from zhprint.engine import Engine
from zhprint.faces import find_fonts
from zhprint.filling import Filled
from zhprint.fitting import NOTHING
from zhprint.makeup import made_up
from zhprint.messages import PrintError
from zhprint.paper import type_area

AREA = type_area("a4", "四号")
Table = dict[str, Any]


def _place(page: int, line: int) -> list[object]:
    return [str(page), page, AREA.paper.text_top + line * AREA.leading]


def _two_chapters(table: Table) -> tuple[Table, Filled]:
    """Of each the first page is four lines short. Let out, one is full, and the other two pages longer."""
    first, second = (any(name.startswith(f"gap:{it}") for name in table["springs"]) for it in "ab")
    long = 4 if first else 2
    lines = [21, *[25] * (long - 1), 25 if second else 21, 25]
    places = {"part:a": _place(1, 0), "part:b": _place(1 + long, 0)}
    places |= {f"gap:a{n}": _place(1, 4 * n) for n in range(1, 5)}
    places |= {f"gap:b{n}": _place(1 + long, 4 * n) for n in range(1, 5)}
    lows = tuple(AREA.paper.text_top + (count - 1) * AREA.leading + AREA.size for count in lines)
    return table | {"places": places}, Filled(AREA, lows, frozenset(range(1, len(lines))) - {long})


def test_each_stretch_keeps_its_best_draft_whatever_becomes_of_the_others() -> None:
    drafts = []

    def draft(table: Table) -> tuple[Table, Filled]:
        drafts.append(sorted(table["springs"]))
        return _two_chapters(table)

    table = made_up(draft, {"places": {}, **NOTHING})
    assert set(table["springs"]) == {"gap:b1", "gap:b2", "gap:b3", "gap:b4"}
    # Both were let out at once, and the one that grew was set as before.
    assert len(drafts[2]) == 8 and len(drafts) <= 5 and {name[:5] for name in drafts[-1]} == {"gap:b"}


def test_what_the_compiler_remembers_changes_no_byte(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = find_fonts(None, FONTS, False)[0].files()
    made = []
    for most in (2, 9):
        monkeypatch.setattr(engines, "_MOST_PASSES", most)
        out = tmp_path / str(most)
        shutil.copytree(book / "out", out, ignore=shutil.ignore_patterns("*.pdf", "pages.json"))
        compile_pdf(out / "handbook.typ", fonts, ["ua-1"], AREA)
        made.append((out / "handbook.pdf").read_bytes())
    assert made[0] == made[1] == (book / "out/handbook.pdf").read_bytes()


def test_a_compiler_that_ends_is_told_with_its_last_words(tmp_path: Path) -> None:
    with tempfile.TemporaryFile() as said:
        running = Engine(tmp_path / "handbook.typ", "", [], said)
        running._command = [sys.executable, "-c", f"import sys; sys.exit({json.dumps('no room')})"]
        with pytest.raises(PrintError, match=r"没有排完 handbook\.typ：no room"):
            running.run_pass()
        running.stop()
