"""The sheets behind the KPI進捗管理表: every year, every unit with its evidence, what was entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr import terms
from bpr.decide.evidence import Proof, units_at, units_gone
from bpr.decide.progress import read_entered
from bpr.decide.years import fiscal_year
from bpr.deciding_terms import KPI_VALUE_KINDS
from bpr.export import styles
from bpr.export.cells import Value
from bpr.export.values import LEVER_LABELS, write_fiscal_year
from bpr.frames import DataFrame, KpiProgress, KpiUnits, KpiValues
from bpr.settings.kpi import KpiDefinition

TABLE: Final = "KPI進捗管理表"
YEARS: Final = "年度別"
UNITS: Final = "数えた業務"
COUNTED, GONE = "数えている", "外れた"
HEAD: Final = 6
"""Row of the labels on every sheet, below the title and three notes."""
LINES: Final = ("予定", "実績", "達成割合")
"""Rows of each KPI on the sheet of years."""
VALUES: Final = "入力した値"
EVIDENCES: Final = {name: term.label for name, term in terms.EVIDENCES.items()}
_KINDS: Final = {name: term.label for name, term in KPI_VALUE_KINDS.items()}


@dataclass(frozen=True)
class KpiRecord:
    """One KPI with its years, its units and what people entered for it."""

    definition: KpiDefinition
    progress: DataFrame[KpiProgress]
    units: DataFrame[KpiUnits]
    values: DataFrame[KpiValues]
    forecast: str = ""
    """What is said of the years to come."""

    @property
    def target(self) -> float | None:
        """Value at the end of the plan."""
        last: float | None = self.progress["target"].to_list()[-1]
        return last

    @property
    def target_year(self) -> int | None:
        """Last year for which a value is planned; None: nothing is."""
        if self.target is None:
            return None
        entered = read_entered(str(self.progress["kpi"][0]), self.values).targets
        return max([*entered, self.definition.target_year or 0])


def format_of(definition: KpiDefinition) -> str:
    """Return the number format of a KPI's values: whole units, else one decimal."""
    return styles.COUNT if definition.measure == "count" else styles.HOURS


def begin(
    sheet: Worksheet, name: str, notes: Sequence[str], columns: Sequence[tuple[str, float]]
) -> None:
    """Set the page up and write the title, the notes and the labels (row 6)."""
    styles.set_page(sheet, [width for _, width in columns], HEAD, freeze=f"B{HEAD + 1}")
    sheet.append(styles.title_row(sheet, name))
    for note in notes:
        sheet.append(styles.note_row(sheet, note))
    sheet.append([])
    sheet.append(styles.header_row(sheet, [label for label, _ in columns], HEAD))


def write_years(
    book: Workbook, records: Sequence[KpiRecord], years: Sequence[int], notes: Sequence[str]
) -> None:
    """Add the sheet of years: planned, reached, and the live share of every KPI."""
    sheet = book.create_sheet(YEARS)
    columns = [("KPI項目", 30.0), ("単位", 9.0), ("", 10.0)]
    begin(sheet, YEARS, notes, [*columns, *((write_fiscal_year(year), 12.0) for year in years)])
    for number, record in enumerate(records):
        top = HEAD + 1 + number * len(LINES)
        told = dict(record.progress.select("fiscal_year", "expected").iter_rows())
        reached = dict(record.progress.select("fiscal_year", "actual").iter_rows())
        at = f"'{TABLE}'!{{}}${HEAD + 1 + number}"
        base, goal = at.format("$C"), at.format("$E")
        shares = {
            column: f'=IF(OR({letter}{top + 1}="",{goal}="",{goal}={base}),"",'
            f"({letter}{top + 1}-{base})/({goal}-{base}))"
            for column, letter in ((n, get_column_letter(n + 1)) for n in range(3, 3 + len(years)))
        }
        for label, values in zip(LINES, (told, reached, {}), strict=True):
            form = {LINES[0]: styles.HOURS, LINES[1]: format_of(record.definition)}.get(
                label, styles.PERCENT
            )
            line: list[Value] = [record.definition.label, record.definition.unit, label]
            line += [values.get(year) for year in years]
            formulas = shares if label == LINES[-1] else {}
            formats = [None, None, None, *[form] * len(years)]
            sheet.append(styles.live_row(sheet, line, formats, formulas))


