"""組合せ: a selection -> the answer, the numbers and the rows of the chosen tasks."""

import math
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr.dashboard.components.cards import Figure
from bpr.dashboard.words import LEVERS, between, joined, whole
from bpr.export.portfolio import tell_proof
from bpr.frames.portfolio import Licence, Limits, Portfolio
from bpr.report import Report
from bpr.score.savings import list_licences
from bpr.tabulate.listing import TaskQuery
from bpr.workspace.choosing import list_options

SHOWN: Final = 100
"""How many chosen tasks the page lists; the workbook holds all."""
_MAN: Final = 10_000
_LARGE: Final = 1_000_000


@dataclass(frozen=True)
class ChosenLine:
    """One chosen task as a row, as printed; `other` names the lever that suits it best, if another."""

    name: str
    href: str
    division: str
    lever: str
    other: str
    saving: str
    interval: str
    setup: str
    yearly: str
    days: str
    rank: str


@dataclass(frozen=True)
class Chosen:
    """The chosen tasks with their totals, and what to know of them."""

    heading: str
    base: str
    lines: list[ChosenLine]
    hidden: int
    totals: ChosenLine
    licences: list[str]
    notes: list[str]


def money(yen: float) -> str:
    """4,812,345 -> 481 万円; small amounts in yen."""
    return " ".join(_amount(yen))


def _amount(yen: float) -> tuple[str, str]:
    return (whole(yen), "円") if abs(yen) < _LARGE else (whole(yen / _MAN), "万円")


def _ends(chosen: pl.DataFrame) -> str:
    """All low ends together to all high ends together."""
    return between(_sum(chosen, "saving_hours_low"), _sum(chosen, "saving_hours_high"))


def _sum(frame: pl.DataFrame, column: str) -> float:
    return math.fsum(frame[column].drop_nulls())


def join_chosen(report: Report, portfolio: Portfolio) -> pl.DataFrame:
    """Chosen options, most hours first, with their tasks' names and ranks and savings' intervals."""
    tasks = report.tasks.select("task_id", "task_name", "activity_name", "best_lever", "rank")
    ends = report.savings.select("task_id", "lever", "saving_hours_low", "saving_hours_high")
    return portfolio.chosen.join(tasks, on="task_id", how="left", maintain_order="left").join(
        ends, on=["task_id", "lever"], how="left", maintain_order="left"
    )


def view_answer(report: Report, portfolio: Portfolio) -> list[str]:
    """Say what the portfolio brings, between which ends, and what it takes."""
    chosen = join_chosen(report, portfolio)
    if not chosen.height:
        return ["この条件では、選べる業務がありません。", _why_none(report)]
    ends = _ends(chosen)
    return [
        f"{chosen.height:,} 業務で年 {whole(portfolio.saving_hours)} 時間を生む見込みです（幅 {ends}）。",
        f"初年度に {money(portfolio.first_year_yen)}と、職員 {whole(portfolio.staff_days)} 人日が要ります。",
    ]


def _why_none(report: Report) -> str:
    options = list_options(report)
    if not report.tasks["annual_hours"].count():
        return "調査票に時間が書かれていないので、生まれる時間を計算できません。"
    if not options.filter(pl.col("saving_hours") > 0).height:
        return "勧める点に届いて、時間が生まれる業務がありません。"
    return "予算や職員の手間の上限を広げてください。"


def view_figures(report: Report, portfolio: Portfolio) -> list[Figure]:
    """The hours, the money and the days, each with its base and with what to compare it."""
    limits = portfolio.limits
    chosen = join_chosen(report, portfolio)
    amount, unit = _amount(portfolio.first_year_yen)
    later = portfolio.yearly_yen + portfolio.licence_yen
    wage = report.settings.savings.hourly_yen["regular"].range[1]
    per_hour = portfolio.first_year_yen / portfolio.saving_hours if chosen.height else 0.0
    return [
        Figure(
            "生まれる時間",
            whole(portfolio.saving_hours),
            "時間／年",
            f"幅 {_ends(chosen)}（全業務が下限〜全業務が上限のとき）",
            compare_ranked(report, portfolio),
        ),
        Figure(
            "初年度の費用",
            amount,
            unit,
            f"初期 {money(portfolio.setup_yen)}＋毎年 {money(later)}（ライセンス {money(portfolio.licence_yen)}を含む）",
            f"{_used(portfolio.first_year_yen, limits.budget_yen, '予算')}1 時間あたり {whole(per_hour)} 円（正規職員の人件費の目安は {whole(wage)} 円）",
        ),
        Figure(
            "職員の手間",
            whole(portfolio.staff_days),
            "人日",
            f"導入の準備。{chosen.height:,} 業務の合計",
            f"{_used(portfolio.staff_days, limits.staff_days, '上限')}1 人日あたり{_per(portfolio.saving_hours, portfolio.staff_days)}",
        ),
    ]


def _used(value: float, limit: float | None, name: str) -> str:
    if limit is None:
        return f"{name}の指定なし。"
    share = f"{value / limit:.0%}" if limit else "0%"
    told = money(limit) if name == "予算" else f"{limit:,.10g} 人日"
    return f"{name} {told}の {share}。"


def _per(hours: float, days: float) -> str:
    return f"年 {whole(hours / days)} 時間" if days else " –"


