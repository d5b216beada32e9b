"""``handbook edition``: everything that is given out of one edition, in one folder, whole or not at all."""

from __future__ import annotations

import calendar
import glob
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypedDict

import click

from zh.terminal import say

from .alone import alone
from .building import verified
from .chinese import ChineseCommand
from .options import root_option

if TYPE_CHECKING:
    from speeches.core.report.shape import Report
    from speeches.core.review.review import Reviewed

_SITE = "handbook"
_PDF = "handbook.pdf"
_WORD = "handbook.docx"
_MADE = {"html": "网站", "typst": "印刷文件", "docx": "Word 文件"}
_KINDS = {"internal": "全本", "public": "节本"}


class Digests(TypedDict):
    """SHA-256, hexadecimal, of what an edition was made of."""

    archive_sha256: str
    text_sha256: str
    report_sha256: str


class Facts(Digests):
    """``edition.json``."""

    title: str
    version: str
    release: str
    date: str
    kind: str
    stamp: str
    quotations: int
    verified: int


@click.command(cls=ChineseCommand, epilog="例：handbook edition　　handbook edition --public --word")
@click.option("--public", is_flag=True, help="节本：不含讲话全文，报告已删减")
@click.option("--word", is_flag=True, help="另加 Word 文件 handbook.docx，一样读回来核对")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="放在哪个文件夹，默认 _build/release/ 下面")
@root_option
def command(public: bool, word: bool, out: Path | None, root: Path) -> int:
    """从严核对，生成网站和印刷文件，从印好的文件里读回引文再核对一遍，全部通过才放进发布文件夹。版次在 conf.py 里改。"""
    # All work is done in a folder of this run's own, so that two runs, or one after another that was killed, do not mix.
    kind = "public" if public else "internal"
    folder = root / "_build" / "release"
    with alone(folder) as held:  # so that a work folder which is there belongs to a run that was killed
        return _publish(root, folder, kind, out, held, word=word)


def _publish(root: Path, folder: Path, kind: str, out: Path | None, held: tuple[int, ...], *, word: bool) -> int:
    try:
        if out is not None:
            _require_free(out)
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder, ".work-*")
        work = Path(tempfile.mkdtemp(prefix=f".work-{kind}-", dir=folder))
    except OSError as error:
        raise click.ClickException(f"发布文件夹不能用：{error.filename or out}：{error.strerror or error}。") from None
    former = signal.signal(signal.SIGTERM, _stop)
    try:
        target, facts = _make(root, work, kind, out, held, word=word)
    except OSError as error:
        raise click.ClickException(
            f"没有发布，文件读写出了问题：{error.filename or ''}：{error.strerror or error}。"
        ) from None
    finally:
        signal.signal(signal.SIGTERM, former)
        shutil.rmtree(work, ignore_errors=True)
    say(f"已发布：{target}")
    say(
        f"{facts['version']}（{facts['date']}，{facts['kind']}），引文{facts['quotations']}条，核验码 {facts['stamp']}。"
    )
    return 0


def _stop(_signal: int, _frame: object) -> NoReturn:
    """Told to end: on the way out the folder of this run is cleared away."""
    raise KeyboardInterrupt


def _clear(folder: Path, pattern: str) -> None:
    """Delete the work folders that killed runs left."""
    for left in folder.glob(pattern):
        shutil.rmtree(left, ignore_errors=True)


def _require_free(target: Path) -> None:
    """An edition that was given out is not overwritten, and its folder can be made."""
    if target.exists() or target.is_symlink():
        raise click.ClickException(f"已经有 {target}。发出去的版次不要覆盖：请先把它移走，或者用 --out 换一个文件夹。")
    target.parent.mkdir(parents=True, exist_ok=True)


