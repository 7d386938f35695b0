"""BPR対象: the target of the address, with the forms that the person may use on it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bpr.dashboard.pages.targets.actions import Asked
from bpr.dashboard.pages.targets.detail import name_measurements, view_detail
from bpr.dashboard.pages.targets.forms import (
    Entries,
    Field,
    edit_fields,
    effect_fields,
    first_entries,
    merge_fields,
    move_fields,
    own_entries,
    refreeze_fields,
    split_fields,
    survey_fields,
    withdrawal_fields,
)
from bpr.dashboard.pages.targets.ids import Ids
from bpr.dashboard.pages.targets.panel import Opened
from bpr.dashboard.pages.targets.query import TargetsQuery
from bpr.dashboard.pages.targets.view import stand
from bpr.dashboard.words import joined
from bpr.decide.targets import Target
from bpr.deciding_terms import TARGET_STATUSES
from bpr.errors import InputError
from bpr.store import Edition
from bpr.workspace import Workspace
from bpr.workspace.deciding import TargetDetail
from bpr.workspace.rights import Right, has_right

_ENDED = ("withdrawn", "merged")


def today(workspace: Workspace) -> date:
    """The day that it is for the workspace."""
    return workspace.clock().astimezone().date()


def open_target(workspace: Workspace, query: TargetsQuery, own: Entries) -> Opened:
    """Everything on the target of the address; `InputError` where it is not there."""
    if query.target_id is None:
        msg = f"対象の番号「{query.target}」がありません。一覧を開き直してください。"
        raise InputError(msg)
    detail = workspace.read_target(query.target_id)
    target, edition = detail.target, _edition(workspace, detail.target)
    forms = _forms(workspace, detail, edition)
    return Opened(
        view=view_detail(
            detail,
            _names(workspace, target),
            workspace.edition_label(edition) if edition else "",
            query,
        ),
        forms=forms,
        own=own,
        seen={
            "target": target.target_id,
            "version": target.version,
            "at_first": first_entries(forms),
        },
        way_back=query.with_(target="").href(Ids.LIST),
    )


def read_asked(action: str, seen: Mapping[str, Any], entered: Entries) -> Asked:
    """What a pressed button asks, from what the page remembers and what stands in its forms."""
    own = own_entries(entered, seen["at_first"])
    return Asked(int(seen["target"]), int(seen["version"]), action, entered, own)


def read_next(action: str, day: date) -> Asked:
    """What the button of a card asks (`12:5:running`): the next status, from today."""
    target, version, status = action.split(":")
    entered = {"move": {"day": day.isoformat(), "reason": ""}}
    return Asked(int(target), int(version), f"move:{status}", entered, {})


def _forms(
    workspace: Workspace, detail: TargetDetail, edition: Edition | None
) -> dict[str, Sequence[Field]]:
    """The forms that the person may use on a target in its present state."""
    target, person = detail.target, workspace.person()
    forms: dict[str, Sequence[Field]] = {}
    if target.is_final:
        return forms
    if has_right(person, Right.MEASURE):
        forms["effect"] = effect_fields(_surveyed(workspace, edition))
        if later := _later(workspace, edition):
            forms["survey"] = survey_fields(later)
        if measured := name_measurements(detail.measurements):
            forms["unmeasure"] = withdrawal_fields(measured)
    if not has_right(person, Right.DECIDE):
        return forms
    forms |= {"move": move_fields(today(workspace)), "edit": edit_fields(target, today(workspace))}
    if len(target.task_ids) == 1 and target.part is None:
        forms["refreeze"] = refreeze_fields(_weight_sets(workspace))
    forms["split"] = split_fields()
    if others := _others(workspace, target):
        forms["merge"] = merge_fields(others)
    return forms


def _edition(workspace: Workspace, target: Target) -> Edition | None:
    found = [one for one in workspace.list_editions() if one.id == target.edition_id]
    return found[0] if found else None


def _surveyed(workspace: Workspace, edition: Edition | None) -> int | None:
    """Fiscal year of the survey in which a target was decided on, as far as it is known."""
    if edition is None or edition.fiscal_year is not None:
        return edition.fiscal_year if edition else None
    if edition.id != workspace.edition().id:
        return None
    return workspace.report().fiscal_year


def _later(workspace: Workspace, edition: Edition | None) -> list[tuple[str, str]]:
    """Surveys that may be later than the target's, the latest last; the workspace decides."""
    if edition is None:
        return []
    return [
        (str(one.id), workspace.edition_label(one))
        for one in workspace.list_editions()
        if one.id != edition.id
        and (one.fiscal_year or one.id) > (edition.fiscal_year or 0 if one.fiscal_year else edition.id)
    ]  # fmt: skip


def _weight_sets(workspace: Workspace) -> list[tuple[str, str]]:
    """Kept weights in their latest version, as (address, label)."""
    return [
        (f"{one.name}@{one.version}", f"{one.name}（第 {one.version} 版）")
        for one in workspace.list_weight_sets()
    ]


def _names(workspace: Workspace, target: Target) -> dict[str, str]:
    """Names of the target's tasks, if the survey that is looked at is the target's."""
    if target.edition_id != workspace.edition().id:
        return {}
    tasks = workspace.report().tasks.select("task_id", "task_name", "activity_name")
    return {
        task_id: joined(task, activity, by="／") or task_id
        for task_id, task, activity in tasks.iter_rows()
        if task_id in target.task_ids
    }


def _others(workspace: Workspace, target: Target) -> list[tuple[str, str]]:
    """Targets that this one can be merged into, as (number, label)."""
    return [
        (
            str(row["target_id"]),
            f"対象 {row['target_id']}「{row['name']}」（{TARGET_STATUSES[row['status']].label}）",
        )
        for row in workspace.list_targets().iter_rows(named=True)
        if row["target_id"] != target.target_id and stand(row) not in _ENDED
    ]