def compare_ranked(report: Report, portfolio: Portfolio) -> str:
    """Say what as many tasks straight from the top of the ranking would bring and take."""
    licences = list_licences(report.settings.savings)
    count = portfolio.chosen.height
    top = (
        report.tasks.filter(
            pl.col("best_lever").is_not_null(), pl.col("saving_hours").is_not_null()
        )
        .sort("rank")
        .head(count)
        .select("task_id", "division", lever="best_lever")
        .join(report.savings, on=["task_id", "lever"], maintain_order="left")
    )
    bought = _licence_yen(top, licences)
    yen = _sum(top, "setup_yen") + _sum(top, "yearly_yen") + bought
    days = _sum(top, "staff_days")
    over = _exceeded(portfolio.limits, top, licences, yen, days)
    told = f"、{'と'.join(over)}を超えます" if over else ""
    return (
        f"適性の順に上から {top.height:,} 業務なら {whole(_sum(top, 'saving_hours'))} 時間"
        f"（{money(yen)}、{whole(days)} 人日{told}）"
    )


def _licence_yen(options: pl.DataFrame, licences: dict[str, Licence]) -> float:
    used = _count_levers(options)
    return sum(
        -(-used[name] // licence.tasks) * licence.yen
        for name, licence in licences.items()
        if name in used
    )


def _count_levers(options: pl.DataFrame) -> dict[str, int]:
    counted = options.group_by(pl.col("lever").cast(pl.String)).len()
    return dict(counted.iter_rows())


def _exceeded(
    limits: Limits, options: pl.DataFrame, licences: dict[str, Licence], yen: float, days: float
) -> list[str]:
    """Names of the limits that these options would break."""
    used = _count_levers(options)
    most = options["division"].drop_nulls().value_counts()["count"].max()
    share = limits.per_division
    found = {
        "予算": limits.budget_yen is not None and yen > limits.budget_yen,
        "職員の手間": limits.staff_days is not None and days > limits.staff_days,
        "1 課の上限": share is not None and isinstance(most, int) and most > share,
        "ライセンスの上限": any(
            used.get(name, 0) > count * licences[name].tasks
            for name, count in limits.licences.items()
        ),
    }
    return [name for name, broken in found.items() if broken]


def view_chosen(report: Report, portfolio: Portfolio, weighed: TaskQuery) -> Chosen:
    """Rows and totals of the chosen tasks; links keep the weights."""
    chosen = join_chosen(report, portfolio)
    options = list_options(report)
    least = report.settings.scoring.recommended_score
    return Chosen(
        heading=f"選んだ {chosen.height:,} 業務",
        base=(
            f"全 {report.tasks.height:,} 業務のうち、適性が {least:g} 点以上で時間の分かる"
            f" {options['task_id'].n_unique():,} 業務（手段との組は {options.height:,} 通り）から選びました。"
        ),
        lines=[_line(row, weighed) for row in chosen.head(SHOWN).iter_rows(named=True)],
        hidden=max(0, chosen.height - SHOWN),
        totals=ChosenLine(
            name=f"合計（{chosen.height:,} 業務）",
            href="",
            division=f"{chosen['division'].drop_nulls().n_unique():,} 課",
            lever=_mix(chosen),
            other="",
            saving=whole(portfolio.saving_hours),
            interval=_ends(chosen),
            setup=whole(portfolio.setup_yen),
            yearly=whole(portfolio.yearly_yen),
            days=_days(portfolio.staff_days),
            rank="",
        ),
        licences=tell_licences(report, portfolio),
        notes=[tell_proof(portfolio), *_other_levers(chosen)],
    )


def _line(row: dict[str, Any], weighed: TaskQuery) -> ChosenLine:
    best = row["best_lever"]
    other = "" if best in (None, row["lever"]) else f"適性が最も高いのは {LEVERS[best]}"
    return ChosenLine(
        name=joined(row["task_name"], row["activity_name"], by="／"),
        href=f"/candidates{weighed.with_(task=row['task_id']).to_query()}",
        division=row["division"] or "–",
        lever=LEVERS[row["lever"]],
        other=other,
        saving=whole(row["saving_hours"]),
        interval=between(row["saving_hours_low"], row["saving_hours_high"]),
        setup=whole(row["setup_yen"]),
        yearly=whole(row["yearly_yen"]),
        days=_days(row["staff_days"]),
        rank=f"{row['rank']:,} 位",
    )


def _days(days: float) -> str:
    return f"{days:,.10g}"


def _mix(chosen: pl.DataFrame) -> str:
    counts = _count_levers(chosen)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "、".join(f"{LEVERS[name]} {count}" for name, count in ordered)


def tell_licences(report: Report, portfolio: Portfolio) -> list[str]:
    """What is bought of each lever: 「RPA 2 本 × 300,000 円＝600,000 円／年（20 業務）」."""
    licences = list_licences(report.settings.savings)
    used = _count_levers(portfolio.chosen)
    return [
        f"{LEVERS[name]} {count} 本 × {whole(licences[name].yen)} 円＝{whole(count * licences[name].yen)} 円／年"
        f"（{used[name]:,} 業務。1 本で {licences[name].tasks} 業務まで）"
        for name, count in portfolio.licences.items()
    ]


def _other_levers(chosen: pl.DataFrame) -> list[str]:
    count = chosen.filter(pl.col("best_lever").cast(pl.String) != pl.col("lever").cast(pl.String))
    if not count.height:
        return []
    return [
        f"{count.height:,} 業務は、適性が最も高い手段と違う手段です。費用や手間に対して生まれる時間が多い手段を選ぶためです。"
    ]
