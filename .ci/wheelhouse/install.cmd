@echo off
rem Runs install.py with a Python that the wheels are made for: install.cmd [folder]
setlocal
for %%v in (@PYTHONS@) do (
  py -%%v -c "" >nul 2>nul && (
    set "RUN=py -%%v"
    goto run
  )
)
set "RUN=python"
:run
%RUN% "%~dp0install.py" %*
set "CODE=%ERRORLEVEL%"
pause
exit /b %CODE%
