"""Targets' histories and measurements as tests write them: one short line per event."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from bpr.decide.targets import write_values
from bpr.frames import DataFrame, KpiValues, Measurements, TargetEvents, empty
from bpr.settings import KpiSettings, Settings

KPI: KpiSettings = Settings.load().kpi
ENTERED = datetime(2025, 11, 21, 1, 32, tzinfo=UTC)
TODAY = date(2025, 11, 21)


class History:
    """Events in the order in which they are written; days as 「2024-05-01」."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(
        self, target_id: int, action: str, day: str, status: str | None = None,
        reason: str | None = None, **values: Any,
    ) -> "History":  # fmt: skip
        number = len(self.rows) + 1
        row = {
            "event_id": number,
            "target_id": target_id,
            "action": action,
            "status": status,
            "happened_on": date.fromisoformat(day),
            "reason": reason,
            "values": write_values(values),
            "decided_at": ENTERED + timedelta(minutes=number - 1),
            "decided_by": "情報課 山田",
        }
        self.rows.append(row)
        return self

    def create(self, target_id: int, day: str, *tasks: str, **values: Any) -> "History":
        status = values.pop("status", "candidate")
        values = {"name": f"取組{target_id}", "task_ids": list(tasks)} | values
        return self.add(target_id, "create", day, status, **values)

    def move(
        self, target_id: int, day: str, *statuses: str, reason: str | None = None
    ) -> "History":
        for status in statuses:
            self.add(target_id, "move", day, status, reason)
        return self

    def finish(self, target_id: int, day: str) -> "History":
        """Move on to 実施済, all on one day."""
        return self.move(target_id, day, "selected", "running", "done")

    def merge(self, ended: int, kept: int, day: str, *tasks: str) -> "History":
        return self.add(ended, "merge", day, merged_into=kept, task_ids=list(tasks))

    @property
    def events(self) -> DataFrame[TargetEvents]:
        return TargetEvents.validate(pl.DataFrame(self.rows, schema=empty(TargetEvents).schema))


def measured(*rows: Mapping[str, Any]) -> DataFrame[Measurements]:
    """Measurements of `target_id, figure, before, after`; by default 2023年度 and 2024年度, 実績."""
    plain: dict[str, Any] = {
        "before_from": date(2023, 4, 1),
        "before_to": date(2024, 3, 31),
        "after_from": date(2024, 4, 1),
        "after_to": date(2025, 3, 31),
        "evidence": "measured",
        "source": "typed",
        "measured_at": ENTERED,
        "measured_by": "税務課 佐藤",
    }
    full = [{"measurement_id": n, **plain, **row} for n, row in enumerate(rows, start=1)]
    return Measurements.validate(pl.DataFrame(full, schema=empty(Measurements).schema))


def hours(target_id: int, before: float, after: float, **other: Any) -> dict[str, Any]:
    return {
        "target_id": target_id,
        "figure": "hours",
        "before": before,
        "after": after,
        **other,
    }


def entered(*rows: tuple[str, int, str, float]) -> DataFrame[KpiValues]:
    """KPI, year, kind and value, in the order in which they were entered."""
    full = [
        {
            "sequence": n,
            "kpi": kpi,
            "fiscal_year": year,
            "kind": kind,
            "value": value,
            "entered_at": ENTERED,
            "entered_by": "総務課",
        }
        for n, (kpi, year, kind, value) in enumerate(rows, start=1)
    ]
    return KpiValues.validate(pl.DataFrame(full, schema=empty(KpiValues).schema))
