"""KPI進捗管理表 as a workbook: every KPI by year, with live shares and charts."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.chart import LineChart, Reference
from openpyxl.chart.legend import Legend
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr.decide.evidence import Proof
from bpr.decide.years import fiscal_year
from bpr.export import styles
from bpr.export.cells import Value
from bpr.export.kpi_sheets import (
    COUNTED,
    EVIDENCES,
    HEAD,
    LINES,
    TABLE,
    UNITS,
    YEARS,
    KpiRecord,
    begin,
    format_of,
    write_units,
    write_values,
    write_years,
)
from bpr.export.sheets import save
from bpr.export.values import write_fiscal_year
from bpr.frames import DataFrame, KpiProgress

_CHART_ROWS = 16


def write_kpi(
    records: Sequence[KpiRecord], proofs: Mapping[int, Proof], title: str, today: date
) -> bytes:
    """Workbook of all KPI as of a day; `title` says whose they are."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_kpi(book, records, proofs, title, today)
    return save(book)


def add_kpi(
    book: Workbook,
    records: Sequence[KpiRecord],
    proofs: Mapping[int, Proof],
    title: str,
    today: date,
) -> None:
    """Add the table of all KPI with its charts, and the sheets behind it."""
    years = sorted({year for record in records for year in record.progress["fiscal_year"]})
    notes = [
        title,
        f"{_write_day(today)}現在。今年度の実績は、この日まで。空欄は、まだ分からないもの（0 ではない）。",
        "達成割合＝（実績－現状値）÷（目標値－現状値）。評価は、今日までに予定した値と比べたもの。",
    ]
    table = book.create_sheet(TABLE)
    write_years(book, records, years, notes)
    write_units(book, records, proofs, notes, today)
    write_values(book, records, notes)
    _write_table(table, book[YEARS], records, years, notes, today)


def _write_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _write_table(
    sheet: Worksheet,
    source: Worksheet,
    records: Sequence[KpiRecord],
    years: Sequence[int],
    notes: Sequence[str],
    today: date,
) -> None:
    past = [year for year in years if year <= fiscal_year(today)]
    columns = [
        ("KPI項目", 26.0),
        ("単位", 8.0),
        ("現状値", 8.0),
        ("現状値の\n年度", 10.0),
        ("目標値", 8.0),
        ("目標の\n年度", 10.0),
        *((f"実績\n{write_fiscal_year(year)}", 10.0) for year in past),
        ("いちばん\n新しい実績", 10.0),
        ("達成割合", 9.0),
        ("目標まで\nあと", 9.0),
        ("進捗（評価）", 20.0),
        ("一覧の数\n（検算）", 9.0),
        ("見通し", 40.0),
        ("根拠・備考", 46.0),
    ]
    begin(sheet, TABLE, notes, columns)
    for row, record in enumerate(records, start=HEAD + 1):
        cells = _table_row(sheet, record, row, past)
        sheet.append(cells)
    styles.fit_rows(sheet, HEAD + 1)
    _draw_charts(sheet, source, records, years)


def _table_row(
    sheet: Worksheet,
    record: KpiRecord,
    row: int,
    past: Sequence[int],
) -> list[Cell]:
    definition, form = record.definition, format_of(record.definition)
    formats = [None, None, form, None, form, None, *[form] * len(past)]
    formats += [form, styles.PERCENT, form, None, form, None, None]
    actual = dict(record.progress.select("fiscal_year", "actual").iter_rows())
    goal = record.target_year
    values: list[Value] = [
        definition.label,
        definition.unit,
        definition.baseline,
        write_fiscal_year(definition.baseline_year),
        record.target,
        write_fiscal_year(goal) if goal else None,
        *(actual.get(year) for year in past),
        None,
        None,
        None,
        _tell_grade(record.progress),
        None,
        record.forecast,
        _tell_ground(record),
    ]
    at = 6 + len(past)
    latest, share, rest, check = at, at + 1, at + 2, at + 4
    reached = f"{get_column_letter(latest + 1)}{row}"
    formulas = {
        latest: f"={_find_last([f'{get_column_letter(7 + n)}{row}' for n in range(len(past))])}",
        share: f'=IF(OR({reached}="",E{row}="",E{row}=C{row}),"",({reached}-C{row})/(E{row}-C{row}))',
        rest: f'=IF(OR({reached}="",E{row}=""),"",E{row}-{reached})',
    }
    if definition.measure == "count":
        formulas[check] = f"=C{row}+COUNTIFS('{UNITS}'!A:A,A{row},'{UNITS}'!I:I,\"{COUNTED}\")"
    if definition.measure == "sum_hours":
        formulas[check] = (
            f"=C{row}+SUMIFS('{UNITS}'!H:H,'{UNITS}'!A:A,A{row},'{UNITS}'!I:I,\"{COUNTED}\")"
        )
    return styles.live_row(sheet, values, formats, formulas)


def _find_last(cells: Sequence[str]) -> str:
    """Return the expression of the last cell that holds something, "" where none does."""
    told = '""'
    for cell in cells:
        told = f'IF({cell}<>"",{cell},{told})'
    return told


def _tell_ground(record: KpiRecord) -> str:
    """What the last actual rests on, what is special about it, and whose KPI it is."""
    told = record.progress.filter(pl.col("actual").is_not_null()).tail(1).to_dicts()
    parts = [record.definition.source]
    for row in told:
        if row["units"]:
            parts.insert(0, f"{row['units']} 業務（「{UNITS}」のシート）")
        if row["base"] is not None:
            kind = EVIDENCES.get(row["evidence"], "根拠の記入なし")
            parts.insert(0, f"{kind}、母数 {row['base']:,.10g} 件")
        if row["remark"]:
            parts.insert(-1, row["remark"])
    return "。".join(parts)


def _tell_grade(progress: DataFrame[KpiProgress]) -> str | None:
    """Tell the grade of the last year with an actual; before any it cannot be said."""
    graded = progress.filter(pl.col("grade").is_not_null())
    told = graded.filter(pl.col("actual").is_not_null())
    last = (told if told.height else graded).tail(1).to_dicts()
    return f"{last[0]['grade']} {last[0]['grade_label']}" if last else None


def _draw_charts(
    sheet: Worksheet, source: Worksheet, records: Sequence[KpiRecord], years: Sequence[int]
) -> None:
    """Draw 予定 and 実績 of every KPI from the sheet of years, two in a row."""
    row = HEAD + len(records) + 2
    labels = Reference(source, min_col=4, max_col=3 + len(years), min_row=HEAD)
    for number, record in enumerate(records):
        chart = LineChart()
        chart.title = f"{record.definition.label}（{record.definition.unit}）"
        top = HEAD + 1 + number * len(LINES)
        lines = Reference(source, min_col=3, max_col=3 + len(years), min_row=top, max_row=top + 1)
        chart.add_data(lines, from_rows=True, titles_from_data=True)
        chart.set_categories(labels)
        planned, reached = chart.series
        planned.graphicalProperties.line.solidFill = "767676"
        planned.graphicalProperties.line.dashStyle = "sysDash"
        reached.graphicalProperties.line.solidFill = "0017C1"
        reached.graphicalProperties.line.width = 32000
        reached.marker.symbol = "circle"
        for line in (planned, reached):
            line.smooth = False
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.legend = Legend()
        chart.legend.position = "b"
        chart.width, chart.height = 15, 8
        column = "A" if number % 2 == 0 else "H"
        sheet.add_chart(chart, f"{column}{row + number // 2 * _CHART_ROWS}")
