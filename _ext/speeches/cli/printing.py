"""``handbook check-print``: 付印前核对 of the PDF and of the site, against report.json and the archive."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..core.archive import load_archive
from ..core.lockfile import write_atomically
from ..proof import Proof, check_html, check_pdf

REPORT = Path("_build/verify/report.json")


def run_check_print(root: Path, *, pdf: Path | None, html: Path | None, marks: str, only: str) -> int:
    """Read every quotation back out of what was made; 1 on any difference. Writes pages into the report."""
    report = root / REPORT
    if not report.is_file():
        raise click.ClickException("还没有核对报告。请先运行 make check。")
    data = json.loads(report.read_text(encoding="utf-8"))
    items = [i for i in data["excerpts"] if not only or i["docname"].rpartition("/")[2] == only]
    if not items:
        raise click.ClickException("核对报告里没有引文。请检查 --only 写的章节名，或先运行 make check。")
    file = pdf or root / "_build/pdf/handbook.pdf"
    if not file.is_file():
        raise click.ClickException(f"找不到印刷文件 {file.name}。请先运行 make pdf。")
    archive = load_archive(root / "source_speeches")
    proofs = {"印刷文件": check_pdf(file, items, archive, marks)}
    site = html or root / "_build/html"
    if site.is_dir():
        proofs["网页"] = check_html(site, items)
    for item in items:
        if not only and (place := proofs["印刷文件"].pages.get(item["id"])):
            item["page"], item["pdf_page"] = place
    if not only:
        data["print"] = {name: {"ok": not p.problems, "problems": p.problems} for name, p in proofs.items()}
        write_atomically(report, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    return _tell(proofs)


def _tell(proofs: dict[str, Proof]) -> int:
    bad = 0
    for name, proof in proofs.items():
        for problem in proof.problems:
            click.echo(f"{name}：{problem}", err=True)
        numbers = f"，页码{proof.numbers}处" if proof.numbers else ""
        result = f"{len(proof.problems)}处不一致" if proof.problems else "全部一致"
        click.echo(f"{name}：引文{proof.quotations}条{numbers}，{result}。")
        bad += len(proof.problems)
    if bad:
        click.echo("结论：不能付印。", err=True)
    return 1 if bad else 0
