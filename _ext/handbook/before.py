"""What an edition still wants, all of it at once, before anything of it is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from permalink.checking import problem_count, read_published
from permalink.collect import public_ids
from permalink.published import published_with
from zh.typed import typed

_SHOWN = 10


def wanting(app: Sphinx, root: Path) -> Iterator[str]:
    """One sentence a thing, with what to do. ``app``: a finished build with ``verify``."""
    if app.statuscode or problem_count(app.env):
        yield f"核对没有通过。请先按上面的提示处理，直到 {typed('handbook check')} 通过"
    published = read_published(app)
    current = {i: found.page for i, found in public_ids(app.env).items()}
    if new := len(published_with(published, current, app.config.version)) - len(published):
        yield f"有{new}个新的永久编号还没有发布。请先运行 {typed('handbook ids --publish')}"
    if pages := [str(app.env.doc2path(name, base=False)) for name in _outside(app)]:
        more = f"等{len(pages)}页" if len(pages) > _SHOWN else ""
        yield (
            f"没有列进目录的页：{'、'.join(pages[:_SHOWN])}{more}。请写进 index.md 的目录；"
            "讲话原文由附录里的一页用 :::{speech-pages} 列出"
        )
    yield from _fonts(app, root)


def _fonts(app: Sphinx, root: Path) -> Iterator[str]:
    from zhprint.config import PrintConfig
    from zhprint.faces import find_fonts
    from zhprint.fetch import font_folder
    from zhprint.messages import PrintError

    config = PrintConfig.of(app.config)
    office = root / config.fonts if config.fonts else None
    try:
        find_fonts(office, font_folder(root / config.font_cache), config.system_fonts)
    except PrintError as error:
        yield str(error).rstrip("。")


def _outside(app: Sphinx) -> list[str]:
    """Documents that no table of contents leads to."""
    env = app.env
    return [
        name
        for name in sorted(env.found_docs)
        if name != app.config.root_doc and name not in env.files_to_rebuild and "orphan" not in env.metadata[name]
    ]
