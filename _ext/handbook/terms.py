"""``handbook terms``: candidates for terms.txt, for an editor to choose from."""

from __future__ import annotations

from pathlib import Path

import click

from speeches.core.prose.candidates import candidates
from speeches.core.prose.terms import read_terms
from speeches.core.source.archive import load_archive


def run_terms(root: Path, *, least: int, limit: int) -> int:
    """Print what recurs in speeches and chapters and is not in terms.txt yet."""
    texts = [speech.text for speech in load_archive(root / "source_speeches")]
    texts += [path.read_text(encoding="utf-8") for path in sorted((root / "chapters").glob("**/*.md"))]
    found = candidates(texts, read_terms(root / "terms.txt"), least)
    click.echo("词语\t次数\t篇数")
    for candidate in found[:limit]:
        click.echo(f"{candidate.term}\t{candidate.count}\t{candidate.texts}")
    return 0
