"""Whether our savings are believable: held against what offices have published."""

import polars as pl

from bpr import terms
from bpr.frames import DataFrame, RealismChecks, TaskTable, empty
from bpr.settings import SavingsSettings
from bpr.settings.savings import Factor

_ENDS = ("saving_hours_low", "saving_hours", "saving_hours_high")


def check_realism(
    tasks: DataFrame[TaskTable], settings: SavingsSettings, top: int
) -> DataFrame[RealismChecks]:
    """One row per comparison: the office's total, the top's total, hours per task of a lever."""
    good = tasks.filter(pl.col("best_lever").is_not_null(), pl.col("saving_hours").is_not_null())
    hours = float(tasks["annual_hours"].sum())
    rows = []
    if hours:
        base = f"年間作業時間の合計 {hours:,.0f} 時間"
        ratio = settings.realism.office_ratio
        for check, label, some in (
            ("all", f"候補 {good.height:,} 業務のすべて", good),
            ("top", f"上位 {min(top, good.height)} 業務", good.sort("rank").head(top)),
        ):
            ours = tuple(float(some[end].sum()) / hours for end in _ENDS)
            rows.append(_compare(check, label, base, ours, ratio, _say_office(label, ours, ratio)))
    for lever, factor in settings.realism.task_hours.items():
        own = good.filter(pl.col("best_lever") == lever)
        if own.height:
            label = f"{terms.LEVERS[lever].label}：1 業務あたりの削減"
            ours = tuple(float(own[end].mean()) for end in _ENDS)  # type: ignore[arg-type]
            base = f"{terms.LEVERS[lever].label} を勧める {own.height:,} 業務の平均"
            rows.append(_compare(lever, label, base, ours, factor, _say_task(lever, ours, factor)))
    if not rows:
        return empty(RealismChecks)
    frame = pl.DataFrame(rows, schema=RealismChecks.column_names(), orient="row")
    return RealismChecks.validate(frame, cast=True)


def _compare(
    check: str, label: str, base: str, ours: tuple[float, ...], factor: Factor, message: str
) -> tuple[str | float | bool, ...]:
    exceeded = ours[1] > factor.range[2]
    return (check, label, base, *ours, *factor.range, factor.unit, exceeded, message, factor.source)


def _say_office(label: str, ours: tuple[float, ...], factor: Factor) -> str:
    low, _, high = factor.range
    text = f"{label}の削減見込は全時間の {ours[1]:.1%}（{ours[0]:.1%}〜{ours[2]:.1%}）"
    known = f"公表された全庁の結果（{low:.1%}〜{high:.1%}）"
    if ours[1] > high:
        return f"{text}で、{known}を超えています。すべてを実行した場合の上限とみて、計画の数字には使わないでください。"
    return f"{text}で、{known}の範囲を超えていません。"


def _say_task(lever: str, ours: tuple[float, ...], factor: Factor) -> str:
    low, _, high = factor.range
    text = f"{terms.LEVERS[lever].label} の削減見込は 1 業務平均 年 {ours[1]:,.0f} 時間"
    known = f"公表された実績（{low:,.0f}〜{high:,.0f} 時間）"
    if ours[1] > high:
        return f"{text}で、{known}を超えています。時間の大きい業務は、手順ごとに分けて見直してください。"
    return f"{text}で、{known}の範囲を超えていません。"
