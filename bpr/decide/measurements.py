"""Before and after: checked when it is entered, and the hours a year that it shows."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import polars as pl

from bpr import deciding_terms, terms
from bpr.decide.moves import is_proved, name_target, refuse_final
from bpr.decide.targets import Target
from bpr.errors import InputError
from bpr.frames import DataFrame, TargetEvents
from bpr.frames import Measurements as MeasurementRows

_DAYS_A_YEAR: Final = 365.25
_MONTHS_A_YEAR: Final = 12
_MINUTES_AN_HOUR: Final = 60
_HUNDRED: Final = 100
_STRENGTH: Final = tuple(terms.EVIDENCES)
"""Kinds of evidence from the strongest to the weakest."""


@dataclass(frozen=True)
class Measurement:
    """The same figure before and after, in the figure's unit; both days of a period belong to it.

    `base`: how many it was taken over, `base_note` of what.
    """

    target_id: int
    figure: str
    before: float
    after: float
    before_from: date
    before_to: date
    after_from: date
    after_to: date
    evidence: str
    source: str = "typed"
    base: float | None = None
    base_note: str | None = None
    freed_use: str | None = None
    freed_note: str | None = None
    note: str | None = None
    measurement_id: int | None = None
    measured_at: datetime | None = None
    measured_by: str | None = None


@dataclass(frozen=True)
class RealizedHours:
    """Hours a year that a target really saved; negative: it takes longer now.

    `figure`: `hours`, or `minutes_per_case` times the cases afterwards; `evidence`: of the weaker
    of the two; `last_day`: of the periods they rest on.
    """

    hours: float
    figure: str
    evidence: str
    last_day: date


def read_measurements(measurements: DataFrame[MeasurementRows]) -> list[Measurement]:
    """Measurements in the order in which they were entered."""
    rows = measurements.sort("measurement_id").iter_rows(named=True)
    return [Measurement(**row) for row in rows]


def drop_withdrawn(
    measurements: DataFrame[MeasurementRows], events: DataFrame[TargetEvents]
) -> DataFrame[MeasurementRows]:
    """Leave out what was taken back (events `unmeasure`)."""
    taken_back = events.filter(pl.col("action") == "unmeasure").select(
        pl.col("values").str.json_path_match("$.measurement_id").cast(pl.Int64)
    )
    gone = pl.col("measurement_id").is_in(taken_back["values"].to_list())
    return MeasurementRows.validate(measurements.filter(~gone))


def check_withdrawal(
    target: Target,
    measurement_id: int,
    measurements: DataFrame[MeasurementRows],
    reason: str | None,
    evidence: Sequence[str],
) -> dict[str, object]:
    """Return what an event says of a measurement taken back; InputError where that cannot be.

    `measurements`: those that stand; `evidence`: as `check_move` has it, since what is confirmed
    must stay proved.
    """
    place = name_target(target)
    refuse_final(target)
    own = pl.col("target_id") == target.target_id, pl.col("measurement_id") == measurement_id
    found = read_measurements(MeasurementRows.validate(measurements.filter(*own)))
    if not found:
        msg = f"{place}に測定 {measurement_id} はありません。今の測定を見て、番号を選び直してください。"
        raise InputError(msg)
    if not (reason or "").strip():
        msg = f"{place}の測定を取り消す理由がありません。理由を書いてください。"
        raise InputError(msg)
    rest = measurements.filter(pl.col("measurement_id") != measurement_id)
    if target.status == "confirmed" and not is_proved(
        target, MeasurementRows.validate(rest), evidence
    ):
        label = deciding_terms.TARGET_STATUSES["confirmed"].label
        msg = f"{place}は「{label}」で、その根拠はこの測定だけです。正しい値を入れてから取り消すか、先に状態を戻してください。"
        raise InputError(msg)
    told = found[0]
    return {
        "measurement_id": measurement_id,
        "figure": told.figure,
        "before": told.before,
        "after": told.after,
    }


def latest_measurements(measurements: Iterable[Measurement]) -> dict[str, Measurement]:
    """Figure -> the last of one target's measurements, which are in their order."""
    return {m.figure: m for m in measurements}


