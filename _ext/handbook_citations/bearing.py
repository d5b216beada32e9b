"""Whether the archive bears an excerpt out. Pure: an entry of citations.json × archive → its place, or why not."""

from __future__ import annotations

from dataclasses import dataclass

from citable.shape import ExcerptItem
from speeches.core.citation import place_title
from speeches.core.errors import LocatorError
from speeches.core.matching.verdict import PlaceStatus, SourceStatus
from speeches.core.matching.verify import Request, verify
from speeches.core.review.advice import advise
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector, parse_locator
from speeches.core.source.speech import RestrictionKind


@dataclass(frozen=True, slots=True)
class Bearing:
    """``place``: 《题名》第二部分（四）, as the archive has it; "" when the excerpt must not be printed, for ``refusal``."""

    place: str = ""
    refusal: str = ""


def bearing(item: ExcerptItem, archive: Archive) -> Bearing:
    """Everything is asked of the archive; the entry is only believed where it says that a cut was looked at."""
    try:
        selector = Selector(parse_locator(item["locator"]))
    except LocatorError as error:
        return Bearing(
            refusal=f"手册网站里记的段句号不对：{error}\n  怎么办：请重新生成手册网站，或重新复制整个文件夹。"
        )
    verdict = verify(Request(item["text"], item["speech"], selector, in_handbook=True), archive)
    if not verdict.agrees or verdict.place is not PlaceStatus.AS_CITED or verdict.found is None:
        told = advise(item["text"], verdict, archive).replace("\n", "\n  ")
        return Bearing(refusal=f"手册的摘录与这里的讲话库不一致。\n  {told}")
    if verdict.source is not SourceStatus.PINNED:
        return Bearing(
            refusal=f"讲话 {item['speech']} 在这里没有登记，不知道哪些不得引用。\n  怎么办：请补上它的 .toml。"
        )
    allowed = {RestrictionKind.SECONDHAND} if item["secondhand"] else set()
    if any(restriction.kind not in allowed for restriction in verdict.restrictions):
        return Bearing(
            refusal=f"讲话库的登记限制引用讲话 {item['speech']} 的这一处。\n"
            "  怎么办：请改引别处；手册也要改的，告诉手册的编辑。"
        )
    if verdict.clippings and not item["cut"]:
        words = "、".join(word for clipping in verdict.clippings for word in clipping.words)
        return Bearing(
            refusal=f"这样截取可能改变原意，被截掉的部分有“{words}”。\n  怎么办：请重新生成手册网站，或重新复制整个文件夹。"
        )
    speech = archive.speeches[item["speech"]]
    if speech.digest != item["digest"]:
        return Bearing(
            refusal=f"讲话 {speech.id} 的存档文本与手册所用的不是同一份。\n"
            "  怎么办：请改用手册的讲话库，或用这里的讲话库重新生成手册。"
        )
    return Bearing(place=place_title(speech, verdict.found.start))
