"""``handbook accept``: what a person has looked at goes into the lock, whole or not at all."""

from __future__ import annotations

import getpass
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from speeches.check.checked import Checked
from speeches.config import lock_path
from speeches.core.errors import LockError
from speeches.core.review.accepting import SHOWN, accepted, accepted_speech
from speeches.core.review.advice import flat
from speeches.core.review.differences import is_reason
from speeches.core.review.finding import Subtype
from speeches.core.review.lockfile import Lock, LockEntry, SpeechEntry, format_lock, read_lock
from speeches.core.review.review import Reviewed
from speeches.core.review.upgrade import upgrade
from speeches.core.source.archive import near_ids
from speeches.core.source.speech import Speech
from zh.files import write_atomically
from zh.typed import typed

from .building import verified
from .chinese import ChineseCommand
from .options import root_option


@dataclass(frozen=True, slots=True)
class Plan:
    """The lock as it would become, the diff to show, and what cannot be accepted, with the reasons."""

    lock: Lock
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
    if lock.quotations and not checked.reviewed:
        raise click.ClickException(
            f"全书没有读到一条引文，核对记录里却有{len(lock.quotations)}条，没有改动。请检查 chapters/ 是否放对、"
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
            write_atomically(path, format_lock(plan.lock))
        except OSError as error:
            raise click.ClickException(f"{path.name} 写不进去，没有改动：{error.strerror or error}。") from None
        click.echo(f"已写入 {path.name}：{len(plan.diff)}处改动。")
    return 1 if plan.refused else 0


def _current(path: Path) -> Lock | None:
    try:
        return read_lock(path)
    except LockError:
        return None


def make_plan(checked: Checked, read: Lock, ids: tuple[str, ...], *, by: str, on: str, reason: str) -> Plan:
    """Decide, without writing anything."""
    reviewed, speeches = checked.by_id, checked.archive.speeches
    lock = upgrade(read, [(item.claim, item.verdict) for item in checked.reviewed], checked.archive)
    entries, pinned = dict(lock.quotations), dict(lock.speeches)
    wanted = list(dict.fromkeys(_known(ids, reviewed, lock, speeches))) or [
        *sorted(pinned.keys() | speeches.keys()),
        *sorted(reviewed.keys() | entries.keys()),
    ]
    diff: list[str] = []
    refused: list[str] = []
    if read.version != lock.version:
        diff.append(f"~ 核对记录改写为格式{lock.version}，{len(entries)}条认可（认可人、日期、理由）原样保留")
    for key in wanted:
        if key in speeches or key in pinned:
            diff += _accept_speech(key, speeches.get(key), pinned, by=by, on=on)
            continue
        item = reviewed.get(key)
        if item is None:
            diff.append(f"- {key}：书中已无，从核对记录删去（“{flat(entries[key].text, 40)}”）")
            del entries[key]
            continue
        refusal = _refusal(item, named=bool(ids), reason=reason)
        if refusal:
            refused.append(f"! {key}（{item.claim.path}:{item.claim.line}）不能认可：{refusal}")
            continue
        entry = accepted(item, checked.archive, by=by, on=on, reason=reason)
        if entry is not None:
            diff.append(_difference(entries.get(key), entry))
            entries[key] = entry
        if ids:  # what is printed with a quotation is accepted with it
            diff += _accept_speech(item.claim.speech, speeches.get(item.claim.speech), pinned, by=by, on=on)
    return Plan(Lock(entries, pinned), tuple(diff), tuple(refused))


def _accept_speech(key: str, speech: Speech | None, pinned: dict[str, SpeechEntry], *, by: str, on: str) -> list[str]:
    """Accept what the record says in print; a speech that is no longer in the archive leaves the lock."""
    old = pinned.get(key)
    if speech is None:
        del pinned[key]
        return [f"- {key}：讲话库里已无，从核对记录删去"]
    entry = accepted_speech(speech, old, by=by, on=on)
    if entry is None:
        return []
    pinned[key] = entry
    return [_difference(old, entry)]


def _known(
    ids: tuple[str, ...], reviewed: dict[str, Reviewed], lock: Lock, speeches: Mapping[str, Speech]
) -> list[str]:
    every = reviewed.keys() | lock.quotations.keys() | lock.speeches.keys() | speeches.keys()
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
        if finding.subtype is Subtype.CLIPPED and not (named and is_reason(reason)):
            return finding.message
    return ""


def _difference(old: LockEntry | SpeechEntry | None, new: LockEntry | SpeechEntry) -> str:
    if old is None and isinstance(new, LockEntry):
        flags = f"（{'、'.join(new.flags)}：{new.reason}）" if new.flags else ""
        note = f"（编者注：{flat(new.note, 60)}）" if new.note else ""
        return f"+ {new.id}：新认可“{flat(new.text, 60)}”{flags}{note}"
    before = asdict(old) if old else {}
    fields = [(name, before.get(key, ""), value) for key, value in asdict(new).items() if (name := SHOWN.get(key))]
    changed = [f"{name} “{_shown(a)}”→“{_shown(b)}”" for name, a, b in fields if _shown(a) != _shown(b)]
    key = new.id if isinstance(new, LockEntry) else new.speech
    if old is None:
        return f"+ {key}：新认可登记，{'；'.join(f'{name}“{_shown(b)}”' for name, _, b in fields if _shown(b))}"
    return f"~ {key}：{'；'.join(changed)}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    return flat("；".join(value) if isinstance(value, tuple) else str(value), 60)


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
