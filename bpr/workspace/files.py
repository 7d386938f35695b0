"""Files, folders and zips -> workbooks under names that are all different."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bpr.errors import InputError
from bpr.pipeline import Workbook
from bpr.read.archives import SUFFIX, is_archive, list_files, unpack
from bpr.read.cells import SUFFIXES
from bpr.settings import Settings
from bpr.settings.survey import Limits


def find_workbooks(paths: Sequence[Path], limits: Limits | None = None) -> Iterator[Workbook]:
    """Files, and what folders and zips hold, as workbooks, each once.

    A name is relative to the folder given; where two are alike, the folder's name (or the zip's)
    is put before. A zip that cannot be opened comes as it is, to be told by the reader.
    Raises `InputError` for a path that is not there and where nothing is found at all.
    """
    found = find_files(paths)
    count = Counter(name for file, name in found for name in _names(file, name))
    for file, name in found:
        data = read_bytes(file)
        if not is_zip(file.name, data):
            own = name if count[name] == 1 else f"{file.resolve().parent.name}/{name}"
            yield Workbook(own, data)
            continue
        for book in expand_zip(name, data, limits or Settings.load().survey.limits):
            yield book if count[book.name] <= 1 else Workbook(f"{file.stem}/{book.name}", book.data)


def find_files(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Files to read, each once, with their names."""
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if not path.exists():
            msg = f"「{path}」がありません。場所と名前を確かめてください。"
            raise InputError(msg)
        for file in _files(path):
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            found.setdefault(file.resolve(), (file, name))
    if not found:
        names = "」「".join(map(str, paths))
        endings = "、".join((*SUFFIXES, SUFFIX))
        msg = f"「{names}」に調査票（{endings}）がありません。フォルダを確かめてください。"
        raise InputError(msg)
    return list(found.values())


def is_zip(name: str, data: bytes) -> bool:
    """Tell whether a file is to be opened as a zip of workbooks."""
    return name.lower().endswith(SUFFIX) and is_archive(data)


def expand_zip(name: str, data: bytes, limits: Limits) -> Iterator[Workbook]:
    """Workbooks of a zip; then the zip itself where not all of it could be taken out."""
    whole = False
    for position, file in enumerate(unpack(data, limits)):
        whole = (whole or position == 0) and file.data is not None
        if file.data is not None:
            yield Workbook(file.name, file.data)
    if not whole:
        yield Workbook(name, data)


def expand_files(files: Sequence[tuple[str, bytes]], limits: Limits) -> Iterator[Workbook]:
    """Workbooks of files of (name, bytes), with zips opened; folders in names are dropped."""
    for given, data in files:
        name = given.replace("\\", "/").rsplit("/", 1)[-1]
        if is_zip(name, data):
            yield from expand_zip(name, data, limits)
        else:
            yield Workbook(name, data)


def count_files(files: Sequence[tuple[str, bytes]]) -> int:
    """How many workbooks `expand_files` will bring, as far as the directories of zips tell."""
    return sum(len(list_files(data)) or 1 if is_zip(name, data) else 1 for name, data in files)


def read_bytes(file: Path) -> bytes:
    """Bytes of a file; InputError where it cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as error:
        msg = f"「{file}」を開けません。ほかで開いていないか、読む権限があるか確かめてください。"
        raise InputError(msg) from error


def _names(file: Path, name: str) -> list[str]:
    """Names that a file brings: its own, or those in the zip."""
    if file.suffix.lower() != SUFFIX:
        return [name]
    data = read_bytes(file)
    return list_files(data) if is_archive(data) else [name]


def _files(path: Path) -> list[Path]:
    """The file itself, or the workbooks of a folder; Excel's lock files (~$) are none."""
    if path.is_file():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and file.suffix.lower() in (*SUFFIXES, SUFFIX)
        and not file.name.startswith(("~$", "."))
    )
