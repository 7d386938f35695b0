"""The wheel holds everything that the program needs: unpacked elsewhere, `bpr demo` runs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_demo_runs_from_the_wheel(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("bpr-*.whl")
    unpacked, cwd = tmp_path / "unpacked", tmp_path / "elsewhere"
    cwd.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
        assert len([n for n in archive.namelist() if n.startswith("bpr/sample/")]) == 32
    # -S would hide the dependencies too; PYTHONPATH comes before the checkout's editable install.
    result = subprocess.run(
        [sys.executable, "-P", "-m", "bpr", "demo", "--no-serve"],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(unpacked), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "32 / 32 ファイル" in result.stdout
    where = "import bpr; print(bpr.__file__)"
    found = subprocess.run(
        [sys.executable, "-P", "-c", where],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.startswith(str(unpacked))