def _make(
    root: Path, work: Path, kind: str, out: Path | None, held: tuple[int, ...], *, word: bool
) -> tuple[Path, Facts]:
    """The folder that was made, and what edition.json says."""
    # Imported here: they bring Sphinx and the readers of what was made, which --help does without.
    from speeches.core.report.stamp import archive_digest, book_digest, report_digest, short_stamp

    from .before import wanting
    from .proof import expect
    from .read_back import read_back

    app, checked = verified(root, work / "verify", work / "doctrees", {"edition": kind})
    release = str(app.config.release)
    target = out or root / "_build" / "release" / f"{_SITE}-{release}-{kind}"
    _require_free(target)
    if word and "zhword" not in app.extensions:
        raise click.ClickException("conf.py 的 extensions 里没有 zhword，做不出 Word 文件：请加上它，或者不写 --word。")
    if wants := list(wanting(app, root)):
        told = "".join(f"\n  {number}. {want}。" for number, want in enumerate(wants, 1))
        raise click.ClickException(f"还不能发布，没有开始做。要先办{len(wants)}件事：{told}")
    report: Report = json.loads((work / "verify" / "report.json").read_text(encoding="utf-8"))
    # What is about to be made, resolved before it is: the stamp is of the whole text, not of its quotations alone.
    expected = expect(app)
    digests: Digests = {
        "archive_sha256": archive_digest(checked.archive),
        "text_sha256": book_digest(expected.digest, report),
        "report_sha256": report_digest(report),
    }
    stamp = short_stamp(digests["archive_sha256"], digests["text_sha256"])
    epoch = _epoch(checked.reviewed)
    _sphinx(root, "typst", work / "pdf", work / "doctrees", epoch, held, edition=kind, stamp=stamp)
    (work / "html").mkdir()
    shutil.copyfile(work / "pdf" / _PDF, work / "html" / _PDF)  # before the site, which links to it
    _sphinx(root, "html", work / "html", work / "doctrees", epoch, held, edition=kind, stamp=stamp)
    if word:
        _sphinx(root, "docx", work / "word", work / "doctrees", epoch, held, edition=kind, stamp=stamp)
    proofs = read_back(
        app, report, report["excerpts"], work / "pdf" / _PDF, work / "html",
        word=work / "word" / _WORD if word else None, expected=expected,
    )  # fmt: skip
    problems = [f"{name}：{problem}" for name, proof in proofs.items() for problem in proof.problems]
    if problems:
        raise click.ClickException("付印前核对没有通过，没有发布：\n" + "\n".join(problems))
    facts: Facts = {
        "title": app.config.project,
        "version": app.config.version,
        "release": release,
        "date": report["edition"]["date"],
        "kind": _KINDS[kind],
        "stamp": stamp,
        **digests,
        "quotations": report["summary"]["quotations"],
        "verified": report["summary"]["passed"],
    }
    _pack(work, target, report, facts, epoch)
    return target, facts


def _epoch(reviewed: Iterable[Reviewed]) -> int:
    """Seconds of the last acceptance, unless SOURCE_DATE_EPOCH says otherwise: an edition made twice is the same."""
    if given := os.environ.get("SOURCE_DATE_EPOCH", "").strip():
        if not given.isdigit():
            raise click.ClickException("环境变量 SOURCE_DATE_EPOCH 应当是秒数，或者不写。")
        return int(given)
    last = max((item.entry.on for item in reviewed if item.entry and item.entry.on), default="1980-01-01")
    return calendar.timegm(time.strptime(last, "%Y-%m-%d"))


def _sphinx(
    root: Path, builder: str, out: Path, doctrees: Path, epoch: int, held: tuple[int, ...], **overrides: str
) -> None:
    """A build of its own process, strict, which holds the lock for as long as it writes."""
    values = {
        "edition": overrides["edition"],
        "booksite_stamp": overrides["stamp"],
        "zhprint_stamp": overrides["stamp"],
        "booksite_pdf": _PDF,
    }
    settings = [part for name, value in values.items() for part in ("-D", f"{name}={value}")]
    done = subprocess.run(
        [sys.executable, "-m", "handbook.sphinx_build", "-q", "-W", "--keep-going", "-b", builder, "-d", str(doctrees), *settings,
         str(root), str(out)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}, capture_output=True, text=True, encoding="utf-8", check=False,
        pass_fds=held,
    )  # fmt: skip
    if done.returncode:
        raise click.ClickException(f"生成{_MADE[builder]}时有问题，没有发布：\n{done.stderr.strip()}")


def _pack(work: Path, target: Path, report: Report, facts: Facts, epoch: int) -> None:
    """Into a folder beside the target, which is then renamed."""
    from speeches.core.report.report import to_text

    _clear(target.parent, f".{glob.escape(target.name)}.*.part")
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    try:
        text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
        (work / "html" / "edition.json").write_text(text, encoding="utf-8", newline="\n")
        (draft / "edition.json").write_text(text, encoding="utf-8", newline="\n")
        (draft / "report.json").write_text(
            json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
        )
        (draft / "report.txt").write_text(to_text(report), encoding="utf-8", newline="\n")
        shutil.copyfile(work / "pdf" / _PDF, draft / _PDF)
        if (work / "word" / _WORD).is_file():
            shutil.copyfile(work / "word" / _WORD, draft / _WORD)
        _zip(work / "html", draft / "site.zip", epoch)
        files = sorted(path for path in draft.iterdir())
        sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
        (draft / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
        draft.chmod(0o755)
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _zip(site: Path, target: Path, epoch: int) -> None:
    """Names in order, one date for all: the same site gives the same bytes."""
    date = time.gmtime(max(epoch, 315532800))[:6]  # ZIP knows no date before 1980
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(site.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                info = zipfile.ZipInfo(f"{_SITE}/{path.relative_to(site).as_posix()}", date)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, path.read_bytes())
