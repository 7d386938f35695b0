"""確認: what the page says of the queue, and which task comes next."""

import time
from datetime import UTC, datetime
from string import ascii_uppercase

import pytest

from bpr.dashboard.pages.review.view import LessonLine, next_task, view_review
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace
from tests.builder import Rows, workbook
from tests.dashboard.conftest import MakeWorkspace
from tests.tabulate.town import town_workbook

HEADER = ["整理番号", "課", "係", "業務名", "年間作業時間"]
TOWN: Rows = [
    HEADER,
    *([i, "税務課", "市民税係", letter * 3, 100 - 10 * i] for i, letter in enumerate("ABCDEF")),
    *([i, "福祉課", "給付係", letter * 3, 5 - i] for i, letter in enumerate("GHIJ")),
]
"""Ten names of which nothing can be said, the most hours first: doubt 0.75 each."""
IDS = [*(f"税務課-{i}" for i in range(6)), *(f"福祉課-{i}" for i in range(4))]


@pytest.fixture
def town(make_workspace: MakeWorkspace) -> Workspace:
    made = make_workspace(workbook(TOWN, name="調査票.xlsx"))
    made.clock = lambda: datetime(2027, 6, 20, 3, 0, tzinfo=UTC)
    return made


def shown(workspace: Workspace, **wanted: str) -> str | None:
    item = view_review(workspace, TaskQuery(**wanted)).item
    return item.task_id if item else None


# --- the task -----------------------------------------------------------------------------------


def test_the_first_of_the_queue_is_shown(town: Workspace) -> None:
    item = view_review(town, TaskQuery()).item
    assert item is not None
    assert (item.task_id, item.heading, item.place) == ("税務課-0", "AAA", "税務課 市民税係")
    assert item.facts == "年 100 時間　調査票.xlsx［調査票］2 行"
    assert item.cause == "確かめる理由：判定できない（自動判定の手がかりになる言葉がない）"
    assert item.judgement.work_class == ""
    assert (item.same_names, item.history) == ([], [])


@pytest.mark.parametrize(
    ("wanted", "task_id"),
    [
        ({"task": "税務課-3"}, "税務課-3"),
        ({"task": "ない"}, "税務課-0"),
        ({"division": "福祉課"}, "福祉課-0"),
        ({"division": "福祉課", "task": "税務課-3"}, "税務課-3"),
        ({"cause": "cannot_say"}, "税務課-0"),
        ({"cause": "disagreement"}, None),
        ({"division": "ない課"}, None),
    ],
)
def test_the_address_names_task_and_filters(
    town: Workspace, wanted: dict[str, str], task_id: str | None
) -> None:
    assert shown(town, **wanted) == task_id


def test_a_task_that_was_reviewed_can_still_be_looked_at(town: Workspace) -> None:
    town.correct_classes(["税務課-0"], "core", "窓口で決める")
    assert shown(town) == "税務課-1"
    item = view_review(town, TaskQuery(task="税務課-0")).item
    assert item is not None
    assert item.cause == "この業務は確認済みか、確かめる必要のない業務です。"
    assert (item.judgement.work_class, item.judgement.source) == ("core", "人の確認")
    [line] = item.history
    assert line.endswith("　local　I コア　理由：窓口で決める　自動では 判定できない")


