"""What a build told, one value a message: Sphinx writes them as text, in its own order and partly in English."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_MESSAGE = re.compile(
    r"(?:(?P<path>[^\n]+?)(?::(?P<line>\d+))?(?::<[^>\n]*>)?: )?"
    r"(?P<level>WARNING|ERROR|CRITICAL|SEVERE): (?P<text>.*?)(?: \[(?P<kind>[a-z_]+(?:\.[a-z_-]+)?)\])?\s*\Z",
    re.DOTALL,
)
_WRITTEN = ("excerpt", "quote", "saying", "speech", "passage", "toctree", "note", "index", "term", "ref")


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
            self._told.setdefault(in_chinese(read_message(plain, self.root)), True)
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


def in_chinese(told: Told) -> Told:
    """What Sphinx, docutils and MyST tell in English of an editor's slips, in words that say what to do."""
    for pattern, words in _ENGLISH:
        if match := pattern.search(told.text):
            name = next((group for group in match.groups() if group), "")
            near = get_close_matches(name, _WRITTEN, 1)
            hint = f"多半是 {{{near[0]}}} 拼错了；" if near else ""
            return replace(told, text=words.format(name=name, hint=hint))
    return told


_ENGLISH = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            r"Unknown directive type:? [\"'](.*?)[\"']|No directive entry for \"(.*?)\"",
            "没有“{{{name}}}”这种写法。\n  怎么办：{hint}请照 README“加一条摘录”的写法改。",
        ),
        (
            r"Unknown interpreted text role [\"'](.*?)[\"']|No role entry for \"(.*?)\"",
            "没有“{{{name}}}”这种写法。\n  怎么办：{hint}请照 README“加一条摘录”的写法改。",
        ),
        (
            r"toctree contains reference to (?:nonexisting|excluded) document ['\"](.*?)['\"]",
            "目录里列着“{name}”，却没有这个文件。\n  怎么办：文件改了名的，改目录里的名字；误删的请恢复。",
        ),
        (
            r"include['\"]?:? error reading file: (?:\S*[/\\])?([^/\\\s]+)",
            "要插入的文件 {name} 读不出来，多半不是 UTF-8 编码。\n  怎么办：请用记事本打开它，“另存为”时编码选 UTF-8。",
        ),
        (
            r"document isn't included in any toctree()",
            "这一页没有列入目录，网站和印刷文件里都翻不到它。\n  怎么办：在 index.md 的 toctree 里加上它的名字；不用的文件请移走。",
        ),
        (
            r"undefined label: ['\"](.*?)['\"]|Unknown source document ['\"](.*?)['\"]|cross-reference target not found: ['\"](.*?)['\"]",
            "要参见的“{name}”，书里没有。\n  怎么办：请改正编号；原来有的，看看是不是改了名、删掉了。",
        ),
        (
            r"1st argument to ['\"]?(\w*)|maximum (?:0|1|2) argument|\d argument\(s\) required",
            "第一行的写法不对，应当是讲话编号和段句号。\n  怎么办：写成 :::{{excerpt}} 讲话编号 p12.s1-2。",
        ),
        (
            r"Unknown option(?:s| keys?):? *(?:\[)?['\"](.*?)['\"]",
            "没有“:{name}:”这个选项。\n  怎么办：请改正或删去；可用的有 :name: :prefix: :suffix: :from: :to: :note: :secondhand:。",
        ),
    )
)
