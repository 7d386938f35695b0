"""概況: what the work costs in staff hours, by class, and by which unit costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpr import terms
from bpr.dashboard.pages.overview.wording import choose_money, percent
from bpr.dashboard.words import number
from bpr.frames import DataFrame
from bpr.frames.costs import CostByClass
from bpr.settings.savings import Factor

_NAMES = {
    **{name: term.label for name, term in terms.STAFF_TYPES.items()},
    "unknown": "職員区分の記載なし",
}


@dataclass(frozen=True)
class CostRow:
    """One class: its hours and yen a year, the share of all yen, and the interval."""

    label: str
    hours: str
    yen: str
    share: str
    between: str


@dataclass(frozen=True)
class UnitCost:
    """Yen of an hour of one kind of staff, and where that comes from."""

    staff: str
    yen: str
    source: str


@dataclass(frozen=True)
class Cost:
    """What the work costs; `units`: the unit costs of the staff there is."""

    amount: str
    unit: str
    sentence: str
    heading: str
    most: str
    note: str
    rows: list[CostRow]
    units: list[UnitCost]


def view_cost(costs: DataFrame[CostByClass], hourly_yen: Mapping[str, Factor]) -> Cost:
    """Tell the cost of each class; those of tasks without a class stand in the total only."""
    by_class = {row["work_class"]: row for row in costs.iter_rows(named=True)}
    total = by_class["total"]
    money = choose_money(total["yen"])
    rows = [
        CostRow(
            label=label,
            hours=number(row["hours"]),
            yen=money.write(row["yen"]),
            share=percent(row["yen"] / total["yen"] if total["yen"] else None),
            between=money.between(row["yen_low"], row["yen_high"]),
        )
        for name, label in (*terms.SHORT_WORK_CLASSES.items(), ("total", "合計"))
        if (row := by_class.get(name)) and row["hours"]
    ]
    told, between = money.write(total["yen"]), money.between(total["yen_low"], total["yen_high"])
    most = _tell_most(by_class, rows)
    return Cost(
        amount=money.number(total["yen"]),
        unit=money.unit,
        sentence=f"人件費にすると、年およそ {told}です（単価の幅により {between}）。",
        heading=f"人件費は年およそ {told}" + (f"。最も多いのは {most}" if most else ""),
        most=f"最も多いのは {most}" if most else "",
        note=f"職員の時間 × 1 時間の単価。母数 {number(total['hours'])} 時間",
        rows=rows,
        units=[
            UnitCost(
                _NAMES[staff],
                f"1 時間 {number(factor.range[1])} 円（{number(factor.range[0])}〜{number(factor.range[2])} 円）",
                f"{factor.kind}：{factor.source}",
            )
            for staff, factor in hourly_yen.items()
        ],
    )


def _tell_most(by_class: Mapping[str, Mapping[str, float]], rows: list[CostRow]) -> str:
    """Name the class that costs most; empty where fewer than two cost anything."""
    classes = [n for n in terms.SHORT_WORK_CLASSES if n in by_class and by_class[n]["hours"]]
    if len(classes) < 2:  # noqa: PLR2004 - nothing to choose from
        return ""
    row = rows[classes.index(max(classes, key=lambda name: by_class[name]["yen"]))]
    return f"{row.label}（{row.yen}、{row.share}）"
