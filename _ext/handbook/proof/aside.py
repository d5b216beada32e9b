"""What a PDF says beside its pages: its name, description, bookmarks, destinations. A reader finds them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from speeches.core.prose.withheld import Secrets
from speeches.core.source.archive import Archive
from zh.typed import typed
from zhprint.reading import Printed, squeeze


def withheld_aside(path: Path, printed: Printed, archive: Archive) -> Iterator[str]:
    """Withheld words in any of it. The words are not repeated."""
    titles = (title for _, title, _ in printed.titles)
    said = "\n".join(squeeze(text) for text in (path.stem, *printed.aside, *titles))
    if found := Secrets.of(archive).first_in(said):
        yield (
            f"{path.name} 的文件名、文件属性或书签里有讲话 {found[1]} 里登记为不得刊出的文字。\n"
            f"  怎么办：不要付印；请查 conf.py 和各章的标题，改好后重新运行 {typed('handbook pdf')}。"
        )
