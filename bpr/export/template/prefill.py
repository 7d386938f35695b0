"""Last year's tasks, or standard ones, as rows of the form. Figures of another year stay out."""

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Final

import polars as pl

from bpr import terms
from bpr.export.cells import Value
from bpr.export.template.columns import ANSWERS, COLUMNS, FIGURES, STAFF, Column
from bpr.export.template.office import Office
from bpr.settings.survey import SurveySettings
from bpr.text import is_blank, squeeze

_SPACES = re.compile(r"\s+")
_OFTEN: Final = {
    "日次": "毎日", "週次": "毎週", "月次": "毎月", "四半期": "年に数回", "半期": "年に数回",
    "隔月": "年に数回", "年次": "年1回", "毎年": "年1回", "隔年": "数年に1回", "不定期": "随時",
    "都度": "随時",
}  # fmt: skip
_OFTEN_PATTERNS: Final = (
    (re.compile(r"^週\d回$"), "毎週"),
    (re.compile(r"^月\d回$"), "毎月"),
    (re.compile(r"^年(?:[2-9]|1[01])回$"), "年に数回"),
    (re.compile(r"^\d年(?:ごと|毎|に1回|に一回)$"), "数年に1回"),
)
"""Words for a frequency that mean one of the choices."""
_PLAIN_NUMBER = re.compile(r"^[1-9][0-9]{0,8}$")
_SAME: Final = ("unit", "process_category", "task_name", "activity_name", "staff_category")


def make_rows(
    office: Office, tasks: pl.DataFrame, survey: SurveySettings
) -> list[dict[str, Value]]:
    """Rows of the form (field -> value), each task once; a blank form gets one row with its office.

    Last year's tasks keep their number; the others that came from last year get the next free one.
    """
    distinct: dict[tuple[Value, ...], dict[str, Value]] = {}
    for task in tasks.iter_rows(named=True):
        row = _row(task, survey)
        if row["task_name"]:
            distinct.setdefault(tuple(row[name] for name in _SAME), row)
    kept = list(distinct.values())
    if "task_id" in tasks.columns:
        _number(kept)
    place = {"department": office.department, "division": office.division}
    return [row | place | {"fiscal_year": office.fiscal_year} for row in kept or [{}]]


def _row(task: Mapping[str, object], survey: SurveySettings) -> dict[str, Value]:
    """Turn one task into what its row may hold."""
    row = {c.field: _value(c, task.get(c.field), survey) for c in COLUMNS if c.field not in FIGURES}
    name = row.get("task_name")
    levels = [_text(task.get(level)) for level in ("process_category", "process_group", "process")]
    told = dict.fromkeys(level for level in levels if level and level != name)
    row["process_category"] = _cut("／".join(told), "process_category") or None
    row["task_number"] = _own_number(task)
    return row


def _value(column: Column, value: object, survey: SurveySettings) -> Value:
    """Value as the form writes it: choices in its own words, text in one line."""
    if isinstance(value, bool) and column.field in ANSWERS:
        return column.choices[0] if value else column.choices[1]
    text = _text(value)
    match column.field:
        case "staff_category":
            return _staff(text, survey) if text else None
        case "frequency":
            return _frequency(text) if text else None
        case "medium":
            label = terms.MEDIA[text].label if text in terms.MEDIA else text
            return label if label in column.choices else None
    return _cut(text, column.field) if text else None


def _text(value: object) -> str | None:
    """Text in one line; None for nothing."""
    text = "" if value is None else _SPACES.sub(" ", str(value)).strip()
    return None if is_blank(text) else text


def _cut(text: str, field: str) -> str:
    longest = next(c.longest for c in COLUMNS if c.field == field)
    return text[:longest] if longest else text


def _staff(text: str, survey: SurveySettings) -> str | None:
    """Return the choice that is meant: by its beginning, else by the kind of staff."""
    key = squeeze(text)
    for choice in STAFF:
        if key.startswith(squeeze(choice)) or squeeze(choice).startswith(key):
            return choice
    kind = survey.staff_index.get(key)
    return {"regular": "正規職員", "nonregular": "会計年度任用職員"}.get(kind or "")


def _frequency(text: str) -> str:
    """Return the choice that is meant, else the text as it was written."""
    key = squeeze(text)
    found = (choice for pattern, choice in _OFTEN_PATTERNS if pattern.match(key))
    return _OFTEN.get(key) or next(found, text)


def _own_number(task: Mapping[str, object]) -> str | int | None:
    """Return the division's own number: its column, else the end of 「2024-税務課-12」."""
    number = _text(task.get("task_number"))
    prefix = f"{task.get('fiscal_year')}-{task.get('division')}-"
    whole = _text(task.get("task_id")) or ""
    if number is None and whole.startswith(prefix):
        number = whole.removeprefix(prefix)
    return int(number) if number and _PLAIN_NUMBER.match(number) else number


def _number(rows: Sequence[dict[str, Value]]) -> None:
    """Give the next free number to rows without one."""
    taken = {row["task_number"] for row in rows}
    free = (number for number in count(1) if number not in taken)
    for row in rows:
        if row["task_number"] is None:
            row["task_number"] = next(free)
