"""候補: what a lever may save on a task -> a formula line, sentences on money, the factors."""

from dataclasses import dataclass

import polars as pl

from bpr.dashboard.pages.candidates.words import exact, span, yen
from bpr.dashboard.words import MINUS, between, whole
from bpr.report import Report
from bpr.score.explain import FactorLine, LeverLines, SavingLines
from bpr.score.savings import HIGH, LOW, POINT
from bpr.settings.savings import LeverSavings

UNKNOWN = "年間作業時間が分からないので、削減見込は出せません。"


@dataclass(frozen=True)
class FactorRow:
    """One factor as printed, its evidence below."""

    label: str
    low: str
    middle: str
    high: str
    unit: str
    kind: str
    source: str


@dataclass(frozen=True)
class SavingView:
    """The result first, then how it comes about, in words, and what it costs."""

    result: str
    words: str
    formula: str
    money: list[str]
    factors: list[FactorRow]


def view_saving(report: Report, task_id: str, lines: LeverLines) -> SavingView:
    """Explain the savings of one lever on one task."""
    factors = [_factor(line) for line in lines.saving.factors]
    if lines.saving.hours is None:
        return SavingView(UNKNOWN, "", "", [], factors)
    hours = lines.saving.hours
    return SavingView(
        result=f"年 {whole(hours[POINT])} 時間（{between(hours[LOW], hours[HIGH])}）",
        words=_say_sign(hours[LOW], hours[POINT]),
        formula=_formula(report, task_id, lines.lever),
        money=_say_money(lines.saving, report.settings.savings.levers[lines.lever]),
        factors=factors,
    )


def _factor(line: FactorLine) -> FactorRow:
    low, middle, high = (exact(end, line.unit) for end in line.range)
    unit = "%" if line.unit == "割合" else line.unit
    return FactorRow(line.label, low, middle, high, unit, line.kind, line.source)


def _say_sign(low: float, point: float) -> str:
    if round(point) < 0:
        return "手間のほうが大きい見込みです。"
    return "悪くすると、手間のほうが大きくなります。" if round(low) < 0 else ""


def _formula(report: Report, task_id: str, lever: str) -> str:
    """560 時間 × 引き受ける 64 % × 減る 40 % − 確認と運用 38 時間 ＝ 105 時間."""
    own = (pl.col("task_id") == task_id) & (pl.col("lever") == lever)
    row = report.savings.filter(own).row(0, named=True)
    rate = report.settings.savings.levers[lever].rate.range[POINT]
    return (
        f"年間 {row['annual_hours']:,.1f} 時間 × 手段が引き受ける {100 * row['share']:.4g} %"
        f" × 減る {100 * rate:.4g} % {MINUS} 確認と運用 {row['cost_hours']:,.1f} 時間"
        f" ＝ {_signed(row['saving_hours'])} 時間"
    )


def _signed(hours: float) -> str:
    return f"{MINUS if round(hours, 1) < 0 else ''}{abs(hours):,.1f}"


def _say_money(saving: SavingLines, lever: LeverSavings) -> list[str]:
    """Yen a year, what it costs to begin, and when that is back."""
    if saving.yen is None:
        return []
    costs = [f"初期費用 {yen(saving.setup_yen)}" if saving.setup_yen else "初期費用なし"]
    if saving.licence_yen:
        costs.append(
            f"ライセンス料 年 {yen(saving.licence_yen)}（1 本で {lever.licence_tasks} 業務まで）"
        )
    gain = f"お金にすると、年 {yen(abs(saving.yen))}"
    licence = "。ライセンス料は別" if saving.licence_yen else ""
    counted = f"（人件費に換算し、毎年の費用を引いた額{licence}）"
    return [
        f"{gain}の効果に当たる見込みです{counted}。"
        if saving.yen >= 0
        else f"{gain}の持ち出しになる見込みです{counted}。",
        "、".join(costs) + "。",
        _say_payback(saving, lever),
    ]


def _say_payback(saving: SavingLines, lever: LeverSavings) -> str:
    alone = _span(saving.payback_alone_years)
    if not saving.licence_yen:
        return f"かけた費用は、{alone}。"
    shared = _span(saving.payback_years)
    return (
        f"かけた費用は、ライセンスをこの業務だけで使うと、{alone}。"
        f"{lever.licence_tasks} 業務で分け合うと、{shared}。"
    )


def _span(years: float | None) -> str:
    """Tell when the money is back."""
    if years is None:
        return "回収できない見込みです"
    return f"{span(years)}で回収できる見込みです" if years else "初年から回収できる見込みです"
