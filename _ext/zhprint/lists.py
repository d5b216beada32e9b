"""Lists of every kind: items, terms, fields, options, lines, grammars."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from .escape import array, string
from .writer import WriterBase

_PATTERNS = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_FEW = 8
"""References of a chapter that stand on one page."""
_MOST = 300
"""Characters of a field that stand beside its name."""


class ListsMixin(WriterBase):
    """Items under or beside each other."""

    # Items ----------------------------------------------------------------------------------------------------------

    def _items(self, node: nodes.Element) -> list[str]:
        return [self._item(item) for item in node.children if isinstance(item, nodes.Element)]

    def _item(self, item: nodes.Element) -> str:
        body = f"{self.anchors(item)}{self.children(item).strip()}"
        if self.answering and isinstance(item.parent, nodes.enumerated_list):
            body = f"#question({self.place('answer')}, lines: {self.config.answer_lines})[{body}]"
        return f"[{body}]"

    def on_bullet_list(self, node: nodes.Element) -> str:
        return f"\n#list({', '.join(self._items(node))})\n"

    def on_enumerated_list(self, node: nodes.Element) -> str:
        pattern = _PATTERNS.get(node.get("enumtype", ""), "1")
        prefix, suffix = node.get("prefix", ""), node.get("suffix", ".") or "."
        start = f"start: {node['start']}, " if node.get("start") else ""
        self.note_ink("0123456789" + prefix + suffix)
        numbering = string(f"{prefix}{pattern}{suffix}")
        enum = f"enum({start}numbering: {numbering}, {', '.join(self._items(node))})"
        if self.config.references_class not in node.get("classes", []):
            return f"\n#{enum}\n"
        few = len(node.children) <= _FEW
        return f"\n#references(whole({enum}))\n" if few else f"\n#references({enum})\n"

    def on_hlist(self, node: nodes.Element) -> str:
        columns = [f"[{self.children(column)}]" for column in node.children if isinstance(column, nodes.Element)]
        return f"\n#beside({array(columns)})\n"

    def on_acks(self, node: nodes.Element) -> str:
        return self.children(node)

    # Terms ----------------------------------------------------------------------------------------------------------

    def on_definition_list(self, node: nodes.Element) -> str:
        return self.children(node)

    on_glossary = on_definition_list_item = on_definition_list

    def on_term(self, node: nodes.Element) -> str:
        siblings = node.parent.children
        kinds = [child for child in siblings if isinstance(child, nodes.classifier) and child.parent is node.parent]
        with self.in_face("hei"):
            told = self.text("（" + "、".join(kind.astext() for kind in kinds) + "）") if kinds else ""
            return f"\n#rubric[{self.anchors(node)}{self.children(node)}{told}]\n"

    def on_classifier(self, node: nodes.Element) -> str:
        """Stands in the line of its term."""
        return ""

    def on_definition(self, node: nodes.Element) -> str:
        return f"#pad(left: 2em)[{self.children(node)}]\n"

    # Fields ---------------------------------------------------------------------------------------------------------

    def on_field_list(self, node: nodes.Element) -> str:
        """Short values beside their names, as facts; what is said of parameters under them."""
        fields = [child for child in node.children if isinstance(child, nodes.field)]
        anchor = self.anchors(node)
        if self.in_object or any(_long(field.children[1]) for field in fields):
            return anchor + "".join(f"\n#field([{self._name(field)}])[{self._value(field)}]\n" for field in fields)
        rows = array([f"([{self._name(field)}], [{self._value(field).strip()}])" for field in fields])
        return f"\n{anchor}#facts({rows})\n"

    def _name(self, field: nodes.Element) -> str:
        name = field.children[0]
        assert isinstance(name, nodes.Element)
        with self.in_face("hei"):
            return self.children(name)

    def _value(self, field: nodes.Element) -> str:
        value = field.children[1]
        assert isinstance(value, nodes.Element)
        return self.children(value)

    def on_docinfo(self, node: nodes.Element) -> str:
        return self.children(node)

    # Options --------------------------------------------------------------------------------------------------------

    def on_option_list(self, node: nodes.Element) -> str:
        return self.children(node)

    def on_option_list_item(self, node: nodes.Element) -> str:
        group, description = node.children
        assert isinstance(group, nodes.Element) and isinstance(description, nodes.Element)
        shown = self.ink.legible("mono", ", ".join(option.astext() for option in group.children), self.where)
        return f"\n#option([#raw({string(shown)})])[{self.children(description)}]\n"

    # Lines ----------------------------------------------------------------------------------------------------------

    def on_line_block(self, node: nodes.Element) -> str:
        """Lines as they were broken; a block within one stands further in."""
        out: list[str] = []
        lines: list[str] = []
        for child in node.children:
            assert isinstance(child, nodes.Element)
            if isinstance(child, nodes.line_block):
                out += [self._lines(lines), f"#pad(left: 2em)[{self.on_line_block(child)}]\n"]
                lines = []
            else:
                lines.append(self.children(child))
        return self.anchors(node) + "".join([*out, self._lines(lines)])

    def _lines(self, lines: list[str]) -> str:
        return f"\n#lines[{'#linebreak();'.join(lines)}]\n" if lines else ""

    def on_line(self, node: nodes.Element) -> str:
        return self.children(node)

    def on_productionlist(self, node: nodes.Element) -> str:
        """A grammar, its signs under each other."""
        rules = [child for child in node.children if isinstance(child, addnodes.production)]
        widest = max((len(rule.get("tokenname", "")) for rule in rules), default=0)
        with self.in_face("mono"):
            lines = [self._rule(rule, widest) for rule in rules]
        return f"\n#grammar[{'#linebreak();'.join(lines)}]\n"

    def _rule(self, rule: nodes.Element, widest: int) -> str:
        name: str = rule.get("tokenname", "")
        if any(isinstance(child, nodes.Element) for child in rule.children) and rule.astext().startswith(name or " "):
            return self.anchors(rule) + self.children(rule)
        head = f"{name:{widest}} ::= " if name else " " * (widest + 5)
        return f"{self.anchors(rule)}#{string(head)};{self.children(rule)}"


def _long(value: nodes.Node) -> bool:
    """Whether the body of a field is more than some words."""
    plain = len(value.children) <= 1 and all(isinstance(child, nodes.paragraph) for child in value.children)
    return not plain or len(value.astext()) > _MOST
