"""候補: report -> rows of the ranking and the explanation of one score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from bpr import terms
from bpr.dashboard.words import LEVERS, MEDIA, interval, joined, number
from bpr.report import Report

TOP = 25
"""How many tasks the head sums up: the BPR target of the Ami plan."""


@dataclass(frozen=True)
class ContributionLine:
    """One criterion of a score, as printed."""

    label: str
    answer: str
    value: str
    weight: str
    points: str
    evidence: str


@dataclass(frozen=True)
class LeverScore:
    """One lever's score with its lines; `gate` says what capped it."""

    label: str
    score: str
    interval: str
    uncapped: str
    gate: str
    lines: list[ContributionLine]


@dataclass(frozen=True)
class Detail:
    """Everything the panel says about one task."""

    task_id: str
    heading: str
    place: str
    why: str
    change: str
    work_class: str
    saving: str
    saving_source: str
    rank: str
    levers: list[LeverScore]


def view_answer(tasks: pl.DataFrame) -> list[str]:
    """Say how many candidates there are and what the first of them may save."""
    good = tasks.filter(pl.col("best_lever").is_not_null())
    if not good.height:
        return ["この条件に当てはまる候補はありません。絞り込みをゆるめてください。"]
    top = good.head(TOP)
    low, high = top["saving_hours_low"].sum(), top["saving_hours_high"].sum()
    some = min(TOP, top.height)
    if not top["saving_hours"].count():
        return [f"候補は {good.height:,} 業務。時間が書かれていないので、削減見込は出せません。"]
    return [
        f"候補は {good.height:,} 業務。上位 {some} 業務で、年 {low:,.0f}〜{high:,.0f} 時間の削減が見込めます。"
    ]


