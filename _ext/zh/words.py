"""A file of words, such as terms.txt: one a line, as jieba's dictionaries have them."""

from __future__ import annotations

from pathlib import Path

from .encoding import bounded, decoded


def read_words(path: Path) -> tuple[str, ...]:
    """The words in the order of the file, each once; what follows a word on its line (frequency, tag) is left out.

    So are empty lines and lines that begin with #. What is missing, or no file, has none. UnreadableError for what is no text.
    """
    if not path.is_file():
        return ()
    source = decoded(bounded(path))
    lines = (line.split() for line in source.splitlines())
    return tuple(dict.fromkeys(line[0] for line in lines if line and not line[0].startswith("#")))
