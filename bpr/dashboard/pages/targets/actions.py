"""BPR対象: what the buttons of an opened target ask of the workspace."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bpr.dashboard.pages.targets.forms import PARTS, YEAR, Entries
from bpr.dashboard.pages.targets.reading import read_day, read_number, split_lines, split_texts
from bpr.decide.measurements import Measurement
from bpr.deciding_terms import TARGET_FIELDS, TARGET_STATUSES
from bpr.errors import ChangedMeanwhileError, InputError
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace

_HUNDRED: Final = 100
_DAYS: Final = {
    "before_from": "導入前の期間の初日",
    "before_to": "導入前の期間の最終日",
    "after_from": "導入後の期間の初日",
    "after_to": "導入後の期間の最終日",
}


@dataclass(frozen=True)
class Asked:
    """A pressed button: the target as it was seen, what stands in the forms, what was typed there."""

    target_id: int
    seen: int
    action: str
    entered: Entries
    own: Entries

    @property
    def form(self) -> str:
        """The form that the button belongs to: `move` of `move:running`."""
        return self.action.partition(":")[0]

    @property
    def fields(self) -> Mapping[str, str]:
        """What stands in that form."""
        return self.entered.get(self.form, {})


@dataclass(frozen=True)
class Outcome:
    """What is said, and what people typed that is to stay in the forms."""

    told: str
    kept: Entries
    done: bool


def act_on(workspace: Workspace, asked: Asked) -> Outcome:
    """Do what was asked; where somebody was quicker, say what and let all that was typed stay.

    Other refusals raise InputError: then nothing on the page is made anew.
    """
    try:
        told = _ACTIONS[asked.form](workspace, asked)
    except ChangedMeanwhileError as error:
        return Outcome(str(error), asked.own, done=False)
    return Outcome(told, {k: v for k, v in asked.own.items() if k != asked.form}, done=True)


def _move(workspace: Workspace, asked: Asked) -> str:
    status, day = asked.action.partition(":")[2], read_day(asked.fields["day"], "日付")
    workspace.move_target(asked.target_id, asked.seen, status, day, asked.fields["reason"])
    return f"対象 {asked.target_id} を「{TARGET_STATUSES[status].label}」にしました。"


def _edit(workspace: Workspace, asked: Asked) -> str:
    typed = asked.own.get("edit", {})
    if not typed:
        return "変わったところはありません。"
    values = read_values(typed, asked.fields)
    workspace.edit_target(asked.target_id, asked.seen, values)
    names = "、".join(TARGET_FIELDS[name].label for name in values)
    return f"対象 {asked.target_id} の{names}を保存しました。"


def read_values(typed: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, Any]:
    """Fields of a target from what was typed; the schedule is one field of many years."""
    values: dict[str, Any] = {}
    for name, text in typed.items():
        if name.startswith(YEAR):
            years = {key.removeprefix(YEAR): one for key, one in fields.items() if YEAR in key}
            values["schedule"] = {year: one.strip() for year, one in years.items() if one.strip()}
        elif name == "done_by":
            values[name] = int(read_number(text, "完了予定年度")) if text else None
        elif name in _LISTS:
            values[name] = _LISTS[name](text)
        else:
            values[name] = text.strip() or ("" if name == "name" else None)
    return values


def _refreeze(workspace: Workspace, asked: Asked) -> str:
    opinion = workspace.read_opinion(TaskQuery(weight_set=asked.fields["weights"]))
    workspace.refreeze_target(asked.target_id, asked.seen, asked.fields["reason"], opinion)
    return (
        f"対象 {asked.target_id} の見込みを、今の調査と「{opinion.label}」の重みで取り直しました。"
    )


def _measure(workspace: Workspace, asked: Asked) -> str:
    given = asked.fields
    days: dict[str, date] = {name: read_day(given[name], label) for name, label in _DAYS.items()}
    numbers = {
        "before": read_number(given["before"], "導入前の値"),
        "after": read_number(given["after"], "導入後の値"),
        "base": read_number(given["base"], "母数") if given["base"].strip() else None,
    }
    texts = {name: given[name].strip() or None for name in ("base_note", "freed_use", "freed_note", "note")}  # fmt: skip
    plain: dict[str, Any] = {**days, **numbers, **texts}
    doubts = workspace.measure_target(
        Measurement(asked.target_id, figure=given["figure"], evidence=given["evidence"], **plain)
    )
    return _with_doubts(f"対象 {asked.target_id} の効果を記録しました。", doubts)


def _measure_by_survey(workspace: Workspace, asked: Asked) -> str:
    edition = asked.fields["edition"]
    if not edition:
        raise InputError("後の調査が選ばれていません。調査を選んでください。")
    doubts = workspace.measure_by_survey(asked.target_id, int(edition))
    return _with_doubts(f"対象 {asked.target_id} の効果を、後の調査から記録しました。", doubts)


def _withdraw(workspace: Workspace, asked: Asked) -> str:
    number = asked.fields["measurement"]
    if not number:
        raise InputError("取り消す測定が選ばれていません。測定を選んでください。")
    reason = asked.fields["reason"]
    workspace.withdraw_measurement(asked.target_id, asked.seen, int(number), reason)
    return f"対象 {asked.target_id} の測定を 1 件取り消しました。"


def _split(workspace: Workspace, asked: Asked) -> str:
    parts: dict[str, float] = {}
    for n in range(1, PARTS + 1):
        name, share = asked.fields[f"part{n}"].strip(), asked.fields[f"share{n}"].strip()
        if name in parts:
            msg = f"部分の名前「{name}」が 2 つあります。違う名前にしてください。"
            raise InputError(msg)
        if name or share:
            parts[name] = read_number(share, f"部分 {n} の割合") / _HUNDRED
    workspace.split_target(asked.target_id, asked.seen, parts)
    return f"対象 {asked.target_id} を {len(parts)} つに切り分けました。"


def _merge(workspace: Workspace, asked: Asked) -> str:
    into = asked.fields["into"]
    if not into:
        raise InputError("残す対象が選ばれていません。対象を選んでください。")
    workspace.merge_targets(asked.target_id, asked.seen, int(into), asked.fields["reason"])
    return f"対象 {asked.target_id} を対象 {into} に統合しました。"


_LISTS: Final[dict[str, Callable[[str], list[str]]]] = {"means": split_texts, "links": split_lines}
_ACTIONS: Final[dict[str, Callable[[Workspace, Asked], str]]] = {
    "move": _move,
    "edit": _edit,
    "refreeze": _refreeze,
    "effect": _measure,
    "survey": _measure_by_survey,
    "unmeasure": _withdraw,
    "split": _split,
    "merge": _merge,
}


def _with_doubts(told: str, doubts: Sequence[str]) -> str:
    return "\n".join([told, *doubts])