def test_the_history_is_told_in_the_time_of_the_office(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three o'clock UTC is noon in Japan."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    town.correct_classes(["税務課-0"], "core", None)
    town.undo_correction()
    item = view_review(town, TaskQuery(task="税務課-0")).item
    monkeypatch.undo()
    time.tzset()
    assert item is not None
    first, second = item.history
    assert first.startswith("2027-06-20 12:00　")
    assert "訂正なしに戻す（元に戻した）" in second


def test_three_likely_classes_are_told(make_workspace: MakeWorkspace) -> None:
    rows: Rows = [HEADER, [1, "税務課", None, "総合計画の策定", 10]]
    workspace = make_workspace(workbook(rows))
    item = view_review(workspace, TaskQuery(task="税務課-1")).item
    assert item is not None
    assert item.chances[0][0] == "I コア"
    chances = [chance for _, chance in item.chances]
    assert len(chances) == 3
    assert chances == sorted(chances, reverse=True)


def test_look_alikes_are_named(make_workspace: MakeWorkspace) -> None:
    rows: Rows = [
        HEADER, [1, "税務課", None, "証明（1）", 10], [1, "市民課", "一係", "証明（2）", 20],
        [2, "市民課", "一係", "証明の交付", 20],
    ]  # fmt: skip
    item = view_review(make_workspace(workbook(rows)), TaskQuery(task="税務課-1")).item
    assert item is not None
    assert item.same_names == ["市民課 一係　証明（2）"]


# --- the queue ----------------------------------------------------------------------------------


def test_the_lines_beside_the_task(town: Workspace) -> None:
    page = view_review(town, TaskQuery())
    assert [line.name for line in page.lines] == [letter * 3 for letter in ascii_uppercase[:8]]
    assert [line.current for line in page.lines] == [True, *[False] * 7]
    assert page.more == 2
    first = page.lines[0]
    assert (first.place, first.cause, first.hours) == ("税務課・市民税係", "判定できない", "100")
    assert TaskQuery.parse(first.address) == TaskQuery(task="税務課-0")


@pytest.mark.parametrize(
    ("task_id", "first", "more"), [("税務課-2", "BBB", 1), ("福祉課-3", "CCC", 0)]
)
def test_the_lines_follow_the_task(town: Workspace, task_id: str, first: str, more: int) -> None:
    page = view_review(town, TaskQuery(task=task_id))
    assert (page.lines[0].name, len(page.lines), page.more) == (first, 8, more)
    assert [line.current for line in page.lines].count(True) == 1


def test_the_lines_keep_the_filters(town: Workspace) -> None:
    page = view_review(town, TaskQuery(division="福祉課", cause="cannot_say"))
    assert [line.name for line in page.lines] == ["GGG", "HHH", "III", "JJJ"]
    assert page.more == 0
    wanted = TaskQuery(division="福祉課", cause="cannot_say", task="福祉課-1")
    assert TaskQuery.parse(page.lines[1].address) == wanted


# --- the answer ---------------------------------------------------------------------------------


def test_the_answer_counts_the_queue(town: Workspace) -> None:
    assert view_review(town, TaskQuery()).answer == [
        "人が確かめるとよい業務が 10 件あります。影響の大きい順に並べました。"
    ]


def test_the_answer_tells_what_the_first_twenty_cover(make_workspace: MakeWorkspace) -> None:
    """Twenty of 100 hours and five of 40: 1,500 of 1,650 hours at stake are 91%."""
    rows: Rows = [HEADER, *([i, "税務課", None, letter * 3, 100 if i < 20 else 40] for i, letter in enumerate(ascii_uppercase[:25]))]  # fmt: skip
    assert view_review(make_workspace(workbook(rows)), TaskQuery()).answer == [
        "人が確かめるとよい業務が 25 件あります。影響の大きい順に並べました。",
        "上から 20 件で、誤りかもしれない年 1,650 時間の 91% を確かめられます。",
    ]


def test_when_nothing_is_left_the_answer_says_so(town: Workspace) -> None:
    nothing = view_review(town, TaskQuery(cause="disagreement"))
    assert nothing.answer == [
        "この条件では、確かめる業務は残っていません。絞り込みを外してください。"
    ]
    assert (nothing.item, nothing.lines, nothing.more) == (None, [], 0)
    town.correct_classes(IDS, "core", None)
    assert view_review(town, TaskQuery()).answer == ["確かめる業務は残っていません。"]


def test_an_empty_workspace_has_an_empty_queue(make_workspace: MakeWorkspace) -> None:
    page = view_review(make_workspace(), TaskQuery())
    assert (page.item, page.lines, page.lessons) == (None, [], [])
    assert next_task(make_workspace(), TaskQuery(), 1, []) == ""


# --- the next one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "step", "leaving", "following"),
    [
        ({"task": "税務課-0"}, 1, [], "税務課-1"),
        ({"task": "税務課-1"}, -1, [], "税務課-0"),
        ({"task": "福祉課-3"}, 1, [], "税務課-0"),
        ({"task": "税務課-0"}, -1, [], "福祉課-3"),
        ({"task": "税務課-0"}, 1, ["税務課-0"], "税務課-1"),
        ({"task": "税務課-0"}, 1, ["税務課-0", "税務課-1", "税務課-3"], "税務課-2"),
        ({"task": "税務課-2"}, 1, ["税務課-2", *IDS[3:]], "税務課-0"),
        ({"task": "税務課-0"}, 1, IDS, ""),
        ({"task": "福祉課-3", "division": "福祉課"}, 1, [], "福祉課-0"),
        ({"task": "税務課-5", "division": "福祉課"}, 1, [], "福祉課-0"),
        ({"task": "税務課-5", "division": "福祉課"}, -1, [], "福祉課-3"),
        ({"task": "税務課-0", "cause": "disagreement"}, 1, [], ""),
    ],
)
def test_the_next_task(
    town: Workspace, wanted: dict[str, str], step: int, leaving: list[str], following: str
) -> None:
    assert next_task(town, TaskQuery(**wanted), step, leaving) == following


def test_the_queue_is_worked_off_in_its_order(town: Workspace) -> None:
    seen, current = [], IDS[0]
    while current:
        seen.append(current)
        following = next_task(town, TaskQuery(task=current), 1, [current])
        town.correct_classes([current], "core", None)
        current = following
    assert seen == IDS


# --- what was learned ---------------------------------------------------------------------------


def test_a_lesson_that_is_still_to_come(town: Workspace) -> None:
    town.correct_classes(IDS[:6], "core", None)
    town.correct_classes(IDS[6:7], "core", None)
    assert view_review(town, TaskQuery()).lessons == [
        LessonLine("税務課", "6 件", "あと 14 件で学習します"),
        LessonLine("福祉課", "1 件", "あと 19 件で学習します"),
    ]


def test_what_the_survey_answered_needs_no_look(make_workspace: MakeWorkspace) -> None:
    page = view_review(make_workspace(town_workbook()), TaskQuery(cause="cannot_say"))
    assert page.item is None
