"""Effect × ease: the quarters, worked out by hand."""

from typing import Any

import polars as pl

from bpr import terms
from bpr.frames import Savings
from bpr.score.ease import LARGE_HOURS, place_tasks
from tests.builder import SETTINGS
from tests.tabulate.town import town_report

LEVER = pl.Enum(list(terms.LEVERS))


def places(*rows: tuple[str, str | None, float | None]) -> list[tuple[str, float, str]]:
    """Places of tasks given as (id, lever, hours saved), with the standard effort of every lever."""
    schema: dict[str, Any] = {"task_id": pl.String, "best_lever": LEVER, "saving_hours": pl.Float64}
    tasks = pl.DataFrame(rows, schema=schema, orient="row")
    every = town_report().savings.filter(pl.col("task_id") == "税務課-1")
    savings = pl.concat([every.with_columns(task_id=pl.lit(row[0])) for row in rows])
    found = place_tasks(tasks, Savings.validate(savings))
    return found.select("task_id", "staff_days", "quarter").rows()


def test_the_quarters_by_hand() -> None:
    """Standard effort: 生成AI 2, AI-OCR 4, オンライン申請 5, RPA 6, 外部委託 10 人日."""
    assert places(
        ("a", "ai_ocr", 254.8),
        ("b", "outsourcing", 300.0),
        ("c", "generative_ai", 66.9),
        ("d", "rpa", -4.0),
        ("e", "online_application", 67.0),
    ) == [
        ("a", 4.0, "now"),
        ("b", 10.0, "plan"),
        ("c", 2.0, "aside"),
        ("d", 6.0, "later"),
        ("e", 5.0, "now"),
    ]


def test_what_is_not_known_or_not_recommended_has_no_place() -> None:
    assert places(("a", None, None), ("b", "rpa", None), ("c", "rpa", 10.0)) == [
        ("c", 6.0, "later")
    ]


def test_the_effort_is_that_of_the_report() -> None:
    report = town_report()
    found = place_tasks(report.tasks, report.savings)
    assert found.height == report.tasks.drop_nulls(["best_lever", "saving_hours"]).height > 0
    for lever, days in found.select("best_lever", "staff_days").rows():
        assert days == SETTINGS.savings.levers[lever].staff_days.range[1]


def test_a_large_effect_is_what_rpa_is_published_to_save() -> None:
    assert SETTINGS.savings.realism.task_hours["rpa"].range[1] == LARGE_HOURS


def test_without_tasks_there_are_no_places() -> None:
    report = town_report()
    found = place_tasks(report.tasks.clear(), report.savings)
    assert found.is_empty()
    assert found.columns[-2:] == ["staff_days", "quarter"]
