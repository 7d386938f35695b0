"""What a person confirms of a form, checked before it is kept."""

from collections import Counter
from collections.abc import Mapping

import polars as pl

from bpr import terms
from bpr.errors import InputError
from bpr.frames import ANSWER_FIELDS, NAME_FIELDS
from bpr.report import Report
from bpr.settings.survey import SurveySettings
from bpr.store import ConfirmedForm
from bpr.text import squeeze


def confirm_columns(
    report: Report, workbook: str, sheet: str, table: int, fields: Mapping[str, str | None]
) -> ConfirmedForm:
    """Form of a table with the fields that a person gave its columns.

    Columns that `fields` does not name stay as they were read. Raises `InputError`.
    """
    columns = report.forms.filter(workbook=workbook, sheet=sheet, table=table)
    if not columns.height:
        msg = f"「{workbook}」のシート「{sheet}」の表がありません。画面を開き直してください。"
        raise InputError(msg)
    read = {str(key): field for key, field in columns.select("key", "field").iter_rows()}
    unknown = [key for key in fields if key not in read]
    if unknown:
        msg = f"列「{unknown[0]}」が「{workbook}」にありません。画面を開き直してください。"
        raise InputError(msg)
    chosen = {**read, **fields}
    _require_known(chosen)
    _require_name(chosen)
    _require_once(chosen, read, report.settings.survey)
    places = report.sheets.filter(workbook=workbook, name=sheet, table=table)
    fingerprint = places["fingerprint"].drop_nulls().to_list()[0]
    return ConfirmedForm(str(fingerprint), chosen, f"{workbook} / {sheet}"[:255])


def table_rows(report: Report, workbook: str, sheet: str, table: int) -> tuple[int, int]:
    """Header row and last row (1-based Excel rows) of a table; `InputError` where it is not."""
    found = report.sheets.filter(
        pl.col("header_row").is_not_null(), workbook=workbook, name=sheet, table=table
    )
    if not found.height:
        msg = f"「{workbook}」のシート「{sheet}」の表がありません。画面を開き直してください。"
        raise InputError(msg)
    header, size = found.select("header_row", "rows_read").row(0)
    return int(header), int(header + size)


def _require_known(chosen: Mapping[str, str | None]) -> None:
    for field in chosen.values():
        if field is not None and field not in ANSWER_FIELDS:
            msg = f"項目「{field}」はありません。一覧から選んでください。"
            raise InputError(msg)


def _require_name(chosen: Mapping[str, str | None]) -> None:
    """Without a name, the table would not be read as one any more."""
    if not set(chosen.values()) & set(NAME_FIELDS):
        msg = (
            f"業務の名前になる列がありません。「{terms.label('task_name')}」の列を選んでください。"
        )
        raise InputError(msg)


def _require_once(
    chosen: Mapping[str, str | None], read: Mapping[str, str | None], survey: SurveySettings
) -> None:
    """Refuse a field that is given twice.

    Columns of different kinds of staff may share one, and so may columns that already make up one
    value (twelve months).
    """
    groups = {key: (field, _staff(key, survey)) for key, field in chosen.items() if field}
    count = Counter(groups.values())
    for key, (field, staff) in groups.items():
        if count[field, staff] > 1 and read[key] != field:
            other = next(k for k, g in groups.items() if g == (field, staff) and k != key)
            msg = f"「{terms.label(field)}」が 2 つの列（「{other}」と「{key}」）に選ばれています。片方を「使わない」にしてください。"
            raise InputError(msg)


def _staff(key: str, survey: SurveySettings) -> str | None:
    levels = key.split("#", maxsplit=1)[0].split("/")
    return next((level for level in levels if squeeze(level) in survey.staff_index), None)
