"""設定, KPI: the definitions of kpi.toml -> what each KPI counts, from when, up to where."""

from dataclasses import dataclass
from typing import Final

from bpr import terms
from bpr.deciding_terms import TARGET_STATUSES
from bpr.export.values import write_fiscal_year
from bpr.settings.kpi import KpiDefinition, KpiSettings

_MERGED: Final = {"once": "統合した業務は 1 つ", "each": "統合した業務は元の数"}
_SPLIT: Final = {"once": "切り分けた業務も 1 つ", "each": "切り分けた業務は部分ごと"}


@dataclass(frozen=True)
class DefinitionLine:
    """One KPI as it is defined."""

    label: str
    counts: str
    begins: str
    evidence: str
    goal: str
    source: str


@dataclass(frozen=True)
class GradeLine:
    """One grade of progress, and from which ratio it is given."""

    grade: str
    label: str
    bound: str


@dataclass(frozen=True)
class DefinitionsView:
    """All KPI, how progress is graded, and what a done target needs."""

    answer: list[str]
    lines: list[DefinitionLine]
    grades: list[GradeLine]
    grade_source: str
    confirmed: str


def view_definitions(settings: KpiSettings) -> DefinitionsView:
    """Say what the KPI count."""
    scheme = settings.grades.used
    kinds = "・".join(terms.EVIDENCES[name].label for name in settings.confirm_evidence)
    return DefinitionsView(
        answer=[
            f"KPI は {len(settings.kpi)} つ。定義の第 {settings.version} 版（{write_fiscal_year(settings.valid_from)}から）で数えています。"
        ],
        lines=[_line(one) for one in settings.kpi.values()],
        grades=[
            GradeLine(step.grade, step.label, "それ未満" if step.at_least is None else f"{step.at_least:g} 倍以上")
            for step in scheme.steps
        ] + [GradeLine(scheme.unknown.grade, scheme.unknown.label, "実績か予定がないとき")],
        grade_source=f"現状値からの伸びを、今日までに予定した伸びで割った比で決めます。{scheme.source}",
        confirmed=f"「効果確認済」にするには、{kinds}の測定が要ります。",
    )  # fmt: skip


def _line(one: KpiDefinition) -> DefinitionLine:
    if one.measure == "entered":
        begins, evidence = "人が入れた値", "入力のときに選ぶ"
    else:
        begins = f"「{TARGET_STATUSES[one.from_status].label}」から"
        labels = [terms.EVIDENCES[name].label for name in one.evidence]
        evidence = "・".join(labels) or "問わない"
    goal = "" if one.target is None else f" → {one.target:g} {one.unit}（{_year(one.target_year)}）"
    return DefinitionLine(
        label=one.label,
        counts=_tell_counts(one),
        begins=begins,
        evidence=evidence,
        goal=f"{one.baseline:g} {one.unit}（{_year(one.baseline_year)}）{goal or '、目標なし'}",
        source=one.source,
    )


def _tell_counts(one: KpiDefinition) -> str:
    if one.measure == "entered":
        return "年度ごとの値を人が入れる"
    levers = "・".join(terms.LEVERS[name].label for name in one.levers)
    of = f"{levers}の BPR対象" if levers else "すべての BPR対象"
    span = "累計" if one.cumulative else "その年度の分だけ"
    if one.measure == "sum_hours":
        return f"{of}で減った時間の合計（{span}）"
    return f"{of}の数（{span}）。{_MERGED[one.merge]}、{_SPLIT[one.split]}と数える"


def _year(year: int | None) -> str:
    return write_fiscal_year(year) if year is not None else "年度なし"
