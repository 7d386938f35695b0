"""Effects: what was measured of a target, by hand or by a later survey, and what was taken back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import polars as pl

from bpr.decide.changes import describe_changes
from bpr.decide.effects import summarize_effects
from bpr.decide.measurements import Measurement, check_measurement, check_withdrawal
from bpr.decide.moves import name_target
from bpr.decide.targets import Target, fold_targets
from bpr.decide.years import last_day
from bpr.errors import ChangedMeanwhileError, InputError
from bpr.frames import DataFrame, LeverEffects, Measurements, OwnRates
from bpr.store import Record, Ruling, TargetEvent
from bpr.workspace.counting import KpiCases
from bpr.workspace.rights import Right, needs
from bpr.workspace.words import kept_reason


class EffectCases(KpiCases):
    """The workspace's use cases about effects; `Workspace` inherits them."""

    @needs(Right.MEASURE)
    def measure_target(self, measurement: Measurement) -> list[str]:
        """Keep a figure before and after; return what is doubtful about it, in sentences."""
        doubts = check_measurement(measurement, self._today())
        values = asdict(measurement)
        for name in ("measurement_id", "measured_at", "measured_by"):
            del values[name]

        def check(record: Record) -> Mapping[str, Any]:
            self._find_target(record, measurement.target_id)
            last = max(record.measurements["measurement_id"].to_list(), default=0)
            row = {**values, "measurement_id": last + 1}
            own = {"measured_at": self.clock(), "measured_by": self.person().account}
            schema = record.measurements.schema
            more = pl.DataFrame([{**row, **own}], schema=schema)
            later = Record(record.events, Measurements.validate(record.measurements.vstack(more)))
            return self._tell_kpi_changes(record, later)

        self.store.add_measurement(values, check, self._act())
        return doubts

    @needs(Right.MEASURE)
    def measure_by_survey(self, target_id: int, edition: int, note: str | None = None) -> list[str]:
        """Keep the hours (and cases) that a later survey tells of a target's tasks.

        Before: the survey in which the target was decided on. Only links that are certain or
        confirmed by a person count. `InputError` where the later survey does not tell.
        """
        target = self._find_target(self._record_now(), target_id)
        if target.part is not None:
            msg = f"対象 {target_id}「{target.name}」は業務の一部なので、調査では効果が分かりません。手で入れてください。"
            raise InputError(msg)
        if target.edition_id is None or target.edition_id == edition:
            raise InputError("効果は、対象を決めた調査より後の調査で測ってください。")
        years = [self._year_of(number) for number in (target.edition_id, edition)]
        if years[1] <= years[0]:
            msg = f"{years[1]}年度の調査は、対象を決めた {years[0]}年度より後ではありません。"
            raise InputError(msg)
        tasks = self._report_of(target.edition_id).tasks
        before = tasks.filter(pl.col("task_id").is_in(list(target.task_ids)))
        after = [self._find_after(task, target.edition_id, edition) for task in target.task_ids]
        if any(rows.is_empty() for rows in after) or before.height < len(target.task_ids):
            msg = f"対象 {target_id}「{target.name}」の業務が、後の調査のどの業務か確かめられていません。先に「前年度との対応」を確認してください。"
            raise InputError(msg)
        found, doubts = pl.concat(after).unique("task_id"), []
        told = [
            (figure, column)
            for figure, column in (("hours", "annual_hours"), ("count", "annual_count"))
            if not before[column].null_count() and not found[column].null_count()
        ]
        if not told:
            raise InputError("調査に時間も件数もないので、効果を測れません。手で入れてください。")
        for figure, column in told:
            (first, first_to), (then, then_to) = [
                (date(year, 4, 1), last_day(year)) for year in years
            ]
            doubts += self.measure_target(
                Measurement(
                    target_id, figure, float(before[column].sum()), float(found[column].sum()),
                    first, first_to, then, then_to, "measured", "edition",
                    float(found.height), "調査の業務の行数", note=kept_reason(note),
                )
            )  # fmt: skip
        return doubts

    @needs(Right.MEASURE)
    def withdraw_measurement(
        self, target_id: int, seen: int, measurement_id: int, reason: str
    ) -> None:
        """Take a measurement back that was entered wrong; it no longer counts, and stays known."""
        why = kept_reason(reason)

        def judge(target: Target, record: Record) -> TargetEvent:
            evidence = self.settings.kpi.confirm_evidence
            told = check_withdrawal(target, measurement_id, record.measurements, why, evidence)
            return TargetEvent(target_id, "unmeasure", None, self._today(), why, told)

        self._decide_on("target.unmeasure", target_id, seen, judge)

    @needs(Right.WHOLE)
    def summarize_effects(self) -> DataFrame[LeverEffects]:
        """Expected against realized hours, per lever and kind of evidence."""
        record = self._record_now()
        return summarize_effects(fold_targets(record.events), record.measurements)

    @needs(Right.WHOLE)
    def own_rates(self) -> DataFrame[OwnRates]:
        """The office's own reduction rates, of levers that were measured often enough."""
        return self._rates_now()

    # --- what decisions on one target share --------------------------------------------------------------

    def _decide_on(
        self,
        action: str,
        target_id: int,
        seen: int,
        judge: Callable[[Target, Record], TargetEvent | None],
    ) -> None:
        def rule(record: Record) -> Ruling:
            target = self._require_seen(record, target_id, seen)
            event = judge(target, record)
            if event is None:
                return Ruling((), name_target(target), {}, {})
            names = list(event.values)
            before = {name: getattr(target, name, None) for name in names if name != "notes"}
            after = {name: event.values[name] for name in names if name != "notes"}
            if event.status is not None:
                before, after = {"status": target.status}, {"status": event.status}
            return self._rule(record, [event], name_target(target), before, after)

        self.store.decide(action, rule, self._act())

    def _require_seen(self, record: Record, target_id: int, seen: int) -> Target:
        target = self._find_target(record, target_id)
        if target.version != seen:
            lines = "\n".join(describe_changes(record.events, target_id, seen))
            msg = f"{name_target(target)}は、開いてから変わりました。今の内容を見て、必要ならもう一度変えてください。\n{lines}"
            raise ChangedMeanwhileError(msg)
        return target
