"""表单: tables to fill in, on paper, on the site, and in a file that an office can open and change."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from .sheet import Sheet, SheetError, parse_sheets

_FOLDER = "forms"


class Form(SphinxDirective):
    """A form; the section that it stands in gives its title and its name, the lines of its body its cells (sheet.py)."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        try:
            sheets = parse_sheets(self.content)
        except SheetError as error:
            raise self.error(f"表单：{error}") from None
        form = nodes.container("", *map(_table, sheets), classes=["form"])
        form["sheets"] = sheets
        self.set_source_info(form)
        return [form]


def _table(sheet: Sheet) -> nodes.table:
    table = nodes.table(classes=["form-table", "colwidths-given"])
    group = nodes.tgroup(cols=len(sheet.widths))
    table += group
    group += [nodes.colspec(colwidth=width) for width in sheet.widths]
    if sheet.heads:
        group += nodes.thead("", nodes.row("", *(nodes.entry("", nodes.paragraph(t, t)) for t in sheet.heads)))
    body = nodes.tbody()
    for cells in sheet.rows:
        row = nodes.row()
        for cell in cells:
            entry = nodes.entry("", nodes.paragraph(cell.text, cell.text))
            entry["classes"] += ["label"] if cell.text else ["blank", f"lines-{cell.lines}"]
            if cell.span > 1:
                entry["morecols"] = cell.span - 1
            row += entry
        body += row
    group += body
    return table


def _add_files(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """On the site each form is followed by a link to its file, which is written along with the page."""
    if app.builder.name not in ("html", "dirhtml"):
        return
    for form in [node for node in doctree.findall(nodes.container) if "form" in node["classes"]]:
        section = form.parent
        if not isinstance(section, nodes.section):
            continue  # a form under no heading has no name to be kept by
        file = f"{_FOLDER}/{section['ids'][0]}.docx"
        title, before = section[0].astext(), section.children[1 : section.index(form)]
        told = [node.astext().replace("\n", "") for node in before if isinstance(node, nodes.paragraph)]
        foot = f"{app.config.project}（{app.config.version}）"
        from .office import write_docx  # python-docx takes long to load: not where no form is written

        write_docx(Path(app.outdir, file), title, told, form["sheets"], foot)
        link = nodes.reference("", "下载可以修改的文件（docx）", internal=False, classes=["form-file"])
        link["refuri"] = relative_uri(app.builder.get_target_uri(docname), file)
        section.insert(section.index(form) + 1, nodes.paragraph("", "", link, classes=["form-tools", "no-search"]))


def register(app: Sphinx) -> None:
    """Add the directive and the files."""
    app.add_directive("form", Form)
    app.connect("doctree-resolved", _add_files)
