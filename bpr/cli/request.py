"""What `analyze` and `check` share: options that fix the layout, and the run under a bar."""

from collections.abc import Sequence
from pathlib import Path

from bpr import terms
from bpr.cli.output import progress
from bpr.errors import InputError
from bpr.frames import ANSWER_FIELDS
from bpr.pipeline import Request, Workbook, run
from bpr.read.cells import column_index
from bpr.report import Report
from bpr.settings import Settings
from bpr.settings.load import suggest
from bpr.workspace import find_workbooks


def run_paths(
    label: str,
    paths: Sequence[Path],
    maps: Sequence[str],
    sheet: str | None,
    header_row: int | None,
    folder: Path | None,
) -> Report:
    """Read the paths with the given layout options and settings; `label` names the bar."""
    request = make_request(maps, sheet, header_row)
    settings = Settings.load(folder)
    workbooks = list(find_workbooks(paths, settings.survey.limits))
    return run_workbooks(label, workbooks, settings, request)


def run_workbooks(
    label: str, workbooks: Sequence[Workbook], settings: Settings, request: Request
) -> Report:
    """Read workbooks under a bar."""
    with progress(label, len(workbooks)) as step:
        return run(workbooks, settings, request, progress=step)


def make_request(maps: Sequence[str], sheet: str | None, header_row: int | None) -> Request:
    """Turn the options into a request; InputError names the wrong field or column."""
    return Request(dict(map(_read_map, maps)), sheet, header_row)


def _read_map(text: str) -> tuple[str, int]:
    name, equals, letters = text.partition("=")
    name = name.strip()
    if not equals:
        msg = f"--map「{text}」は、--map annual_hours=FR のように「項目=列」で書いてください。"
        raise InputError(msg)
    if name not in ANSWER_FIELDS:
        known = [field for field in ANSWER_FIELDS if field in terms.FIELDS]
        msg = f"--map の項目「{name}」はありません{suggest(name, known)}。使える項目：{'、'.join(known)}"
        raise InputError(msg)
    try:
        return name, column_index(letters)
    except ValueError as error:
        msg = f"--map「{text}」の列「{letters}」は、A、B、…、FR のような列名で書いてください。"
        raise InputError(msg) from error
