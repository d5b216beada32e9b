"""``handbook add``: a speech from an office's file into the archive, with a record proposed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from drafts.draft import DRAWN, Draft, DraftError
from drafts.read import WORD_FILES, read_draft
from intake.propose import Proposal, propose
from intake.record import record_text
from intake.slug import slug
from intake.store import Incoming, TakenError, places, store
from intake.twins import twin_of
from speeches.core.source.archive import SPEECH_ID, Archive, load_archive
from zh.terminal import harmless, say
from zh.typed import typed

from .alone import writing
from .chinese import ChineseCommand
from .conf import archive_of
from .options import json_option, root_option, say_json


@click.command(
    cls=ChineseCommand, epilog="例：handbook add 讲话.docx --title 在全县办公室工作会议上的讲话 --date 2019-08-15"
)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@root_option
@click.option("--id", "speech", default="", help="讲话编号（小写英文字母、数字和连字符），不写就用题名的拼音")
@click.option("--title", default="", help="题名，不写就从文中取")
@click.option("--date", default="", help="日期，如 2019-08-15；文中写明的会自己取")
@click.option("--even-if-alike", is_flag=True, help="讲话库里有很相近的一篇，确实是另一篇的，也收进来")
@json_option
def command(
    files: tuple[Path, ...], root: Path, speech: str, title: str, date: str, even_if_alike: bool, as_json: bool
) -> int:
    """把讲话收进讲话库：文件可以是 docx、txt、md、html、pdf（装有 LibreOffice 的，还有 doc、wps、odt）。

    收到的文件原样存一份，正文取成文本，登记由程序写好，请人看一遍。不覆盖任何文件；一篇的文件要么全写成，要么都不写。
    退出码：0 都收进来了；1 有重复的，没有收；2 有文件读不出来，或写不进去。
    """
    if len(files) > 1 and (speech or title or date):
        raise click.ClickException("--id、--title、--date 只能在一次收一个文件时用。")
    if speech and not SPEECH_ID.match(speech):
        raise click.ClickException(f"讲话编号“{speech}”不行：只能用小写英文字母、数字和连字符，如 county-office-2019。")
    outcomes = []
    for path in files:
        try:
            outcome = _add(path, root, speech, title, date, even_if_alike)
        except (DraftError, TakenError, OSError) as error:
            outcome = Outcome(str(path), 2, notices=(f"错误：{harmless(_why(error))}",))
        for line in outcome.notices:
            say(line, err=True)
        if outcome.lines and not as_json:
            say("\n".join(outcome.lines))
        outcomes.append(outcome)
    if as_json:
        say_json([asdict(outcome) for outcome in outcomes])
    return max(outcome.status for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. ``status``: 0 taken in, 1 much like ``alike``, 2 it could not be.

    ``written``: files, relative to the handbook; ``notices``: what went wrong or wants a look; ``lines``: what was done.
    """

    file: str
    status: int
    speech: str = ""
    title: str = ""
    date: str = ""
    alike: str = ""
    written: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def _why(error: Exception) -> str:
    if isinstance(error, TakenError):
        return f"{error} 已经有了，没有改动它。请用 --id 换一个编号。"
    if isinstance(error, OSError):
        return f"写不进去（{error.strerror}），讲话库没有改动。请核对磁盘空间和文件夹权限。"
    return str(error)


