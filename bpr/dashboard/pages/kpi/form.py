"""KPI: the form for yearly targets and for actuals of KPI that are entered by hand."""

from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

import dash_mantine_components as dmc
from dash import html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.pages.kpi.ids import Ids
from bpr.dashboard.pages.kpi.query import Look
from bpr.decide.years import fiscal_year
from bpr.deciding_terms import KPI_VALUE_KINDS
from bpr.errors import InputError
from bpr.export.values import write_fiscal_year
from bpr.terms import EVIDENCES
from bpr.text import squeeze
from bpr.workspace import Workspace
from bpr.workspace.rights import Right, has_right

_AHEAD: Final = 5
"""Years after this one that can be planned where the KPI has no target year."""


@dataclass(frozen=True)
class Entry:
    """What the form holds, read."""

    kind: str
    year: int
    value: float
    base: float | None
    evidence: str | None
    note: str | None


def entry_form(workspace: Workspace, look: Look) -> list[Any]:
    """Return the form for the chosen KPI; nothing for people who may not decide."""
    if not has_right(workspace.person(), Right.DECIDE):
        return []
    definition = look.view.definition
    by_hand = definition.measure == "entered"
    note = (
        "年度ごとの目標値と、実績値を入れます。割合には母数（何件のうちか）が要ります。"
        if by_hand
        else "年度ごとの目標値を入れます。実績は、BPR対象の記録から数えるので、入れません。"
    )
    return [
        html.Section(
            [
                html.H2(f"「{definition.label}」の{'目標と実績' if by_hand else '目標'}を入れる"),
                html.P(note, className="base"),
                html.Div(
                    [*_fields(look, by_hand=by_hand), _button()],
                    className="filters kpi-entry",
                    role="group",
                    **aria(label="目標と実績の入力"),
                ),
            ],
            className="card",
        )
    ]


def _fields(look: Look, *, by_hand: bool) -> list[Any]:
    definition, now = look.view.definition, fiscal_year(look.view.today)
    last = max(definition.target_year or now + _AHEAD, now)
    years = range(definition.baseline_year, last + 1)
    kinds = [kind for kind in KPI_VALUE_KINDS if by_hand or kind == "target"]
    hidden = {} if by_hand else {"display": "none"}
    return [
        _choice(Ids.KIND, "種類", {k: KPI_VALUE_KINDS[k].label for k in kinds}, kinds[-1], 120),
        _choice(Ids.YEAR, "年度", {str(y): write_fiscal_year(y) for y in years}, str(now), 150),
        _number(Ids.VALUE, f"値（{definition.unit}）", "例：62.5" if by_hand else "例：5", 130),
        html.Div(_number(Ids.BASE, "母数（件）", "例：8,400", 130), style=hidden),
        html.Div(
            _choice(Ids.PROOF, "根拠", {k: t.label for k, t in EVIDENCES.items()}, None, 150),
            style=hidden,
        ),
        text_field(
            id=Ids.NOTE,
            label="メモ（出所など）",
            placeholder="例：文書管理システムの集計",
            value="",
            size="md",
            className="kpi-note",
        ),
    ]


def _button() -> html.Button:
    return html.Button("記録する", id=Ids.ENTER, className="button", type="button")


def _choice(
    element: str, label: str, options: dict[str, str], value: str | None, width: int
) -> dmc.Select:
    return dmc.Select(
        id=element,
        label=label,
        data=[{"value": key, "label": text} for key, text in options.items()],
        value=value,
        allowDeselect=value is None,
        placeholder="選ぶ",
        w=width,
    )


def _number(element: str, label: str, example: str, width: int) -> dmc.TextInput:
    return text_field(
        id=element,
        label=label,
        placeholder=example,
        value="",
        inputProps={"inputMode": "decimal", "autoComplete": "off"},
        w=width,
    )


def read_entry(
    kind: str | None,
    year: str | None,
    value: str | None,
    base: str | None,
    evidence: str | None,
    note: str | None,
) -> Entry:
    """Read what was typed; raises InputError where a number is none."""
    number = _read_number("値", value)
    if number is None:
        raise InputError("値が空欄です。数を入れてください。")
    if not year:
        raise InputError("年度を選んでください。")
    return Entry(kind or "", int(year), number, _read_number("母数", base), evidence or None, note)


def _read_number(label: str, typed: str | None) -> float | None:
    """Read a number typed with commas, full-width digits or a per cent sign; None: nothing typed."""
    text = squeeze(typed or "").replace(",", "").removesuffix("%")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        msg = f"{label}の「{typed}」は使えません。62.5 のような数で入れてください。"
        raise InputError(msg)
    return number