def view_rows(tasks: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows of the grid: texts, and the numbers that the score bar draws."""
    rows = []
    for task in tasks.iter_rows(named=True):
        lever = task["best_lever"] or _leading(task)
        count = number(task["annual_count"], " 件") if task["annual_count"] is not None else None
        rows.append(
            {
                "task_id": task["task_id"],
                "rank": _rank(task),
                "task_name": joined(task["task_name"], task["activity_name"], by="／"),
                "place": joined(task["division"], MEDIA.get(task["medium"] or ""), count),
                "best_lever": LEVERS.get(task["best_lever"] or "", "–"),
                "split": task["gate"] is not None,
                "score": round(task[f"{lever}_score"], 1),
                "score_low": round(task[f"{lever}_score_low"], 1),
                "score_high": round(task[f"{lever}_score_high"], 1),
                "annual_hours": number(task["annual_hours"]),
                "saving_hours": interval(task["saving_hours_low"], task["saving_hours_high"]),
            }
        )
    return rows


def _rank(task: dict[str, Any]) -> str:
    """Rank with its interval, if there is one."""
    low, high = task["rank_low"], task["rank_high"]
    return f"{task['rank']:,}" if low == high else f"{task['rank']:,}（{low:,}–{high:,}）"


def _leading(task: dict[str, Any]) -> str:
    return max(terms.LEVERS, key=lambda lever: float(task[f"{lever}_score"]))


def view_detail(report: Report, task_id: str) -> Detail | None:
    """Explain one task; None for an unknown id."""
    found = report.tasks.filter(pl.col("task_id") == task_id)
    if not found.height:
        return None
    task = found.row(0, named=True)
    reason = report.classes.filter(pl.col("task_id") == task_id)["reason"].to_list()[0]
    levers = _levers(report, task_id)
    ordered = sorted(levers, key=lambda name: float(task[f"{name}_score"]), reverse=True)
    best = task["best_lever"]
    return Detail(
        task_id=task_id,
        heading=joined(task["task_name"], task["activity_name"], by="／"),
        place=joined(task["division"], task["unit"], by=" ")
        + f"　業務ID {task_id}　{task['workbook']} {task['row']} 行",
        why=_why(report, task, best, levers),
        change=_change(report, task, best),
        work_class=f"{terms.SHORT_WORK_CLASSES.get(task['work_class'] or '', '判定できない')}　{reason}",
        saving=_saving(task, best, report),
        saving_source=_saving_source(best, report),
        rank=f"{task['rank']:,} 位"
        if task["rank_low"] == task["rank_high"]
        else f"{task['rank']:,} 位（答えのない項目や判定の不確かさを入れると {task['rank_low']:,}〜{task['rank_high']:,} 位）",
        levers=[levers[name] for name in ordered],
    )


def _levers(report: Report, task_id: str) -> dict[str, LeverScore]:
    own = report.contributions.filter(pl.col("task_id") == task_id)
    scores = report.scores.filter(pl.col("task_id") == task_id)
    found = {}
    for score in scores.iter_rows(named=True):
        lever = score["lever"]
        lines = own.filter(pl.col("lever") == lever).sort("points", descending=True)
        gate = report.settings.scoring.gates.get(score["gate"] or "")
        found[lever] = LeverScore(
            label=LEVERS[lever],
            score=f"{score['score']:.1f}",
            interval=interval(score["score_low"], score["score_high"]),
            uncapped=f"{score['uncapped_score']:.1f}",
            gate=f"{gate.label}：{gate.cap:.0f} 点まで。{gate.reason}（根拠：{gate.source}）"
            if gate
            else "",
            lines=[_line(report, lever, row) for row in lines.iter_rows(named=True)],
        )
    return found


def _line(report: Report, lever: str, row: dict[str, Any]) -> ContributionLine:
    criterion = report.settings.scoring.levers[lever].criteria[row["criterion"]]
    same = row["value_low"] == row["value_high"]
    return ContributionLine(
        label=criterion.label,
        answer=row["raw"] or "未回答",
        value=f"{row['value']:.2f}"
        if same
        else f"{row['value']:.2f}（{row['value_low']:.2f}–{row['value_high']:.2f}）",
        weight=f"{row['weight']:g}",
        points=f"{row['points']:.1f}"
        if same
        else f"{row['points']:.1f}（{row['points_low']:.1f}–{row['points_high']:.1f}）",
        evidence=f"{criterion.grade}：{criterion.source}",
    )


def _why(
    report: Report, task: dict[str, Any], best: str | None, levers: dict[str, LeverScore]
) -> str:
    gate = report.settings.scoring.gates.get(task["gate"] or "")
    if best is None:
        return gate.reason if gate else "どの手段も、勧める目安の点に届きません。"
    strong = [line for line in levers[best].lines if line.answer != "未回答"][:3]
    words = "、".join(f"{line.label}が「{line.answer}」" for line in strong)
    text = f"{words}なので、{LEVERS[best]}に向きます。"
    return f"{text}ただし、{gate.reason}" if gate else text


_CHANGES = {
    "ai_ocr": "紙の読み取りは AI-OCR が行い、職員は読み取り結果の確認（実証では 9 項目に 1 つほど直しが要る）だけになります。",
    "rpa": "決まった画面操作や転記・集計はソフトウェアが行い、職員は例外と結果の確認だけになります。",
    "outsourcing": "受付・入力・発送などの手順の決まった作業を外部に任せ、職員は判断と検収を行います。",
}


def _change(report: Report, task: dict[str, Any], best: str | None) -> str:
    if best is not None:
        return _CHANGES[best]
    if task["gate"] in report.settings.scoring.gates:
        return "判断する部分は職員に残し、前後の受付・入力・通知の作業を別の業務として書き出すと、候補になることがあります。"
    return "件数や時間が分かると、点が変わることがあります。"


def _saving(task: dict[str, Any], best: str | None, report: Report) -> str:
    if best is None or task["saving_hours"] is None:
        return (
            "削減見込は出していません（制約がある、時間が分からない、または勧める手段がないため）。"
        )
    low, middle, high = report.settings.savings.levers[best].rate
    return (
        f"{task['annual_hours']:,.1f} 時間 × {middle:.1%}（{low:.0%}〜{high:.0%}）＝ 年 {task['saving_hours']:,.0f} 時間"
        f"（{interval(task['saving_hours_low'], task['saving_hours_high'])}）"
    )


def _saving_source(best: str | None, report: Report) -> str:
    if best is None:
        return ""
    rate = report.settings.savings.levers[best]
    return f"根拠（{rate.kind}）：{rate.source}"


def ranked_ids(report: Report, task_ids: Sequence[str]) -> list[str]:
    """The ids in the order of their ranks."""
    chosen = report.tasks.filter(pl.col("task_id").is_in(list(task_ids))).sort("rank")
    return [str(task_id) for task_id in chosen["task_id"].to_list()]
