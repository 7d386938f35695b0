"""Find the table on a sheet: where its header is and which column is which field.

A header may be one to three rows deep. A column's labels from top to bottom are its path; a level
that names a kind of staff (正規職員 | 会計年度任用職員) makes a block: one task per row and block.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bpr.read.cells import Sheet, column_letter, to_text
from bpr.settings.survey import SurveySettings
from bpr.text import header_key, normalize, plain_label, squeeze

NAME_FIELDS: Final = ("task_name", "process", "process_group", "activity_name", "process_category")
"""Fields that can name a task; the first that is filled is its name."""

_MIN_FIELDS = 2
_CERTAIN_FIELDS = 4
_MARGIN = 4
_LONGEST_LABEL = 40
_DEPTH_COST = 0.5
_MAX_NUMBER_SHARE = 0.3
_BRACKETED = re.compile(r"[(\[〔【]\s*(?:単位)?[:;]?\s*([^)\]〕】]+)[)\]〕】]")
_PERIOD = re.compile(r"年間|月間|延べ|総")
_PER_CASE = re.compile(r"/(?:件|回|通|枚)$")
_MONTHLY: Final = frozenset({"月", "月間", "月平均", "/月", "1か月", "月当たり", "月あたり"})


@dataclass(frozen=True)
class Request:
    """What the caller fixes about the layout instead of leaving it to the reader."""

    columns: Mapping[str, int] = field(default_factory=dict)
    """Field -> 0-based column."""
    sheet: str | None = None
    header_row: int | None = None
    """1-based Excel row of the last header row."""


@dataclass(frozen=True)
class Column:
    """A column that was understood."""

    index: int
    field: str
    block: int | None
    """None: shared by all blocks of the row."""
    header: str
    measure: str | None
    staff_category: str | None
    reason: str


@dataclass(frozen=True)
class Layout:
    """The last header row (0-based) and the columns; `ignored` holds (column, label, code)."""

    header_row: int
    columns: tuple[Column, ...]
    ignored: tuple[tuple[int, str, str], ...]

    @property
    def blocks(self) -> int:
        """How many tasks a row can hold."""
        return max((c.block + 1 for c in self.columns if c.block is not None), default=1)


def find_layout(sheet: Sheet, survey: SurveySettings, request: Request) -> Layout | None:
    """Return the layout with the most recognised fields, or None where there is no task table."""
    best: tuple[float, Layout] | None = None
    for last in _header_rows(sheet, survey, request):
        first = max(0, last + 1 - survey.header_max_depth)
        labels = _labels(sheet, range(first, last + 1))
        for depth in range(1, len(labels) + 1):
            if not any(labels[-depth]):
                break
            layout = _read_header(labels[-depth:], last, survey, request)
            score = _score(layout, sheet, depth, request)
            if score > 0 and (best is None or score > best[0]):
                best = (score, layout)
    return best[1] if best else None


def _header_rows(sheet: Sheet, survey: SurveySettings, request: Request) -> list[int]:
    """Rows that may be the last of a header: the given one, else those with two known labels.

    The lower rows of labels that are merged downwards are among them. The search ends a little
    below a row that is a header without doubt, so that long tables are not searched through.
    """
    if request.header_row is not None:
        return [request.header_row - 1] if 0 < request.header_row <= len(sheet.rows) else []
    known = survey.header_index.keys()
    found: dict[int, int] = {}
    for index, row in enumerate(sheet.rows[: survey.header_scan_rows]):
        texts = {cell for cell in row if type(cell) is str and 0 < len(cell) <= _LONGEST_LABEL}
        count = len({header_key(text) for text in texts} & known)
        if count >= _MIN_FIELDS:
            found[index] = count
        elif any(n >= _CERTAIN_FIELDS for n in found.values()) and index > max(found) + _MARGIN:
            break
    lower = {bottom for top, _, bottom, _ in sheet.merged if top in found and bottom > top}
    return sorted(found.keys() | {row for row in lower if row <= max(found) + _MARGIN})


def _labels(sheet: Sheet, rows: range) -> list[list[str]]:
    """Texts of the rows, with merged labels repeated over the cells they cover."""
    labels = [
        [plain_label(cell) if cell and isinstance(cell, str) else "" for cell in sheet.rows[row]]
        for row in rows
    ]
    for top, left, bottom, right in sheet.merged:
        if top in rows or bottom in rows:
            value = sheet.rows[top][left]
            text = plain_label(value) if isinstance(value, str) else ""
            for row in range(max(top, rows.start), min(bottom + 1, rows.stop)):
                cells = labels[row - rows.start]
                cells[left : right + 1] = [text] * len(cells[left : right + 1])
    return labels


def _read_header(
    rows: Sequence[Sequence[str]], last: int, survey: SurveySettings, request: Request
) -> Layout:
    columns: list[Column] = []
    ignored: list[tuple[int, str, str]] = []
    staff: dict[str, int] = {}
    seen: set[tuple[str, int | None]] = set()
    wanted = {index: name for name, index in request.columns.items()}
    for index in range(len(rows[-1])):
        path = _path([row[index] if index < len(row) else "" for row in rows])
        header = " / ".join(path)
        if index in wanted:
            column: Column | None = _mapped(index, wanted[index], header, survey)
        else:
            column = _match(index, path, staff, survey)
        if column is None:
            if header:
                ignored.append((index, header, "column-ignored"))
        elif (column.field, column.block) in seen or (
            column.field in request.columns and index not in wanted
        ):
            ignored.append((index, header, "column-duplicate"))
        else:
            seen.add((column.field, column.block))
            columns.append(column)
    return Layout(last, tuple(_settle_minutes(columns)), tuple(ignored))


def _path(cells: Sequence[str]) -> tuple[str, ...]:
    """Labels of one column from top to bottom, each once."""
    return tuple(dict.fromkeys(cell for cell in cells if cell))


def _mapped(index: int, name: str, header: str, survey: SurveySettings) -> Column:
    settings = survey.fields[name]
    measure = _measure(header, settings.kind, survey) or settings.default_unit
    return Column(index, name, None, header, measure, None, "指定された列")


def _match(
    index: int, path: tuple[str, ...], staff: dict[str, int], survey: SurveySettings
) -> Column | None:
    kinds = [level for level in path if squeeze(level) in survey.staff_index]
    levels = [level for level in path if level not in kinds]
    known = survey.header_index
    for label in (*reversed(levels), "".join(levels)):
        if header_key(label) in known:
            name, fixed = known[header_key(label)]
            break
    else:
        return None
    settings = survey.fields[name]
    measure = _measure(" ".join(levels), settings.kind, survey)
    if name == "annual_hours" and _is_per_case(" ".join(levels)):
        name = "minutes_per_case"
    block = staff.setdefault(kinds[0], len(staff)) if kinds else None
    return Column(
        index=index,
        field=name,
        block=block,
        header=" / ".join(path),
        measure=_combine(fixed, measure) or settings.default_unit,
        staff_category=kinds[0] if kinds else None,
        reason=f"見出し「{label}」",
    )


def _combine(fixed: str | None, written: str | None) -> str | None:
    """Unit of a label that names a period (月間時間) and a unit in brackets (分)."""
    if fixed and written and fixed.endswith("/月") and "/" not in written:
        return f"{written}/月"
    return fixed or written


def _is_per_case(label: str) -> bool:
    return any(_PER_CASE.search(squeeze(text)) for text in _BRACKETED.findall(normalize(label)))


def _measure(label: str, kind: str, survey: SurveySettings) -> str | None:
    """Unit written in the brackets of a label: 時間（分） -> 分, 件数（月間） -> 件/月."""
    for text in reversed(_BRACKETED.findall(normalize(label))):
        key = squeeze(text).removeprefix("単位:")
        if key in _MONTHLY:
            return "件/月" if kind == "count" else "時間/月"
        if key in survey.unit_index:
            return survey.unit_index[key]
        if key.removesuffix("単位") in survey.unit_index:
            return survey.unit_index[key.removesuffix("単位")]
        if _PER_CASE.search(key) and _PER_CASE.sub("", key) in survey.unit_index:
            return survey.unit_index[_PER_CASE.sub("", key)]
    return None


def _settle_minutes(columns: list[Column]) -> list[Column]:
    """Hours given in minutes beside a count, with no other minutes, are minutes per case."""
    fields = {column.field for column in columns}
    if "annual_count" not in fields or "minutes_per_case" in fields:
        return columns
    return [
        replace(c, field="minutes_per_case", reason=f"{c.reason}（分・件数の隣なので 1 件あたり）")
        if c.field == "annual_hours" and c.measure in {"分", "秒"} and not _PERIOD.search(c.header)
        else c
        for c in columns
    ]


def _score(layout: Layout, sheet: Sheet, depth: int, request: Request) -> float:
    """Tell how much like a header of a task table the rows look; 0 means not at all."""
    fields = {(column.field, column.block) for column in layout.columns}
    names = {name for name, _ in fields}
    if not names.intersection(NAME_FIELDS):
        return 0
    if len(fields) < _MIN_FIELDS and not request.columns:
        return 0
    row = sheet.rows[layout.header_row]
    numbers = sum(isinstance(row[c.index], int | float) for c in layout.columns)
    if numbers > _MAX_NUMBER_SHARE * len(layout.columns) and request.header_row is None:
        return 0
    return len(fields) - _DEPTH_COST * (depth - 1)


def describe_cell(row: int, column: int) -> str:
    """A1 address of 0-based row and column."""
    return f"{column_letter(column)}{row + 1}"


def text_above(sheet: Sheet, layout: Layout, depth: int = 12) -> list[list[str]]:
    """Texts of the rows above the table: titles, notes and label cells."""
    start = max(0, layout.header_row - depth)
    return [
        [text for text in map(to_text, row) if text]
        for row in sheet.rows[start : layout.header_row + 1]
    ]
