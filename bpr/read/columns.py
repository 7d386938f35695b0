"""All columns of one header together: which of several like columns counts, what is summed.

正規 | 会計年度 make blocks (see `header`); 4月 … 3月 or one column per person are parts of one sum;
of R5 | R6 the later counts, of 導入前 | 導入後 the former, of 通常期 | 繁忙期 | 年間計 the last.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bpr.read.evidence import Sample, is_backed, read_unknown
from bpr.read.header import BY_WORDS, NEAR, Column, Part
from bpr.read.qualifiers import LATER, MONTH, PERSON, RANK, SEASON, SPAN, TOTAL, is_remark, year_of
from bpr.read.units import UNITS_OF
from bpr.settings.survey import SurveySettings
from bpr.text import is_blank, squeeze

Ignored = tuple[int, str, str]
"""Column, label, code of the finding that tells why it is not read."""

_YEARLY = re.compile(r"年間|月間|延べ|のべ|総")
_TIME = re.compile(r"(\d+(?:\.\d+)?)(時間|h|分|秒)?")
_NUMBER_KINDS: Final = frozenset(UNITS_OF)
_PER_TURN_HOURS: Final = 8.0


def settle_columns(
    columns: Sequence[Column],
    unknown: Sequence[tuple[int, str]],
    sample: Sample,
    survey: SurveySettings,
) -> tuple[list[Column], list[Ignored]]:
    """Keep one column per field and block; tell why each of the others is not read."""
    kept: list[Column] = []
    ignored: list[Ignored] = []
    backed: list[Column] = []
    loose: list[tuple[int, str]] = []
    for column in columns:
        if column.confidence > BY_WORDS or is_backed(column, sample, survey):
            backed.append(column)
        else:
            loose.append((column.index, column.header))
    months, rest = _bare_months(sorted([*unknown, *loose]), backed, survey)
    alike: dict[tuple[str, int | None], list[Column]] = {}
    for column in (*backed, *months):
        alike.setdefault((column.field, column.block), []).append(column)
    for group in alike.values():
        chosen, others = _choose(group, survey, sample)
        kept.append(chosen)
        ignored.extend(others)
    kept, totals = _without_totals(kept)
    ignored += totals
    kept, ignored = _use_second_name(kept, ignored, columns)
    found, left = read_unknown(rest, kept, sample, survey)
    kept += found
    ignored += [(index, label, "column-ignored") for index, label in left]
    if any(c.field == "frequency" and c.reason.startswith("書かれている期間") for c in found):
        kept = [
            replace(c, measure="件/回") if c.field == "annual_count" and not c.written else c
            for c in kept
        ]
    kept.sort(key=lambda column: column.index)
    return kept, sorted(ignored)


def settle_times(columns: list[Column], sample: Sample) -> list[Column]:
    """Tell times per case from times a year, where the label leaves it open.

    Minutes beside a count are per case; a short time beside a frequency is per turn.
    """
    fields = {column.field for column in columns}
    if "minutes_per_case" in fields or not fields & {"annual_count", "frequency"}:
        return columns
    counted = "annual_count" in fields
    return [_per_case(c, counted=counted, sample=sample) for c in columns]


def _per_case(column: Column, *, counted: bool, sample: Sample) -> Column:
    plain = column.measure in {"分", "秒", "時間"} and not column.parts
    if column.field != "annual_hours" or not plain or _YEARLY.search(column.header):
        return column
    if column.measure != "時間" and counted:
        told = f"{column.reason}（分・件数の隣なので 1 件あたり）"
        return replace(column, field="minutes_per_case", reason=told)
    if counted or not (column.measure != "時間" or _is_short(sample.column(column.index))):
        return column
    told = f"{column.reason}（頻度の隣なので 1 回あたり）"
    certainty = min(column.confidence, NEAR)
    return replace(column, field="minutes_per_case", reason=told, confidence=certainty)


def _is_short(values: list[str]) -> bool:
    """Tell whether most of the times are no longer than a working day."""
    factors = {"分": 1 / 60, "秒": 1 / 3600}
    found = [m for v in values if (m := _TIME.search(squeeze(v).replace(",", "")))]
    hours = sorted(float(m[1]) * factors.get(m[2], 1.0) for m in found)
    return bool(hours) and hours[len(hours) // 2] <= _PER_TURN_HOURS


def _bare_months(
    unknown: Sequence[tuple[int, str]], columns: Sequence[Column], survey: SurveySettings
) -> tuple[list[Column], list[tuple[int, str]]]:
    """Columns named by months alone: cases where minutes stand beside them, else hours."""
    months = [(i, label) for i, label in unknown if MONTH.search(squeeze(label))]
    if len(months) < 6:  # noqa: PLR2004 - half a year
        return [], list(unknown)
    fields = {column.field for column in columns}
    name = "annual_hours"
    if "annual_hours" in fields or ("annual_count" not in fields and "minutes_per_case" in fields):
        name = "annual_count"
    found = [
        Column(
            index=index,
            field=name,
            block=None,
            header=label,
            measure=survey.fields[name].default_unit,
            staff_category=None,
            reason="月ごとの列",
            confidence=BY_WORDS,
        )
        for index, label in months
    ]
    return found, [pair for pair in unknown if pair not in months]


def _without_totals(columns: list[Column]) -> tuple[list[Column], list[Ignored]]:
    """Leave out the 計 beside 正規 | 会計年度: the columns of the kinds of staff are read."""
    by_staff = {c.field for c in columns if c.block is not None}
    totals = [c for c in columns if c.block is None and c.field in by_staff]
    kept = [c for c in columns if c not in totals]
    return kept, [_leave(c, "column-total") for c in totals]


def _choose(
    group: list[Column], survey: SurveySettings, sample: Sample
) -> tuple[Column, list[Ignored]]:
    """Choose among columns of one field and block, or join them."""
    if len(group) == 1:
        return group[0], []
    first = group[0]
    if survey.fields[first.field].kind not in _NUMBER_KINDS:
        if first.field == "peak_months" and all(_month(c) for c in group):
            return _join(group), []
        best = max(group, key=lambda c: c.confidence)
        return best, [_leave(c, "column-duplicate") for c in group if c is not best]
    current = [c for c in group if not LATER.search(_key(c))] or group
    left = [_leave(c, "column-other-period") for c in group if c not in current]
    chosen, others = _choose_current(current, survey, sample)
    return chosen, left + others


def _choose_current(
    current: list[Column], survey: SurveySettings, sample: Sample
) -> tuple[Column, list[Ignored]]:
    """Choose among like number columns of the present: the total, the sum, the latest, the best."""
    if len({c.measure for c in current}) > 1 and _take_turns(current, sample):
        return _join(current), []
    first_top = [c for c in current if _top(c) == _top(current[0])]
    if 1 < len(first_top) < len(current) and not _is_own_piece(current[0]):
        chosen, others = _choose(first_top, survey, sample)
        return chosen, others + [
            _leave(c, "column-duplicate") for c in current if c not in first_top
        ]
    totals = [c for c in current if TOTAL.search(_key(c)) and not _month(c)]
    pieces = [c for c in current if _is_piece(c)]
    if totals and len(pieces) == len(current) - len(totals) > 0:
        return totals[0], [_leave(c, "column-part") for c in current if c is not totals[0]]
    if len(current) > 1 and all(_is_piece(c) and not SEASON.search(_key(c)) for c in current):
        return _join(current), []
    years = {c.index: year_of(c.header) for c in current}
    latest = [c for c in current if years[c.index] == max(years.values())]
    if len(latest) < len(current):
        chosen, others = _choose(latest, survey, sample)
        return chosen, others + [
            _leave(c, "column-other-period") for c in current if c not in latest
        ]
    best = max(current, key=lambda c: c.confidence)
    return best, [_leave(c, _duplicate(c)) for c in current if c is not best]


def _take_turns(columns: list[Column], sample: Sample) -> bool:
    """Tell columns of which each row fills one: minutes a day | hours a week | hours a year."""
    rows = list(zip(*(sample.aligned(c.index) for c in columns), strict=True))
    filled = [sum(text is not None and not is_blank(text) for text in row) for row in rows]
    return max(filled, default=0) == 1


def _duplicate(column: Column) -> str:
    return "column-duplicate" if column.confidence > BY_WORDS else "column-ignored"


def _leave(column: Column, code: str) -> Ignored:
    return column.index, column.header, code


def _join(columns: list[Column]) -> Column:
    """One column out of several: numbers are added, months with a mark are listed."""
    units = {c.measure for c in columns}
    parts = tuple(
        Part(c.index, c.header.split(" / ")[-1], c.measure if len(units) > 1 else None)
        for c in columns
    )
    first = columns[0]
    told = f"{parts[0].label}～{parts[-1].label} の {len(parts)} 列"
    return replace(
        first,
        header=f"{first.header}～{parts[-1].label}",
        reason=f"{first.reason}（{told}）",
        parts=parts,
        measure=first.measure if len(units) == 1 else None,
    )


def _key(column: Column) -> str:
    """Labels of a column without remarks, ready for the patterns of `qualifiers`."""
    levels = [level for level in column.header.split(" / ") if not is_remark(level)]
    return "/".join(map(squeeze, levels))


def _is_own_piece(column: Column) -> bool:
    """Tell a column whose first label is the part itself (上半期 over 件数)."""
    top = _top(column)
    return any(p.search(top) for p in (MONTH, SPAN, RANK, SEASON)) or year_of(top) > 0


def _top(column: Column) -> str:
    return _key(column).split("/")[0]


def _month(column: Column) -> str | None:
    match = MONTH.search(_key(column))
    return match[1] if match else None


def _is_piece(column: Column) -> bool:
    key = _key(column)
    return any(p.search(key) for p in (MONTH, SPAN, PERSON, RANK, SEASON))


def _use_second_name(
    kept: list[Column], ignored: list[Ignored], columns: Sequence[Column]
) -> tuple[list[Column], list[Ignored]]:
    """業務名 beside 業務内容: the second tells the activity, where no column does."""
    if any(c.field == "activity_name" for c in kept):
        return kept, ignored
    own = next((c for c in kept if c.field == "task_name"), None)
    labels = {own.header} if own else set()
    for place in ignored:
        column = next((c for c in columns if c.index == place[0]), None)
        if column and column.field == "task_name" and column.header not in labels:
            told = f"{column.reason}（業務名の列が別にあるので作業名）"
            second = replace(column, field="activity_name", reason=told, confidence=NEAR)
            return [*kept, second], [other for other in ignored if other != place]
    return kept, ignored
