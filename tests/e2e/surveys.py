"""Surveys to drop on the page: a clean one, one with an error, two of a form nobody knows."""

from playwright.sync_api import FilePayload

from bpr.pipeline import Workbook
from tests.builder import Rows, text_file, workbook
from tests.dashboard.surveys import HEADS

ODD_HEADS = ["課", "業務名", "しごとの中身", "年間件数", "1件あたり時間（分）"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WRONG = workbook(
    [HEADS, ["水道課", "検針", "入力", 600, 10, "電子"], ["水道課", None, None, 50, 5, "紙"]],
    name="水道課.xlsx",
)
"""B3 and C3 are blank: a row that is no task."""
OFFICES = text_file(
    [
        ["課", "提出期限"],
        ["税務課", "2099-12-03"],
        ["水道課", "2099-12-03"],
        ["出納室", "2099-12-03"],
    ],
    name="課一覧.csv",
)


def odd(division: str) -> Workbook:
    """A survey whose third column no one can name but a person."""
    rows: Rows = [
        ODD_HEADS,
        [division, "入札", "公告の作成", 10, 30],
        [division, "契約", "契約書の作成", 30, 60],
    ]
    return workbook(rows, name=f"{division}.xlsx")


def payload(book: Workbook) -> FilePayload:
    """The file as a browser picks it."""
    return {"name": book.name, "mimeType": XLSX, "buffer": book.data}
