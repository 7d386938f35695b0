"""重み: kept weight sets and frozen evaluations -> rows, and an evaluation beside today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

from bpr.dashboard.pages.weights.query import CANDIDATES, WeightsQuery
from bpr.dashboard.pages.weights.steps import say_multipliers
from bpr.dashboard.pages.weights.view import Line, view_line
from bpr.report import Report
from bpr.store import Evaluation, FrozenRanking, WeightSet
from bpr.tabulate.evaluation import compare_ranks
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import STANDARD

DIGEST: Final = 8
"""So many letters of a digest are shown."""


@dataclass(frozen=True)
class SetLine:
    """One version of a weight set, as printed."""

    name: str
    version: str
    weights: str
    note: str
    saved: str
    href: str
    candidates: str
    looked_at: bool


@dataclass(frozen=True)
class SetCard:
    """The latest version of a set, and those before it, the newest first."""

    latest: SetLine
    earlier: list[SetLine]


@dataclass(frozen=True)
class EvaluationLine:
    """One frozen evaluation, as printed."""

    title: str
    frozen: str
    set_name: str
    weights: str
    tasks: str
    digest: str
    href: str
    opened: bool


@dataclass(frozen=True)
class EvaluationView:
    """An opened evaluation: what has changed since, and its top beside today's ranks."""

    heading: str
    base: str
    settings: str
    data: str
    lines: list[Line]


def view_sets(
    sets: Sequence[Sequence[WeightSet]], themes: Mapping[str, str], anchor: str, chosen: str
) -> list[SetCard]:
    """Cards of weight sets, each given with all its versions, the first first."""
    cards = []
    for versions in sets:
        lines = [_set_line(one, themes, anchor, chosen) for one in reversed(versions)]
        cards.append(SetCard(lines[0], lines[1:]))
    return cards


def name_set(kept: WeightSet) -> str:
    """How an address names one version of a set."""
    return f"{kept.name}@{kept.version}"


def _set_line(kept: WeightSet, themes: Mapping[str, str], anchor: str, chosen: str) -> SetLine:
    named = name_set(kept)
    return SetLine(
        name=kept.name,
        version=f"第 {kept.version} 版",
        weights=say_multipliers(kept.multipliers, themes),
        note=kept.note or "",
        saved=_say_when(kept.saved_at, kept.saved_by),
        href=WeightsQuery(weight_set=named).href(anchor),
        candidates=f"{CANDIDATES}{TaskQuery(weight_set=named).to_query()}",
        looked_at=named == chosen,
    )


def _say_when(when: datetime, who: str) -> str:
    return f"{when.astimezone():%Y-%m-%d %H:%M}　{who}"


def say_set(evaluation: Evaluation) -> str:
    """Name and version of the weights that an evaluation was made with."""
    if evaluation.set_name is None:
        return STANDARD
    return f"{evaluation.set_name}（第 {evaluation.set_version} 版）"


def view_evaluations(
    evaluations: Sequence[Evaluation], themes: Mapping[str, str], query: WeightsQuery, anchor: str
) -> list[EvaluationLine]:
    """Rows of frozen evaluations, in the order given."""
    return [
        EvaluationLine(
            title=one.title,
            frozen=_say_when(one.frozen_at, one.frozen_by),
            set_name=say_set(one),
            weights=say_multipliers(one.multipliers, themes),
            tasks=f"{one.base_count:,}",
            digest=one.settings_digest[:DIGEST],
            href=query.with_(evaluation=str(one.id)).href(anchor),
            opened=str(one.id) == query.evaluation,
        )
        for one in evaluations
    ]


def describe_evaluation(evaluation: Evaluation, themes: Mapping[str, str]) -> list[str]:
    """What an evaluation is and was made with, line by line."""
    return [
        f"題名　{evaluation.title}",
        f"残した日時　{_say_when(evaluation.frozen_at, evaluation.frozen_by)}",
        f"重み　{say_set(evaluation)}　{say_multipliers(evaluation.multipliers, themes)}",
        f"業務数　{evaluation.base_count:,}　設定の識別番号　{evaluation.settings_digest[:DIGEST]}",
    ]


def view_evaluation(frozen: FrozenRanking, today: Report, digest: str, top: int) -> EvaluationView:
    """Hold the top of an evaluation against today's ranking under the same weights.

    `today`: the report ranked under the evaluation's multipliers; `digest`: of today's settings.
    """
    evaluation = frozen.evaluation
    rows = compare_ranks(frozen.rows, today.tasks)
    first = rows.head(top)
    query = WeightsQuery(
        weight_set=f"{evaluation.set_name}@{evaluation.set_version}" if evaluation.set_name else ""
    )
    return EvaluationView(
        heading=_heading(evaluation.title, first, top),
        base="　".join(describe_evaluation(evaluation, today.settings.scoring.themes)[1:]),
        settings=_say_settings(evaluation.settings_digest, digest),
        data=_say_data(rows, today),
        lines=[
            view_line(row, row["other_rank"], row["rank"], top, query)
            for row in first.iter_rows(named=True)
        ],
    )


def _heading(title: str, first: pl.DataFrame, top: int) -> str:
    still = first.filter(pl.col("other_rank") <= top).height
    same = first.filter(pl.col("other_rank") == pl.col("rank")).height
    start = f"評価「{title}」の上位 {first.height} のうち、"
    if same == first.height:
        return f"{start}すべてが今も同じ順位です"
    return f"{start}{still} 業務は今も上位 {top} にあります（同じ順位は {same} 業務）"


def _say_settings(then: str, now: str) -> str:
    if then == now:
        return "点のつけ方などの設定は、評価のときと同じです。"
    return (
        f"設定が変わっています（評価のとき {then[:DIGEST]}、今 {now[:DIGEST]}）。"
        "順位の違いには、設定の違いが含まれます。"
    )


def _say_data(rows: pl.DataFrame, today: Report) -> str:
    gone = rows["other_rank"].null_count()
    moved = rows.filter(pl.col("other_rank") != pl.col("rank")).height
    added = today.tasks.height - (rows.height - gone)
    if not (gone or moved or added):
        return f"業務は {rows.height:,} 業務すべて同じで、順位も変わっていません。"
    return (
        f"評価の {rows.height:,} 業務のうち、今の調査票にないのは {gone:,} 業務、順位が変わったのは {moved:,} 業務です。"
        f"評価の後に加わったのは {added:,} 業務です。"
    )
