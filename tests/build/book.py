"""A small handbook in a temporary folder, and ways to build, edit and inspect it."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx

from handbook import main
from speeches.check.checked import Checked, checked
from speeches.core.review.lockfile import LockEntry, parse_lock
from speeches.domain import SpeechDomain, speech_domain
from starting import sphinx

ROOTS = Path(__file__).resolve().parent.parent / "roots"
_TEMPLATES = FileSystemBytecodeCache()
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Built:
    """One finished build. ``read``: documents that were read; ``written``: those that were written."""

    app: Sphinx
    status: str
    warnings: str
    read: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def domain(self) -> SpeechDomain:
        return speech_domain(self.app.env)

    @property
    def checked(self) -> Checked:
        return checked(self.app.env)

    def page(self, docname: str) -> BeautifulSoup:
        """A written HTML page, parsed."""
        return BeautifulSoup((self.app.outdir / f"{docname}.html").read_text(encoding="utf-8"), "html.parser")

    def warned(self, subtype: str) -> list[str]:
        """The warnings of one subtype, each with its location, as the editor sees them."""
        return [w for w in split_warnings(self.warnings) if w.rstrip().endswith(f"[speech.{subtype}]")]


class Book:
    """A handbook in ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """A file by its name relative to the book; bare names of speeches are looked up in the archive."""
        return self.root / name

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file byte for byte, folders included."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that must stand there exactly once."""
        source = (self.root / name).read_bytes().decode("utf-8")
        assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times in {name}"
        self.write(name, source.replace(old, new))

    def speech(self, speech_id: str, text: str | bytes, record: str | None = "") -> None:
        """Write a speech and its record, title and digest filled in; None: no record."""
        data = self.write(f"source_speeches/{speech_id}.txt", text).read_bytes()
        if record is not None:
            title = "" if re.search(r"^title\s*=", record, re.MULTILINE) else f'title = "{speech_id}的讲话"\n'
            self.write(f"source_speeches/{speech_id}.toml", f'{title}sha256 = "{digest(data)}"\n{record}')

    def repin(self, speech_id: str) -> None:
        """Bring the digest in the record up to date with the text."""
        record = self.root / f"source_speeches/{speech_id}.toml"
        value = digest((self.root / f"source_speeches/{speech_id}.txt").read_bytes())
        source = re.sub(r"^sha256\s*=.*\n?", "", record.read_text(encoding="utf-8"), flags=re.MULTILINE)
        self.write(f"source_speeches/{speech_id}.toml", f'sha256 = "{value}"\n{source}')

    def build(
        self,
        builder: str = "html",
        *,
        warns: bool = False,
        fresh: bool = False,
        parallel: int = 0,
        out: str = "",
        handlers: Mapping[str, Callable[..., Any]] | None = None,
        **overrides: Any,
    ) -> Built:
        """Build in this process. Asserts that nothing warned, unless ``warns``. Builders share their doctrees."""
        status, warning = StringIO(), StringIO()
        doctrees = "_build/doctrees-gettext" if builder == "gettext" else "_build/doctrees"
        with sphinx(
            self.root, self.root / (out or f"_build/{builder}"), self.root / doctrees, overrides, builder=builder,
            status=status, warning=warning, fresh=fresh, parallel=parallel,
        ) as app:  # fmt: skip
            read: list[str] = []
            written: list[str] = []
            app.connect("env-before-read-docs", lambda _app, _env, docnames: read.extend(docnames), priority=999)
            app.connect("doctree-resolved", lambda _app, _tree, docname: written.append(docname))
            for event, handler in (handlers or {}).items():
                app.connect(event, handler)
            templates = getattr(app.builder, "templates", None)
            if templates is not None:  # half of a small HTML build is the compiling of templates
                templates.environment.bytecode_cache = _TEMPLATES
            app.build()
        told = _ESCAPES.sub("", warning.getvalue())
        if not warns:
            assert not told, told
        return Built(app, _ESCAPES.sub("", status.getvalue()), told, tuple(sorted(read)), tuple(sorted(set(written))))

    def handbook(self, *arguments: str) -> int:
        """Run the ``handbook`` command in this process, on this book."""
        return main([arguments[0], "--root", str(self.root), *arguments[1:]])

    def accepted(self, *arguments: str) -> Book:
        """Accept everything that can be accepted; returns the book itself."""
        self.handbook("accept", "--by", "王主任", *(arguments or ("--all",)))
        return self

    @property
    def lock(self) -> Mapping[str, LockEntry]:
        return parse_lock((self.root / "excerpts.lock").read_text(encoding="utf-8")).quotations


def copy_root(name: str, target: Path) -> Book:
    """Copy a root of tests/roots and fill in the digests of its speeches."""
    shutil.copytree(ROOTS / name, target)
    book = Book(target)
    for record in (target / "source_speeches").glob("*.toml"):
        book.repin(record.stem)
    return book


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def split_warnings(text: str) -> list[str]:
    """One string for each warning; its further lines are indented by two spaces."""
    found: list[str] = []
    for line in text.split("\n"):
        if line.startswith("  ") and found:
            found[-1] += "\n" + line
        elif line:
            found.append(line)
    return found


def pages(folder: Path) -> dict[str, str]:
    """Every written page. The time in Sphinx's own files is no part of it."""
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.html"))}


def every_text(folder: Path) -> str:
    """All that is written in the files under ``folder``, object inventories unpacked."""
    import zlib

    parts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.name == "objects.inv":
                data = zlib.decompress(data.split(b"zlib.\n", 1)[1])
            parts.append(data.decode("utf-8", "replace"))
    return "\n".join(parts)


MakeBook = Callable[..., Book]
