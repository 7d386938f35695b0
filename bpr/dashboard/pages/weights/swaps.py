"""重み: what doubling one theme alone would swap in the top, as bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go
import polars as pl

from bpr.dashboard.theme import BLUES
from bpr.frames import DataFrame, TaskTable
from bpr.workspace import Opinion, Workspace

TIMES: Final = 2.0
_ROW: Final = 34
_AROUND: Final = 48


@dataclass(frozen=True)
class Swap:
    """One theme, and how many tasks of the top its doubling swaps."""

    label: str
    count: int


@dataclass(frozen=True)
class Swaps:
    """All themes, the one that swaps most first."""

    top: int
    bars: list[Swap]

    @property
    def sentence(self) -> str:
        """What the chart shows."""
        most, least = self.bars[0], self.bars[-1]
        if most.count == least.count:
            told = f"どの観点でも {most.count} 業務です"
        else:
            told = f"「{most.label}」がいちばん多く {most.count} 業務、「{least.label}」がいちばん少なく {least.count} 業務です"
        return f"標準から観点を 1 つだけ 2 倍にしたとき、上位 {self.top} のうち入れ替わるのは、{told}。"


def view_swaps(workspace: Workspace) -> Swaps:
    """Rank anew with each theme doubled, and count who is new in the top."""
    report = workspace.report()
    scoring = report.settings.scoring
    top = min(scoring.top, report.tasks.height)
    first = _top(report.tasks, top)
    bars = [
        Swap(label, top - len(first & _top(workspace.ranked(Opinion({theme: TIMES})).tasks, top)))
        for theme, label in scoring.themes.items()
    ]
    return Swaps(top, sorted(bars, key=lambda bar: -bar.count))


def _top(tasks: DataFrame[TaskTable], top: int) -> set[str]:
    return set(tasks.filter(pl.col("rank") <= top)["task_id"])


def swaps_figure(bars: Sequence[Swap], top: int) -> go.Figure:
    """Horizontal bars with their numbers; all of the top is the end of the axis."""
    figure = go.Figure()
    figure.add_bar(
        x=[bar.count for bar in bars],
        y=[bar.label for bar in bars],
        text=[f"{bar.count}" for bar in bars],
        textposition="outside",
        orientation="h",
        marker={"color": BLUES[1]},
        hovertemplate="%{y}：%{x} 業務<extra></extra>",
    )
    most = max(bar.count for bar in bars)
    figure.update_layout(
        bargap=0.4,
        showlegend=False,
        margin={"t": 4, "r": 8, "b": 4},
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "type": "category",
            "ticklabelstandoff": 6,
        },
        xaxis={"range": [0, min(top, max(most, 1) * 1.25)], "visible": False},
    )
    return figure


def swaps_height(count: int) -> str:
    """CSS height of the chart for so many themes."""
    return f"{_AROUND + _ROW * count}px"
