"""Frozen rankings: whole, with what they were made with, and the same for ever."""

from collections.abc import Callable
from datetime import timedelta

import polars as pl
import pytest
from sqlalchemy import event

from bpr.frames import DataFrame, empty
from bpr.frames.evaluations import EvaluationRows
from bpr.store import Act, Evaluation, FrozenRanking, NewEvaluation, Store
from tests.store.kept import LOCAL, NOW, count, kept

Opener = Callable[[], Store]
LATER = NOW + timedelta(days=1)
VOLUME = {"volume": 2.0, "routine": 1 / 3}
DIGEST = "d" * 64
NEW = NewEvaluation("予算要求の案", "量", 1, VOLUME, DIGEST, 40)
ROWS: list[tuple[object, ...]] = [
    ("税務課-1", "税務課", "=申告受付", "rpa", 100 / 3, 20.0, 45.5, 2, 1, 7, 12.5, -1.0, 0.1 + 0.2, None),
    ("福祉課-1", None, "給付" * 200, None, 0.0, 0.0, 0.0, 9, 8, 9, None, None, None, "core"),
]  # fmt: skip


def ranking(*rows: tuple[object, ...]) -> DataFrame[EvaluationRows]:
    schema = empty(EvaluationRows).schema
    return EvaluationRows.validate(pl.DataFrame(rows, schema=schema, orient="row"))


def read(store: Store, number: int) -> FrozenRanking:
    found = store.read_evaluation(number)
    assert found is not None
    return found


def test_nothing_is_frozen(store: Store) -> None:
    assert store.list_evaluations() == []
    assert store.read_evaluation(1) is None


def test_a_ranking_comes_back_as_it_was_frozen(store: Store, reopen: Opener) -> None:
    number = store.add_evaluation(NEW, ranking(*ROWS), Act("someone", NOW))
    found = read(reopen(), number)
    assert found.evaluation == Evaluation(
        number, "予算要求の案", "量", 1, VOLUME, DIGEST, 40, NOW, "someone"
    )
    assert found.rows.schema == empty(EvaluationRows).schema
    assert found.rows.rows() == ROWS


def test_rows_keep_the_order_in_which_they_came(store: Store) -> None:
    number = store.add_evaluation(NEW, ranking(*reversed(ROWS)), LOCAL)
    assert read(store, number).rows["rank"].to_list() == [9, 2]


def test_a_ranking_without_tasks(store: Store) -> None:
    number = store.add_evaluation(NEW, empty(EvaluationRows), LOCAL)
    assert read(store, number).rows.equals(empty(EvaluationRows))


def test_the_standard_weights_are_no_set(store: Store) -> None:
    new = NewEvaluation("標準", None, None, {}, DIGEST, 2)
    found = read(store, store.add_evaluation(new, ranking(*ROWS), LOCAL)).evaluation
    assert (found.set_name, found.set_version, found.multipliers) == (None, None, {})
    assert kept(store.engine, "evaluations", "set_name set_version multipliers") == [
        (None, None, "{}")
    ]


def test_multipliers_are_kept_by_theme(store: Store) -> None:
    store.add_evaluation(NEW, ranking(), LOCAL)
    assert kept(store.engine, "evaluations", "multipliers frozen_at frozen_by") == [
        (
            '{"routine": 0.3333333333333333, "volume": 2.0}',
            NOW,
            "local",
        )
    ]


def test_a_new_version_of_the_set_changes_no_frozen_ranking(store: Store) -> None:
    store.add_weight_set("量", VOLUME, None, LOCAL)
    number = store.add_evaluation(NEW, ranking(*ROWS), LOCAL)
    before = read(store, number)
    assert store.add_weight_set("量", {"volume": 9.0}, None, Act("local", LATER)).version == 2
    after = read(store, number)
    assert after.evaluation == before.evaluation
    assert after.evaluation.multipliers == VOLUME
    assert after.rows.equals(before.rows)


def test_the_newest_stands_first_and_rows_do_not_mix(store: Store) -> None:
    first = store.add_evaluation(NEW, ranking(*ROWS), Act("local", LATER))
    second = store.add_evaluation(NEW, ranking(ROWS[1]), LOCAL)
    assert [found.id for found in store.list_evaluations()] == [second, first]
    assert store.list_evaluations()[1] == read(store, first).evaluation
    assert read(store, first).rows.height == 2
    assert read(store, second).rows["task_id"].to_list() == ["福祉課-1"]


def test_a_ranking_is_frozen_as_a_whole_or_not_at_all(store: Store) -> None:
    def fail(*executed: object) -> None:
        if "INSERT INTO evaluation_rows" in str(executed[2]):
            raise RuntimeError("power cut")

    event.listen(store.engine, "before_cursor_execute", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        store.add_evaluation(NEW, ranking(*ROWS), LOCAL)
    event.remove(store.engine, "before_cursor_execute", fail)
    assert count(store.engine, "evaluations") == 0
    assert store.list_evaluations() == []


def test_evaluations_change_neither_revision(store: Store) -> None:
    before = store.revision(), store.report_revision()
    store.add_evaluation(NEW, ranking(*ROWS), LOCAL)
    assert (store.revision(), store.report_revision()) == before