def find_realized_hours(measurements: Iterable[Measurement]) -> RealizedHours | None:
    """Hours a year saved by one target; None where neither hours nor minutes and cases are known.

    From the hours before and after if there are any. Else minutes saved per case times the cases a
    year afterwards, so that fewer cases alone save nothing.
    """
    latest = latest_measurements(measurements)
    if hours := latest.get("hours"):
        before = hours.before / _years(hours.before_from, hours.before_to)
        after = hours.after / _years(hours.after_from, hours.after_to)
        return RealizedHours(before - after, "hours", hours.evidence, hours.after_to)
    minutes, count = latest.get("minutes_per_case"), latest.get("count")
    if minutes is None or count is None:
        return None
    cases = count.after / _years(count.after_from, count.after_to)
    return RealizedHours(
        (minutes.before - minutes.after) * cases / _MINUTES_AN_HOUR,
        "minutes_per_case",
        max(minutes.evidence, count.evidence, key=_STRENGTH.index),
        max(minutes.after_to, count.after_to),
    )


def check_measurement(measurement: Measurement, today: date) -> list[str]:
    """Raise InputError for a measurement that cannot be; return what is doubtful, in Japanese."""
    place = f"対象 {measurement.target_id} の測定"
    for kind, value, known in (
        ("項目", measurement.figure, deciding_terms.FIGURES),
        ("根拠", measurement.evidence, terms.EVIDENCES),
        ("出どころ", measurement.source, deciding_terms.MEASUREMENT_SOURCES),
        ("空いた時間の使い道", measurement.freed_use or "unused", deciding_terms.FREED_USES),
    ):
        if value not in known:
            names = "、".join(f"{name}（{term.label}）" for name, term in known.items())
            msg = f"{place}の{kind}「{value}」はありません。{names} のどれかを入れてください。"
            raise InputError(msg)
    place = f"{place}「{deciding_terms.FIGURES[measurement.figure].label}」"
    _refuse_numbers(place, measurement)
    _refuse_periods(place, measurement, today)
    return _doubt(place, measurement)


def _refuse_numbers(place: str, measurement: Measurement) -> None:
    most = _HUNDRED if deciding_terms.FIGURES[measurement.figure].unit == "%" else math.inf
    for kind, value, bound in (
        ("導入前の値", measurement.before, most),
        ("導入後の値", measurement.after, most),
        ("母数", measurement.base or 0.0, math.inf),
    ):
        if not (math.isfinite(value) and 0 <= value <= bound):
            limits = "0〜100 " if bound < math.inf else "0 以上"
            msg = f"{place}の{kind} {value:g} は使えません。{limits}の数を入れてください。"
            raise InputError(msg)


def _refuse_periods(place: str, measurement: Measurement, today: date) -> None:
    m = measurement
    for kind, first, last in (
        ("導入前", m.before_from, m.before_to),
        ("導入後", m.after_from, m.after_to),
    ):
        if last < first:
            msg = f"{place}の{kind}の期間（{first}〜{last}）は終わりが初めより前です。日付を直してください。"
            raise InputError(msg)
    if m.after_from <= m.before_to:
        msg = f"{place}の導入後の期間（{m.after_from} から）が、導入前の期間（{m.before_to} まで）と重なっています。日付を直してください。"
        raise InputError(msg)
    if m.evidence == "measured" and m.after_to > today:
        msg = f"{place}の導入後の期間はまだ終わっていません（{m.after_to} まで）。終わってから実績として入れるか、根拠を見込みにしてください。"
        raise InputError(msg)


def _doubt(place: str, measurement: Measurement) -> list[str]:
    m = measurement
    years = [_years(m.before_from, m.before_to), _years(m.after_from, m.after_to)]
    doubts = []
    if m.figure in deciding_terms.SUMMED_FIGURES and any(round(y, 9) != 1 for y in years):
        used = "。1 年分に直して使います" if m.figure in {"hours", "count"} else ""
        doubts.append(
            f"{place}の期間は、導入前 {years[0]:.2f} 年、導入後 {years[1]:.2f} 年です{used}。"
            "繁忙期の入り方が同じか確かめてください。"
        )
    if m.base is None and (m.evidence == "opinion" or m.figure == "satisfaction"):
        doubts.append(f"{place}に母数（回答した人数）がありません。入れてください。")
    if m.freed_use == "other" and not (m.freed_note or "").strip():
        doubts.append(f"{place}の空いた時間の使い道が「その他」です。内容を書いてください。")
    return doubts


def _years(first: date, last: date) -> float:
    """Length of a period in years: whole months count as months, else days."""
    after = last + timedelta(days=1)
    if first.day == after.day:
        months = (after.year - first.year) * _MONTHS_A_YEAR + after.month - first.month
        return months / _MONTHS_A_YEAR
    return ((last - first).days + 1) / _DAYS_A_YEAR
