"""A file of text → its text, or what is wrong with it and what to do: too large, no file, in another encoding."""

from __future__ import annotations

from pathlib import Path

LARGEST = 10_000_000
"""Bytes of a list, a record or a speech. The largest of this book have 100 kB."""

_HOW = "请用记事本或 WPS 打开，“另存为”时编码选 UTF-8。"


class UnreadableError(ValueError):
    """A file that is no text to read: the line where that shows, counted from 1, what is wrong, and how to mend it."""

    def __init__(self, line: int, what: str, how: str) -> None:
        self.line = line
        self.what = what
        self.how = how
        super().__init__(f"{what}。{how}")


class EncodingError(UnreadableError):
    """A file that is not UTF-8."""

    def __init__(self, line: int, likely: str) -> None:
        super().__init__(line, f"不是 UTF-8 编码，看起来像 {likely}", _HOW)


def bounded(path: Path, largest: int = LARGEST) -> bytes:
    """What a regular file holds. UnreadableError, before it is read, for any other and one of more bytes; OSError."""
    if path.exists() and not path.is_file():
        raise UnreadableError(1, "不是普通文件", "请用版本管理恢复，或把文件本身放在这里。")
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        what = f"超过上限 {largest // 1_000_000} MB，不像是这种文件"
        raise UnreadableError(1, what, "请核对是不是放错了文件；用版本管理恢复，或从给文件的人那里重新要一份。")
    return data


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
