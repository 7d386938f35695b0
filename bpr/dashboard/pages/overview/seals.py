"""概況: cases that need a seal, by class (図表11), beside the published ones or our own whole."""

from dataclasses import dataclass

import polars as pl

from bpr import terms
from bpr.dashboard.pages.overview.cards import Sight
from bpr.dashboard.pages.overview.wording import percent
from bpr.dashboard.words import number
from bpr.frames import DataFrame, SealByClass

SEALS = {"approval_seal": "決裁などの印", "resident_seal": "住民の印"}
_CLASSES = {**terms.SHORT_WORK_CLASSES, "total": "合計"}


@dataclass(frozen=True)
class SealCell:
    """Share of the cases that need one seal, how many they are, and what to compare it with."""

    share: str
    cases: str
    compared: str


@dataclass(frozen=True)
class SealRow:
    """One class: all its cases, and a cell for each seal."""

    label: str
    cases: str
    cells: list[SealCell]


@dataclass(frozen=True)
class SealTable:
    """図表11 of the tasks looked at; no rows where no cases are told."""

    heading: str
    note: str
    rows: list[SealRow]


def view_seals(sight: Sight) -> SealTable:
    """Put the seals beside those of all work; where that is looked at, the published town's."""
    own = sight.own.work.tables.seal_by_class
    cells = {
        (row["seal"], row["work_class"]): row
        for row in own.filter(pl.col("scope") == "all").iter_rows(named=True)
    }
    base = cells["all", "total"]["cases"]
    if not base:
        return SealTable(
            "印鑑を使う件数は、まだ分かりません",
            "年間件数のある業務がありません。件数を書いた調査票を取り込むと、ここに割合が出ます。",
            [],
        )
    named, column = ("全体", "ratio") if sight.whole else ("阿見町", "ami_ratio")
    compared = _read((sight.whole or sight.own).work.tables.seal_by_class, column)
    rows = [
        SealRow(
            label,
            number(cells["all", name]["cases"]),
            [
                SealCell(
                    percent(cells[seal, name]["ratio"]),
                    number(cells[seal, name]["cases"], " 件"),
                    f"{named} {percent(compared.get((seal, name)))}",
                )
                for seal in SEALS
            ],
        )
        for name, label in _CLASSES.items()
        if not sight.work_class or name == "total"
    ]
    return SealTable(
        heading=f"決裁などの印は {rows[-1].cells[0].share}、住民の印は {rows[-1].cells[1].share}の件数で使う",
        note=f"件数に占める割合。母数 {number(base)} 件（件数の分からない業務を除く）",
        rows=rows,
    )


def _read(table: DataFrame[SealByClass], column: str) -> dict[tuple[str, str], float | None]:
    rows = table.filter(pl.col("scope") == "all").select("seal", "work_class", column)
    return {(seal, name): value for seal, name, value in rows.iter_rows()}
