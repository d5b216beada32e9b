"""``handbook bundle``: one folder that installs the program on a machine without network, and starts it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from string import Template

import click

from zh.terminal import say

from .checkup import DISTRIBUTION, EXTRA
from .chinese import ChineseCommand
from .locked import PLATFORMS, Platform, needed, pins, requirements, version

_SOURCE = Path(__file__).resolve().parents[2]
_START = Path(__file__).parent / "data" / "bundle"
_PYTHONS = ("3.11", "3.12", "3.13")
_SOURCE_ONLY = "jieba"
"""Published as source only: built here, from the source whose digest is in the lock."""


@click.command(cls=ChineseCommand, epilog="例：handbook bundle --platform windows-x64 --out 安装包")
@click.option("--platform", "name", type=click.Choice(list(PLATFORMS)), default="linux-x86_64", show_default=False,
              help=f"给什么电脑用：{'、'.join(PLATFORMS)}，默认 linux-x86_64")  # fmt: skip
@click.option("--python", "pythons", type=click.Choice(_PYTHONS), multiple=True, default=_PYTHONS, show_default=False,
              help=f"那台电脑的 Python，可以写几次，默认 {'、'.join(_PYTHONS)} 都行")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=None, help="放在哪个文件夹，默认 _build/bundle/ 下面")
def command(name: str, pythons: tuple[str, ...], out: Path | None) -> int:
    """做一个离线安装包：软件包、字体和双击就能用的“开始”，拷到不能联网的电脑上。做的时候要联网。

    每个软件包都照 requirements.lock 核对摘要，装的时候再核对一遍。那台电脑上要有 Python 3.11 至 3.13。
    龙芯（LoongArch）做不成：typst、opencc、lxml 等没有给它的安装包。退出码：0 做成了；2 没有做成，什么也没有留下。
    """
    from zhprint.fetch import fetch, font_folder

    lock = _SOURCE / "requirements.lock"
    if not lock.is_file():
        raise click.ClickException("离线安装包要在程序的源文件夹（有 requirements.lock 的）装好的环境里做。")
    target = out or Path("_build/bundle") / f"handbook-{name}"
    if target.exists():
        raise click.ClickException(f"已经有 {target}，没有动它。请移走，或者用 --out 换一个文件夹。")
    fonts = font_folder(_SOURCE / ".fonts")
    if fetch(fonts):
        raise click.ClickException("字体不全，没有做。")
    platform = PLATFORMS[name]
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    try:
        _wheels(draft / "wheels", lock, platform, pythons)
        lines = "".join(f"{line}\n" for line in requirements(draft / "wheels"))
        (draft / "requirements.txt").write_text(lines, encoding="utf-8", newline="\n")
        shutil.copytree(fonts, draft / ".fonts", ignore=shutil.ignore_patterns("*.part"))
        _start(draft, platform, pythons)
        _sums(draft)
        draft.chmod(0o755)
        draft.rename(target)
    except OSError as error:
        raise click.ClickException(f"没有做成：{error.filename or target}：{error.strerror or error}。") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file()) // 1_000_000
    say(f"离线安装包：{target}（{size} MB）。整个文件夹拷过去，双击“{platform.installs}”。")
    return 0


def _wheels(folder: Path, lock: Path, platform: Platform, pythons: Iterable[str]) -> None:
    pinned = pins(lock)
    folder.mkdir()
    for python in pythons:
        names = needed(DISTRIBUTION, EXTRA, platform, python) | {"pip"}
        if missing := sorted(names - pinned.keys()):
            raise click.ClickException(f"requirements.lock 里没有{'、'.join(missing)}，请先运行 make lock。")
        say(f"正在取 {platform.name}、Python {python} 的{len(names)}个软件包……", err=True)
        wanted = _listed(folder, "".join(pinned[name] for name in sorted(names - {_SOURCE_ONLY})))
        tags = [part for tag in platform.tags for part in ("--platform", tag)]
        _pip("download", "--only-binary", ":all:", "--no-deps", "--require-hashes", "--python-version", python,
             "--implementation", "cp", *tags, "--dest", str(folder), "-r", str(wanted))  # fmt: skip
    say("正在制作 jieba 和手册程序的安装包……", err=True)
    source_only = _listed(folder, pinned[_SOURCE_ONLY])
    _pip("wheel", "--no-deps", "--no-build-isolation", "--require-hashes", "-w", str(folder), "-r", str(source_only))
    (folder / "wanted.txt").unlink()
    with tempfile.TemporaryDirectory() as copy:
        for name in ("pyproject.toml", "LICENSE", "README.en.md"):
            shutil.copy(_SOURCE / name, copy)
        shutil.copytree(
            _SOURCE / "_ext", Path(copy) / "_ext", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
        _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), copy)
    if not version(pinned["pip"]):
        raise click.ClickException("requirements.lock 里没有 pip 的版本。")


def _listed(folder: Path, text: str) -> Path:
    path = folder / "wanted.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _pip(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", *arguments],
        env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        told = "\n".join(line for line in done.stderr.splitlines() if line.startswith("ERROR"))[-1000:]
        raise click.ClickException(f"没有做成，软件包没有取到，或者与 requirements.lock 的摘要不符：\n{told}")


def _start(folder: Path, platform: Platform, pythons: Iterable[str]) -> None:
    """What is double-clicked, and what to read."""
    (pip,) = (folder / "wheels").glob("pip-*.whl")
    values = {
        "pip": pip.name,
        "pythons": "、".join(pythons),
        "first": min(pythons, key=_minor),
        "platform": platform.name,
    }
    values |= {"start": platform.installs, "versions": " ".join(sorted(pythons, key=_minor, reverse=True))}
    for path in _START.iterdir():
        if path.suffix == Path(platform.installs).suffix or path.suffix == ".txt":
            text = Template(path.read_text(encoding="utf-8")).substitute(values)
            name = platform.installs if path.stem == "start" else "说明.txt"
            newline = "\r\n" if platform.installs.endswith(".bat") else "\n"
            (folder / name).write_text(text, encoding="utf-8", newline=newline)
            (folder / name).chmod(0o755 if path.stem == "start" else 0o644)


def _minor(python: str) -> int:
    return int(python.partition(".")[2])


def _sums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in files)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
