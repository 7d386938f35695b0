"""The first candidates, each with lever, score, rank, certainty, saving, gate and why."""

from typing import Any

import polars as pl

from bpr.export.report_matter import TOP, Matter
from bpr.export.report_numbers import write_hours, write_range, write_share
from bpr.export.report_page import Html, Part, Table, mark, paragraph, section
from bpr.export.values import LEVER_LABELS

_ENDS = ("saving_hours_low", "saving_hours", "saving_hours_high")


def write_candidates(matter: Matter) -> Html:
    """Part 3: the first candidates in one table, and what their sum is worth."""
    candidates = matter.candidates
    top = candidates.head(TOP)
    if not top.height:
        return section(3, "見直しの候補", paragraph("勧める手段のある業務はない。"))
    low, point, high = sum_savings(top)
    unknown = int(top["saving_hours"].null_count())
    without = f"（時間の分からない {unknown} 業務を除く）" if unknown else ""
    certain = int((top["certainty"] == "確実").sum())
    told = (
        f"勧める手段のある業務は {candidates.height:,}。上位 {top.height} 業務の削減見込は合わせて年 {write_hours(point)} 時間"
        f"（{write_range(low, high)}）で、全時間の {write_share(point / matter.hours if matter.hours else None)}{without}。"
        f"{certain} 業務は、重みの置き方を変えてもほぼ上位 {matter.sensitivity.top} に残る。"
    )
    warn = (
        "順位は適性の点の順で、決定ではない。点と順位の幅は、調査票に答えのない項目があるときに動く範囲。"
        "削減見込は 1 業務ごとの見込みで、実績でも約束でもない。"
    )
    blank = Html("")
    total: list[Part] = [
        blank, f"合計（{top.height} 業務）", blank, blank, blank, _two_lines(write_hours(point), write_range(low, high)), blank,
    ]  # fmt: skip
    rows = [_row(task) for task in top.iter_rows(named=True)]
    notes = [_why(matter, task) for task in top.iter_rows(named=True)]
    return section(
        3,
        f"見直しの候補　上位 {top.height}",
        paragraph(told),
        paragraph(warn, "note"),
        Table(
            f"候補 上位 {top.height}（重み：標準。点は 100 点満点、削減見込は 時間／年）",
            ["順位（幅）", "業務と課", "手段", "点（幅）", "確かさ", "削減見込（幅）", "制約"],
            [*rows, total],
            notes=notes,
            last_is_total=True,
            widths=(10, 33, 13, 12, 9, 13, 10),
        ).build(),
    )


def sum_savings(tasks: pl.DataFrame) -> tuple[float, float, float]:
    """Low, point and high of the hours that tasks may save a year."""
    low, point, high = (float(tasks[end].sum()) for end in _ENDS)
    return low, point, high


def _row(task: dict[str, Any]) -> list[Part]:
    ranks = task["rank_low"], task["rank_high"]
    width = f"{ranks[0]:,}〜{ranks[1]:,}" if ranks[0] != ranks[1] else ""
    place = f"<br><small>{mark(task['division'])}</small>" if task["division"] else ""
    share = f" {task['top_ratio']:.0%}" if task["certainty"] != "圏外" else ""
    return [
        _two_lines(f"{task['rank']:,}", width),
        Html(f"{mark(task['task'])}{place}"),
        LEVER_LABELS[task["best_lever"]],
        _spread(f"{task['score']:.1f}", task["score_low"], task["score_high"], "{:.1f}"),
        f"{task['certainty']}{share}",
        _two_lines(write_hours(task["saving_hours"]), write_range(*(task[end] for end in _ENDS[::2]))),
        task["gate"],
    ]  # fmt: skip


def _spread(point: str, low: float, high: float, form: str) -> Html:
    ends = form.format(low), form.format(high)
    return _two_lines(point, f"{ends[0]}〜{ends[1]}" if ends[0] != ends[1] else "")


def _two_lines(number: str, width: str) -> Html:
    """Return a number with its range small below it."""
    return Html(f"{number}<br><small>{width}</small>" if width else number)


def _why(matter: Matter, task: dict[str, Any]) -> str:
    return f"なぜ：{matter.reasons.get(task['task_id'], '')}"
