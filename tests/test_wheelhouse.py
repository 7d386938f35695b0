"""The offline installation: every locked dependency has a wheel for Windows and Linux."""

import hashlib
import importlib.util
import json
import os
import platform
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.tags import parse_tag

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".ci" / "wheelhouse"
RUNNING = "{}.{}".format(*sys.version_info[:2])
HASH = "a" * 64


def load_script() -> ModuleType:
    """Load `.ci/wheelhouse/collect.py`, which is in no package."""
    spec = importlib.util.spec_from_file_location("wheelhouse_collect", HOME / "collect.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


collect = load_script()
PINS = collect.read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
TARGETS = [collect.Target(s, p) for s in collect.SYSTEMS for p in ("3.11", "3.12", "3.13")]


def names(pins: Iterable[Any]) -> list[str]:
    return [pin.requirement.name for pin in pins]


# --- the lock -------------------------------------------------------------------------------------


def test_a_lock_is_read_with_its_markers_and_hashes() -> None:
    text = (
        "# a remark\n"
        f"one==1.0 \\\n    --hash=sha256:{'1' * 64} \\\n    --hash=sha256:{'2' * 64}\n    # via two\n"
        f"two==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{'3' * 64}\n"
    )
    one, two = collect.read_lock(text)
    assert one.hashes == {"1" * 64, "2" * 64}
    assert (one.word(), two.word()) == ("one==1.0", "two==2.0")
    assert two.line() == f"two==2.0 --hash=sha256:{'3' * 64}"


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("sys_platform == 'win32'", ["Windows 3.11", "Windows 3.12"]),
        ("platform_system != 'Windows'", ["Linux 3.11", "Linux 3.12"]),
        ("os_name == 'nt' and python_version < '3.12'", ["Windows 3.11"]),
        ("python_full_version >= '3.12'", ["Windows 3.12", "Linux 3.12"]),
        ("implementation_name == 'pypy'", []),
        ("platform_python_implementation == 'PyPy'", []),
    ],
)
def test_markers_are_those_of_the_target_not_of_this_machine(
    marker: str, expected: list[str]
) -> None:
    (pin,) = collect.read_lock(f"one==1.0 ; {marker} --hash=sha256:{HASH}\n")
    targets = [collect.Target(s, p) for s in ("Windows", "Linux") for p in ("3.11", "3.12")]
    assert [f"{t.system} {t.python}" for t in targets if pin.applies(t)] == expected


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_the_lock_is_whole_for_every_target(target: Any) -> None:
    chosen = collect.select_pins(PINS, target)
    assert len(chosen) > 50
    assert len(set(names(chosen))) == len(chosen)
    assert ("tzdata" in names(chosen)) == (target.system == "Windows")
    for pin in chosen:
        assert pin.hashes
        assert [specifier.operator for specifier in pin.requirement.specifier] == ["=="]


# --- what installs where --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "windows", "linux"),
    [
        ("one-1.0-py3-none-any.whl", True, True),
        ("one-1.0-py2.py3-none-any.whl", True, True),
        ("one-1.0-cp311-cp311-win_amd64.whl", True, False),
        ("one-1.0-cp310-abi3-win_amd64.whl", True, False),
        ("one-1.0-cp312-cp312-win_amd64.whl", False, False),
        ("one-1.0-cp311-cp311-win32.whl", False, False),
        ("one-1.0-cp311-cp311-win_arm64.whl", False, False),
        ("one-1.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", False, True),
        ("one-1.0-cp311-cp311-manylinux_2_28_x86_64.whl", False, True),
        ("one-1.0-cp311-cp311-manylinux_2_34_x86_64.whl", False, False),
        ("one-1.0-cp311-cp311-musllinux_1_2_x86_64.whl", False, False),
        ("one-1.0-cp311-cp311-manylinux_2_17_aarch64.whl", False, False),
        ("one-1.1-py3-none-any.whl", False, False),
        ("two-1.0-py3-none-any.whl", False, False),
    ],
)
def test_a_package_without_a_fitting_wheel_is_named(
    name: str, *, windows: bool, linux: bool
) -> None:
    pins = collect.read_lock(f"one==1.0 --hash=sha256:{HASH}\n")
    found = {
        system: not list(
            collect.find_missing(pins, [collect.Wheel(name, HASH)], collect.Target(system, "3.11"))
        )
        for system in ("Windows", "Linux")
    }
    assert found == {"Windows": windows, "Linux": linux}


def test_a_wheel_that_the_lock_does_not_know_is_no_help() -> None:
    pins = collect.read_lock(f"one==1.0 --hash=sha256:{HASH}\n")
    other = collect.Wheel("one-1.0-py3-none-any.whl", "b" * 64)
    assert list(collect.find_missing(pins, [other], TARGETS[0])) == ["one==1.0"]


def test_what_is_installed_here_came_as_wheels_that_fit_the_target() -> None:
    if platform.system() not in collect.SYSTEMS or platform.machine() not in {"x86_64", "AMD64"}:
        pytest.skip(
            f"この機械（{platform.system()} {platform.machine()}）は持ち込み先ではありません"
        )
    target = collect.Target(platform.system(), RUNNING)
    fitting = target.tags()
    for pin in collect.select_pins(PINS, target):
        installed = distribution(pin.requirement.name)
        wheel = installed.read_text("WHEEL") or ""
        tags = [line.removeprefix("Tag: ") for line in wheel.splitlines() if "Tag: " in line]
        assert any(fitting & parse_tag(tag) for tag in tags), pin.word()


