"""A portfolio as a workbook: the chosen tasks with live totals, what was left out, what more brings."""

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr import terms
from bpr.export import styles
from bpr.export.cells import Value
from bpr.export.sheets import save
from bpr.export.values import LEVER_LABELS
from bpr.frames import DataFrame, LeftOut, MarginalValues
from bpr.frames.portfolio import Portfolio
from bpr.report import Report
from bpr.score.savings import list_licences

LIMITS: Final = {
    "tasks": "選ぶ業務の数",
    "budget_yen": "予算（初年度）",
    "staff_days": "職員の手間",
    "per_division": "1 つの課から選ぶ数",
}
"""What the limits are called."""
SURE: Final = 1e-6
"""Up to this gap a portfolio is said to be the best."""
_LEAST_SHARE: Final = 1e-4
_CHOSEN: Final = "選んだ業務"
_COLUMNS: Final[dict[str, tuple[str, float, str | None]]] = {
    "number": ("No", 5, None),
    "division": ("課", 14, None),
    "task": ("業務", 38, None),
    "lever": ("手段", 13, None),
    "best_lever": ("適性が最も\n高い手段", 13, None),
    "rank": ("適性の\n順位", 8, styles.COUNT),
    "saving_hours": ("削減見込\n（時間/年）", 11, styles.HOURS),
    "saving_hours_low": ("下限", 10, styles.HOURS),
    "saving_hours_high": ("上限", 10, styles.HOURS),
    "setup_yen": ("初期費用\n（円）", 13, styles.COUNT),
    "yearly_yen": ("毎年の費用\n（円/年）", 13, styles.COUNT),
    "staff_days": ("職員の手間\n（人日）", 11, styles.HOURS),
    "task_id": ("業務ID", 16, None),
}
"""Field -> label, width, number format."""
_SUMMED: Final = (
    "saving_hours",
    "saving_hours_low",
    "saving_hours_high",
    "setup_yen",
    "yearly_yen",
    "staff_days",
)
_HEADER: Final = 5


def write_portfolio(
    report: Report,
    portfolio: Portfolio,
    left_out: DataFrame[LeftOut],
    margins: DataFrame[MarginalValues],
    notes: Sequence[str],
) -> bytes:
    """Workbook of a selection; `notes` say what it was made from (title, weights)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_chosen(book, report, portfolio, notes)
    _write_left_out(book, report, left_out)
    _write_margins(book, portfolio, margins)
    _write_limits(book, report, portfolio, notes)
    return save(book)


def _write_table(
    book: Workbook,
    title: str,
    notes: Sequence[str],
    columns: Sequence[tuple[str, float, str | None]],
    rows: Iterable[Sequence[Value]],
) -> Worksheet:
    """Add a sheet with a title, notes and a table of label, width and format, headed below them."""
    sheet: Worksheet = book.create_sheet(title)
    header = len(notes) + 3
    styles.set_page(sheet, [width for _, width, _ in columns], header, freeze=f"B{header + 1}")
    sheet.append(styles.title_row(sheet, title))
    for note in notes:
        sheet.append(styles.note_row(sheet, note))
    sheet.append([])
    sheet.append(styles.header_row(sheet, [label for label, _, _ in columns]))
    for row in rows:
        sheet.append(styles.body_row(sheet, row, [form for _, _, form in columns]))
    styles.fit_rows(sheet, header)
    return sheet


def _write_chosen(
    book: Workbook, report: Report, portfolio: Portfolio, notes: Sequence[str]
) -> None:
    ends = report.savings.select("task_id", "lever", "saving_hours_low", "saving_hours_high")
    rows = (
        _named(report, portfolio.chosen)
        .join(ends, on=["task_id", "lever"], how="left", maintain_order="left")
        .with_row_index("number", offset=1)
        .with_columns(pl.col("lever", "best_lever").cast(pl.String).replace(LEVER_LABELS))
    )
    told = [
        "　".join([*notes, f"{rows.height} 業務"]),
        "下限・上限の合計は、すべての業務がそろって下限・上限になったとき。毎年の費用にライセンスは入らない（「条件」のシート）。",
    ]
    columns = list(_COLUMNS.values())
    sheet = _write_table(book, _CHOSEN, told, columns, rows.select(list(_COLUMNS)).iter_rows())
    if rows.height:
        sheet.append(_total_row(sheet, rows.height))


def _total_row(sheet: Worksheet, count: int) -> list[Cell]:
    """Return the row of sums, as formulas that follow later edits."""
    formats = [f for _, _, f in _COLUMNS.values()]
    cells = styles.body_row(sheet, [None] * len(_COLUMNS), formats)
    cells[2].value = "合計"
    for number, name in enumerate(_COLUMNS):
        if name in _SUMMED:
            letter = get_column_letter(number + 1)
            cells[number].value = f"=SUM({letter}{_HEADER + 1}:{letter}{_HEADER + count})"
    return cells


def _named(report: Report, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with `task`, `division`, `best_lever` and `rank` of their tasks, in their order."""
    names = report.tasks.select(
        "task_id",
        "best_lever",
        "rank",
        own_division="division",
        task=pl.concat_str(
            "task_name",
            pl.when(pl.col("activity_name") != pl.col("task_name")).then("activity_name"),
            separator="／",
            ignore_nulls=True,
        ),
    )
    return rows.join(names, on="task_id", maintain_order="left").with_columns(
        division="own_division"
    )


