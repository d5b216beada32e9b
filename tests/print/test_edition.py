"""``handbook edition`` on a small book: verified, built, read back and packed, or nothing at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from printing import ROOT, build, have_fonts

from handbook import main
from support import require
from zhprint.reading import read_pdf

CONF = """
extensions += ["booksite", "zhprint", "zhword"]
edition_date = f"{release[:4]}年{int(release[5:])}月"
booksite_edition_date = zhprint_date = edition_date
booksite_rights = "内部资料，免费交流"
zhprint_font_cache = %r
zhprint_exclude = ["source_speeches/*"]
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The root ``permanent`` with a printed edition, accepted, its ids published."""
    require(have_fonts(), "没有字体：请先运行 make fonts")
    root = tmp_path / "book"
    shutil.copytree(ROOT / "tests/roots/permanent", root)
    conf = root / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + CONF % str(ROOT / ".fonts"), encoding="utf-8")
    _repin(root)
    assert main(["accept", "--all", "--by", "王主任", "--root", str(root)]) == 0
    assert main(["ids", "--publish", "--root", str(root)]) == 0
    return root


def _repin(root: Path) -> None:
    text = (root / "source_speeches/county.txt").read_bytes()
    record = root / "source_speeches/county.toml"
    filled = record.read_text(encoding="utf-8").replace('sha256 = ""', f'sha256 = "{hashlib.sha256(text).hexdigest()}"')
    record.write_text(filled, encoding="utf-8")


def _edition(root: Path, *options: str) -> int:
    return main(["edition", "--root", str(root), *options])


def _folder(root: Path, kind: str = "internal", release: str = "2026.11") -> Path:
    return root / f"_build/release/handbook-{release}-{kind}"


def test_the_folder_holds_everything_and_the_sums_are_right(book: Path) -> None:
    assert _edition(book, "--word") == 0
    folder = _folder(book)
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "site.zip", "handbook.pdf", "handbook.docx", "report.json", "report.txt", "edition.json", "SHA256SUMS",
    }  # fmt: skip
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        names.remove(name)
    assert names == {"SHA256SUMS"}
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert all(item["page"] for item in report["excerpts"])
    with zipfile.ZipFile(folder / "site.zip") as site:
        assert site.testzip() is None
        assert site.read("handbook/handbook.pdf") == (folder / "handbook.pdf").read_bytes()
        assert 'href="handbook.pdf"' in site.read("handbook/index.html").decode("utf-8")
        inside = set(site.namelist())
        assert {"handbook/index.html", "handbook/objects.inv", "handbook/citations.json"} <= inside
        assert not any("/." in name for name in inside)
        page = site.read("handbook/chapters/ability.html").decode()
    for option in (["--pdf", str(folder / "handbook.pdf")], []):
        assert main(["check-print", "--word", str(folder / "handbook.docx"), "--root", str(book), *option]) == 0
    facts = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    assert (facts["version"], facts["date"], facts["kind"]) == ("2026年版", "2026年11月", "全本")
    assert (facts["quotations"], facts["verified"]) == (3, 3)
    assert facts["stamp"] == f"{facts['archive_sha256'][:8]}-{facts['text_sha256'][:8]}"
    # One stamp on the site and in the book: a copy can be held against its report.
    assert f"核验码 {facts['stamp']}" in page
    paper = "".join(sheet.text for sheet in read_pdf(folder / "handbook.pdf").pages)
    assert facts["stamp"] in paper
    assert facts["stamp"] in "".join(cell.text for table in Document(str(folder / "handbook.docx")).tables for cell in table._cells)  # fmt: skip


def test_an_edition_made_twice_is_the_same(book: Path, tmp_path: Path) -> None:
    assert _edition(book, "--word", "--out", str(tmp_path / "one")) == 0
    shutil.rmtree(book / "_build")
    assert _edition(book, "--word", "--out", str(tmp_path / "two")) == 0
    sums = [(tmp_path / name / "SHA256SUMS").read_text(encoding="utf-8") for name in ("one", "two")]
    assert sums[0] == sums[1]


def test_the_public_edition_is_redacted(book: Path) -> None:
    chapter = book / "chapters/ability.md"
    chapter.write_text(
        chapter.read_text(encoding="utf-8").replace("抓落实要有始有终。", "……抓落实要有始有终。"), encoding="utf-8"
    )
    main(["accept", "--all", "--by", "王主任", "--root", str(book)])
    assert _edition(book, "--public") == 0
    folder = _folder(book, "public")
    with zipfile.ZipFile(folder / "site.zip") as site:
        assert not any("source_speeches" in name for name in site.namelist())
        assert all("大家要珍惜" not in site.read(name).decode("utf-8", "replace") for name in site.namelist())
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert all(not item["omitted"] and item["nearest"] is None for item in report["excerpts"])
    assert "大家要珍惜" not in (folder / "report.txt").read_text(encoding="utf-8")


def test_the_version_is_given_in_one_place(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _edition(book) == 0
    conf = book / "conf.py"
    source = conf.read_text(encoding="utf-8")
    changed = source.replace(
        'release = "2026.11"\nversion = "2026年版"', 'release = "2027.03"\nversion = f"{release[:4]}年版"'
    )
    assert changed != source
    conf.write_text(changed, encoding="utf-8")
    assert _edition(book) == 0
    new = _folder(book, release="2027.03")
    with zipfile.ZipFile(new / "site.zip") as site:
        page = site.read("handbook/chapters/ability.html").decode()
        inventory = site.read("handbook/objects.inv")
    assert "2027年版 · 2027年3月" in page and "2026" not in page
    assert "编写组. 小手册[M]. 2027年版. 2027：第二章“能力”." in page
    assert "# Version: 2027年版".encode() in inventory
    cover = read_pdf(new / "handbook.pdf").pages[0].text
    assert "2027年版" in cover and "2027年3月" in cover
    capsys.readouterr()
    assert main(["diff", str(_folder(book) / "report.json"), str(new / "report.json")]) == 0
    told = capsys.readouterr().out
    assert told.startswith("2026年版（2026年11月，全本） → 2027年版（2027年3月，全本）\n引文没有变化")


def _wrong_word(root: Path) -> None:
    path = root / "chapters/ability.md"
    path.write_text(path.read_text(encoding="utf-8").replace("有始有终", "有始无终"), encoding="utf-8")


def _lost_id(root: Path) -> None:
    path = root / "chapters/ability.md"
    path.write_text(path.read_text(encoding="utf-8").replace("(ability-doing)=", "(doing)="), encoding="utf-8")


def _new_id(root: Path) -> None:
    path = root / "chapters/ability.md"
    path.write_text(
        path.read_text(encoding="utf-8") + "\n(ability-new)=\n## 新的一节\n\n编者的话。\n", encoding="utf-8"
    )


def _no_fonts(root: Path) -> None:
    path = root / "conf.py"
    path.write_text(
        path.read_text(encoding="utf-8") + 'zhprint_font_cache = "nowhere"\nzhprint_system_fonts = False\n', "utf-8"
    )


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_wrong_word, "核对没有通过"),
        (_lost_id, "核对没有通过"),
        (_new_id, "handbook ids --publish"),
        (_no_fonts, "找不到可用的字体"),
    ],
)
def test_nothing_is_given_out_when_something_does_not_hold(
    book: Path, spoil: Callable[[Path], None], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(book)
    assert _edition(book) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said
    assert not _folder(book).exists()
    assert list((book / "_build/release").iterdir()) == []


def test_an_edition_is_not_overwritten(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _folder(book).mkdir(parents=True)
    assert _edition(book) == 2
    assert "不要覆盖" in capsys.readouterr().err
    assert list(_folder(book).iterdir()) == []


@pytest.mark.parametrize("out", ["file/edition", "link"])
def test_a_folder_that_cannot_be_made_is_told_before_anything_is_built(
    book: Path, tmp_path: Path, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert _edition(book, "--out", str(tmp_path / out)) == 2
    said = capsys.readouterr().err
    assert "发布文件夹不能用" in said or "不要覆盖" in said
    assert not (book / "_build/release").exists()


def test_two_at_once_do_not_mix(book: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "handbook", "edition", "--root", str(book), "--out"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext"), "PYTHONUTF8": "1"}
    runs = [
        subprocess.Popen([*command, str(tmp_path / name)], env=environment, stdout=subprocess.DEVNULL)
        for name in ("one", "two")
    ]
    assert [run.wait() for run in runs] == [0, 0]
    sums = [(tmp_path / name / "SHA256SUMS").read_text(encoding="utf-8") for name in ("one", "two")]
    assert sums[0] == sums[1]


def _made(root: Path) -> None:
    for builder, folder in (("html", "html"), ("typst", "pdf")):
        build(root, root / "_build" / folder, builder=builder, doctrees=root / "_build/doctrees")


def test_check_print_holds_the_book_against_itself_as_it_is_now(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["check-print", "--root", str(book)]
    assert main(command) == 2
    assert "handbook pdf" in capsys.readouterr().err
    _made(book)
    assert main(command) == 0
    report = json.loads((book / "_build/verify/report.json").read_text(encoding="utf-8"))
    assert all(item["page"] for item in report["excerpts"])
    # A word that was written after the book was made is not printed, and must not be said to be proved.
    chapter = book / "chapters/ability.md"
    source = chapter.read_text(encoding="utf-8")
    chapter.write_text(source + "\n她说{quote}`大家要珍惜 <county p2.s2>`。\n", encoding="utf-8")
    assert main(["accept", "--all", "--by", "王主任", "--root", str(book)]) == 0
    capsys.readouterr()
    assert main(command) == 1
    assert "不是照现在的书稿排的" in capsys.readouterr().err
    # Nor one that is printed and was taken out since, whatever the dates of the files say.
    _made(book)
    assert main(command) == 0
    chapter.write_text(source, encoding="utf-8")
    assert main(["accept", "--all", "--by", "王主任", "--root", str(book)]) == 0
    capsys.readouterr()
    assert main([*command, "--pdf", str(book / "_build/pdf/handbook.pdf")]) == 1
    assert "不是照现在的书稿排的" in capsys.readouterr().err
    _wrong_word(book)
    _made(book)
    capsys.readouterr()
    assert main(command) == 1
    told = capsys.readouterr().err
    assert "没有通过核对" in told and "不能付印" in told


def test_a_handout_is_checked_by_the_name_of_its_chapter(book: Path) -> None:
    _made(book)
    build(book, book / "_build/handout", "-D", "zhprint_chapter=ability", doctrees=book / "_build/doctrees")
    assert main(["check-print", "--only", "ability", "--root", str(book)]) == 0


def test_a_folder_that_is_not_there_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _made(book)
    assert main(["check-print", "--html", str(book / "nowhere"), "--root", str(book)]) == 2
    assert "找不到网页文件夹" in capsys.readouterr().err


def test_check_print_reads_the_marks_as_they_are_configured(book: Path) -> None:
    text = book / "source_speeches/county.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("有始有终", "有始有中"), encoding="utf-8")
    record = book / "source_speeches/county.toml"
    lines = [line for line in record.read_text(encoding="utf-8").splitlines() if not line.startswith("sha256")]
    emendation = '\n[[emendation]]\nline = 3\noriginal = "有始有中"\nreading = "有始有终"\nkind = "wrong"\n'
    record.write_text("\n".join([*lines, 'sha256 = ""', emendation]), encoding="utf-8")
    _repin(book)
    chapter = book / "chapters/ability.md"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("有始有终", "有始有中〔终〕"), encoding="utf-8")
    conf = book / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + 'zhprint_marks = "table"\n', encoding="utf-8")
    assert main(["accept", "--all", "--by", "王主任", "--root", str(book)]) == 0
    _made(book)
    assert main(["check-print", "--root", str(book)]) == 0
    assert main(["check-print", "--marks", "full", "--root", str(book)]) == 1


_SPOILS = """
def setup(app):
    app.connect("build-finished", _spoil)


