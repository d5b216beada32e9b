"""The lock read for a bundle: which packages a machine of a platform needs to run the program, each with its digests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s\\]+)")


@dataclass(frozen=True, slots=True)
class Platform:
    """``tags``: of wheels, newest first; ``marks``: what dependencies ask of the machine they are for."""

    name: str
    tags: tuple[str, ...]
    marks: Mapping[str, str]
    installs: str


def _linux(machine: str) -> Platform:
    # 2.28 is the C library of 麒麟 V10 and UOS 20; wheels for a newer one would not start there.
    old = {"x86_64": ("manylinux2010", "manylinux1")}.get(machine, ())
    names = (*(f"manylinux_2_{minor}" for minor in (28, 27, 26, 24, 17)), "manylinux2014", *old)
    marks = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine}
    return Platform(f"linux-{machine}", tuple(f"{name}_{machine}" for name in names), marks, "开始.sh")


PLATFORMS = {
    platform.name: platform
    for platform in (
        _linux("x86_64"),
        _linux("aarch64"),
        Platform(
            "windows-x64",
            ("win_amd64",),
            {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
            "开始.bat",
        ),
    )
}


def needed(distribution: str, extra: str, platform: Platform, python: str) -> set[str]:
    """Names of everything that ``distribution`` with an extra ("": with none) needs there, itself left out; by what is
    installed here."""
    environment = {**platform.marks, "python_version": python, "python_full_version": f"{python}.0"}
    found: set[str] = set()
    waiting = [(distribution, frozenset(filter(None, [extra])))]
    while waiting:
        name, extras = waiting.pop()
        for requirement in map(Requirement, metadata.requires(name) or ()):
            wanted = requirement.marker is None or any(
                requirement.marker.evaluate({**environment, "extra": extra}) for extra in (extras or {""})
            )
            key = canonicalize_name(requirement.name)
            if wanted and key not in found:
                found.add(key)
                waiting.append((requirement.name, frozenset(requirement.extras)))
    return found


def pins(lock: Path) -> dict[str, str]:
    """Name → its lines of the lock, version and digests."""
    blocks: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := _PIN.match(line):
            current = blocks.setdefault(canonicalize_name(match[1]), [])
        if line.strip() and not line.lstrip().startswith("#"):
            current.append(line)
    return {name: "\n".join(lines).rstrip("\\ \n") + "\n" for name, lines in blocks.items()}


def version(block: str) -> str:
    """The version that a pin's lines name."""
    match = _PIN.match(block)
    return match[2] if match else ""


def requirements(wheels: Path) -> Iterator[str]:
    """A line for each package of a folder of wheels, with the digest of each of its files."""
    import hashlib

    by_name: dict[str, list[str]] = {}
    for path in sorted(wheels.glob("*.whl")):
        name, number = path.name.split("-")[:2]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        by_name.setdefault(f"{canonicalize_name(name)}=={number}", []).append(f"--hash=sha256:{digest}")
    yield from (f"{pin} {' '.join(digests)}" for pin, digests in by_name.items())
