"""A town asked twice: of seven tasks of 2025, one is gone, one renamed, two take less time in 2026."""

from typing import Final

from bpr.pipeline import Workbook
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from tests.builder import Rows, workbook
from tests.tabulate.town import HEADER, town_workbook

LATER: Final[Rows] = [
    HEADER,
    [1, "税務課", "賦課", "申告書の入力", "正規職員", 900, 270, "紙（量多い）", "無", "有", "いいえ", "いいえ", "はい"],
    [2, "税務課", "賦課", "税額の決定", "正規職員", 100, 100, "電子", "有", "無", "はい", None, None],
    [3, "税務課", "徴収", "納付書の郵送と封入", "会計年度任用職員", 2000, 150, "電子+紙（量少ない）", "無", "無", "いいえ", "いいえ", "はい"],
    [1, "福祉課", "相談", "専門の相談", "会計年度任用職員", 50, 150, "該当なし", "無", "無", "いいえ", "はい", None],
    [2, "福祉課", "相談", "苦情への対応", "正規職員", None, None, None, "無", None, "いいえ", "いいえ", "いいえ"],
    [4, "福祉課", "福祉", "給付の決定", "正規職員", 840, 130, "紙", "有", None, None, None, None],
]  # fmt: skip


def open_year(workspace: Workspace, year: int, book: Workbook) -> int:
    """Open a survey of みどり野町 and put one workbook into it; return its number."""
    number = workspace.open_edition("みどり野町", year)
    with acting(LOCAL, "", number):
        workspace.import_workbooks([book])
    return number


def open_two_years(workspace: Workspace) -> tuple[int, int]:
    """The town of 2025 and of 2026 as editions 2 and 3 (edition 1 stays empty)."""
    before = open_year(workspace, 2025, town_workbook())
    return before, open_year(workspace, 2026, workbook(LATER, name="調査票.xlsx"))
