"""The offline bundle proved on this Linux: installed and a book built where there is no network and nothing of ours.

    python bench/bundle.py            makes a bundle for this machine (needs the network), then proves it
    python bench/bundle.py FOLDER     proves one that is there

Not a test of CI: it brings some fifty wheels. Run by `make bundle-test`.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NO_NETWORK = "import socket; s = socket.socket(); s.settimeout(3); sys.exit(s.connect_ex(('192.0.2.1', 80)) == 0)"
STEPS = (
    ("no network", [sys.executable, "-c", f"import sys; {NO_NETWORK}"]),
    ("install, doctor", ["./开始.sh", "doctor"]),
    ("new", ["./开始.sh", "new", "手册"]),
    ("build (site, print)", ["./开始.sh", "build", "--root", "手册"]),
    ("check", ["./开始.sh", "check", "--root", "手册"]),
    ("check-print", ["./开始.sh", "check-print", "--root", "手册"]),
    ("add", ["./开始.sh", "add", "手册/稿.txt", "--root", "手册"]),
    ("drop the example", ["./开始.sh", "new", "--drop-example", "手册"]),
)
SPEECH = "在灯塔管理工作会议上的讲话\n同志们：\n灯塔管理所的工作，归根到底是让夜里走船的人心里有底。\n灯要天天擦，油要时时看。\n"


def made(folder: Path) -> Path:
    """A bundle for this machine and this Python."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    name = f"linux-{platform.machine()}"
    command = [
        sys.executable,
        "-m",
        "handbook",
        "bundle",
        "--platform",
        name,
        "--python",
        version,
        "--out",
        str(folder),
    ]
    subprocess.run(command, check=True)
    return folder


def main() -> int:
    """Print what each step took, in seconds; 1 when one failed."""
    with tempfile.TemporaryDirectory(prefix="bundle-") as work:
        home = Path(work, "home")
        home.mkdir()
        bundle = Path(sys.argv[1]) if len(sys.argv) > 1 else made(Path(work, "made"))
        place = Path(work, "办公室 离线包")
        shutil.copytree(bundle, place)
        search = f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"
        environment = {"HOME": str(home), "PATH": search, "LC_ALL": "C"}
        for name, command in STEPS:
            if name == "add":
                (place / "手册" / "稿.txt").write_text(SPEECH, encoding="utf-8")
            start = time.perf_counter()
            done = subprocess.run(
                ["unshare", "--map-root-user", "--net", *command], cwd=place, env=environment, capture_output=True,
                text=True, encoding="utf-8", check=False,
            )  # fmt: skip
            print(
                f"{name:22}{time.perf_counter() - start:7.1f}  {'ok' if not done.returncode else 'FAILED'}", flush=True
            )
            if done.returncode:
                print(done.stdout + done.stderr)
                return 1
            pages = list((place / "手册/_build").glob("html/index.html")) + list(
                (place / "手册/_build").glob("pdf/*.pdf")
            )
            if name.startswith("build") and len(pages) != 2:
                print(done.stdout + done.stderr)
                return 1
        # It was moved: the environment knows its own path and is made anew.
        moved = place.rename(place.with_name("搬了家"))
        done = subprocess.run(
            ["unshare", "--map-root-user", "--net", "./开始.sh", "doctor"], cwd=moved, env=environment, check=False
        )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
