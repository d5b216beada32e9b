"""Sixty Word drafts with over six hundred quotations: none that is wrong passes, hardly one that is right is told."""

from __future__ import annotations

from pathlib import Path

from making import random_draft

from drafts.draft import Draft
from drafts.quoted import Finder
from drafts.verifying import verify_draft
from drafts.word import WordDocument
from speeches.core.source.archive import Archive


def test_no_false_pass_and_at_most_one_false_alarm_in_a_hundred(
    tmp_path: Path, bench_archive: Archive, finder: Finder
) -> None:
    passed_falsely, alarms, right, wrong = [], [], 0, 0
    for seed in range(60):
        made = random_draft(bench_archive, seed)
        path = made.save(tmp_path / f"{seed}.docx")
        draft = Draft(path.name, tuple(WordDocument.open(path).paragraphs()))
        judged = verify_draft(draft, bench_archive, finder)
        for expected in made.expected:
            mine = [
                one for one in judged
                if one.quotation.text == expected.text and one.quotation.paragraph.version in ("", expected.version)
            ]  # fmt: skip
            if expected.right:
                right += 1
                alarms += [] if mine and all(one.passed for one in mine) else [(seed, expected)]
            else:
                wrong += 1
                passed_falsely += [] if mine and not any(one.passed for one in mine) else [(seed, expected)]
    assert right + wrong > 600 and wrong > 250
    assert not passed_falsely
    assert len(alarms) <= 0.01 * right, alarms
