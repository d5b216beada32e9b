"""``handbook ids``: the permanent ids; with ``--publish`` they are written down as given out."""

from __future__ import annotations

from pathlib import Path

import click

from zh.files import write_atomically
from zh.terminal import say

from .alone import writing
from .building import verified
from .chinese import ChineseCommand
from .options import root_option

_SHOWN = 20


@click.command(cls=ChineseCommand, epilog="例：handbook ids --publish　　发布新的编号")
@click.option("--publish", is_flag=True, help="把新的编号写进 published-ids.txt，以后不能再消失")
@root_option
def command(publish: bool, root: Path) -> int:
    """列出还没有发布的永久编号，检查发布过的编号是否都还打得开。书发出去之前运行一次 handbook ids --publish。"""
    # Imported here: they bring Sphinx, which --help does without.
    from permalink.checking import lost_list, problem_count, read_published
    from permalink.collect import public_ids
    from permalink.config import published_path
    from permalink.published import PublishedError, format_published, published_with
    from speeches.config import is_public

    app, _ = verified(root)
    current = {i: found.page for i, found in public_ids(app.env).items()}
    problems = problem_count(app.env)
    try:
        old = read_published(app)
    except PublishedError as error:
        raise click.ClickException(f"{error}") from None
    if lost_list(app):
        problems -= 1  # that nothing was given out yet, which is what this command is for
    new = published_with(old, current, app.config.version)
    known = set(old)
    added = [entry for entry in new if entry not in known]
    say(f"永久编号{len(current)}个，已发布{len(current) - len(added)}个，新增{len(added)}个，问题{problems}处。")
    for entry in added[:_SHOWN]:
        say(f"+ {entry.id}\t{entry.page}")
    if len(added) > _SHOWN:
        say(f"……以及另外{len(added) - _SHOWN}个。")
    if publish and problems:
        raise click.ClickException("有问题没有解决，没有写入。请先照上面的提示处理。")
    if publish and is_public(app.config):
        raise click.ClickException("节本不含讲话原文，编号不全。请按全本发布编号（conf.py 的 edition）。")
    if publish and added:
        path = published_path(app)
        with writing(root, path):
            if read_published(app) != old:
                raise click.ClickException(f"{path.name} 在这期间被别人改动过，没有写入。请再运行一次。")
            try:
                write_atomically(path, format_published(new))
            except OSError as error:
                raise click.ClickException(f"{path.name} 写不进去，没有改动：{error.strerror or error}。") from None
        say(f"已写入 {path.name}。")
    return 1 if problems else 0