def _write_left_out(book: Workbook, report: Report, left_out: DataFrame[LeftOut]) -> None:
    rows: list[list[Value]] = [
        [
            row["task"],
            row["division"],
            terms.LEVERS[row["lever"]].label,
            row["rank"],
            row["saving_hours"],
            row["reason"],
            row["lost_hours"],
            "入れられない" if row["lost_hours"] is None else None,
            row["task_id"],
        ]
        for row in _named(report, left_out).iter_rows(named=True)
    ]
    note = "無理に入れると：その業務を必ず入れて選び直したときに、全体で減る時間。"
    columns = [
        ("業務", 38, None),
        ("課", 14, None),
        ("手段", 13, None),
        ("適性の\n順位", 8, styles.COUNT),
        ("削減見込\n（時間/年）", 11, styles.HOURS),
        ("なぜ入らないか", 48, None),
        ("無理に入れると\n減る（時間/年）", 15, styles.HOURS),
        ("備考", 12, None),
        ("業務ID", 16, None),
    ]
    _write_table(book, "入らなかった業務", [note], columns, rows)


def _write_margins(
    book: Workbook, portfolio: Portfolio, margins: DataFrame[MarginalValues]
) -> None:
    rows: list[list[Value]] = []
    for row in margins.iter_rows(named=True):
        average = average_of(portfolio, row["limit"])
        rows.append(
            [
                LIMITS[row["limit"]],
                row["more"],
                row["unit"],
                row["gained_hours"],
                None if average is None else average * row["more"],
                row["gained_hours"] / portfolio.saving_hours if portfolio.saving_hours else None,
                row["gap"],
            ]
        )
    note = "上限を 1 つだけ広げ、ほかはそのままにして選び直したときに増える時間。"
    columns = [
        ("上限", 24, None),
        ("広げる量", 13, styles.COUNT),
        ("単位", 11, None),
        ("増える\n（時間/年）", 13, styles.HOURS),
        ("今の平均なら\n（時間/年）", 14, styles.HOURS),
        ("今の全体に\n対して", 12, styles.PERCENT),
        ("計算の誤差\n（全体に対して）", 16, styles.PERCENT),
    ]
    _write_table(book, "あと少しの価値", [note], columns, rows)


def average_of(portfolio: Portfolio, limit: str) -> float | None:
    """Hours a year that one unit of a limit brings in the portfolio; None where nothing is used."""
    used = {
        "tasks": float(portfolio.chosen.height),
        "budget_yen": portfolio.first_year_yen,
        "staff_days": portfolio.staff_days,
    }.get(limit)
    return portfolio.saving_hours / used if used else None


