"""Weights saved under names and rankings frozen under them: what is taken and what is refused."""

import math
from collections.abc import Callable, Iterator

import polars as pl
import pytest

from bpr.errors import InputError
from bpr.frames import DataFrame, empty
from bpr.frames.evaluations import EvaluationRows
from bpr.workspace import Workspace
from bpr.workspace.acting import Person, acting
from tests.workspace.common_town import common_town
from tests.workspace.conftest import NOW

VOLUME = {"volume": 2.0, "routine": 0.5}


class Town(Workspace):
    """A workspace with two themes."""

    def list_themes(self) -> list[str]:
        return ["volume", "routine"]


@pytest.fixture
def town(workspace: Workspace) -> Iterator[Town]:
    workspace.import_workbooks([common_town()])
    with acting(Person("someone", "誰か", "decider")):
        yield Town(workspace.settings, workspace.store, workspace.clock)


def ranking(*task_ids: str) -> DataFrame[EvaluationRows]:
    rows = [
        (task_id, "課", "業務", "rpa", 50.0, 40.0, 60.0, rank, rank, rank, 1.5, 1.0, 2.0, None)
        for rank, task_id in enumerate(task_ids, start=1)
    ]
    schema = empty(EvaluationRows).schema
    return EvaluationRows.validate(pl.DataFrame(rows, schema=schema, orient="row"))


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refused:
        work()
    return str(refused.value)


# --- weights ------------------------------------------------------------------------------------


def test_weights_are_saved_in_versions_and_read_again(town: Town) -> None:
    first = town.save_weights("量を重く", VOLUME, "首長の方針")
    second = town.save_weights("量を重く", {"volume": 3.0}, " ")
    assert (first.version, first.note, first.saved_at, first.saved_by) == (
        1, "首長の方針", NOW, "someone",
    )  # fmt: skip
    assert (second.version, second.note) == (2, None)
    assert town.read_weights("量を重く") == second
    assert town.read_weights("量を重く", 1) == first
    assert town.list_weight_sets() == [second]


def test_a_name_is_the_same_however_it_was_typed(town: Town) -> None:
    assert town.save_weights("  Ａ　 案 ", VOLUME).name == "A 案"
    assert town.save_weights("A 案", VOLUME).version == 2
    assert town.read_weights("Ａ　案").version == 2


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "重みの名前がありません。名前を入れてください。"),
        (" \u3000\n", "重みの名前がありません。名前を入れてください。"),
        ("長" * 41, f"重みの名前「{'長' * 41}」は長すぎます。40 文字までにしてください。"),
        ("標準", "「標準」は組み込みの重みの名前です。別の名前にしてください。"),
        ("\u3000標 準 ", "「標準」は組み込みの重みの名前です。別の名前にしてください。"),
    ],
)
def test_names_that_cannot_be_used(town: Town, name: str, told: str) -> None:
    assert refusal(lambda: town.save_weights(name, VOLUME)) == told
    assert town.list_weight_sets() == []


@pytest.mark.parametrize("name", ["量", "長" * 40, f" {'長' * 40} ", "標準に近い", "1 案（仮）"])
def test_names_that_can_be_used(town: Town, name: str) -> None:
    assert town.save_weights(name, VOLUME).version == 1


def test_an_unknown_theme_is_named_beside_those_that_exist(town: Town) -> None:
    told = refusal(lambda: town.save_weights("量", {"volume": 1.0, "紙": 2.0}))
    assert told == "観点「紙」はありません。volume、routine から選んでください。"
    assert town.list_weight_sets() == []


@pytest.mark.parametrize(
    "value", [0.0, -1.0, math.nextafter(0.1, 0), math.nextafter(10, 11), math.nan, math.inf]
)
def test_multipliers_that_cannot_be_used(town: Town, value: float) -> None:
    told = refusal(lambda: town.save_weights("量", {"routine": 1.0, "volume": value}))
    assert (
        told == f"観点「volume」の倍率 {value} は使えません。0.1 から 10 までの数にしてください。"
    )
    assert town.list_weight_sets() == []


@pytest.mark.parametrize("value", [0.1, 1.0, 10.0])
def test_multipliers_that_can_be_used(town: Town, value: float) -> None:
    assert town.save_weights("量", {"volume": value}).multipliers == {"volume": value}


