"""Where fonts come from: the office's folder, then the system, then the cache; and slices of a web font joined."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontmaking import piece, renamed
from fontTools.ttLib import TTFont
from printing import FONTS, build, have_fonts, run
from pypdf import PdfReader

from support import require
from zhprint import faces
from zhprint.faces import Fonts, find_fonts
from zhprint.fetch import UnavailableError, joined
from zhprint.marks import sit_right
from zhprint.messages import PrintError
from zhprint.reading import squeeze


@pytest.fixture(autouse=True)
def _fetched() -> None:
    require(have_fonts(), "没有字体：请先运行 make fonts")


def families(fonts: Fonts) -> dict[str, str]:
    """Face → family that prints it."""
    return {face: chain[0].family for face, chain in fonts.chains.items()}


def fonts_in(pdf: Path) -> set[str]:
    """PostScript names of what is embedded, without the tag of the subset."""
    out = set()
    for page in PdfReader(pdf).pages:
        resources: Any = page["/Resources"]
        for font in (resources.get("/Font") or {}).values():
            out.add(str(font.get_object()["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H"))
    return out


def test_licensed_fonts_of_the_office_come_first_and_are_embedded(book: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    renamed(
        FONTS / "NotoSerifSC_700Bold.ttf", office / "FZXBSJW.ttf", "FZXiaoBiaoSong-B05S", postscript="FZXBSJW--GB1-0"
    )
    renamed(
        FONTS / "NotoSerifSC_400Regular.ttf", office / "simfang.ttf", "FangSong_GB2312", postscript="FangSongGB2312"
    )
    fonts, remarks = find_fonts(office, FONTS, use_system=False)
    assert families(fonts)["title"] == "FZXiaoBiaoSong-B05S" and families(fonts)["body"] == "FangSong_GB2312"
    assert remarks == []
    build(book / "source", tmp_path / "out", "-D", f"zhprint_fonts={office}")
    assert {"FZXBSJW--GB1-0", "FangSongGB2312"} <= fonts_in(tmp_path / "out/handbook.pdf")
    assert not {"FandolSong-Bold", "FandolFang-Regular"} & fonts_in(tmp_path / "out/handbook.pdf")


def test_a_font_of_the_system_comes_before_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system, office = tmp_path / "system", tmp_path / "office"
    small = piece(FONTS / "NotoSerifSC_400Regular.ttf", tmp_path / "small.ttf", "中")
    renamed(small, system / "simfang.ttf", "FangSong")
    monkeypatch.setattr(faces, "_system_folders", lambda: [system])
    assert families(find_fonts(None, FONTS, use_system=True)[0])["body"] == "FangSong"
    assert families(find_fonts(None, FONTS, use_system=False)[0])["body"] == "FandolFang R"
    # The office's own comes before the system's, though the system's stands earlier in the list.
    renamed(small, office / "own.ttf", "STFangsong")
    renamed(small, system / "gb.ttf", "FangSong_GB2312")
    assert families(find_fonts(office, FONTS, use_system=True)[0])["body"] == "STFangsong"
    # Of one family in two places the office's file is taken.
    renamed(small, office / "zz.ttf", "FangSong_GB2312")
    body = find_fonts(office, FONTS, use_system=True)[0].chains["body"][0]
    assert body.path.parent == office


def test_excerpts_are_in_the_regular_cut_whatever_else_there_is(book: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    for weight, style in ((300, "Light"), (400, "Regular"), (500, "Medium"), (700, "Bold")):
        name = f"LXGWWenKai-{style}"
        renamed(FONTS / "LXGWWenKai-Regular.ttf", office / f"{name}.ttf", "LXGW WenKai", postscript=name, weight=weight)
    fonts, _ = find_fonts(office, FONTS, use_system=False)
    assert fonts.chains["kai"][0].weight == 400
    assert [path.name for path in fonts.files() if "WenKai" in path.name] == ["LXGWWenKai-Regular.ttf"]
    build(book / "source", tmp_path / "out", "-D", f"zhprint_fonts={office}")
    assert {name for name in fonts_in(tmp_path / "out/handbook.pdf") if "WenKai" in name} == {"LXGWWenKai-Regular"}


def test_a_system_without_fonts_has_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "_system_folders", list)
    fonts, remarks = find_fonts(None, FONTS, use_system=True)
    assert {path.parent for path in fonts.files()} == {FONTS} and remarks == []


def test_without_a_fang_song_the_body_is_song_and_that_is_told(tmp_path: Path) -> None:
    for name in ("NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf", "NotoSansSC_400Regular.ttf"):
        (tmp_path / name).symlink_to(FONTS / name)
    fonts, remarks = find_fonts(None, tmp_path, use_system=False)
    assert families(fonts)["body"] == families(fonts)["kai"] == "Noto Serif SC"
    assert [remark[:4] for remark in remarks] == ["没有仿宋", "没有楷体"]


def test_a_folder_of_the_office_that_is_not_there_stops_the_print(book: Path, tmp_path: Path) -> None:
    done = run(book / "source", tmp_path / "out", "-D", "zhprint_fonts=nowhere")
    assert done.returncode != 0 and "字体文件夹不存在：nowhere" in done.stderr and "Traceback" not in done.stderr


def test_a_font_of_the_office_is_known_by_the_words_in_its_name(tmp_path: Path) -> None:
    office = tmp_path / "office"
    small = piece(FONTS / "NotoSerifSC_400Regular.ttf", tmp_path / "small.ttf", "中")
    renamed(small, office / "某厂仿宋.ttf", "Some Foundry One")
    renamed(small, office / "zz.ttf", "Some KaiTi Pro")
    renamed(small, office / "what.ttf", "Some Foundry Two")
    fonts, remarks = find_fonts(office, FONTS, use_system=False)
    assert families(fonts)["body"] == "Some Foundry One" and families(fonts)["kai"] == "Some KaiTi Pro"
    (remark,) = remarks
    assert "what.ttf" in remark and "看不出是哪一种字体" in remark
    assert [font.family for font in fonts.spare] == ["Some Foundry Two"]
    assert all('"Some Foundry Two"' in fonts.typst(face) for face in fonts.chains), (
        "what nothing else has comes from it"
    )


def test_marks_come_from_a_face_in_which_they_sit_right(tmp_path: Path) -> None:
    """FandolFang centres ？ and sets ， off; LXGW WenKai has “ ” of Latin width; Noto's are as they should be."""
    assert not sit_right(FONTS / "FandolFang-Regular.otf") and not sit_right(FONTS / "LXGWWenKai-Regular.ttf")
    assert sit_right(FONTS / "NotoSerifSC_400Regular.ttf")
    fonts, _ = find_fonts(None, FONTS, use_system=False)
    assert fonts.marks == {
        "body": "Noto Serif SC",
        "kai": "Noto Serif SC",
        "hei": "Noto Sans SC",
        "title": "Noto Serif SC",
    }


