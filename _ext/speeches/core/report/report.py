"""Verdicts → report.json and report.txt: the contract other tools rely on (DESIGN, "Contracts")."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from zh.terminal import harmless

from ..matching.verdict import Passage, Verdict
from ..review.finding import Finding
from ..review.review import Reviewed
from ..source.archive import Archive
from ..source.speech import Span
from .shape import VERSION, Accepted, Book, EditItem, Item, Line, PassageItem, Report, Spot, Summary


def passage_data(found: Passage | None) -> PassageItem | None:
    """A passage as JSON, or null."""
    if found is None:
        return None
    return {
        "speech": found.speech,
        "locator": found.locator,
        "start": found.start,
        "end": found.end,
        "text": found.text,
    }


def edit_data(verdict: Verdict) -> EditItem | None:
    """The worst edit as JSON, or null."""
    if verdict.edit is None:
        return None
    return {"kind": str(verdict.edit.kind), "source": verdict.edit.source, "printed": verdict.edit.printed}


def line_data(identifier: object, verdict: Verdict) -> Line:
    """One line of ``handbook verify --jsonl``."""
    return {
        "id": identifier,
        "pass": verdict.agrees,
        "text": str(verdict.text),
        "place": str(verdict.place),
        "source": str(verdict.source),
        "flags": [str(flag) for flag in verdict.flags],
        "fragments": [_spot(span) for span in verdict.fragments],
        "edit": edit_data(verdict),
        "nearest": passage_data(verdict.nearest),
        "found": passage_data(verdict.found),
        "features": [str(feature) for feature in verdict.features],
        "candidates": [passage_data(candidate) for candidate in verdict.candidates],
    }


def report_data(
    reviewed: Sequence[Reviewed],
    others: Sequence[Finding],
    archive: Archive,
    numbers: Mapping[str, str],
    *,
    public: bool = False,
    book: Book | None = None,
) -> Report:
    """The whole report. ``others``: findings that belong to no quotation. ``numbers``: printed numbers by id.

    ``public``: without any word of a speech that the handbook does not print. ``book``: what is said of the edition.
    """
    if public:
        return _redacted(report_data(reviewed, others, archive, numbers, book=book))
    return {
        "version": VERSION,
        **(book or {}),
        "speeches": {
            speech.id: {"title": speech.title, "digest": speech.digest, "record": speech.record_digest}
            for speech in archive
        },
        "excerpts": _items(reviewed, archive, numbers),
        "findings": [{"subtype": str(f.subtype), "path": f.path, "line": f.line, "message": f.message} for f in others],
        "summary": summary(reviewed, others, archive),
    }


def summary(reviewed: Sequence[Reviewed], others: Sequence[Finding], archive: Archive) -> Summary:
    """Counts of everything that a reviewer asks first. A book may be without quotations only where there is no speech."""
    return {
        "quotations": len(reviewed),
        "excerpts": sum(item.claim.kind == "excerpt" for item in reviewed),
        "quotes": sum(item.claim.kind == "quote" for item in reviewed),
        "passed": sum(item.passed for item in reviewed),
        "failed": sum(not item.passed for item in reviewed),
        "other_findings": len(others),
        "text": dict(sorted(Counter(str(item.verdict.text) for item in reviewed).items())),
        "review": dict(sorted(Counter(str(item.review) for item in reviewed).items())),
        "flags": dict(sorted(Counter(str(flag) for item in reviewed for flag in item.verdict.flags).items())),
        "ok": bool(reviewed or not archive.ids()) and not others and all(item.passed for item in reviewed),
    }


def to_json(data: Report | Line) -> str:
    """Stable, readable JSON."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def to_text(data: Report, causes: Sequence[Finding] = ()) -> str:
    """The same for a person: a summary, then what does not pass, then what was left out or must be looked at.

    ``causes``: every finding, one for one cause; without them each of the report stands by itself.
    """
    total = data["summary"]
    lines = [
        "引文核对报告",
        (
            f"全书引文 {total['quotations']} 条（摘录 {total['excerpts']}，引语 {total['quotes']}），"
            f"与存档文本核对一致并经认可 {total['passed']} 条，"
            f"未通过 {total['failed']} 条，其他问题 {total['other_findings']} 项。"
        ),
        "“一致”指与存档文本一致；存档文本未与讲话原件核对。",
        "",
    ]
    failed = [item for item in data["excerpts"] if not item["pass"]]
    if failed or data["findings"]:
        lines.append("未通过：")
        lines += [f"{f.path}{':' + str(f.line) if f.line else ''}: {f.message}" for f in causes]
        for item in failed if not causes else ():
            lines += [f"{item['path']}:{item['line']}: {finding}" for finding in item["findings"]]
        others = data["findings"] if not causes else ()
        lines += [f"{f['path']}{':' + str(f['line']) if f['line'] else ''}: {f['message']}" for f in others]
        lines.append("")
    notable = [item for item in data["excerpts"] if item["flags"] or item["omitted"]]
    if notable:
        lines.append("请审阅人留意：")
        for item in notable:
            flags = f"（{'、'.join(item['flags'])}）" if item["flags"] else ""
            lines.append(f"{item['number'] or item['id']} {item['path']}:{item['line']} {flags}")
            lines += [f"    略去：{text}" for text in item["omitted"]]
    return harmless("\n".join(lines).rstrip()) + "\n"  # read in a terminal as often as in an editor


