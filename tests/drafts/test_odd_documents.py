"""Word files as they also come: what a reader sees is checked, what he cannot see is not taken for it, nothing crashes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafts.judge import Judged, Outcome
from drafts.read import read_draft
from handbook import main
from support import DATA
from wordxml import faults

SOURCES = DATA / "quotebench" / "sources"
WORDS = "一是要时刻保持敬畏的状态。"
WRONG = "一是要时刻保持敬畏的心态。"
HEAD, TAIL = "一是要时刻保持", "敬畏的状态。"
_NAMES = (
    f'{nsdecls("w", "r", "wp", "a", "pic")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
Verified = Callable[[Path], tuple[object, dict[str, Judged]]]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def quoting(*middle: str) -> str:
    """A paragraph that quotes HEAD, something, TAIL."""
    return par(run(f"要求“{HEAD}"), *middle, run(f"{TAIL}”。"))


def field(code: str, *result: str) -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{"".join(result)}' if result else ""
    return (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{shown}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip


def write(path: Path, *blocks: str, styles: str = "") -> Path:
    document = Document()
    body = document.element.body
    for child in parse_xml(f"<w:body {_NAMES}>{''.join(blocks)}</w:body>"):
        body.insert(len(body) - 1, child)
    for style in parse_xml(f"<w:styles {_NAMES}>{styles}</w:styles>"):
        document.styles.element.append(style)
    document.save(str(path))
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The file with each part changed; None leaves one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path


_HIDING = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Below"><w:name w:val="Below"/><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="All"><w:name w:val="All"/><w:rPr><w:vanish/></w:rPr></w:style>'
)
_PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><a:graphic><a:graphicData uri="x"><a:blip/></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
_OTHERWISE = {
    "a symbol of a font": '<w:r><w:sym w:font="Wingdings" w:char="F0FB"/></w:r>',
    "a symbol that is a character": '<w:r><w:sym w:font="宋体" w:char="4E0D"/></w:r>',
    "a picture of a character": _PICTURE,
    "an old picture of a character": '<w:r><w:pict><v:shape style="width:9pt"><v:imagedata o:title=""/></v:shape></w:pict></w:r>',
    "a formula": "<m:oMath><m:r><m:t>不</m:t></m:r></m:oMath>",
    "a formula of its own line": "<m:oMathPara><m:oMath><m:r><m:t>不</m:t></m:r></m:oMath></m:oMathPara>",
    "a formula as an object": '<w:r><w:object><v:shape style="width:9pt"/></w:object></w:r>',
    "带圈字符": field(r"eq \\o\\ac(○,不)"),
    "带圈字符 with a result": field(r" EQ \\o\\ac(○,不)", run("")),
    "a simple field that is drawn": r'<w:fldSimple w:instr="eq \\o\\ac(○,不)"><w:r/></w:fldSimple>',
    "alternatives around runs": f"<mc:AlternateContent><mc:Choice Requires='wps'>{run('不')}</mc:Choice><mc:Fallback/></mc:AlternateContent>",
    "alternatives in a run": "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>不</w:t></mc:Choice></mc:AlternateContent></w:r>",
    "a control": f"<w:sdt><w:sdtContent>{run('不')}</w:sdtContent></w:sdt>",
    "an unknown wrapper": f'<w:ruby2 xmlns:x="urn:x"><x:y>{run("不")}</x:y></w:ruby2>',
    "a comment of XML": "<w:r><w:t><!-- x -->不</w:t></w:r>",
    "words from right to left": f'<w:bdo w:val="rtl">{run("。")}</w:bdo>',
    "a field within a result": field("QUOTE", run(""), field("QUOTE", run("不"))),
}  # fmt: skip


@pytest.mark.parametrize("kind", _OTHERWISE)
def test_what_a_reader_sees_in_the_middle_of_a_quotation_does_not_pass(
    kind: str, tmp_path: Path, verified: Verified
) -> None:
    _, found = verified(write(tmp_path / "稿.docx", quoting(_OTHERWISE[kind])))
    (judged,) = found.values()
    assert not judged.passed
    assert judged.outcome in (Outcome.UNCHECKED, Outcome.ALTERED)


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>"])
def test_words_struck_out_by_hand_do_not_pass(look: str, tmp_path: Path, verified: Verified) -> None:
    """Its reader may see a quotation without them."""
    _, found = verified(
        write(tmp_path / "稿.docx", par(run("要求“一是要"), run("时刻", look), run("保持敬畏的状态。”")))
    )
    assert [one.outcome for one in found.values()] == [Outcome.UNCHECKED]
    not_struck = par(run("要求“一是要"), run("时刻", look.replace("/", ' w:val="0"/')), run("保持敬畏的状态。”"))
    _, found = verified(write(tmp_path / "稿.docx", not_struck))
    assert found[WORDS].passed


_UNSEEN = {
    "hidden by its style": run("不", '<w:rStyle w:val="Gone"/>'),
    "hidden by what its style is based on": run("不", '<w:rStyle w:val="Below"/>'),
    "the code of a field": field("IF 1 = 1", run("")).replace("</w:instrText></w:r>", f"</w:instrText></w:r>{field('QUOTE', run('不'))}", 1),
    "a soft hyphen": "<w:r><w:softHyphen/></w:r>",
    "a bookmark and a proof mark": '<w:bookmarkStart w:id="7" w:name="x"/><w:bookmarkEnd w:id="7"/><w:proofErr w:type="spellStart"/>',
    "a picture that floats beside": _PICTURE.replace("wp:inline", "wp:anchor"),
    "the comment of another": '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/>',
    "a change of look": '<w:r><w:rPr><w:b/><w:rPrChange w:id="9" w:author="x"><w:rPr/></w:rPrChange></w:rPr></w:r>',
}  # fmt: skip


@pytest.mark.parametrize("kind", _UNSEEN)
def test_what_no_reader_sees_is_no_part_of_a_quotation(kind: str, tmp_path: Path, verified: Verified) -> None:
    _, found = verified(write(tmp_path / "稿.docx", quoting(_UNSEEN[kind]), styles=_HIDING))
    assert found[WORDS].passed


def test_words_that_two_styles_hide_are_shown(tmp_path: Path, verified: Verified) -> None:
    """A toggle: what hides in the paragraph's style and in the run's is seen."""
    shown = par(run(f"要求“{HEAD}", "<w:vanish w:val='0'/>"), run("不", '<w:rStyle w:val="Gone"/>'),
                run(f"{TAIL}”。", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="All"/>')  # fmt: skip
    _, found = verified(write(tmp_path / "稿.docx", shown, styles=_HIDING))
    assert not next(iter(found.values())).passed


def test_a_field_that_never_ends_hides_nothing(tmp_path: Path, verified: Verified) -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    _, found = verified(write(tmp_path / "稿.docx", par(broken), par(run(f"要求“{WRONG}”。"))))
    assert found[WRONG].outcome is Outcome.ALTERED


_NESTED = "<w:tbl><w:tr><w:tc><w:tbl><w:tr>{}</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
_BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
_CONTROL = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
_PLACES = {
    "alternatives around paragraphs": "<mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice></mc:AlternateContent>",
    "a control in a control": _CONTROL.replace("{}", _CONTROL),
    "a table in a table, in controls": _CONTROL.replace(
        "{}", _NESTED.replace("{}", _CONTROL.replace("{}", "<w:tc>{}</w:tc>"))
    ),
    "an element of XML of one's own": '<w:customXml w:element="x">{}</w:customXml>',
    "a text box in a text box": par(_BOX.replace("{}", par(_BOX))),
}


@pytest.mark.parametrize("kind", _PLACES)
def test_words_are_found_wherever_they_stand(kind: str, tmp_path: Path, verified: Verified) -> None:
    wrong = par(run(f"要求“{WRONG}”。"))
    _, found = verified(write(tmp_path / "稿.docx", _PLACES[kind].replace("{}", wrong)))
    assert found[WRONG].outcome is Outcome.ALTERED


def test_a_text_box_in_a_head_is_told_once(tmp_path: Path) -> None:
    """As Word writes it: twice, once for programs of today and once for those of before."""
    document = Document()
    document.add_paragraph("正文。")
    box = f"<w:txbxContent>{par(run(f'要求“{WRONG}”。'))}</w:txbxContent>"
    both = (
        f"<w:r {_NAMES}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(both))
    document.save(str(tmp_path / "稿.docx"))
    assert main(["verify", str(tmp_path / "稿.docx"), "--archive", str(SOURCES), "--comments"]) == 1
    annotated = tmp_path / "稿.核对.docx"
    assert [comment.text[:7] for comment in Document(str(annotated)).comments] == ["与存档文本不符"]
    assert faults(annotated) == []


def test_a_moved_mark_of_a_paragraph_joins_like_a_deleted_one(tmp_path: Path, verified: Verified) -> None:
    moved = '<w:rPr><w:moveFrom w:id="3" w:author="x"/></w:rPr>'
    path = write(tmp_path / "稿.docx", par(run(f"要求“{HEAD}"), properties=moved), par(run(f"{TAIL}”。")))
    _, found = verified(path)
    assert found[WORDS].passed and found[WORDS].quotation.paragraph.version == "改后"


def test_a_deleted_text_box_is_of_the_former_version(tmp_path: Path, verified: Verified) -> None:
    box = _BOX.replace("{}", par(run(f"“{WRONG}”")))
    path = write(tmp_path / "稿.docx", par(f'<w:del w:id="4" w:author="x">{box}</w:del>'))
    _, found = verified(path)
    assert [one.quotation.paragraph.version for one in found.values()] == ["原稿"]


def test_the_words_of_a_diagram_are_checked(tmp_path: Path) -> None:
    shown = par(_PICTURE.replace("<a:blip/>", '<dgm:relIds r:dm="rId77"/>'))
    path = write(tmp_path / "稿.docx", par(run(f"要求“{WORDS}”。")), shown)
    draft = read_draft(path)
    assert any("SmartArt" in told for told in draft.unread)
    words = f"<a:p><a:r><a:t>“{HEAD}</a:t></a:r><a:r><a:t>敬畏的心态。”</a:t></a:r></a:p>"
    data = f"<dgm:dataModel {_NAMES}><dgm:pt><dgm:t>{words}</dgm:t></dgm:pt></dgm:dataModel>"

    def add(name: str, old: bytes) -> bytes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
        link = f'<Relationship Id="rId77" Type="{kind}" Target="diagrams/data1.xml"/></Relationships>'
        return old.replace(b"</Relationships>", link.encode()) if name == "word/_rels/document.xml.rels" else old

    repacked(path, add)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/diagrams/data1.xml", data)
    out = tmp_path / "稿.核对.docx"
    assert main(["verify", str(path), "--archive", str(SOURCES), "--comments"]) == 1
    assert ["图示1" in comment.text for comment in Document(str(out)).comments] == [False, True]


@pytest.mark.parametrize("element", ['<w:altChunk r:id="rId99"/>', '<w:p><w:subDoc r:id="rId99"/></w:p>'])
def test_what_stands_in_another_file_is_told_and_does_not_pass(
    element: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "稿.docx", par(run(f"要求“{WORDS}”。")), element)
    assert main(["verify", str(path), "--archive", str(SOURCES)]) == 1
    assert "无法核对" in capsys.readouterr().out


@pytest.mark.parametrize("more", [[], ["--comments"]], ids=["list", "comments"])
def test_pictures_alone_are_told_as_unreadable(
    more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "稿.docx", par(_PICTURE))
    assert main(["verify", str(path), "--archive", str(SOURCES), *more]) == 1
    assert "无法核对" in capsys.readouterr().out


def test_a_file_without_styles_keeps_its_look(tmp_path: Path) -> None:
    """WPS leaves them out: what a program would put in their place changes every face and size."""
    path = write(tmp_path / "稿.docx", par(run(f"要求“{WRONG}”。")))

    def bare(name: str, data: bytes) -> bytes | None:
        if name == "word/styles.xml":
            return None
        if name == "[Content_Types].xml":
            start = data.index(b'<Override PartName="/word/styles.xml"')
            return data[:start] + data[data.index(b"/>", start) + 2 :]
        if name == "word/_rels/document.xml.rels":
            at = data.index(b'relationships/styles"')
            start = data.rindex(b"<Relationship ", 0, at)
            return data[:start] + data[data.index(b"/>", start) + 2 :]
        return data

    repacked(path, bare)
    assert main(["verify", str(path), "--archive", str(SOURCES), "--comments"]) == 1
    annotated = tmp_path / "稿.核对.docx"
    with zipfile.ZipFile(annotated) as package:
        assert "word/styles.xml" not in package.namelist()
    assert faults(annotated) == []


def _strict(_name: str, data: bytes) -> bytes:
    for old, new in ((b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"),
                     (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
                     (b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/")):  # fmt: skip
        data = data.replace(old, new)
    return data.replace(b"<w:document ", b'<w:document w:conformance="strict" ')


def _typed(kind: bytes) -> Callable[[str, bytes], bytes]:
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return lambda _name, data: data.replace(usual, kind)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("稿.docx", _strict),
        ("稿.docm", _typed(b"application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("稿.dotx", _typed(b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")),
        ("稿.docx", _typed(b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml")),
    ],
    ids=["strict", "macros", "template", "renamed"],
)
def test_other_kinds_of_word_file_are_read(name: str, change: Callable[[str, bytes], bytes], tmp_path: Path) -> None:
    path = repacked(write(tmp_path / name, par(run(f"要求“{WORDS}”，不是“{WRONG}”。"))), change)
    assert main(["verify", str(path), "--archive", str(SOURCES), "--comments"]) == 1
    annotated = tmp_path / "稿.核对.docx"
    told = [comment.text.split("：")[0] for comment in Document(str(annotated)).comments]
    assert told == ["一致", "与存档文本不符"]
    assert faults(annotated) == []


def _doubled(path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as package:
        package.writestr("word/document.xml", "<x/>")


def _locked(path: Path) -> None:
    data = bytearray(path.read_bytes())
    at = data.rindex(b"word/document.xml") - 46
    data[at + 8] |= 1
    path.write_bytes(data)


def _no_body(path: Path) -> None:
    repacked(path, lambda name, data: f"<w:document {_NAMES}/>".encode() if name == "word/document.xml" else data)


def _wide_entity(path: Path) -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "不">]>'
        f"<w:document {_NAMES}><w:body/></w:document>"
    )
    repacked(path, lambda name, data: text.encode("utf-16") if name == "word/document.xml" else data)


def _bad_head(path: Path) -> None:
    document = Document(str(path))
    document.sections[0].header.paragraphs[0].text = "头"
    document.save(str(path))
    repacked(path, lambda name, data: b"<w:hdr" if name == "word/header1.xml" else data)


@pytest.mark.parametrize("spoil", [_doubled, _locked, _no_body, _wide_entity, _bad_head])
def test_a_spoilt_file_is_one_message(
    spoil: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "稿.docx", par(run(f"要求“{WORDS}”。")))
    spoil(path)
    assert main(["verify", str(path), "--archive", str(SOURCES), "--comments"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("错误：稿.docx：") and len(said.strip().split("\n")) == 1
