"""A folder of fonts from anyone: a damaged one is named, and none keeps the program busy."""

from __future__ import annotations

import random
import time
from pathlib import Path
from struct import pack

import pytest
from fontmaking import piece, renamed
from printing import FONTS

from zhprint.faces import Font, marks_sit
from zhprint.messages import PrintError


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small sound font that would be taken for the body."""
    source = FONTS / "NotoSerifSC_400Regular.ttf"
    if not source.is_file():
        pytest.skip("no fonts: make fonts")
    folder = tmp_path_factory.mktemp("font")
    small = piece(source, folder / "small.ttf", "中，、。：；？！”’》〉）“‘《〈（")
    return renamed(small, folder / "x仿宋.ttf", "Some Foundry").read_bytes()


def _found(folder: Path, data: bytes) -> str:
    """What is said of a font; "" when nothing is wrong."""
    path = folder / "x仿宋.ttf"
    path.write_bytes(data)
    try:
        marks_sit(Font("Some Foundry", 400, path, 0))
    except PrintError as error:
        return str(error)
    return ""


def test_a_table_of_characters_without_end_is_refused_at_once(tmp_path: Path, font: bytes) -> None:
    groups = 2_000
    table = pack(">HH", 0, 1) + pack(">HHL", 3, 10, 12)
    table += pack(">HHLLL", 12, 0, 16 + 12 * groups, 0, groups) + pack(">LLL", 0, 0x10FFFF, 1) * groups
    started = time.process_time()
    assert "x仿宋.ttf" in _found(tmp_path, _with_table(font, b"cmap", table))
    assert time.process_time() - started < 10


def test_damaged_fonts_are_named_or_left_out(tmp_path: Path, font: bytes) -> None:
    chance = random.Random(7)
    for _ in range(200):
        data = bytearray(font)
        for _ in range(chance.choice((1, 8, 64))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        told = _found(tmp_path, bytes(data[: chance.choice((len(data), len(data) // 2))]))
        assert not told or "x仿宋.ttf" in told


def _with_table(font: bytes, tag: bytes, table: bytes) -> bytes:
    """The font with one table at its end instead of the one it had."""
    entry = font.index(tag, 12)
    return font[: entry + 8] + pack(">LL", len(font), len(table)) + font[entry + 16 :] + table
