"""An archive without records, and a finder for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafts.draft import Draft
from drafts.judge import Judged
from drafts.quoted import Finder
from drafts.read import read_draft
from drafts.verifying import verify_draft
from speeches.core.source.archive import Archive


@pytest.fixture(scope="session")
def finder(bench_archive: Archive) -> Finder:
    return Finder(bench_archive)


@pytest.fixture
def verified(bench_archive: Archive, finder: Finder):
    """``verified(path)``: the outcomes of a file, by the words that were found."""

    def run(path: Path) -> tuple[Draft, dict[str, Judged]]:
        draft = read_draft(path)
        return draft, {one.quotation.text: one for one in verify_draft(draft, bench_archive, finder)}

    return run
