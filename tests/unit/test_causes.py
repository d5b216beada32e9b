"""What follows from one slip is counted beneath its message, which is the one that says what to type."""

from __future__ import annotations

from pathlib import Path

from handbook.causes import causes
from handbook.told import Told


def test_the_speech_of_a_broken_role_is_not_told_as_html(tmp_path: Path) -> None:
    tag = Told("这里写了 HTML，照字面印了出来。", "chapters/one.md", 7, "manuscript.markup")
    role = Told("花括号的写法没有写对。", "chapters/one.md", 7, "speech.markup")
    elsewhere = Told("这里写了 HTML，照字面印了出来。", "chapters/one.md", 9, "manuscript.markup")
    found = causes([tag, role, elsewhere], tmp_path)
    assert [(cause.first, cause.following) for cause in found] == [(role, (tag,)), (elsewhere, ())]
