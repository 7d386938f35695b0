"""Groups of the same work: computed once per state of the store, and what people say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr.errors import InputError
from bpr.export.common_work import write_common_work
from bpr.frames import DataFrame, GroupDivisions, Groups, GroupWords, KindCounts, types_of
from bpr.match.groups import group_tasks
from bpr.match.kinds import count_kinds
from bpr.match.summary import compare_divisions, summarize_groups
from bpr.match.words import Grouping
from bpr.report import Report
from bpr.tabulate.listing import TaskQuery, filter_tasks
from bpr.workspace.office import Office
from bpr.workspace.rights import Right, needs
from bpr.workspace.words import kept_reason

LONGEST_NAME: Final = 100
FOUND: Final = 30
"""How many tasks a search for members brings."""
_SHOWN: Final = (
    "task_id",
    "division",
    "unit",
    "task_name",
    "activity_name",
    "staff_category",
    "annual_hours",
    "annual_count",
)


@dataclass(frozen=True)
class GroupedWork:
    """Every task's group, the groups, and each division's part in them."""

    grouping: Grouping
    groups: DataFrame[Groups]
    divisions: DataFrame[GroupDivisions]


@dataclass(frozen=True)
class GroupDetail:
    """One group: its row of `Groups`, its divisions, its members and what was taken out of it.

    `members` and `taken_out` hold `task_id, division, unit, task_name, activity_name,
    staff_category, annual_hours, annual_count`; members also `source`, taken out ones `reason`.
    """

    group: DataFrame[Groups]
    divisions: DataFrame[GroupDivisions]
    members: pl.DataFrame
    taken_out: pl.DataFrame


class GroupCases(Office):
    """The workspace's use cases about groups; `Workspace` inherits them."""

    @needs(Right.WHOLE)
    def grouped_work(self) -> GroupedWork:
        """Group all tasks, once per state of the store."""
        revision = self._here.revision()
        make = lambda: group_work(self._whole(), self._here.read_group_words())  # noqa: E731 - said once
        return self._remember(("groups", revision), make)

    @needs(Right.WHOLE)
    def list_groups(self) -> DataFrame[Groups]:
        """Groups of the same work across divisions, most hours first."""
        return self.grouped_work().groups

    @needs(Right.WHOLE)
    def list_kinds(self, view: str) -> DataFrame[KindCounts]:
        """Tasks by the kinds of a built-in view, beside what its town counted."""
        views = self.report().settings.common_work.views
        if view not in views:
            msg = f"分け方「{view}」はありません。{'、'.join(views)} から選んでください。"
            raise InputError(msg)
        return count_kinds(self.report().tasks, views[view])

    @needs(Right.WHOLE)
    def read_group(self, group_key: str) -> GroupDetail:
        """Everything about one group; `InputError` where it is not there."""
        return detail_group(self.report(), self.grouped_work(), group_key)

    @needs(Right.WEIGH)
    def confirm_group(self, group_key: str, *, confirmed: bool = True) -> None:
        """Record that a group is the same work, or take that back."""
        require_group(self.grouped_work(), group_key)
        action = "confirm" if confirmed else "unconfirm"
        self._say_of_groups(make_words(group_key, [None], action))

    @needs(Right.WEIGH)
    def rename_group(self, group_key: str, name: str | None) -> str:
        """Give a group another name (None: its own again); return the name it now has."""
        chosen = check_name(self.grouped_work(), group_key, name)
        self._say_of_groups(make_words(group_key, [None], "rename", name=chosen))
        return _name(self.read_group(group_key))

    @needs(Right.WEIGH)
    def take_out_of_group(
        self, group_key: str, task_ids: Sequence[str], reason: str | None = None
    ) -> None:
        """Take tasks out of a group."""
        detail = self.read_group(group_key)
        _require_tasks(task_ids, detail.members, f"「{_name(detail)}」に入っていません")
        self._say_of_groups(make_words(group_key, task_ids, "take_out", reason=reason))

    @needs(Right.WEIGH)
    def put_into_group(
        self, group_key: str, task_ids: Sequence[str], reason: str | None = None
    ) -> None:
        """Put tasks into a group, whatever group they are in now."""
        require_group(self.grouped_work(), group_key)
        _require_tasks(task_ids, self.report().tasks, "ありません")
        self._say_of_groups(make_words(group_key, task_ids, "put_in", reason=reason))

    @needs(Right.WEIGH)
    def put_back_into_group(self, group_key: str, task_ids: Sequence[str]) -> None:
        """Take back that tasks were taken out of a group."""
        detail = self.read_group(group_key)
        _require_tasks(task_ids, detail.taken_out, f"「{_name(detail)}」から外してありません")
        self._say_of_groups(make_words(group_key, task_ids, "forget"))

    @needs(Right.WHOLE)
    def find_for_group(self, group_key: str, text: str) -> pl.DataFrame:
        """Return the first tasks outside a group whose names hold the words (with `group`, the name of theirs)."""
        work = self.grouped_work()
        require_group(work, group_key)
        return find_outside(self.report(), work, group_key, text)

    @needs(Right.WHOLE)
    def export_common_work(self) -> bytes:
        """Workbook of the groups, their divisions, their members and the kinds of every view."""
        work = self.grouped_work()
        if not work.groups.height:
            raise InputError("課をまたぐ同じ業務は、まだありません。調査票を取り込んでください。")
        report = self.report()
        views = report.settings.common_work.views
        kinds = [(view, count_kinds(report.tasks, view)) for view in views.values()]
        return write_common_work(
            report.tasks, work.groups, work.divisions, work.grouping.memberships, kinds
        )

    def _say_of_groups(self, words: DataFrame[GroupWords]) -> None:
        self._here.add_group_words(words, self._act())


