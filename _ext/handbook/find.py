"""``handbook find``: where a text stands in the archive, exactly or nearly, ready to paste."""

from __future__ import annotations

from pathlib import Path

import click

from speeches.core.matching.clipping import clippings
from speeches.core.matching.corrected import Corrected, without_marks
from speeches.core.matching.edits import worst_edit
from speeches.core.matching.placement import occurrences
from speeches.core.matching.pull import marked_text
from speeches.core.matching.relocate import nearest, passage, resembles
from speeches.core.matching.verdict import Passage
from speeches.core.review.advice import difference, flat, place
from speeches.core.source.archive import Archive
from speeches.core.source.folding import fold
from speeches.core.source.speech import RestrictionKind, Span, Speech
from zh.terminal import say

from .chinese import ChineseCommand
from .conf import archive_of
from .options import json_option, load_speeches, say_json

_MOST = 20
_WORDS_THAT_NEED_NO_CONTEXT = 2


@click.command(cls=ChineseCommand, epilog="例：handbook find 耐得住寂寞　　记得几个字，查在哪一篇哪一处")
@click.argument("text", metavar="文字")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default=False,
              help="手册所在的文件夹，默认是当前文件夹")  # fmt: skip
@click.option("--archive", type=click.Path(path_type=Path), default=None, help="讲话库文件夹，默认照 conf.py")
@json_option
def command(text: str, root: Path, archive: Path | None, as_json: bool) -> int:
    """查一段话在讲话库的什么地方；找不到原话的，给出最接近的一处。结果可以直接贴进章节。

    退出码：0 有；1 没有完全相同的；2 没有查成。
    """
    loaded = load_speeches(archive or archive_of(root), root, bare_ids=archive is not None)
    if as_json:
        spots, exact = look_up(text, loaded)
        say_json([_data(spot, loaded, exact=exact) for spot in spots])
        return 0 if exact else 1
    lines, found = describe(text, loaded)
    say("\n".join(lines))
    return 0 if found else 1


def look_up(text: str, archive: Archive) -> tuple[list[Passage], bool]:
    """Where the text stands as it is, by speech and place; else what is nearest to it, if anything is. Second: which."""
    folded = fold(text).text
    if len(folded) < _WORDS_THAT_NEED_NO_CONTEXT:
        return [], False
    found: list[Passage] = []
    holding = {speech.id for speech in archive.holding(folded)}
    for speech in (speech for speech in archive if speech.emendations or speech.id in holding):
        received = [
            Span(*speech.folded.span_of(at, at + len(folded))) for at in occurrences(folded, speech.folded.text)
        ]
        corrected = Corrected.of(speech).places(fold(without_marks(text)).text) if speech.emendations else []
        found += [passage(speech, span) for span in sorted({_whole(speech, span) for span in [*received, *corrected]})]
    if found:
        return found, True
    near = nearest(folded, archive, None)
    if near is None or not resembles(folded, near):
        return [], False
    return [passage(near.speech, _whole(near.speech, Span(*near.speech.folded.span_of(near.start, near.end))))], False


def describe(text: str, archive: Archive) -> tuple[list[str], bool]:
    """Lines to print, and whether the text stands somewhere as it is."""
    folded = fold(text).text
    if len(folded) < _WORDS_THAT_NEED_NO_CONTEXT:
        return ["请至少写两个字。"], False
    spots, exact = look_up(text, archive)
    if not spots:
        return ["讲话库里没有这段话，也没有相近的。"], False
    if not exact:
        edit = worst_edit(fold(spots[0].text).text, folded)
        told = f"（{difference(edit[0])}）" if edit else ""
        return [f"没有完全相同的；最接近的一处{told}：", *_found(spots[0], archive)], False
    more = f"（只列前{_MOST}处）" if len(spots) > _MOST else ""
    lines = [line for spot in spots[:_MOST] for line in _found(spot, archive)]
    return [
        f"讲话库里有{len(spots)}处{more}：",
        *lines,
        "贴进章节以后，在前面写一句引入的话；要起永久链接名的，在第一行下面加 :name:，如 :name: zuofeng-xizhi。",
    ], True


def _data(spot: Passage, archive: Archive, *, exact: bool) -> dict[str, object]:
    """As DESIGN.md has the places of quotations: ``start`` and ``end`` are code points of the received text."""
    return {
        "speech": spot.speech, "locator": spot.locator, "place": place(spot, archive), "exact": exact,
        "start": spot.start, "end": spot.end, "text": spot.text,
    }  # fmt: skip


def _whole(speech: Speech, span: Span) -> Span:
    """Widened so that no word with a recorded correction is cut in half."""
    for emendation in speech.emendations:
        if emendation.span.start < span.end and span.start < emendation.span.end:
            span = Span(min(span.start, emendation.span.start), max(span.end, emendation.span.end))
    return span


def _found(spot: Passage, archive: Archive) -> list[str]:
    speech = archive.speeches[spot.speech]
    lines = [f"{spot.speech} {spot.locator}　{place(spot, archive)}"]
    blocked = [r for r in speech.restrictions if r.span.overlaps(Span(spot.start, spot.end))]
    hard = [r for r in blocked if r.kind is not RestrictionKind.SECONDHAND]
    if hard:
        return [*lines, f"    不得引用：{hard[0].reason or '登记中限制引用'}", ""]
    paragraph = speech.outline.paragraph_at(spot.start)
    if paragraph is None or paragraph.end < spot.end:
        return [*lines, f"    {flat(spot.text, 120)}", ""]
    text = marked_text(speech, spot.start, spot.end)
    if blocked:
        lines.append("    这是讲话人转述的话，引用要加 :secondhand:。")
    lines += [
        f"    注意：{cut.where}有“{'、'.join(cut.words)}”（{flat(cut.context, 60)}），截取时不要改变原意。"
        for cut in clippings(speech, (Span(spot.start, spot.end),))
    ]
    lines += ["", f"（引入的话：{place(spot, archive)}讲到……）", ""]
    lines += [f":::{{excerpt}} {spot.speech} {spot.locator}", text, ":::"]
    lines += [f"或行内：{{quote}}`{text} <{spot.speech} {spot.locator}>`", ""]
    return lines
