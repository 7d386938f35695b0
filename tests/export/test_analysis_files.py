"""CSV, Parquet and Excel hold the same rows; text stays text in each."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bpr import terms
from bpr.export.analysis import write_csv, write_findings_xlsx, write_parquet, write_xlsx
from bpr.export.tables import TABLES
from bpr.pipeline import Report, run
from bpr.terms import FIELDS, label
from tests.builder import SETTINGS, Rows, workbook
from tests.export.hostile import BROKEN, FORMULAS, LONG, PLAIN
from tests.tabulate.town import capped_report

Opened = Callable[[bytes], openpyxl.Workbook]


def read_csv(data: bytes) -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(data), infer_schema_length=0)


def test_csv_is_for_excel(town: Report) -> None:
    data = write_csv(town)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data[3:].split(b"\n")[0].decode().rstrip("\r").split(",") == list(FIELDS)


def test_csv_holds_every_row(town: Report) -> None:
    found, tasks = read_csv(write_csv(town)), town.tasks
    assert found.height == tasks.height
    for name in ("task_id", "task_name", "medium", "work_class", "best_lever", "gate"):
        assert found[name].to_list() == tasks[name].cast(pl.String).to_list()
    for name in ("annual_hours", "ai_ocr_score", "saving_hours", "rank_high"):
        assert found[name].cast(pl.Float64).to_list() == pytest.approx(
            tasks[name].cast(pl.Float64).to_list()
        )


def test_csv_puts_an_apostrophe_before_formulas(hostile: Report) -> None:
    found = dict(read_csv(write_csv(hostile)).select("activity_name", "issues").rows())
    assert found == {name: f"'{text}" for name, text in FORMULAS.items()} | PLAIN | BROKEN


def test_parquet_is_the_task_table(hostile: Report, town: Report) -> None:
    for report in (town, hostile):
        assert_frame_equal(pl.read_parquet(io.BytesIO(write_parquet(report))), report.tasks)


# --- Excel --------------------------------------------------------------------------------------


def sheet_rows(book: openpyxl.Workbook, sheet: str) -> list[dict[str, Any]]:
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_the_sheets(town: Report, opened: Opened) -> None:
    assert opened(write_xlsx(town)).sheetnames == [
        "業務一覧",
        "指摘一覧",
        "図表9 コア・ノンコア比率",
        "図表10 処理媒体別年間作業時間",
        "図表11 印鑑の使用",
    ]


def test_the_task_sheet_holds_every_field_under_its_label(town: Report, opened: Opened) -> None:
    rows = sheet_rows(opened(write_xlsx(town)), "業務一覧")
    assert len(rows) == 7
    assert list(rows[0]) == [label(name) for name in FIELDS]
    for row, task in zip(rows, town.tasks.iter_rows(named=True), strict=True):
        assert row["業務ID"] == task["task_id"]
        assert row["年間作業時間（時間/年）"] == task["annual_hours"]
        assert row["AI-OCR適性（点）"] == pytest.approx(task["ai_ocr_score"])
        assert row["順位"] == task["rank"]


def test_identifiers_become_words(town: Report, opened: Opened) -> None:
    rows = {row["業務ID"]: row for row in sheet_rows(opened(write_xlsx(town)), "業務一覧")}
    first, last = rows["税務課-1"], rows["福祉課-4"]
    assert first["処理媒体"] == "紙（量多い）"
    assert first["正規・非正規"] == "正規職員"
    assert (first["決裁等印鑑使用"], first["住民印鑑使用"]) == ("いいえ", "はい")
    assert first["業務の性質"] == "III ノンコア（専門性不要・定型）"
    assert first["推奨手段"] == "AI-OCR"
    assert last["判定の根拠"] == "人の確認"
    assert last["住民印鑑使用"] is None


def test_no_identifier_is_left_in_the_task_sheet(town: Report, opened: Opened) -> None:
    identifiers = {
        *terms.WORK_CLASSES, *terms.MEDIA, *terms.STAFF_TYPES, *terms.CLASS_SOURCES,
        *terms.LEVERS, *town.settings.scoring.gates,
    }  # fmt: skip
    cells = {
        cell
        for report in (town, capped_report())
        for row in sheet_rows(opened(write_xlsx(report)), "業務一覧")
        for cell in row.values()
    }
    assert cells & identifiers == set()


def test_text_is_never_a_formula_or_an_error(hostile: Report, opened: Opened) -> None:
    for data in (write_xlsx(hostile), write_findings_xlsx(hostile)):
        for sheet in opened(data).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row]
            live = [str(cell.value) for cell in cells if cell.data_type == "f"]
            assert all(one.startswith(("=IF(", "=SUM(")) for one in live)
            assert bool(live) is (sheet.title in TABLES)
            assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr", "f"}


def test_risky_text_is_shown_as_it_was_written(hostile: Report, opened: Opened) -> None:
    sheet = opened(write_xlsx(hostile))["業務一覧"]
    header = [cell.value for cell in sheet[1]]
    name, issue = header.index("作業名"), header.index("課題")
    cells = {row[name].value: row[issue] for row in sheet.iter_rows(min_row=2)}
    for activity, text in (FORMULAS | PLAIN).items():
        assert cells[activity].value == text
        assert cells[activity].data_type == "s"
    for activity in FORMULAS:
        assert cells[activity].quotePrefix
    assert cells["制御"].value == "前後末"
    assert cells["長文"].value == LONG[:32_767]


def test_no_cell_is_longer_than_excel_takes(hostile: Report, opened: Opened) -> None:
    """Excel counts UTF-16 units: an emoji is two."""
    sheet = opened(write_xlsx(hostile))["業務一覧"]
    longest = max(
        len(str(cell.value or "").encode("utf-16-le")) // 2
        for row in sheet.iter_rows()
        for cell in row
    )
    assert 30_000 < longest <= 32_767


def test_values_of_findings_stay_text(opened: Opened) -> None:
    rows: Rows = [["課", "業務名", "年間件数"], ["税務課", "入力", "=1+1件ほど"]]
    report = run([workbook(rows)], SETTINGS)
    sheet = opened(write_findings_xlsx(report))["指摘一覧"]
    values = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1件ほど"]
    assert len(values) == 1
    assert values[0].data_type == "s"


# --- the published tables -----------------------------------------------------------------------


def rows_of(book: openpyxl.Workbook, sheet: str) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in book[sheet].iter_rows(values_only=True)}


def test_table_9(town: Report, opened: Opened) -> None:
    rows = rows_of(opened(write_xlsx(town)), "図表9 コア・ノンコア比率")
    base = "対象：全業務。母数 1,000 時間／年（時間の分からない業務 1 件は含まない）。"
    assert [name for name in rows if str(name).startswith(base)]
    assert rows["業務の性質"][:4] == ("正規", "非正規", "区分不明", "合計")
    assert rows["I コア"][:4] == (200, 0, 0, "=SUM(B13:D13)")  # the hours, below the shares
    assert rows["III ノンコア（専門性不要・定型）"][:3] == (400, 200, 0)
    shares = [cell.value for cell in opened(write_xlsx(town))[TABLES[0]][5]]
    assert shares[1:4] == [f'=IF($E$18=0,"",({letter}13)/$E$18)' for letter in "BCE"]
    assert shares[4:] == [0.299, 0, 0.299, 0.327, 0, 0.327]


def test_table_10(town: Report, opened: Opened) -> None:
    rows = rows_of(opened(write_xlsx(town)), "図表10 処理媒体別年間作業時間")
    assert rows["紙（量多い）"][:5] == (0, 0, 400, 0, 400)
    assert rows["電子"][:5] == (100, 0, 0, 50, 150)
    assert rows["合計"][0] == "=SUM(B4:B13)"
    assert rows["電子利用率"][0] == '=IF(B14=0,"",(B11)/B14)'
    assert rows["阿見町 紙利用率"][:5] == pytest.approx((0.845, 0.81, 0.781, 0.783, 0.805))


def test_table_11(town: Report, opened: Opened) -> None:
    rows = rows_of(opened(write_xlsx(town)), "図表11 印鑑の使用")
    assert rows["決裁等印鑑使用（件）"] == (940, 0, 0, 10, 950)
    assert rows["全体（印鑑使用無し含む）（件）"] == (940, 50, 3000, 10, 4000)
    assert rows["決裁等印鑑使用（割合）"][0] == '=IF(B6=0,"",(B4)/B6)'
