"""概況: hours by group of media and class (図表10), beside another mix of media."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr import terms
from bpr.dashboard.figures.media import MediumBar
from bpr.dashboard.pages.overview.cards import Sight
from bpr.frames import DataFrame, MediumByClass

_GROUPS: Final = {
    "紙": ("paper_huge", "paper_many", "paper_few", "paper"),
    "電子+紙": ("mixed_huge", "mixed_many", "mixed_few", "mixed"),
    "電子": ("electronic",),
    "該当なし": ("none",),
    "不明": ("unknown",),
}


@dataclass(frozen=True)
class MediaChart:
    """The bars, what they are compared with, and what they say."""

    heading: str
    sentence: str
    bars: list[MediumBar]
    compared: str


def view_media(sight: Sight) -> MediaChart:
    """Hours by medium beside the mix of all work; where that is looked at, the published town's."""
    table, whole = sight.own.work.tables.medium_by_class, sight.whole
    hours = _read(table, "hours")
    others = (
        _read(whole.work.tables.medium_by_class, "hours") if whole else _read(table, "ami_hours")
    )
    everything = others.get(("total", "total"), 0.0)
    bars = []
    for label, media in _GROUPS.items():
        parts = {
            name: sum(hours.get((medium, name), 0.0) for medium in media)
            for name in terms.WORK_CLASSES
        }
        other = sum(others.get((medium, "total"), 0.0) for medium in media)
        known = sum(hours.get((medium, "total"), 0.0) for medium in media)
        if label != "不明" or known:
            bars.append(MediumBar(label, parts, known, other / everything if everything else 0.0))
    compared = "阿見町" if whole is None else "全体"
    total = hours.get(("total", "total"), 0.0)
    heading = _tell_heading(bars, total, narrowed=whole is not None)
    return MediaChart(heading, _tell(bars, total, compared), bars, compared)


def _read(table: DataFrame[MediumByClass], column: str) -> dict[tuple[str, str], float]:
    rows = table.filter(pl.col("scope") == "all").select("medium", "work_class", column)
    return {(medium, name): value or 0.0 for medium, name, value in rows.iter_rows()}


def _tell_heading(bars: list[MediumBar], total: float, *, narrowed: bool) -> str:
    paper = [bar for bar in bars if bar.label in {"紙", "電子+紙"}]
    if narrowed:
        share = sum(bar.total for bar in paper) / total
        return f"紙を使う作業が、絞り込んだ業務の {share:.0%} を占める"
    share = sum(bar.hours["routine"] for bar in paper) / total
    return f"紙を使う定型作業が、全体の {share:.0%} を占める"


def _tell(bars: list[MediumBar], total: float, compared: str) -> str:
    parts = "、".join(f"{bar.label} {bar.total / total:.1%}" for bar in bars)
    return f"年間作業時間 {total:,.0f} 時間の内訳は、{parts}です。◇は、{compared}と同じ割合だった場合の位置です。"
