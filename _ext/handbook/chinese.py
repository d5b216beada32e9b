"""Click in Chinese: headings of the help, and what a wrong command line is told."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click
from click.formatting import HelpFormatter


class _Headings:
    """Mixed into commands and groups. Click's own headings come from gettext, which needs an installed catalogue."""

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        assert isinstance(self, click.Command)
        pieces = [
            {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}.get(p, p)
            for p in self.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        assert isinstance(self, click.Command)
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        assert isinstance(self, click.Command)
        option = click.Command.get_help_option(self, ctx)
        if option is not None:
            option.help = "显示这段说明"
        return option


class ChineseCommand(_Headings, click.Command):
    """A command whose help is Chinese throughout, and ends in an example and in what its exit codes mean."""

    def format_epilog(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(self.epilog or f"例：{ctx.command_path}")
        if "退出码" not in (self.help or ""):
            formatter.write_paragraph()
            formatter.write_text("退出码：0 好了；1 有不一致或不通过的；2 没有做成。")


class ChineseGroup(_Headings, click.Group):
    """A group whose help is Chinese throughout, and which imports a subcommand when it is asked for.

    ``commands``: heading → name → what it does; the subcommand itself is ``<package>.<name>.command``.
    """

    def __init__(self, *, name: str, package: str, commands: Mapping[str, Mapping[str, str]], help: str) -> None:
        super().__init__(name=name, help=help)
        self._package = package
        self._headings = commands

    def format_commands(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        width = max(map(len, self.list_commands(ctx)))
        for heading, rows in self._headings.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), text) for name, text in rows.items()])

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for rows in self._headings.values() for name in rows]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f".{cmd_name.replace('-', '_')}", self._package)
        command: click.Command = module.command
        return command


def _no_such_command(name: str, ctx: click.Context | None, hint: str) -> str:
    from difflib import get_close_matches

    known = ctx.command.list_commands(ctx) if ctx is not None and isinstance(ctx.command, click.Group) else []
    near = get_close_matches(name, known, n=2)
    told = f"，是不是 {'、'.join(near)}？" if near else ""
    return f"没有“{name}”这个命令{told}{hint}"


def explain(error: click.ClickException) -> str:
    """What was wrong with a command line, in Chinese."""
    hint = "（用法见 handbook --help）"
    match error:
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项{near}{hint}"
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"缺少 {name}{hint}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少内容{hint}"
        case click.FileError():
            return f"打不开 {error.ui_filename}"
        case click.BadParameter() if error.param and isinstance(error.param.type, click.Choice):
            return f"{error.param.opts[0]} 只能写 {'、'.join(error.param.type.choices)} 其中之一"
        case click.BadParameter():
            name = error.param.human_readable_name if error.param else ""
            return f"{name} 的内容不对：{error.message}"
        case click.UsageError() if error.message.startswith("Got unexpected extra argument"):
            return f"多写了 {error.message.partition('(')[2].rstrip(')')}{hint}"
        case click.UsageError():
            if not error.message.startswith("No such command"):
                return f"命令写法不对：{error.message}{hint}"
            return _no_such_command(error.message.split("'")[1], error.ctx, hint)
        case _:
            return error.format_message()
