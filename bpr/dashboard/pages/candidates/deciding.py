"""候補: the way to the BPR targets - what makes tasks targets, and which are targets already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html, set_props

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.notices import NOTICE
from bpr.dashboard.pages.candidates.ids import Ids
from bpr.decide.years import fiscal_year
from bpr.deciding_terms import TARGET_STATUSES
from bpr.export.values import write_fiscal_year
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace
from bpr.workspace.rights import Right, has_right

_YEARS_AHEAD: Final = 5
_ENDED: Final = ("shelved", "withdrawn")


@dataclass(frozen=True)
class Taken:
    """The target that a task is; `label` as the list tells it."""

    target_id: int
    label: str

    @property
    def href(self) -> str:
        """Where the target is shown."""
        return f"/targets?target={self.target_id}"


def find_taken(workspace: Workspace) -> dict[str, Taken]:
    """Tasks of the survey that is looked at -> the target that each is, unless that has ended."""
    edition = workspace.edition().id
    taken: dict[str, Taken] = {}
    for row in workspace.list_targets().iter_rows(named=True):
        ended = row["status"] in _ENDED or row["merged_into"] is not None
        if row["edition_id"] == edition and not ended:
            label = f"BPR対象（{TARGET_STATUSES[row['status']].label}）"
            for task_id in row["task_ids"].split("、"):
                taken.setdefault(task_id, Taken(row["target_id"], label))
    return taken


def mark_taken(rows: list[dict[str, Any]], taken: Mapping[str, Taken]) -> list[dict[str, Any]]:
    """Rows of the list; those of targets say so in words."""
    return [
        {**row, "place": f"{taken[row['task_id']].label}　{row['place']}"}
        if row["task_id"] in taken
        else row
        for row in rows
    ]


def taken_part(taken: Taken | None) -> list[Any]:
    """What the explanation of a task says of its target."""
    if taken is None:
        return []
    return [
        html.P(
            [
                html.B(taken.label),
                "　",
                dcc.Link("進み具合を見る", href=taken.href, className="small-action"),
            ]
        )
    ]


def decide_bar(workspace: Workspace) -> list[Any]:
    """What makes the ticked tasks targets; nothing for those who may not decide."""
    if not has_right(workspace.person(), Right.DECIDE):
        return []
    first = fiscal_year(workspace.clock().astimezone().date())
    years = [
        (str(n), f"{write_fiscal_year(n)}（{n}）") for n in range(first, first + _YEARS_AHEAD + 1)
    ]
    return [
        html.Div(
            [
                dmc.Select(
                    id=Ids.DONE_BY,
                    label="完了予定年度（任意）",
                    data=[{"value": key, "label": label} for key, label in years],
                    placeholder="決めない",
                    clearable=True,
                    clearButtonProps={"aria-label": "完了予定年度を空にする"},
                ),
                text_field(id=Ids.OWNER, label="担当者（任意）", value=""),
                html.Button(decide_label(0), id=Ids.DECIDE, className="button", type="button"),
            ],
            className="decide-bar",
            role="group",
            **aria(label="選んだ業務をBPR対象にする"),
        ),
        dcc.Store(id=Ids.DECIDED),
    ]


def decide_label(count: int) -> str:
    """Words on the button for so many ticked tasks; without any it is about the one explained."""
    return f"選んだ {count} 業務をBPR対象にする" if count else "この業務をBPR対象にする"


def decide_tasks(
    workspace: Workspace,
    task_ids: Sequence[str],
    search: str | None,
    done_by: str | None,
    owner: str | None,
) -> list[int]:
    """Make tasks targets under the weights of the address and say so; return the targets' numbers."""
    values: dict[str, Any] = {"done_by": int(done_by)} if done_by else {}
    if owner and owner.strip():
        values["owner"] = owner.strip()
    opinion = workspace.read_opinion(TaskQuery.parse(search or ""))
    made = workspace.create_targets(task_ids, opinion=opinion, values=values)
    link = dcc.Link("「BPR対象」を開く", href="/targets")
    told = f"{len(made)} 業務をBPR対象に選定しました（重み：{opinion.label}）。"
    set_props(NOTICE, {"children": html.P([told, link], className="done")})
    return made
