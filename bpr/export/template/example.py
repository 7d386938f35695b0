"""Rows that show how the form is filled in; the division is fictional."""

from typing import Final

from bpr.export.cells import Value

_YES, _NO = "はい", "いいえ"
_FIELDS: Final = (
    "unit",
    "process_category",
    "task_name",
    "activity_name",
    "staff_category",
    "annual_count",
    "minutes_per_case",
    "annual_hours",
    "medium",
    "approval_seal",
    "resident_seal",
    "must_be_staff",
    "needs_expertise",
    "is_routine",
    "systems",
    "frequency",
    "peak_months",
    "legal_basis",
    "issues",
)
_ROWS: Final[tuple[tuple[Value, ...], ...]] = (
    (
        "窓口係", "住民記録", "転入・転出の届出", "届書の受付、本人確認", "会計年度任用職員",
        3200, 10, None, "紙（量多い）", "無", "無", _NO, _NO, _YES,
        "住民記録システム", "毎日", "3月、4月", "住民基本台帳法第22条", "転入の多い日は待ち時間が長い",
    ),
    (
        "窓口係", "住民記録", "転入・転出の届出", "届出の審査、異動の決定", "正規職員",
        3200, 4, None, "紙（量多い）", "有", "無", _YES, None, None,
        "住民記録システム", "毎日", "3月、4月", "住民基本台帳法第22条", None,
    ),
    (
        "医療係", "医療費の助成", "医療費の助成", "申請書の内容の入力", "会計年度任用職員",
        1800, 6, 180, "紙（量多い）", "無", "有", _NO, _NO, _YES,
        "福祉医療システム", "毎月", "4月", "医療費助成条例", "手書きの申請書が読みにくい",
    ),
    (
        "相談係", "相談", "外国人の生活相談", "外国語での説明、助言", "会計年度任用職員",
        240, 45, None, "該当なし", "無", "無", _NO, _YES, None,
        None, "毎日", None, None, "話せる言語が限られる",
    ),
    (
        "庶務係", "庶務", "電話・来客の対応", "電話の取次ぎ、来客の案内", "正規職員",
        None, None, 350, "該当なし", "無", "無", _NO, _NO, _NO,
        None, "毎日", None, None, "ほかの作業が中断する",
    ),
    (
        "庶務係", "計画", "窓口サービスの改善計画", "計画案の検討、課内の調整", "正規職員",
        None, None, 120, "電子", "有", "無", _YES, None, None,
        "文書管理システム", "年1回", "10月、11月", None, None,
    ),
)  # fmt: skip
_PLACE: Final[dict[str, Value]] = {
    "department": "住民部",
    "division": "くらし窓口課",
    "fiscal_year": 2026,
}

EXAMPLE: Final[tuple[dict[str, Value], ...]] = tuple(
    {"task_number": number} | dict(zip(_FIELDS, row, strict=True)) | _PLACE
    for number, row in enumerate(_ROWS, start=1)
)
"""Six rows: both ways to give hours, every class, what stays blank."""
