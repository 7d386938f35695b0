"""BPR対象: one target -> its heading, its facts, what was expected, what was measured, its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bpr.dashboard.pages.targets.query import PATH, TargetsQuery
from bpr.dashboard.pages.targets.view import MERGED, STANDINGS
from bpr.dashboard.words import LEVERS, MINUS, between, joined, whole
from bpr.decide.measurements import Measurement, find_realized_hours, latest_measurements
from bpr.decide.moves import LINE
from bpr.decide.targets import Target
from bpr.deciding_terms import (
    EXPECTATION_EVIDENCES,
    FIGURES,
    FREED_USES,
    MEASUREMENT_SOURCES,
    TARGET_STATUSES,
)
from bpr.export.values import write_fiscal_year
from bpr.tabulate.listing import TaskQuery
from bpr.terms import EVIDENCES
from bpr.workspace.deciding import TargetDetail

_DIGEST: Final = 8
_NONE: Final = "未記入"


@dataclass(frozen=True)
class Fact:
    """One line of what is known."""

    label: str
    text: str


@dataclass(frozen=True)
class TaskLink:
    """A task of the target; without addresses where it stands in another survey."""

    name: str
    candidates: str = ""
    tasks: str = ""


@dataclass(frozen=True)
class MoveButton:
    """A status that may follow; `back`: not a step onward, so it needs a reason."""

    status: str
    label: str
    back: bool


@dataclass(frozen=True)
class MeasuredLine:
    """One measurement, as printed; `counts`: the latest of its figure."""

    figure: str
    values: str
    change: str
    periods: str
    base: str
    evidence: str
    use: str
    signed: str
    counts: bool


@dataclass(frozen=True)
class DetailView:
    """Everything that is said of one target."""

    heading: str
    status: str
    since: str
    result: str
    facts: list[Fact]
    links: list[str]
    expected: list[Fact]
    tasks: list[TaskLink]
    moves: list[MoveButton]
    measured: list[MeasuredLine]
    history: list[str]
    way_on: str
    """Where it ended in another target: the address of that."""


def view_detail(
    detail: TargetDetail, names: Mapping[str, str], survey: str, query: TargetsQuery
) -> DetailView:
    """Tell one target; `names`: its tasks in the survey that is looked at; `survey`: its own."""
    target = detail.target
    merged = target.merged_into
    title = f"{target.name}（{target.part}）" if target.part else target.name
    return DetailView(
        heading=f"対象 {target.target_id}　{title}",
        status=STANDINGS[MERGED if merged is not None else target.status],
        since=f"{target.status_since}から"
        + (f"　理由：{target.status_reason}" if target.status_reason else ""),
        result=_say_result(target, detail.measurements),
        facts=_facts(target),
        links=list(target.links),
        expected=_expected(target, survey),
        tasks=[_task(task_id, names) for task_id in target.task_ids],
        moves=[
            MoveButton(status, TARGET_STATUSES[status].label, back)
            for status, back in detail.moves.items()
        ],
        measured=_measured(detail.measurements),
        history=list(reversed(detail.history)),
        way_on=f"{PATH}{query.with_(target=str(merged)).to_query()}" if merged is not None else "",
    )


def _say_result(target: Target, measurements: Sequence[Measurement]) -> str:
    """Expected against measured, in one sentence."""
    wanted = target.expected_hours
    expected = f"削減見込 年 {whole(wanted)} 時間" if wanted is not None else "削減見込なし"
    realized = find_realized_hours(measurements)
    if realized is None:
        return f"{expected}。作業時間の効果は、まだ測っていません。"
    kind = EVIDENCES[realized.evidence].label
    share = f"（見込みの {100 * realized.hours / wanted:,.0f} %）" if wanted and wanted > 0 else ""
    early = "" if target.status in LINE[-2:] else "実施済になると、上の合計に入ります。"
    beyond = target.hours is not None and realized.hours > target.hours
    doubt = "調査の年間作業時間より多いので、測った範囲を確かめてください。" if beyond else ""
    return f"{expected} → {kind} 年 {whole(realized.hours)} 時間{share}。{early}{doubt}"


def _facts(target: Target) -> list[Fact]:
    planned = [
        f"{write_fiscal_year(year)}　{text}"
        for year, text in sorted(target.schedule.items())
        if text
    ]
    return [
        Fact("主管課", target.division or _NONE),
        Fact("担当者", target.owner or _NONE),
        Fact("手段", LEVERS.get(target.lever or "", target.lever or _NONE)),
        Fact("BPRの手段（進め方）", "、".join(target.means) or _NONE),
        Fact("現状", target.current_state or _NONE),
        Fact("今後の方針", target.policy or _NONE),
        Fact("スケジュール", "\n".join(planned) or _NONE),
        Fact("完了予定年度", write_fiscal_year(target.done_by) if target.done_by else _NONE),
        Fact("難易度", target.difficulty or _NONE),
        Fact("備考", target.notes or _NONE),
    ]  # fmt: skip


def _expected(target: Target, survey: str) -> list[Fact]:
    if target.expected_hours is None:
        hours = "分かりません（手段か時間がありません）"
    else:
        low, high = target.expected_hours_low, target.expected_hours_high
        hours = f"年 {whole(target.expected_hours)} 時間（{between(low, high)}）"
    kind = EXPECTATION_EVIDENCES.get(target.expected_evidence or "")
    score = f"{target.score:.0f} 点" if target.score is not None else ""
    rank = f"{target.rank:,} 位" if target.rank is not None else ""
    return [
        Fact("削減見込（幅）", hours),
        Fact("年間作業時間", _hours(target.hours)),
        Fact("手段が引き受ける時間", _hours(target.taken_hours)),
        Fact("減る割合（幅）", _rates(target)),
        Fact("根拠区分", kind.label if kind else "–"),
        Fact("決めたときの点と順位", joined(score, rank, by="、") or "–"),
        Fact("重み", target.weight_set or "–"),
        Fact("調査", survey or "–"),
        Fact("設定の識別番号", (target.settings_digest or "–")[:_DIGEST]),
    ]


def _hours(hours: float | None) -> str:
    return "–" if hours is None else f"年 {whole(hours)} 時間"


def _rates(target: Target) -> str:
    if target.rate is None or target.rate_low is None or target.rate_high is None:
        return "–"
    low, point, high = (100 * rate for rate in (target.rate_low, target.rate, target.rate_high))
    return f"{point:.4g} %（{low:.4g}〜{high:.4g} %）"


def _task(task_id: str, names: Mapping[str, str]) -> TaskLink:
    if task_id not in names:
        return TaskLink(f"業務ID {task_id}（別の調査の業務）")
    query = TaskQuery(task=task_id).to_query()
    return TaskLink(f"{names[task_id]}（{task_id}）", f"/candidates{query}", f"/tasks{query}")


def _measured(measurements: Sequence[Measurement]) -> list[MeasuredLine]:
    """Measurements, the newest first."""
    latest = latest_measurements(measurements).values()
    return [_measured_line(one, counts=one in latest) for one in reversed(measurements)]


def name_measurements(measurements: Sequence[Measurement]) -> list[tuple[str, str]]:
    """Measurements as (number, label), the newest first."""
    shown = zip(reversed(measurements), _measured(measurements), strict=True)
    return [
        (str(one.measurement_id), f"{line.figure} {line.values}（{line.evidence}、{line.signed}）")
        for one, line in shown
    ]


def _measured_line(one: Measurement, *, counts: bool) -> MeasuredLine:
    term = FIGURES[one.figure]
    use = FREED_USES[one.freed_use].label if one.freed_use else ""
    when = f"{one.measured_at.astimezone():%Y-%m-%d}" if one.measured_at else ""
    source = "" if one.source == "typed" else MEASUREMENT_SOURCES[one.source].label
    return MeasuredLine(
        figure=term.label,
        values=f"{one.before:,.6g} → {one.after:,.6g} {term.unit}",
        change=_change(one.before, one.after, term.unit),
        periods=f"{one.before_from}〜{one.before_to} → {one.after_from}〜{one.after_to}",
        base=joined(f"{one.base:,.6g}" if one.base is not None else "", one.base_note, by=" ") or "–",
        evidence=joined(EVIDENCES[one.evidence].label, source, by="・"),
        use=joined(use, one.freed_note, one.note, by="　") or "–",
        signed=joined(one.measured_by, when, by="　"),
        counts=counts,
    )  # fmt: skip


def _change(before: float, after: float, unit: str) -> str:
    """−280 時間（−70 %）."""
    change = after - before
    share = f"（{_signed(100 * change / before, '.0f')} %）" if before else ""
    return f"{_signed(change, ',.6g')} {unit}{share}"


def _signed(value: float, form: str) -> str:
    sign = MINUS if value < 0 else "＋" if value > 0 else "±"
    return f"{sign}{abs(value):{form}}"
