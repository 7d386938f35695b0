"""概況: class by staff (図表9) as rows, and the mix of classes beside others' mixes."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from bpr import terms
from bpr.dashboard.figures.shares import ShareBar
from bpr.dashboard.pages.overview.cards import Sight
from bpr.dashboard.pages.overview.wording import percent
from bpr.dashboard.words import number
from bpr.frames import ClassByStaff, DataFrame

STAFF = {"regular": "正規職員", "nonregular": "非正規職員", None: "区分の記載なし", "total": "合計"}
CLASSES = {**terms.SHORT_WORK_CLASSES, "total": "合計"}
_SEEN = 0.5
"""Hours are shown without decimals: what is less is not there."""


@dataclass(frozen=True)
class StaffCell:
    """Hours of one class and kind of staff, their share of all hours, and what to compare it with."""

    hours: str
    share: str
    compared: str


@dataclass(frozen=True)
class ClassRow:
    """One class with a cell for each kind of staff."""

    label: str
    cells: list[StaffCell]


@dataclass(frozen=True)
class ClassTable:
    """図表9 of the tasks looked at; `staff`: the kinds of staff there are."""

    heading: str
    sentence: str
    staff: list[str]
    rows: list[ClassRow]
    bars: list[ShareBar]
    note: str
    unclear: str


Shares = Mapping[tuple[str, str | None], float | None]


def view_classes(sight: Sight) -> ClassTable:
    """Put the classes beside those of all work and of last year; where all is looked at, of others."""
    own, whole = sight.own.work.tables.class_by_staff, sight.whole
    hours, shares = _read(own, "hours"), _read(own, "share_ratio")
    compared = (
        _read(whole.work.tables.class_by_staff, "share_ratio")
        if whole
        else _read(own, "average96_ratio")
    )
    named = "全体" if whole else "平均"
    kinds = [
        kind
        for kind in STAFF
        if (kind and not whole) or (hours.get(("total", kind)) or 0.0) > _SEEN
    ]
    if whole and len(kinds) == 2:  # noqa: PLR2004 - one kind of staff is the total
        kinds = ["total"]
    rows = [
        ClassRow(
            label,
            [
                StaffCell(
                    number(hours.get((name, kind)) or 0.0),
                    percent(shares.get((name, kind)) or 0.0),
                    "" if sight.work_class else _compare(named, compared.get((name, kind))),
                )
                for kind in kinds
            ],
        )
        for name, label in CLASSES.items()
        if name == sight.work_class or not sight.work_class
    ]
    bars = [] if sight.work_class else _list_bars(sight, shares, compared)
    return ClassTable(
        heading=_tell_heading(bars) if bars else "だれが担っているか",
        note=f"業務の性質 × 職員区分、年間作業時間と全体に占める割合。母数 {number(sight.own.hours)} 時間",
        sentence=_tell_bars(bars),
        staff=[STAFF[kind] for kind in kinds],
        rows=rows,
        bars=bars,
        unclear=_tell_unclear(hours),
    )


def _list_bars(sight: Sight, shares: Shares, compared: Shares) -> list[ShareBar]:
    bars = [_bar("絞り込んだ業務" if sight.whole else "この調査", shares)]
    if sight.whole:
        bars.append(_bar("全体", compared))
    if sight.last:
        bars.append(_bar(sight.year, _read(sight.last.work.tables.class_by_staff, "share_ratio")))
    if not sight.whole:
        ami = _read(sight.own.work.tables.class_by_staff, "ami_ratio")
        bars += [_bar("96自治体平均", compared), _bar("阿見町", ami)]
    return bars


def _read(table: DataFrame[ClassByStaff], column: str) -> Shares:
    rows = table.filter(pl.col("scope") == "all").select("work_class", "staff_type", column)
    return {(name, kind): value for name, kind, value in rows.iter_rows()}


def _compare(named: str, share: float | None) -> str:
    return f"（{named} {percent(share)}）" if share not in {None, 1.0} else ""


def _bar(label: str, shares: Shares) -> ShareBar:
    return ShareBar(
        label, {name: shares.get((name, "total")) or 0.0 for name in terms.WORK_CLASSES}
    )


def _tell_heading(bars: list[ShareBar]) -> str:
    own, other = bars[0], bars[1]
    name = max(terms.WORK_CLASSES, key=lambda one: abs(own.shares[one] - other.shares[one]))
    gap = 100 * (own.shares[name] - other.shares[name])
    label = terms.SHORT_WORK_CLASSES[name]
    if abs(gap) < _SEEN:
        return f"業務の性質の割合は、{other.label}とほぼ同じ"
    return f"{other.label}との違いが大きいのは {label}（{abs(gap):.1f} ポイント{'多い' if gap > 0 else '少ない'}）"


def _tell_bars(bars: list[ShareBar]) -> str:
    told = (
        "、".join(
            f"{label} {percent(bar.shares[name])}"
            for name, label in terms.SHORT_WORK_CLASSES.items()
        )
        for bar in bars
    )
    parts = (f"{bar.label}は、{text}。" for bar, text in zip(bars, told, strict=True))
    return "年間作業時間に占める割合。" + "".join(parts)


def _tell_unclear(hours: Shares) -> str:
    """Say how many hours stand in no class, so that the parts need not add up to the whole."""
    classed = sum(hours.get((name, "total")) or 0.0 for name in terms.WORK_CLASSES)
    rest = (hours.get(("total", "total")) or 0.0) - classed
    return f"性質を判定できない {number(rest)} 時間は、合計だけに入ります。" if rest > _SEEN else ""
