"""``python -m handbook.sphinx_build``: what an editor did wrong, in words for an editor, and no traceback."""

from __future__ import annotations

import pytest
from book import Book

from handbook.sphinx_build import main


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('edition = "inside"\n', "只能是 internal、public"),
        ('speeches_archive = "nowhere"\n', "找不到讲话库文件夹"),
        ('speeches_archive = "../elsewhere"\n', "必须放在手册文件夹之内"),
        ("project = (\n", "conf.py, line"),
    ],
)
def test_a_wrong_value_is_told_alone(book: Book, change: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    book.write("conf.py", book.path("conf.py").read_text(encoding="utf-8") + change)
    assert main(["-q", "-b", "html", str(book.root), str(book.root / "out")]) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("conf.py 有问题，没有生成：") and told in said
    assert "Traceback" not in said and len(said.splitlines()) == 1


def test_a_fault_of_the_program_keeps_its_traceback(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("fault")

    monkeypatch.setattr("speeches.write.builder.VerifyBuilder.finish", fail)
    assert main(["-q", "-b", "verify", str(book.root), str(book.root / "out")]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_good_book_is_built(book: Book) -> None:
    assert main(["-q", "-b", "verify", "-d", str(book.root / "trees"), str(book.root), str(book.root / "out")]) == 0
    assert (book.root / "out/report.json").is_file()


def test_a_sphinx_that_keeps_its_errors_elsewhere_still_builds(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("handbook.sphinx_build._private_errors", dict)
    assert main(["-q", "-b", "verify", "-d", str(book.root / "trees"), str(book.root), str(book.root / "out")]) == 0
    book.write("conf.py", book.path("conf.py").read_text(encoding="utf-8") + 'edition = "inside"\n')
    assert main(["-q", "-b", "verify", str(book.root), str(book.root / "out")]) == 2
    assert "只能是 internal、public" in (told := capsys.readouterr().err) and "没有生成，原因见上面" in told
