"""Text for a terminal: what comes from a file must not move the cursor, change the title or turn the line round."""

from __future__ import annotations

import logging
import re

import click

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
    click.echo(harmless(text), err=err)


class HarmlessWarnings(logging.Filter):
    """For a handler of warnings and errors, whose words may be a file's; progress has colours of the program's own."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            # Sphinx puts the location before the message each time it is asked for it: here it is asked for the words alone.
            record.msg, record.args = harmless(logging.LogRecord.getMessage(record)), ()
        return True
