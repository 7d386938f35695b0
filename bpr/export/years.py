"""Two years side by side as a workbook: each division's sum with live totals, then every task."""

from collections.abc import Sequence
from typing import Final

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr import terms
from bpr.export import styles
from bpr.export.cells import Value
from bpr.export.sheets import save, write_sheet
from bpr.frames import DataFrame, YearChanges, YearSummary
from bpr.frames.years import YearNames
from bpr.tabulate.years import SAME_HOURS, SAME_SHARE

SIGNED: Final = "+#,##0.0;-#,##0.0;0.0"
_SIGNED_PERCENT: Final = "+0.0%;-0.0%;0.0%"
_TITLE: Final = "前年度との比較"
_LIST: Final = "業務の一覧"
_UNTOLD: Final = "（課の記入なし）"
_PARTS: Final = ("grew", "shrank", "same", "vanished", "began")
_DIFFERENCE, _SHARE, _REST = "difference_hours", "share", "rest"
_TABLE: Final = [
    "division",
    "tasks",
    "told_before_hours",
    "before_hours",
    "after_hours",
    _DIFFERENCE,
    _SHARE,
    *(f"{part}_hours" for part in _PARTS),
    "unclear_hours",
    _REST,
    "unconfirmed_tasks",
    "unconfirmed_hours",
    "unknown_tasks",
]
"""Columns of the summary; `share` and `rest` are formulas only."""