def ask_index(
    words: Sequence[str], target: Any, folder: Path, *options: str
) -> tuple[subprocess.CompletedProcess[str], list[Any]]:
    """Let pip say which wheels it would take for the target, without fetching them."""
    report, lines = folder / "report.json", folder / "words.txt"
    lines.write_text("\n".join(words), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", *options]
    where = [f"--target={folder / 'nowhere'}", f"--report={report}", f"--requirement={lines}"]
    done = subprocess.run(
        [*pip, *target.options(), *where], check=False, capture_output=True, text=True
    )
    offered = json.loads(report.read_text("utf-8"))["install"] if report.exists() else []
    return done, offered


def test_the_index_has_every_locked_wheel_for_windows(tmp_path: Path) -> None:
    """Of wheels for any system this speaks for Linux too; the others are installed here (above)."""
    target = collect.Target("Windows", RUNNING)
    probe, _ = ask_index(["pip"], target, tmp_path, "--retries=0", "--timeout=10")
    if probe.returncode:
        pytest.skip("部品の置き場（索引）につながりません")
    words = [pin.word() for pin in collect.select_pins(PINS, target)]
    done, offered = ask_index(words, target, tmp_path)
    assert done.returncode == 0, done.stderr
    wheels = [
        collect.Wheel(
            item["download_info"]["url"].rsplit("/", 1)[-1],
            item["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for item in offered
    ]
    assert list(collect.find_missing(PINS, wheels, target)) == []


# --- installing -----------------------------------------------------------------------------------


def write_wheel(folder: Path, name: str, source: str, *, script: bool) -> str:
    """Write a wheel of one module at version 1.0; return its SHA-256."""
    about = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": source,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": "",
    }
    if script:
        files[f"{about}/entry_points.txt"] = f"[console_scripts]\n{name} = {name}:main\n"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for entry, text in files.items():
            archive.writestr(entry, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_wheelhouse(folder: Path, pythons: Sequence[str]) -> None:
    """Make a small wheelhouse: a bpr that needs one other package."""
    folder.mkdir()
    sha256 = write_wheel(folder, "needed", "WORD = 'bpr 1.0'\n", script=False)
    source = "import needed\ndef main():\n    print(needed.WORD)\n"
    write_wheel(folder, "bpr", source, script=True)
    collect.write_texts(folder, pythons)
    lock = f"needed==1.0 --hash=sha256:{sha256}\nabsent==1.0 ; sys_platform == 'vms' --hash=sha256:{HASH}\n"
    (folder / "requirements.lock").write_text(lock, encoding="utf-8")
    collect.write_sums(folder)


def run_installer(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the wheelhouse's installer as a machine without a network would."""
    return subprocess.run(
        [sys.executable, str(folder / "install.py"), *arguments],
        env={**os.environ, "PYTHONUTF8": "1", "PIP_CONFIG_FILE": os.devnull},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_installing_twice_gives_a_running_bpr_and_leaves_the_data(tmp_path: Path) -> None:
    house, place = tmp_path / "wheelhouse", tmp_path / "町 役場"
    make_wheelhouse(house, ["3.99", RUNNING])
    place.mkdir()
    data = place / "bpr-data"
    data.mkdir()
    for _ in range(2):
        result = run_installer(house, str(place))
        assert result.returncode == 0, result.stdout + result.stderr
        assert result.stdout.splitlines()[0] == "bpr 1.0"
        assert "導入しました" in result.stdout
    assert sorted(path.name for path in place.iterdir()) == ["bpr-data", "venv"]


def test_a_damaged_or_missing_file_is_named_before_anything_is_made(tmp_path: Path) -> None:
    house = tmp_path / "wheelhouse"
    make_wheelhouse(house, [RUNNING])
    wheel = house / "needed-1.0-py3-none-any.whl"
    wheel.write_bytes(wheel.read_bytes()[:-1])
    (house / "README.txt").unlink()
    result = run_installer(house)
    assert result.returncode == 1
    assert "README.txt、needed-1.0-py3-none-any.whl" in result.stderr
    assert not (tmp_path / "venv").exists()


def test_another_python_is_refused_with_the_versions_that_fit(tmp_path: Path) -> None:
    house = tmp_path / "wheelhouse"
    make_wheelhouse(house, ["3.98", "3.99"])
    result = run_installer(house)
    assert result.returncode == 1
    assert f"Python 3.98、3.99 用です（この PC の Python は {RUNNING}）" in result.stderr
    assert not (tmp_path / "venv").exists()


def test_texts_are_for_their_systems_and_hold_no_address(tmp_path: Path) -> None:
    house = tmp_path / "wheelhouse"
    make_wheelhouse(house, ["3.11", "3.12"])
    texts = {path.name: path.read_bytes() for path in house.iterdir() if path.suffix != ".whl"}
    assert texts.pop("operations.md") == (ROOT / "docs" / "operations.md").read_bytes()
    assert [name for name, text in texts.items() if b"://" in text or b"@PYTHONS@" in text] == []
    assert texts["install.cmd"].isascii()
    assert texts["install.cmd"].count(b"\r\n") == texts["install.cmd"].count(b"\n")
    assert b"in (3.11 3.12)" in texts["install.cmd"]
    assert b"for version in 3.11 3.12;" in texts["install.sh"]
    assert b"\r" not in texts["install.sh"]
    assert "Python 3.11 3.12" in texts["README.txt"].decode("utf-8")
