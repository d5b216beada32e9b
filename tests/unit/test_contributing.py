"""What CONTRIBUTING's picture of one quotation's way names is there: modules, classes, functions."""

from __future__ import annotations

import importlib
import re
from functools import reduce

import pytest

from support import ROOT

_STOP = re.compile(r"\b((?:speeches|core|handbook)(?:/\w+)+)(?: +(\w+(?:\.\w+)*(?:, \w+)*))?")


def _stops() -> list[tuple[str, str]]:
    """Module and name, as the picture has them; a module alone with an empty name."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = text.partition("One quotation's way")[2].split("```")[1]
    found = []
    for path, names in _STOP.findall(picture):
        module = path.replace("/", ".")
        whole = f"speeches.{module}" if module.startswith("core.") else module
        found += [(whole, name) for name in (names.split(", ") if names else [""])]
    return found


@pytest.mark.parametrize(("module", "name"), _stops())
def test_every_stop_on_the_way_of_a_quotation_is_there(module: str, name: str) -> None:
    assert reduce(getattr, name.split(".") if name else [], importlib.import_module(module)) is not None


def test_the_picture_is_read_at_all() -> None:
    assert ("speeches.check.checking", "check") in _stops() and (
        "speeches.read.directives",
        "ExcerptDirective.run",
    ) in _stops()
    assert len(_stops()) >= 20
