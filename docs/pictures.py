"""The pictures of guide.md, taken from real screens: python docs/pictures.py (needs Chromium and poppler)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parents[1] / "_ext/handbook/data/guide"
RIGHT, WRONG = "急件随到随办", "急件随办随到"


def handbook(*arguments: str) -> None:
    """Run the command; a build that shows a wrong quotation is no failure here."""
    subprocess.run([sys.executable, "-m", "handbook", *arguments], check=True, capture_output=True)


def shot(page: Path, name: str) -> None:
    """The top of a page, as a window of 1100 × 620 shows it."""
    browser = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    subprocess.run(
        [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1100,620",
         f"--screenshot={HERE / name}", page.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip


def main() -> None:
    """A new book, its first chapter right, wrong, and printed."""
    with tempfile.TemporaryDirectory() as work:
        book = Path(work, "手册")
        handbook("new", str(book), "--title", "办公室手册")
        handbook("pdf", "--root", str(book))
        printed = Path(work, "page")
        subprocess.run(
            ["pdftoppm", "-r", "80", "-png", "-f", "9", "-l", "9", "-H", "560", "-singlefile",
             str(book / "_build/pdf/handbook.pdf"), str(printed)],
            check=True,
        )  # fmt: skip
        shutil.copyfile(printed.with_suffix(".png"), HERE / "guide-print.png")
        chapter = book / "chapters/ban-wen.md"
        handbook("html", "--root", str(book))
        shot(book / "_build/html/chapters/ban-wen.html", "guide-right.png")
        chapter.write_text(chapter.read_text(encoding="utf-8").replace(RIGHT, WRONG), encoding="utf-8")
        handbook("html", "--root", str(book))
        shot(book / "_build/html/chapters/ban-wen.html", "guide-wrong.png")


if __name__ == "__main__":
    main()
