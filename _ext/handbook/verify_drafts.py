"""What ``handbook verify DRAFT…`` does: drafts in; a list, JSON, or the same Word documents with comments out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from drafts.draft import Draft, DraftError
from drafts.judge import Judged
from drafts.quoted import Finder
from drafts.read import OFFICE_FILES, WORD_FILES, read_draft
from drafts.telling import item, readable, told, unreadable_item
from drafts.verifying import default_out, verify_draft
from speeches.core.source.archive import Archive
from zh.terminal import say


@dataclass(frozen=True, slots=True)
class Wish:
    """``comments``: write the annotated document; ``out``: where (beside the draft when None); ``as_json``: the list."""

    comments: bool
    out: Path | None
    as_json: bool


def run_drafts(paths: Sequence[Path], archive: Archive, terms: Sequence[str], wish: Wish) -> int:
    """Exit status: 0 every quotation agrees, 1 one does not, 2 a file could not be read."""
    if wish.out is not None and (len(paths) > 1 or not wish.comments):
        raise click.ClickException("--out 要和 --comments 一起用，而且一次只能核对一个文件。")
    finder = Finder(archive, terms)
    items: list[dict[str, object]] = []
    status = 0
    for path in paths:
        try:
            draft, judged = _one(path, archive, finder, wish)
        except DraftError as error:
            say(f"错误：{error}", err=True)
            status = 2
            continue
        if draft.unreadable or draft.unread:
            items.append(unreadable_item(draft))
        items += [item(one, draft.name) for one in judged]
        if not wish.as_json:
            say("\n".join(_lines(draft, judged, archive)))
        if status == 0 and (draft.unreadable or draft.unread or not all(one.passed for one in judged)):
            status = 1
    if wish.as_json:
        say(json.dumps(items, ensure_ascii=False, indent=1))
    return status


def _one(path: Path, archive: Archive, finder: Finder, wish: Wish) -> tuple[Draft, tuple[Judged, ...]]:
    suffix = path.suffix.lower()
    if not wish.comments:
        draft = read_draft(path)
        return draft, verify_draft(draft, archive, finder)
    if suffix not in WORD_FILES | OFFICE_FILES:
        raise DraftError(f"{path.name}：批注只能写进 Word、WPS 文件。这种文件请去掉 --comments，结果直接显示出来。")
    from drafts.comments import write_comments
    from drafts.read import as_word, regular
    from drafts.word import WordDocument

    regular(path)
    out = wish.out or default_out(path)
    if out.resolve() == path.resolve():
        raise DraftError(f"{path.name}：不能写回原稿。请用 --out 另写一个文件名。")
    if out.suffix.lower() != ".docx":
        raise DraftError(f"{out.name}：写出的文件名要以 .docx 结尾。")
    with ExitStack() as stack:
        document = WordDocument.open(stack.enter_context(as_word(path)), name=path.name)
        draft = document.draft(path.name)
        judged = verify_draft(draft, archive, finder)
        try:
            write_comments(document, [(one.quotation, told(one, archive)) for one in judged], out)
        except OSError as error:
            raise DraftError(
                f"{out.name} 写不进去（{error.strerror}）。请核对磁盘空间和文件夹权限，或用 --out 换个地方。"
            ) from error
    say(f"批注写在 {out}", err=wish.as_json)
    return draft, judged


def _lines(draft: Draft, judged: Sequence[Judged], archive: Archive) -> list[str]:
    lines = [f"{draft.name}：{notice}" for notice in draft.notices]
    lines += [f"{draft.name}：无法核对。{unread}" for unread in draft.unread]
    if draft.unreadable:
        return [*lines, f"{draft.name}：无法核对。{draft.unreadable}"]
    good = sum(one.passed for one in judged)
    for one in judged:
        where = one.quotation.paragraph.where
        if not one.passed:
            first, *rest = told(one, archive)
            lines += [
                f"{draft.name} {where}：{first}",
                f"  稿中写的：{readable(one.quotation.text)}",
                *(f"  {line}" for line in rest),
            ]
    return [
        *lines,
        f"{draft.name}：引文{len(judged)}处，与存档文本核对一致{good}处，要看的{len(judged) - good}处。",
        "“一致”指与存档文本一致；存档文本未与讲话原件核对。",
    ]
