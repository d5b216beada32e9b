#!/bin/sh
# 双击，选“在终端中运行”。第一次先装好程序（不联网），以后直接打开手册。
cd -- "$$(dirname -- "$$0")" || exit 1
here=$$(pwd -P)
export PYTHONUTF8=1 PIP_CONFIG_FILE=/dev/null
stop() { echo "$$1" >&2; [ -t 0 ] && { printf '按回车键结束 '; read -r _; }; exit 2; }

if [ ! -x .venv/bin/handbook ] || [ "$$(cat .venv/.set-up 2>/dev/null)" != "$$here" ]; then
    python=
    for version in $versions; do
        command -v "python$$version" >/dev/null 2>&1 && { python="python$$version"; break; }
        python3 -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$$version')" 2>/dev/null && { python=python3; break; }
    done
    [ -n "$$python" ] || stop '这台电脑上没有 Python（要 $pythons 之一）。请先装 Python，再双击一次。'
    echo '正在安装（第一次约一分钟，不联网）……'
    "$$python" -m venv --clear --without-pip .venv &&
        .venv/bin/python wheels/$pip/pip install --quiet --no-index --find-links wheels --require-hashes -r requirements.txt ||
        stop '没有装好，原因见上面的英文提示。安装包不完整的，请重新拷一次：sha256sum -c SHA256SUMS 可以核对。'
    printf '%s\n' "$$here" > .venv/.set-up
fi
[ $$# -eq 0 ] || exec .venv/bin/handbook "$$@"
.venv/bin/handbook doctor
[ -e 手册 ] || .venv/bin/handbook new 手册 || stop '手册没有建好。'
cd 手册 || exit 1
export PATH="$$here/.venv/bin:$$PATH"
echo
echo '可以输入命令了，如 handbook build、handbook --help；关上窗口就结束。'
exec "$${SHELL:-/bin/sh}"
