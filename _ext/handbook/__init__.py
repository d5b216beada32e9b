"""The ``handbook`` command. Each subcommand is a module of its name and is imported when it is asked for."""

from __future__ import annotations

import io
import sys

try:
    import click
except ModuleNotFoundError:  # installed for one extension only
    sys.exit('handbook 命令要装全：pip install "office-handbook[handbook]"')

from zh.terminal import say

from .chinese import ChineseGroup, explain

COMMANDS = {
    "编书": {
        "guide": "怎么用：从收讲话到印出来的六步，有图",
        "new": "另编一本：新建一个手册文件夹",
        "add": "把一篇讲话（Word、文本、网页、PDF）收进讲话库",
        "find": "在讲话库里查一段话",
        "serve": "边改边看：保存后网页自动刷新",
        "suggest": "还没有引用的话里，哪些适合某一章或某几个词",
        "check": "核对全书引文（严格）",
        "accept": "看过之后认可引文，写入核对记录",
        "coverage": "各篇讲话引用了哪些、没引哪些",
        "terms": "列出可以收进 terms.txt 的词语",
    },
    "出书": {
        "build": "生成网站和印刷文件，并核对引文",
        "html": "只生成网站",
        "pdf": "只生成 A4 印刷文件",
        "handout": "只印一章的讲义",
        "word": "把全书或一章做成 Word 文件，供人修改",
        "revised": "看别人在那个 Word 文件里改了什么",
        "check-print": "付印前核对：从印好的文件里读回引文",
        "ids": "列出永久编号；发布新的编号",
        "edition": "发布一版：网站、印刷文件、核对报告和校验值放进一个文件夹",
        "diff": "比较两版的核对报告，说明改了什么",
        "fonts": "备齐印刷用的字体",
        "latex": "生成 LaTeX 源文件",
    },
    "手册以外": {
        "cite": "给出一章、一节、一条摘录或一篇讲话的引用格式",
        "verify": "核对手册以外的引文",
        "onboarding": "生成《入职指引》：从另一个项目引用手册的例子",
    },
    "程序": {
        "doctor": "这台电脑上缺什么、怎么补",
        "bundle": "做一个离线安装包，给不能联网的电脑",
        "test": "运行全部测试",
        "lint": "检查程序的写法、格式和类型",
        "licences": "列出网站和印刷文件里别人做的东西和各自的许可（CycloneDX）",
        "clean": "删除生成的文件和缓存",
    },
}
"""Heading in the help → name → what it does. The module of ``check-print`` is ``check_print``; its ``command`` is run."""

handbook = ChineseGroup(
    name="handbook",
    package=__name__,
    commands=COMMANDS,
    help="办公室工作手册的命令。各命令的用法：handbook 命令 --help；从收讲话到印出来的六步：handbook guide",
)


def main(arguments: list[str] | None = None) -> int:
    """Entry point. Exit status: 0 all is well, 1 something does not pass, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal says itself what it can show; what goes into a file or a program is UTF-8.
            keeps = stream.isatty() and stream.encoding.lower() not in ("ascii", "ansi_x3.4-1968")
            stream.reconfigure(encoding=None if keeps else "utf-8", errors="backslashreplace")
    try:
        result = handbook.main(args=arguments, prog_name="handbook", standalone_mode=False)
    except click.ClickException as error:
        say(f"错误：{explain(error)}", err=True)
        return 2
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("已中断，没有改动任何文件。", err=True)
        return 2
    except BrokenPipeError:
        return 2
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
