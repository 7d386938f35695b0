"""A town whose divisions do the same work: minutes per case of 支出伝票 are 10, 20 and 60."""

from typing import Final

from bpr.pipeline import Workbook
from tests.builder import Rows, workbook

HEADER: Final = ["整理番号", "課", "業務名", "作業名", "職員区分", "年間件数", "年間作業時間"]
ROWS: Final[Rows] = [
    HEADER,
    [1, "税務課", "支払処理", "伝票の起票", "正規職員", 240, 40],
    [2, "税務課", "滞納処分", "財産の差押え", "正規職員", 10, 90],
    [1, "福祉課", "請求書の支払", None, "正規職員", 60, 60],
    [2, "福祉課", "照会への回答", None, "正規職員", 20, 10],
    [3, "福祉課", "=犬の登録", None, "正規職員", 30, 5],
    [1, "住宅課", "伝票処理", None, "会計年度任用職員", 120, 40],
    [2, "住宅課", "県等からの照会文書の回答", None, "正規職員", None, 8],
    [3, "住宅課", "=犬の登録", None, "正規職員", 10, 5],
]  # fmt: skip
PAYMENTS, INQUIRIES, DOGS = "family:payments", "family:inquiries", "like:犬の登録"


def common_town() -> Workbook:
    """The survey as one workbook: 8 tasks, of which 7 in 3 groups."""
    return workbook(ROWS, name="調査票.xlsx")
