"""What several tests need: the real archive, small archives made to order, and short ways to ask for a verdict."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from speeches.core.matching.verdict import Verdict
from speeches.core.matching.verify import Request, verify
from speeches.core.source.archive import Archive, Fault, load_archive
from speeches.core.source.selector import Selector, parse_locator

MakeArchive = Callable[..., Archive]

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(__file__).resolve().parent / "data"
SPEECHES = DATA / "speeches"
"""Five speeches with their records, as they stood when the tests were written: specimens, whatever the book quotes."""

COUNTY = "county-office-system"
CITY = "city-gov-office-staff"
DISTRICT = "district-office-directors"
TOWN = "town-office-training"
BUREAU = "city-bureau-office-training"
SPEECH_IDS = (BUREAU, CITY, COUNTY, DISTRICT, TOWN)

TWO_ERRORS = """
[[emendation]]
line = 1
original = "在工作得"
reading = "在工作中得"
kind = "missing"
[[emendation]]
line = 1
original = "位臵"
reading = "位置"
kind = "transcription"
"""
"""The record of a speech that says in its first line 在工作得 without 中, and 位臵 for 位置."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")


def require(condition: object, reason: str) -> None:
    """Skip the test with the reason, or fail it where everything is required (HANDBOOK_REQUIRE_ALL=1)."""
    if not condition:
        if os.environ.get("HANDBOOK_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


def need(*names: str) -> str:
    """The path of the first of these programs that is installed; without any as ``require``."""
    found = next((path for name in names if (path := shutil.which(name))), "")
    require(found, f"{names[0]} is not installed")
    return found


def is_han(character: str) -> bool:
    """Whether a character is a unified Han ideograph."""
    return _HAN.match(character) is not None


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def write_archive(
    folder: Path, texts: Mapping[str, str | bytes], records: Mapping[str, str | None] | None = None
) -> Path:
    """Write a small archive. Without ``records`` each speech gets the least record; None means no record at all.

    ``sha256`` is filled in unless the record names it, before the first table header.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for speech_id, text in texts.items():
        data = text if isinstance(text, bytes) else text.encode("utf-8")
        (folder / f"{speech_id}.txt").write_bytes(data)
        record = (records or {}).get(speech_id, "")
        if record is None:
            continue
        head = ""
        if not re.search(r"^title\s*=", record, re.MULTILINE):
            head += f'title = "{speech_id}"\n'
        if not re.search(r"^sha256\s*=", record, re.MULTILINE):
            head += f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        (folder / f"{speech_id}.toml").write_text(head + record, encoding="utf-8")
    return folder


def archive_of(
    folder: Path, texts: Mapping[str, str | bytes], records: Mapping[str, str | None] | None = None
) -> Archive:
    """Write a small archive and load it; every speech must load."""
    archive = load_archive(write_archive(folder, texts, records))
    assert not archive.faults, [str(p) for fault in archive.faults.values() for p in fault.problems]
    return archive


def fault_of(folder: Path, speech_id: str, text: str | bytes, record: str | None = "") -> Fault:
    """The fault of the one speech of an archive; fails when it loads."""
    archive = load_archive(write_archive(folder, {speech_id: text}, {speech_id: record}))
    assert speech_id in archive.faults, "the archive should have refused this speech"
    assert speech_id not in archive.speeches, "nothing may be half-loaded"
    return archive.faults[speech_id]


def ask(
    archive: Archive,
    speech: str,
    text: str,
    locator: str = "",
    *,
    prefix: str = "",
    suffix: str = "",
    anywhere: bool = False,
    nested: bool = False,
    in_handbook: bool = False,
) -> Verdict:
    """Verify one quotation, in the fewest words."""
    selector = Selector(parse_locator(locator) if locator else None, prefix, suffix, anywhere)
    return verify(Request(text, speech, selector, nested=nested, in_handbook=in_handbook), archive)


def messages(fault: Fault) -> str:
    """All problems of a fault as an editor would see them."""
    return "\n".join(str(problem) for problem in fault.problems)
