"""Hours in all and minutes per case side by side; what is not known is counted, not guessed."""

import polars as pl

from bpr.frames import DataFrame, GroupDivisions, Groups
from bpr.match.kinds import count_kinds
from bpr.match.summary import compare_divisions, summarize_groups
from bpr.settings.common_work import Kind, View
from tests.builder import assert_rows
from tests.match.offices import grouped, offices

TOWN = offices(
    ("税務課", "支払", None, 10.0, 120.0),
    ("税務課", "支払", None, 30.0, 120.0),
    ("福祉課", "支払", None, 60.0, 60.0),
    ("住宅課", "支払", None, 40.0, 120.0),
    ("農政課", "支払", None, 7.0, None),
    ("農政課", "支払", None, 5.0, 0.0),
    ("水道課", "支払", None, None, 50.0),
    (None, "支払", None, 2.0, 12.0),
    ("税務課", "公売", None, 100.0, 1.0),
)
"""Minutes: 税務課 10, 福祉課 60, 住宅課 20, no division 10; the median of the four is 15."""


def summed(tasks: pl.DataFrame) -> tuple[DataFrame[Groups], DataFrame[GroupDivisions]]:
    found = grouped(tasks)
    divisions = compare_divisions(tasks, found.memberships)
    return summarize_groups(found, divisions), divisions


def test_each_divisions_part() -> None:
    _, divisions = summed(TOWN)
    assert_rows(
        divisions,
        "division tasks unknown_hours hours measured_tasks cases minutes above_median_hours",
        [
            ["税務課", 2, 0, 40.0, 2, 240.0, 10.0, 0.0],
            [None, 1, 0, 2.0, 1, 12.0, 10.0, 0.0],
            ["住宅課", 1, 0, 40.0, 1, 120.0, 20.0, 10.0],
            ["福祉課", 1, 0, 60.0, 1, 60.0, 60.0, 45.0],
            ["水道課", 1, 1, None, 0, None, None, None],
            ["農政課", 2, 0, 12.0, 0, None, None, None],
        ],
    )


def test_a_group_in_all() -> None:
    groups, _ = summed(TOWN)
    assert_rows(
        groups,
        "name tasks divisions unknown_hours hours measured_divisions lowest_minutes median_minutes highest_minutes above_median_hours taken_out",
        [["支出伝票の処理", 8, 5, 1, 154.0, 4, 10.0, 15.0, 60.0, 55.0, 0]],
    )


def test_one_measured_division_is_nothing_to_compare() -> None:
    groups, _ = summed(offices(("税務課", "支払", None, 10.0, 60.0), ("福祉課", "支払", None, 5.0)))
    assert_rows(
        groups, "hours measured_divisions lowest_minutes median_minutes above_median_hours",
        [[15.0, 1, None, None, None]],
    )  # fmt: skip


def test_hours_that_nobody_knows_stay_unknown() -> None:
    groups, divisions = summed(offices(("税務課", "支払"), ("福祉課", "支払")))
    assert_rows(groups, "tasks hours unknown_hours", [[2, None, 2]])
    assert divisions["hours"].to_list() == [None, None]


def test_groups_stand_by_hours_and_those_without_last() -> None:
    tasks = offices(
        ("税務課", "支払"), ("福祉課", "支払"), ("税務課", "会議", None, 1.0), ("福祉課", "会議", None, 2.0),
        ("税務課", "公売", None, 9.0), ("福祉課", "公売", None, 9.0),
    )  # fmt: skip
    groups, _ = summed(tasks)
    assert groups["name"].to_list() == ["公売", "会議の運営", "支出伝票の処理"]


def test_the_order_of_rows_changes_no_digit() -> None:
    tasks = pl.concat([TOWN.with_columns(pl.lit(f"{n}").alias("task_id") + pl.col("task_id"), annual_hours=pl.col("annual_hours") / (n + 3)) for n in range(7)])  # fmt: skip
    first = summed(tasks)
    for seed in range(4):
        again = summed(tasks.sample(fraction=1, shuffle=True, seed=seed))
        assert again[0].equals(first[0])
        assert again[1].equals(first[1])


def test_the_parts_of_a_group_add_up_to_it() -> None:
    groups, divisions = summed(TOWN)
    for name in ("tasks", "unknown_hours", "hours"):
        assert divisions[name].sum() == groups[name].sum()


VIEW = View(
    label="二つの区分",
    town="町",
    source="計画",
    counted="改善すべき業務",
    base_count=3,
    causes=("紙",),
    kinds={
        "meetings": Kind(label="会議", patterns=("会議",), published_count=1),
        "payments": Kind(label="会計", patterns=("支払", "会議"), published_count=2),
    },
)


def test_kinds_beside_what_was_published() -> None:
    tasks = offices(
        ("税務課", "支払", None, 3.0), ("税務課", "会議", None, 1.0), ("税務課", "支払"), ("税務課", "公売", None, 9.0),
    )  # fmt: skip
    assert_rows(
        count_kinds(tasks, VIEW),
        "kind label tasks unknown_hours hours published_count",
        [
            ["payments", "会計", 2, 1, 3.0, 2],
            ["meetings", "会議", 1, 0, 1.0, 1],
            [None, "区分なし", 1, 0, 9.0, None],
        ],
    )
    assert count_kinds(tasks, VIEW)["tasks"].sum() == tasks.height
    assert count_kinds(tasks.clear(), VIEW)["tasks"].to_list() == [0, 0, 0]