def _write_limits(
    book: Workbook, report: Report, portfolio: Portfolio, notes: Sequence[str]
) -> None:
    """Limits beside what is used of them, and the first year's costs, by formulas where they sum."""
    licences = list_licences(report.settings.savings)
    bought = {name: portfolio.licences.get(name, 0) for name in licences}
    limits = portfolio.limits
    divisions = portfolio.chosen["division"].drop_nulls().value_counts()["count"].to_list()
    sheet = book.create_sheet("条件")
    styles.set_page(sheet, [34.0, 18.0, 18.0, 18.0], 1, freeze="A1")
    sheet.append(styles.title_row(sheet, "条件と費用"))
    for note in [*notes, tell_proof(portfolio)]:
        sheet.append(styles.note_row(sheet, note))
    head = len(notes) + 3
    costs = head + 4 + len(licences) + 2
    total = costs + 2 + len(licences) + 1
    used: list[tuple[str, Value, Value, str]] = [
        (LIMITS["tasks"], limits.tasks, portfolio.chosen.height, "業務"),
        (LIMITS["budget_yen"], limits.budget_yen, f"=D{total}", "円"),
        (LIMITS["staff_days"], limits.staff_days, _total_of("staff_days", portfolio), "人日"),
        (LIMITS["per_division"], limits.per_division, max(divisions, default=0), "業務"),
        *((_licence(name), limits.licences.get(name), bought[name], "本") for name in licences),
    ]
    sheet.append(styles.header_row(sheet, ["条件", "上限（空欄はなし）", "この組合せ", "単位"]))
    for use in used:
        sheet.append(_live_row(sheet, use, [None, styles.COUNT, styles.COUNT, None]))
    sheet.append([])
    paid: list[tuple[str, Value, Value, Value]] = [
        ("初期費用", None, None, _total_of("setup_yen", portfolio)),
        ("毎年の費用", None, None, _total_of("yearly_yen", portfolio)),
        *(
            (_licence(name), bought[name], licences[name].yen, f"=B{row}*C{row}")
            for row, name in enumerate(licences, start=costs + 3)
        ),
        ("合計", None, None, f"=SUM(D{costs + 1}:D{total - 1})"),
    ]
    labels = ["初年度の費用", "本数", "1 本の値段（円/年）", "金額（円）"]
    sheet.append(styles.header_row(sheet, labels))
    for cost in paid:
        sheet.append(_live_row(sheet, cost, [None, *[styles.COUNT] * 3]))
    styles.fit_rows(sheet, head)


def tell_proof(portfolio: Portfolio) -> str:
    """Say how sure it is that no other portfolio brings more hours."""
    if portfolio.gap <= SURE:
        return "この条件で、これより時間の多い組合せはありません（計算で確かめました）。"
    share = "0.01%未満" if portfolio.gap < _LEAST_SHARE else f"{portfolio.gap:.2%}"
    return (
        f"最良であることの証明は {share}の差まで：時間内に調べきれなかったため、"
        "その差までなら、時間のもっと多い組合せがあるかもしれません。"
    )


def _licence(lever: str) -> str:
    return f"{terms.LEVERS[lever].label} のライセンス"


def _total_of(column: str, portfolio: Portfolio) -> Value:
    """Formula of a sum on the sheet of the chosen tasks."""
    count = portfolio.chosen.height
    letter = get_column_letter(list(_COLUMNS).index(column) + 1)
    return f"='{_CHOSEN}'!{letter}{_HEADER + count + 1}" if count else 0


def _live_row(sheet: Worksheet, line: Sequence[Value], formats: Sequence[str | None]) -> list[Cell]:
    """Return a row in which our own formulas stay formulas."""
    cells = styles.body_row(sheet, [None] * len(line), formats)
    for cell, value in zip(cells, line, strict=True):
        cell.value = value
    return cells
