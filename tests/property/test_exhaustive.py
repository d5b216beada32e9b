"""Every quotation of the handbook, every Han character of it, one at a time: substituted or deleted, it must fail."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from speeches.core.matching.quotation import editorial_reading
from speeches.core.matching.verdict import TextStatus, Verdict
from speeches.core.matching.verify import Request, verify
from speeches.core.review.claim import Claim, QuotationKind
from speeches.core.review.finding import Subtype
from speeches.core.review.lockfile import VERSION, LockEntry, format_lock, parse_lock, read_lock
from speeches.core.review.review import review
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector, parse_locator
from strategies import VARIATIONS
from support import ROOT, is_han

pytestmark = pytest.mark.this_book


@pytest.fixture(scope="module")
def archive(real_archive: Archive) -> Archive:
    """Of this very book: its own speeches, not the specimens."""
    return real_archive


LOCK = ROOT / "excerpts.lock"
OTHERS = "办不"
"""What is put in a character's place: a common one, and the one that turns a sense."""


@pytest.fixture(scope="module")
def quotations() -> list[LockEntry]:
    """What the handbook quotes, once for each text and speech."""
    assert LOCK.exists(), "excerpts.lock is missing: run `handbook accept`"
    entries = read_lock(LOCK).quotations
    assert entries, "excerpts.lock is empty: a handbook without quotations proves nothing"
    return list({(entry.speech, entry.text): entry for entry in entries.values()}.values())


def _request(entry: LockEntry, text: str) -> Request:
    """As the handbook asks, except that any place will do: a change must not hide behind a wrong place."""
    locator = parse_locator(entry.locator) if re.match(r"p\d", entry.locator) and text == entry.text else None
    selector = Selector(locator) if locator else Selector(anywhere=True)
    return Request(text, entry.speech, selector, nested=entry.kind == "quote", in_handbook=True)


def _mutants(text: str) -> list[str]:
    """``text`` with one Han character substituted or deleted, outside the notes."""
    out = []
    for at, character in enumerate(text):
        if is_han(character):
            out.append(text[:at] + text[at + 1 :])
            out.append(text[:at] + (OTHERS[0] if character != OTHERS[0] else OTHERS[1]) + text[at + 1 :])
    return out


def _is_verbatim(verdict: Verdict, text: str, archive: Archive) -> bool:
    """Whether each printed fragment is what the source holds at the span it was given; independent of folding."""
    speech = archive.speeches[verdict.speech]
    fragments = [re.sub(r"\s", "", fragment.source_text) for fragment in editorial_reading(text).fragments]
    received = [re.sub(r"\s", "", speech.text[span.start : span.end]) for span in verdict.fragments]
    return [_han(f) for f in fragments] == [_han(r) for r in received]


def _han(text: str) -> str:
    return "".join(c for c in text if is_han(c))


def test_every_quotation_agrees_as_it_stands(quotations: list[LockEntry], archive: Archive) -> None:
    wrong = [
        (entry.id, verdict.text)
        for entry in quotations
        if not (verdict := verify(_request(entry, entry.text), archive)).agrees
    ]
    assert not wrong


def test_no_mutant_passes_unless_it_is_verbatim(quotations: list[LockEntry], archive: Archive) -> None:
    tried = 0
    verbatim: list[tuple[LockEntry, str]] = []
    wrong: list[tuple[LockEntry, str]] = []
    for entry in quotations:
        for mutant in _mutants(entry.text):
            tried += 1
            verdict = verify(_request(entry, mutant), archive)
            if not verdict.agrees:
                continue
            (verbatim if _is_verbatim(verdict, mutant, archive) else wrong).append((entry, mutant))
    print(f"{tried} mutants of {len(quotations)} quotations; {len(verbatim)} are themselves verbatim:")
    for entry, mutant in verbatim:
        print(f"  {entry.id}: {mutant}")
    assert tried > 0
    assert not wrong, [(entry.id, mutant) for entry, mutant in wrong]
    assert len(verbatim) <= tried // 20, "so many verbatim mutants would mean that the quotations are too short to tell"
    for entry, mutant in verbatim:
        assert Subtype.CHANGED in _findings(entry, mutant, archive), f"the lock must catch {mutant}"


def _findings(entry: LockEntry, text: str, archive: Archive) -> set[Subtype]:
    claim = Claim(
        id=entry.id, kind=QuotationKind(entry.kind), docname=entry.docname, path=f"{entry.docname}.md", line=1,
        speech=entry.speech, text=text, selector=Selector(anywhere=True),
    )  # fmt: skip
    return {finding.subtype for finding in review(claim, archive, entry).findings}


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_folded_variation_passes_as_typographic(name: str, quotations: list[LockEntry], archive: Archive) -> None:
    wrong = []
    for entry in quotations:
        before = verify(_request(entry, entry.text), archive)
        printed = VARIATIONS[name](entry.text)
        request = _request(entry, entry.text)
        after = verify(Request(printed, entry.speech, request.selector, request.nested, in_handbook=True), archive)
        expected = (
            TextStatus.TYPOGRAPHIC if before.text is TextStatus.EXACT and printed.strip() != entry.text else before.text
        )
        if after.text is not expected or after.fragments != before.fragments:
            wrong.append((entry.id, printed, after.text))
    assert not wrong


def test_the_lock_of_the_repository_is_written_as_it_is_read(quotations: list[LockEntry]) -> None:
    source = LOCK.read_text(encoding="utf-8")
    assert json.loads(source.split("\n")[0]) == {"version": VERSION}
    assert format_lock(parse_lock(source)) == source
    assert Path(LOCK).read_bytes().count(b"\r") == 0