def test_absent_weights_are_refused_with_those_that_exist(town: Town) -> None:
    none = "重み「量」は保存されていません。先に重みを保存してください。"
    assert refusal(lambda: town.read_weights("量")) == none
    town.save_weights("安全", VOLUME)
    town.save_weights("公平", VOLUME)
    town.save_weights("公平", VOLUME)
    others = "重み「量」は保存されていません。「安全」、「公平」 から選んでください。"
    assert refusal(lambda: town.read_weights("量", 1)) == others
    version = "重み「公平」に第 3 版はありません。1、2 から選んでください。"
    assert refusal(lambda: town.read_weights("公平", 3)) == version


# --- evaluations --------------------------------------------------------------------------------


def test_a_ranking_is_frozen_with_what_it_was_made_with(town: Town) -> None:
    town.save_weights("量", VOLUME)
    rows = ranking("税務課-1", "福祉課-1")
    number = town.freeze_evaluation(" 予算要求　の案", rows, "量", 1, VOLUME)
    found = town.read_evaluation(number)
    frozen = found.evaluation
    assert (frozen.title, frozen.set_name, frozen.set_version) == ("予算要求 の案", "量", 1)
    assert (frozen.multipliers, frozen.base_count) == (VOLUME, 8)
    assert frozen.settings_digest == town.report().settings.digest
    assert (frozen.frozen_at, frozen.frozen_by) == (NOW, "someone")
    assert found.rows.equals(rows)
    assert town.list_evaluations() == [frozen]


def test_a_frozen_ranking_stays_when_its_weights_get_a_version(town: Town) -> None:
    town.save_weights("量", VOLUME)
    number = town.freeze_evaluation("案", ranking("税務課-1"), "量", 1, VOLUME)
    before = town.read_evaluation(number).evaluation
    town.save_weights("量", {"volume": 9.0})
    assert town.read_evaluation(number).evaluation == before
    again = town.freeze_evaluation("旧版でもう一度", ranking("税務課-1"), "量", 1, VOLUME)
    assert [kept.id for kept in town.list_evaluations()] == [again, number]


def test_a_ranking_by_the_standard_weights(town: Town) -> None:
    number = town.freeze_evaluation("標準", ranking("税務課-1"), None, None, {"volume": 1.0})
    frozen = town.read_evaluation(number).evaluation
    assert (frozen.set_name, frozen.set_version) == (None, None)


def test_an_empty_ranking_is_kept(town: Town) -> None:
    number = town.freeze_evaluation("空", ranking(), None, None, {})
    assert town.read_evaluation(number).rows.height == 0


def test_no_version_means_the_latest_and_a_theme_times_one_is_no_change(town: Town) -> None:
    town.save_weights("量", VOLUME)
    town.save_weights("量", {"volume": 3.0})
    number = town.freeze_evaluation(
        "案", ranking("税務課-1"), "量", None, {"volume": 3.0, "routine": 1.0}
    )
    assert town.read_evaluation(number).evaluation.set_version == 2


def test_a_ranking_by_other_weights_than_it_says_is_refused(town: Town) -> None:
    town.save_weights("量", VOLUME)
    town.save_weights("量", {"volume": 3.0})
    rows = ranking("税務課-1")
    changed = "重み「量」の第 1 版から変えてあります。重みを保存してから、評価を残してください。"
    assert refusal(lambda: town.freeze_evaluation("案", rows, "量", 1, {"volume": 3.0})) == changed
    assert refusal(lambda: town.freeze_evaluation("案", rows, None, None, VOLUME)) == (
        "「標準」の重みから変えてあります。重みに名前を付けて保存してから、評価を残してください。"
    )
    absent = refusal(lambda: town.freeze_evaluation("案", rows, "安全", 1, VOLUME))
    assert absent == "重み「安全」は保存されていません。「量」 から選んでください。"
    assert town.list_evaluations() == []


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (" \u3000", "評価の題名がありません。題名を入れてください。"),
        ("長" * 101, f"評価の題名「{'長' * 101}」は長すぎます。100 文字までにしてください。"),
    ],
)
def test_titles_that_cannot_be_used(town: Town, title: str, told: str) -> None:
    work = lambda: town.freeze_evaluation(title, ranking(), None, None, {})  # noqa: E731
    assert refusal(work) == told


def test_a_task_that_has_gone_is_not_frozen(town: Town) -> None:
    rows = ranking("税務課-1", "税務課-9")
    told = refusal(lambda: town.freeze_evaluation("案", rows, None, None, {}))
    assert told == (
        "業務ID「税務課-9」は今の調査票にありません。画面を開き直してから、評価を残してください。"
    )
    assert town.list_evaluations() == []


def test_an_evaluation_that_is_not_there(town: Town) -> None:
    told = refusal(lambda: town.read_evaluation(7))
    assert told == "評価の番号 7 がありません。評価の一覧を開き直してください。"
