"""入职指引 on paper: cited places named in full, transcluded excerpts verbatim, nothing warned."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from printing import EPOCH, ROOT, build, have_fonts, once

from support import require
from zhprint.reading import Printed, read_pdf, squeeze

pytestmark = pytest.mark.this_book


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The guide, printed strictly against the handbook's site, which was just built."""
    require(have_fonts(), "没有字体：请先运行 make fonts")

    def make(folder: Path) -> None:
        build(ROOT, folder / "site", builder="html")
        build(
            ROOT / "examples/onboarding", folder / "pdf", "-W", "-D", f"handbook_site={folder / 'site'}",
            doctrees=folder / "guide-doctrees", **EPOCH,
        )  # fmt: skip

    folder = once(tmp_path_factory, "onboarding-pdf", make)
    return read_pdf(folder / "pdf/handbook.pdf")


def test_every_full_citation_is_printed(guide: Printed) -> None:
    text = squeeze("".join(page.text for page in guide.pages))
    citations = re.findall(r"《办公室工作手册》第[一二三四五]章“[^”]+”(?:摘录\d-\d+|“[^”]+”一节)?（2026年版）", text)
    assert len(citations) >= 25
    assert {citation[9:12] for citation in citations} == {"第一章", "第二章", "第三章", "第四章", "第五章"}


def test_transcluded_excerpts_are_printed_verbatim(guide: Printed) -> None:
    text = squeeze("".join(page.text for page in guide.pages))
    names = re.findall(
        r":::\{handbook-excerpt\} q\.([a-z-]+)",
        "".join(p.read_text("utf-8") for p in (ROOT / "examples/onboarding").glob("*.md")),
    )
    assert len(names) >= 3
    chapters = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "chapters").glob("*.md"))
    for name in names:
        found = re.search(rf":::\{{excerpt\}}[^\n]*\n:name: {name}\n(?::[^\n]*\n)*(.+?)\n:::", chapters, re.DOTALL)
        assert found is not None, name
        assert squeeze(found.group(1)) in text, name
