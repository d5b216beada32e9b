# 办公室工作手册. Needs GNU make, git and Python 3.11 or newer; everything else is installed into .venv.
# All paths are relative, so that the tree may lie in a folder with spaces or Chinese characters in its name.

PYTHON ?= python3
BUILD ?= _build
SPHINXOPTS ?=
PYTESTFLAGS ?=
LOCKFLAGS ?=
FUZZ_SECONDS ?= 600
PLATFORM ?= linux-x86_64

VENV := .venv
RUN := $(VENV)/bin/python
HANDBOOK := "$(RUN)" -m handbook
PIP := LC_ALL=C.UTF-8 "$(RUN)" -m pip --disable-pip-version-check --no-input
STAMP := $(VENV)/.set-up

# An environment knows its own path: start afresh when the tree was moved or the Python under it is gone.
CLEAR := $(shell test -x "$(RUN)" && \
	{ test ! -e "$(STAMP)" || test "$$(cat "$(STAMP)")" = "$$(pwd -P)"; } || echo --clear)

# pip writes the folder's name into a .pth, which Python reads in the locale's encoding: a Chinese name would stop it under
# LC_ALL=C. This line finds the folder from where the environment lies, and is ASCII.
FIND_EXT := import os, sys; sys.path.append(os.path.join(os.path.dirname(sys.prefix), "_ext"))

export PYTHONUTF8 := 1
.DEFAULT_GOAL := help
.PHONY: help handbook html html-public serve pdf handout pdf-large fonts check-print onboarding edition latex check test fuzz bundle bundle-test licences lint lock clean FORCE

help: ## 显示这份说明
	@echo '用法：make 目标    （需要 Python 3.11 或更新的版本、make 和 git；第一次运行要联网）'
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | \
		while IFS='|' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done
	@echo
	@echo '换用别的 Python：make handbook PYTHON=python3.12'

handbook: $(STAMP) ## 生成手册的网站和印刷文件，并核对引文（引文有问题只提示）
	@$(HANDBOOK) build --build "$(BUILD)"

html: $(STAMP) ## 只生成网站
	@$(HANDBOOK) html --build "$(BUILD)" -- $(SPHINXOPTS)

html-public: $(STAMP) ## 生成节本网站（不含讲话全文），放在单独的文件夹里
	@$(HANDBOOK) html --public --build "$(BUILD)" -- $(SPHINXOPTS)

serve: $(STAMP) ## 边改边看：保存后网页自动刷新，引错的地方显示为红框
	@$(HANDBOOK) serve --build "$(BUILD)" -- $(SPHINXOPTS)

pdf: $(STAMP) ## 生成 A4 印刷文件 _build/pdf/handbook.pdf
	@$(HANDBOOK) pdf --build "$(BUILD)" -- $(SPHINXOPTS)

handout: $(STAMP) ## 只印一章的讲义，如 make handout CHAPTER=zuofeng
	@test -n "$(CHAPTER)" || { echo '请写明哪一章，例如：make handout CHAPTER=zuofeng' >&2; exit 1; }
	@$(HANDBOOK) handout "$(CHAPTER)" --build "$(BUILD)" -- $(SPHINXOPTS)

pdf-large: $(STAMP) ## 生成三号大字本
	@$(HANDBOOK) pdf --large --build "$(BUILD)" -- $(SPHINXOPTS)

fonts: $(STAMP) ## 备齐印刷用的字体（第一次要联网，不用管理员权限）
	@$(HANDBOOK) fonts

check-print: $(STAMP) ## 付印前核对：把引文和页码从印刷文件里读回来比对
	@$(HANDBOOK) check-print

onboarding: $(STAMP) ## 生成《入职指引》：从另一个项目引用手册的例子
	@$(HANDBOOK) onboarding --build "$(BUILD)" -- $(SPHINXOPTS)

edition: $(STAMP) ## 发布一版：网站、印刷文件、核对报告、校验值放进 _build/release（版次在 conf.py 里改）
	@$(HANDBOOK) edition

latex: $(STAMP) ## 生成 LaTeX 源文件（供装有 TeX 的人排版）
	@$(HANDBOOK) latex --build "$(BUILD)" -- $(SPHINXOPTS)

check: $(STAMP) ## 只核对引文和永久编号，从严：有一处问题就算失败
	@$(HANDBOOK) check

test: $(STAMP) ## 运行全部测试
	@$(HANDBOOK) test -- $(PYTESTFLAGS)

fuzz: $(STAMP) ## 用随意改坏的文件试各处的读取程序（默认十分钟：make fuzz FUZZ_SECONDS=60）
	@FUZZ_SECONDS="$(FUZZ_SECONDS)" "$(RUN)" -m pytest -q -s -p no:cacheprovider tests/fuzz

bundle: $(STAMP) ## 做一个离线安装包，如 make bundle PLATFORM=windows-x64
	@$(HANDBOOK) bundle --platform "$(PLATFORM)"

bundle-test: $(STAMP) ## 在没有网络的环境里试装离线安装包，并生成一本手册（要 Linux 的 unshare）
	@"$(RUN)" bench/bundle.py

lint: $(STAMP) ## 检查程序的写法、格式和类型
	@$(HANDBOOK) lint

licences: $(STAMP) ## 列出网站和印刷文件里别人做的东西和各自的许可
	@$(HANDBOOK) licences

lock: $(STAMP) ## 重新生成依赖清单 requirements.lock（全部升级：make lock LOCKFLAGS=--upgrade）
	@CUSTOM_COMPILE_COMMAND='make lock' "$(RUN)" -m piptools compile --quiet $(LOCKFLAGS) \
		--all-extras --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--output-file requirements.lock pyproject.toml

clean: ## 删除生成的文件和缓存（运行环境 .venv 保留）
	@rm -rf _build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find _ext tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Two steps, because jieba is published as source only: pip and setuptools come first, from the lock like all
# the rest, and then build it without an environment of pip's own, whose contents no hash would pin.
$(STAMP): requirements.lock pyproject.toml $(if $(CLEAR),FORCE)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "需要 Python 3.11 或更新的版本，这里的 $(PYTHON) 是：$$("$(PYTHON)" --version 2>&1 || true)" >&2; \
		echo '请安装新版本，或者指明它在哪里，例如：make handbook PYTHON=/usr/bin/python3.12' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '这个 Python 缺少 venv。Debian、Ubuntu 等系统请先运行：sudo apt install python3-venv' >&2; exit 1; }
	@echo '正在准备运行环境（第一次约一分钟，要联网）……'
	@rm -f "$@"
	@"$(PYTHON)" -m venv $(CLEAR) "$(VENV)"
	@sed -n '/^pip==/,/[^\\]$$/p; /^setuptools==/,/[^\\]$$/p' requirements.lock > "$(VENV)/build-tools.txt"
	@$(PIP) install --quiet --require-hashes -r "$(VENV)/build-tools.txt" && \
		$(PIP) install --quiet --require-hashes --no-build-isolation -r requirements.lock && \
		$(PIP) install --quiet --no-deps --no-build-isolation -e . || { \
		echo '运行环境没有装好，原因见上面的英文提示。常见的原因是网络不通：连上网络后再运行一次即可。' >&2; exit 1; }
	@for file in "$(VENV)"/lib*/python3*/site-packages/__editable__.office_handbook-*.pth; do \
		if test -f "$$file"; then printf '%s\n' '$(FIND_EXT)' > "$$file"; fi; done
	@pwd -P > "$@"

FORCE:
