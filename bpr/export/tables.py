"""The published table shapes as sheets: 図表9, 図表10, 図表11 with bases and comparisons."""

import polars as pl
from openpyxl import Workbook

from bpr import terms
from bpr.export import styles
from bpr.export.sheets import new_book, save, write_table
from bpr.report import Report

_CLASSES = list(terms.WORK_CLASSES)
_COLUMNS = [*_CLASSES, "total"]


def write_tables(book: Workbook, report: Report, scope: str = "all") -> None:
    """Add the three tables for one scope."""
    _write_class_by_staff(book, report, scope)
    _write_medium_by_class(book, report, scope)
    _write_seal_by_class(book, report, scope)


def write_tables_book(report: Report) -> bytes:
    """Workbook of the three tables for all tasks."""
    book = new_book()
    write_tables(book, report)
    return save(book)


def _words(scope: str) -> str:
    return "全業務" if scope == "all" else "調査票が性質を答えた業務"


def _labels() -> list[str]:
    return [*(term.label for term in terms.WORK_CLASSES.values()), "合計"]


def _write_class_by_staff(book: Workbook, report: Report, scope: str) -> None:
    table = report.tables.class_by_staff.filter(pl.col("scope") == scope)
    base = table["base_hours"].sum() / max(1, table.height)
    unknown = table.filter(pl.col("work_class") == "total", pl.col("staff_type") == "total")[
        "unknown_hours_count"
    ].sum()
    staff = [*terms.STAFF_TYPES, "total"]
    rows = []
    for name, label in zip(_COLUMNS, _labels(), strict=True):
        own = table.filter(pl.col("work_class") == name)
        shares = [_pick(own, "staff_type", s, "share_ratio") for s in staff]
        ami = [_pick(own, "staff_type", s, "ami_ratio") for s in staff]
        mean = [_pick(own, "staff_type", s, "average96_ratio") for s in staff]
        rows.append([label, *shares, *ami, *mean])
    names = ["正規", "非正規", "合計"]
    write_table(
        book,
        "図表9 コア・ノンコア比率",
        [
            f"対象：{_words(scope)}。母数 {base:,.0f} 時間／年（時間の分からない業務 {unknown:,} 件は含まない）。",
            f"阿見町・96自治体平均の出所：{report.settings.published.source}。図表10 とは母数が違う。",
        ],
        ["業務の性質", *names, *(f"阿見町 {n}" for n in names), *(f"96平均 {n}" for n in names)],
        rows,
        [None, *[styles.PERCENT] * 9],
    )


def _write_medium_by_class(book: Workbook, report: Report, scope: str) -> None:
    table = report.tables.medium_by_class.filter(pl.col("scope") == scope)
    media = [m for m in (*terms.MEDIA, "unknown", "total") if m in set(table["medium"])]
    rows: list[list[str | float | None]] = []
    for medium in media:
        own = table.filter(pl.col("medium") == medium)
        label = (
            terms.MEDIA[medium].label
            if medium in terms.MEDIA
            else {"total": "合計"}.get(medium, "不明")
        )
        rows.append([label, *(_pick(own, "work_class", c, "hours") for c in _COLUMNS)])
    ratios = report.tables.media_ratios.filter(pl.col("scope") == scope)
    for label, column in (
        ("紙利用率", "paper_use_ratio"),
        ("電子利用率", "electronic_use_ratio"),
        ("阿見町 紙利用率", "ami_paper_use_ratio"),
        ("阿見町 電子利用率", "ami_electronic_use_ratio"),
    ):
        values = [_pick(ratios, "work_class", c, column) for c in _COLUMNS]
        rows.append([label, *(None if v is None else f"{v:.1%}" for v in values)])
    write_table(
        book,
        "図表10 処理媒体別年間作業時間",
        [
            f"対象：{_words(scope)}。単位 時間／年。紙利用率・電子利用率の母数は「該当なし」を含む合計。",
        ],
        ["処理媒体", *_labels()],
        rows,
        [None, *[styles.COUNT] * 5],
    )


def _write_seal_by_class(book: Workbook, report: Report, scope: str) -> None:
    table = report.tables.seal_by_class.filter(pl.col("scope") == scope)
    rows: list[list[str | float | None]] = []
    labels = {
        "approval_seal": "決裁等印鑑使用",
        "resident_seal": "住民印鑑使用",
        "all": "全体（印鑑使用無し含む）",
    }
    for seal, label in labels.items():
        own = table.filter(pl.col("seal") == seal)
        rows.append([f"{label}（件）", *(_pick(own, "work_class", c, "cases") for c in _COLUMNS)])
    for seal in ("approval_seal", "resident_seal"):
        own = table.filter(pl.col("seal") == seal)
        for prefix, column in (("", "ratio"), ("阿見町 ", "ami_ratio")):
            values = [_pick(own, "work_class", c, column) for c in _COLUMNS]
            name = f"{prefix}{labels[seal]}（割合）"
            rows.append([name, *(None if v is None else f"{v:.1%}" for v in values)])
    write_table(
        book,
        "図表11 印鑑の使用",
        [f"対象：{_words(scope)}。単位 件／年。割合の母数は、その性質の全件数。"],
        ["印鑑", *_labels()],
        rows,
        [None, *[styles.COUNT] * 5],
    )


def _pick(frame: pl.DataFrame, key: str, value: str, column: str) -> float | None:
    found = frame.filter(pl.col(key) == value)[column].to_list()
    return found[0] if found else None
