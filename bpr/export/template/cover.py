"""The sheet that says who returns the form: a label on the left, its value on the right."""

from typing import Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export import styles
from bpr.export.cells import Value, safe_value
from bpr.export.template.office import Office, era_year
from bpr.export.template.rules import TO_ANSWER, color_cells, number_rule
from bpr.export.template.table import protect, set_print

_SIDE: Final = Side(style="thin", color="A6A6B2")
_BOX: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_FILL: Final = PatternFill("solid", fgColor="D6E4F7")
_HINT: Final = "4 月 1 日に課にいる人数です。数字だけを半角で入れてください。ほかの課と兼ねる人は 0.5 のように書きます。"


def write_cover(sheet: Worksheet, office: Office, title: str) -> None:
    """Write the label cells; what is known is locked, the rest is for the division."""
    styles.set_page(sheet, [24.0, 36.0], header_row=1, freeze="A1")
    sheet.print_title_rows = None
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.fitToHeight = 1
    year = f"{era_year(office.fiscal_year)}（{office.fiscal_year}年度）"
    rows: list[tuple[str, Value]] = [
        ("団体名", office.municipality),
        ("調査年度", year),
        ("部名", office.department),
        ("課名", office.division),
        ("正規職員数（人）", _plain(office.regular_staff)),
        ("非正規職員数（人）", _plain(office.nonregular_staff)),
        ("提出期限", None),
        ("記入者（任意）", None),
    ]
    for label, value in rows:
        is_count = label.endswith("職員数（人）")
        is_open = value is None or is_count
        sheet.append([_label(sheet, label), _value(sheet, value, is_open=is_open)])
        if is_count:
            place = f"B{sheet.max_row}"
            rule = number_rule(label, _HINT)
            rule.add(place)
            sheet.add_data_validation(rule)
            color_cells(sheet, place, f'{place}=""', TO_ANSWER)
        if label == "提出期限" and office.due:
            due = sheet.cell(sheet.max_row, 2, office.due)
            due.number_format = 'yyyy"年"m"月"d"日"'
            due.protection = Protection(locked=True)
    for row in range(1, len(rows) + 1):
        sheet.row_dimensions[row].height = 26
    set_print(sheet, title)
    protect(sheet)


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and float(number).is_integer() else number


def _label(sheet: Worksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font, cell.fill, cell.border = Font(name=styles.FONT, bold=True, size=11), _FILL, _BOX
    cell.alignment = Alignment(vertical="center")
    return cell


def _value(sheet: Worksheet, value: Value, *, is_open: bool) -> Cell:
    safe = safe_value(sheet, value)
    cell = safe if isinstance(safe, Cell) else WriteOnlyCell(sheet, value=safe)
    cell.font, cell.border = Font(name=styles.FONT, size=11), _BOX
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    cell.protection = Protection(locked=not is_open)
    return cell
