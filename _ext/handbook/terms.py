"""``handbook terms``: candidates for terms.txt, for an editor to choose from."""

from __future__ import annotations

from pathlib import Path

import click

from speeches.core.prose.candidates import candidates
from zh.encoding import UnreadableError, bounded, decoded
from zh.terminal import say

from .chinese import ChineseCommand
from .conf import archive_of, terms_of
from .options import listed_words, load_speeches, root_option


@click.command(cls=ChineseCommand)
@click.option("--least", type=click.IntRange(min=1), default=3, help="至少出现几次，默认3次")
@click.option("--limit", type=click.IntRange(min=1), default=100, help="最多列几个，默认100个")
@root_option
def command(least: int, limit: int, root: Path) -> int:
    """从讲话和各章里找出反复出现、还没有收进 terms.txt 的词语，供编辑挑选。"""
    folder = archive_of(root)
    texts = [speech.text for speech in load_speeches(folder, root, bare_ids=False)]
    for path in sorted((root / "chapters").glob("**/*.md")):
        try:
            texts.append(decoded(bounded(path)))
        except UnreadableError as error:
            say(f"{path.relative_to(root)}:{error.line}: {error}这一章没有算在内。", err=True)
    words = terms_of(root)
    found = candidates(texts, listed_words(words), least)
    say("词语\t次数\t篇数")
    for candidate in found[:limit]:
        say(f"{candidate.term}\t{candidate.count}\t{candidate.texts}")
    return 0
