"""What others changed since a person last looked, in Japanese lines."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from bpr import deciding_terms, terms
from bpr.decide.targets import Event, Target, apply_events, read_events
from bpr.frames import DataFrame, TargetEvents

_JAPAN: Final = timezone(timedelta(hours=9))


def describe_changes(
    events: DataFrame[TargetEvents], target_id: int, seen_version: int
) -> list[str]:
    """Lines on a target's events after `seen_version`, the first first.

    `events` holds the target's whole history (others' events do no harm). A line reads
    「状態：検討中 → 実施中（情報課 山田、11月21日 10:32）」.
    """
    own = [event for event in read_events(events) if event.touches(target_id)]
    target = apply_events(None, target_id, (e for e in own if e.event_id <= seen_version))
    lines: list[str] = []
    for event in own:
        if event.event_id > seen_version:
            lines += [f"{text}（{_sign(event)}）" for text in _tell(target, target_id, event)]
            target = apply_events(target, target_id, [event])
    return lines


def _sign(event: Event) -> str:
    when = event.decided_at.astimezone(_JAPAN)
    return f"{event.decided_by}、{_tell_time(when)}"


def _tell_time(when: datetime) -> str:
    return f"{when.month}月{when.day}日 {when:%H:%M}"


def _tell(target: Target | None, target_id: int, event: Event) -> list[str]:
    why = f"、理由：{event.reason}" if event.reason else ""
    if event.action == "create" or target is None:
        return [f"{deciding_terms.TARGET_ACTIONS['create'].label}{why}"]
    if event.action == "move":
        old, new = (
            deciding_terms.TARGET_STATUSES[s].label for s in (target.status, event.status or "")
        )
        return [f"状態：{old} → {new}{why}"]
    if event.action == "merge":
        if event.target_id == target_id:
            return [f"統合：対象 {event.values['merged_into']} に統合{why}"]
        return [f"統合：対象 {event.target_id} を取り込んだ{why}"]
    if event.action == "unmeasure":
        return [f"{_tell_withdrawn(event.values)}{why}"]
    label = (
        "" if event.action == "edit" else f"{deciding_terms.TARGET_ACTIONS[event.action].label}："
    )
    return [
        f"{label}{deciding_terms.TARGET_FIELDS[name].label}：{_show(name, getattr(target, name))} → {_show(name, new)}{why}"
        for name, new in event.values.items()
    ]


def _tell_withdrawn(said: Mapping[str, Any]) -> str:
    figure = deciding_terms.FIGURES[said["figure"]]
    values = f"{said['before']:,.6g} → {said['after']:,.6g} {figure.unit}".strip()
    return f"{deciding_terms.TARGET_ACTIONS['unmeasure'].label}：{figure.label} {values}"


def _show(name: str, value: object) -> str:
    if value is None or value in ("", (), {}):
        return "（なし）"
    if isinstance(value, Mapping):
        return "、".join(f"{year}年度 {text}" for year, text in sorted(value.items()))
    if isinstance(value, tuple):
        return "、".join(value)
    if name == "lever" and value in terms.LEVERS:
        return terms.LEVERS[str(value)].label
    if name == "expected_evidence" and value in deciding_terms.EXPECTATION_EVIDENCES:
        return deciding_terms.EXPECTATION_EVIDENCES[str(value)].label
    unit = deciding_terms.TARGET_FIELDS[name].unit
    text = f"{value:,.6g}" if isinstance(value, float) else str(value)
    return f"{text}{unit}" if unit in {"", "年度"} else f"{text} {unit}"
