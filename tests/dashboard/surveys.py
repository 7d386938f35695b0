"""Returned surveys for 取込: a clean one, one with an error, forms that nobody knows."""

from bpr.pipeline import Workbook
from tests.builder import Rows, text_file, workbook

HEADS = ["課", "業務名", "作業名", "年間件数", "1件あたり時間（分）", "処理媒体"]

CLEAN = workbook(
    [
        HEADS,
        ["税務課", "申告", "受付", 1200, 10, "紙"],
        ["税務課", "申告", "入力", 1200, 5, "電子"],
    ],
    name="税務課.xlsx",
)
WRONG = workbook(
    [HEADS, ["水道課", "検針", "入力", 600, 10, "石板"], ["水道課", None, None, 50, 5, "紙"]],
    name="水道課.xlsx",
)
"""B3 and C3 are blank: an error; F2 is no choice: a warning."""
REFUSED = Workbook("墓地.xlsx", b"\x00\x01 no workbook")


def odd(division: str, *, more: bool = False) -> Workbook:
    """A survey whose third column only a person can name; `more`: with one column added."""
    rows: Rows = [
        ["課", "業務名", "しごとの中身", "年間件数", "1件あたり時間（分）", "処理媒体", "根拠法令"],
        [division, "入札", "公告の作成", 10, 30, "紙", "地方自治法"],
        [division, "契約", "契約書の作成", 30, 60, "紙", "地方自治法"],
    ]
    added = ["うけつけ先", "本庁", "支所"]
    whole = [[*row, text] for row, text in zip(rows, added, strict=True)] if more else rows
    return workbook(whole, name=f"{division}.xlsx")


def office_list(*divisions: str, due: str = "2099-12-03") -> bytes:
    """A list of offices as CSV."""
    return text_file([["課", "提出期限"], *([name, due] for name in divisions)]).data
