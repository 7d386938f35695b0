"""KPI進捗管理表: cell by cell, live shares that LibreOffice finds too, only our own formulas."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from bpr.decide.evidence import prove_targets
from bpr.decide.progress import measure_progress
from bpr.decide.targets import fold_targets
from bpr.decide.units import count_units
from bpr.export.kpi import write_kpi
from bpr.export.kpi_sheets import KpiRecord
from bpr.frames import DataFrame, KpiValues, Measurements
from tests.decide.records import KPI, TODAY, History, entered, hours, measured
from tests.export.recalculated import needs_office, recalculate

Opened = Callable[[bytes], openpyxl.Workbook]
NAMES = ("bpr_done", "e_approval", "saved_hours")
EVIL = "=1+1 "


def story(evil: str = "") -> History:
    """Two done, one of them with hours measured; a third went back."""
    history = History()
    for number, day in ((1, "2023-06-01"), (2, "2024-06-01"), (3, "2024-07-01")):
        values = {"name": f"{evil}取組{number}", "division": f"{evil}税務課", "lever": "rpa"}
        history.create(number, "2023-05-01", f"t{number}", **values)
        history.finish(number, day)
    return history.move(3, "2025-08-01", "running", reason=f"{evil}やり直し")


def shares(evil: str = "") -> DataFrame[KpiValues]:
    rows = entered(
        ("e_approval", 2023, "actual", 20.0),
        ("e_approval", 2024, "actual", 50.0),
        ("bpr_done", 2025, "target", 5.0),
    )
    told = pl.lit(f"{evil}集計")
    base = pl.when(pl.col("kind") == "actual").then(8400.0)
    kind = pl.when(pl.col("kind") == "actual").then(pl.lit("measured"))
    return KpiValues.validate(rows.with_columns(note=told, base=base, evidence=kind), cast=True)


PROOF = measured(hours(1, 410, 96))


def records(
    history: History,
    values: DataFrame[KpiValues],
    proof: DataFrame[Measurements] = PROOF,
    names: Sequence[str] = NAMES,
) -> list[KpiRecord]:
    found = []
    for name in names:
        units = count_units(name, history.events, proof, KPI)
        definition = KPI.definition(name)
        years = range(definition.baseline_year, 2028)
        progress = measure_progress(name, units, values, KPI, years, TODAY)
        own = KpiValues.validate(values.filter(pl.col("kpi") == name))
        found.append(KpiRecord(definition, progress, units, own))
    return found


def book(evil: str = "") -> bytes:
    history = story(evil)
    proofs = prove_targets(fold_targets(history.events), PROOF)
    return write_kpi(records(history, shares(evil)), proofs, f"{evil}みどり野町", TODAY)


def rows(sheet: Any, first: int) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


def test_the_table_cell_by_cell(opened: Opened) -> None:
    """Actuals of 令和4年度 to 令和7年度 stand in G to J; the live cells follow them."""
    sheet = opened(book())["KPI進捗管理表"]
    assert [sheet[f"A{n}"].value for n in (1, 2)] == ["KPI進捗管理表", "みどり野町"]
    assert sheet["A3"].value.startswith("2025年11月21日現在。")
    head, done, share, saved, *_ = rows(sheet, 6)
    assert head[6:12] == [
        "実績\n令和4年度", "実績\n令和5年度", "実績\n令和6年度", "実績\n令和7年度",
        "いちばん\n新しい実績", "達成割合",
    ]  # fmt: skip
    assert done[:10] == [
        "BPR実施業務数（累計）", "業務", 0, "令和4年度", 25, "令和9年度", 0, 1, 3, 2,
    ]  # fmt: skip
    assert done[10] == '=IF(J7<>"",J7,IF(I7<>"",I7,IF(H7<>"",H7,IF(G7<>"",G7,""))))'
    assert done[11] == '=IF(OR(K7="",E7="",E7=C7),"",(K7-C7)/(E7-C7))'
    assert done[12] == '=IF(OR(K7="",E7=""),"",E7-K7)'
    assert done[13] == "C 目標より遅れている"
    assert done[14].startswith("=C7+COUNTIFS(")
    assert done[16].startswith("2 業務（「数えた業務」のシート）。")
    assert share[6:10] == [0, 20, 50, None]
    assert share[13] == "A 目標より進んでいる"
    assert share[16].startswith("実績、母数 8,400 件。")
    assert saved[4:10] == [None, None, None, None, 314, 314]


def test_the_years_with_what_was_planned(opened: Opened) -> None:
    sheet = opened(book())["年度別"]
    head, planned, reached, shared, *_ = rows(sheet, 6)
    assert head[3:] == [f"令和{n}年度" for n in range(4, 10)]
    assert planned[2] == "予定"
    assert planned[3:] == pytest.approx([0, 5 / 3, 10 / 3, 5, 15, 25])
    assert reached[2:] == ["実績", 0, 1, 3, 2, None, None]
    assert shared[3] == (
        "=IF(OR(D8=\"\",'KPI進捗管理表'!$E$7=\"\",'KPI進捗管理表'!$E$7='KPI進捗管理表'!$C$7),\"\","
        "(D8-'KPI進捗管理表'!$C$7)/('KPI進捗管理表'!$E$7-'KPI進捗管理表'!$C$7))"
    )


def test_every_unit_with_its_evidence(opened: Opened) -> None:
    _, first, second, third, hour = rows(opened(book())["数えた業務"], 6)
    assert first[:4] == ["BPR実施業務数（累計）", "取組1", "税務課", "RPA"]
    assert first[4] == datetime(2023, 6, 1)  # noqa: DTZ001 - Excel knows no time zones
    assert first[5:9] == [410, 96, None, "数えている"]
    assert first[11:] == ["実績", 1, "t1"]
    assert second[11] == "測定なし"
    assert third[8:11] == ["外れた", datetime(2025, 8, 1), "実施中：やり直し"]  # noqa: DTZ001 - as above
    assert (hour[0], hour[7], hour[8]) == ("削減時間", 314, "数えている")


def test_what_people_entered(opened: Opened) -> None:
    _, goal, first, second = rows(opened(book())["入力した値"], 6)
    assert goal[:4] == ["BPR実施業務数（累計）", "令和7年度", "目標値", 5]
    assert first[1:7] == ["令和5年度", "実績値", 20, 8400, "実績", "集計"]
    assert second[8] == "総務課"


def test_made_for_print_with_native_charts(opened: Opened) -> None:
    found = opened(book())
    for sheet in found:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.print_title_rows == "$6:$6"
        assert sheet.freeze_panes == "B7"
    table: Any = found["KPI進捗管理表"]
    charts = table._charts
    assert len(charts) == len(NAMES)
    assert [line.val.numRef.f for line in charts[1].series] == [
        "'年度別'!$D$10:$I$10",
        "'年度別'!$D$11:$I$11",
    ]


def test_only_our_formulas_are_formulas(opened: Opened) -> None:
    found = opened(book(EVIL))
    formulas = [
        str(cell.value)
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) == 3 * 3 + 2 + 3 * 6
    assert not [formula for formula in formulas if EVIL in formula]
    assert found["数えた業務"]["B7"].value == f"{EVIL}取組1"
    assert found["KPI進捗管理表"]["A2"].value == f"{EVIL}みどり野町"


def test_a_target_entered_for_a_later_year_is_the_goal(opened: Opened) -> None:
    values = entered(("saved_hours", 2026, "target", 900.0))
    data = write_kpi(records(story(), values, names=["saved_hours"]), {}, "", date(2023, 5, 2))
    assert rows(opened(data)["KPI進捗管理表"], 7)[0][4:6] == [900, "令和8年度"]


def test_before_anything_is_decided_nothing_breaks(opened: Opened) -> None:
    found = opened(write_kpi(records(History(), entered()), {}, "", TODAY))
    assert len(rows(found["数えた業務"], 6)) == 1
    assert len(rows(found["入力した値"], 6)) == 1


@needs_office
def test_libreoffice_finds_our_shares(tmp_path: Path) -> None:
    [found] = recalculate(tmp_path, book())
    table = rows(found["KPI進捗管理表"], 7)[:3]
    for record, line in zip(records(story(), shares()), table, strict=True):
        known = record.progress.filter(pl.col("actual").is_not_null()).tail(1).row(0, named=True)
        assert line[10] == pytest.approx(known["actual"])
        if known["achieved_ratio"] is None:
            assert line[11] in {None, ""}
            assert line[12] in {None, ""}
        else:
            assert line[11] == pytest.approx(known["achieved_ratio"])
            assert line[12] == pytest.approx(known["target"] - known["actual"])
        if record.definition.measure != "entered":
            assert line[14] == pytest.approx(known["actual"])
    shared = rows(found["年度別"], 9)[0][3:]
    assert shared[:4] == pytest.approx([0, 1 / 25, 3 / 25, 2 / 25])
    assert shared[4] in {None, ""}


def test_the_target_year_is_that_of_the_last_plan() -> None:
    [record] = records(story(), entered(), names=["saved_hours"])
    assert (record.target, record.target_year) == (None, None)
    [done] = records(story(), entered(("bpr_done", 2026, "target", 9.0)), names=["bpr_done"])
    assert (done.target, done.target_year) == (25, 2027)
    later = replace(done, values=entered(("bpr_done", 2029, "target", 40.0)))
    assert later.target_year == 2029
