"""``handbook new``: a handbook of one's own, begun; and its example speech taken out again."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import click

from zh.files import write_atomically
from zh.terminal import harmless, say
from zh.typed import typed

from .chinese import ChineseCommand
from .fresh import EXAMPLE, Chapter, files_of, is_example, quotes_example, without_example

_CHAPTERS = "办文、办会、办事"
_UNSAFE = set('"\\$`{}<>|*_#\r\n\t')


@click.command(cls=ChineseCommand, epilog="例：handbook new 信访手册 --title 信访工作手册 --chapters 接访、督办、化解")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path), default=Path())
@click.option("--title", default="", help="书名，不写就用文件夹的名字")
@click.option("--unit", default="", help="编印单位，不写就留空")
@click.option("--chapters", default=_CHAPTERS, show_default=False, help=f"各章的名字，用顿号隔开，默认 {_CHAPTERS}")
@click.option("--without-example", is_flag=True, help="不要编造的示例讲话")
@click.option("--drop-example", is_flag=True, help="在写好的手册里删去示例讲话和引它的例子")
@click.pass_context
def command(
    ctx: click.Context, folder: Path, title: str, unit: str, chapters: str, without_example: bool, drop_example: bool
) -> int:
    """另编一本：新建一个手册文件夹，章名自己定，附一篇编造的示例讲话照着学，建好就能生成、核对、印刷。

    文件夹里已经有东西的，不动。退出码：0 建好了；2 没有建，什么也没有写。
    """
    if drop_example:
        return _drop(folder)
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise click.ClickException(f"{folder} 里已经有东西，没有动它。请换一个新的文件夹名。")
    title = title or target.name
    for name, value in (("书名", title), ("编印单位", unit), ("章名", chapters)):
        if harmless(value) != value or _UNSAFE & set(value):
            raise click.ClickException(f"{name}里有不能用的符号（引号、反斜线、井号一类）：{harmless(value)}")
    values = {"title": title, "author": unit or f"{title}编写组", "unit": unit, "release": time.strftime("%Y.%m")}
    named = _named(chapters)
    try:
        _make(ctx, target, values, named, example=not without_example)
    except OSError as error:
        raise click.ClickException(
            f"建不成，什么也没有留下：{error.filename or folder}：{error.strerror or error}。"
        ) from None
    say(f"建好了：{target}　《{title}》，{len(named)}章：{'、'.join(chapter.name for chapter in named)}")
    enter = "" if target == Path.cwd() else "进入这个文件夹，"
    build, guide = typed("handbook build", target), typed("handbook guide", target)
    say(f"接着：{enter}运行 {build}；怎样加讲话和摘录，运行 {guide}，或看里面的 README.md。")
    return 0


def _named(chapters: str) -> tuple[Chapter, ...]:
    from intake.slug import slug

    taken: set[str] = {"book", "preface"}
    named = []
    for name in dict.fromkeys(
        filter(None, (part.strip() for part in chapters.replace(",", "、").replace("，", "、").split("、")))
    ):
        named.append(Chapter(slug(name, taken), name))
        taken.add(named[-1].slug)
    if not named:
        raise click.ClickException("至少要有一章。例如 --chapters 办文、办会、办事")
    return tuple(named)


def _make(
    ctx: click.Context, target: Path, values: dict[str, str], chapters: tuple[Chapter, ...], *, example: bool
) -> None:
    """In a folder beside, which is then renamed or emptied into an empty one that is there: whole or not at all."""
    from . import accept

    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    try:
        (draft / "source_speeches").mkdir()
        for name, content in files_of(values, chapters, example=example):
            write_atomically(draft / name, content)
        with redirect_stdout(StringIO()):
            status = ctx.invoke(accept.command, everything=True, by="示例", root=draft)
        if status:
            raise click.ClickException("示例没有通过核对，没有建成。这是程序的毛病，请告诉维护的人。")
        shutil.rmtree(draft / "_build", ignore_errors=True)
        draft.chmod(0o755)
        if target.exists():
            _fill(target, draft)
        else:
            draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _fill(target: Path, draft: Path) -> None:
    """Into an empty folder that is there: the terminal may stand in it, so it is not replaced. conf.py makes it a
    handbook and comes last."""
    try:
        for path in sorted(draft.iterdir(), key=lambda path: path.name == "conf.py"):
            path.rename(target / path.name)
    except OSError:
        for path in list(target.iterdir()):
            path.rename(draft / path.name)
        raise
    draft.rmdir()


def _drop(folder: Path) -> int:
    """The example speech, what quotes it between its marks, and its lines of the lock; nothing else."""
    from speeches.core.errors import LockError
    from speeches.core.review.lockfile import Lock, format_lock, read_lock

    from .alone import writing

    speech = folder / "source_speeches" / f"{EXAMPLE}.txt"
    if not speech.is_file() or not is_example(speech.read_bytes()):
        raise click.ClickException(f"{folder} 里没有示例讲话，什么也没有删。")
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("[!_.]*/**/*.md"))}
    changed = {path: without_example(text) for path, text in pages.items() if without_example(text) != text}
    left = [
        f"{path.relative_to(folder)}:{line}"
        for path, text in pages.items()
        for line in quotes_example(changed.get(path, text))
    ]
    if left:
        raise click.ClickException(f"这些地方还引着示例讲话，请先改掉，什么也没有删：{'、'.join(left)}")
    path = folder / "excerpts.lock"
    try:
        lock = read_lock(path)
    except LockError as error:
        raise click.ClickException(f"核对记录读不懂，什么也没有删：\n{error}") from None
    kept = Lock(
        {key: entry for key, entry in lock.quotations.items() if entry.speech != EXAMPLE},
        {key: entry for key, entry in lock.speeches.items() if key != EXAMPLE},
    )
    with writing(folder.resolve(), path, *changed):
        for page, text in changed.items():
            write_atomically(page, text)
        write_atomically(path, format_lock(kept))
        speech.with_suffix(".toml").unlink(missing_ok=True)
        speech.unlink()
    say(f"示例讲话删去了，改了{len(changed)}个章节文件。")
    return 0
