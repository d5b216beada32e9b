"""The same kinds of drafts as flat ODF, from which LibreOffice makes .docx files: as another program writes them."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path

from making import LEADS, Expected, common_ends, wanted

from speeches.core.source.archive import Archive

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
</office:automatic-styles>
<office:body><office:text>"""
_TAIL = "</office:text></office:body></office:document>\n"
_WHO = "<office:change-info><dc:creator>领导</dc:creator><dc:date>2026-01-05T08:00:00</dc:date></office:change-info>"

_COLUMNS = '<table:table-column table:number-columns-repeated="2"/>'
_FRAME = '<draw:frame text:anchor-type="paragraph" svg:width="7cm" svg:height="3cm">'


class Odf:
    """A draft under construction and what must be found in it."""

    def __init__(self) -> None:
        self.expected: list[Expected] = []
        self._blocks: list[str] = ["<text:p>讲话稿</text:p>"]
        self._regions: list[str] = []
        self._count = 0

    @property
    def source(self) -> str:
        """The file."""
        changes = f"<text:tracked-changes>{''.join(self._regions)}</text:tracked-changes>" if self._regions else ""
        return _HEAD + changes + "\n".join(self._blocks) + _TAIL

    def place(self, rng: random.Random, title: str, text: str, words: str, *, right: bool) -> None:
        """Put a quotation somewhere; ``text``: what it was before somebody changed it."""
        where = rng.choice(("runs", "named", "tracked", "table", "footnote", "box", "excerpt"))
        lead, quoted = rng.choice(LEADS), f"“{escape(words)}”"
        self._count += 1
        match where:
            case "excerpt":
                block = f'<text:p text:style-name="Quotations">{escape(words)}</text:p>'
            case "table":
                rows = (("讲话", "原话"), (f"《{escape(title)}》", quoted))
                block = f'<table:table table:name="表{self._count}">{_COLUMNS}{"".join(map(_row, rows))}</table:table>'
            case "footnote":
                number = f"<text:note-citation>{self._count}</text:note-citation>"
                body = f"<text:note-body><text:p>见{quoted}一句。</text:p></text:note-body>"
                note = f'<text:note text:id="ftn{self._count}" text:note-class="footnote">{number}{body}</text:note>'
                block = f"<text:p>{lead}要扎实。{note}</text:p>"
            case "box":
                block = f"<text:p>看右边：{_FRAME}<draw:text-box><text:p>{quoted}</text:p></draw:text-box></draw:frame></text:p>"
            case "tracked" if not right:
                self._blocks.append(f"<text:p>{lead}，“{self._tracked(text, words)}”。</text:p>")
                self.expected += [Expected(text, True, "原稿"), Expected(words, False, "改后")]
                return
            case _:
                named = f"《{escape(title)}》" if where == "named" else ""
                block = f"<text:p>{named}{lead}，“{self._runs(rng, words)}”，大家要落实。</text:p>"
        self._blocks.append(block)
        self.expected.append(Expected(words, right))

    def _runs(self, rng: random.Random, words: str) -> str:
        """Words over several runs of different looks."""
        cuts = sorted(rng.sample(range(1, len(words)), k=min(3, len(words) - 1)))
        pieces = [escape(words[start:end]) for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]
        return "".join(
            piece if number % 2 == 0 else f'<text:span text:style-name="T{1 + number // 2}">{piece}</text:span>'
            for number, piece in enumerate(pieces)
        )

    def _tracked(self, before: str, after: str) -> str:
        """Words that were changed with 修订 on: the common ends stay, the middle is deleted and inserted."""
        head, gone, come, tail = common_ends(before, after)
        out = escape(head)
        if gone:
            name = self._region(f"<text:deletion>{_WHO}<text:p>{escape(gone)}</text:p></text:deletion>")
            out += f'<text:change text:change-id="{name}"/>'
        if come:
            name = self._region(f"<text:insertion>{_WHO}</text:insertion>")
            out += (
                f'<text:change-start text:change-id="{name}"/>{escape(come)}<text:change-end text:change-id="{name}"/>'
            )
        return out + escape(tail)

    def _region(self, change: str) -> str:
        name = f"ct{len(self._regions) + 1}"
        self._regions.append(f'<text:changed-region xml:id="{name}" text:id="{name}">{change}</text:changed-region>')
        return name


def _row(cells: tuple[str, str]) -> str:
    inner = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row>{inner}</table:table-row>"


def random_odf(archive: Archive, seed: int, count: int = 10) -> Odf:
    """A draft with ``count`` quotations, about half of them right."""
    rng = random.Random(seed)
    made = Odf()
    for speech, text, words, right in wanted(archive, seed, rng, count):
        made.place(rng, archive.speeches[speech].title, text, words, right=right)
    return made


def convert(soffice: str, files: Sequence[Path], to: str, out: Path) -> None:
    """One start of LibreOffice for many files."""
    command = [
        soffice,
        f"-env:UserInstallation={(out / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=600)
