"""The record of a new speech as TOML, with what a person must still look at as comments."""

from __future__ import annotations

import tomlkit

from .propose import Proposal

_FACTS = (
    ("title", "题名；程序从文中取的，请核对"),
    ("occasion", "什么会议"),
    ("level", "县、市、区、乡镇、部门……"),
    ("speaker", "讲话人当时的职务；不知道就留空，不要猜"),
    ("date", '日期，写已知的部分，如 "2019" "2019-08-15"；不知道就留空'),
    ("date_basis", "日期是推算的，写明依据，如“据文中推定”"),
    ("provenance", "文本从哪里来"),
)


def record_text(
    proposal: Proposal, *, title: str, date: str, received: str, received_sha256: str, extracted: str, sha256: str
) -> str:
    """The whole ``<id>.toml``. ``received``: the file as it came, ``extracted``: how the text was taken from it."""
    values = {"title": title, "occasion": proposal.occasion, "date": date}
    document = tomlkit.document()
    for key, told in _FACTS:
        document.add(key, tomlkit.string(values.get(key, "")).comment(told))
    document.add(tomlkit.nl())
    document.add("received", tomlkit.string(received).comment("收到的文件，原样存在 received 文件夹里"))
    document.add("received_sha256", tomlkit.string(received_sha256))
    document.add("extracted", tomlkit.string(extracted).comment("文本是怎样取出来的"))
    document.add("sha256", tomlkit.string(sha256).comment("文本文件的摘要，不要改"))
    document.add("checked_against_original", tomlkit.boolean("false").comment("与讲话原件核对过以后才改成 true"))
    document.add("rights", tomlkit.string("internal"))
    document.add(tomlkit.nl())
    skip = tomlkit.array()
    skip.extend([list(pair) for pair in proposal.skip])
    for number, why in sorted(proposal.why.items()):
        document.add(tomlkit.comment(f"第{number}行像是{why}，不算讲话正文"))
    document.add("skip", skip)
    for first, last in proposal.joins:
        document.add(
            tomlkit.comment(f"第{first}行和第{last}行像是一句话断成了两行；确实是的，把 [{first}, {last}] 写进 join")
        )
    document.add("join", tomlkit.array())
    for suspect in proposal.suspects:
        document.add(tomlkit.nl())
        for line in (
            f"第{suspect.line}行的“{suspect.original}”像是“{suspect.reading}”转换来的；对照原件确认后，去掉下面几行前面的 #",
            "[[emendation]]",
            f"line = {suspect.line}",
            f'original = "{suspect.original}"',
            f'reading = "{suspect.reading}"',
            f"occurrence = {suspect.occurrence}",
            'kind = "transcription"',
        ):
            document.add(tomlkit.comment(line))
    return tomlkit.dumps(document)
