"""Labels of a column -> the field it holds: exactly, or nearly with a lower confidence.

Also its unit (from brackets) and the kind of staff it speaks of (正規職員 | 会計年度任用職員).
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeAlias

from bpr.settings.survey import LONG_LABEL, SurveySettings
from bpr.text import header_key, normalize, squeeze

Found: TypeAlias = tuple[str, str | None, str, float]
"""Field, unit fixed by the label, reason, confidence."""

_BRACKETED = re.compile(r"[(\[〔【]\s*(?:単位)?[:;]?\s*([^)\]〕】]+)[)\]〕】]")
_PERIOD = re.compile(r"年間|月間|延べ|総")
_PER_CASE = re.compile(r"/(?:件|回|通|枚)$")
_MONTHLY: Final = frozenset({"月", "月間", "月平均", "/月", "1か月", "月当たり", "月あたり"})
_LONGEST: Final = 25
_LIKENESS: Final = 0.85
_OTHER = re.compile(r"前年|昨年|削減|目標|増減|導入[前後]|見直し|理由|備考|内訳|根拠資料|番号")
"""Words that make a label speak of something else than the alias it looks like."""
_UNITS_OF: Final = {
    "duration": ("分", "秒", "時間", "時間/月", "分/年", "分/月"),
    "count": ("件", "件/月"),
    "fte": ("人役", "人日", "%"),
}


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
    confidence: float = 1.0
    written: bool = False
    """Whether the label itself names the unit."""


def label_path(cells: Sequence[str]) -> tuple[str, ...]:
    """Labels of one column from top to bottom, each once."""
    return tuple(dict.fromkeys(cell for cell in cells if cell))


def asked_column(index: int, name: str, header: str, survey: SurveySettings) -> Column:
    """Make the column that the caller asked for; only its unit is read from the label."""
    settings = survey.fields[name]
    measure = _measure(header, settings.kind, survey)
    return Column(
        index=index,
        field=name,
        block=None,
        header=header,
        measure=measure or settings.default_unit,
        staff_category=None,
        reason="指定された列",
        written=measure is not None,
    )


def match_column(
    index: int, path: tuple[str, ...], staff: dict[str, int], survey: SurveySettings
) -> Column | None:
    """Understand a column by its labels; None where none of them is known, or nearly.

    `staff` numbers the kinds of staff met so far, and grows.
    """
    kinds = [level for level in path if squeeze(level) in survey.staff_index]
    levels = [level for level in path if level not in kinds]
    labels = (*reversed(levels), "".join(levels))
    found = _exact(labels, survey) or _near(labels, survey)
    if found is None:
        return None
    name, fixed, reason, confidence = found
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
        reason=reason,
        confidence=confidence,
        written=fixed is not None or measure is not None,
    )


def _exact(labels: Sequence[str], survey: SurveySettings) -> Found | None:
    known = survey.header_index
    for label in labels:
        if header_key(label) in known:
            return (*known[header_key(label)], f"見出し「{label}」", 1.0)
    return None


def _near(labels: Sequence[str], survey: SurveySettings) -> Found | None:
    """Find the alias most like a label: small differences in long labels only."""
    for label in labels:
        key = header_key(label)
        if not LONG_LABEL <= len(key) <= _LONGEST or _OTHER.search(key):
            continue
        alias = _nearest(key, survey.long_aliases)
        if alias is not None:
            name, fixed = survey.header_index[alias]
            return name, fixed, f"見出し「{label}」は「{alias}」に近い", 0.8
    return None


def _combine(fixed: str | None, written: str | None) -> str | None:
    """Unit of a label that names a period (月間時間) and a unit in brackets (分)."""
    if fixed and written and fixed.endswith("/月") and "/" not in written:
        return f"{written}/月"
    return fixed or written


def _is_per_case(label: str) -> bool:
    return any(_PER_CASE.search(squeeze(text)) for text in _BRACKETED.findall(normalize(label)))


@lru_cache(maxsize=4_096)
def _nearest(key: str, aliases: tuple[str, ...]) -> str | None:
    """Return the alias that differs by a few letters only."""
    near = difflib.get_close_matches(key, aliases, n=1, cutoff=_LIKENESS)
    return near[0] if near else None


def unit_of(text: str, survey: SurveySettings) -> str | None:
    """Unit that a cell consists of: 分, （件）, [単位：時間]; None for anything else."""
    key = squeeze(text).strip("()[]〔〕【】").removeprefix("単位").lstrip(":;は")
    return survey.unit_index.get(key)


def give_unit(column: Column, unit: str | None, survey: SurveySettings) -> Column:
    """Take a unit from outside the label, where the label has none and the unit can be meant."""
    kind = survey.fields[column.field].kind
    fits = unit is not None and unit in _UNITS_OF.get(kind, ())
    return replace(column, measure=unit, written=True) if fits and not column.written else column


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


def settle_minutes(columns: list[Column]) -> list[Column]:
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
