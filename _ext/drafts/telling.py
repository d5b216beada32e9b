"""What a clerk is told of a quotation: the outcome first, then what the source says and where, then what to do."""

from __future__ import annotations

from speeches.core.matching.verdict import Passage
from speeches.core.report.report import edit_data, passage_data
from speeches.core.review.advice import difference, flat, place
from speeches.core.source.archive import Archive
from speeches.core.source.speech import RestrictionKind

from .draft import DRAWN, Draft
from .judge import Judged, Outcome
from .quoted import Kind


def told(judged: Judged, archive: Archive) -> list[str]:
    """Lines of a comment; the first begins with the outcome."""
    version = judged.quotation.paragraph.version
    head = f"{judged.outcome}（{version}）" if version else str(judged.outcome)
    return [f"{head}：{_first(judged, archive)}", *_source(judged, archive), *_what_to_do(judged, archive)]


def readable(text: str) -> str:
    """Words of a draft for a message."""
    return text.replace(DRAWN, "〔图〕")


def item(judged: Judged, file: str) -> dict[str, object]:
    """The contract's object of one quotation."""
    verdict = judged.verdict
    spot = _spot(judged)
    return {
        "file": file,
        "text": judged.quotation.text,
        "where": judged.quotation.paragraph.where,
        "version": judged.quotation.paragraph.version,
        "speech": spot.speech if spot else verdict.speech if judged.quotation.attribution.speech else "",
        "locator": spot.locator if spot else "",
        "pass": judged.passed,
        "status": {"text": str(verdict.text), "place": str(verdict.place), "source": str(verdict.source)},
        "outcome": str(judged.outcome),
        "flags": [str(flag) for flag in verdict.flags],
        "edit": None if judged.secret else edit_data(verdict),
        "nearest": None if judged.secret else passage_data(verdict.nearest),
    }


def unreadable_item(draft: Draft) -> dict[str, object]:
    """What stands in the list for a file that has no words to look at: never 查无此文."""
    return {
        "file": draft.name,
        "text": "",
        "where": "全文",
        "version": "",
        "speech": "",
        "locator": "",
        "pass": False,
        "status": {"text": "unchecked", "place": "unknown", "source": "missing"},
        "outcome": str(Outcome.UNCHECKED),
        "flags": [],
        "edit": None,
        "nearest": None,
    }


def _spot(judged: Judged) -> Passage | None:
    return judged.verdict.found or judged.verdict.nearest


def _first(judged: Judged, archive: Archive) -> str:
    verdict = judged.verdict
    named = judged.quotation.attribution.speech
    name = f"《{archive.speeches[named].title}》" if named in archive.speeches else named
    match judged.outcome:
        case Outcome.AGREES:
            count = f"（讲话库里有{len(judged.places)}处）" if len(judged.places) > 1 else ""
            return f"与存档文本核对一致{count}。"
        case Outcome.ALTERED if verdict.edit and not judged.secret:
            return f"{difference(verdict.edit)}。"
        case Outcome.ALTERED:
            return "文字有出入。"
        case Outcome.ABSENT:
            return f"{name or '讲话库'}里没有这段话，也没有相近的。"
        case Outcome.MISATTRIBUTED:
            return f"稿中注为{name}，这段话在另一篇里。"
        case Outcome.MOVED:
            return "这段话不在所注的地方。"
        case Outcome.CLIPPED:
            words = "；".join(f"{cut.where}有“{'、'.join(cut.words)}”" for cut in verdict.clippings)
            return f"引文{words}，截去以后意思可能变了。"
        case Outcome.RESTRICTED:
            return "讲话登记里限制引用这一段。"
        case Outcome.UNATTRIBUTED:
            return f"有{len(judged.quotation.text)}个字与讲话原文相同，没有加引号、注出处。"
        case Outcome.AMBIGUOUS:
            return f"讲话库里有{len(judged.places) or len(verdict.candidates)}处，前后文意思不同。"
        case Outcome.UNCHECKED if not judged.quotation.closed:
            return "引号没有成对，看不出引到哪里为止。"
        case Outcome.UNCHECKED if DRAWN in judged.quotation.text:
            return "引文里有图片、公式、画出来的字（如带圈字符）或划掉的字，不能确定引的是什么。"
        case Outcome.UNCHECKED if judged.quotation.attribution.foreign:
            return f"稿中注明出自《{judged.quotation.attribution.foreign}》，讲话库里没有这一篇。"
        case _:
            return verdict.detail or "这一处没有办法与讲话库对照。"


def _source(judged: Judged, archive: Archive) -> list[str]:
    if judged.secret:
        return []
    spots = judged.places or tuple(spot for spot in [_spot(judged)] if spot)
    lines = []
    for spot in spots[:3]:
        words = "" if judged.passed else f"：{flat(spot.text, 120)}"
        lines.append(f"存档文本：{place(spot, archive)}（{spot.speech} {spot.locator}）{words}")
    if judged.outcome is Outcome.CLIPPED:
        lines += [f"前后文：{flat(cut.context, 80)}" for cut in judged.verdict.clippings[:2]]
    return lines


def _what_to_do(judged: Judged, archive: Archive) -> list[str]:
    advice = _advice(judged, archive)
    return [f"怎么办：{advice}"] if advice else []


def _advice(judged: Judged, archive: Archive) -> str:
    spot = _spot(judged)
    match judged.outcome:
        case Outcome.AGREES:
            if judged.verdict.unmarked:
                return f"原文此处登记为有误，宜写作“{'、'.join(judged.verdict.unmarked)}”。"
            return "建议加上引号。" if judged.quotation.kind is Kind.REPORTED else ""
        case Outcome.ALTERED:
            return "请照存档文本改；要用自己的话说，就去掉引号。"
        case Outcome.ABSENT:
            return "请核对出处；查不到的，不要放进引号。"
        case Outcome.MISATTRIBUTED if spot:
            return f"请改注为{place(spot, archive)}，或者换引所注那篇的原话。"
        case Outcome.CLIPPED:
            return "请把话引全，或者改用自己的话说。"
        case Outcome.RESTRICTED:
            kinds = {r.kind for r in judged.verdict.restrictions}
            if kinds == {RestrictionKind.SECONDHAND}:
                return "这是讲话人转述别人的话，引用时要写明“转引”。"
            return "请删去，改引别处。"
        case Outcome.UNATTRIBUTED:
            return f"请加引号并注明出自{place(spot, archive)}，或者用自己的话改写。" if spot else ""
        case Outcome.AMBIGUOUS:
            return "请多引几个字，或者注明是哪一篇、哪一处。"
        case Outcome.UNCHECKED if not judged.quotation.closed:
            return "请把引号补齐，再核对一遍。"
        case _:
            return "请找原件核对。"
