"""Chinese characters as such: radicals, kana, Han."""

from __future__ import annotations

import re

WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
