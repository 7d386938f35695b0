"""Which status may follow which, and on what conditions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from bpr import deciding_terms, terms
from bpr.decide.targets import Target
from bpr.errors import InputError
from bpr.frames import DataFrame, Measurements

LINE: Final = ("candidate", "selected", "reviewing", "running", "done", "confirmed")
"""The statuses that follow one another."""

FREE, GIVE_REASON = False, True
MOVES: Final[dict[str, dict[str, bool]]] = {
    "candidate": {"selected": FREE, "shelved": GIVE_REASON, "withdrawn": GIVE_REASON},
    "selected": {
        "reviewing": FREE,
        "running": FREE,
        "candidate": GIVE_REASON,
        "shelved": GIVE_REASON,
        "withdrawn": GIVE_REASON,
    },
    "reviewing": {
        "running": FREE,
        "selected": GIVE_REASON,
        "shelved": GIVE_REASON,
        "withdrawn": GIVE_REASON,
    },
    "running": {
        "done": FREE,
        "reviewing": GIVE_REASON,
        "selected": GIVE_REASON,
        "shelved": GIVE_REASON,
        "withdrawn": GIVE_REASON,
    },
    "done": {"confirmed": FREE, "running": GIVE_REASON, "withdrawn": GIVE_REASON},
    "confirmed": {"done": GIVE_REASON, "withdrawn": GIVE_REASON},
    "shelved": {"candidate": GIVE_REASON, "withdrawn": GIVE_REASON},
    "withdrawn": {},
}
"""Status -> the statuses that may follow, and whether a reason must be given.

From 選定 one may start at once (実施中), and so go back there.
"""


@dataclass(frozen=True)
class Move:
    """A new status, from when it holds, and why."""

    status: str
    happened_on: date
    reason: str | None = None


def check_move(
    target: Target,
    move: Move,
    measurements: DataFrame[Measurements],
    evidence: Sequence[str],
    today: date,
) -> None:
    """Raise InputError for a move that is not allowed, saying what is.

    `evidence`: kinds of measurement of which 効果確認済 needs one (`KpiSettings.confirm_evidence`).
    """
    place = name_target(target)
    refuse_final(target)
    allowed = MOVES[target.status]
    old = deciding_terms.TARGET_STATUSES[target.status].label
    if move.status not in allowed:
        new = (
            deciding_terms.TARGET_STATUSES[move.status].label
            if move.status in MOVES
            else move.status
        )
        ways = "、".join(deciding_terms.TARGET_STATUSES[status].label for status in allowed)
        msg = f"{place}は「{old}」から「{new}」にできません。次にできるのは {ways} です。"
        raise InputError(msg)
    new = deciding_terms.TARGET_STATUSES[move.status].label
    if allowed[move.status] and not (move.reason or "").strip():
        msg = f"{place}を「{old}」から「{new}」にする理由がありません。理由を書いてください。"
        raise InputError(msg)
    refuse_day(target, move.happened_on, today)
    if move.status == "confirmed" and not is_proved(target, measurements, evidence):
        labels = "・".join(terms.EVIDENCES[kind].label for kind in evidence)
        msg = f"{place}には導入の前後を測った{labels}の値がないので「{new}」にできません。先に効果を{labels}として入れてください。"
        raise InputError(msg)


def is_proved(
    target: Target, measurements: DataFrame[Measurements], evidence: Sequence[str]
) -> bool:
    """Tell whether a target was measured with one of these kinds of evidence."""
    kinds = pl.col("evidence").cast(pl.String).is_in(list(evidence))
    return not measurements.filter(pl.col("target_id") == target.target_id, kinds).is_empty()


def name_target(target: Target) -> str:
    """Return 「対象 3「住民票の交付」」."""
    return f"対象 {target.target_id}「{target.name}」"


def refuse_final(target: Target) -> None:
    """Raise InputError for a target with which nothing more can be done."""
    if target.merged_into is not None:
        msg = f"{name_target(target)}は対象 {target.merged_into} に統合されています。対象 {target.merged_into} を直してください。"
        raise InputError(msg)
    if target.is_final:
        label = deciding_terms.TARGET_STATUSES[target.status].label
        msg = (
            f"{name_target(target)}は「{label}」なので変えられません。新しい対象を作ってください。"
        )
        raise InputError(msg)


def refuse_day(target: Target, happened_on: date, today: date) -> None:
    """Raise InputError for a day before the target's present status or after today."""
    since = target.status_since
    if not since <= happened_on <= today:
        label = deciding_terms.TARGET_STATUSES[target.status].label
        msg = f"{name_target(target)}の日付 {happened_on} は使えません。「{label}」になった {since} から今日 {today} までの日を入れてください。"
        raise InputError(msg)
