"""What a build finds in the reading text of every page."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx.environment import BuildEnvironment

from zh.encoding import EncodingError
from zh.words import read_words

from ..config import terms_path
from ..core.prose.attribution import misattributed
from ..core.prose.leftover import known_ids, left_over
from ..core.prose.notice import Notice
from ..core.prose.quotemarks import unsourced
from ..core.prose.reading import ReadingText
from ..core.prose.withheld import Secrets, disclosed, taken_in
from ..core.prose.wording import WordingIndex, unattributed
from ..core.review.review import Finding, Subtype
from ..core.source.archive import Archive
from ..diagnostics import notice
from ..domain import SpeechDomain


def prose_findings(env: BuildEnvironment, domain: SpeechDomain, archive: Archive) -> Iterator[Finding]:
    """Every finding on the pages; what is only worth a look is told as a notice."""
    path = terms_path(env._app)
    try:
        terms = read_words(path)
    except EncodingError as error:
        terms = ()
        yield Finding(Subtype.ENCODING, f"{error.what}。\n  怎么办：{error.how}", path.name, error.line)
    index, secrets = WordingIndex.build(archive, terms), Secrets.of(archive)
    folder = str(env.config.speeches_archive)
    for docname, reading in domain.reading.items():
        yield from disclosed(reading, secrets)
        yield from taken_in(reading, str(env.doc2path(docname, base=False)), folder)
        for told in findings_of(reading, index, archive):
            if isinstance(told, Notice):
                notice(f"{told.path}:{told.line}：{told.message}")
            else:
                yield told


def findings_of(reading: ReadingText, index: WordingIndex, archive: Archive) -> Iterator[Finding | Notice]:
    """The cause first: words in markup that was not understood, or in quotation marks, are not told once more."""
    known = known_ids(archive.ids())
    markup = [(block, list(left_over(block, known))) for block in reading]
    causes = any(found and block.text for block, found in markup)
    for block, found in markup:
        if block.text or not causes:  # a fence without a name closes what was told
            yield from found
    understood = tuple(block for block, found in markup if not found)
    yield from misattributed(understood, archive)
    quoted = list(unsourced(understood, index))
    yield from quoted
    yield from unattributed(understood, index, [told.message for told in quoted if isinstance(told, Finding)])