def write_years(
    changes: DataFrame[YearChanges], summary: DataFrame[YearSummary], labels: YearNames
) -> bytes:
    """Workbook of `compare_years` and `summarize_years`; the differences and totals are formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_summary(book, changes, summary, labels)
    _write_changes(book, changes, labels)
    return save(book)


def tell_years(
    changes: DataFrame[YearChanges], summary: DataFrame[YearSummary], labels: YearNames
) -> list[str]:
    """Say in sentences what changed, of how many tasks, and how sure it is."""
    total = summary.filter(pl.col("scope") == "total").row(0, named=True)
    before, difference = total["before_hours"], total[_DIFFERENCE]
    share = f"、{difference / before:+.1%}" if before else ""
    parts = "、".join(
        f"{terms.YEAR_CHANGES[part].label}業務 {total[f'{part}_hours'] + 0.0:+,.1f} 時間"
        for part in _PARTS
    )
    gone, new = (int((changes["change"] == part).sum()) for part in ("vanished", "began"))
    unclear = total["unclear_hours"]
    rest = f"、片方の年度の時間が不明な業務 {unclear:+,.1f} 時間" if unclear else ""
    result = (
        f"結果：{labels.before}の {before:,.1f} 時間が、{labels.after}は {total['after_hours']:,.1f} "
        f"時間になりました（差 {difference:+,.1f} 時間{share}）。内訳：{parts}{rest}。"
    )
    base = (
        f"母数：{total['tasks']:,} 業務（両年度にある {total['tasks'] - gone - new:,}、"
        f"なくなった {gone:,}、新しい {new:,}）。時間の分からない年度がある {total['unknown_tasks']:,} "
        "業務は、分からない時間を 0 とせず、合計に入れていません。"
    )
    sure = (
        f"確認：両年度にある業務のうち {total['unconfirmed_tasks']:,} 業務（{labels.after}の "
        f"{total['unconfirmed_hours']:,.1f} 時間）は、同じ業務かどうかを人がまだ確かめていません。"
    )
    return [result, base, sure]


def _write_summary(
    book: Workbook,
    changes: DataFrame[YearChanges],
    summary: DataFrame[YearSummary],
    labels: YearNames,
) -> None:
    notes = [
        f"団体：{labels.municipality}",
        *tell_years(changes, summary, labels),
        f"課：{labels.before}の時間も{labels.after}の課に組み替えています。「当時の課の時間」は組み替える前の時間です。",
        f"ほぼ同じ＝差が {SAME_HOURS:g} 時間以内か、前の年度の {SAME_SHARE:.0%} 以内。検算＝差から内訳の合計を引いたもの（0 になる）。",
    ]
    header = len(notes) + 2
    sheet: Worksheet = book.create_sheet(_TITLE)
    styles.set_page(sheet, [22.0, *[12.0] * (len(_TABLE) - 1)], header, freeze=f"B{header + 1}")
    sheet.append(styles.title_row(sheet, _TITLE))
    for note in notes:
        sheet.append(styles.note_row(sheet, note))
    sheet.append(styles.header_row(sheet, _summary_labels(labels), header))
    divisions = summary.filter(pl.col("scope") == "division").with_columns(
        pl.col("division").fill_null(_UNTOLD)
    )
    for number, row in enumerate(divisions.iter_rows(named=True), start=header + 1):
        told = [None if name in _own_formulas(number) else row[name] for name in _TABLE]
        sheet.append(_live_row(sheet, told, _own_formulas(number)))
    last = header + divisions.height
    if divisions.height:
        sums = {
            name: f"=SUM({_letter(name)}{header + 1}:{_letter(name)}{last})" for name in _TABLE[1:]
        }
        total: list[Value] = ["合計", *[None] * (len(_TABLE) - 1)]
        sheet.append(_live_row(sheet, total, sums | _own_formulas(last + 1)))


def _summary_labels(labels: YearNames) -> list[str]:
    before, after = labels.before, labels.after
    return [
        "課",
        "業務数",
        f"当時の課の\n時間\n{before}",
        f"時間\n{before}",
        f"時間\n{after}",
        "差\n（時間）",
        "増減率",
        *(f"{terms.YEAR_CHANGES[part].label}\n（時間）" for part in _PARTS),
        "片方の年度の\n時間が不明",
        "検算",
        "未確認の\n業務数",
        "未確認の\n時間",
        "時間不明の\n業務数",
    ]


def _letter(name: str) -> str:
    return get_column_letter(_TABLE.index(name) + 1)


def _own_formulas(row: int) -> dict[str, str]:
    """Formulas of a row over its own cells."""
    at = {name: f"{_letter(name)}{row}" for name in _TABLE}
    parts = f"{at['grew_hours']}:{at['unclear_hours']}"
    return {
        _DIFFERENCE: f"={at['after_hours']}-{at['before_hours']}",
        _SHARE: f'=IF({at["before_hours"]}=0,"",{at[_DIFFERENCE]}/{at["before_hours"]})',
        _REST: f"=ROUND({at[_DIFFERENCE]}-SUM({parts}),3)",
    }


def _live_row(sheet: Worksheet, values: Sequence[Value], formulas: dict[str, str]) -> list[Cell]:
    """Return a row of values, and of our own formulas where there are some."""
    own = {_TABLE.index(name): formula for name, formula in formulas.items()}
    return styles.live_row(sheet, values, [_format_of(name) for name in _TABLE], own)


def _format_of(name: str) -> str | None:
    if name == "division":
        return None
    if name == _SHARE:
        return _SIGNED_PERCENT
    if name.endswith("tasks"):
        return styles.COUNT
    if name in {"told_before_hours", "before_hours", "after_hours", "unconfirmed_hours"}:
        return styles.HOURS
    return SIGNED


def _write_changes(book: Workbook, changes: DataFrame[YearChanges], labels: YearNames) -> None:
    before, after = labels.before, labels.after
    columns = {
        "change": "変化",
        "before_division": f"課\n{before}",
        "after_division": f"課\n{after}",
        "before_name": f"業務\n{before}",
        "after_name": f"業務\n{after}",
        "before_hours": f"時間/年\n{before}",
        "after_hours": f"時間/年\n{after}",
        "difference_hours": "差（時間）",
        "volume_hours": "うち件数の\n増減による",
        "unit_time_hours": "うち1件の時間の\n増減による",
        "before_count": f"件数/年\n{before}",
        "after_count": f"件数/年\n{after}",
        "before_minutes": f"分/件\n{before}",
        "after_minutes": f"分/件\n{after}",
        "confirmed": "確認済み",
        "how": "組にした理由",
        "reason": "説明",
        "before_id": f"業務ID\n{before}",
        "after_id": f"業務ID\n{after}",
    }
    unknown = pl.when(pl.col("change").is_null()).then(pl.lit("時間不明"))
    told = changes.with_columns(
        change=pl.coalesce(unknown, _in_words("change", terms.YEAR_CHANGES)),
        how=_in_words("how", terms.LINK_HOWS),
    ).sort(pl.col("difference_hours").abs(), descending=True, nulls_last=True, maintain_order=True)
    widths = {"before_name": 36.0, "after_name": 36.0, "reason": 40.0}
    write_sheet(book, _LIST, told, columns, widths)


def _in_words(column: str, words: dict[str, terms.Term]) -> pl.Expr:
    labels = {name: term.label for name, term in words.items()}
    return pl.col(column).cast(pl.String).replace(labels)
