"""Open data: hours and numbers of tasks by division, class, medium and staff, small counts hidden.

CSV by 「行政データにおける機械可読性に関するルール」: one table a file, one header row, one value a
cell, long, codes beside words, units in the names, western years beside Japanese ones. UTF-8 with
a BOM: the rule (L3-08) leaves the choice and wants it stated; without the mark Excel on Windows
reads Japanese wrongly by double click, and any program can skip it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from bpr.errors import InputError
from bpr.export.archive import write_zip
from bpr.export.cells import safe_csv, safe_text
from bpr.export.open_data_dictionary import (
    CODES,
    COLUMNS,
    HIDDEN,
    LEVELS,
    TOTAL,
    UNKNOWN,
    list_codes,
    write_dictionary,
)
from bpr.export.open_data_hiding import LEAST, hide_counts, sum_groups
from bpr.export.values import write_fiscal_year
from bpr.report import Report

DATA: Final = "業務量集計.csv"
DICTIONARY: Final = "データ定義書.csv"
CODE_LIST: Final = "コード表.csv"
_LEAF: Final = ("work_class", "medium", "staff_type")
_OFFICE: Final = ("department", "division")
_SPACES: Final = r"\s+"


@dataclass(frozen=True)
class Table:
    """Tasks and hours of every division (row) and leaf (column); `levels`: groups of the leaves."""

    offices: pl.DataFrame
    leaves: pl.DataFrame
    counts: npt.NDArray[np.int64]
    hours: npt.NDArray[np.float64]
    levels: list[npt.NDArray[np.int64]]


def write_open_data(report: Report, made_on: date) -> bytes:
    """Zip of the data, its dictionary and its codes.

    Only tasks with known hours are counted, so that the hours of a row are those of as many tasks
    as it tells. `InputError` where there is none.
    """
    tasks = report.tasks.drop_nulls("annual_hours")
    if not tasks.height:
        raise InputError(
            "時間の分かる業務がないので、オープンデータは作れません。調査票の年間作業時間を確かめてください。"
        )
    year = report.fiscal_year
    told = list_cells(count_tasks(tasks)).with_columns(
        municipality_code=pl.lit(""),
        municipality=pl.lit(safe_text(report.municipality or "")),
        fiscal_year=pl.lit(year, pl.Int64),
        fiscal_year_japanese=pl.lit(write_fiscal_year(year) if year else ""),
    )
    about = _tell_about(report, report.tasks.height - tasks.height, made_on)
    return write_zip(
        {
            DATA: _csv(told.select(pl.col(one.name).alias(one.label) for one in COLUMNS)),
            DICTIONARY: _csv(write_dictionary(DATA, about)),
            CODE_LIST: _csv(list_codes()),
        }
    )


def count_tasks(tasks: pl.DataFrame) -> Table:
    """Count tasks by division and leaf; a division without its department gets its only one."""
    department = pl.col("department").str.replace_all(_SPACES, " ")
    alone = department.drop_nulls().n_unique().over("division") == 1
    known = tasks.with_columns(
        pl.col("division").str.replace_all(_SPACES, " ").fill_null("不明"),
    ).with_columns(
        department=pl.coalesce(
            department, pl.when(alone).then(department.drop_nulls().first().over("division"))
        ).fill_null(""),
        **{name: pl.col(name).cast(pl.String).fill_null(UNKNOWN) for name in _LEAF},
    )
    ranks = {name: {code: n for n, code in enumerate(CODES[name])} for name in _LEAF}
    order = [pl.col(name).replace_strict(ranks[name]) for name in _LEAF]
    leaves = known.select(_LEAF).unique().sort(order).with_row_index("leaf_number")
    offices = known.select(_OFFICE).unique(maintain_order=True).with_row_index("office_number")
    placed = known.join(leaves, on=_LEAF).join(offices, on=_OFFICE)
    at = (placed["office_number"].to_numpy(), placed["leaf_number"].to_numpy())
    counts = np.zeros((offices.height, leaves.height), np.int64)
    hours = np.zeros(counts.shape)
    np.add.at(counts, at, 1)
    np.add.at(hours, at, placed["annual_hours"].to_numpy())
    return Table(offices, leaves, counts, hours, _group_leaves(leaves))


def list_cells(table: Table) -> pl.DataFrame:
    """Every sum, published or hidden, of the whole office and then of each division.

    Groups that no task of the office has are left out; where only a division has none of a group,
    that is hidden like any other count below five.
    """
    hidden = hide_counts(table.counts, table.levels)
    rows = []
    for depth, groups in enumerate(table.levels):
        counts, hours = (sum_groups(values, groups) for values in (table.counts, table.hours))
        names = [_name_group(table, int(np.argmax(groups == g)), depth) for g in range(counts.shape[1])]  # fmt: skip
        for row in range(len(counts)):
            office = _name_office(table, row, depth)
            for group, name in enumerate(names):
                secret = bool(hidden[depth][row, group])
                told = (
                    (None, None, HIDDEN)
                    if secret
                    else (int(counts[row, group]), round(float(hours[row, group]), 1), "")
                )
                rows.append((row, *office, *name, *told))
    columns = ["row", "level", *_OFFICE, *_LEAF, "task_count", "annual_hours", "suppressed"]
    cells = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
    labels = {name: pl.col(name).replace_strict(CODES[name]) for name in ("level", *_LEAF)}
    numbers = (pl.col("task_count").cast(pl.Int64), pl.col("annual_hours").cast(pl.Float64))
    return (
        cells.sort("row", maintain_order=True)
        .with_columns(*numbers, **{f"{name}_label": told for name, told in labels.items()})
        .drop("row")
    )


def _group_leaves(leaves: pl.DataFrame) -> list[npt.NDArray[np.int64]]:
    """Groups of the leaves: all, by class, by class and medium, each leaf."""
    levels = []
    for depth in range(len(_LEAF) + 1):
        known: dict[tuple[Any, ...], int] = {}
        keys = leaves.select(_LEAF[:depth]).rows() if depth else [()] * leaves.height
        levels.append(np.array([known.setdefault(key, len(known)) for key in keys], np.int64))
    return levels


def _name_office(table: Table, row: int, depth: int) -> tuple[str, str, str]:
    """Level, department and division of a row; the first is the whole office."""
    if row == 0:
        return f"all_{depth}", "合計", "合計"
    department, division = table.offices.select(_OFFICE).row(row - 1)
    return f"division_{depth}", safe_text(department), safe_text(division)


def _name_group(table: Table, leaf: int, depth: int) -> tuple[str, ...]:
    """Codes of a group of leaves, `total` for what it sums over."""
    codes = table.leaves.select(_LEAF).row(leaf)
    return (*codes[:depth], *[TOTAL] * (len(_LEAF) - depth))


def _tell_about(report: Report, without_hours: int, made_on: date) -> dict[str, str]:
    """What is to be known of the data as a whole: subject -> text."""
    few = f"1〜{LEAST - 1}" if 0 < without_hours < LEAST else f"{without_hours:,}"
    return {
        "文字コード": "UTF-8、BOM あり（Windows の Excel で開いても文字化けしないため）。改行は CRLF、区切りはカンマ",
        "作成日": made_on.isoformat(),
        "更新履歴": f"{made_on.isoformat()} 作成",
        "対象": f"年間作業時間の分かる業務。時間の分からない {few} 業務は数えていない",
        "合計の使い方": "集計段階の違う行を足すと二重に数える。年度どうしを比べるときは同じ段階の行を使う",
        "秘匿の方法": (
            f"業務数が {LEAST} 未満（0 を含む）の行を {HIDDEN} とした（一次秘匿）。公表した行の足し引きで 1〜{LEAST - 1} の数が"
            f"分かってしまうときは、分からなくなるまで、ほかの行も小さい順に {HIDDEN} とした（二次秘匿）。"
            "空欄は 0 ではない。全庁に 1 つもない組合せの行は載せていない"
        ),
        "含まないもの": "業務名、作業名、課題などの自由記述、職員の氏名",
        "比べるときの注意": "業務の性質の分け方と調査の対象は団体により違う。割合を比べるときは母数を確かめる",
        "準拠した規則": "行政データにおける機械可読性に関するルール（令和8年3月31日）",
        "集計段階": "、".join(f"{code}={word}" for code, word in LEVELS.items()),
        "設定の指紋": report.settings.digest,
    }


def _csv(frame: pl.DataFrame) -> bytes:
    return safe_csv(frame).write_csv(include_bom=True, line_terminator="\r\n").encode()
