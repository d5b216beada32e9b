"""Bytes of a text file → text, or in which encoding they seem to be and how to convert them."""

from __future__ import annotations

_HOW = "请用记事本或 WPS 打开，“另存为”时编码选 UTF-8。"


class EncodingError(ValueError):
    """A file that is not UTF-8: the line where that shows, counted from 1, what is wrong, and how to mend it."""

    def __init__(self, line: int, likely: str) -> None:
        self.line = line
        self.what = f"不是 UTF-8 编码，看起来像 {likely}"
        self.how = _HOW
        super().__init__(f"{self.what}。{self.how}")


def decoded(data: bytes) -> str:
    """The text, a byte order mark left out. EncodingError for what is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EncodingError(data.count(b"\n", 0, error.start) + 1, likely_encoding(data)) from None


def likely_encoding(data: bytes) -> str:
    """What Chinese programs write that is not UTF-8: UTF-16, GB18030, Big5."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        return "UTF-16"
    for encoding in ("GB18030", "Big5"):
        try:
            data.decode(encoding)
            return encoding
        except UnicodeDecodeError:
            continue
    return "其他编码，或者文件损坏了"
