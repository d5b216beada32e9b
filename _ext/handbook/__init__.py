"""The ``handbook`` command. Sphinx is imported only by what needs it."""

from __future__ import annotations

import sys

import click

from .chinese import ChineseGroup, explain
from .commands import accept, check, check_print, cite, coverage, diff, edition, find, ids, terms, verify


@click.group(cls=ChineseGroup, name="handbook")
def handbook() -> None:
    """办公室工作手册的命令。各命令的用法：handbook 命令 --help"""


for command in (check, accept, find, verify, coverage, terms, check_print, ids, cite, diff, edition):
    handbook.add_command(command)


def main(arguments: list[str] | None = None) -> int:
    """Entry point. Exit status: 0 all is well, 1 something does not pass, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = handbook.main(args=arguments, prog_name="handbook", standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"错误：{explain(error)}", err=True)
        return 2
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断，没有改动任何文件。", err=True)
        return 2
    except BrokenPipeError:
        return 2
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
