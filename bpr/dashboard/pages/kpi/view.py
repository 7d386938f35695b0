"""KPI: where the chosen KPI stands, the table of all, its path - as printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpr.dashboard.figures.kpi import KpiPath
from bpr.dashboard.pages.kpi.ids import Ids
from bpr.dashboard.pages.kpi.path import view_path
from bpr.dashboard.pages.kpi.query import KpiQuery, Look
from bpr.dashboard.pages.kpi.wording import (
    amount,
    in_era,
    span,
    tell_chance,
    with_unit,
    write_day,
)
from bpr.dashboard.words import LEVERS
from bpr.decide.evidence import Proof
from bpr.decide.progress import read_entered
from bpr.decide.units import fits, stands
from bpr.decide.years import fiscal_year
from bpr.deciding_terms import TARGET_STATUSES
from bpr.export.values import write_fiscal_year
from bpr.terms import EVIDENCES
from bpr.workspace.kpi_view import KpiView

Row = Mapping[str, Any]
Proofs = Mapping[int, Proof]
_OUT = ("candidate", "shelved", "withdrawn")
NOT_YET = "記録なし"


@dataclass(frozen=True)
class KpiLine:
    """One KPI of the table."""

    label: str
    href: str
    chosen: bool
    baseline: str
    goal: str
    reached: str
    planned: str
    grade: str
    forecast: str


@dataclass(frozen=True)
class YearLine:
    """One year of the chosen KPI; `href` opens what is behind its actual, empty where nothing is."""

    year: str
    href: str
    chosen: bool
    planned: str
    reached: str
    added: str
    grade: str
    base: str
    evidence: str
    remark: str


@dataclass(frozen=True)
class Progress:
    """The chosen KPI: the answer, what it rests on, its path as chart and as rows."""

    label: str
    answer: list[str]
    base: str
    sources: list[str]
    heading: str
    note: str
    sentence: str
    path: KpiPath
    years: list[YearLine]


def view_progress(look: Look, proofs: Proofs, interval: float) -> Progress:
    """Tell the chosen KPI; `interval`: probability with which a forecast holds."""
    view = look.view
    definition = view.definition
    goal = _goal(view)
    start = f"現状値 {_at(definition.baseline, definition.baseline_year)}"
    return Progress(
        label=definition.label,
        answer=[_tell_now(view), _tell_ahead(view, interval)],
        base=_tell_base(view, proofs),
        sources=_list_sources(view),
        heading=_tell_gap(view),
        note=f"{definition.label}（{definition.unit}）　{start} → 目標値 {goal}",
        sentence=_tell_path(view),
        path=view_path(view),
        years=[_year_line(row, look) for row in _rows(view)],
    )


def view_lines(look: Look, proofs: Proofs) -> list[KpiLine]:
    """Every KPI as one row."""
    return [_line(view, view.name == look.view.name, bool(proofs)) for view in look.views]


def _rows(view: KpiView) -> list[dict[str, Any]]:
    return view.progress.to_dicts()


def latest(view: KpiView) -> dict[str, Any] | None:
    """Return the last year of which somebody knows the actual; None before any."""
    entered = view.definition.measure == "entered"
    known = [
        row
        for row in _rows(view)
        if row["actual"] is not None
        and not (entered and row["fiscal_year"] == view.definition.baseline_year)
    ]
    return known[-1] if known else None


def _at(value: float | None, year: int | None) -> str:
    return f"{amount(value)}（{write_fiscal_year(year)}）" if year else amount(value)


def _goal(view: KpiView) -> str:
    target = _rows(view)[-1]["target"]
    if target is None:
        return "なし"
    entered = read_entered(view.name, view.values).targets
    return _at(target, max([*entered, view.definition.target_year or 0]))


def _grade(row: Row | None) -> str:
    return f"{row['grade']} {row['grade_label']}" if row and row["grade"] else "–"


def _running(view: KpiView) -> dict[str, Any]:
    year = fiscal_year(view.today)
    return next((row for row in _rows(view) if row["fiscal_year"] == year), _rows(view)[-1])


def _line(view: KpiView, chosen: bool, recorded: bool) -> KpiLine:  # noqa: FBT001 - private
    definition, row, forecast = view.definition, latest(view), view.forecast
    blank = definition.measure != "entered" and not recorded
    row = None if blank else row
    shown = row or _running(view)
    past = shown["fiscal_year"] < fiscal_year(view.today)
    when = f"（{write_fiscal_year(shown['fiscal_year'])}）" if past else ""
    return KpiLine(
        label=definition.label,
        href=KpiQuery(kpi=view.name).href(),
        chosen=chosen,
        baseline=_at(definition.baseline, definition.baseline_year),
        goal=_goal(view),
        reached=NOT_YET if row is None else with_unit(row["actual"], definition.unit) + when,
        planned=with_unit(shown["expected_by_now"], definition.unit) + when,
        grade="–" if row is None else _grade(row),
        forecast="なし"
        if blank or forecast.method == "none"
        else span(forecast.low, forecast.high, definition.unit),
    )


# --- the sentences -------------------------------------------------------------------------------


def _tell_now(view: KpiView) -> str:
    definition, row = view.definition, latest(view)
    if row is None:
        missing = {
            "entered": "実績値がまだ入っていません",
            "sum_hours": "実績で測った対象がまだないので、分かりません",
        }.get(definition.measure, "まだ分かりません")
        return f"{definition.label}は、{missing}。"
    running = row["fiscal_year"] == fiscal_year(view.today)
    when, until = (
        ("いま", "今日") if running else (write_fiscal_year(row["fiscal_year"]) + "に", "年度末")
    )
    text = f"{definition.label}は、{when} {with_unit(row['actual'], definition.unit)}。"
    if row["expected_by_now"] is None:
        return text + "目標値がないので、進み具合は評価していません。"
    planned = with_unit(row["expected_by_now"], definition.unit)
    return f"{text}{until}までの予定 {planned}に対して「{row['grade_label'] or '評価できない'}」。"


def _tell_ahead(view: KpiView, interval: float) -> str:
    forecast, unit = view.forecast, view.definition.unit
    if forecast.method == "none" or forecast.fiscal_year is None:
        return in_era(forecast.sentence)
    ahead = f"{write_fiscal_year(forecast.fiscal_year)}末の見通しは {span(forecast.low, forecast.high, unit)}"
    row = view.progress.filter(fiscal_year=forecast.fiscal_year).to_dicts()
    goal = row[0]["expected"] if row else None
    if goal is None:
        return f"{ahead}です。目標値はありません。"
    return f"{ahead}。{tell_chance(view.definition, forecast, goal, interval)}"


def _list_sources(view: KpiView) -> list[str]:
    sources = [f"KPI の出所：{view.definition.source}。"]
    if view.forecast.method != "none":
        sources.insert(0, f"見通し：{in_era(view.forecast.sentence)}")
    return sources


def _tell_base(view: KpiView, proofs: Proofs) -> str:
    definition, day = view.definition, f"{write_day(view.today)}現在。"
    if definition.measure == "entered":
        row = latest(view)
        if row is None:
            return f"母数：実績値を入れるときに、いっしょに入れます。{day}"
        kind = EVIDENCES[row["evidence"]].label if row["evidence"] else "根拠の記入なし"
        return f"母数 {amount(row['base'])} 件（{write_fiscal_year(row['fiscal_year'])}、{kind}）。{day}"
    own = [
        proof
        for proof in proofs.values()
        if proof.target.status not in _OUT
        and proof.target.merged_into is None
        and fits(definition, proof.target)
    ]
    there = [proof for proof in own if stands(definition, proof.target)]
    levers = "・".join(LEVERS[lever] for lever in definition.levers)
    which = f"（手段が {levers} のもの）" if levers else ""
    status = TARGET_STATUSES[definition.from_status].label
    if definition.measure == "count":
        return f"母数：BPR対象 {len(own)} 件{which}のうち、{status}まで進んだもの {len(there)} 件。{day}"
    kinds = "・".join(EVIDENCES[kind].label for kind in definition.evidence)
    measured = [
        one for one in there if one.realized and one.realized.evidence in definition.evidence
    ]
    return f"母数：{status}まで進んだ対象 {len(there)} 件{which}のうち、{kinds}で測ったもの {len(measured)} 件。{day}"


def _tell_gap(view: KpiView) -> str:
    row, unit = latest(view), view.definition.unit
    if row is None or row["expected_by_now"] is None:
        return "年度ごとの予定と実績"
    gap = row["actual"] - row["expected_by_now"]
    if amount(gap) == "0":
        return "予定の線どおり"
    far = with_unit(abs(gap), "ポイント" if unit == "%" else unit)
    return f"予定の線を {far}{'上回っている' if gap > 0 else '下回っている'}"


def _tell_path(view: KpiView) -> str:
    unit = view.definition.unit
    told = "、".join(
        f"{write_fiscal_year(row['fiscal_year'])} {with_unit(row['actual'], unit)}"
        for row in _rows(view)
        if row["actual"] is not None
    )
    parts = [f"{view.definition.label}の実績は、{told}。" if told else "実績はまだありません。"]
    target, forecast = _rows(view)[-1]["target"], view.forecast
    if target is not None:
        parts.append(f"目標は {_goal(view)}。")
    if forecast.fiscal_year and forecast.method != "none":
        ends = span(forecast.low, forecast.high, unit)
        parts.append(f"{write_fiscal_year(forecast.fiscal_year)}末の見通しは {ends}。")
    return "".join(parts)


def _year_line(row: Row, look: Look) -> YearLine:
    year, unit = row["fiscal_year"], look.view.definition.unit
    opens = row["actual"] is not None
    return YearLine(
        year=write_fiscal_year(year),
        href=KpiQuery(look.view.name, str(year)).href(Ids.EVIDENCE) if opens else "",
        chosen=year == look.year,
        planned=with_unit(row["expected"], unit),
        reached=with_unit(row["actual"], unit),
        added="–" if row["added"] is None else f"{row['added']:+,.4g}".replace("-", "−"),
        grade=_grade(row),
        base=amount(row["base"]),
        evidence=EVIDENCES[row["evidence"]].label if row["evidence"] else "–",
        remark=in_era(row["remark"] or ""),
    )
