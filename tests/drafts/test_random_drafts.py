"""Sixty Word drafts with over six hundred quotations: none that is wrong passes, hardly one that is right is told.

Twelve more as LibreOffice writes them; sixty of those by ``bench/word_drafts.py``.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree
from making import random_draft
from making_odf import Odf, convert, random_odf
from scoring import Score
from test_comments import SOURCES, characters

from drafts.draft import Draft
from drafts.quoted import Finder
from drafts.verifying import verify_draft
from drafts.word import WordDocument
from handbook import main
from speeches.core.source.archive import Archive
from support import need

SEEDS = range(100, 112)
Folder = tuple[Path, dict[int, Odf]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, bench_archive: Archive) -> Folder:
    """``drafts/<seed>.docx`` as LibreOffice wrote them from ODF, and what must be found in each."""
    folder = tmp_path_factory.mktemp("office")
    drafts = {seed: random_odf(bench_archive, seed) for seed in SEEDS}
    for seed, draft in drafts.items():
        (folder / f"{seed}.fodt").write_text(draft.source, encoding="utf-8")
    convert(need("soffice"), sorted(folder.glob("*.fodt")), "docx", folder / "drafts")
    return folder, drafts


def paragraphs(path: Path) -> Draft:
    return Draft(path.name, tuple(WordDocument.open(path).paragraphs()))


def test_no_false_pass_and_at_most_one_false_alarm_in_a_hundred(
    tmp_path: Path, bench_archive: Archive, finder: Finder
) -> None:
    score = Score()
    for seed in range(60):
        draft = random_draft(bench_archive, seed)
        path = draft.save(tmp_path / f"{seed}.docx")
        score.add(verify_draft(paragraphs(path), bench_archive, finder), draft.expected)
    assert score.right + score.wrong > 600 and score.wrong > 250
    assert not score.passed
    assert len(score.alarms) <= 0.01 * score.right, score.alarms


def test_the_same_of_drafts_that_libreoffice_wrote(made: Folder, bench_archive: Archive, finder: Finder) -> None:
    folder, drafts = made
    score = Score()
    for seed, draft in drafts.items():
        score.add(verify_draft(paragraphs(folder / f"drafts/{seed}.docx"), bench_archive, finder), draft.expected)
    assert score.right + score.wrong > 120 and score.wrong > 50
    assert not score.passed
    assert len(score.alarms) <= 0.01 * score.right, score.alarms


def test_comments_change_nothing_else_and_libreoffice_opens_all_of_them(
    made: Folder, bench_archive: Archive, tmp_path: Path
) -> None:
    """Its own drafts and a library's: every character with its look, every other part, and the text as it is read again."""
    own = [made[0] / f"drafts/{seed}.docx" for seed in SEEDS]
    library = [random_draft(bench_archive, seed).save(tmp_path / f"{seed}.docx") for seed in range(6)]
    files = [*own, *library]
    main(["verify", "--archive", str(SOURCES), "--comments", *map(str, files)])
    annotated = [path.with_name(f"{path.stem}.核对.docx") for path in files]
    for before, after in zip(files, annotated, strict=True):
        assert characters(after) == characters(before), before.name
        with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
            for name in {n for n in old.namelist() if n.startswith("word/") and n.endswith(".xml")}:
                if name not in ("word/document.xml", "word/comments.xml"):
                    assert _canonical(old, name) == _canonical(new, name), (before.name, name)
    convert(need("soffice"), [*files, *annotated], "txt:Text (encoded):UTF8", tmp_path / "read")
    for before, after in zip(files, annotated, strict=True):
        texts = [(tmp_path / f"read/{path.stem}.txt").read_text(encoding="utf-8-sig") for path in (before, after)]
        assert texts[0] == texts[1] and len(texts[0]) > 100


def _canonical(package: zipfile.ZipFile, name: str) -> bytes:
    return etree.tostring(etree.fromstring(package.read(name)), method="c14n")
