"""Proving: what the KPI count, where they are heading, and the rates that levers really reach."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from math import isfinite
from typing import Any

import polars as pl

from bpr.decide.effects import apply_own_rates, find_own_rates
from bpr.decide.evidence import Proof, prove_targets
from bpr.decide.measurements import drop_withdrawn
from bpr.decide.progress import measure_progress
from bpr.decide.targets import Target, fold_targets, write_values
from bpr.decide.units import count_units
from bpr.decide.years import fiscal_year
from bpr.deciding_terms import KPI_VALUE_KINDS
from bpr.errors import InputError, RefusedError
from bpr.export.kpi import write_kpi
from bpr.export.kpi_sheets import KpiRecord
from bpr.frames import (
    DataFrame,
    KpiUnits,
    KpiValues,
    OwnRates,
    TargetEvents,
    empty,
    types_of,
)
from bpr.settings import Settings
from bpr.store import Record, Ruling, TargetEvent
from bpr.terms import EVIDENCES, FISCAL_YEARS
from bpr.workspace.editions import EditionCases
from bpr.workspace.kpi_view import KpiView, view_kpi
from bpr.workspace.rights import Right, needs
from bpr.workspace.words import kept_reason, title


class KpiCases(EditionCases):
    """The workspace's use cases about KPI; `Workspace` inherits them."""

    _record: tuple[tuple[int, ...], Record] | None = None
    """What was decided and measured up to a state of the decisions."""
    _rates: tuple[tuple[int, ...], DataFrame[OwnRates]] | None = None
    _views: tuple[tuple[object, ...], dict[str, KpiView]] | None = None
    """Every KPI as of a day and a state of the record."""

    @needs(Right.READ)
    def list_kpi(self) -> list[str]:
        """Names of the KPI that kpi.toml defines."""
        return list(self.settings.kpi.kpi)

    @needs(Right.WHOLE)
    def read_kpi(self, kpi: str) -> KpiView:
        """Return one KPI with its years, its units and its forecast."""
        self.settings.kpi.definition(kpi)
        revision = (self._today(), *self.store.decision_revision())
        if self._views is None or self._views[0] != revision:
            record, values = self._record_now(), self.store.read_kpi_values()
            views = {
                name: view_kpi(name, record, values, self.settings.kpi, self._today())
                for name in self.settings.kpi.kpi
            }
            self._views = (revision, views)
        return self._views[1][kpi]

    @needs(Right.WHOLE)
    def prove_targets(self) -> dict[int, Proof]:
        """Every target by its number, with what was measured of it."""
        record = self._record_now()
        return prove_targets(fold_targets(record.events), record.measurements)

    @needs(Right.WHOLE)
    def export_kpi(self) -> bytes:
        """Return the KPI進捗管理表 as a workbook: every KPI by year, and the units behind it."""
        records = [
            KpiRecord(
                view.definition, view.progress, view.units, view.values, view.forecast.sentence
            )
            for view in map(self.read_kpi, self.list_kpi())
        ]
        return write_kpi(records, self.prove_targets(), title(self.report()), self._today())

    @needs(Right.DECIDE)
    def enter_kpi(  # noqa: PLR0913 - one row of the KPI table
        self,
        kpi: str,
        year: int,
        kind: str,
        value: float,
        *,
        base: float | None = None,
        evidence: str | None = None,
        note: str | None = None,
    ) -> None:
        """Keep a yearly target of a KPI, or the actual figure of one that is entered by hand."""
        definition = self.settings.kpi.definition(kpi)
        if kind not in KPI_VALUE_KINDS:
            msg = f"種類「{kind}」はありません。{'、'.join(KPI_VALUE_KINDS)} から選んでください。"
            raise InputError(msg)
        if kind == "actual" and definition.measure != "entered":
            msg = (
                f"「{definition.label}」の実績は、BPR対象の記録から数えます。手では入れられません。"
            )
            raise InputError(msg)
        if year not in FISCAL_YEARS or (kind == "actual" and year > fiscal_year(self._today())):
            msg = f"年度「{year}」は使えません。西暦で、実績は今年度までを入れてください。"
            raise InputError(msg)
        if not isfinite(value) or value < 0 or (definition.unit == "%" and value > 100):  # noqa: PLR2004 - per cent
            msg = f"値「{value:g}」は使えません。0 以上（%は 100 まで）の数を入れてください。"
            raise InputError(msg)
        if kind == "actual" and definition.unit == "%" and not base:
            raise InputError("割合には母数（何件のうちか）を入れてください。")
        if evidence is not None and evidence not in EVIDENCES:
            msg = f"根拠「{evidence}」はありません。{'、'.join(EVIDENCES)} から選んでください。"
            raise InputError(msg)
        values = {"kpi": kpi, "fiscal_year": year, "kind": kind, "value": value, "base": base}
        more = {"evidence": evidence, "note": kept_reason(note)}
        self.store.add_kpi_value({**values, **more}, self._act())

    # --- what they share -------------------------------------------------------------------------

    def _find_target(self, record: Record, target_id: int) -> Target:
        """Return a target that the person may see; `InputError` where it is not there."""
        found = [one for one in fold_targets(record.events) if one.target_id == target_id]
        if not found:
            msg = f"対象の番号 {target_id} がありません。一覧を開き直してください。"
            raise InputError(msg)
        person = self.person()
        if person.role == "division" and found[0].division != person.division:
            msg = f"対象 {target_id} は、ほかの課のものです。"
            raise RefusedError(msg)
        return found[0]

    def _rule(
        self,
        record: Record,
        events: Sequence[TargetEvent],
        object_: str,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> Ruling:
        """Return the ruling; the KPI figures of past years that it changes are told with it."""
        told = self._add_events(record.events, events)
        later = Record(told, drop_withdrawn(record.measurements, told))
        return Ruling(events, object_, before, {**after, **self._tell_kpi_changes(record, later)})

    def _add_events(
        self, events: DataFrame[TargetEvents], more: Sequence[TargetEvent]
    ) -> DataFrame[TargetEvents]:
        next_target = max(events["target_id"].to_list(), default=0)
        next_event = max(events["event_id"].to_list(), default=0)
        rows = []
        for event in more:
            next_event += 1
            next_target += event.target_id is None
            own = {
                "event_id": next_event,
                "target_id": event.target_id or next_target,
                "values": write_values(event.values),
                "decided_at": self.clock(),
                "decided_by": self.person().account,
            }
            rows.append({**asdict(event), **own})
        added = pl.DataFrame(rows, schema=types_of(TargetEvents))
        return TargetEvents.validate(pl.concat([events, added]), cast=True)

    def _tell_kpi_changes(self, before: Record, after: Record) -> dict[str, Any]:
        """KPI figures of years that are over, where a decision changes them: [before, after]."""
        changes: dict[str, list[float | None]] = {}
        for name, definition in self.settings.kpi.kpi.items():
            if definition.measure == "entered":
                continue
            units = [
                count_units(name, record.events, record.measurements, self.settings.kpi)
                for record in (before, after)
            ]
            if units[0].equals(units[1]):
                continue
            years = range(definition.baseline_year, fiscal_year(self._today()))
            old, new = (self._count(name, counted, years) for counted in units)
            changes |= {
                f"{name} {year}": [old[year], new[year]] for year in years if old[year] != new[year]
            }
        return {"kpi_changes": changes} if changes else {}

    def _count(self, kpi: str, units: DataFrame[KpiUnits], years: range) -> dict[int, float | None]:
        values, today = empty(KpiValues), self._today()
        found = measure_progress(kpi, units, values, self.settings.kpi, years, today)
        return dict(found.select("fiscal_year", "actual").iter_rows())

    def _year_of(self, edition: int) -> int:
        """Return the fiscal year of a survey: as it was opened, else as its workbooks tell."""
        known = self._find(edition)
        year = known.fiscal_year or self._report_of(edition).fiscal_year
        if year is None:
            msg = f"調査 {edition} の年度が分かりません。調査票に年度を入れてください。"
            raise InputError(msg)
        return year

    def _settings_revision(self) -> tuple[object, ...]:
        return (repr(self._rates_now().rows()),)

    def _settings_now(self) -> Settings:
        """Return the settings with the office's own reduction rates in the place of published ones."""
        rates = self._rates_now()
        if rates.is_empty():
            return self.settings
        savings = apply_own_rates(self.settings.savings, rates)
        return replace(self.settings, savings=savings, own_rates=repr(rates.rows()))

    def _decisions_now(self) -> tuple[int, ...]:
        return self._glance("decisions", self.store.decision_revision)

    def _record_now(self) -> Record:
        """Return the record, read once per state of the decisions."""
        revision, known = self._decisions_now(), self._record
        if known is None or known[0] != revision:
            known = self._record = (revision, self.store.read_record())
        return known[1]

    def _rates_now(self) -> DataFrame[OwnRates]:
        """Own rates, worked out once per state of the decisions."""
        revision, known = self._decisions_now(), self._rates
        if known is None or known[0] != revision:
            record, least = self._record_now(), self.settings.kpi.feedback_least
            rates = find_own_rates(fold_targets(record.events), record.measurements, least)
            known = self._rates = (revision, rates)
        return known[1]
