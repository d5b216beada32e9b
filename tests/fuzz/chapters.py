"""One small book, built again and again with another chapter: directives and roles with whatever is written into them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import StringIO
from pathlib import Path

from book import copy_root
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

CHAPTER = "chapters/fuzz.md"
ALL = """\
(fuzz-one)=
# 题

:::{excerpt} lamp p4.s1
:name: fuzz
:prefix: 前
:suffix: 后
:note: 编者注
:secondhand:
守灯人的本分，是天黑之前把灯点亮。
:::

:::{excerpt} lamp p5.s1-2
:from: 灯
:to: 油
:::

句子里{quote}`灯油要一勺一勺地添 <lamp p5>`，见{excerpt}`watch`、{speech}`river`、{called}`lamp`、{passage}`lamp p4`，
{saying}`船到桥头自然直`，共{speech-count}`*`篇，{excerpt-count}`chapters/one`条，{{ unit }}。

:::{form}
交办人 | | 日期 |
办什么 | 高3行

# 时间:3 | 进展:10 | 报给谁:3
空4行
:::

:::{checklist}
新人

- 看过
:::

:::{notes-space}
:::

:::{verification-table}
:::

:::{table} 表
| 甲 | 乙 |
|---|---|
| 一 | 二 |
:::

```{index} 守灯
```

```{literalinclude} one.md
:lines: 1-2
```

:::{card} 题
文
:::

[字](one.md) ![图](a.png) <!-- 注 --> % 注
"""


@cache
def _app() -> Sphinx:
    """The book, built once. It goes when the process ends."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    book = copy_root("book", Path(folder) / "book")
    conf = book.path("conf.py").read_text(encoding="utf-8")
    more = '"speeches", "permalink", "citable", "teaching", "booksite", "zhindex", "sphinx_design", "manuscript"]'
    book.write("conf.py", conf.replace('"speeches"]', more) + "myst_substitutions = {'unit': '某'}\n")
    book.write(CHAPTER, "# 题\n")
    app = Sphinx(
        srcdir=book.root, confdir=book.root, outdir=book.root / "_build/html", doctreedir=book.root / "_build/doctrees",
        buildername="html", status=StringIO(), warning=StringIO(),
    )  # fmt: skip
    app.build()
    return app


@contextmanager
def registered() -> Iterator[None]:
    """While the book lives: what it registers with docutils is undone afterwards, and the book is given up with it."""
    with docutils_namespace():
        try:
            yield
        finally:
            _app.cache_clear()


def read(chapter: str) -> None:
    """Read this one chapter: its directives and roles run, nothing is checked or written."""
    app = _app()
    docname = CHAPTER.removesuffix(".md")
    Path(app.srcdir, CHAPTER).write_text(chapter, encoding="utf-8")
    app.env.clear_doc(docname)
    app.events.emit("env-purge-doc", app.env, docname)
    app.builder.read_doc(docname)


def build(chapter: str) -> None:
    """Read, check and write this one chapter; the archive is not read anew."""
    app = _app()
    path = Path(app.srcdir, CHAPTER)
    path.write_text(chapter, encoding="utf-8")
    app.build(filenames=[str(path)])
    if not Path(app.outdir, CHAPTER).with_suffix(".html").is_file():
        raise AssertionError("no page was written")
