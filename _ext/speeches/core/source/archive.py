"""Read and validate ``source_speeches/``: on bytes, before any document is read, and nothing half-loaded."""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from importlib.util import find_spec
from io import FileIO
from os import DirEntry, scandir
from os.path import normcase
from pathlib import Path
from typing import TYPE_CHECKING

from zh.encoding import LARGEST, EncodingError, decoded
from zh.typed import typed

from ..errors import Problem
from .folding import forbidden_characters, name_of
from .outline import line_starts
from .record import RecordReader
from .speech import Span, Speech

if TYPE_CHECKING:
    from .textindex import TextIndex

_KNOWN_FILES = frozenset({".txt", ".toml", ".jsonl", ".tmp"})
SPEECH_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
INDEX_FILE = "archive.index"
"""Its name beside the doctrees, where nothing is under version control and nothing is handed out."""
LARGE = 1_000_000
"""Characters of all speeches from which on an index is made (chosen with bench/archive.py)."""


class FaultKind(StrEnum):
    MISSING = "missing"
    UNREADABLE = "unreadable"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Fault:
    """A speech that cannot be used, and every problem that says why."""

    speech: str
    kind: FaultKind
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Archive:
    """All of the speeches that could be loaded, and the faults of those that could not.

    ``odd_files``: what lies in the folder and is not read as it stands there. ``index_file``: where an index of a large
    archive is kept; None: in memory.
    """

    root: Path
    speeches: Mapping[str, Speech]
    faults: Mapping[str, Fault] = field(default_factory=dict)
    odd_files: tuple[Problem, ...] = ()
    index_file: Path | None = None

    def __iter__(self) -> Iterator[Speech]:
        return iter(self.speeches.values())

    def ids(self) -> list[str]:
        """Every id that was met, loaded or faulty, sorted."""
        return sorted(self.speeches.keys() | self.faults.keys())

    @cached_property
    def notices(self) -> tuple[Problem, ...]:
        """What an editor should see to, though nothing is wrong with a quotation yet. Found when it is asked for: looking
        at every character takes as long as reading the speeches."""
        odd = (problem for speech in self for problem in _odd_characters(f"{self.root.name}/{speech.id}.txt", speech))
        return (*odd, *self.odd_files)

    @cached_property
    def in_order(self) -> tuple[Speech, ...]:
        """The speeches by their numbers in the index."""
        return tuple(self.speeches.values())

    @cached_property
    def index(self) -> TextIndex | None:
        """Proposes where in a large archive a text may stand; None where looking through it costs less."""
        if sum(len(speech.text) for speech in self) < LARGE or not find_spec("numpy"):
            return None
        from .textindex import TextIndex  # imported here: an archive of a few speeches does not pay for it

        return TextIndex.of(self.in_order, self.index_file)

    def __getstate__(self) -> dict[str, object]:
        """What another process is handed: it opens the index by itself."""
        return {name: value for name, value in vars(self).items() if name != "index"}

    def holding(self, folded: str) -> Iterator[Speech]:
        """The speeches that may say ``folded``, in order: every one that does, and perhaps others."""
        if self.index is None or not folded:
            return iter(self)
        return (self.in_order[number] for number in self.index.holding(folded))

    def likely(self, folded: str) -> Iterator[tuple[Speech, int, int]]:
        """Where to look for what is most like ``folded``: speeches, and from where to where of their folded text."""
        if self.index is None:
            yield from ((speech, 0, len(speech.folded.text)) for speech in self)
        else:
            for region in self.index.nearest(folded):
                yield self.in_order[region.number], region.start, region.end


class _UnusableError(Exception):
    def __init__(self, kind: FaultKind, *problems: Problem) -> None:
        super().__init__()
        self.kind = kind
        self.problems = problems