def test_no_font_anywhere_is_told_with_what_to_do(book: Path, tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="找不到可用的字体：仿宋、楷体、黑体、小标宋、宋体、等宽。") as told:
        find_fonts(None, tmp_path / "nowhere", use_system=False)
    assert "handbook fonts" in str(told.value) and "zhprint_fonts" in str(told.value)
    done = run(book / "source", tmp_path / "out", "-D", f"zhprint_font_cache={tmp_path / 'nowhere'}")
    assert done.returncode != 0 and "找不到可用的字体" in done.stderr and "Traceback" not in done.stderr


SLICES = ("办公室工作无小事", "要把文件一字一句看清楚", "位臵置“”……——，。")


def packed(folder: Path, prefix: str) -> Path:
    """A package as npm packs it: slices of one font, each with characters of its own."""
    with tarfile.open(folder / "font.tgz", "w:gz") as archive:
        for number, text in enumerate(SLICES):
            slice_ = piece(FONTS / "LXGWWenKai-Regular.ttf", folder / f"{number}.woff2", text, flavor="woff2")
            archive.add(slice_, f"{prefix}{number}.woff2")
        archive.add(slice_, "package/files/another-face-0.woff2")
    return folder / "font.tgz"


def test_slices_of_a_web_font_are_joined_into_one_that_prints(tmp_path: Path) -> None:
    import typst

    package = packed(tmp_path, "package/files/wenkai-subset-")
    data = joined(package, "package/files/wenkai-subset-")
    font = TTFont(BytesIO(data))
    assert {chr(code) for code in font.getBestCmap()} >= set("".join(SLICES))
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/joined.ttf").write_bytes(data)
    (tmp_path / "page.typ").write_text(
        f'#set text(font: "LXGW WenKai", fallback: false, lang: "zh")\n{"".join(SLICES)}', encoding="utf-8"
    )
    pdf, warnings = typst.compile_with_warnings(
        str(tmp_path / "page.typ"), font_paths=[str(tmp_path / "fonts")], ignore_system_fonts=True
    )
    assert warnings == [] and isinstance(pdf, bytes)
    assert "".join(SLICES) in squeeze(PdfReader(BytesIO(pdf)).pages[0].extract_text())
    assert joined(package, "package/files/wenkai-subset-") == data, "the same every time"


def test_a_package_without_slices_is_refused(tmp_path: Path) -> None:
    package = packed(tmp_path, "package/files/wenkai-subset-")
    with pytest.raises(UnavailableError, match="包里没有"):
        joined(package, "package/files/other-")
