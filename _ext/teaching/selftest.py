"""思考题 on the site: under each question its 要点, folded up, so that a reader thinks first and then looks.

The answers stay where they are printed; a question and its answer are the items of the same number of two lists.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform


class FoldedAnswers(SphinxPostTransform):
    """Before references are resolved: what is copied holds references."""

    default_priority = 4
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        docname = self.env.current_document.docname
        answers = answers_of(self.env, docname)
        questions = _questions(self.document, answers)
        # A transform has no public way to the builder: its own `app` is deprecated.
        if not questions or self.env._app.builder.name not in ("html", "dirhtml"):
            return
        keys = _keys(self.env.get_doctree(answers), len(questions))
        if not keys:
            return  # nothing is better than the answer to another question
        for question, key in zip(questions, keys, strict=True):
            question += _folded(key, docname)


def answers_of(env: BuildEnvironment, docname: str) -> str:
    """The document with the answers to a document's questions; "" when there is none."""
    folder = str(env.config.teaching_answers)
    name = f"{folder}/{docname.rpartition('/')[2]}" if folder else ""
    return name if name in env.found_docs and name != docname else ""


def _questions(document: nodes.document, answers: str) -> list[nodes.list_item]:
    """The items of the list right before the paragraph that refers to the answers."""
    if not answers:
        return []
    label = f"answers-{answers.rpartition('/')[2]}"
    for reference in document.findall(addnodes.pending_xref):
        paragraph = reference.parent
        if reference.get("reftarget") != label or not isinstance(paragraph.parent, nodes.section):
            continue
        section = paragraph.parent
        before = section[section.index(paragraph) - 1]
        if isinstance(before, nodes.enumerated_list):
            return _items(before)
    return []


def _items(listed: nodes.Element) -> list[nodes.list_item]:
    return [item for item in listed.children if isinstance(item, nodes.list_item)]


def _keys(tree: nodes.Element, count: int) -> list[nodes.list_item]:
    """The first ``count`` items of the numbered lists of a document, if a list ends there; an answer may part a list."""
    found: list[nodes.list_item] = []
    for listed in tree.findall(nodes.enumerated_list):
        found += _items(listed)
        if len(found) >= count:
            break
    return found if len(found) == count else []


def _folded(key: nodes.list_item, docname: str) -> Sequence[nodes.Node]:
    box = nodes.container(
        "", *(child.deepcopy() for child in key.children), classes=["key-answer", "no-reading", "no-search"]
    )
    for node in box.findall(nodes.Element):
        node["ids"], node["names"] = [], []  # an id stands once, where the answers are printed
        if isinstance(node, addnodes.pending_xref):
            node["refdoc"] = docname
    return [
        nodes.raw("", '<details class="self-test no-reading no-search"><summary>显示要点</summary>', format="html"),
        box,
        nodes.raw("", "</details>", format="html"),
    ]


def _reread(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """A document is written again when its answers changed."""
    fresh = added | changed | removed
    folder = str(env.config.teaching_answers)
    return [d for d in env.found_docs if folder and f"{folder}/{d.rpartition('/')[2]}" in fresh and d not in fresh]


def register(app: Sphinx) -> None:
    """Add the value, the transform, and what keeps it fresh."""
    app.add_config_value("teaching_answers", "", "html", str, "folder of the answers: a document there has its name's")
    app.add_post_transform(FoldedAnswers)
    app.connect("env-get-outdated", _reread)