def load_archive(root: Path, *, bare_ids: bool = False, index_file: Path | None = None) -> Archive:
    """Load every ``<id>.txt`` of ``root`` with its record, where it has one.

    ``index_file``: where an index is kept if the archive is large.
    With ``bare_ids`` any file name is an id (for ``handbook verify`` on a folder that is not a handbook's).
    Never raises for what the files hold; each faulty speech is a ``Fault``. NotADirectoryError when ``root`` is none.
    """
    if not root.is_dir():
        raise NotADirectoryError(root)
    speeches: dict[str, Speech] = {}
    faults: dict[str, Fault] = {}
    odd_files: list[Problem] = []
    with scandir(root) as entries:
        files = sorted(entries, key=lambda entry: entry.name)
    texts, records = (
        {entry.name[: -len(suffix)]: entry for entry in files if normcase(entry.name).endswith(suffix)}
        for suffix in (".txt", ".toml")
    )
    for speech_id in sorted(texts.keys() | records.keys()):
        try:
            if not bare_ids and not SPEECH_ID.match(speech_id):
                path = texts.get(speech_id) or records[speech_id]
                raise _UnusableError(
                    FaultKind.UNREADABLE,
                    Problem(_name(root, path), None, "", "讲话编号只能用小写英文字母、数字和连字符，请改文件名。"),
                )
            if speech_id not in texts:
                name = _name(root, records[speech_id])
                raise _UnusableError(
                    FaultKind.MISSING, Problem(name, None, "", f"有登记而没有文本：缺少 {speech_id}.txt。")
                )
            speech = _load(root, speech_id, texts[speech_id], records.get(speech_id))
            speeches[speech_id] = speech
            if speech.record is None and not bare_ids:
                message = (
                    f"有文本而没有登记，不能引用。请用 {typed('handbook add')} 收进讲话库，或写一份 {speech_id}.toml。"
                )
                odd_files.append(Problem(_name(root, texts[speech_id]), None, "", message))
        except _UnusableError as error:
            faults[speech_id] = Fault(speech_id, error.kind, error.problems)
    if not bare_ids:
        odd_files.extend(_foreign_files(root))
    return Archive(root, dict(sorted(speeches.items(), key=_place)), faults, tuple(odd_files), index_file)


def _foreign_files(root: Path) -> Iterator[Problem]:
    """Files that nobody reads: an editor who put one there thinks that it is a speech."""
    for path in sorted(root.iterdir()):
        if path.is_file() and path.suffix.lower() not in _KNOWN_FILES and not path.name.startswith((".", "~$")):
            message = f"这个文件不是讲话文本，程序不会读它。请用 {typed('handbook add')} 把它收进讲话库，再把它移走。"
            yield Problem(_name(root, path), None, "", message)


def _place(item: tuple[str, Speech]) -> tuple[float, str]:
    """Speeches stand in the order that their records give; those without one come last, by id."""
    speech_id, speech = item
    order = speech.record.order if speech.record else 0
    return order or float("inf"), speech_id


def near_ids(speech_id: str, ids: Iterable[str], limit: int = 3) -> list[str]:
    """The ids most like ``speech_id``, best first."""
    from rapidfuzz import process  # imported here: `handbook --help` must not wait for it

    return [match[0] for match in process.extract(speech_id, list(ids), limit=limit, score_cutoff=50)]


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _name(root: Path, file: Path | DirEntry[str]) -> str:
    return f"{root.name}/{file.name}"


def _read(root: Path, file: DirEntry[str]) -> bytes:
    name = _name(root, file)
    try:
        if file.is_symlink() and not Path(file).resolve().is_relative_to(root.resolve()):
            raise _UnusableError(
                FaultKind.UNREADABLE, Problem(name, None, "", "是指向讲话库以外的链接。请把文件本身复制进来。")
            )
        if not file.is_file():
            raise _UnusableError(FaultKind.UNREADABLE, Problem(name, None, "", "不是普通文件，请把文本文件放在这里。"))
        size = file.stat().st_size
        if size > LARGEST:
            message = f"文件有{size / 1e6:.0f} MB，超过上限（{LARGEST / 1e6:.0f} MB），不像一篇讲话。请核对文件。"
            raise _UnusableError(FaultKind.UNREADABLE, Problem(name, None, "", message))
        with FileIO(file) as opened:
            return opened.readall()
    except (
        OSError,
        RuntimeError,
    ) as error:  # Path.resolve raises RuntimeError for links in a circle before Python 3.13
        why = error.strerror if isinstance(error, OSError) and error.strerror else "链接指向了自己"
        raise _UnusableError(FaultKind.UNREADABLE, Problem(name, None, "", f"读不出来：{why}。")) from None


