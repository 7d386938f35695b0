"""The sheet that explains how to fill in the form: who, what, choices, classes, questions."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export import styles
from bpr.export.template.columns import COLUMNS, GROUPS, Column
from bpr.export.template.guide_texts import CLASSES, FAQ, HARD_CASES, INTRODUCTION, QUESTIONS
from bpr.export.template.table import protect, set_print

Section: TypeAlias = tuple[str, Sequence[str], Sequence[Sequence[str]]]

_WIDTHS: Final = (27.0, 66.0, 36.0, 30.0)
_HEADING_HEIGHT: Final = 24
_COLORS: Final = {c.label: GROUPS[c.group][1] for c in COLUMNS}


def write_guide(sheet: Worksheet, title: str) -> None:
    """Write all sections below each other; nothing is merged, nothing can be changed."""
    styles.set_page(sheet, _WIDTHS, header_row=1)
    sheet.sheet_view.showGridLines = False
    sheet.append(styles.title_row(sheet, f"記入要領　{title}"))
    headings, last = [1], 1
    for heading, labels, rows in _sections():
        headings.append(last + 2)
        sheet.append([])
        _write_section(sheet, heading, labels, rows)
        last += 2 + bool(labels) + len(rows)
    styles.fit_rows(sheet, 1)
    for row in headings:
        sheet.row_dimensions[row].height = _HEADING_HEIGHT
    set_print(sheet, title)
    protect(sheet)


def _sections() -> tuple[Section, ...]:
    """Heading, labels (none: a list without a header) and rows of every section."""
    of_columns = [(c.label, f"［{c.needed}］{c.write}", _answers(c), c.example) for c in COLUMNS]
    return (
        ("1　はじめに", (), INTRODUCTION),
        ("2　列ごとの書き方", ("列", "書くこと", "答え方・単位", "例"), of_columns),
        (
            "3　性質を決める 3 つの質問",
            ("質問", "「はい」と答える作業", "「はい」の例", "「いいえ」の例"),
            QUESTIONS,
        ),
        (
            "4　答えから決まる業務の性質（調査票には書きません）",
            ("業務の性質", "3 つの質問の答え", "意味", "例"),
            CLASSES,
        ),
        ("5　迷ったとき", ("こんなとき", "答え方"), HARD_CASES),
        ("6　よくある質問", ("質問", "答え"), FAQ),
    )


def _write_section(
    sheet: Worksheet, heading: str, labels: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    cell = WriteOnlyCell(sheet, value=heading)
    cell.font = Font(name=styles.FONT, bold=True, size=12)
    sheet.append([cell])
    if labels:
        sheet.append(styles.header_row(sheet, labels))
    for row in rows:
        cells = styles.body_row(sheet, row, [None] * len(row))
        cells[0].font = Font(name=styles.FONT, bold=True, size=10)
        if row[0] in _COLORS:
            cells[0].fill = PatternFill("solid", fgColor=_COLORS[row[0]])
        sheet.append(cells)


def _answers(column: Column) -> str:
    """Say how the column is answered: choices, unit, or text."""
    if column.choices:
        return "▼ から選ぶ：" + " ／ ".join(column.choices)
    if column.is_number:
        unit = column.label.partition("（")[2].rstrip("）")
        return f"0 以上の数字（半角）。単位は{unit}。小数も使える。"
    if column.longest:
        return f"文字（{column.longest} 文字まで）"
    return "数字（西暦）"
