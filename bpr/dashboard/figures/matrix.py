"""Effect × ease: a dot per task, levers in columns by their effort, four quarters with their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import copysign, sqrt
from typing import Final

import plotly.graph_objects as go

from bpr.dashboard.theme import BLUES, INK, LINE

HEIGHT: Final = "520px"
_GREY: Final = "#6B6B76"
_LOOKS: Final = {
    "certain": ("確実", "circle", BLUES[0]),
    "depends": ("重み次第", "diamond-open", BLUES[1]),
    "out": ("圏外", "x-thin-open", _GREY),
}
"""Certainty -> its name, shape and color."""
_TICKS: Final = (-400, -100, -25, 0, 25, 100, 200, 400, 800, 1600, 3200, 6400)
_SPREAD: Final = 0.8
"""Share of a column's width that its dots take."""
_CROWD: Final = 3.0
"""By so much the columns are widened together, each by its share of the dots."""


@dataclass(frozen=True)
class Column:
    """One lever; `easy`: on the easy side."""

    label: str
    easy: bool


@dataclass(frozen=True)
class Dot:
    """One task: its column, its place there (0-1), hours saved a year (low, point, high).

    `mark`: what stands beside the dot, whose interval is then drawn; `told`: on hover.
    """

    task_id: str
    column: int
    place: float
    hours: tuple[float, float, float]
    certainty: str
    mark: str
    told: str
    opened: bool


@dataclass(frozen=True)
class Quarters:
    """From how many hours an effect is large, and the names: easy and large, hard and large, easy, hard."""

    large_hours: float
    names: tuple[str, str, str, str]


def matrix_figure(columns: Sequence[Column], dots: Sequence[Dot], quarters: Quarters) -> go.Figure:
    """Hours saved (on a scale of square roots) over the columns, hard ones left, easy ones right."""
    figure, lanes = go.Figure(), _lay_out(columns, dots)
    for certainty, (name, symbol, color) in _LOOKS.items():
        own = [dot for dot in dots if dot.certainty == certainty]
        if own:
            figure.add_scatter(**_dots(own, lanes), name=name, marker=_marker(symbol, color))
    if opened := [dot for dot in dots if dot.opened]:
        ring = {"symbol": "circle-open", "size": 24, "color": INK, "line": {"width": 3}}
        figure.add_scatter(**_dots(opened, lanes), name="表示中の業務", marker=ring)
        figure.data[-1].error_y.visible = False
        figure.data[-1].text = None
    right = lanes[-1].start + lanes[-1].width
    edge = next((lane.start for lane, c in zip(lanes, columns, strict=True) if c.easy), right)
    low, high = _reach(dots, quarters)
    _name_quarters(figure, quarters, (0, edge, right), (low, high))
    ticks = [tick for tick in _TICKS if low <= _root(tick) <= high]
    figure.update_layout(
        margin={"t": 16, "r": 12},
        legend={"y": 1.02, "yanchor": "bottom"},
        xaxis={
            "tickvals": [lane.start + lane.width / 2 for lane in lanes],
            "ticktext": [column.label for column in columns],
            "tickfont": {"size": 13},
            "autotickangles": [0, 90],
            "range": [0, right],
            "showgrid": False,
            "title": {"text": "取り組みやすい →"},
        },
        yaxis={
            "tickvals": [_root(tick) for tick in ticks],
            "ticktext": [f"{tick:,}".replace("-", "−") for tick in ticks],
            "range": [low, high],
            "title": {"text": "削減見込（時間／年）"},
        },
    )
    return figure


@dataclass(frozen=True)
class _Lane:
    """Where a column begins, and how wide it is."""

    start: float
    width: float

    def at(self, place: float) -> float:
        """Position of a place (0-1) among the column's dots."""
        return self.start + self.width * (0.5 + (place - 0.5) * _SPREAD)


def _lay_out(columns: Sequence[Column], dots: Sequence[Dot]) -> list[_Lane]:
    """Columns side by side, wider where many dots are."""
    counts = [sum(dot.column == n for dot in dots) for n in range(len(columns))]
    widths = [1 + _CROWD * count / len(dots) for count in counts]
    return [_Lane(sum(widths[:n]), width) for n, width in enumerate(widths)]


def _dots(dots: Sequence[Dot], lanes: Sequence[_Lane]) -> dict[str, object]:
    ends = [[_root(hours) for hours in dot.hours] for dot in dots]
    marked = [bool(dot.mark) for dot in dots]
    return {
        "x": [lanes[dot.column].at(dot.place) for dot in dots],
        "y": [point for _, point, _ in ends],
        "mode": "markers+text",
        "text": [escape(dot.mark, quote=False) for dot in dots],
        "textposition": ["middle left" if n % 2 else "middle right" for n in range(len(dots))],
        "textfont": {"color": INK, "size": 14, "weight": 700},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [h - p if on else 0 for (_, p, h), on in zip(ends, marked, strict=True)],
            "arrayminus": [p - w if on else 0 for (w, p, _), on in zip(ends, marked, strict=True)],
            "color": INK,
            "thickness": 1,
            "width": 0,
        },
        "customdata": [dot.task_id for dot in dots],
        "hovertext": [escape(dot.told, quote=False).replace("\n", "<br>") for dot in dots],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _marker(symbol: str, color: str) -> dict[str, object]:
    return {
        "symbol": symbol,
        "color": color,
        "size": 7 if symbol.startswith("x") else 10,
        "line": {"color": color, "width": 2},
    }


def _name_quarters(
    figure: go.Figure,
    quarters: Quarters,
    sides: tuple[float, float, float],
    reach: tuple[float, float],
) -> None:
    """Lines between the quarters and a name in the corner of each that has a width."""
    left, edge, right = sides
    limit, (low, high) = _root(quarters.large_hours), reach
    now, plan, aside, later = quarters.names
    line = {"color": _GREY, "width": 1, "dash": "dash"}
    figure.add_shape(type="line", x0=left, x1=right, y0=limit, y1=limit, line=line, layer="below")
    if left < edge < right:
        figure.add_shape(type="line", x0=edge, x1=edge, y0=low, y1=high, line=line, layer="below")
    if edge < right:
        _name(figure, now, right, high)
        _name(figure, aside, right, low)
        figure.add_shape(
            type="rect", x0=max(edge, left), x1=right, y0=limit, y1=high,
            fillcolor=BLUES[4], line={"width": 0}, layer="below",
        )  # fmt: skip
    if edge > left:
        _name(figure, plan, left, high)
        _name(figure, later, left, low)


def _name(figure: go.Figure, name: str, x: float, y: float) -> None:
    figure.add_annotation(
        text=f"<b>{name}</b>",
        x=x,
        y=y,
        xanchor="right" if x else "left",
        yanchor="top" if y > 0 else "bottom",
        showarrow=False,
        font={"color": BLUES[0], "size": 15},
        bgcolor="rgba(255,255,255,0.85)",
        bordercolor=LINE,
        borderpad=3,
    )


def _reach(dots: Sequence[Dot], quarters: Quarters) -> tuple[float, float]:
    """Ends of the axis: room for every dot and drawn interval, and for the names above and below."""
    drawn = [hours for dot in dots for hours in (dot.hours if dot.mark else dot.hours[1:2])]
    low, high = _root(min([0, *drawn])), _root(max([2 * quarters.large_hours, *drawn]))
    return low - 0.1 * (high - low), high + 0.1 * (high - low)


def _root(hours: float) -> float:
    """Square root that keeps the sign."""
    return copysign(sqrt(abs(hours)), hours)
