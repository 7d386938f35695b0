"""概況: report -> what the page says."""

from dataclasses import dataclass

import polars as pl

from bpr import terms
from bpr.dashboard.components.cards import Figure
from bpr.dashboard.figures.media import MediumBar
from bpr.report import Report
from bpr.workspace import title

_GROUPS = {
    "紙": ("paper_huge", "paper_many", "paper_few", "paper"),
    "電子+紙": ("mixed_huge", "mixed_many", "mixed_few", "mixed"),
    "電子": ("electronic",),
    "該当なし": ("none",),
    "不明": ("unknown",),
}


@dataclass(frozen=True)
class DivisionRow:
    """Hours of routine work of one division, and their share of the greatest."""

    division: str
    hours: float
    share_of_first: float


@dataclass(frozen=True)
class Overview:
    """Everything the page shows; empty when no task has been read."""

    title: str
    answer: list[str]
    figures: list[Figure]
    media_heading: str
    media_note: str
    media_sentence: str
    bars: list[MediumBar]
    divisions_heading: str
    divisions_note: str
    divisions: list[DivisionRow]
    provenance: str


def view_overview(report: Report) -> Overview | None:
    """Sum up the whole survey; None when there is no task with known hours."""
    shares = report.tables.class_by_staff.filter(pl.col("scope") == "all")
    total = _hours(shares, "total", "total")
    if not total:
        return None
    bars = _bars(report)
    routine_paper = sum(b.hours["routine"] for b in bars if b.label in {"紙", "電子+紙"})
    divisions, divisions_heading = _divisions(report)
    return Overview(
        title=title(report),
        answer=_answer(shares, total),
        figures=_figures(report, shares, total),
        media_heading=f"紙を使う定型作業が、全体の {routine_paper / total:.0%} を占める",
        media_note=f"処理媒体 × 業務の性質、年間作業時間（単位 時間）。母数 {total:,.0f} 時間（{report.tasks.height:,} 業務）",
        media_sentence=_media_sentence(bars, total),
        bars=bars,
        divisions_heading=divisions_heading,
        divisions_note="III 定型（専門性不要・定型）の時間が多い課、上位 5",
        divisions=divisions,
        provenance=_provenance(report),
    )


def _hours(shares: pl.DataFrame, work_class: str, staff: str) -> float:
    found = shares.filter(pl.col("work_class") == work_class, pl.col("staff_type") == staff)
    return float(found["hours"].sum())


def _answer(shares: pl.DataFrame, total: float) -> list[str]:
    core = _hours(shares, "core", "total") / total
    noncore = {c: _hours(shares, c, "total") for c in ("expert", "routine", "nonroutine")}
    largest = max(noncore, key=lambda name: noncore[name])
    words = {
        "expert": "専門性がいる作業",
        "routine": "専門性のいらない定型作業",
        "nonroutine": "専門性のいらない非定型作業",
    }
    return [
        f"年間 {total:,.0f} 時間のうち、職員でなければできない仕事は {core:.1%}。",
        f"いちばん多いのは{words[largest]}で、{noncore[largest] / total:.1%} です。"
        if noncore[largest] > core * total
        else f"ノンコアで多いのは{words[largest]}で、{noncore[largest] / total:.1%} です。",
    ]


def _figures(report: Report, shares: pl.DataFrame, total: float) -> list[Figure]:
    mean = shares.filter(pl.col("work_class") == "core", pl.col("staff_type") == "total")
    tasks, divisions = report.tasks.height, report.tasks["division"].n_unique()
    unknown = int(report.tasks["annual_hours"].null_count())
    missing = f"、時間不明 {unknown:,} 業務を除く" if unknown else ""
    return [
        Figure(
            "コア業務の割合",
            f"{_hours(shares, 'core', 'total') / total:.1%}".removesuffix("%"),
            "%",
            f"母数 {total:,.0f} 時間（{divisions} 課・{tasks:,} 業務{missing}）",
            f"96自治体平均 {mean['average96_ratio'].sum():.1%}（参考：母数の取り方が違う）",
            id="core-ratio",
        ),
        _paper_figure(report),
        _regular_figure(shares),
        _seal_figure(report),
    ]


