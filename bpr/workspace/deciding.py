"""Deciding: candidates become BPR targets, which go their way step by step and are never deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from bpr import deciding_terms
from bpr.decide.changes import describe_changes
from bpr.decide.effects import Effect, find_effects
from bpr.decide.entries import (
    changed_values,
    check_create,
    check_edit,
    check_merge,
    check_refreeze,
    check_split,
    merge_values,
)
from bpr.decide.measurements import Measurement, read_measurements
from bpr.decide.moves import MOVES, Move, check_move, name_target
from bpr.decide.targets import Target, fold_targets, list_targets
from bpr.errors import InputError
from bpr.frames import DataFrame, Targets
from bpr.store import Record, Ruling, TargetEvent
from bpr.workspace.expecting import SCALED, choose_lever, describe_task, expect
from bpr.workspace.measuring import EffectCases
from bpr.workspace.opinion import Opinion
from bpr.workspace.rights import Right, needs
from bpr.workspace.scoring import ScoreCases
from bpr.workspace.words import kept_reason

FIRST_STATUSES: Final = ("candidate", "selected")
"""With which a target may begin."""
_COPIED: Final = ("edition_id", "division", "lever", "current_state", "policy", "owner", "done_by")
"""What a part of a target takes over from it."""
_ENDED: Final = ("withdrawn", "shelved")


@dataclass(frozen=True)
class TargetDetail:
    """One target: as it is, what was decided on it in words, what was measured, what may follow.

    `moves`: status that may follow -> whether a reason must be given.
    """

    target: Target
    history: list[str]
    measurements: list[Measurement]
    moves: dict[str, bool]


class TargetCases(EffectCases, ScoreCases):
    """The workspace's use cases about BPR targets; `Workspace` inherits them."""

    _targets: tuple[tuple[int, ...], DataFrame[Targets]] | None = None
    """All targets as of a state of the decisions."""

    @needs(Right.READ)
    def list_targets(self) -> DataFrame[Targets]:
        """All targets as they are now; a person of a division sees the division's."""
        found = self._list_targets()
        person = self.person()
        if person.role != "division":
            return found
        return Targets.validate(found.filter(pl.col("division") == person.division))

    def _list_targets(self) -> DataFrame[Targets]:
        revision, known = self._decisions_now(), self._targets
        if known is None or known[0] != revision:
            known = self._targets = (revision, list_targets(self._record_now().events))
        return known[1]

    @needs(Right.READ)
    def read_target(self, target_id: int) -> TargetDetail:
        """Everything about one target; `InputError` where it is not there."""
        record = self._record_now()
        target = self._find_target(record, target_id)
        history = describe_changes(record.events, target_id, 0)
        own = [m for m in read_measurements(record.measurements) if m.target_id == target_id]
        moves = {} if target.is_final else MOVES[target.status]
        return TargetDetail(target, history, own, moves)

    @needs(Right.READ)
    def list_effects(self) -> list[Effect]:
        """What the targets that are done really saved, of those that the person may see."""
        record, own = self._record_now(), set(self.list_targets()["target_id"])
        found = find_effects(fold_targets(record.events), record.measurements)
        return [effect for effect in found if effect.target.target_id in own]

    @needs(Right.DECIDE)
    def create_targets(
        self,
        task_ids: Sequence[str],
        *,
        lever: str | None = None,
        opinion: Opinion | None = None,
        status: str = "selected",
        happened_on: date | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> list[int]:
        """Make tasks of this edition BPR targets, as one decision; return the targets' numbers.

        `lever` None: each task's recommended one. `values`: more fields, the same for all. What is
        expected is frozen as it stands under `opinion`.
        """
        if not task_ids:
            raise InputError("業務が選ばれていません。一覧の左のチェックで選んでください。")
        if len(set(task_ids)) < len(task_ids):
            raise InputError("同じ業務が 2 度選ばれています。1 度だけにしてください。")
        if status not in FIRST_STATUSES:
            names = "、".join(deciding_terms.TARGET_STATUSES[s].label for s in FIRST_STATUSES)
            msg = f"対象は「{status}」からは始められません。{names} のどちらかにしてください。"
            raise InputError(msg)
        chosen = opinion or Opinion()
        all_values = [
            {**self._expect(task_id, lever, chosen), **(values or {})} for task_id in task_ids
        ]
        day = happened_on or self._today()

        def rule(record: Record) -> Ruling:
            events = []
            for own in all_values:
                check_create(own, day, self._today())
                _refuse_twice(fold_targets(record.events), own)
                events.append(TargetEvent(None, "create", status, day, None, _plain(own)))
            told = {"status": status, "names": [own["name"] for own in all_values]}
            return self._rule(record, events, "、".join(task_ids), {}, told)

        return self.store.decide("target.create", rule, self._act())

    @needs(Right.DECIDE)
    def edit_target(
        self,
        target_id: int,
        seen: int,
        values: Mapping[str, Any],
        happened_on: date | None = None,
    ) -> None:
        """Change what is said of a target (fields of `Target` before `hours`).

        `seen`: the target's version that the editor saw; `ChangedMeanwhileError` where somebody
        else was quicker.
        """
        day = happened_on or self._today()

        def judge(target: Target, _: Record) -> TargetEvent | None:
            check_edit(target, values, day, self._today())
            changed = changed_values(target, values)
            event = TargetEvent(target_id, "edit", None, day, None, _plain(changed))
            return event if changed else None

        self._decide_on("target.edit", target_id, seen, judge)

    @needs(Right.DECIDE)
    def move_target(
        self,
        target_id: int,
        seen: int,
        status: str,
        happened_on: date | None = None,
        reason: str | None = None,
    ) -> None:
        """Give a target its next status, from `happened_on` (None: today)."""
        move = Move(status, happened_on or self._today(), kept_reason(reason))

        def judge(target: Target, record: Record) -> TargetEvent:
            evidence = self.settings.kpi.confirm_evidence
            check_move(target, move, record.measurements, evidence, self._today())
            return TargetEvent(target_id, "move", status, move.happened_on, move.reason)

        self._decide_on("target.move", target_id, seen, judge)

    @needs(Right.DECIDE)
    def refreeze_target(
        self, target_id: int, seen: int, reason: str, opinion: Opinion | None = None
    ) -> None:
        """Take what is expected of a target anew from its survey as it is now; the reason is kept."""
        known = self._find_target(self._record_now(), target_id)
        if len(known.task_ids) != 1 or known.part is not None:
            msg = f"{name_target(known)}は 1 つの業務そのものではないので、見込みを取り直せません。"
            raise InputError(msg)
        survey = self.edition() if known.edition_id is None else self._find(known.edition_id)
        with self._in(survey):
            fresh = self._expect(known.task_ids[0], known.lever, opinion or Opinion())
        values = {name: fresh.get(name) for name in deciding_terms.FROZEN_FIELDS}

        def judge(target: Target, _: Record) -> TargetEvent:
            day = self._today()
            check_refreeze(target, values, kept_reason(reason), day, day)
            changed = changed_values(target, values)
            return TargetEvent(target_id, "refreeze", None, day, kept_reason(reason), changed)

        self._decide_on("target.refreeze", target_id, seen, judge)

    @needs(Right.DECIDE)
    def merge_targets(self, ended: int, seen: int, kept: int, reason: str | None = None) -> None:
        """Let one target end in another, which takes its tasks over."""

        def judge(target: Target, record: Record) -> TargetEvent:
            other, day = self._find_target(record, kept), self._today()
            check_merge(target, other, day, day)
            values = merge_values(target, other)
            return TargetEvent(ended, "merge", None, day, kept_reason(reason), values)

        self._decide_on("target.merge", ended, seen, judge)

    @needs(Right.DECIDE)
    def split_target(self, target_id: int, seen: int, parts: Mapping[str, float]) -> None:
        """Cut a target into parts (切り分け), each with its share of the work (0-1, in all 1).

        The first part stays with the target; each other becomes a target of its own.
        """
        if not all(share > 0 for share in parts.values()):
            raise InputError("切り分けた部分の割合は、0 より大きい数にしてください。")
        if parts and abs(sum(parts.values()) - 1) > 0.001:  # noqa: PLR2004 - rounded shares
            msg = f"切り分けた部分の割合の合計が {sum(parts.values()):g} です。合わせて 1 にしてください。"
            raise InputError(msg)

        def rule(record: Record) -> Ruling:
            target, day = self._require_seen(record, target_id, seen), self._today()
            check_split(target, list(parts), day, day)
            (first, share), *others = parts.items()
            events = [TargetEvent(target_id, "split", None, day, None, _part(target, first, share))]
            for name, own in others:
                values = _part(target, name, own) | {
                    field: getattr(target, field) for field in (*_COPIED, *_RATES)
                }
                values |= {"name": target.name, "task_ids": list(target.task_ids)}
                values |= {"split_from": target_id, "means": list(target.means)}
                events.append(TargetEvent(None, "create", target.status, day, None, values))
            told = {"parts": dict(parts)}
            return self._rule(record, events, name_target(target), {}, told)

        self.store.decide("target.split", rule, self._act())

    def _expect(self, task_id: str, lever: str | None, opinion: Opinion) -> dict[str, Any]:
        explanation = self.explain(task_id, opinion)
        report = self.ranked(opinion)
        chosen = choose_lever(report, task_id, lever)
        return {
            "edition_id": self.edition().id,
            "task_ids": [task_id],
            "lever": chosen,
            **describe_task(report, task_id),
            **expect(explanation, chosen, opinion),
        }


_RATES: Final = ("rate", "rate_low", "rate_high", "expected_evidence", "weight_set")


def _part(target: Target, name: str, share: float) -> dict[str, Any]:
    scaled = {field: getattr(target, field) for field in SCALED}
    return {"part": name} | {
        field: value * share for field, value in scaled.items() if value is not None
    }


def _refuse_twice(targets: Sequence[Target], values: Mapping[str, Any]) -> None:
    """Raise InputError where a task is a target already that has not ended."""
    for target in targets:
        same = target.edition_id == values["edition_id"] and target.part == values.get("part")
        ended = target.status in _ENDED or target.merged_into is not None
        if same and not ended and set(target.task_ids) & set(values["task_ids"]):
            msg = f"業務「{values['name']}」は、もう{name_target(target)}です。そちらを開いてください。"
            raise InputError(msg)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as JSON can hold them, without those that are not known."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            kept[name] = {str(key): text for key, text in value.items()}
        elif value is not None or name not in deciding_terms.FROZEN_FIELDS:
            kept[name] = list(value) if isinstance(value, tuple) else value
    return kept
