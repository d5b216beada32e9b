@echo off
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set PIP_CONFIG_FILE=nul
if exist ".venv\Scripts\handbook.exe" if exist ".venv\.set-up" goto ready
set PYTHON=
for %%v in ($versions) do if not defined PYTHON py -%%v -c "" >nul 2>nul && set PYTHON=py -%%v
if not defined PYTHON (
  echo 这台电脑上没有 Python（要 $pythons 之一）。请先装 Python，再双击一次。
  pause
  exit /b 2
)
echo 正在安装（第一次约一分钟，不联网）……
%PYTHON% -m venv --clear --without-pip .venv && .venv\Scripts\python wheels\$pip\pip install --quiet --no-index --find-links wheels --require-hashes -r requirements.txt || (
  echo 没有装好，原因见上面的英文提示。安装包不完整的，请重新拷一次。
  pause
  exit /b 2
)
echo ok> .venv\.set-up
:ready
if not "%~1"=="" (
  .venv\Scripts\handbook %*
  exit /b
)
.venv\Scripts\handbook doctor
if not exist 手册 .venv\Scripts\handbook new 手册
cd 手册
set PATH=%~dp0.venv\Scripts;%PATH%
echo 可以输入命令了，如 handbook build、handbook --help；关上窗口就结束。
cmd /k
