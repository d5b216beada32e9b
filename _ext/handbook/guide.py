"""``handbook guide``: 编辑手册的人怎么用, as words in the terminal or as one page with its pictures."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import click

from zh.files import write_atomically
from zh.terminal import say
from zh.typed import typed

from .chinese import ChineseCommand

_FOLDER = Path(__file__).parent / "data" / "guide"
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\n+")
_SOURCE = re.compile(r'src="([\w-]+\.png)"')
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>编辑手册的人怎么用</title>
<style>body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.8; font-family: sans-serif }}
pre {{ background: #f3f3f3; padding: .6rem 1rem; overflow-x: auto; line-height: 1.5 }} img {{ max-width: 100%; border: 1px solid #ccc }}</style>
</head><body>
{body}</body></html>
"""


@click.command(cls=ChineseCommand, epilog="例：handbook guide --out 用法.html　　带图的一页，双击就能看")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="写成带图的网页")
def command(out: Path | None) -> int:
    """编辑手册的人怎么用：从收到一篇 Word 讲话，到印出一条核对过的摘录，六步。退出码：0 显示了；2 网页写不成。"""
    text = (_FOLDER / "guide.md").read_text(encoding="utf-8")
    if out is None:
        say(_PICTURE.sub("", text))
        say(f"带图的一页：{typed('handbook guide --out 用法.html')}")
        return 0
    if out.exists():
        raise click.ClickException(f"已经有 {out}，没有动它。请换一个文件名。")
    try:
        write_atomically(out, _page(text))
    except OSError as error:
        raise click.ClickException(f"{out} 写不成：{error.strerror or error}。") from None
    say(f"写好了：{out}")
    return 0


def _page(text: str) -> str:
    """The pictures inside, so that it is one file."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).render(text)
    return _PAGE.format(body=_SOURCE.sub(lambda match: f'src="{_embedded(_FOLDER / match[1])}"', body))


def _embedded(picture: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode('ascii')}"