def write_units(
    book: Workbook,
    records: Sequence[KpiRecord],
    proofs: Mapping[int, Proof],
    notes: Sequence[str],
    today: date,
) -> None:
    """Add the sheet of units: what every KPI counts today, what it counts no more, with the evidence."""
    sheet = book.create_sheet(UNITS)
    columns = [
        ("KPI項目", 26.0), ("業務", 34.0), ("主管課", 14.0), ("手段", 14.0), ("いつから", 12.0),
        ("導入前\n（時間/年）", 11.0), ("導入後\n（時間/年）", 11.0), ("数えた削減\n（時間/年）", 11.0),
        ("状態", 11.0), ("いつまで", 12.0), ("外れた理由", 24.0), ("根拠", 11.0),
        ("対象の番号", 10.0), ("業務ID", 16.0),
    ]  # fmt: skip
    begin(sheet, UNITS, notes, columns)
    hours = styles.HOURS
    formats = [None, None, None, None, "yyyy/m/d", hours, hours, hours]
    formats += [None, "yyyy/m/d", None, None, styles.COUNT, None]
    year = fiscal_year(today)
    for record in records:
        there = units_at(record.units, record.definition, year, today)
        gone = units_gone(record.units, record.definition, year, today)
        for state, units in ((COUNTED, there), (GONE, gone)):
            for unit in units.iter_rows(named=True):
                proof = proofs[unit["target_id"]]
                before, saved = proof.before_hours, proof.realized
                lever, kind = proof.target.lever, proof.evidence
                line = [
                    record.definition.label, unit["label"], unit["division"],
                    LEVER_LABELS.get(lever, lever) if lever else None,
                    None, before, before - saved.hours if before is not None and saved else None,
                    unit["hours"], state, None, unit["reason"] if state == GONE else None,
                    EVIDENCES[kind] if kind else "測定なし", unit["target_id"], unit["task_id"],
                ]  # fmt: skip
                cells = styles.body_row(sheet, line, formats)
                cells[4].value = unit["counted_on"]
                cells[9].value = unit["until"] if state == GONE else None
                sheet.append(cells)
    last = sheet.max_row
    if last > HEAD:
        sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(columns))}{last}"
    styles.fit_rows(sheet, HEAD + 1)


def write_values(book: Workbook, records: Sequence[KpiRecord], notes: Sequence[str]) -> None:
    """Add the sheet of what people entered: every figure, when and by whom."""
    sheet = book.create_sheet(VALUES)
    columns = [
        ("KPI項目", 26.0), ("年度", 12.0), ("種類", 10.0), ("値", 10.0), ("母数", 10.0),
        ("根拠", 12.0), ("メモ", 40.0), ("入れた日時", 18.0), ("入れた人", 16.0),
    ]  # fmt: skip
    begin(sheet, VALUES, notes, columns)
    formats = [None, None, None, styles.HOURS, styles.COUNT, None, None, None, None]
    for record in records:
        for row in record.values.iter_rows(named=True):
            line: list[Value] = [
                record.definition.label, write_fiscal_year(row["fiscal_year"]),
                _KINDS[row["kind"]], row["value"], row["base"],
                EVIDENCES[row["evidence"]] if row["evidence"] else None, row["note"],
                f"{row['entered_at'].astimezone():%Y-%m-%d %H:%M}", row["entered_by"],
            ]  # fmt: skip
            sheet.append(styles.body_row(sheet, line, formats))
    styles.fit_rows(sheet, HEAD + 1)
