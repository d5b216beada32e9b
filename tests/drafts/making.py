"""Word drafts made to order: quotations right and wrong, split over runs, tracked, in tables, notes and text boxes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from speeches.core.source.archive import Archive

_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
LEADS = ("我们常说", "大家要记住", "正如老同志所讲的", "开会时提到", "工作中要做到")
EDITS = ("substitute", "drop", "add", "negate", "number", "swap", "join", "punctuation")


@dataclass(frozen=True, slots=True)
class Expected:
    """``text`` as a version of the draft has it; ``right``: whether a speech says it."""

    text: str
    right: bool
    version: str = ""


@dataclass
class Made:
    """A draft under construction and what must be found in it."""

    docx: Docx = field(default_factory=Document)
    expected: list[Expected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def save(self, path: Path) -> Path:
        """Write the file, its footnotes with it."""
        if self.notes:
            body = "".join(
                f'<w:footnote w:id="{number}"><w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:footnote>'
                for number, text in enumerate(self.notes, 1)
            )
            xml = f"<w:footnotes {nsdecls('w')}>{body}</w:footnotes>"
            part = Part(PackURI("/word/footnotes.xml"), _NOTES, xml.encode("utf-8"), self.docx.part.package)
            self.docx.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self.docx.save(str(path))
        return path


def sentences(archive: Archive) -> list[tuple[str, str]]:
    """Speech id and whole sentence of 12 to 60 characters, ended by its mark, that stands once and holds no quotation."""
    found = []
    for speech in archive:
        for paragraph in speech.outline.paragraphs:
            for sentence in paragraph.sentences:
                text = speech.text[sentence.start : sentence.end].strip()
                whole = 12 <= len(text) <= 60 and text[-1] in "。！？"
                if whole and not re.search(r"[\s“”\"‘’'…〔［【（(]", text) and speech.text.count(text) == 1:
                    found.append((speech.id, text))
    return found


def altered(text: str, how: str, other: str, rng: random.Random) -> str:
    """``text`` with one edit of a kind that a hasty typist makes."""
    han = [at for at, c in enumerate(text) if "一" <= c <= "鿿"]
    at = rng.choice(han[1:-1])
    match how:
        case "substitute":
            return f"{text[:at]}{'面' if text[at] != '面' else '另'}{text[at + 1 :]}"
        case "drop":
            return text[:at] + text[at + 1 :]
        case "add":
            return f"{text[:at]}真{text[at:]}"
        case "negate":
            return text.replace("不", "", 1) if "不" in text else f"{text[:at]}不{text[at:]}"
        case "number":
            return text.replace("一", "两", 1) if "一" in text else f"{text[:at]}3个{text[at:]}"
        case "swap":
            return (
                text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
                if text[at] != text[at - 1]
                else text[1:at] + text[at + 1 :] + "吗"
            )
        case "join":
            return text[: max(at, 6)] + other[-8:]
        case _:
            return text.replace("，", "、", 1) if "，" in text else text[:at] + "，" + text[at:]


def quote_in_runs(paragraph: Paragraph, words: str, rng: random.Random) -> None:
    """Write words over several runs of different looks."""
    cuts = sorted(rng.sample(range(1, len(words)), k=min(3, len(words) - 1)))
    for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(words)], strict=True)):
        run = paragraph.add_run(words[start:end])
        run.bold, run.italic = number % 2 == 1, number == 2


def tracked(paragraph: Paragraph, before: str, after: str) -> None:
    """Words that were changed with 修订 on: the common ends stay, the middle is deleted and inserted."""
    head, gone, come, tail = common_ends(before, after)
    paragraph.add_run(head)
    for tag, text_tag, text in (("w:del", "w:delText", gone), ("w:ins", "w:t", come)):
        if text:
            change = OxmlElement(
                tag, attrs={qn("w:id"): "900", qn("w:author"): "领导", qn("w:date"): "2026-01-05T08:00:00Z"}
            )
            run = OxmlElement("w:r")
            words = OxmlElement(text_tag)
            words.text = text
            run.append(words)
            change.append(run)
            paragraph._p.append(change)
    if tail:
        paragraph.add_run(tail)


def common_ends(before: str, after: str) -> tuple[str, str, str, str]:
    """What two texts begin with, what the one and the other have in the middle, what they end with."""
    head = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    gone, come = before[head:], after[head:]
    tail = 0
    while tail < min(len(gone), len(come)) and gone[-1 - tail] == come[-1 - tail]:
        tail += 1
    end = len(gone) - tail
    return before[:head], gone[:end], come[: len(come) - tail], gone[end:]


def footnote(made: Made, paragraph: Paragraph, text: str) -> None:
    """A footnote at the end of a paragraph."""
    made.notes.append(text)
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:footnoteReference", attrs={qn("w:id"): str(len(made.notes))}))
    paragraph._p.append(run)


def text_box(paragraph: Paragraph, text: str) -> None:
    """A text box hung on a paragraph, as Word writes it for older programs."""
    xml = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:200pt;height:60pt">'
        f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph._p.append(parse_xml(xml))


def wanted(archive: Archive, seed: int, rng: random.Random, count: int) -> Iterator[tuple[str, str, str, bool]]:
    """Speech, sentence, what the draft makes of it, and whether that is right; about half of them are."""
    pool = sentences(archive)
    for number in range(count):
        speech, text = rng.choice(pool)
        other = rng.choice(pool)[1]
        right = rng.random() < 0.5
        words = text if right else altered(text, EDITS[(seed + number) % len(EDITS)], other, rng)
        if any(words in s.text for s in archive):
            words, right = text, True
        yield speech, text, words, right


def random_draft(archive: Archive, seed: int, count: int = 10) -> Made:
    """A draft with ``count`` quotations."""
    rng = random.Random(seed)
    made = Made()
    made.docx.add_heading("讲话稿", 1)
    for speech, text, words, right in wanted(archive, seed, rng, count):
        _place(made, rng, speech, text, words, right, archive)
    return made


def _place(made: Made, rng: random.Random, speech: str, text: str, words: str, right: bool, archive: Archive) -> None:
    where = rng.choice(("runs", "runs", "named", "tracked", "table", "footnote", "box", "excerpt"))
    lead = rng.choice(LEADS)
    if where == "excerpt":
        made.docx.add_paragraph(words, style="Quote")
    elif where == "table":
        table = made.docx.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "讲话", "原话"
        table.cell(1, 0).text, table.cell(1, 1).text = f"《{archive.speeches[speech].title}》", f"“{words}”"
    elif where == "footnote":
        footnote(made, made.docx.add_paragraph(f"{lead}要扎实。"), f"见“{words}”一句。")
    elif where == "box":
        text_box(made.docx.add_paragraph("看右边："), f"“{words}”")
    elif where == "tracked" and not right:
        paragraph = made.docx.add_paragraph(f"{lead}，“")
        tracked(paragraph, text, words)
        paragraph.add_run("”。")
        made.expected.append(Expected(text, True, "原稿"))
        made.expected.append(Expected(words, False, "改后"))
        return
    else:
        named = f"《{archive.speeches[speech].title}》" if where == "named" else ""
        paragraph = made.docx.add_paragraph(f"{named}{lead}，“")
        quote_in_runs(paragraph, words, rng)
        paragraph.add_run("”，大家要落实。")
    made.expected.append(Expected(words, right))
