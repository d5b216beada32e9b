"""The reading text of a document is recorded when it is read; what could not be read is told at every build."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from ..core.review.advice import flat
from ..core.review.review import Finding, Subtype
from ..domain import SpeechDomain, speech_domain
from .directives import written_in

_WARNING = 2
"""The level of docutils' messages from which on something was not read as it was meant."""


class RecordReading(SphinxTransform):
    """The reading text of a document into the domain. Late: after MyST has made every node."""

    default_priority = 900

    def apply(self, **kwargs: object) -> None:
        from .reading import reading_text  # imported here: most builds read nothing

        docname = self.env.current_document.docname
        domain = speech_domain(self.env)
        if docname in domain.data["pages"]:  # what the archive says is never kept in the environment
            return
        domain.note_reading(docname, reading_text(self.document, lambda source: written_in(self.env, source)))
        for message in self.document.findall(nodes.system_message):
            self._note_unread(domain, docname, message)

    def _note_unread(self, domain: SpeechDomain, docname: str, message: nodes.system_message) -> None:
        """What MyST or docutils could not read may be a quotation that nobody would check: it is told at every build."""
        from ..core.report.english import in_chinese

        if message.get("level", 0) >= _WARNING:
            told = flat(" ".join(child.astext() for child in message.children))
            known = in_chinese(told)
            wrong = f"这里的写法有误，没有读懂，若是引文就没有核对：{told}\n  怎么办：请照编写说明的写法改正。"
            finding = Finding(
                Subtype.SYNTAX,
                wrong if known == told else known,
                str(self.env.doc2path(docname, base=False)),
                message.get("line") or 0,
            )
            domain.note_finding(docname, finding)


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(RecordReading)