def _decode(name: str, data: bytes) -> str:
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _UnusableError(FaultKind.UNREADABLE, Problem(name, None, "", "文件是空的。"))
    try:
        # With a byte order mark, which counts in offsets.
        return decoded(data) if not data.startswith(BOM_UTF8) else f"\ufeff{decoded(data)}"
    except EncodingError as error:
        message = f"{error}转换后摘要会变，请同时更新登记里的 sha256。"
        raise _UnusableError(FaultKind.UNREADABLE, Problem(name, error.line, "", message)) from None


def _load(root: Path, speech_id: str, text_file: DirEntry[str], record_file: DirEntry[str] | None) -> Speech:
    text_name = _name(root, text_file)
    data = _read(root, text_file)
    digest = digest_of(data)
    if record_file is None:
        return Speech(speech_id, _decode(text_name, data), digest)
    record_name = _name(root, record_file)
    record_data = _read(root, record_file)
    try:
        source = decoded(record_data)
    except EncodingError as error:
        raise _UnusableError(FaultKind.UNREADABLE, Problem(record_name, error.line, "", str(error))) from None
    reader = RecordReader(record_name, source.replace("\r\n", "\n"), digest)
    parsed = reader.parse()
    text = _decode(text_name, data)
    if parsed is None:
        raise _UnusableError(FaultKind.UNREADABLE, *reader.problems)
    if parsed.record.sha256.lower() != digest:
        reader.problem(
            "sha256",
            f"{text_name} 的内容与登记的摘要不符，文本被改动或换过。"
            f"登记：{parsed.record.sha256[:12]}…，现在：{digest}。"
            "若误改，请恢复原文件；若确已换成更好的文本，请把 sha256 改为现在的值，并逐条核对引文。",
        )
        raise _UnusableError(FaultKind.CHANGED, *reader.problems)
    emendations = reader.emendations(parsed, text)
    restrictions = reader.restrictions(parsed, text)
    dated = reader.dated(parsed, text)
    lines = line_starts(text)
    for key, ranges in (("skip", parsed.record.skip), ("join", parsed.record.join)):
        if ranges and ranges[-1][1] > len(lines):
            reader.problem(key, f"行号超出文本的{len(lines)}行。")
    if reader.problems:
        raise _UnusableError(FaultKind.UNREADABLE, *reader.problems)
    ends = [*lines[1:], len(text)]
    cut = tuple(Span(lines[first - 1], ends[last - 1]) for first, last in parsed.record.skip)
    return Speech(
        speech_id,
        text,
        digest,
        parsed.record,
        digest_of(record_data),
        emendations,
        restrictions,
        cut,
        dated,
        reader.key_lines(),
    )


def _odd_characters(name: str, speech: Speech) -> list[Problem]:
    """Characters that no quotation may hold and that neither a skip nor an emendation accounts for."""
    excused = [emendation.span for emendation in speech.emendations] + list(speech.cut)
    odd = [
        (offset, c)
        for offset, c in forbidden_characters(speech.text)
        if not any(s.start <= offset < s.end for s in excused)
    ]
    if not odd:
        return []
    line = speech.text.count("\n", 0, odd[0][0]) + 1
    message = (
        f"有{len(odd)}个不该出现在正文里的字符，第一个是 {name_of(odd[0][1])}。含有它的句子不能引用；"
        '请对照原件，在登记里用 [[emendation]]（kind = "transcription"）写明应为何字。'
    )
    return [Problem(name, line, "", message)]
