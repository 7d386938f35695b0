"""Common work as a workbook: the groups, their divisions side by side, every task's group, the kinds."""

from collections.abc import Sequence

import polars as pl
from openpyxl import Workbook

from bpr import terms
from bpr.export import styles
from bpr.export.sheets import new_book, save, write_sheet, write_table
from bpr.frames import DataFrame, GroupDivisions, Groups, KindCounts, Memberships, TaskTable
from bpr.settings.common_work import View

MINUTES = "#,##0.0"
_SOURCES = {name: term.label for name, term in terms.GROUP_SOURCES.items()}
_NOTES = (
    "1件あたり＝時間の合計×60÷件数の合計（時間と件数が両方分かる業務だけ）。件数の数え方は課により違うことがあります。",
    "中央値との差＝1件あたりが中央値より長い課が、中央値の時間で処理したとした場合との差。削減見込ではありません。",
)


def write_common_work(
    tasks: DataFrame[TaskTable],
    groups: DataFrame[Groups],
    divisions: DataFrame[GroupDivisions],
    memberships: DataFrame[Memberships],
    kinds: Sequence[tuple[View, DataFrame[KindCounts]]],
) -> bytes:
    """Workbook with a sheet for each; tasks that are in no group are listed too."""
    book = new_book()
    _write_groups(book, groups)
    _write_divisions(book, groups, divisions)
    _write_members(book, tasks, groups, memberships)
    for view, counts in kinds:
        _write_kinds(book, view, counts)
    return save(book)


def _write_groups(book: Workbook, groups: DataFrame[Groups]) -> None:
    rows = [
        [
            row["name"],
            "確認済み" if row["confirmed"] else "未確認",
            row["divisions"],
            row["tasks"],
            row["hours"],
            row["unknown_hours"],
            row["measured_divisions"],
            row["lowest_minutes"],
            row["median_minutes"],
            row["highest_minutes"],
            row["above_median_hours"],
        ]
        for row in groups.iter_rows(named=True)
    ]
    labels = [
        "同じ業務", "確認", "課の数", "業務数", "時間/年", "時間不明の業務数",
        "1件あたりの分かる課（母数）", "最短（分/件）", "中央値（分/件）", "最長（分/件）", "中央値との差（時間/年）",
    ]  # fmt: skip
    formats = [
        None, None, *[styles.COUNT] * 2, styles.HOURS, *[styles.COUNT] * 2, *[MINUTES] * 3, styles.HOURS,
    ]  # fmt: skip
    write_table(book, "共通業務", _NOTES, labels, rows, formats)


def _write_divisions(
    book: Workbook, groups: DataFrame[Groups], divisions: DataFrame[GroupDivisions]
) -> None:
    labels = {
        "name": "同じ業務",
        "division": "課",
        "tasks": "業務数",
        "hours": "時間/年",
        "unknown_hours": "時間不明の業務数",
        "measured_tasks": "時間と件数の分かる業務数",
        "cases": "件数/年",
        "minutes": "1件あたり（分）",
        "above_median_hours": "中央値との差（時間/年）",
    }
    names = groups.select("group_key", "name")
    frame = names.join(divisions, on="group_key", maintain_order="left_right")
    write_sheet(book, "課ごとの比較", frame, labels, {"name": 30, "division": 18})


def _write_members(
    book: Workbook,
    tasks: DataFrame[TaskTable],
    groups: DataFrame[Groups],
    memberships: DataFrame[Memberships],
) -> None:
    labels = {
        "group": "同じ業務",
        "source": "入れた理由",
        "division": "課",
        "unit": "係",
        "task_name": "業務名",
        "activity_name": "作業名",
        "annual_count": "件数/年",
        "annual_hours": "時間/年",
        "task_id": "業務ID",
    }
    names = groups.select("group_key", group="name").with_row_index("order")
    frame = (
        tasks.join(memberships, on="task_id", maintain_order="left")
        .join(names, on="group_key", how="left", maintain_order="left")
        .with_columns(
            pl.col("group").fill_null("（どのまとまりにも入らない）"),
            pl.col("source").cast(pl.String).replace(_SOURCES),
        )
        .sort("order", nulls_last=True, maintain_order=True)
    )
    widths = {"group": 30, "division": 18, "task_name": 32, "activity_name": 40}
    write_sheet(book, "業務の一覧", frame, labels, widths)


def _write_kinds(book: Workbook, view: View, counts: DataFrame[KindCounts]) -> None:
    rows = [
        [row["label"], row["tasks"], row["hours"], row["unknown_hours"], row["published_count"]]
        for row in counts.iter_rows(named=True)
    ]
    notes = [
        f"{view.town}の数の出所：{view.source}。{view.counted}を数えたもの（母数 {view.base_count}）で、すべての業務の数ではない。",
        "比べられるのは区分の多い順だけ。言葉による当てはめは本製品の目安で、common_work.toml で変えられる。",
    ]
    labels = ["区分", "業務数", "時間/年", "時間不明の業務数", f"{view.town}の改善対象"]
    formats = [None, styles.COUNT, styles.HOURS, styles.COUNT, styles.COUNT]
    write_table(book, view.label, notes, labels, rows, formats)
