"""A table and a picture of figures that grow with a number of speeches. For bench/archive.py."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

Rows = Mapping[int, Mapping[str, float]]
_DRAWN = ("exact", "drifted", "misattributed", "both", "chapter", "rg", "rapidfuzz", "citations")
_COLOURS = ("#1b6e3c", "#2a78b8", "#7a4fa3", "#b8322a", "#444444", "#c98a00", "#d05fa0", "#5f8f8f")
_LEFT, _TOP, _WIDE, _HIGH = 70, 30, 420, 340


def table(rows: Rows, columns: Mapping[str, str]) -> str:
    """Markdown: one line a column of ``columns`` (key and what is asked), one column a number of speeches."""
    counts = sorted(rows)
    lines = [
        "| 讲话篇数 | " + " | ".join(f"{count:,}" for count in counts) + " |",
        "|---" + "|---:" * len(counts) + "|",
    ]
    for key, name in columns.items():
        lines.append(f"| {name} | " + " | ".join(_figure(rows[count].get(key)) for count in counts) + " |")
    return "\n".join(lines) + "\n"


def _figure(value: float | None) -> str:
    if value is None:
        return "没有装"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def drawn(rows: Rows, columns: Mapping[str, str]) -> str:
    """SVG: milliseconds against speeches, both on a logarithmic scale; each line named at its end."""
    counts = sorted(rows)
    keys = [key for key in _DRAWN if all(rows[count].get(key, 0) > 0 for count in counts)]
    values = [rows[count][key] for key in keys for count in counts]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    span = max(math.log10(counts[-1] / counts[0]), 1)

    def place(count: int, value: float) -> tuple[float, float]:
        across = _LEFT + _WIDE * math.log10(count / counts[0]) / span
        return across, _TOP + _HIGH * (high - math.log10(value)) / (high - low)

    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 420" font-family="sans-serif" font-size="12">',
        '<rect width="760" height="420" fill="#fff"/>',
        f'<text x="{_LEFT}" y="18">每条（每章）毫秒，处理器时间；横轴为讲话篇数；两轴都是对数</text>',
    ]
    for power in range(low, high + 1):
        _, y = place(counts[0], 10.0**power)
        out.append(f'<path d="M{_LEFT} {y:.1f}h{_WIDE}" stroke="#ddd"/>')
        out.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>')
    for count in counts:
        x, _ = place(count, 1)
        out.append(f'<text x="{x:.1f}" y="{_TOP + _HIGH + 20}" text-anchor="middle">{count:,}</text>')
    ends = _apart([place(counts[-1], rows[counts[-1]][key])[1] for key in keys])
    for key, colour, y in zip(keys, _COLOURS, ends, strict=False):
        points = [place(count, rows[count][key]) for count in counts]
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
        name = escape(columns[key].partition("（毫秒")[0])
        out.append(f'<text x="{_LEFT + _WIDE + 12}" y="{y + 4:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*out, "</svg>", ""])


def _apart(heights: Sequence[float], least: float = 15) -> list[float]:
    """The same heights moved down as far as needed for each to have a line of its own."""
    moved = list(heights)
    reached = -least
    for at in sorted(range(len(heights)), key=lambda at: heights[at]):
        moved[at] = reached = max(heights[at], reached + least)
    return moved
