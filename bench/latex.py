"""Make the LaTeX source, set it with TeX, and print what TeX complains of; 1 when a character or a page is lost.

    python bench/latex.py [FOLDER]     the result stays in FOLDER; without one it is thrown away

Needs xelatex and latexmk (Debian: texlive-xetex texlive-lang-chinese texlive-latex-extra texlive-fonts-recommended
latexmk fonts-noto-cjk). Not a test, because TeX is 500 MB that nothing else needs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPLAINTS = {
    "errors": re.compile(r"^! ", re.MULTILINE),
    "missing characters": re.compile(r"Missing character"),
    "undefined references": re.compile(r"undefined on input line"),
    "overfull lines": re.compile(r"^Overfull \\hbox", re.MULTILINE),
    "overfull pages": re.compile(r"^Overfull \\vbox", re.MULTILINE),
}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        return set_book(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder))


def set_book(folder: Path) -> int:
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-b", "latex", "-d", f"{folder}/doctrees", str(ROOT)]
    subprocess.run([*sphinx, f"{folder}/latex"], check=True)
    options = "-interaction=nonstopmode"
    done = subprocess.run(["make", f"LATEXOPTS={options}"], cwd=folder / "latex", capture_output=True, check=False)
    log = (folder / "latex/handbook.log").read_text(encoding="utf-8", errors="replace")
    pages = re.search(r"Output written on .*\((\d+) pages", log.replace("\n", ""))
    print(f"pages: {pages.group(1) if pages else 'none'}")
    found = {name: len(pattern.findall(log)) for name, pattern in COMPLAINTS.items()}
    for name, count in found.items():
        print(f"{name}: {count}")
    return int(bool(done.returncode or not pages or any(found.values())))


if __name__ == "__main__":
    sys.exit(main())