def group_work(report: Report, words: DataFrame[GroupWords]) -> GroupedWork:
    """Group the tasks of a report and sum the groups up."""
    grouping = group_tasks(report.tasks, report.settings.common_work.families, words)
    divisions = compare_divisions(report.tasks, grouping.memberships)
    return GroupedWork(grouping, summarize_groups(grouping, divisions), divisions)


def detail_group(report: Report, work: GroupedWork, group_key: str) -> GroupDetail:
    """Everything about one group; members by division in the order of the survey."""
    require_group(work, group_key)
    tasks = report.tasks.select(_SHOWN)
    own = work.grouping.memberships.filter(group_key=group_key).select("task_id", "source")
    out = work.grouping.taken_out.filter(group_key=group_key).select("task_id", "reason")
    return GroupDetail(
        Groups.validate(work.groups.filter(group_key=group_key)),
        GroupDivisions.validate(work.divisions.filter(group_key=group_key)),
        tasks.join(own, on="task_id", maintain_order="left"),
        tasks.join(out, on="task_id", maintain_order="left"),
    )


def find_outside(report: Report, work: GroupedWork, group_key: str, text: str) -> pl.DataFrame:
    """Tasks outside a group whose names hold the words, the best ranked first."""
    if not text.strip():
        raise InputError("探す言葉を入れてください。")
    names = work.grouping.names.select("group_key", group="name")
    found = filter_tasks(report.tasks, TaskQuery(text=text)).select(_SHOWN)
    placed = found.join(work.grouping.memberships, on="task_id", maintain_order="left")
    return (
        placed.filter(pl.col("group_key").ne_missing(pl.lit(group_key)))
        .join(names, on="group_key", how="left", maintain_order="left")
        .head(FOUND)
    )


def require_group(work: GroupedWork, group_key: str) -> None:
    """Raise `InputError` where a group is not there."""
    if group_key not in work.groups["group_key"]:
        raise InputError("このまとまりはもうありません。「共通業務」を開き直してください。")


def check_name(work: GroupedWork, group_key: str, name: str | None) -> str | None:
    """Name to keep, None for the group's own; `InputError` where it cannot be used."""
    require_group(work, group_key)
    chosen = (name or "").strip()
    if len(chosen) > LONGEST_NAME:
        msg = f"名前が長すぎます。{LONGEST_NAME} 文字までにしてください。"
        raise InputError(msg)
    group = work.groups.row(by_predicate=pl.col("group_key") == group_key, named=True)
    wanted = chosen or group["own_name"]
    others = work.groups.filter(pl.col("group_key") != group_key)["name"]
    if wanted in others:
        msg = f"「{wanted}」という名前のまとまりはもうあります。別の名前にしてください。"
        raise InputError(msg)
    return chosen if chosen and chosen != group["own_name"] else None


def make_words(
    group_key: str,
    task_ids: Sequence[str | None],
    action: str,
    *,
    name: str | None = None,
    reason: str | None = None,
) -> DataFrame[GroupWords]:
    """Return one word for every task, or (None) for the group as a whole."""
    text = kept_reason(reason)
    rows = [(group_key, task_id, action, name, text) for task_id in task_ids]
    return GroupWords.validate(pl.DataFrame(rows, schema=types_of(GroupWords), orient="row"))


def _require_tasks(task_ids: Sequence[str], tasks: pl.DataFrame, lack: str) -> None:
    if not task_ids:
        raise InputError("業務が選ばれていません。業務の左の欄にチェックを入れてください。")
    known = set(tasks["task_id"])
    for task_id in task_ids:
        if task_id not in known:
            msg = f"業務ID「{task_id}」は{lack}。「共通業務」を開き直してください。"
            raise InputError(msg)


def _name(detail: GroupDetail) -> str:
    return str(detail.group["name"].to_list()[0])
