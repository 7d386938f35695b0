"""Installs bpr on this machine from the files beside this one, without any network."""
# ruff: noqa: INP001, S603, T201 - a script for a machine without bpr; it calls only the new Python

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
MADE_FOR = "@PYTHONS@"


def main(place: Path) -> None:
    """Make or renew the environment `place`/venv."""
    running = "{}.{}".format(*sys.version_info[:2])
    pythons = MADE_FOR.split()
    if running not in pythons:
        sys.exit(
            f"この部品は Python {'、'.join(pythons)} 用です（この PC の Python は {running}）。"
            f"Python {pythons[0]} を入れるか、{running} 用の部品を集め直してください。"
        )
    if damaged := find_damaged():
        sys.exit(
            f"壊れているか、足りないファイルがあります：{'、'.join(damaged)}。"
            "wheelhouse フォルダをもう一度コピーしてください。"
        )
    environment = place / "venv"
    try:
        venv.create(environment, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"{environment} を作れません（{error}）。書き込めるフォルダを指定し、動いている bpr は"
            "止めてください。Debian・Ubuntu では python3-venv も必要です。"
        )
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--isolated", "--disable-pip-version-check"]
    install = [*pip, "install", "--quiet", "--no-index"]
    (bpr,) = HERE.glob("bpr-*.whl")
    lock = str(HERE / "requirements.lock")
    try:
        subprocess.run(
            [*install, "--find-links", str(HERE), "--require-hashes", "--requirement", lock],
            check=True,
        )
        subprocess.run([*install, "--no-deps", "--force-reinstall", str(bpr)], check=True)
        subprocess.run([programs / "bpr", "--version"], check=True)
    except (OSError, subprocess.CalledProcessError):
        sys.exit(
            "導入できませんでした。上の記録を確かめ、動いている bpr は止めてからやり直してください。"
        )
    print(f"導入しました。見本で試すには： {programs / 'bpr'} demo")


def find_damaged() -> list[str]:
    """Name the files that are not what SHA256SUMS says."""
    damaged = []
    for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        expected, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            damaged.append(name)
    return damaged


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE.parent)
