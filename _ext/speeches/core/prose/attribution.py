"""A quotation under another speech's name: in a row or a column of a table that names one, in a sentence that does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..citation import short_title
from ..review.advice import flat
from ..review.review import Finding, Subtype
from ..review.telling import claim_cause
from ..source.archive import Archive
from .notice import Notice
from .reading import Block, BlockKind, ReadingText, Run, RunKind

_SENTENCE_END = re.compile(r"(?<=[。！？；!?;])")


def misattributed(reading: ReadingText, archive: Archive) -> Iterator[Finding | Notice]:
    """Cells against the first cell of their row and the head of their column; sentences against what they name."""
    names = _names(archive)
    yield from _tables(reading, archive, names)
    yield from _sentences(reading, archive, names)


def _names(archive: Archive) -> dict[str, str]:
    """What prose calls a speech → its id; a name of two speeches names none."""
    found: dict[str, set[str]] = {}
    for speech in archive:
        for name in (speech.title, *(speech.record.called if speech.record else ())):
            found.setdefault(name, set()).add(speech.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _named(runs: tuple[Run, ...], names: Mapping[str, str]) -> set[str]:
    text = "".join(run.text for run in runs if run.kind in (RunKind.TEXT, RunKind.LINK))
    return {run.speech for run in runs if run.kind is RunKind.SPEECH} | {i for name, i in names.items() if name in text}


def _tables(reading: ReadingText, archive: Archive, names: Mapping[str, str]) -> Iterator[Finding]:
    rows: dict[tuple[int, int], set[str]] = {}
    columns: dict[tuple[int, int], set[str]] = {}
    for block in reading:
        if block.place is None:
            continue
        if block.kind is BlockKind.HEAD:
            columns.setdefault((block.place.table, block.place.column), set()).update(_named(block.runs, names))
        elif block.place.column == 0:
            rows.setdefault((block.place.table, block.place.row), set()).update(_named(block.runs, names))
    for block in reading:
        if block.place is None or block.kind is BlockKind.HEAD:
            continue
        row = rows.get((block.place.table, block.place.row), set()) if block.place.column else set()
        column = columns.get((block.place.table, block.place.column), set())
        for where, said in (("这一行", row), ("这一栏", column)):
            for speech, text, claim in _quoted(block):
                if said and speech not in said:
                    message = _message(where, said, speech, text, archive)
                    yield Finding(Subtype.ATTRIBUTION, message, block.path, block.line, claim_cause(claim))


def _quoted(block: Block) -> Iterator[tuple[str, str, str]]:
    """Speech, words and id of each quotation."""
    if block.kind is BlockKind.EXCERPT:
        yield block.speech, block.text, block.claim
    for run in block.runs:
        if run.kind is RunKind.QUOTE and run.speech:
            yield run.speech, run.text, run.claim


def _message(where: str, said: set[str], speech: str, text: str, archive: Archive) -> str:
    return (
        f"张冠李戴：{where}写的是{_titles(said, archive)}，里面的引文出自另一篇。\n"
        f"  书上印的：{flat(text)}\n  存档文本：这句话注明出自{_titles({speech}, archive)}（{speech}）。\n"
        f"  怎么办：请把引文移到写着那一篇的地方，或者改引{where}这一篇的话。"
    )


def _titles(speeches: set[str], archive: Archive) -> str:
    return "、".join(short_title(archive.speeches[i]) if i in archive.speeches else i for i in sorted(speeches))


def _sentences(reading: ReadingText, archive: Archive, names: Mapping[str, str]) -> Iterator[Notice]:
    before: Block | None = None
    for block in reading:
        if block.kind is BlockKind.EXCERPT:
            if before is not None and before.kind is BlockKind.PROSE:
                last = _split(before)[-1]
                said = _named(tuple(last), names)
                if before.text.rstrip().endswith(("：", ":")) and said and block.speech not in said:
                    yield _notice(said, block.speech, block.text, archive, before)
            before = None
            continue
        if block.kind in (BlockKind.COMMENT, BlockKind.FILE, BlockKind.INDEX, BlockKind.ATTRIBUTE):
            continue
        before = block
        if block.place is not None:
            continue
        for sentence in _split(block):
            said = _named(tuple(sentence), names)
            for run in sentence:
                if run.kind is RunKind.QUOTE and said and run.speech not in said:
                    yield _notice(said, run.speech, run.text, archive, block)


def _notice(said: set[str], speech: str, text: str, archive: Archive, block: Block) -> Notice:
    message = f"这句话里写的是{_titles(said, archive)}，引的却是{_titles({speech}, archive)}：{flat(text, 60)}。请看有没有张冠李戴。"
    return Notice(message, block.path, block.line)


def _split(block: Block) -> list[list[Run]]:
    """The runs of a block, sentence by sentence; what stands inside a quotation ends none."""
    sentences: list[list[Run]] = [[]]
    for run in block.runs:
        pieces = _SENTENCE_END.split(run.text) if run.kind in (RunKind.TEXT, RunKind.LINK) else [run.text]
        for number, piece in enumerate(pieces):
            if number:
                sentences.append([])
            if piece:
                sentences[-1].append(Run(run.kind, piece, run.claim, run.speech))
    return [sentence for sentence in sentences if sentence] or [[]]
