"""Gathers everything for an offline installation on Windows and Linux into `wheelhouse/`."""
# ruff: noqa: INP001, S603, T201 - a script that make runs; it calls only pip, and speaks to people

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

SOURCES = Path(__file__).resolve().parent
ROOT = SOURCES.parents[1]
LOCK = ROOT / "requirements.lock"
HANDBOOK = ROOT / "docs" / "operations.md"
FOLDER = ROOT / "wheelhouse"
SUMS = "SHA256SUMS"
COPIED = {"README.txt": "\r\n", "install.cmd": "\r\n", "install.py": "\n", "install.sh": "\n"}
"""What goes along as text, and how its lines end."""
SYSTEMS = {
    "Windows": ("win_amd64",),
    # glibc 2.28 or older: RHEL 8, Debian 10, Ubuntu 20.04 and all that followed.
    "Linux": (
        *(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)),
        "manylinux2014_x86_64",
        "manylinux2010_x86_64",
        "manylinux1_x86_64",
    ),
}


@dataclass(frozen=True)
class Target:
    """A system and a CPython (such as 3.11) that bpr is to be installed on."""

    system: str
    python: str

    def __str__(self) -> str:
        """Name the target as a person would."""
        return f"{self.system}・Python {self.python}"

    def environment(self) -> dict[str, str]:
        """Return what the markers of a requirement see there, not here."""
        windows = self.system == "Windows"
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "os_name": "nt" if windows else "posix",
            "platform_machine": "AMD64" if windows else "x86_64",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": self.system,
            "platform_version": "",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": "win32" if windows else "linux",
        }

    def tags(self) -> frozenset[Tag]:
        """Return the tags of the wheels that install there."""
        version = tuple(int(part) for part in self.python.split("."))
        interpreter, platforms = f"cp{self.python.replace('.', '')}", SYSTEMS[self.system]
        fitting = (
            *cpython_tags(version, [interpreter], platforms),
            *compatible_tags(version, interpreter, platforms),
        )
        return frozenset(fitting)

    def options(self) -> list[str]:
        """Return how pip is told to look for wheels of this target."""
        platforms = [f"--platform={platform}" for platform in SYSTEMS[self.system]]
        return [
            *("--only-binary=:all:", "--no-deps", "--implementation=cp"),
            *(f"--python-version={self.python}", *platforms),
        ]


@dataclass(frozen=True)
class Pin:
    """One package of the lock: its version, where it is needed, and the SHA-256 of its files."""

    requirement: Requirement
    hashes: frozenset[str]

    def applies(self, target: Target) -> bool:
        """Say whether the target needs the package."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate(target.environment())

    def word(self) -> str:
        """Return `name==version` without the marker, which pip would evaluate for this machine."""
        return f"{self.requirement.name}{self.requirement.specifier}"

    def line(self) -> str:
        """Return the word and the hashes, for pip's --require-hashes."""
        return " ".join([self.word(), *(f"--hash=sha256:{sha256}" for sha256 in self.hashes)])


@dataclass(frozen=True)
class Wheel:
    """A file to install from: its name and its SHA-256."""

    name: str
    sha256: str

    def serves(self, pin: Pin, target: Target) -> bool:
        """Say whether this is a locked file of the pin that installs on the target."""
        name, version, _, tags = parse_wheel_filename(self.name)
        return (
            name == canonicalize_name(pin.requirement.name)
            and pin.requirement.specifier.contains(version, prereleases=True)
            and self.sha256 in pin.hashes
            and not tags.isdisjoint(target.tags())
        )


def read_lock(text: str) -> tuple[Pin, ...]:
    r"""Read the logical lines `name==version ; marker \ --hash=sha256:… \ …` of a lock."""
    bare = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    lines = [re.split(r"\s+--hash=sha256:", line.strip()) for line in bare.splitlines()]
    return tuple(Pin(Requirement(word), frozenset(hashes)) for word, *hashes in lines if word)


def select_pins(pins: Iterable[Pin], target: Target) -> tuple[Pin, ...]:
    """Return the packages that the target needs."""
    return tuple(pin for pin in pins if pin.applies(target))


def find_missing(pins: Iterable[Pin], wheels: Sequence[Wheel], target: Target) -> Iterator[str]:
    """Name the packages that the target needs and no wheel serves."""
    for pin in select_pins(pins, target):
        if not any(wheel.serves(pin, target) for wheel in wheels):
            yield pin.word()


def read_wheels(folder: Path) -> list[Wheel]:
    """Return the wheels of a folder."""
    return [Wheel(path.name, hash_file(path)) for path in sorted(folder.glob("*.whl"))]


def hash_file(path: Path) -> str:
    """Return a file's SHA-256 as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download_wheels(pins: Iterable[Pin], target: Target, folder: Path) -> None:
    """Let pip fetch the wheels for the target; SystemExit names the package that has none."""
    with tempfile.TemporaryDirectory() as scratch:
        lines = Path(scratch) / "requirements.txt"
        lines.write_text("\n".join(pin.line() for pin in pins), encoding="utf-8")
        words = ["download", *target.options(), "--require-hashes", f"--dest={folder}"]
        run_pip([*words, f"--requirement={lines}"], f"{target} の部品がそろいません。")


def run_pip(words: Sequence[str], failure: str) -> None:
    """Run pip quietly; SystemExit tells the failure and what pip said."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    done = subprocess.run(pip, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{failure}\n{done.stderr}")


def write_texts(folder: Path, pythons: Sequence[str]) -> None:
    """Write the installer and its instructions for these Pythons, the lock and the handbook."""
    for name, newline in COPIED.items():
        text = (SOURCES / name).read_text(encoding="utf-8")
        written = text.replace("@PYTHONS@", " ".join(pythons))
        (folder / name).write_text(written, encoding="utf-8", newline=newline)
    shutil.copy(LOCK, folder)
    shutil.copy(HANDBOOK, folder)


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file, as `sha256sum --check` reads it."""
    paths = sorted(path for path in folder.iterdir() if path.name != SUMS)
    lines = "".join(f"{hash_file(path)}  {path.name}\n" for path in paths)
    (folder / SUMS).write_text(lines, encoding="utf-8", newline="\n")


def main(pythons: Sequence[str]) -> None:
    """Fill `wheelhouse/` for both systems and these Pythons (the running one by default)."""
    chosen = list(pythons) or ["{}.{}".format(*sys.version_info[:2])]
    targets = [Target(system, python) for python in chosen for system in SYSTEMS]
    pins = read_lock(LOCK.read_text(encoding="utf-8"))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for target in targets:
        needed = select_pins(pins, target)
        print(f"{target}：{len(needed)} 個の部品を集めています", flush=True)
        download_wheels(needed, target, FOLDER)
        if missing := list(find_missing(needed, read_wheels(FOLDER), target)):
            sys.exit(f"{target} で使える部品がありません：{'、'.join(missing)}")
    build = ["wheel", "--no-deps", "--no-index", "--no-build-isolation", f"--wheel-dir={FOLDER}"]
    run_pip([*build, str(ROOT)], "bpr の部品を作れません。")
    write_texts(FOLDER, chosen)
    write_sums(FOLDER)
    size = sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6
    print(
        f"{FOLDER} にそろいました（{size:.0f} MB）。フォルダごと持ち込み、README.txt のとおりに導入します。"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
