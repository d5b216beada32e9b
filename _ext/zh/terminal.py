"""Text for a terminal: what comes from a file must not move the cursor, change the title or turn the line round."""

from __future__ import annotations

import logging
import re
import sys

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"  # C0 but tab and line feed, C1, bidi
)


def harmless(text: str) -> str:
    """``text`` with every control and bidi character but line feed and tab shown as its code (``\\u001b``, ``\\u202e``).

    In JSON, where such a character can only stand in a string, the code means the same character.
    """
    return _CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line. Everything that a command tells goes through here."""
    try:
        from click import echo  # imported here, as below: a build, which uses only the filter, need not wait for it
    except ImportError:  # `python -m zhprint.fetch` where only what prints is installed
        print(harmless(text), file=sys.stderr if err else sys.stdout)
    else:
        echo(harmless(text), err=err)


def answer(question: str) -> str:
    """What a person types. Asked again while it holds controls: an arrow key on some terminals, or something pasted.

    click.Abort at the end of the input.
    """
    from click import prompt

    while True:
        typed = str(prompt(harmless(question), prompt_suffix="：", default="", show_default=False))
        if harmless(typed) == typed:
            return typed.strip()
        say("刚才输入的内容里有看不见的控制字符，请重新输入。", err=True)


class HarmlessWarnings(logging.Filter):
    """For a handler of what Sphinx tells: warnings, their places and names of files in the progress may be a file's words.

    The rest of the progress has colours of the program's own.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(location := getattr(record, "location", None), str):
            record.location = harmless(location)
        if record.levelno >= logging.WARNING or getattr(record, "color", None):
            # Sphinx puts the location before the message each time it is asked for it: here it is asked for the words alone.
            record.msg, record.args = harmless(logging.LogRecord.getMessage(record)), ()
        return True
