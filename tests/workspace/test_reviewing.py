"""Reviewing classes: the queue, decisions on one task or many, what is kept of them, and undoing."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from bpr.classify.accuracy import find_accuracy
from bpr.errors import ChangedMeanwhileError, InputError
from bpr.settings import Settings
from bpr.store import Act, Correction
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace, summarize_reviews
from bpr.workspace.acting import Person, acting
from tests.builder import Rows, workbook
from tests.workspace.conftest import NOW

Opener = Callable[[], Workspace]

TOWN: Rows = [
    ["整理番号", "課", "業務名", "作業名", "年間作業時間", "職員でなければできない", "専門性", "定型"],
    [1, "税務課", "賦課", "申告書の入力", 400, "はい", None, None],
    [2, "税務課", "賦課", "税額の決定", 100, "はい", None, None],
    [3, "税務課", "ＸＹＺ", None, 40, None, None, None],
    [4, "税務課", "証明（1）", "来庁者対応", 20, None, None, None],
    [1, "市民課", "証明（2）", "来庁者対応", 30, None, None, None],
    [2, "市民課", "Ｑｑｑ", None, 200, None, None, None],
]  # fmt: skip
"""税務課-1: the survey says core, the model routine for sure. 税務課-3, 市民課-2: nonsense."""


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([workbook(TOWN, name="調査票.xlsx")])
    return workspace


def counting(workspace: Workspace) -> dict[str, str]:
    """What people said, as far as it counts: task -> class."""
    said = workspace.report().classes.filter(pl.col("work_class_source") == "person")
    return dict(said.select("task_id", "work_class").iter_rows())


# --- the queue ----------------------------------------------------------------------------------


def test_the_queue_tells_name_place_and_cause(town: Workspace) -> None:
    [row] = town.list_reviews(TaskQuery(cause="disagreement")).to_dicts()
    told = ("task_id", "division", "task_name", "activity_name", "annual_hours", "work_class")
    assert [row[name] for name in told] == [
        "税務課-1", "税務課", "賦課", "申告書の入力", 400.0, "core",
    ]  # fmt: skip
    assert 0.45 < row["doubt"] < 0.5
    assert row["hours_at_stake"] == pytest.approx(400 * row["doubt"])


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"cause": "cannot_say"}, ["市民課-2", "税務課-3"]),
        ({"cause": "cannot_say", "division": "税務課"}, ["税務課-3"]),
        ({"cause": "against_others"}, []),
        ({"cause": "ない"}, []),
        ({"division": "ない課"}, []),
    ],
)
def test_the_queue_by_division_and_cause(
    town: Workspace, wanted: dict[str, str], ids: list[str]
) -> None:
    assert town.list_reviews(TaskQuery(**wanted))["task_id"].to_list() == ids


def test_the_queue_is_by_hours_at_stake(town: Workspace) -> None:
    queue = town.list_reviews(TaskQuery())
    assert queue["task_id"].to_list()[:2] == ["税務課-1", "市民課-2"]
    assert queue["hours_at_stake"].is_sorted(descending=True)
    assert queue["task_id"].to_list() == town.report().reviews["task_id"].to_list()


def test_a_decision_takes_a_task_out_of_the_queue_and_undoing_puts_it_back(
    town: Workspace,
) -> None:
    before = town.list_reviews(TaskQuery())
    town.correct_classes(["税務課-1"], "core", None)
    after = town.list_reviews(TaskQuery())
    assert set(before["task_id"]) - set(after["task_id"]) == {"税務課-1"}
    town.undo_correction()
    assert town.list_reviews(TaskQuery()).equals(before)


def test_how_much_the_first_ones_cover() -> None:
    queue = pl.DataFrame({"hours_at_stake": [50.0, 30.0, 20.0]})
    found = summarize_reviews(queue, first=2)
    assert (found.tasks, found.hours_at_stake, found.first, found.first_share) == (3, 100, 2, 0.8)
    nothing = summarize_reviews(queue.clear())
    assert (nothing.tasks, nothing.hours_at_stake, nothing.first_share) == (0, 0, 0)


# --- deciding -----------------------------------------------------------------------------------


def test_one_decision_on_several_tasks(town: Workspace) -> None:
    town.correct_classes(["税務課-4", "市民課-1"], "expert", "  制度の知識がいる ")
    assert counting(town) == {"税務課-4": "expert", "市民課-1": "expert"}
    for task_id in ("税務課-4", "市民課-1"):
        [line] = town.read_history(task_id)
        assert (line.work_class, line.reason, line.decided_by) == (
            "expert",
            "制度の知識がいる",
            "local",
        )
        assert line.decided_at == NOW
    assert town.undo_correction() == ["税務課-4", "市民課-1"]
    assert counting(town) == {}


def test_tasks_of_the_same_name_can_be_decided_together(town: Workspace) -> None:
    assert town.list_same_names("税務課-4") == ["市民課-1"]
    assert town.list_same_names("税務課-1") == []
    town.correct_classes(["税務課-4", *town.list_same_names("税務課-4")], "expert", None)
    assert counting(town) == {"税務課-4": "expert", "市民課-1": "expert"}


@pytest.mark.parametrize(
    ("task_ids", "work_class", "reason"),
    [
        (["税務課-1"], "CORE", "業務の性質「CORE」は選べません。I～IV から選んでください。"),
        (["税務課-1"], "", "業務の性質「」は選べません。I～IV から選んでください。"),
        ([], "core", "業務が選ばれていません。一覧から選んでください。"),
        (["税務課-9"], "core", "業務ID「税務課-9」がありません。画面を開き直してください。"),
        (
            ["税務課-1", "税務課-9"],
            "core",
            "業務ID「税務課-9」がありません。画面を開き直してください。",
        ),
        (["税務課-9"], None, "業務ID「税務課-9」がありません。画面を開き直してください。"),
    ],
)
def test_what_cannot_be_decided_is_explained_and_nothing_is_kept(
    town: Workspace, task_ids: list[str], work_class: str | None, reason: str
) -> None:
    with pytest.raises(InputError) as refused:
        town.correct_classes(task_ids, work_class, None)
    assert str(refused.value) == reason
    assert town.read_history("税務課-1") == []


@pytest.mark.parametrize(
    ("given", "kept"), [("理" * 5000, "理" * 1000), ("  様式 ", "様式"), ("  ", None), (None, None)]
)
def test_a_reason_is_trimmed(town: Workspace, given: str | None, kept: str | None) -> None:
    town.correct_classes(["税務課-1"], "core", given)
    assert town.read_history("税務課-1")[0].reason == kept


@pytest.mark.parametrize(
    ("task_id", "automatic"),
    [("税務課-1", "core"), ("税務課-2", "core"), ("税務課-3", None)],
)
def test_what_survey_or_model_said_then_is_kept(
    town: Workspace, task_id: str, automatic: str | None
) -> None:
    town.correct_classes([task_id], "expert", None)
    town.correct_classes([task_id], "nonroutine", None)
    town.undo_correction()
    assert [line.automatic_class for line in town.read_history(task_id)] == [automatic] * 3


def test_without_an_answer_the_models_class_is_what_was_said(town: Workspace) -> None:
    said = town.report().classes.filter(task_id="市民課-1")["model_class"].item()
    assert said is not None
    town.correct_classes(["市民課-1"], "core", None)
    assert town.read_history("市民課-1")[0].automatic_class == said


# --- undoing ------------------------------------------------------------------------------------


def test_undoing_puts_back_the_former_word(town: Workspace) -> None:
    town.correct_classes(["税務課-1"], "expert", "専用機")
    town.correct_classes(["税務課-1", "税務課-2"], "routine", None)
    assert town.undo_correction() == ["税務課-1", "税務課-2"]
    assert counting(town) == {"税務課-1": "expert"}
    reason = town.report().classes.filter(task_id="税務課-1")["reason"].item()
    assert reason == "人が確認しました：専用機"


def test_undoing_goes_back_further_each_time(town: Workspace, reopen: Opener) -> None:
    town.correct_classes(["税務課-1"], "expert", None)
    town.correct_classes(["税務課-2"], "expert", None)
    assert town.undo_correction() == ["税務課-2"]
    assert reopen().undo_correction() == ["税務課-1"]
    with pytest.raises(InputError, match=r"^元に戻せる記録がありません。$"):
        town.undo_correction()


def test_there_is_nothing_to_undo(town: Workspace) -> None:
    with pytest.raises(InputError, match=r"^元に戻せる記録がありません。$"):
        town.undo_correction()


def test_what_somebody_else_decided_since_is_not_undone(town: Workspace) -> None:
    town.correct_classes(["税務課-1"], "expert", None)
    town.store.add_corrections([Correction("税務課-1", "routine", None, None)], Act("other", NOW))
    with pytest.raises(InputError) as refused:
        town.undo_correction()
    assert str(refused.value) == (
        "直前の記録の後に、同じ業務へ別の記録があります。業務のページで直してください。"
    )
    assert counting(town) == {"税務課-1": "routine"}


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(town: Workspace) -> None:
    town.correct_classes(["税務課-1"], "expert", None, seen=0)
    town.correct_classes(["税務課-1"], "routine", None, seen=1)
    with acting(Person("kacho", "課長", "decider")), pytest.raises(ChangedMeanwhileError) as told:
        town.correct_classes(["税務課-1"], "core", None, seen=1)
    when = NOW.astimezone().strftime("%m月%d日 %H:%M")
    assert f"local が {when} に「III ノンコア（専門性不要・定型）」と記録しました" in str(
        told.value
    )
    assert counting(town) == {"税務課-1": "routine"}
    assert len(town.read_history("税務課-1")) == 2


# --- what the model thinks ----------------------------------------------------------------------


def test_the_classes_of_a_task_are_ranked(town: Workspace) -> None:
    [row] = town.report().classes.filter(task_id="税務課-1").to_dicts()
    ranked = town.rank_classes("税務課-1")
    assert ranked[0] == (row["model_class"], row["model_probability"])
    assert sum(chance for _, chance in ranked) == pytest.approx(1)
    assert town.rank_classes("ない") == []


def test_how_good_the_classes_are_is_told_only_of_the_model_that_was_measured(
    town: Workspace, tmp_path: Path
) -> None:
    assert town.accuracy() == find_accuracy(Settings.load().acts)
    product = Path(__file__).parents[2] / "bpr" / "settings" / "acts.toml"
    own = product.read_text(encoding="utf-8").replace('label = "本人確認"', 'label = "本人の確認"')
    (tmp_path / "acts.toml").write_text(own, encoding="utf-8")
    other = Workspace.open(f"sqlite:///{tmp_path}/other.sqlite3", tmp_path)
    assert other.accuracy() is None
    other.store.engine.dispose()