def _add(path: Path, root: Path, speech: str, title: str, date: str, even_if_alike: bool) -> Outcome:
    folder = archive_of(root)
    loaded = load_archive(folder)  # its index is of all speeches, and is not kept for those that have a record
    # A text without a record is what a killed run left; it is taken up again.
    archive = replace(loaded, speeches={i: speech for i, speech in loaded.speeches.items() if speech.record})
    draft = read_draft(path)
    if draft.unreadable:
        raise DraftError(f"{path.name}：{draft.unreadable}")
    notices = [f"{path.name}：{notice}" for notice in (*draft.notices, *draft.unread, *_drawn(draft))]
    data = path.read_bytes()
    text, how = _text(path, draft, data)
    twin = twin_of(text.decode("utf-8"), archive)
    if twin is not None and not even_if_alike:
        alike = "是同一篇" if twin.share > 0.98 else f"有{twin.share:.0%}的文字相同"
        known = archive.speeches[twin.speech]
        notices.append(
            f"{path.name}：没有收。它与讲话库里的 {twin.speech}（《{known.title}》）{alike}。"
            "确实是另一篇的，加 --even-if-alike 再收。"
        )
        return Outcome(str(path), 1, alike=twin.speech, notices=tuple(notices))
    proposal = propose(text.decode("utf-8"))
    title = title or proposal.title
    if not title:
        raise DraftError(f"{path.name}：看不出题名。请用 --title 写明，例如 --title 在某某会议上的讲话。")
    speech = speech or slug(title, set(archive.ids()))
    digest = hashlib.sha256(data).hexdigest()
    received = f"{speech}{path.suffix.lower()}"
    record = record_text(
        proposal, title=title, date=date or proposal.date, received=received, received_sha256=digest,
        extracted=how, sha256=hashlib.sha256(text).hexdigest(),
    )  # fmt: skip
    written = [str(file) for file in _stored(root, Incoming(speech, text, record, (received, data)))]
    date = date or proposal.date
    lines = [*(f"写了 {file}" for file in written), *_told(speech, title, date, proposal, load_archive(folder))]
    return Outcome(
        str(path), 0, speech, title, date, written=tuple(written), notices=tuple(notices), lines=tuple(lines)
    )


def _stored(root: Path, incoming: Incoming) -> tuple[Path, ...]:
    folder = archive_of(root)
    with writing(root, *places(folder, incoming)):
        return store(folder, incoming)


def _text(path: Path, draft: Draft, data: bytes) -> tuple[bytes, str]:
    """The text to archive and how it was taken: a UTF-8 text byte for byte, of all else a line a paragraph."""
    if path.suffix.lower() == ".txt":
        try:
            data.decode("utf-8")
            return data, "原文件"
        except UnicodeDecodeError:
            pass
    later = [p for p in draft.paragraphs if p.version in ("", "改后")]
    text = "".join(f"{p.text.replace(DRAWN, '').rstrip()}\n" for p in later)
    kind = "Word 文件的段落" if path.suffix.lower() in WORD_FILES else f"{path.suffix.lower().lstrip('.')} 文件的段落"
    revised = "，有修订的取改后" if any(p.version for p in draft.paragraphs) else ""
    return text.encode("utf-8"), f"handbook add：{kind}，一段一行{revised}"


def _drawn(draft: Draft) -> Iterator[str]:
    """Characters that are drawn are missing from the text: a person must look."""
    places = [p.where for p in draft.paragraphs if DRAWN in p.text]
    if places:
        where = "、".join(dict.fromkeys(places))
        yield f"{where}里有图片、公式、画出来的字（没有取）或划掉的字（照样取了）。请对照原件，该改的先在 Word 里改好再收。"


def _told(speech: str, title: str, date: str, proposal: Proposal, archive: Archive) -> list[str]:
    loaded = archive.speeches.get(speech)
    lines = [f"《{title}》收进了讲话库，编号 {speech}；日期：{date or '不明'}。"]
    lines += [f"  第{line}行不算正文：{why}" for line, why in sorted(proposal.why.items())]
    lines += [f"  第{a}行和第{b}行像是断开的一句话，写进了登记的说明" for a, b in proposal.joins]
    lines += [f"  第{s.line}行的“{s.original}”可能应为“{s.reading}”，写进了登记的说明" for s in proposal.suspects]
    if loaded is not None:
        headings = [heading.title for heading in loaded.outline.headings]
        lines += [f"  提纲：{'　'.join(headings[:12])}"] if headings else ["  没有看出分部分的标题"]
    lines.append(
        f"请对照原件看一遍 {archive.root.name}/{speech}.toml，再用 {typed('handbook find')} 或 {typed('handbook suggest')} 找要引的话。"
    )
    return [harmless(line) for line in lines]
