"""Reading returned workbooks against bare decoders on the same bytes."""

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

import openpyxl
import pytest
import python_calamine
from openpyxl import Workbook as Book

from bpr.read.answers import read_answers
from bpr.read.opening import Workbook
from bpr.settings import Settings
from bpr.workspace import find_workbooks
from tests.builder import read, save

Compare = Callable[..., float]

LABELS: Final = [
    "整理番号",
    "部",
    "課",
    "係",
    "大分類",
    "業務名",
    "作業名",
    "職員区分",
    "年間件数（件）",
    "1件あたり時間（分）",
    "年間作業時間（時間）",
    "処理媒体",
    "決裁等印鑑使用",
    "住民印鑑使用",
    "職員でなければできない",
    "専門性が必要",
    "定型",
    "根拠法令",
    "使用システム",
    "繁忙期",
    "頻度",
    "課題",
]


def returned(name: str, size: int, spare: int = 0) -> Workbook:
    """A return of `size` rows with `spare` columns more than the reader knows."""
    rng = random.Random(size)  # noqa: S311 - a repeatable sample, nothing secret
    book = Book(write_only=True)
    sheet = book.create_sheet("調査票")
    sheet.append(["みどり野町　令和6年度業務量調査"])
    sheet.append([*LABELS, *(f"予備{n}" for n in range(spare))])
    for number in range(1, size + 1):
        cases, minutes = rng.randint(1, 5000), rng.choice([3, 5, 10, 15, 30])
        hours = round(cases * minutes / 60, 1)
        names = [
            f"係{number // 500}",
            f"分類{number % 7}",
            f"業務{number // 5}",
            f"作業{number}の確認",
        ]
        answers = [
            "紙（量多い）",
            "有",
            "無",
            "いいえ",
            "いいえ",
            "はい",
            "地方税法",
            "基幹",
            "4月",
        ]
        row = [number, "総務部", name, *names, "正規職員", cases, minutes, hours, *answers]
        sheet.append([*row, "毎日", "手入力が多い", *(f"x{n}" for n in range(spare))])
    return Workbook(f"{name}.xlsx", save(book))


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> list[Workbook]:
    return [w for w in find_workbooks([sample_folder]) if w.name.endswith(".xlsx")]


@pytest.fixture(scope="module")
def sixty() -> list[Workbook]:
    return [returned(f"第{number}課", 250) for number in range(60)]


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


def test_sixty_workbooks_against_calamine(compare: Compare, sixty: list[Workbook]) -> None:
    assert read(*sixty).tasks.height == 60 * 250
    compare(
        "read, check and normalise 60 workbooks of 250 rows / bare calamine",
        lambda: read(*sixty),
        lambda: decode_calamine(sixty),
        4.0,
        7,
    )


def test_a_large_workbook_against_calamine(compare: Compare) -> None:
    large = [returned("全庁", 75_000, spare=38 - len(LABELS))]
    compare(
        "read, check and normalise 75,000 rows of 38 columns / bare calamine",
        lambda: read(*large),
        lambda: decode_calamine(large),
        3.0,
        2,
    )


def test_the_sample_against_calamine(compare: Compare, sample: list[Workbook]) -> None:
    survey = Settings.load().survey
    assert read_answers(sample, survey).answers.height > 3000
    compare(
        "read the sample (31 xlsx, some 110 rows each) / bare calamine",
        lambda: read_answers(sample, survey),
        lambda: decode_calamine(sample),
        2.5,
        40,
    )


def test_the_sample_with_checks_against_calamine(compare: Compare, sample: list[Workbook]) -> None:
    assert read(*sample).tasks.height > 3000
    compare(
        "read, check and normalise the sample / bare calamine",
        lambda: read(*sample),
        lambda: decode_calamine(sample),
        4.0,
        15,
    )


def test_the_sample_against_openpyxl(compare: Compare, sample: list[Workbook]) -> None:
    compare(
        "read, check and normalise the sample / plain openpyxl loop",
        lambda: read(*sample),
        lambda: loop_openpyxl(sample),
        1.0,
        5,
    )
