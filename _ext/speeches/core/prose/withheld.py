"""Words that a record withholds, in anything that reaches an output, said aside, commented out or taken in from a file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..review.review import Finding, Subtype
from ..source.archive import Archive
from ..source.folding import fold
from ..source.speech import RestrictionKind, Span, Speech
from .reading import BlockKind, ReadingText

TELLING = 9
"""Characters in a row of a withheld span that give it away, unless the speeches say them elsewhere too; a shorter one whole.

Of six to eight, three and two runs in the real book were everybody's words (乡镇党委办公室的)."""


@dataclass(frozen=True)
class Secrets:
    """What must not be shown: folded pieces, all of TELLING characters or shorter, and whose they are."""

    pieces: dict[str, str] = field(repr=False)
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, archive: Archive) -> Secrets:
        """The withheld words of an archive."""
        spans = {speech.id: _spans(speech) for speech in archive}
        if not any(spans.values()):
            return cls({}, ())
        open_text = "\0".join(
            text for speech in archive for text in (_open(speech, spans[speech.id]), _recorded(speech))
        )
        shown = {open_text[at : at + TELLING] for at in range(len(open_text))}
        pieces: dict[str, str] = {}
        for speech in archive:
            for span in spans[speech.id]:
                secret = fold(speech.text[span.start : span.end]).text
                for at in range(max(1, len(secret) - TELLING + 1)):
                    piece = secret[at : at + TELLING]
                    if piece and (piece not in shown if len(piece) == TELLING else piece not in open_text):
                        pieces.setdefault(piece, speech.id)
        return cls(pieces, tuple(sorted({len(piece) for piece in pieces})))

    def first_in(self, text: str) -> tuple[str, str] | None:
        """The first withheld piece of a text, and its speech."""
        folded = fold(text).text
        pieces = self.pieces
        for length in self.lengths:
            cut = [folded[at : at + length] for at in range(len(folded) - length + 1)]
            if not pieces.keys().isdisjoint(cut):
                return next((piece, pieces[piece]) for piece in cut if piece in pieces)
        return None


def _spans(speech: Speech) -> list[Span]:
    return [r.span for r in speech.restrictions if r.kind is RestrictionKind.WITHHOLD]


def _open(speech: Speech, spans: list[Span]) -> str:
    out, position = [], 0
    for span in sorted(spans):
        out.append(fold(speech.text[position : span.start]).text)
        position = max(position, span.end)
    return "\0".join([*out, fold(speech.text[position:]).text])


def _recorded(speech: Speech) -> str:
    """What the record says in print: who wrote it knew what it withholds."""
    record = speech.record
    notes = [emendation.note for emendation in speech.emendations]
    said = [record.title, record.occasion, record.provenance, record.period_note] if record else []
    return fold("\n".join([*said, *notes])).text


def disclosed(reading: ReadingText, secrets: Secrets) -> Iterator[Finding]:
    """Withheld words in what a page says, and in what it holds that is not for readers. The words are not repeated."""
    if not secrets.pieces:
        return
    for block in reading:
        if block.kind is not BlockKind.FILE and (found := secrets.first_in(block.text)):
            message = (
                f"这里有讲话 {found[1]} 里登记为不得刊出的文字（{_WHERE.get(block.kind, '正文')}）。\n"
                "  怎么办：请删去；确实可以刊出的，先改这篇讲话的登记。"
            )
            yield Finding(Subtype.WITHHELD, message, block.path, block.line)


_WHERE = {BlockKind.COMMENT: "注释，读者在网页源文件里看得见", BlockKind.ATTRIBUTE: "图片说明、链接提示一类", BlockKind.CODE: "代码块",
          BlockKind.EXCERPT: "摘录", BlockKind.INDEX: "索引词", BlockKind.NOTE: "注"}  # fmt: skip


def taken_in(reading: ReadingText, docpath: str, folder: str) -> Iterator[Finding]:
    """Files of the archive that a page takes in, by whatever directive: as received they hold what is withheld."""
    for block in reading:
        taken = [block.text] if block.kind is BlockKind.FILE else []
        if block.path.startswith(f"{folder}/") and block.path != docpath:
            taken.append(f"/{block.path}")
        for name in taken:
            base = "" if name.startswith("/") else posixpath.dirname(docpath)
            path = posixpath.normpath(posixpath.join(base, name.lstrip("/")))
            if path == folder or path.startswith(f"{folder}/"):
                message = (
                    f"这一页直接取用了讲话库里的文件 {path}，其中可能有不得刊出的文字。\n"
                    "  怎么办：请删去；引用讲话用 {excerpt} 或 {quote}，指向讲话用 {speech}。"
                )
                yield Finding(Subtype.WITHHELD, message, docpath, 0 if block.path != docpath else block.line)
                return
