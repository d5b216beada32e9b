"""``handbook accept``: what a person has looked at goes into the lock, whole or not at all."""

from __future__ import annotations

import getpass
import os
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import click

from speeches.check.checked import Checked
from speeches.config import lock_path
from speeches.core.errors import LockError
from speeches.core.review.advice import flat
from speeches.core.review.lockfile import LockEntry, format_lock, read_lock
from speeches.core.review.review import ACCEPTABLE_FLAGS, Reviewed, Subtype
from speeches.core.source.archive import near_ids
from zh.files import write_atomically
from zh.typed import typed

from .building import verified
from .chinese import ChineseCommand
from .options import root_option


@dataclass(frozen=True, slots=True)
class Plan:
    """The lock as it would become, the diff to show, and what cannot be accepted, with the reasons."""

    entries: dict[str, LockEntry]
    diff: tuple[str, ...]
    refused: tuple[str, ...]


@click.command(cls=ChineseCommand)
@click.argument("ids", nargs=-1, metavar="[编号]…")
@click.option("--by", default="", help="认可人，默认是登录名")
@click.option("--reason", default="", help="认可截取不改变原意的理由；只用于写明编号的引文")
@click.option("--all", "everything", is_flag=True, help="不逐条问，全部认可（给脚本用，要写 --by）")
@click.option("--dry-run", is_flag=True, help="只显示要改什么，不写文件")
@root_option
def command(ids: tuple[str, ...], by: str, reason: str, everything: bool, dry_run: bool, root: Path) -> int:
    """看过之后认可引文：不写编号就认可全部可以认可的。与存档文本不一致的不能认可；可能改变原意的截取要写明编号和理由。"""
    app, checked = verified(root, quiet=True)
    path = lock_path(app)
    try:
        lock = read_lock(path)
    except LockError as error:
        raise click.ClickException(f"核对记录读不懂，没有改动：\n{error}") from None
    if lock and not checked.reviewed:
        raise click.ClickException(
            f"全书没有读到一条引文，核对记录里却有{len(lock)}条，没有改动。请检查 chapters/ 是否放对、"
            "conf.py 的 include_patterns 是否包含它；确要清空的，请删去 excerpts.lock。"
        )
    plan = make_plan(checked, lock, ids, by=by or _login(), on=_today(), reason=reason)
    for line in (*plan.diff, *plan.refused):
        click.echo(line)
    if not plan.diff:
        click.echo("没有需要认可的改动。" if not plan.refused else "没有写入任何改动。")
    elif dry_run:
        click.echo("以上改动没有写入（--dry-run）。")
    elif _current(path) != lock:
        raise click.ClickException(f"{path.name} 在这次认可的过程中被别人改动过，没有写入。请再运行一次。")
    else:
        try:
            write_atomically(path, format_lock(plan.entries))
        except OSError as error:
            raise click.ClickException(f"{path.name} 写不进去，没有改动：{error.strerror or error}。") from None
        click.echo(f"已写入 {path.name}：{len(plan.diff)}处改动。")
    return 1 if plan.refused else 0


def _current(path: Path) -> dict[str, LockEntry] | None:
    try:
        return read_lock(path)
    except LockError:
        return None


def make_plan(
    checked: Checked, lock: dict[str, LockEntry], ids: tuple[str, ...], *, by: str, on: str, reason: str
) -> Plan:
    """Decide, without writing anything."""
    reviewed = checked.by_id
    counts = Counter(item.claim.id for item in checked.reviewed)
    wanted = list(dict.fromkeys(_known(ids, reviewed, lock))) or sorted(reviewed.keys() | lock.keys())
    entries = dict(lock)
    diff: list[str] = []
    refused: list[str] = []
    for key in wanted:
        item = reviewed.get(key)
        if item is None:
            diff.append(f"- {key}：书中已无，从核对记录删去（“{flat(entries[key].text, 40)}”）")
            del entries[key]
            continue
        refusal = _refusal(item, named=bool(ids), reason=reason)
        if refusal:
            refused.append(f"! {key}（{item.claim.path}:{item.claim.line}）不能认可：{refusal}")
            continue
        entry = _entry(item, checked, counts[key], lock.get(key), by=by, on=on, reason=reason)
        if entry is not None:
            diff += _difference(lock.get(key), entry)
            entries[key] = entry
    return Plan(entries, tuple(diff), tuple(refused))


def _known(ids: tuple[str, ...], reviewed: dict[str, Reviewed], lock: dict[str, LockEntry]) -> list[str]:
    every = reviewed.keys() | lock.keys()
    found = []
    for key in ids:
        full = key if key in every else f"q.{key}"
        if full not in every:
            near = near_ids(key, every)
            hint = f"最接近的是：{'、'.join(near)}" if near else f"请看 {typed('handbook check')} 列出的编号"
            raise click.ClickException(f"没有编号为“{key}”的引文。{hint}")
        found.append(full)
    return found


def _refusal(item: Reviewed, *, named: bool, reason: str) -> str:
    """Why an item cannot be accepted; empty when it can."""
    for finding in item.findings:
        if not item.is_settled_by_accepting(finding):
            return finding.message
        if finding.subtype is Subtype.CLIPPED and not (named and reason.strip()):
            return finding.message
    return ""


def _entry(
    item: Reviewed, checked: Checked, count: int, old: LockEntry | None, *, by: str, on: str, reason: str
) -> LockEntry | None:
    """The new lock line; None when the old one still holds."""
    claim, verdict = item.claim, item.verdict
    new = LockEntry(
        id=claim.id,
        kind=str(claim.kind),
        docname=claim.docname,
        speech=claim.speech,
        locator=verdict.found.locator if verdict.found else "",
        text=claim.text,
        digest=checked.archive.speeches[claim.speech].digest,
        flags=tuple(str(flag) for flag in verdict.flags if flag in ACCEPTABLE_FLAGS),
        count=count,
        by=by,
        on=on,
        reason=reason.strip() if any(flag in ACCEPTABLE_FLAGS for flag in verdict.flags) else "",
    )
    if old is None:
        return new
    same = replace(new, by=old.by, on=old.on, reason=old.reason)
    if same == old:
        return None
    if replace(same, count=old.count, docname=old.docname) == old:
        return same  # nothing that a person must look at: the acceptance stays theirs
    return new if reason.strip() or not new.flags else replace(new, reason=old.reason)


def _difference(old: LockEntry | None, new: LockEntry) -> list[str]:
    if old is None:
        flags = f"（{'、'.join(new.flags)}：{new.reason}）" if new.flags else ""
        return [f"+ {new.id}：新认可“{flat(new.text, 60)}”{flags}"]
    lines = []
    names = {
        "text": "引文",
        "digest": "存档文本摘要",
        "speech": "讲话",
        "locator": "位置",
        "docname": "所在章",
        "count": "次数",
        "flags": "提示",
    }
    for key, name in names.items():
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            lines.append(f"{name} “{flat(str(before), 60)}”→“{flat(str(after), 60)}”")
    return [f"~ {new.id}：{'；'.join(lines)}"]


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise click.ClickException("不知道认可人是谁，请用 --by 写明。") from None


def _today() -> str:
    """The date of acceptance; SOURCE_DATE_EPOCH (seconds) when set, so that a rehearsal repeats."""
    moment = (
        time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"])) if "SOURCE_DATE_EPOCH" in os.environ else time.localtime()
    )
    return time.strftime("%Y-%m-%d", moment)
