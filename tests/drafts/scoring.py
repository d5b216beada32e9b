"""What a check of a made draft got wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from making import Expected

from drafts.judge import Judged


@dataclass
class Score:
    """``passed``: wrong quotations that passed or were not seen; ``alarms``: right ones that were told."""

    right: int = 0
    wrong: int = 0
    passed: list[Expected] = field(default_factory=list)
    alarms: list[Expected] = field(default_factory=list)

    def add(self, judged: Sequence[Judged], expected: Iterable[Expected]) -> None:
        """One draft."""
        for one in expected:
            mine = [
                j for j in judged if j.quotation.text == one.text and j.quotation.paragraph.version in ("", one.version)
            ]
            if one.right:
                self.right += 1
                self.alarms += [] if mine and all(j.passed for j in mine) else [one]
            else:
                self.wrong += 1
                self.passed += [] if mine and not any(j.passed for j in mine) else [one]
