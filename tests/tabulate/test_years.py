"""What changed from one year to the next: every number by hand, every sum adding up."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.frames import DataFrame, TaskLinks, YearChanges, empty
from bpr.tabulate.years import compare_years, summarize_years
from tests.builder import assert_rows, task, tasks_frame

PARTS = ["grew", "shrank", "same", "vanished", "began", "unclear"]


def tasks(*rows: tuple[str, str | None, float | None, float | None]) -> Any:
    """Tasks: id (also the name), division, hours, cases."""
    return tasks_frame(
        *(
            task(key, None, division=division, annual_hours=hours, annual_count=count)
            for key, division, hours, count in rows
        )
    )


def links(*rows: tuple[str | None, str | None, bool]) -> DataFrame[TaskLinks]:
    full = [
        (before, after, "name" if before and after else None, None, sure, "")
        for before, after, sure in rows
    ]
    schema = empty(TaskLinks).schema
    return TaskLinks.validate(pl.DataFrame(full, schema=schema, orient="row"), cast=True)


BEFORE = tasks(
    ("b1", "市民課", 100.0, 600.0),
    ("b2", "市民課", 50.0, None),
    ("b3", "市民課", 40.0, 100.0),
    ("b4", "税務課", 30.0, None),
    ("b5", "税務課", None, None),
    ("b6", "税務課", 8.0, None),
    ("b7", None, None, None),
)
AFTER = tasks(
    ("a1", "市民生活課", 150.0, 750.0),
    ("a2", "市民生活課", 47.5, None),
    ("a3", "税務課", 20.0, 100.0),
    ("a5", "税務課", 12.0, None),
    ("a6", "税務課", None, None),
    ("a8", "税務課", 25.0, None),
)
LINKS = links(
    ("b1", "a1", True),
    ("b2", "a2", False),
    ("b3", "a3", False),
    ("b4", None, False),
    ("b5", "a5", True),
    ("b6", "a6", True),
    ("b7", None, False),
    (None, "a8", False),
)


def compared() -> DataFrame[YearChanges]:
    return compare_years(LINKS, BEFORE, AFTER)


def test_what_became_of_every_task() -> None:
    assert_rows(
        compared(),
        "before_id after_id change before_hours after_hours difference_hours",
        [
            ["b1", "a1", "grew", 100.0, 150.0, 50.0],
            ["b2", "a2", "same", 50.0, 47.5, -2.5],
            ["b3", "a3", "shrank", 40.0, 20.0, -20.0],
            ["b4", None, "vanished", 30.0, None, -30.0],
            ["b5", "a5", None, None, 12.0, None],
            ["b6", "a6", None, 8.0, None, None],
            ["b7", None, "vanished", None, None, None],
            [None, "a8", "began", None, 25.0, 25.0],
        ],
    )
    assert_rows(
        compared()[:1],
        "before_division after_division before_name after_name how confirmed",
        [["市民課", "市民生活課", "b1", "a1", "name", True]],
    )


def test_more_cases_or_more_time_for_each() -> None:
    """b1: 600 cases of 10 minutes, then 750 of 12: 150 x 11 / 60 and 2 x 675 / 60 hours."""
    assert_rows(
        compared(),
        "before_count after_count before_minutes after_minutes volume_hours unit_time_hours",
        [
            [600.0, 750.0, 10.0, 12.0, 27.5, 22.5],
            [None] * 6,
            [100.0, 100.0, 24.0, 12.0, 0.0, -20.0],
            *[[None] * 6] * 5,
        ],
    )


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (10.0, 11.0, "same"),
        (10.0, 11.01, "grew"),
        (10.0, 8.99, "shrank"),
        (100.0, 105.0, "same"),
        (100.0, 105.01, "grew"),
        (100.0, 94.9, "shrank"),
        (0.0, 0.0, "same"),
    ],
)
def test_an_hour_or_a_twentieth_is_no_change(before: float, after: float, change: str) -> None:
    one, other = tasks(("b", "課", before, 0.0)), tasks(("a", "課", after, 5.0))
    found = compare_years(links(("b", "a", True)), one, other)
    assert_rows(found, "change before_minutes volume_hours", [[change, None, None]])


def test_the_sums_add_up() -> None:
    """Total: before 228, after 254.5; b5 (+12) and b6 (-8) are unclear."""
    found = summarize_years(compared())
    assert_rows(
        found,
        "scope division tasks told_before_hours before_hours after_hours difference_hours",
        [
            ["total", None, 8, 228.0, 228.0, 254.5, 26.5],
            ["division", "市民生活課", 2, 0.0, 150.0, 197.5, 47.5],
            ["division", "市民課", 0, 190.0, 0.0, 0.0, 0.0],
            ["division", "税務課", 5, 38.0, 78.0, 57.0, -21.0],
            ["division", None, 1, 0.0, 0.0, 0.0, 0.0],
        ],
    )
    assert_rows(
        found,
        " ".join(f"{part}_hours" for part in PARTS),
        [
            [50.0, -20.0, -2.5, -30.0, 25.0, 4.0],
            [50.0, 0.0, -2.5, 0.0, 0.0, 0.0],
            [0.0] * 6,
            [0.0, -20.0, 0.0, -30.0, 25.0, 4.0],
            [0.0] * 6,
        ],
    )
    assert_rows(
        found,
        "unconfirmed_tasks unconfirmed_hours unknown_tasks",
        [[2, 67.5, 3], [1, 47.5, 0], [0, 0.0, 0], [1, 20.0, 2], [0, 0.0, 1]],
    )


def test_a_division_stands_only_where_it_has_a_task() -> None:
    began = compare_years(links((None, "a", False)), tasks(), tasks(("a", "市民課", 1.0, None)))
    assert_rows(summarize_years(began), "scope division", [["total", None], ["division", "市民課"]])


def test_nothing_to_compare_is_a_total_of_nothing() -> None:
    found = summarize_years(compare_years(links(), tasks(), tasks()))
    assert_rows(found, "scope tasks before_hours", [["total", 0, 0.0]])


HOURS = st.none() | st.floats(0, 1e5)
TASK = st.tuples(
    st.sampled_from([None, "市民課", "税務課"]),
    HOURS,
    st.sampled_from([None, 0, 1e-320]) | st.floats(0.1, 1e6),
)
ROW = st.tuples(TASK, TASK, st.sampled_from(["pair", "before", "after"]), st.booleans())


@given(st.lists(ROW, max_size=12))
def test_every_split_adds_up(rows: list[tuple[Any, Any, str, bool]]) -> None:
    numbered = list(enumerate(rows))
    before = tasks(*((f"b{n}", *row[0]) for n, row in numbered if row[2] != "after"))
    after = tasks(*((f"a{n}", *row[1]) for n, row in numbered if row[2] != "before"))
    known = links(
        *(
            (None if kind == "after" else f"b{n}", None if kind == "before" else f"a{n}", sure)
            for n, (_, _, kind, sure) in numbered
        )
    )
    changes = compare_years(known, before, after)
    assert changes.height == len(rows)
    split = changes.drop_nulls("volume_hours").select(
        "difference_hours", "volume_hours", "unit_time_hours"
    )
    for difference, volume, unit_time in split.rows():
        assert volume + unit_time == pytest.approx(difference, abs=1e-5)
    found = summarize_years(changes)
    for row in found.iter_rows(named=True):
        parts = sum(row[f"{part}_hours"] for part in PARTS)
        assert parts == pytest.approx(row["difference_hours"], abs=1e-4)
        assert row["difference_hours"] == pytest.approx(
            row["after_hours"] - row["before_hours"], abs=1e-4
        )
    total, divisions = found[0], found[1:]
    for name in found.columns[2:]:
        assert divisions[name].sum() == pytest.approx(total[name].item(), abs=1e-4)
    assert total["told_before_hours"].item() == pytest.approx(
        before["annual_hours"].sum(), abs=1e-4
    )
    assert total["after_hours"].item() == pytest.approx(after["annual_hours"].sum(), abs=1e-4)
    unknown = before["annual_hours"].null_count() + after["annual_hours"].null_count()
    both = changes.filter(
        pl.col("before_id").is_not_null() & pl.col("after_id").is_not_null(),
        pl.col("before_hours").is_null() & pl.col("after_hours").is_null(),
    ).height
    assert total["unknown_tasks"].item() == unknown - both
