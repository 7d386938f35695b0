"""候補: ranked tasks -> the answer in a sentence, a notice, and the rows of the grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from bpr import terms
from bpr.dashboard.pages.candidates.words import percent
from bpr.dashboard.words import LEVERS, MEDIA, between, joined, number
from bpr.frames import DataFrame, RealismChecks
from bpr.report import Report
from bpr.score.explain import find_kinds
from bpr.score.sensitivity import CERTAIN_RATIO, Sensitivity
from bpr.tabulate.evaluation import leading_scores

NO_BREAK = "\u00a0"
_ENDS = ("score", "score_low", "score_high")


@dataclass(frozen=True)
class Excess:
    """A total that is beyond what has been published: in short, in full, and where that stands."""

    short: str
    message: str
    source: str


def view_answer(tasks: pl.DataFrame, sensitivity: Sensitivity) -> list[str]:
    """Say how many candidates there are, what the first may save, and how sure they are."""
    good = tasks.filter(pl.col("best_lever").is_not_null())
    if not good.height:
        return ["この条件に当てはまる候補はありません。絞り込みをゆるめてください。"]
    top = good.head(sensitivity.top)
    narrowed = tasks.height < sensitivity.certainty.height
    first = f"候補は {good.height:,} 業務。{_say_hours(top, narrowed=narrowed)}"
    return [first, _say_sure(top, sensitivity, narrowed=narrowed)]


def _say_hours(top: pl.DataFrame, *, narrowed: bool) -> str:
    known = top.drop_nulls("saving_hours")
    if not known.height:
        return "時間が書かれていないので、削減見込は出せません。"
    low, high = (float(known[end].sum()) for end in ("saving_hours_low", "saving_hours_high"))
    left = top.height - known.height
    without = f"（時間の分からない {left} 業務を除く）" if left else ""
    some = f"順位の高い {top.height} 業務" if narrowed else f"上位 {top.height} 業務"
    return f"{some}の削減見込は年 {between(low, high)} 時間です{without}。"


def _say_sure(top: pl.DataFrame, sensitivity: Sensitivity, *, narrowed: bool) -> str:
    certain = sensitivity.certainty.filter(pl.col("certainty") == "certain")
    sure = top.join(certain, on="task_id", how="semi").height
    place = f"{'全体の' if narrowed else ''}上位 {sensitivity.top}"
    tried = f"{sensitivity.samples:,} 通りの {CERTAIN_RATIO:.0%} 以上"
    spread = f"重みを {sensitivity.spread:g} 分の 1〜{sensitivity.spread:g} 倍に変えても"
    if not sure:
        return f"{spread}{place} に残る業務はありません（{tried}）。"
    return f"うち {sure} 業務は、{spread}{place} に残ります（{tried}）。"


def view_excesses(checks: DataFrame[RealismChecks]) -> list[Excess]:
    """Comparisons in which our savings are beyond published results."""
    beyond = checks.filter("exceeded").select("label", "message", "base", "source")
    return [
        Excess(
            f"{label}の削減見込は、公表された実績を超えています。",
            message,
            f"比べた元：{base}。公表値：{source}",
        )
        for label, message, base, source in beyond.iter_rows()
    ]


def view_rows(
    tasks: pl.DataFrame, report: Report, sensitivity: Sensitivity
) -> list[dict[str, Any]]:
    """Rows of the grid: texts, and the numbers that the score bar draws."""
    gates, kinds = report.settings.scoring.gates, _kinds(tasks, report)
    rows = []
    for task in _with_scores(tasks, report, sensitivity).iter_rows(named=True):
        count = (
            number(task["annual_count"], f"{NO_BREAK}件")
            if task["annual_count"] is not None
            else None
        )
        gate = gates.get(task["gate"] or "")
        rows.append(
            {
                "task_id": task["task_id"],
                "rank": f"{task['rank']:,}",
                "rank_interval": _interval(task["rank_low"], task["rank_high"]),
                "task_name": joined(task["task_name"], task["activity_name"], by="／"),
                "place": joined(task["division"], MEDIA.get(task["medium"] or ""), count),
                "best_lever": LEVERS.get(task["best_lever"] or "", "–"),
                "kind": kinds.get(task["task_id"], ""),
                "split": gate is not None and gate.split,
                **{end: round(task[end], 1) for end in _ENDS},
                "annual_hours": number(task["annual_hours"]),
                "saving_hours": between(task["saving_hours_low"], task["saving_hours_high"]),
                "certainty": task["certainty"],
                "certainty_label": terms.CERTAINTIES[task["certainty"]].label,
                "certainty_share": say_share(task["certainty"], task["top_ratio"]),
            }
        )
    return rows


def say_share(certainty: str, top_ratio: float) -> str:
    """How often a task is among the best (98 %); nothing for one that hardly ever is."""
    return "" if certainty == "out" else percent(top_ratio)


def _interval(low: int, high: int) -> str:
    return "" if low == high else f"（{low:,}–{high:,}）"


def _with_scores(tasks: pl.DataFrame, report: Report, sensitivity: Sensitivity) -> pl.DataFrame:
    """Join the score of each task's lever (without one: its best), and how sure its place is."""
    best = leading_scores(tasks, report.scores)
    sure = sensitivity.certainty.select("task_id", "certainty", "top_ratio")
    return tasks.join(best, on="task_id", maintain_order="left").join(
        sure, on="task_id", maintain_order="left"
    )


def _kinds(tasks: pl.DataFrame, report: Report) -> dict[str, str]:
    """How tasks that are to be handed over would be: task -> BPO, 人材派遣 and the like."""
    found: dict[str, str] = {}
    for name, lever in report.settings.scoring.levers.items():
        own = tasks.filter(pl.col("best_lever") == name).select("task_id")
        if lever.kinds and own.height:
            facts = own.join(report.facts, on="task_id", maintain_order="left")
            kinds = zip(facts["task_id"], find_kinds(lever.kinds, facts), strict=True)
            found |= {task_id: kind.label for task_id, kind in kinds if kind}
    return found


def ranked_ids(tasks: pl.DataFrame, task_ids: Sequence[str]) -> list[str]:
    """The ids in the order of their ranks."""
    chosen = tasks.filter(pl.col("task_id").is_in(list(task_ids))).sort("rank")
    return [str(task_id) for task_id in chosen["task_id"].to_list()]
