"""What a build told, one value a message: Sphinx writes them as text, in its own order and partly in English."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from speeches.core.report.english import in_chinese

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_MESSAGE = re.compile(
    r"(?:(?P<path>[^\n]+?)(?::(?P<line>\d+))?(?::<[^>\n]*>)?: )?"
    r"(?P<level>WARNING|ERROR|CRITICAL|SEVERE): (?P<text>.*?)(?: \[(?P<kind>[a-z_]+(?:\.[a-z_-]+)?)\])?\s*\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One message: the file as the editor knows it ("" for none), its line (0 for none), ``speech.gone`` or the like."""

    text: str
    path: str = ""
    line: int = 0
    kind: str = ""

    @property
    def where(self) -> str:
        """``chapters/one.md:5``."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        kind = f" [{self.kind}]" if "." in self.kind else ""  # what to write in suppress_warnings
        text = re.sub(r"\n(?! )", "\n  ", self.text) + kind
        return f"{self.where}: {text}" if self.path else text


class Listener:
    """A stream for Sphinx to write its warnings to. Each message is one ``write``."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._told: dict[Told, bool] = {}

    def write(self, text: str) -> int:
        plain = _ESCAPES.sub("", text).strip("\n")
        if plain.strip():
            told = read_message(plain, self.root)
            self._told.setdefault(replace(told, text=in_chinese(told.text)), True)
        return len(text)

    def news(self) -> list[Told]:
        """What was written since this was last asked, each message once."""
        found = [told for told, is_new in self._told.items() if is_new]
        self._told = dict.fromkeys(self._told, False)
        return found

    def flush(self) -> None:
        """Nothing is kept back."""

    def isatty(self) -> bool:
        """Never in colours."""
        return False


def read_message(text: str, root: Path) -> Told:
    """Part file, line, text and type; what Sphinx did not write stays whole."""
    match = _MESSAGE.match(text)
    if match is None:
        return Told(text)
    path = match["path"] or ""
    if path and Path(path).is_absolute() and Path(path).is_relative_to(root):
        path = Path(path).relative_to(root).as_posix()
    return Told(match["text"], path, int(match["line"] or 0), match["kind"] or "")
