"""KPI: what is behind one year's number - the units with their evidence, or what was entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bpr.dashboard.pages.kpi.ids import Ids
from bpr.dashboard.pages.kpi.query import KpiQuery, Look
from bpr.dashboard.pages.kpi.wording import amount, in_era, with_unit, write_day
from bpr.dashboard.words import LEVERS, whole
from bpr.decide.evidence import Proof, units_at, units_gone
from bpr.deciding_terms import FIGURES, KPI_VALUE_KINDS
from bpr.export.values import write_fiscal_year
from bpr.frames import DataFrame, KpiUnits
from bpr.terms import EVIDENCES
from bpr.workspace.acting import LOCAL

Proofs = Mapping[int, Proof]


@dataclass(frozen=True)
class YearLink:
    """One year to open, with its number."""

    year: str
    value: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class UnitLine:
    """One unit that is counted, with its evidence."""

    name: str
    part: str
    href: str
    division: str
    lever: str
    since: str
    hours: str
    counted: str
    evidence: str


@dataclass(frozen=True)
class GoneLine:
    """One unit that counted once: until when, and why no longer."""

    name: str
    href: str
    division: str
    since: str
    until: str
    reason: str


@dataclass(frozen=True)
class EnteredLine:
    """One figure that somebody entered; `used`: the latest of its year and kind counts.

    `chosen`: of the year looked at.
    """

    year: str
    kind: str
    value: str
    base: str
    evidence: str
    note: str
    entered: str
    used: str
    chosen: bool


@dataclass(frozen=True)
class Behind:
    """What is behind the number of a year."""

    heading: str
    note: str
    years: list[YearLink]
    units: list[UnitLine]
    gone: list[GoneLine]
    entered: list[EnteredLine]
    by_hand: bool
    with_hours: bool


def view_behind(look: Look, proofs: Proofs) -> Behind:
    """Open the number of the year looked at."""
    view, year = look.view, look.year
    definition, by_hand = view.definition, view.definition.measure == "entered"
    there = units_at(view.units, definition, year, view.today)
    row = view.progress.filter(fiscal_year=year).to_dicts()[0]
    value = with_unit(row["actual"], definition.unit)
    remark = f"{in_era(row['remark'])}。" if row["remark"] else ""
    return Behind(
        heading=f"{write_fiscal_year(year)}の {value}は、何を数えたか"
        if not by_hand
        else f"{definition.label}の、入れた値と根拠",
        note="値を入れ直しても、前の値は残ります。"
        if by_hand
        else f"{there.height} 業務（現状値 {amount(definition.baseline)} を除く）。導入前 → 後は、対象ごとの 1 年あたりの時間で、いままでに測った最新のもの。{remark}",
        years=_list_years(look),
        units=[_unit_line(row, proofs) for row in there.to_dicts()],
        gone=_list_gone(units_gone(view.units, definition, year, view.today)),
        entered=_list_entered(look),
        by_hand=by_hand,
        with_hours=definition.measure == "sum_hours",
    )


def _list_years(look: Look) -> list[YearLink]:
    view = look.view
    return [
        YearLink(
            write_fiscal_year(row["fiscal_year"]),
            with_unit(row["actual"], view.definition.unit),
            KpiQuery(view.name, str(row["fiscal_year"])).href(Ids.EVIDENCE),
            row["fiscal_year"] == look.year,
        )
        for row in view.progress.to_dicts()
        if row["actual"] is not None
    ]


def target_href(target_id: int) -> str:
    """Address of a BPR target."""
    return f"/targets?target={target_id}"


def _unit_line(row: Mapping[str, Any], proofs: Proofs) -> UnitLine:
    proof = proofs[row["target_id"]]
    lever = proof.target.lever
    return UnitLine(
        name=row["label"],
        part=proof.target.part or "",
        href=target_href(row["target_id"]),
        division=row["division"] or "–",
        lever=LEVERS.get(lever, lever) if lever else "–",
        since=write_day(row["counted_on"]),
        hours=tell_hours(proof),
        counted="–" if row["hours"] is None else whole(row["hours"]),
        evidence=tell_evidence(proof),
    )


def tell_hours(proof: Proof) -> str:
    """410 → 96; a dash where the hours were not measured."""
    before, realized = proof.before_hours, proof.realized
    if before is None or realized is None:
        return "–"
    return f"{whole(before)} → {whole(before - realized.hours)}"


def tell_evidence(proof: Proof) -> str:
    """Kind of evidence; where no hours were measured, of which figures."""
    kind = proof.evidence
    if kind is None:
        return "測定なし"
    if proof.realized:
        return EVIDENCES[kind].label
    figures = dict.fromkeys(FIGURES[one.figure].label for one in proof.measurements)
    return f"{EVIDENCES[kind].label}（{'、'.join(figures)}）"


def _list_gone(units: DataFrame[KpiUnits]) -> list[GoneLine]:
    return [
        GoneLine(
            name=row["label"],
            href=target_href(row["target_id"]),
            division=row["division"] or "–",
            since=write_day(row["counted_on"]),
            until=_day(row["until"]),
            reason=row["reason"] or "–",
        )
        for row in units.to_dicts()
    ]


def _day(day: date | None) -> str:
    return "–" if day is None else write_day(day)


def _list_entered(look: Look) -> list[EnteredLine]:
    """Figures entered for the KPI, the newest first; earlier ones of the same year stay to be seen."""
    rows = look.view.values.to_dicts()
    last = {(row["fiscal_year"], row["kind"]): row["sequence"] for row in rows}
    unit = look.view.definition.unit
    return [
        EnteredLine(
            year=write_fiscal_year(row["fiscal_year"]),
            kind=KPI_VALUE_KINDS[row["kind"]].label,
            value=with_unit(row["value"], unit),
            base=amount(row["base"]),
            evidence=EVIDENCES[row["evidence"]].label if row["evidence"] else "–",
            note=row["note"] or "",
            entered=f"{row['entered_at'].astimezone():%Y-%m-%d %H:%M}　{_who(row['entered_by'])}",
            used=""
            if last[row["fiscal_year"], row["kind"]] == row["sequence"]
            else "（入れ直す前の値）",
            chosen=row["fiscal_year"] == look.year,
        )
        for row in reversed(rows)
    ]


def _who(account: str) -> str:
    return LOCAL.name if account == LOCAL.account else account
