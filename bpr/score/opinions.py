"""What a sensitivity analysis says, in sentences: how sure a rank is and what it hangs on."""

from collections.abc import Mapping
from math import ceil, floor
from typing import Final

import polars as pl

from bpr import terms
from bpr.score.sensitivity import CERTAIN_RATIO

HEAVY: Final = 1.25
"""From this mean multiplier on a theme counts as weighed heavily, below its inverse lightly. Ours."""
MAX_THEMES: Final = 3
"""So many themes are named, those weighed most otherwise first."""


def describe_certainty(
    certainty: str, top_ratio: float, *, top: int, samples: int, spread: float
) -> str:
    """Tell how often a task is among the best (a row of `RankCertainty`, a `Sensitivity`)."""
    label = terms.CERTAINTIES[certainty].label
    tried = f"{label}：重みを {spread:g} 分の 1〜{spread:g} 倍に変えた {samples:,} 通りの"
    match top_ratio:
        case 1:
            return f"{tried}すべてで上位 {top:,} に入ります。"
        case 0:
            return f"{tried}どれでも上位 {top:,} に入りません。"
        case _:
            return f"{tried}うち {_percent(top_ratio)} % で上位 {top:,} に入ります。"


def describe_judgement(
    judgements: pl.DataFrame, labels: Mapping[str, str], best_rank: int, first_ratio: float
) -> str:
    """Tell which opinions bring a task to its best rank.

    `judgements`: the task's rows of `Judgements`, none where it never is among the best; `labels`:
    of the themes; the rest from its row of `RankCertainty`. Means are no conditions: the share of
    the weights that bring the first rank stands beside them.
    """
    leanings = _describe_leanings(judgements, labels)
    if best_rank > 1:
        never = f"重みを変えても 1 位にはなりません（試した中で最も高くて {best_rank:,} 位）。"
        return f"{never}{leanings}見るとき {best_rank:,} 位になります。" if leanings else never
    if first_ratio == 1:
        return "どの観点を重く見ても 1 位になります（試した重みのすべて）。"
    share = f"試した重みの {_percent(first_ratio)} %"
    if first_ratio >= CERTAIN_RATIO:
        return f"どの観点を重く見ても、ほぼ 1 位になります（{share}）。"
    if leanings:
        return f"{leanings}見るとき 1 位になります（{share}）。"
    if judgements.is_empty():
        return f"{share} で 1 位になります。"
    return f"{share} で 1 位になります。どれか 1 つの観点の重さでは決まりません。"


def _describe_leanings(judgements: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """量（件数・時間）を重く（平均 2.1 倍）、定型の度合いを軽く（0.6 倍）."""
    leaning = (
        judgements.with_columns(distance=pl.col("multiplier").log().abs())
        .filter(~pl.col("multiplier").is_between(1 / HEAVY, HEAVY))
        .sort("distance", descending=True, maintain_order=True)
        .head(MAX_THEMES)
    )
    return "、".join(
        f"{labels[theme]}を{'重く' if multiplier > 1 else '軽く'}"
        f"（{'' if number else '平均 '}{multiplier:.1f} 倍）"
        for number, (theme, multiplier) in enumerate(
            leaning.select("theme", "multiplier").iter_rows()
        )
    )


def _percent(ratio: float) -> int:
    """Whole percent, rounded toward 50: only none says 0 and all 100, and no threshold is crossed."""
    exact = round(100 * ratio, 6)
    return floor(exact) if exact > 50 else ceil(exact)  # noqa: PLR2004 - half of 100
