"""BPR対象: the schedule - targets × fiscal years: from when, until when, what is planned, what it brings."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bpr.dashboard.pages.targets.view import STANDINGS, Line, Row, TargetsView
from bpr.dashboard.words import whole
from bpr.decide.moves import LINE
from bpr.decide.years import fiscal_year
from bpr.export.values import write_fiscal_year
from bpr.frames import DataFrame, Targets

_BEFORE: Final = 2
_AFTER: Final = 5
"""So many years before and after this one have columns of their own."""
_DONE: Final = ("done", "confirmed")
_NOT_BEGUN: Final = ("candidate", "selected", "reviewing")
Kind: TypeAlias = Literal["", "busy", "over", "due", "done"]
_WEIGHTIEST: Final[tuple[Kind, ...]] = ("done", "due", "over", "busy", "")


@dataclass(frozen=True)
class Year:
    """One column: a fiscal year, or at an end all years beyond it too."""

    label: str
    years: range
    now: bool


@dataclass(frozen=True)
class Cell:
    """One target in one column: what it is in a word, and what was planned."""

    kind: Kind
    mark: str
    text: str


@dataclass(frozen=True)
class Bar:
    """One target over the years; hours a year before, expected afterwards and really saved, as printed."""

    line: Line
    cells: list[Cell]
    before: str
    after: str


@dataclass(frozen=True)
class Schedule:
    """What is said above the years, the columns, the targets, and what ends in each column."""

    sentence: str
    years: list[Year]
    bars: list[Bar]
    sums: list[str]


def view_schedule(view: TargetsView, targets: DataFrame[Targets], year: int) -> Schedule:
    """Lay the targets of the list that go on over the years; `year`: the fiscal year of today."""
    rows = {row["target_id"]: row for row in targets.iter_rows(named=True)}
    going = [line for line in view.lines if line.standing in LINE]
    own = [rows[line.target_id] for line in going]
    years = _list_years([n for row in own for n in _years_of(row)], year)
    return Schedule(
        sentence=_say(going, own, len(view.lines) - len(going), year),
        years=years,
        bars=[_bar(line, row, years, year) for line, row in zip(going, own, strict=True)],
        sums=[_sum(one, own) for one in years],
    )


def _list_years(found: Sequence[int], year: int) -> list[Year]:
    first, last = min([year, *found]), max([year, *found])
    low, high = max(first, year - _BEFORE), min(last, year + _AFTER)
    columns = []
    for n in range(low, high + 1):
        start, stop = (first if n == low else n), (last if n == high else n) + 1
        beyond = "以前" if start < n else "以後" if stop > n + 1 else ""
        columns.append(Year(f"{write_fiscal_year(n)}{beyond}", range(start, stop), n == year))
    return columns


def _years_of(row: Row) -> list[int]:
    """Fiscal years that a target names: its begin, its end, and what is planned."""
    ends = [row["done_by"]] if row["done_by"] else []
    ends += [fiscal_year(row["status_since"])] if row["status"] in _DONE else []
    return [fiscal_year(row["created_on"]), *ends, *_plans(row)]


def _plans(row: Row) -> Mapping[int, str]:
    return {int(year): text for year, text in json.loads(row["schedule"]).items() if text}


def _bar(line: Line, row: Row, years: Sequence[Year], year: int) -> Bar:
    hours, wanted = row["hours"], row["expected_hours"]
    after = None if hours is None or wanted is None else hours - wanted
    return Bar(
        line,
        [_cell(one, row, year) for one in years],
        "–" if hours is None else whole(hours),
        "–" if after is None else whole(after),
    )


def _cell(column: Year, row: Row, year: int) -> Cell:
    named = [n for n in {*_years_of(row), column.years[0], column.years[-1]} if n in column.years]
    kind = min((_kind(n, row, year) for n in named), key=_WEIGHTIEST.index)
    ready = "準備中" if row["status"] in _NOT_BEGUN else "取組中"
    busy = ready if column.years[0] <= year else "予定"
    marks = {
        "done": STANDINGS[row["status"]],
        "due": "完了予定",
        "over": "予定を超過",
        "busy": busy,
        "": "",
    }
    plans = {n: text for n, text in sorted(_plans(row).items()) if n in column.years}
    told = [text if len(column.years) == 1 else f"{write_fiscal_year(n)} {text}" for n, text in plans.items()]  # fmt: skip
    return Cell(kind, marks[kind], "、".join(told))


def _kind(n: int, row: Row, year: int) -> Kind:
    """What a target is in a year."""
    planned, begun = row["done_by"], n >= fiscal_year(row["created_on"])
    if row["status"] in _DONE:
        end = fiscal_year(row["status_since"])
        return "done" if n == end else "busy" if begun and n < end else ""
    if n == planned:
        return "due"
    if planned is not None and n > planned:
        return "over" if n <= year else ""
    return "busy" if begun and (planned is not None or n <= year) else ""


def _say(lines: Sequence[Line], rows: Sequence[Row], left_out: int, year: int) -> str:
    planned = [row for row in rows if row["done_by"] is not None]
    due = [row for row in rows if row["done_by"] == year]
    late = sum(line.overdue for line in lines)
    told = f"{len(rows):,} 件のうち、完了予定の年度があるのは {len(planned):,} 件。今年度（{write_fiscal_year(year)}）に終える予定は {_count(due)}です。"
    if late:
        told += f"予定年度を過ぎたものが {late:,} 件あります。"
    return told + (f"見送り・取下げ・統合の {left_out:,} 件は除きました。" if left_out else "")


def _sum(column: Year, rows: Sequence[Row]) -> str:
    ending = [row for row in rows if row["done_by"] is not None and row["done_by"] in column.years]
    return _count(ending) if ending else "–"


def _count(rows: Sequence[Row]) -> str:
    known = [row["expected_hours"] for row in rows if row["expected_hours"] is not None]
    hours = f"（削減見込 年 {whole(sum(known))} 時間）" if known else ""
    return f"{len(rows):,} 件{hours}"
