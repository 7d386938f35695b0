"""Reading the sample's workbooks against bare decoders on the same bytes."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from bpr.read.answers import Workbook, read_answers
from bpr.read.tasks import read_numbers, read_tasks
from bpr.settings import Settings
from bpr.workspace import find_workbooks

Compare = Callable[[str, Callable[[], object], Callable[[], object], float], float]


@pytest.fixture(scope="module")
def workbooks(sample_folder: Path) -> list[Workbook]:
    return [w for w in find_workbooks([sample_folder]) if w.name.endswith(".xlsx")]


def read(workbooks: list[Workbook], settings: Settings) -> int:
    survey = read_answers(workbooks, settings.survey)
    conversions, _ = read_numbers(survey.answers, survey.columns, settings)
    return read_tasks(survey.answers, conversions, settings).height


def decode_calamine(workbooks: list[Workbook]) -> None:
    for workbook in workbooks:
        book = python_calamine.load_workbook(io.BytesIO(workbook.data))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def loop_openpyxl(workbooks: list[Workbook]) -> None:
    for workbook in workbooks:
        book = openpyxl.load_workbook(io.BytesIO(workbook.data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass


def test_reading_against_calamine(compare: Compare, workbooks: list[Workbook]) -> None:
    settings = Settings.load()
    assert read(workbooks, settings) > 3000
    compare(
        "bytes -> tasks / bare calamine (sample, 31 xlsx)",
        lambda: read(workbooks, settings),
        lambda: decode_calamine(workbooks),
        2.5,
    )


def test_reading_against_openpyxl(compare: Compare, workbooks: list[Workbook]) -> None:
    settings = Settings.load()
    compare(
        "bytes -> tasks / plain openpyxl loop (sample, 31 xlsx)",
        lambda: read(workbooks, settings),
        lambda: loop_openpyxl(workbooks),
        1.0,
    )
