"""概況: a part of the work with its hours and the shares that stand on top, read off its tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from bpr.frames import DataFrame
from bpr.frames.costs import CostByClass
from bpr.settings.savings import Factor
from bpr.tabulate.costs import cost_by_class
from bpr.tabulate.tables import Tables
from bpr.workspace.tabulating import Work


@dataclass(frozen=True)
class Indicator:
    """One share (0-1; None: no base) with its part and base, and the published ones."""

    id: str
    label: str
    value: float | None
    part: float
    base: float
    unit: str
    average96: float | None = None
    ami: float | None = None


@dataclass(frozen=True)
class Indicators:
    """The shares of one list of tasks."""

    core: Indicator
    paper: Indicator
    noncore: Indicator
    seal: Indicator

    @property
    def all(self) -> tuple[Indicator, ...]:
        """All of them, in the order of the cards."""
        return (self.core, self.paper, self.noncore, self.seal)


@dataclass(frozen=True)
class Measured:
    """Some work, all its known hours, its shares, and what it costs."""

    work: Work
    hours: float
    shares: Indicators
    costs: DataFrame[CostByClass]

    @property
    def yen(self) -> float:
        """What all of it costs a year, by the middle unit costs."""
        return float(
            self.costs.row(by_predicate=pl.col("work_class") == "total", named=True)["yen"]
        )


def measure(work: Work | None, hourly_yen: Mapping[str, Factor]) -> Measured | None:
    """Read what the tables of some work say; None where no hours are known."""
    if work is None or not work.tasks["annual_hours"].sum():
        return None
    tables = work.tables
    hours = pick(tables.class_by_staff, work_class="total", staff_type="total")["hours"]
    shares = Indicators(_core(tables), _paper(tables), _noncore(tables), _seal(tables))
    return Measured(work, hours, shares, cost_by_class(tables.class_by_staff, hourly_yen))


def pick(table: pl.DataFrame, **wanted: str) -> dict[str, Any]:
    """Return the row of a table, of all tasks, that has the given keys."""
    keys = [pl.col(name).cast(pl.String) == value for name, value in wanted.items()]
    return table.row(by_predicate=pl.all_horizontal(pl.col("scope") == "all", *keys), named=True)


def _core(tables: Tables) -> Indicator:
    row = pick(tables.class_by_staff, work_class="core", staff_type="total")
    return Indicator(
        "core-ratio", "コア業務の割合", row["share_ratio"], row["hours"], row["base_hours"], "時間",
        row["average96_ratio"], row["ami_ratio"],
    )  # fmt: skip


def _paper(tables: Tables) -> Indicator:
    row = pick(tables.media_ratios, work_class="total")
    return Indicator(
        "paper-ratio", "紙を使う作業（紙利用率）", row["paper_use_ratio"], row["paper_hours"], row["base_hours"], "時間",
        ami=row["ami_paper_use_ratio"],
    )  # fmt: skip


def _noncore(tables: Tables) -> Indicator:
    core = pick(tables.class_by_staff, work_class="core", staff_type="regular")
    whole = pick(tables.class_by_staff, work_class="total", staff_type="regular")
    part, base = whole["hours"] - core["hours"], whole["hours"]
    mean, ami = (
        1 - core[name] / whole[name] if whole[name] else None
        for name in ("average96_ratio", "ami_ratio")
    )
    return Indicator(
        "regular-noncore-ratio", "正規職員のノンコア従事", part / base if base else None, part, base, "時間",
        mean, ami,
    )  # fmt: skip


def _seal(tables: Tables) -> Indicator:
    row = pick(tables.seal_by_class, seal="approval_seal", work_class="total")
    return Indicator(
        "seal-ratio", "決裁印を使う作業", row["ratio"], row["cases"], row["base_cases"], "件",
        ami=row["ami_ratio"],
    )  # fmt: skip
