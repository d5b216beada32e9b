"""The JSON Schema of a record says what the program's own reader says; editors' programs show it while one writes."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from handbook.fresh import PATTERNS
from speeches.core.source.record import RecordReader
from speeches.core.source.speech import EmendationKind, Record, RestrictionKind
from support import ROOT

SCHEMA = json.loads((PATTERNS / "record.schema.json").read_text(encoding="utf-8"))
TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
RECORDS = [*ROOT.glob("source_speeches/*.toml"), *ROOT.glob("tests/roots/*/source_speeches/*.toml")]
GOOD = f'title = "一"\nsha256 = "{"0" * 64}"\n'


def faults(schema: dict[str, Any], value: Any, at: str = "") -> Iterator[str]:
    """Places where a value breaks the schema; of JSON Schema the few words that this one uses."""
    kind = schema["type"]
    if not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool)):
        yield f"{at}: not {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value}"
    if kind == "string" and (
        len(value) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), value)
    ):
        yield f"{at}: {value!r}"
    if kind == "integer" and value < schema.get("minimum", value):
        yield f"{at}: {value}"
    if kind == "array":
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at}: {len(value)} items"
        for number, item in enumerate(value):
            yield from faults(schema["items"], item, f"{at}[{number}]")
    if kind == "object":
        yield from (f"{at}: lacks {key}" for key in schema["required"] if key not in value)
        for key, item in value.items():
            known = schema["properties"].get(key)
            yield from faults(known, item, f"{at}.{key}") if known else [f"{at}: unknown {key}"]


def test_it_has_every_key_that_the_program_reads_and_no_other() -> None:
    tables = {"emendation", "restrict", "dated"}
    properties = SCHEMA["properties"]
    assert properties.keys() == {field.name for field in fields(Record)} | tables
    assert set(properties["emendation"]["items"]["properties"]["kind"]["enum"]) == set(EmendationKind)
    assert set(properties["restrict"]["items"]["properties"]["kind"]["enum"]) == set(RestrictionKind)
    assert all(item.get("description") for item in properties.values())


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_record_there_is_keeps_to_it(path: Path) -> None:
    record = tomllib.loads(path.read_text(encoding="utf-8"))
    record["sha256"] = record.get("sha256") or "0" * 64  # filled in by the tests that use a root
    assert list(faults(SCHEMA, record)) == []


@pytest.mark.parametrize(
    "more",
    [
        "", 'colour = "red"', 'date = "2015年"', 'date = "2015-05"', "order = true", 'skip = [[1]]', "skip = [[2, 4], [13, 13]]",
        'rights = "open"', 'called = []', 'called = ["县里的讲话"]', 'checked_against_original = "no"',
        '[[emendation]]\nline = 1\noriginal = "甲"', '[[restrict]]\nlines = [1, 1]\nkind = "noquote"\nwhy = ""',
        '[[dated]]\nwording = "甲"\nperiod = "乙"\nlook_up = "丙"',
    ],
)  # fmt: skip
def test_it_agrees_with_the_program_on_what_is_wrong(more: str) -> None:
    source = f"{GOOD}{more}\n"
    reader = RecordReader("one.toml", source)
    reader.parse()
    assert bool(reader.problems) == bool(list(faults(SCHEMA, tomllib.loads(source)))), reader.problems


def test_editors_of_this_book_and_of_a_new_one_are_given_the_same() -> None:
    assert (ROOT / ".vscode/handbook.code-snippets").read_bytes() == (
        PATTERNS / "dot-vscode/handbook.code-snippets"
    ).read_bytes()
    snippets = json.loads((PATTERNS / "dot-vscode/handbook.code-snippets").read_text(encoding="utf-8"))
    written = "\n".join("\n".join([s["body"]] if isinstance(s["body"], str) else s["body"]) for s in snippets.values())
    assert all(name in written for name in (":::{excerpt}", "{quote}`", "{saying}`", ":::{form}", ":::{checklist}"))
    for settings in (ROOT / ".taplo.toml", PATTERNS / "dot-taplo.toml"):
        (rule,) = tomllib.loads(settings.read_text(encoding="utf-8"))["rule"]
        schema = (settings.parent / rule["schema"]["path"]).resolve()
        assert rule["include"] == ["source_speeches/*.toml"] and schema == PATTERNS / "record.schema.json"


def test_the_hook_names_a_command_that_is_there() -> None:
    from handbook import handbook

    source = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    match = re.search(r"^  entry: handbook (\S+)$", source, re.MULTILINE)
    assert match is not None and match[1] in handbook.list_commands(None)  # type: ignore[arg-type]
    files = re.search(r"^  files: (.+)$", source, re.MULTILINE)
    assert files is not None
    asks = re.compile(files[1]).search
    assert all(
        map(asks, ("chapters/a.md", "source_speeches/a.txt", "source_speeches/a.toml", "conf.py", "excerpts.lock"))
    )
    assert not asks("docs/chapter.png")
