"""The bytes of workbooks that no longer count go; rows, hashes and decisions stay."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bpr.errors import InputError, RefusedError
from bpr.pipeline import Workbook
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, Person, acting
from tests.builder import workbook
from tests.store.kept import kept
from tests.tabulate.town import TOWN, town_workbook
from tests.workspace.common_town import ROWS
from tests.workspace.conftest import NOW
from tests.workspace.two_years import open_two_years

FIRST = town_workbook()
SECOND = workbook([*TOWN[:2]], name="調査票.xlsx")
OTHER = workbook(ROWS, name="別の課.xlsx")
EMPTY = Workbook("空.xlsx", b"")
COLUMNS = "id name sha256"
DAY = timedelta(days=1)


def on(workspace: Workspace, moment: datetime) -> Workspace:
    workspace.clock = lambda: moment
    return workspace


@pytest.fixture
def long_ago(workspace: Workspace) -> Workspace:
    """調査票.xlsx came in 2020 and was replaced in 2021; 別の課.xlsx was taken out in 2022."""
    on(workspace, datetime(2020, 5, 1, tzinfo=UTC)).import_workbooks([FIRST, OTHER, EMPTY])
    on(workspace, datetime(2021, 5, 1, tzinfo=UTC)).import_workbooks([SECOND])
    on(workspace, datetime(2022, 5, 1, tzinfo=UTC)).withdraw(OTHER.name)
    return on(workspace, NOW)


def rows(workspace: Workspace) -> list[tuple[object, ...]]:
    return kept(workspace.store.engine, "uploads", COLUMNS)


def sizes(workspace: Workspace) -> list[int]:
    found = kept(workspace.store.engine, "uploads", "data")
    return [len(data) for (data,) in found if isinstance(data, bytes)]


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refused:
        work()
    return str(refused.value)


def test_after_the_time_of_keeping_the_bytes_go(long_ago: Workspace) -> None:
    """1,825 days: what ended before 2022-06-21 goes; what counts stays whatever its age."""
    before, report = rows(long_ago), long_ago.report()
    past = long_ago.list_past_uploads()
    assert [(one.id, one.name, one.ended_at.year) for one in past] == [
        (2, "別の課.xlsx", 2022), (5, "別の課.xlsx", 2022), (1, "調査票.xlsx", 2021),
    ]  # fmt: skip
    assert long_ago.forget_uploads() == past
    assert rows(long_ago) == before
    assert sizes(long_ago) == [0, 0, 0, len(SECOND.data), 0]
    assert long_ago.report() is report
    assert long_ago.forget_uploads() == []


def test_what_was_forgotten_is_told_once_in_the_audit_log(long_ago: Workspace) -> None:
    with acting(Person("soumu", "総務課", "admin"), "192.0.2.7"):
        long_ago.forget_uploads()
        long_ago.forget_uploads()
    entry = long_ago.store.read_audit(action="upload.forget").row(0, named=True)
    assert (entry["who"], entry["place"]) == ("soumu", "192.0.2.7")
    assert entry["object"] == "別の課.xlsx、調査票.xlsx"
    size = len(FIRST.data) + 2 * len(OTHER.data)
    assert json.loads(entry["after"]) == {"editions": [1], "workbooks": 3, "bytes": size}
    assert long_ago.store.read_audit(action="upload.forget").height == 1
    assert long_ago.store.check_audit().broken_at is None


def test_what_ended_later_is_kept(workspace: Workspace) -> None:
    days = workspace.settings.security.retention.uploads_days
    on(workspace, NOW - (days + 9) * DAY).import_workbooks([FIRST])
    on(workspace, NOW - days * DAY).import_workbooks([SECOND])
    assert on(workspace, NOW).forget_uploads() == []
    assert len(on(workspace, NOW + DAY).forget_uploads()) == 1


def test_a_day_may_be_named(long_ago: Workspace) -> None:
    assert long_ago.forget_uploads(datetime(2021, 5, 1, tzinfo=UTC)) == []
    past = long_ago.forget_uploads(datetime(2021, 5, 2, tzinfo=UTC))
    assert [one.id for one in past] == [1]
    assert sizes(long_ago)[0] == 0
    assert sizes(long_ago)[1] == len(OTHER.data)


def test_a_forgotten_workbook_cannot_count_again(long_ago: Workspace) -> None:
    long_ago.forget_uploads()
    told = refusal(lambda: long_ago.restore(OTHER.name))
    assert told.startswith("「別の課.xlsx」の中身は消去してあるので、戻せません。")
    assert long_ago.store.read_upload(OTHER.name) is None
    assert long_ago.list_withdrawn() == [OTHER.name]
    assert long_ago.receive_workbooks([OTHER]).names("withdrawn") == [OTHER.name]
    again = Workbook("別の課（再）.xlsx", OTHER.data)
    assert long_ago.import_workbooks([again]) == ["別の課（再）.xlsx"]
    assert "住宅課" in long_ago.list_divisions()


def test_the_hash_still_tells_what_came_before(long_ago: Workspace) -> None:
    """FIRST, mended and sent back long ago, is known although its bytes are gone."""
    long_ago.forget_uploads()
    first = rows(long_ago)[0][2]
    assert isinstance(first, str)
    assert long_ago.store.knows_upload("調査票.xlsx", first)
    assert long_ago.receive_workbooks([SECOND]).names("unchanged") == ["調査票.xlsx"]


def test_a_workbook_that_was_taken_out_and_put_back_still_counts(workspace: Workspace) -> None:
    workspace.import_workbooks([FIRST])
    workspace.withdraw(FIRST.name)
    workspace.restore(FIRST.name)
    assert len(workspace.forget_uploads(NOW + DAY)) == 2
    assert workspace.report().tasks.height == 7
    workspace.withdraw(FIRST.name)
    workspace.restore(FIRST.name)
    assert sizes(workspace)[-1] == len(FIRST.data)


def test_a_file_that_came_empty_is_not_a_forgotten_one(workspace: Workspace) -> None:
    workspace.import_workbooks([EMPTY])
    workspace.withdraw(EMPTY.name)
    assert workspace.forget_uploads(NOW + DAY) == []
    workspace.restore(EMPTY.name)
    assert workspace.report().workbooks["status"].to_list() == ["refused"]


def test_no_copy_stays_in_the_file(long_ago: Workspace, tmp_path: Path) -> None:
    """SQLite would leave them in the gaps until these are used again."""
    marks = [book.data[-600:-300] for book in (FIRST, OTHER)]
    long_ago.forget_uploads()
    long_ago.store.engine.dispose()
    data = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("bpr.sqlite3*")))
    assert SECOND.data[-600:-300] in data
    assert [mark in data for mark in marks] == [False, False]


# --- a whole edition ----------------------------------------------------------------------------


def test_a_closed_edition_can_be_emptied_and_its_targets_stay(workspace: Workspace) -> None:
    open_two_years(workspace)
    with acting(LOCAL, "", 2):
        workspace.create_targets(["税務課-1"])
        assert workspace.report().tasks.height == 7
    told = refusal(lambda: workspace.forget_edition(2))
    assert "先に bpr edition close 2 で締め切ってください" in told
    target = workspace.read_target(1).target
    workspace.close_edition(2)
    [past] = workspace.forget_edition(2)
    assert (past.edition, past.name, past.size) == (2, "調査票.xlsx", len(FIRST.data))
    with acting(LOCAL, "", 2):
        assert workspace.report().tasks.is_empty()
        assert workspace.report().workbooks.is_empty()
        assert workspace.edition_label(workspace.edition()) == (
            "みどり野町　令和7年度調査（調査票は消去済み）"
        )
    with acting(LOCAL, "", 3):
        assert workspace.report().tasks.height == 6
    assert workspace.read_target(1).target == target
    workspace.move_target(1, target.version, "running")
    assert "消去する調査票がありません" in refusal(lambda: workspace.forget_edition(2))
    assert workspace.store.read_audit(action="upload.forget").height == 1
    assert "はもうあります" in refusal(lambda: workspace.open_edition("みどり野町", 2025))


def test_only_those_who_collect_may_forget(long_ago: Workspace) -> None:
    attempts: list[Callable[[], object]] = [
        long_ago.forget_uploads,
        long_ago.list_past_uploads,
        lambda: long_ago.forget_edition(1),
    ]
    for attempt in attempts:
        with acting(Person("x", "x", "decider")), pytest.raises(RefusedError):
            attempt()
