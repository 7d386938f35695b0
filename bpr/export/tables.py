"""The published table shapes as sheets: 図表9, 図表10, 図表11; shares and sums are live, with charts."""

from typing import Final

import polars as pl
from openpyxl import Workbook

from bpr import terms
from bpr.export import styles
from bpr.export.sheets import begin_table, new_book, save
from bpr.export.table_charts import chart_media, chart_seals, chart_shares
from bpr.export.values import WORDS
from bpr.report import Report

TABLES: Final = ("図表9 コア・ノンコア比率", "図表10 処理媒体別年間作業時間", "図表11 印鑑の使用")
_CLASSES: Final = list(terms.WORK_CLASSES)
_COLUMNS: Final = [*_CLASSES, "total"]
_LETTERS: Final = "BCDEF"
"""Columns of the classes and of their total."""
_STAFF: Final = (*terms.STAFF_TYPES, "total")
_SEALS: Final = {
    "approval_seal": "決裁等印鑑使用",
    "resident_seal": "住民印鑑使用",
    "all": "全体（印鑑使用無し含む）",
}


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
    return [WORDS["work_class"][name] for name in _COLUMNS]


def _write_class_by_staff(book: Workbook, report: Report, scope: str) -> None:
    """Shares above, as formulas of the hours below; beside them the published shares."""
    table = report.tables.class_by_staff.filter(pl.col("scope") == scope)
    base = table["base_hours"].sum() / max(1, table.height)
    whole = table.filter(pl.col("work_class") == "total", pl.col("staff_type") == "total")
    unknown = whole["unknown_hours_count"].sum()
    names = ["正規", "非正規", "合計"]
    notes = [
        f"対象：{_words(scope)}。母数 {base:,.0f} 時間／年（時間の分からない業務 {unknown:,} 件は含まない）。割合は、下の年間作業時間の計算式。",
        f"阿見町・96自治体平均の出所：{report.settings.published.source}。図表10 とは母数が違う。",
    ]
    labels = [
        "業務の性質",
        *names,
        *(f"阿見町 {n}" for n in names),
        *(f"96平均 {n}" for n in names),
    ]
    sheet = begin_table(book, TABLES[0], notes, labels, 14)
    first = 3 + len(notes)
    hours = first + len(_COLUMNS) + 3
    last = hours + len(_COLUMNS)
    for row, name in enumerate(_COLUMNS):
        own = table.filter(pl.col("work_class") == name)
        published = [
            _pick(own, "staff_type", staff, column)
            for column in ("ami_ratio", "average96_ratio")
            for staff in _STAFF
        ]
        at = last if name == "total" else hours + row
        shares = {n: _part(f"{x}{at}", f"$E${last}") for n, x in enumerate("BCE", start=1)}
        line = [WORDS["work_class"][name], None, None, None, *published]
        sheet.append(styles.live_row(sheet, line, [None, *[styles.PERCENT] * 9], shares))
    sheet.append([])
    sheet.append(styles.note_row(sheet, "年間作業時間（時間／年）"))
    heads = ["業務の性質", *names[:2], "区分不明", "合計"]
    sheet.append(styles.header_row(sheet, heads, hours - 1))
    for row, values in enumerate(_hours_of_classes(table), start=hours):
        sums = {4: f"=SUM(B{row}:D{row})"}
        sheet.append(styles.live_row(sheet, [*values, None], _HOURS, sums))
    sums = {n: f"=SUM({x}{hours}:{x}{last - 1})" for n, x in enumerate("BCDE", start=1)}
    sheet.append(styles.live_row(sheet, ["合計", *[None] * 4], _HOURS, sums))
    chart_shares(sheet, first, len(_CLASSES), at=last + 2)


_HOURS: Final = (None, *[styles.HOURS] * 4)


def _hours_of_classes(table: pl.DataFrame) -> list[list[str | float]]:
    """Class and its hours by staff (regular, others, unknown), last those of no class."""
    kinds = (*terms.STAFF_TYPES, None)

    def hours(name: str) -> list[float]:
        own = table.filter(pl.col("work_class") == name)
        known = pl.col("staff_type")
        return [float(own.filter(known.eq_missing(pl.lit(k)))["hours"].sum()) for k in kinds]

    classes = [hours(name) for name in _CLASSES]
    rest = [
        max(0.0, round(whole - sum(parts), 6))
        for whole, *parts in zip(hours("total"), *classes, strict=True)
    ]
    names = [*(WORDS["work_class"][name] for name in _CLASSES), "性質不明"]
    return [[name, *values] for name, values in zip(names, [*classes, rest], strict=True)]


def _write_medium_by_class(book: Workbook, report: Report, scope: str) -> None:
    """Hours as they are; sums, shares and the use of paper as formulas of them."""
    table = report.tables.medium_by_class.filter(pl.col("scope") == scope)
    there = set(table["medium"])
    media = [m for m in (*terms.MEDIA, "unknown") if m in there]
    notes = [
        f"対象：{_words(scope)}。単位 時間／年。紙利用率・電子利用率の母数は「該当なし」を含む合計。",
    ]
    labels = ["処理媒体", *_labels(), "割合", "阿見町の割合"]
    sheet = begin_table(book, TABLES[1], notes, labels, 18)
    first = 3 + len(notes)
    last = first + len(media)
    formats = [None, *[styles.COUNT] * 5, *[styles.PERCENT] * 2]
    theirs = dict(table.filter(pl.col("work_class") == "total").select("medium", "ami_hours").iter_rows())  # fmt: skip
    whole = theirs.get("total")
    for row, medium in enumerate(media, start=first):
        own = table.filter(pl.col("medium") == medium)
        known = theirs.get(medium)
        share = known / whole if known is not None and whole else None
        line = [WORDS["medium"][medium], *_line(own, "hours"), None, share]
        sheet.append(styles.live_row(sheet, line, formats, {6: _part(f"F{row}", f"F{last}")}))
    sums = {
        n: f"=SUM({x}{first}:{x}{last - 1})" if media else "=0"
        for n, x in enumerate(_LETTERS, start=1)
    }
    ends = sums | {6: _part(f"F{last}", f"F{last}")}
    sheet.append(styles.live_row(sheet, ["合計", *[None] * 7], formats, ends))
    rows = {medium: first + n for n, medium in enumerate(media)}
    paper = [rows[m] for m in terms.PAPER_MEDIA if m in rows]
    electronic = [rows["electronic"]] if "electronic" in rows else []
    shares = [None, *[styles.PERCENT] * 5]
    for label, parts in (("紙利用率", paper), ("電子利用率", electronic)):
        live = {
            n: _part("+".join(f"{x}{row}" for row in parts) or "0", f"{x}{last}")
            for n, x in enumerate(_LETTERS, start=1)
        }
        sheet.append(styles.live_row(sheet, [label, *[None] * 5], shares, live))
    ratios = report.tables.media_ratios.filter(pl.col("scope") == scope)
    for label, column in (
        ("阿見町 紙利用率", "ami_paper_use_ratio"),
        ("阿見町 電子利用率", "ami_electronic_use_ratio"),
    ):
        sheet.append(styles.body_row(sheet, [label, *_line(ratios, column)], shares))
    chart_media(sheet, first, len(media), at=last + 6)


def _part(part: str, whole: str) -> str:
    return f'=IF({whole}=0,"",({part})/{whole})'


def _write_seal_by_class(book: Workbook, report: Report, scope: str) -> None:
    """Cases as they are, the shares of those with a seal as formulas of them."""
    table = report.tables.seal_by_class.filter(pl.col("scope") == scope)
    notes = [f"対象：{_words(scope)}。単位 件／年。割合の母数は、その性質の全件数。"]
    sheet = begin_table(book, TABLES[2], notes, ["印鑑", *_labels()], 18)
    first = 3 + len(notes)
    whole = first + len(_SEALS) - 1
    for seal, label in _SEALS.items():
        own = table.filter(pl.col("seal") == seal)
        line = [f"{label}（件）", *_line(own, "cases")]
        sheet.append(styles.body_row(sheet, line, [None, *[styles.COUNT] * 5]))
    formats = [None, *[styles.PERCENT] * 5]
    for row, seal in enumerate(("approval_seal", "resident_seal"), start=first):
        name = f"{_SEALS[seal]}（割合）"
        live = {n: _part(f"{x}{row}", f"{x}{whole}") for n, x in enumerate(_LETTERS, start=1)}
        sheet.append(styles.live_row(sheet, [name, *[None] * 5], formats, live))
        own = table.filter(pl.col("seal") == seal)
        line = [f"阿見町 {name}", *_line(own, "ami_ratio")]
        sheet.append(styles.body_row(sheet, line, formats))
    chart_seals(sheet, first - 1, whole + 1, at=whole + 6)


def _line(frame: pl.DataFrame, column: str) -> list[float | None]:
    """Values of a column by class, last the total."""
    return [_pick(frame, "work_class", name, column) for name in _COLUMNS]


def _pick(frame: pl.DataFrame, key: str, value: str, column: str) -> float | None:
    found = frame.filter(pl.col(key) == value)[column].to_list()
    return found[0] if found else None
