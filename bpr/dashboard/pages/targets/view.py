"""BPR対象: targets and effects -> the sentence on top, how many stand where, the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from bpr.dashboard.pages.targets.ids import Ids
from bpr.dashboard.pages.targets.query import TargetsQuery
from bpr.dashboard.words import LEVERS, between, whole
from bpr.decide.effects import Effect
from bpr.decide.moves import LINE
from bpr.deciding_terms import TARGET_STATUSES
from bpr.export.values import write_fiscal_year
from bpr.frames import DataFrame, Targets
from bpr.text import squeeze

MERGED, OVERDUE = "merged", "overdue"
STANDINGS: Final = {
    **{name: term.label for name, term in TARGET_STATUSES.items()},
    MERGED: "統合",
    OVERDUE: "予定年度を過ぎたもの",
}
"""What the list can be filtered by: statuses, and two that follow from other fields."""
_DONE: Final = ("done", "confirmed")
_ORDER: Final = (*LINE, "shelved", "withdrawn", MERGED)
_SEARCHED: Final = ("name", "division", "owner", "current_state", "policy", "means", "task_ids")
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """How many targets have a status, with the way to them."""

    label: str
    count: str
    href: str
    on: bool
    ended: bool


@dataclass(frozen=True)
class Line:
    """One target of the list, as printed."""

    target_id: int
    name: str
    href: str
    standing: str
    """A key of `STANDINGS`."""
    status: str
    since: str
    overdue: bool
    done_by: str
    place: str
    lever: str
    expected: str
    realized: str
    measured: bool
    """Whether it is known what it really saved."""
    opened: bool


@dataclass(frozen=True)
class TargetsView:
    """Everything above the opened target."""

    answer: list[str]
    steps: list[Step]
    base: str
    lines: list[Line]


def view_targets(
    targets: DataFrame[Targets], effects: Sequence[Effect], query: TargetsQuery, year: int
) -> TargetsView:
    """Say where the targets stand; `year`: the fiscal year of today."""
    rows = [row for row in targets.iter_rows(named=True) if _fits(row, query)]
    rows.sort(
        key=lambda row: (not is_overdue(row, year), _ORDER.index(stand(row)), row["target_id"])
    )
    known = {effect.target.target_id: effect for effect in effects}
    found = [row for row in rows if _stands(row, query.status, year)]
    return TargetsView(
        answer=_answer(rows, known, narrowed=query != _only_status(query), year=year),
        steps=_steps(rows, query),
        base=_say_base(found),
        lines=[_line(row, known, query, year) for row in found],
    )


def stand(row: Row) -> str:
    """Where a target stands: its status, `merged` where it ended in another."""
    return MERGED if row["merged_into"] is not None else str(row["status"])


def is_overdue(row: Row, year: int) -> bool:
    """Whether a target should be done by now and is not."""
    planned = row["done_by"]
    return planned is not None and planned < year and stand(row) in LINE[: LINE.index("done")]


def _only_status(query: TargetsQuery) -> TargetsQuery:
    return TargetsQuery(status=query.status, target=query.target, view=query.view)


def _fits(row: Row, query: TargetsQuery) -> bool:
    if query.division and row["division"] != query.division:
        return False
    if query.lever and row["lever"] != query.lever:
        return False
    hay = squeeze(" ".join(str(row[name] or "") for name in _SEARCHED))
    return all(squeeze(word) in hay for word in query.text.split())


def _stands(row: Row, status: str, year: int) -> bool:
    if status == OVERDUE:
        return is_overdue(row, year)
    return not status or stand(row) == status


def _answer(
    rows: Sequence[Row], effects: Mapping[int, Effect], *, narrowed: bool, year: int
) -> list[str]:
    start = "絞り込んだうち、" if narrowed else ""
    chosen = [row for row in rows if stand(row) in LINE[1:]]
    if not chosen:
        return [f"{start}BPR対象に選んだものは、まだありません。"]
    done = [row for row in chosen if stand(row) in _DONE]
    late = sum(is_overdue(row, year) for row in rows)
    some = f"{len(done):,} 件を実施しました" if done else "実施済のものはまだありません"
    overdue = f"予定年度を過ぎたものが {late:,} 件あります。" if late else ""
    first = f"{start}{len(chosen):,} 件を選び、{some}。{overdue}"
    return [first, _say_effect(done, effects)] if done else [first]


def _say_effect(done: Sequence[Row], effects: Mapping[int, Effect]) -> str:
    """What was measured, against what was expected of the same targets."""
    known = [effects[row["target_id"]] for row in done if row["target_id"] in effects]
    proven = [
        (one.target.expected_hours, one.realized.hours)
        for one in known
        if one.realized and one.realized.evidence == "measured"
    ]
    if not proven:
        return "実績で確かめた削減はまだありません。"
    both = [(wanted, real) for wanted, real in proven if wanted is not None]
    wanted, real = sum(w for w, _ in both), sum(r for _, r in both)
    share = f"の {100 * real / wanted:.0f} %" if wanted > 0 else ""
    expected = f"見込み {whole(wanted)} 時間{share}、" if both else ""
    base = f"母数 {len(proven):,} 件"
    if both and len(both) < len(proven):
        expected = f"うち見込みのある {len(both):,} 件では、{expected}"
    return (
        f"実績で確かめた削減は年 {whole(sum(r for _, r in proven))} 時間（{expected}{base}）です。"
    )


def _steps(rows: Sequence[Row], query: TargetsQuery) -> list[Step]:
    plain = replace(query, target="")
    steps = [Step("すべて", f"{len(rows):,}", plain.with_(status="").href(), not query.status, ended=True)]  # fmt: skip
    for status in _ORDER:
        count, on = sum(stand(row) == status for row in rows), query.status == status
        href = plain.with_(status="" if on else status).href()
        if status != MERGED or count:
            steps.append(Step(STANDINGS[status], f"{count:,}", href, on, status not in LINE))
    return steps


def _say_base(rows: Sequence[Row]) -> str:
    counted = [row for row in rows if stand(row) in LINE and row["expected_hours"] is not None]
    ends = [
        sum(row[name] for row in counted)
        for name in ("expected_hours_low", "expected_hours", "expected_hours_high")
    ]
    if not counted:
        return f"{len(rows):,} 件"
    total = f"削減見込の合計 年 {whole(ends[1])} 時間（{between(ends[0], ends[2])}）"
    return f"{len(rows):,} 件。{total}、母数 {len(counted):,} 件（見送り・取下げ・統合を除く）"


def _line(row: Row, effects: Mapping[int, Effect], query: TargetsQuery, year: int) -> Line:
    number = str(row["target_id"])
    effect = effects.get(row["target_id"])
    return Line(
        target_id=row["target_id"],
        name=f"{row['name']}（{row['part']}）" if row["part"] else row["name"],
        href=query.with_(target=number).href(Ids.TARGET),
        standing=stand(row),
        status=STANDINGS[stand(row)],
        since=f"{row['status_since']}〜",
        overdue=is_overdue(row, year),
        done_by=write_fiscal_year(row["done_by"]) if row["done_by"] else "–",
        place="・".join(text for text in (row["division"], row["owner"]) if text) or "–",
        lever=LEVERS.get(row["lever"] or "", row["lever"] or "–"),
        expected=_say_hours(row["expected_hours"]),
        realized=_say_hours(effect.realized.hours if effect and effect.realized else None),
        measured=effect is not None and effect.realized is not None,
        opened=number == query.target,
    )


def _say_hours(hours: float | None) -> str:
    return "–" if hours is None else whole(hours)
