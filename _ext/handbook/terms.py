"""``handbook terms``: candidates for terms.txt, for an editor to choose from."""

from __future__ import annotations

from pathlib import Path

import click

from speeches.core.prose.candidates import candidates
from speeches.core.source.archive import load_archive
from zh.words import read_words

from .chinese import ChineseCommand
from .options import root_option


@click.command(cls=ChineseCommand)
@click.option("--least", type=click.IntRange(min=1), default=3, help="至少出现几次，默认3次")
@click.option("--limit", type=click.IntRange(min=1), default=100, help="最多列几个，默认100个")
@root_option
def command(least: int, limit: int, root: Path) -> int:
    """从讲话和各章里找出反复出现、还没有收进 terms.txt 的词语，供编辑挑选。"""
    texts = [speech.text for speech in load_archive(root / "source_speeches")]
    texts += [path.read_text(encoding="utf-8") for path in sorted((root / "chapters").glob("**/*.md"))]
    found = candidates(texts, read_words(root / "terms.txt"), least)
    click.echo("词语\t次数\t篇数")
    for candidate in found[:limit]:
        click.echo(f"{candidate.term}\t{candidate.count}\t{candidate.texts}")
    return 0
