"""The sheets of the calculation: text stays text, questions, links, print, and what is refused."""

import re
from collections.abc import Callable
from typing import Any, Final

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bpr.errors import InputError
from bpr.export.calculation import MOST_TASKS
from bpr.frames import RankQuestions
from bpr.pipeline import Report, run
from tests.builder import SETTINGS, Rows, text_file
from tests.export.test_calculation import (
    all_of_town,
    assert_as_reported,
    calculation,
    rows_of,
    sample,
)
from tests.export.test_calculation_formulas import Calculator
from tests.tabulate.town import IDS

Opened = Callable[[bytes], openpyxl.Workbook]

HOSTILE: Final = ["=1+1", "@x", "+1", "-2", "'x", "[a]:*?/\\'b'", "#N/A", '"&A1&"', "あ" * 400]


def test_text_of_the_survey_stays_text(opened: Opened) -> None:
    rows: Rows = [["課", "業務名", "年間作業時間"], *([name, name, 100] for name in HOSTILE)]
    report = run([text_file(rows)], SETTINGS)
    ids = report.tasks.sort("row")["task_id"].to_list()
    assert len(ids) == len(HOSTILE)
    asked = questions(ids)
    book = opened(calculation(report, ids, questions=asked))
    index = book["計算書"]
    first = [row[0] for row in index.values].index(1) + 1
    names = [index.cell(row, 2) for row in range(first, first + len(ids))]
    assert [cell.value for cell in names] == HOSTILE
    assert {cell.data_type for cell in names} == {"s"}
    for sheet in book.worksheets:
        assert len(sheet.title) <= 31
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    bare = re.sub("'[^']*'!", "", str(cell.value))
                    assert re.fullmatch(r"[=A-Z0-9$():,.*/+<>\-]*", re.sub('"[^"]*"', "", bare))
    assert [sheet["A1"].value for sheet in book.worksheets[1:-1]] == HOSTILE
    assert_as_reported(book, Calculator(book), report, ids[:3])


def questions(ids: list[str]) -> Any:
    told = {"task_id": ids, "field": "medium", "rank_best": 1, "rank_worst": 9}
    return RankQuestions.validate(pl.DataFrame(told), cast=True)


def test_questions_are_asked_division_after_division(town: Report, opened: Opened) -> None:
    ids = ["税務課-1", "福祉課-2", "税務課-3", "福祉課-1"]
    sheet = opened(calculation(town, ids, questions=questions(ids[:3])))["課への質問"]
    table = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
    rank = {task: town.tasks.filter(task_id=task)["rank"].item() for task in ids}
    asked = town.settings.scoring.questions["medium"]
    assert table[0] == ["課", "業務", "質問", "今の順位", "答えによる\n順位の幅", "回答"]
    assert [[*row[:5], row[5] or None] for row in table[1:4]] == [
        ["税務課", "賦課　申告書の入力", asked, rank["税務課-1"], "1〜9 位", None],
        ["税務課", "徴収　納付書の発送", asked, rank["税務課-3"], "1〜9 位", None],
        ["福祉課", "相談　苦情への対応", asked, rank["福祉課-2"], "1〜9 位", None],
    ]
    assert table[4][0] == "ほかの 1 業務には、答えで順位が変わる質問がありません。"


def test_without_questions_there_is_no_sheet_for_them(opened: Opened) -> None:
    assert "課への質問" not in opened(all_of_town()).sheetnames


def test_unknown_and_repeated_ids_are_passed_over(town: Report, opened: Opened) -> None:
    book = opened(calculation(town, ["ない", "税務課-3", "税務課-1", "税務課-3"]))
    assert book.sheetnames == ["計算書", "01 納付書の発送", "02 申告書の入力"]


def test_every_link_leads_to_a_sheet(opened: Opened) -> None:
    book = opened(all_of_town())
    links = [cell.hyperlink for row in book["計算書"].iter_rows() for cell in row if cell.hyperlink]
    assert [link.location for link in links] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert {sheet["A3"].hyperlink.location for sheet in book.worksheets[1:]} == {"'計算書'!A1"}


def test_it_prints_on_a4_landscape_and_marks_what_may_be_changed(
    town: Report, opened: Opened
) -> None:
    book = opened(calculation(town, IDS[:2], questions=questions(IDS[:1])))
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert int(str(sheet.page_setup.paperSize)) == int(Worksheet.PAPERSIZE_A4)
        assert sheet.page_setup.fitToWidth == 1
    sheet = book.worksheets[1]
    rows = rows_of(sheet, "rpa")
    line, total = rows["基準"] + 1, rows["合計"]
    fill = {column: sheet[f"{column}{line}"].fill.fgColor.rgb for column in "DEFGHIJ"}
    assert len({fill[column] for column in "DEFG"}) == 1
    assert fill["G"] not in {fill["H"], fill["I"], fill["J"], sheet[f"G{total}"].fill.fgColor.rgb}


def test_too_many_or_no_tasks_are_refused(town: Report) -> None:
    report = sample()
    ids = report.tasks["task_id"].to_list()
    assert len(ids) > MOST_TASKS + 1
    with pytest.raises(InputError, match=rf"{MOST_TASKS} 業務まで.*{MOST_TASKS + 1} 業務"):
        calculation(report, ids[: MOST_TASKS + 1])
    with pytest.raises(InputError, match="業務がありません"):
        calculation(town, ["ない"])
