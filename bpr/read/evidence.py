"""What the values below a label tell, where the label itself does not.

Vocabularies (紙, 電子), units in the cells (15分, 20件), ○ under one of several labels, columns of
persons that add up to a 計, distinct texts that can only be the names.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bpr.read.cells import Sheet, to_text
from bpr.read.choices import known_choices, ticked, understand
from bpr.read.header import BY_VALUES, Column, Part
from bpr.read.qualifiers import TOTAL
from bpr.read.units import UNITS_OF
from bpr.settings.survey import SurveySettings
from bpr.text import is_blank, normalize, squeeze

_ROWS: Final = 60
_TITLE_ROWS: Final = 9
_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"^[\d,]*\d(?:\.\d+)?$")
_WITH_UNIT = re.compile(r"^(?:約|年|月|週|1?日)?[\d,.]+(?:[~〜-][\d,.]+)?([^\d\s.,~〜()]+)")
_NAMING = re.compile(r"業務|事務|作業|仕事|行動|内容|項目|件名|しごと")
_PERSONAL = re.compile(r"氏名|者名|人名|職員|担当")
_MEASURE = re.compile(r"割合|率|時間|件数|数$")
_SHARES = re.compile(r"割合|従事率|%|人役|人工")
_COUNTER = re.compile(r"^(?:no\.?|番号|項番|#|№)$")
_PERIOD_WORDS: Final = frozenset("日週月年")
_FEW: Final = 3
_MOST: Final = 0.6
_HALF: Final = 0.5
_NAMES: Final = {"task_name", "process", "process_group", "activity_name", "process_category"}
_NUMBERS: Final = {"annual_count", "minutes_per_case", "annual_hours", "fte"}
_ROUNDING: Final = 0.02


@dataclass(frozen=True)
class Sample:
    """The first rows of a table, and what stands above it."""

    sheet: Sheet
    first: int

    @property
    def title(self) -> str:
        """Name of the sheet, and the texts of the rows above."""
        above = self.sheet.rows[max(0, self.first - _TITLE_ROWS) : self.first - 1]
        return self.sheet.name + "".join(to_text(cell) or "" for row in above for cell in row)

    def aligned(self, index: int) -> list[str | None]:
        """Texts of a column, one for each row."""
        rows = self.sheet.rows[self.first : self.first + _ROWS]
        return [to_text(row[index]) for row in rows]

    def column(self, index: int) -> list[str]:
        """Texts of a column that say something."""
        return [text for text in self.aligned(index) if text and not is_blank(text)]


def is_backed(column: Column, sample: Sample, survey: SurveySettings) -> bool:
    """Tell whether the values below a label are such as the field that its words name."""
    values = [squeeze(value) for value in sample.column(column.index)]
    if not values:
        return True
    kind = survey.fields[column.field].kind
    if kind in UNITS_OF:
        own = _unit_kind(values, survey)
        digits = sum(bool(_DIGIT.search(v)) for v in values) >= _HALF * len(values)
        return digits and own in (None, kind, "fte")
    if kind == "text" and column.field != "staff_category":
        return sum(bool(_PLAIN.match(v)) for v in values) < _MOST * len(values)
    known = known_choices(column.field, survey)
    chosen = [ticked(value) for value in sample.column(column.index)]
    told = sum(not c or understand(column.field, c, known) is not None for c in chosen)
    return told >= _HALF * len(chosen)


def read_unknown(
    unknown: Sequence[tuple[int, str]],
    kept: Sequence[Column],
    sample: Sample,
    survey: SurveySettings,
) -> tuple[list[Column], list[tuple[int, str]]]:
    """Understand columns by their values; return them, and those that stay unknown."""
    found = [
        *_marked(unknown, kept, sample, survey),
        *_summed(unknown, kept, sample),
        *_periods(unknown, kept, sample),
    ]
    used = {index for column in found for index in column.places}
    left = []
    for index, label in unknown:
        if index in used:
            continue
        known = [*kept, *found]
        column = (
            _by_vocabulary(index, label, known, sample, survey)
            or _by_unit(index, label, known, sample, survey)
            or _as_name(index, label, known, sample)
        )
        if column is None:
            left.append((index, label))
        else:
            found.append(column)
    return found, left


def _column(index: int, field: str, label: str, reason: str, measure: str | None = None) -> Column:
    return Column(
        index=index,
        field=field,
        block=None,
        header=normalize(label),
        measure=measure,
        staff_category=None,
        reason=reason,
        confidence=BY_VALUES,
    )


def _by_vocabulary(
    index: int, label: str, known: Sequence[Column], sample: Sample, survey: SurveySettings
) -> Column | None:
    """Know a column by its answers, where these come from one vocabulary."""
    taken = {column.field for column in known}
    written = [ticked(value) for value in sample.column(index)]
    for name in ("medium", "staff_category"):
        known_words = known_choices(name, survey)
        hits = [v for v in written if understand(name, v, known_words) is not None]
        usable = len(hits) >= max(_FEW, _MOST * len(written)) and len(set(hits)) > 1
        if usable and name not in taken:
            return _column(index, name, label, f"書かれている値（{hits[0]} など）")
    return None


def _by_unit(
    index: int, label: str, known: Sequence[Column], sample: Sample, survey: SurveySettings
) -> Column | None:
    """Know a column by the units in its cells: 15分, 20件, 0.5人役."""
    taken = {column.field for column in known}
    values = [squeeze(value) for value in sample.column(index)]
    kind = _unit_kind(values, survey)
    fields = {
        "count": ("annual_count",),
        "duration": ("annual_hours", "minutes_per_case"),
        "fte": ("fte",),
    }.get(kind or "", ())
    if kind == "duration" and "annual_count" in taken:
        fields = ("minutes_per_case",)
    name = next((field for field in fields if field not in taken), None)
    if name is None:
        return None
    measure = survey.fields[name].default_unit
    return _column(index, name, label, f"書かれている単位（{values[0]} など）", measure)


def _unit_kind(values: Sequence[str], survey: SurveySettings) -> str | None:
    """Kind of field whose units most of the values bear; None where they bear none."""
    kinds: Counter[str] = Counter()
    for value in values:
        match = _WITH_UNIT.match(value)
        unit = survey.unit_index.get(match[1].split("/")[0]) if match else None
        kinds.update(kind for kind, units in UNITS_OF.items() if unit in units)
    if not kinds:
        return None
    kind, hits = kinds.most_common(1)[0]
    return kind if hits >= max(_FEW, _HALF * len(values)) else None


def _as_name(index: int, label: str, known: Sequence[Column], sample: Sample) -> Column | None:
    """Take a column of distinct texts for the names, where numbers are told and no name is."""
    fields = {column.field for column in known}
    if fields & _NAMES or not fields & _NUMBERS:
        return None
    if (
        _MEASURE.search(squeeze(label))
        or _PERSONAL.search(squeeze(label))
        or not _NAMING.search(squeeze(label))
    ):
        return None
    values = [squeeze(value) for value in sample.column(index)]
    texts = [value for value in values if len(value) >= _FEW and not _PLAIN.match(value)]
    if len(texts) < max(_FEW, _MOST * len(values)) or len(set(texts)) < _MOST * len(texts):
        return None
    return _column(index, "task_name", label, f"書かれている値（{values[0][:12]} など）")


def _marked(
    unknown: Sequence[tuple[int, str]],
    kept: Sequence[Column],
    sample: Sample,
    survey: SurveySettings,
) -> list[Column]:
    """Join columns of which one is marked with ○: 紙 | 電子 | 両方."""
    taken = {column.field for column in kept}
    yes = known_choices("approval_seal", survey).keys() | {"□", "☐"}
    found = []
    for name in ("medium", "is_routine", "staff_category"):
        known = known_choices(name, survey)
        parts = [
            Part(index, label.split(" / ")[-1])
            for index, label in unknown
            if squeeze(label.split(" / ")[-1]) in known
            and set(map(squeeze, sample.column(index))) <= yes
        ]
        if len(parts) > 1 and name not in taken:
            labels = "・".join(part.label for part in parts)
            column = _column(parts[0].index, name, labels, f"印のついた列（{labels}）")
            found.append(replace(column, parts=tuple(parts)))
    return found


def _summed(
    unknown: Sequence[tuple[int, str]], kept: Sequence[Column], sample: Sample
) -> list[Column]:
    """Take the 計 of columns that add up to it, one a person, where no number is told otherwise."""
    if {column.field for column in kept} & _NUMBERS:
        return []
    totals = [
        (i, label) for i, label in unknown if TOTAL.search(squeeze(label)) or squeeze(label) == "計"
    ]
    numbers = {i: [_number(text) for text in sample.aligned(i)] for i, _ in unknown}
    for index, label in totals:
        members = [
            i
            for i, name in unknown
            if i < index and not _COUNTER.match(squeeze(name)) and _is_numeric(sample.column(i))
        ]
        rows = [
            (total, sum(numbers[i][row] or 0.0 for i in members))
            for row, total in enumerate(numbers[index])
            if total
        ]
        right = sum(abs(total - own) <= _ROUNDING * max(1.0, total) for total, own in rows)
        if len(members) > 1 and right >= max(_FEW, _MOST * len(rows)):
            told = f"左の {len(members)} 列の合計"
            if _SHARES.search(sample.title):
                small = max(total for total, _ in rows) <= _PEOPLE
                return [_column(index, "fte", label, told, "割合" if small else "%")]
            if "時間" in sample.title:
                return [_column(index, "annual_hours", label, told, "時間")]
    return []


_PEOPLE: Final = 30.0
"""Shares of persons add up to less than this; a sum of percents is more."""


def _periods(
    unknown: Sequence[tuple[int, str]], kept: Sequence[Column], sample: Sample
) -> list[Column]:
    """Take a column of 日, 週, 月, 年 beside a count for how often: 9 | 日."""
    fields = {column.field for column in kept}
    if "frequency" in fields or "annual_count" not in fields:
        return []
    for index, label in unknown:
        values = sample.column(index)
        if len(values) >= _FEW and set(values) <= _PERIOD_WORDS:
            return [_column(index, "frequency", label, f"書かれている期間（{values[0]} など）")]
    return []


def _is_numeric(values: Sequence[str]) -> bool:
    return bool(values) and sum(bool(_PLAIN.match(squeeze(v))) for v in values) >= _MOST * max(
        1, len(values)
    )


def _number(text: str | None) -> float | None:
    key = squeeze(text or "").replace(",", "")
    return float(key) if _PLAIN.match(key) else None
