"""The search language zh: it puts no word into Sphinx's own index, because ours is the text itself."""

from __future__ import annotations

from sphinx.search import SearchLanguage


class ChineseSubstrings(SearchLanguage):
    """Serves ``zh`` and every ``zh_…``: Sphinx falls back to the part before the underscore.

    Stock zh loads jieba's dictionary in every build, and in Sphinx 9.0.4 names a stemmer that does not exist; this
    class inherits the empty default stemmer.
    """

    lang = "zh"
    language_name = "Chinese"

    def split(self, input: str) -> list[str]:
        """Nothing."""
        return []
