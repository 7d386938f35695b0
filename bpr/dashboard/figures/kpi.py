"""A KPI over the years: what is planned, what is reached, the target, where it is heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from bpr.dashboard.theme import BLUES, INK

_GREY: Final = "#5F5F66"
_PAPER: Final = "rgba(255,255,255,.85)"
_HEADROOM: Final = 1.14
_LOW: Final = 0.14
"""Share of the height under which a label below its point would fall on the axis."""


@dataclass(frozen=True)
class Point:
    """A value at a time: `year` is its fiscal year's end, less than that within the year."""

    year: float
    value: float
    text: str


@dataclass(frozen=True)
class Band:
    """What the forecast gives for the end of a year, and as printed."""

    year: int
    low: float
    point: float
    high: float
    text: str


@dataclass(frozen=True)
class KpiPath:
    """Everything that the chart shows; `ticks`: fiscal year -> as printed."""

    ticks: dict[int, str]
    planned: Sequence[Point]
    reached: Sequence[Point]
    target: Point | None
    band: Band | None


def kpi_figure(path: KpiPath) -> go.Figure:
    """Dotted: planned; solid with marks: reached; dashed: the target; filled: the forecast.

    Each line carries its name, so that nothing hangs on a color.
    """
    figure = go.Figure()
    _add_band(figure, path)
    _add_line(figure, "予定", path.planned, {"color": _GREY, "dash": "dot", "width": 2}, "lines")
    blue = {"color": BLUES[0], "width": 3}
    _add_line(figure, "実績", path.reached, blue, "lines+markers")
    figure.update_traces(marker={"size": 10}, cliponaxis=False, selector={"name": "実績"})
    if path.target:
        figure.add_hline(y=path.target.value, line={"color": INK, "width": 2, "dash": "dash"})
    _name_lines(figure, path)
    years = list(path.ticks)
    figure.update_layout(
        showlegend=False,
        margin={"t": 16, "r": 92 if path.band else 24},
        xaxis={
            "tickvals": years,
            "ticktext": list(path.ticks.values()),
            "range": [years[0] - 0.2, years[-1] + 0.1],
            "showgrid": False,
            "showline": True,
            "linecolor": _GREY,
            "ticks": "outside",
            "tickangle": 0,
            "tickfont": {"size": 13},
            "title": {"text": "各年度の末", "font": {"size": 14}},
        },
        yaxis={
            "range": [0, _top(path) * _HEADROOM],
            "tickformat": ",",
        },
    )
    return figure


def _top(path: KpiPath) -> float:
    points = [point.value for point in (*path.planned, *path.reached)]
    points += [path.target.value] if path.target else []
    points += [path.band.high] if path.band else []
    return max([*points, 1.0])


def _add_line(
    figure: go.Figure, name: str, points: Sequence[Point], line: dict[str, Any], mode: str
) -> None:
    figure.add_scatter(
        name=name,
        x=[point.year for point in points],
        y=[point.value for point in points],
        text=[point.text for point in points],
        mode=mode,
        line=line,
        hovertemplate=f"%{{text}}<extra>{name}</extra>",
    )


def _add_band(figure: go.Figure, path: KpiPath) -> None:
    """Add the wedge from where it stands to where it may end, with the middle as a thin line."""
    if path.band is None or not path.reached:
        return
    start, band = path.reached[-1], path.band
    figure.add_scatter(
        name="見通し",
        x=[start.year, band.year, band.year, start.year],
        y=[start.value, band.high, band.low, start.value],
        fill="toself",
        fillcolor=BLUES[3],
        line={"color": BLUES[2], "width": 1},
        mode="lines",
        hoverinfo="skip",
    )
    figure.add_scatter(
        name="見通しの中央",
        x=[start.year, band.year],
        y=[start.value, band.point],
        mode="lines",
        line={"color": BLUES[1], "width": 1},
        hoverinfo="skip",
    )


def _name_lines(figure: go.Figure, path: KpiPath) -> None:
    """Write every line's name beside it, away from the other lines."""
    behind = _is_behind(path)
    if path.target:
        left = min(path.ticks)
        _write(figure, left, path.target.value, path.target.text, x="left", y="bottom", shift=3)
    if len(path.planned) > 1:
        first, last = path.planned[0], path.planned[-1]
        third = first.year + 0.4 * (last.year - first.year)
        middle = min(path.planned, key=lambda point: abs(point.year - third))
        side, edge = ("right", "bottom") if behind else ("left", "top")
        _write(figure, middle.year, middle.value, "予定", x=side, y=edge, color=_GREY)
    if path.reached:
        now = path.reached[-1]
        near_end = path.band is None and now.year > max(path.ticks) - 1
        above = not behind or near_end or now.value < _LOW * _top(path)
        early = now.year < min(path.ticks) + 1
        side = "left" if early or not above else "right"
        edge, shift = ("bottom", 8) if above else ("top", -8)
        _write(figure, now.year, now.value, f"<b>{now.text}</b>", x=side, y=edge, shift=shift)
    if path.band:
        band = path.band
        height = (band.low + band.high) / 2
        _write(figure, band.year, height, f"見通し<br>{band.text}", x="left", y="middle", aside=8)


def _is_behind(path: KpiPath) -> bool:
    if not path.reached or len(path.planned) < 2:  # noqa: PLR2004 - two ends of a line
        return not path.reached
    now = path.reached[-1]
    before = [point for point in path.planned if point.year <= now.year] or path.planned[:1]
    after = [point for point in path.planned if point.year >= now.year] or path.planned[-1:]
    (a, b), span = (before[-1], after[0]), after[0].year - before[-1].year
    share = (now.year - a.year) / span if span else 0.0
    return now.value < a.value + share * (b.value - a.value)


def _write(  # noqa: PLR0913 - where a label stands
    figure: go.Figure,
    year: float,
    value: float,
    text: str,
    *,
    x: str,
    y: str,
    shift: float = 0,
    aside: float = 0,
    color: str = INK,
) -> None:
    figure.add_annotation(
        x=year, y=value, text=text, showarrow=False, xanchor=x, yanchor=y, yshift=shift,
        xshift=aside, bgcolor=_PAPER, align="left", font={"color": color, "size": 14},
    )  # fmt: skip
