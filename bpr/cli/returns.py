"""Workbooks with their findings in them, to be sent back: into a folder, a zip, or one file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bpr.cli.output import make_folder, write_result
from bpr.errors import InputError
from bpr.export.archive import write_zip
from bpr.export.returned import returned_name, write_returned
from bpr.pipeline import Workbook
from bpr.report import Report
from bpr.workspace import name_returns


@dataclass(frozen=True)
class Place:
    """Where workbooks go back to: a folder, a .zip or one file."""

    path: Path
    is_folder: bool

    def files(self, names: Mapping[str, str]) -> list[Path]:
        """Files that will be written."""
        return [self.path / own for own in names.values()] if self.is_folder else [self.path]


def find_place(out: str | None, kind: str | None, workbooks: Sequence[Workbook]) -> Place | None:
    """Tell from the option whether whole workbooks are asked for; None: only a list is."""
    if not out or kind not in {None, "xlsx"}:
        return None
    path = Path(out)
    suffix = path.suffix.lower()
    if out.endswith(("/", "\\")) or path.is_dir() or (kind == "xlsx" and not suffix):
        return Place(path, is_folder=True)
    if suffix == ".zip":
        return Place(path, is_folder=False)
    if suffix in {".xlsx", ".xlsm"} and len(workbooks) == 1:
        needed = Path(returned_name(workbooks[0].name)).suffix
        if suffix != needed:
            msg = f"「{out}」の名前の終わりを {needed} にしてください（もとのファイルと同じ種類になります）。"
            raise InputError(msg)
        return Place(path, is_folder=False)
    return None


def refuse_overwriting(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Stop before anything is written where a file that was read would be lost."""
    read = {file.resolve() for file in inputs}
    for path in outputs:
        if path.resolve() in read or (path.exists() and any(path.samefile(i) for i in inputs)):
            msg = f"「{path}」は読み取ったファイルなので、上書きしません。--out に別の保存先を指定してください。"
            raise InputError(msg)


def write_returns(
    place: Place, workbooks: Sequence[Workbook], report: Report, inputs: Sequence[Path]
) -> int:
    """Write every workbook with its findings in it; return how many."""
    known = [str(name) for name in report.workbooks["name"].to_list()]
    names = name_returns(known)
    refuse_overwriting(place.files(names), inputs)
    books = {
        names[name]: write_returned(name, workbook.data, report.diagnostics)
        for name, workbook in zip(known, workbooks, strict=True)
    }
    if place.is_folder:
        make_folder(place.path)
        for name, data in books.items():
            write_result(data, place.path / name, binary=True)
    elif place.path.suffix.lower() == ".zip":
        write_result(write_zip(books), place.path, binary=True)
    else:
        write_result(next(iter(books.values())), place.path, binary=True)
    return len(books)
