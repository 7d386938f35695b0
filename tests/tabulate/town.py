"""A town of seven tasks whose tables can be summed by hand: 1,000 hours, 4,000 cases a year."""

from functools import cache
from typing import Final

import polars as pl

from bpr.frames import Corrections, DataFrame, empty
from bpr.pipeline import Report, Workbook, run
from tests.builder import SETTINGS, Rows, workbook

HEADER: Final = [
    "整理番号", "課", "業務名", "作業名", "職員区分", "年間件数", "年間作業時間", "処理媒体",
    "決裁等印鑑使用", "住民印鑑使用", "職員でなければできない", "専門性", "定型",
]  # fmt: skip

TOWN: Final[Rows] = [
    HEADER,
    [1, "税務課", "賦課", "申告書の入力", "正規職員", 1000, 400, "紙（量多い）", "無", "有", "いいえ", "いいえ", "はい"],
    [2, "税務課", "賦課", "税額の決定", "正規職員", 100, 100, "電子", "有", "無", "はい", None, None],
    [3, "税務課", "徴収", "納付書の発送", "会計年度任用職員", 2000, 200, "電子+紙（量少ない）", "無", "無", "いいえ", "いいえ", "はい"],
    [1, "福祉課", "相談", "専門の相談", "会計年度任用職員", 50, 150, "該当なし", "無", "無", "いいえ", "はい", None],
    [2, "福祉課", "相談", "苦情への対応", "正規職員", None, None, None, "無", None, "いいえ", "いいえ", "いいえ"],
    [3, "福祉課", "庶務", "備品の片付け", None, 10, 50, "電子", "有", "無", "いいえ", "いいえ", "いいえ"],
    [4, "福祉課", "福祉", "給付の決定", "正規職員", 840, 100, "紙", "有", None, None, None, None],
]  # fmt: skip
"""The last task has no class of its own: `town_report` gives it one as a person's word."""

IDS: Final = [*(f"税務課-{n}" for n in (1, 2, 3)), *(f"福祉課-{n}" for n in (1, 2, 3, 4))]


@cache
def town_workbook() -> Workbook:
    """The survey as one workbook; the same bytes each time (a file tells when it was made)."""
    return workbook(TOWN, name="調査票.xlsx")


def corrected(task_id: str, work_class: str, reason: str = "") -> DataFrame[Corrections]:
    """One person's word."""
    schema = empty(Corrections).schema
    rows = [(task_id, work_class, reason or None, None, 1)]
    return Corrections.validate(pl.DataFrame(rows, schema=schema, orient="row"))


def town_report() -> Report:
    """Report on the town; 福祉課-4 is core by a person's word."""
    return run([town_workbook()], SETTINGS, corrections=corrected("福祉課-4", "core"))


def capped_report() -> Report:
    """One task, 税務課-1: core by the survey's word, though AI-OCR would suit it at 84.6 points."""
    row = [1, "税務課", "賦課", "申告書の入力", "正規職員", 20000, 2000, "紙（量極大）", "無", "無", "はい", None, None]  # fmt: skip
    return run([workbook([HEADER, row], name="調査票.xlsx")], SETTINGS)