def _spoil(app, _error):
    if app.builder.name == "docx":
        from docx import Document

        file = app.outdir / "handbook.docx"
        document = Document(str(file))
        run = next(run for paragraph in document.paragraphs for run in paragraph.runs if "有始有终" in run.text)
        run.text = run.text.replace("有始有终", "有始无终")
        document.save(str(file))
"""


def test_a_word_file_is_proved_by_itself_and_with_an_edition(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["word", "--root", str(book)]) == 0
    file = book / "_build/word/handbook.docx"
    assert f"Word 文件：{file}" in capsys.readouterr().out
    assert main(["word", "--json", "--root", str(book)]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
    command = ["check-print", "--word", str(file), "--root", str(book)]
    assert main(command) == 0
    assert "Word 文件：全文" in capsys.readouterr().out
    conf = book / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + _SPOILS, encoding="utf-8")
    assert main(["word", "--root", str(book)]) == 1
    assert "印的是：无" in capsys.readouterr().err
    assert main(command) == 1
    assert "印的是：无" in capsys.readouterr().err
    assert _edition(book, "--word") == 2
    assert "付印前核对没有通过" in capsys.readouterr().err and not _folder(book).exists()
    file.write_bytes(b"no Word file")
    assert main(command) == 2
    assert "不是 Word 文件" in capsys.readouterr().err
    conf.write_text(conf.read_text(encoding="utf-8") + 'extensions.remove("zhword")\n', encoding="utf-8")
    for wanted in (["word"], ["edition", "--word"]):
        assert main([*wanted, "--root", str(book)]) == 2
        assert "zhword" in capsys.readouterr().err


def test_a_run_that_is_told_to_end_leaves_nothing(book: Path) -> None:
    command = [sys.executable, "-m", "handbook", "edition", "--root", str(book)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext"), "PYTHONUTF8": "1"}
    release = book / "_build/release"
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as run:
        while run.poll() is None and not list(release.glob(".work-*/html")):
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(0.05)
        run.terminate()
        assert run.wait() != 0
    assert list(release.iterdir()) == []


def test_all_that_an_edition_wants_is_told_before_anything_is_made(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "published-ids.txt").write_text("# 还没有发布过\n", encoding="utf-8")
    (book / "chapters/alone.md").write_text("# 无人引到的一章\n\n编者的话。\n", encoding="utf-8")
    conf = book / "conf.py"
    conf.write_text(
        conf.read_text(encoding="utf-8") + 'zhprint_font_cache = "nowhere"\nzhprint_system_fonts = False\n',
        encoding="utf-8",
    )
    capsys.readouterr()
    assert _edition(book, "--out", str(book / "out")) == 2
    told = capsys.readouterr().err
    assert (
        "没有开始做" in told and "ids --publish" in told and "chapters/alone.md" in told and "找不到可用的字体" in told
    )
    assert not (book / "out").exists()
