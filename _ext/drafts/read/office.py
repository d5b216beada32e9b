"""Files of older or other office programs, turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..draft import DraftError

_LONGEST = 180
"""Seconds. The first start of LibreOffice on an old machine takes half a minute."""


@contextmanager
def as_docx(path: Path) -> Iterator[Path]:
    """The same document as .docx, in a folder that is gone afterwards."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise DraftError(
            f"{path.name}：{path.suffix} 文件要靠 LibreOffice 转换，这台机器上没有。"
            "请在 Word 或 WPS 里另存为 .docx，再核对。"
        )
    with tempfile.TemporaryDirectory() as folder:
        command = [program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless",
                   "--convert-to", "docx", "--outdir", folder, str(path.resolve())]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)
        except subprocess.TimeoutExpired as error:
            raise DraftError(f"{path.name}：LibreOffice 转换超过{_LONGEST}秒，没有完成。请另存为 .docx。") from error
        converted = Path(folder) / f"{path.stem}.docx"
        if not converted.is_file():
            raise DraftError(f"{path.name}：LibreOffice 没有转换成功，文件可能损坏或加了密码。请另存为 .docx。")
        yield converted
