"""Survey text that would do harm, or break a file, if it left as anything but text."""

from typing import Final

from bpr.pipeline import Report, run
from tests.builder import SETTINGS, Rows, text_file

LONG: Final = "長い文" + "あ" * 39_997

FORMULAS: Final = {
    "式": "=cmd|' /C calc'!A0",
    "足し算": "+1+1",
    "引き算": "-2+3",
    "関数": "@SUM(A1)",
    "リンク": '=HYPERLINK("http://example.com","開く")',
}
"""作業名 -> 課題 that a spreadsheet would run."""

PLAIN: Final = {
    "誤り": "#N/A",
    "向き": "a\u202eb",
    "絵": "確認😀済",
    "タグ": "<script>alert(1)</script>",
    "数字": "00123",
    "引用符": "'=1",
    "改行": "一行目\n=1+1",
}
"""作業名 -> 課題 that must arrive unchanged."""

BROKEN: Final = {"制御": "前\x02後\x1b末", "長文": LONG, "絵だけ": "😀" * 20_000}
"""作業名 -> 課題 that an .xlsx cannot hold as it is."""

ROWS: Final[Rows] = [
    ["課", "業務名", "作業名", "年間作業時間", "課題"],
    *(["税務課", "点検", name, 10, text] for name, text in (FORMULAS | PLAIN | BROKEN).items()),
]


def hostile_report() -> Report:
    """Report on a survey with all these texts; only a text file can bring every sign."""
    return run([text_file(ROWS)], SETTINGS)
