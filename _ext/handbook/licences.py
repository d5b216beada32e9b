"""``handbook licences``: what is shipped and what it is made with, as CycloneDX, for whoever must vouch for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import distributions, version
from pathlib import Path

import click

from zh.encoding import bounded
from zh.files import write_atomically
from zh.terminal import say

from .chinese import ChineseCommand
from .options import root_option

FILE = Path("_build/licences/sbom.cdx.json")
_LOCKED = re.compile(r"([a-z0-9][a-z0-9.-]{0,80})==([^ ;\\]{1,40}) \\")
_DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@click.command(cls=ChineseCommand)
@root_option
def command(root: Path) -> int:
    """列出网站和印刷文件里别人做的东西（字体、脚本、样式）和程序用的软件包，连同版本、许可、校验值，写成 CycloneDX 文件。"""
    path = root / "requirements.lock"
    if not path.is_file():
        raise click.ClickException("找不到 requirements.lock。这个命令要在有程序的手册文件夹里运行。")
    from booksite.shipped import (
        shipped,  # imported here and below: the package brings Sphinx, which --help does without
    )

    text = bill(bounded(path).decode("utf-8"))
    try:
        write_atomically(root / FILE, text)
    except OSError as error:
        raise click.ClickException(f"{FILE} 写不进去：{error.strerror or error}。") from None
    for part in shipped():
        say(f"{part.name}\t{part.version}\t{part.licence}\t{part.use}")
    say(f"连同程序用的软件包写进了 {FILE}。")
    return 0


def locked(lock: str) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and digests of each package of ``requirements.lock``."""
    for block in re.split(r"\n(?=[a-z0-9])", lock):
        if match := _LOCKED.match(block):
            yield match[1], match[2], _DIGEST.findall(block)


def bill(lock: str) -> str:
    """CycloneDX 1.6, JSON. The same lock and environment give the same bytes: no date, no serial number, no path."""
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    from booksite.shipped import shipped

    licences = LicenseFactory()
    told = dict(_licences())
    bom = Bom()
    for part in shipped():
        bom.components.add(
            Component(
                name=part.name, version=part.version or None, bom_ref=f"shipped:{part.name}", description=part.use,
                type=ComponentType.FILE, licenses=[licences.make_from_string(part.licence)],
                properties=[Property(name="handbook:files", value=v) for v in (*part.files, *part.fonts)],
            )
        )  # fmt: skip
    for name, number, digests in locked(lock):
        said = told.get(_normal(name), "")
        bom.components.add(
            Component(
                name=name, version=number, bom_ref=f"package:{name}", type=ComponentType.LIBRARY,
                purl=PackageURL("pypi", name=name, version=number),
                licenses=[licences.make_from_string(said)] if said else [],
                properties=[Property(name="handbook:sha256", value=digest) for digest in digests],
            )
        )  # fmt: skip
    handbook = Component(
        name="office-handbook", version=version("office-handbook"), type=ComponentType.APPLICATION, bom_ref="handbook"
    )
    bom.metadata.component = handbook
    bom.register_dependency(handbook, bom.components)
    data = json.loads(JsonV1Dot6(bom).output_as_string())
    del data["serialNumber"], data["metadata"]["timestamp"]  # another one each time
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _licences() -> Iterator[tuple[str, str]]:
    """Package → its licence as it says itself, of those that are installed."""
    for found in distributions():
        data = found.metadata
        classes = [c.rpartition(" :: ")[2] for c in data.get_all("Classifier") or () if c.startswith("License ::")]
        # As it is written today, as it was before that, and as it was at first: there a whole text may stand.
        named = [*(data.get_all("License-Expression") or ()), *classes, *(data.get_all("License") or ())]
        said = next((name for name in named if "\n" not in name and name != "OSI Approved"), "")
        if said:
            yield _normal(data["Name"]), said


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
