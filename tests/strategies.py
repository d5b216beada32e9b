"""Alphabets and variations that several properties draw from."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

SPACES = " \t\n\u3000\u00a0\u2003"
INVISIBLE = "\u200b\u200d\u2060\ufeff\u00ad\ufe0f\U000e0100"
PLAIN = "办公室工作不没能主任书记一二三"
MARKS = "，。、；：？！,;:?!（）()％%《》〈〉“”‘’「」『』\"'·•・."
RUNS = "…⋯—―-."
SPECIAL = "①²½㎡㈠‰〔〕［］【】"
RADICALS = "\u2f00\u2f08\u2ea0\u2ec5"
COMPATIBILITY = "\uf9ea\ufa0a\ufa0e\U0002f800"
ASCII = "aZ09ＡｚＩ０９"
COMBINING = "\u0301\u3099\u0338"
FORBIDDEN = "\x00\x07\ufffd\ue000\u202e\ud800"

MIXED = st.text(
    st.sampled_from(
        SPACES + INVISIBLE + PLAIN + MARKS + RUNS + SPECIAL + RADICALS + COMPATIBILITY + ASCII + "é\U00020bb7"
    ),
    max_size=60,
)
"""Every class of the folding table but combining characters."""
WITH_COMBINING = st.text(
    st.sampled_from(PLAIN + MARKS + RUNS + SPACES + ASCII + COMBINING + "e\u212b\ufa0a\u2f00"), max_size=40
)
ANYTHING = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=80),
    st.text(st.sampled_from(SPACES + INVISIBLE + PLAIN + MARKS + RUNS + SPECIAL + COMBINING + FORBIDDEN), max_size=80),
)

_FULL: dict[str, str | int | None] = {
    chr(c): chr(c + 0xFEE0) for c in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))
}
VARIATIONS: dict[str, Callable[[str], str]] = {
    "corner quotes": lambda t: t.translate(str.maketrans("“”‘’", "「」『』")),
    "straight quotes": lambda t: t.translate(str.maketrans("“”‘’", "\"\"''")),
    "half-width marks": lambda t: t.translate(str.maketrans("，；：？！（）％", ",;:?!()%")),
    "full-width marks": lambda t: t.translate(str.maketrans(",;:?!()%", "，；：？！（）％")),
    "full-width letters": lambda t: t.translate(str.maketrans(_FULL)),
    "zero width": lambda t: "\u200b".join(t),
    "variation selectors": lambda t: "".join(c + "\U000e0100" for c in t),
    "soft hyphens": lambda t: "\u00ad".join(t),
    "byte order mark": lambda t: "\ufeff" + t,
    "radicals": lambda t: t.translate(str.maketrans("一人大工力心", "⼀⼈⼤⼯⼒⼼")),
    "ideographic spaces": lambda t: "".join(c + ("\u3000" if not c.isascii() else "") for c in t),
    "dashes": lambda t: t.replace("——", "--"),
    "surrounding space": lambda t: f"\u3000 {t}\t\n",
}
"""What changes nothing but typography; each may leave a given text as it is."""
