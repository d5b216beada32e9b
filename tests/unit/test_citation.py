"""How a speech is named to a reader: GB/T 7714, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.citation import citation, place_title, short_title
from speeches.core.source.archive import Archive
from support import SPEECH_IDS, MakeArchive


@pytest.mark.parametrize(
    ("record", "date"),
    [
        ("", ""),
        ('date = "2015-05"\n', " 2015-05."),
        ('date = "2015"\ndate_basis = "据文中推定"\n', " [2015]."),
        ('date_basis = "据文中推定"\n', ""),
    ],
)
def test_dates(tmp_path: Path, make_archive: MakeArchive, record: str, date: str) -> None:
    archive = make_archive(tmp_path, {"one": "办公室工作。"}, {"one": 'title = "讲话"\n' + record})
    assert citation(archive.speeches["one"]) == f"讲话[A].{date}"


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_every_entry_ends_with_a_full_stop_and_names_no_author(archive: Archive, speech_id: str) -> None:
    speech = archive.speeches[speech_id]
    entry = citation(speech)
    assert entry.startswith(speech.title) and entry.endswith(".")


def test_titles_in_titles_go_one_level_down(tmp_path: Path, make_archive: MakeArchive) -> None:
    archive = make_archive(
        tmp_path, {"one": "一、开头\n说话。\n二、后来\n说话。"}, {"one": 'title = "学习《决定》的讲话"\n'}
    )
    speech = archive.speeches["one"]
    assert short_title(speech) == "《学习〈决定〉的讲话》"
    assert place_title(speech, speech.text.index("后来")) == "《学习〈决定〉的讲话》第二部分"


def test_without_a_record_the_first_line_is_the_title(tmp_path: Path, make_archive: MakeArchive) -> None:
    archive = make_archive(tmp_path, {"one": "\ufeff \n　全区会议上的讲话\r\n同志们。"}, {"one": None})
    assert archive.speeches["one"].title == "全区会议上的讲话"