def _paper_figure(report: Report) -> Figure:
    row = report.tables.media_ratios.filter(
        pl.col("scope") == "all", pl.col("work_class") == "total"
    ).row(0, named=True)
    return Figure(
        "紙を使う作業（紙利用率）",
        _percent(row["paper_use_ratio"]),
        "%",
        f"{row['paper_hours']:,.0f} 時間／{row['base_hours']:,.0f} 時間",
        f"電子だけ {_percent(row['electronic_use_ratio'])} %。阿見町は紙 "
        f"{row['ami_paper_use_ratio']:.1%}、電子 {row['ami_electronic_use_ratio']:.1%}",
        id="paper-ratio",
    )


def _regular_figure(shares: pl.DataFrame) -> Figure:
    base = _hours(shares, "total", "regular")
    noncore = base - _hours(shares, "core", "regular")
    mean = shares.filter(pl.col("staff_type") == "regular")
    whole = float(mean.filter(pl.col("work_class") == "total")["average96_ratio"].sum())
    core = float(mean.filter(pl.col("work_class") == "core")["average96_ratio"].sum())
    comparison = f"96自治体平均 {(whole - core) / whole:.1%}（参考）" if whole else ""
    return Figure(
        "正規職員のノンコア従事",
        _percent(noncore / base if base else None),
        "%",
        f"母数 正規職員の {base:,.0f} 時間",
        comparison,
        id="regular-noncore-ratio",
    )


def _seal_figure(report: Report) -> Figure:
    seals = report.tables.seal_by_class.filter(
        pl.col("scope") == "all", pl.col("seal") == "approval_seal"
    )
    row = seals.filter(pl.col("work_class") == "total").row(0, named=True)
    core = seals.filter(pl.col("work_class") == "core")
    core_ratio = core["ratio"].to_list()[0] if core.height else None
    return Figure(
        "決裁印を使う作業",
        _percent(row["ratio"]),
        "%",
        f"{row['cases']:,.0f} 件／{row['base_cases']:,.0f} 件",
        f"コア業務では {_percent(core_ratio)} %。阿見町は全体で {row['ami_ratio']:.1%}",
        id="seal-ratio",
    )


def _percent(ratio: float | None) -> str:
    return "–" if ratio is None else f"{100 * ratio:.1f}"


def _bars(report: Report) -> list[MediumBar]:
    table = report.tables.medium_by_class.filter(pl.col("scope") == "all")
    ami_total = table.filter(pl.col("medium") == "total", pl.col("work_class") == "total")
    whole = float(ami_total["ami_hours"].sum())
    bars = []
    for label, media in _GROUPS.items():
        own = table.filter(pl.col("medium").is_in(media))
        hours = {
            name: float(own.filter(pl.col("work_class") == name)["hours"].sum())
            for name in terms.WORK_CLASSES
        }
        ami = float(own.filter(pl.col("work_class") == "total")["ami_hours"].sum())
        if label != "不明" or any(hours.values()):
            bars.append(MediumBar(label, hours, ami / whole if whole else 0.0))
    return bars


def _media_sentence(bars: list[MediumBar], total: float) -> str:
    parts = "、".join(f"{bar.label} {bar.total / total:.1%}" for bar in bars)
    return f"年間作業時間 {total:,.0f} 時間の内訳は、{parts}です。◇は、阿見町と同じ割合だった場合の位置です。"


def _divisions(report: Report) -> tuple[list[DivisionRow], str]:
    hours = (
        report.tasks.filter(pl.col("work_class") == "routine", pl.col("division").is_not_null())
        .group_by("division")
        .agg(pl.col("annual_hours").sum())
        .sort(["annual_hours", "division"], descending=[True, False])
    )
    if not hours.height:
        return [], "定型作業の時間は、まだ分かりません"
    total, first = float(hours["annual_hours"].sum()), float(hours["annual_hours"].to_list()[0])
    rows = [
        DivisionRow(division, value, value / first if first else 0.0)
        for division, value in hours.head(5).iter_rows()
    ]
    share = sum(row.hours for row in rows) / total if total else 0.0
    return rows, f"定型作業の {share:.0%} は、{len(rows)} つの課にある"


def _provenance(report: Report) -> str:
    sources = dict(report.tasks["work_class_source"].value_counts().iter_rows())
    parts = "、".join(
        f"{term.label} {sources[name] / report.tasks.height:.0%}"
        for name, term in terms.CLASS_SOURCES.items()
        if sources.get(name)
    )
    read = int((report.workbooks["status"] == "read").sum())
    return (
        f"数値の出所：{title(report)}（{read} ファイル）。性質の判定：{parts}。"
        f"比較の出所：{report.settings.published.source}。"
    )
