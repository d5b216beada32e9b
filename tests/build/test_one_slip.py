"""One slip is one message, where the lock or the words between the marks would have something to say of it, too."""

from __future__ import annotations

import re

import pytest
from book import Book

ROW = "\n| 讲话 | 原话 |\n|---|---|\n| {speech}`river` | {quote}`灯芯要一根一根地剪 <lamp>` |\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            "再看提取的一段：", f"{ROW}\n再看：", "张冠李戴", id="a quotation that nobody accepted in another's row"
        ),
        pytest.param("再看提取", "说〞守灯人的本分，是天黑之前把灯点亮〝，再看提取", "引号前后颠倒", id="marks turned"),
    ],
)
def test_one_slip_is_one_message(book: Book, old: str, new: str, told: str) -> None:
    book.edit("chapters/one.md", old, new)
    messages = re.findall(r"^\S+: WARNING: .*(?:\n  .*)*", book.build(warns=True).warnings, re.MULTILINE)
    assert len(messages) == 1 and told in messages[0] and "chapters/one.md" in messages[0], messages