def _items(reviewed: Sequence[Reviewed], archive: Archive, numbers: Mapping[str, str]) -> list[Item]:
    seen: Counter[str] = Counter()
    items = []
    for item in reviewed:
        seen[item.claim.id] += 1
        items.append(_item(item, seen[item.claim.id], archive, numbers))
    return items


def _item(item: Reviewed, occurrence: int, archive: Archive, numbers: Mapping[str, str]) -> Item:
    claim, verdict, entry = item.claim, item.verdict, item.entry
    found_here = verdict.found if verdict.found and verdict.found.speech == claim.speech else None
    accepted: Accepted | None = {"by": entry.by, "on": entry.on, "reason": entry.reason} if entry else None
    return {
        "id": claim.id,
        "occurrence": occurrence,
        "count": item.count,
        "number": numbers.get(claim.id, ""),
        "docname": claim.docname,
        "path": claim.path,
        "line": claim.line,
        "kind": str(claim.kind),
        "speech": claim.speech,
        "locator": found_here.locator if found_here else str(claim.selector.locator or ""),
        "quoted": claim.text,
        "status": {
            "text": str(verdict.text),
            "place": str(verdict.place),
            "source": str(verdict.source),
            "review": str(item.review),
        },
        "flags": [str(flag) for flag in verdict.flags],
        "pass": item.passed,
        "features": [str(feature) for feature in verdict.features],
        "fragments": [_spot(span) for span in verdict.fragments],
        "edit": edit_data(verdict),
        "nearest": _shown_passage(archive, verdict.nearest),
        "found": _shown_passage(archive, verdict.found),
        "candidates": [_shown_passage(archive, candidate) for candidate in verdict.candidates],
        "omitted": [archive.speeches[claim.speech].shown(span) for span in verdict.omitted],
        "clipped": [{"where": c.where, "words": list(c.words), "context": c.context} for c in verdict.clippings],
        "accepted": accepted,
        "findings": [finding.message for finding in item.findings],
    }


def _redacted(data: Report) -> Report:
    for item in data["excerpts"]:
        if item["found"]:
            item["found"]["text"] = item["quoted"]
        item.update({"nearest": None, "edit": None, "candidates": [], "omitted": [], "clipped": []})
        item["findings"] = ["未通过" for _ in item["findings"]]
    for finding in data["findings"]:
        finding["message"] = finding["subtype"]
    return data


def _spot(span: Span) -> Spot:
    return {"start": span.start, "end": span.end}


def _shown_passage(archive: Archive, found: Passage | None) -> PassageItem | None:
    data = passage_data(found)
    if data is not None and found is not None:
        data["text"] = archive.speeches[found.speech].shown(Span(found.start, found.end))
    return data
