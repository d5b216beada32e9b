"""A small book with one of everything, built once; what is missing skips, or fails when all is required."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from support import ROOT, write_archive

FONTS = ROOT / ".fonts"
EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}
Edition = Callable[..., Path]

CONF = """
project = "小册子"
author = "编写组"
version = "一版"
language = "zh_CN"
extensions = ["myst_parser", "sphinx_design", "speeches", "teaching", "zhprint"]
root_doc = "index"
include_patterns = ["index.md", "chapters/**", "source_speeches/*.txt"]
primary_domain = "speech"
smartquotes = False
myst_enable_extensions = ["colon_fence"]
zhprint_exclude = ["source_speeches/*"]
zhprint_unit = "某办公室"
zhprint_notice = "内部资料，免费交流"
zhprint_system_fonts = False
"""

INDEX = """# 小册子

```{toctree}
chapters/preface
```

```{toctree}
:numbered:

chapters/one
chapters/two
```

```{toctree}
chapters/end
```
"""

PREFACE = "(preface)=\n# 编写说明\n\n说明见{ref}`one`和{ref}`end`。脚注[^a]两处[^b]。\n\n[^a]: 甲注。\n[^b]: 乙注。\n"

ONE = """(one)=
# 定位

办公室常说{quote}`工作无小事 <alpha>`，再说{quote}`工作无小事 <alpha>`。

```{index} 作风, 定位; 办公室
```

下面一段：

:::{excerpt} alpha p2
:name: one
办公室工作无小事。位臵〔置〕要摆正……都要认真。
:::

GB/T 9704—2012 # $x$ `code` *强调* **加粗** @ < > [ ] \\\\ 与 $ 号，http://example.org/a_b 也在。

::::{grid} 2
:::{grid-item-card} 卡片甲
内容甲。
:::
:::{grid-item-card} 卡片乙
内容乙，长一些。
:::
::::

::::{tab-set}
:::{tab-item} 标签甲
标签内容甲。
:::
::::

:::{dropdown} 展开
下拉内容。
:::

:::{table} 一张表
| 甲 | 乙 |
|---|---|
| 见{excerpt}`one` | 　 |
:::

:::{checklist}
- 核对文件（{excerpt}`one`）
:::

:::{notes-space}
:::

本章完。
"""

TWO = (
    "(two)=\n# 能力\n\n"
    + "".join(
        f"## 第{n}节\n\n"
        + "这一段写办公室的日常工作，文件、会议、接待都在里面。" * 12
        + "\n\n```{index} 重要性\n```\n\n"
        "重要性在此。\n\n"
        for n in range(1, 9)
    )
    + ":::{excerpt} alpha p3\n:name: two\n要把文件一字一句看清楚，再把会议一件一件办好。\n:::\n"
)

END = "(end)=\n# 出处\n\n见{ref}`two`。\n"

SPEECH = "办公室讲话\n办公室工作无小事。位臵要摆正，大小事都要认真。\n要把文件一字一句看清楚，再把会议一件一件办好。\n"
RECORD = """title = "在办公室的讲话"
[[emendation]]
line = 2
original = "位臵"
reading = "位置"
kind = "wrong"
"""


def write_book(folder: Path) -> Path:
    """The sources of the small book."""
    (folder / "chapters").mkdir(parents=True)
    (folder / "conf.py").write_text(CONF + f"zhprint_font_cache = {str(FONTS)!r}\n", encoding="utf-8")
    (folder / "index.md").write_text(INDEX, encoding="utf-8")
    for name, text in (("preface", PREFACE), ("one", ONE), ("two", TWO), ("end", END)):
        (folder / f"chapters/{name}.md").write_text(text, encoding="utf-8")
    write_archive(folder / "source_speeches", {"alpha": SPEECH}, {"alpha": RECORD})
    return folder


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that one of the test processes fills and all of them read."""
    shared = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    folder = shared / name
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + 900  # only a hang ends it: a busy machine is slow
        while not any((folder / state).exists() for state in ("done", "failed")):
            assert time.monotonic() < end, f"{name}：等不到另一个测试进程"
            time.sleep(0.1)
    else:
        try:
            make(folder)
        except BaseException:
            (folder / "failed").touch()
            raise
        (folder / "done").touch()
    assert not (folder / "failed").exists(), f"{name}：在另一个测试进程里没有做成"
    return folder


def build(
    folder: Path, out: Path, *options: str, builder: str = "typst", doctrees: Path | None = None, **environment: str
) -> str:
    """Run Sphinx; what it said. Fails the test when it fails."""
    done = run(folder, out, *options, builder=builder, doctrees=doctrees, **environment)
    assert done.returncode == 0, done.stderr
    return done.stderr


def run(
    folder: Path, out: Path, *options: str, builder: str = "typst", doctrees: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Sphinx in a process of its own, as an editor would."""
    paths = os.pathsep.join([str(ROOT / "_ext"), os.environ.get("PYTHONPATH", "")])
    trees = str(doctrees or out.parent / "doctrees")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-d", trees, *options]
    return subprocess.run(
        [*command, str(folder), str(out)], capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip


def have_fonts() -> bool:
    """Whether the free fonts have been fetched."""
    return (FONTS / "NotoSerifSC_400Regular.ttf").is_file() and (FONTS / "FandolFang-Regular.otf").is_file()


def have_pdftotext() -> bool:
    """Whether poppler's reader is installed."""
    return shutil.which("pdftotext") is not None
