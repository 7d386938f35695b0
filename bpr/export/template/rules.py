"""What may be typed into the form, and the colors that show what is still to be answered."""

from typing import Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export.template.columns import COLUMNS, Column
from bpr.export.template.table import LETTERS

TO_ANSWER: Final = "FFF6CC"
NOT_ASKED: Final = "C4C4C4"
DOUBTFUL: Final = "F9C6C6"

LONGEST_LIST: Final = 255
"""Letters that Excel takes for a list written into the rule."""
_ROOM: Final = 1700
"""Rows below the ready ones that keep the rules when rows are added."""
_NUMBER_ERROR: Final = "数字だけを半角で入れてください。単位は書きません。"


def add_rules(sheet: Worksheet, last: int, year: int, mismatch_ratio: float) -> None:
    """Add drop-downs, limits, prompts and colors to the rows from 2 to well below `last`."""
    end = last + _ROOM
    for column in COLUMNS:
        letter = LETTERS[column.field]
        if rule := _validation(column, letter, year):
            rule.add(f"{letter}2:{letter}{end}")
            sheet.add_data_validation(rule)
    _add_colors(sheet, end, mismatch_ratio)


def number_rule(prompt_title: str, prompt: str) -> DataValidation:
    """Return the rule of a cell for a number that is not negative."""
    rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
    return _tell(rule, "数字ではありません", _NUMBER_ERROR, prompt_title, prompt)


def _validation(column: Column, letter: str, year: int) -> DataValidation | None:
    if column.choices:
        rule = DataValidation(type="list", formula1=inline_list(column.choices))
        error = "▼ を押して、一覧から選んでください。"
        return _tell(rule, "一覧にない言葉です", error, column.label, column.prompt)
    if column.is_number:
        return number_rule(column.label, column.prompt)
    if column.field == "fiscal_year":
        rule = DataValidation(type="whole", operator="equal", formula1=str(year))
        return _tell(rule, "年度は変えません", f"この調査票は {year} 年度のものです。")
    if column.longest:
        one_line = f"ISERROR(FIND(CHAR(10),{letter}2))"
        formula = f"AND(LEN({letter}2)<={column.longest},{one_line})"
        error = f"{column.longest} 文字までで、改行せずに書いてください。"
        rule = DataValidation(type="custom", formula1=formula)
        return _tell(rule, "長すぎるか、改行があります", error, column.label, column.prompt)
    return None


def inline_list(choices: tuple[str, ...]) -> str:
    """Choices as Excel writes them into a rule: "はい,いいえ" with the quotation marks.

    >>> inline_list(("はい", "いいえ"))
    '"はい,いいえ"'
    """
    text = ",".join(choices)
    if len(text) > LONGEST_LIST or any("," in c or '"' in c for c in choices):
        raise ValueError(choices)
    return f'"{text}"'


def _tell(
    rule: DataValidation, title: str, error: str, prompt_title: str = "", prompt: str = ""
) -> DataValidation:
    """Refuse with this message; show the prompt, where there is one, when the cell is chosen."""
    rule.allow_blank = True
    rule.errorStyle, rule.showErrorMessage = "stop", True
    rule.errorTitle, rule.error = title, error
    if prompt:
        rule.promptTitle, rule.prompt, rule.showInputMessage = prompt_title, prompt, True
    return rule


def _add_colors(sheet: Worksheet, end: int, mismatch_ratio: float) -> None:
    """Show what is open once a task is named; a task of 0 hours (given up) is asked nothing."""
    at = {name: f"${letter}2" for name, letter in LETTERS.items()}
    named = f'OR({at["task_name"]}<>"",{at["activity_name"]}<>"")'
    count, minutes, hours = (at[n] for n in ("annual_count", "minutes_per_case", "annual_hours"))
    asked = f"{named},NOT(AND(ISNUMBER({hours}),{hours}=0))"
    staff, expert = at["must_be_staff"], at["needs_expertise"]
    product = f"{count}*{minutes}/60"
    known = f"ISNUMBER({count}),ISNUMBER({minutes}),ISNUMBER({hours})"
    allowed = f"{mismatch_ratio}*MAX({product},{hours})+0.5"
    first, final = LETTERS["staff_category"], LETTERS["issues"]
    own = f"COUNTA(${first}2:${final}2)"
    colors = [
        ("needs_expertise", f'{staff}="はい"', NOT_ASKED),
        ("is_routine", f'OR({staff}="はい",{expert}="はい")', NOT_ASKED),
        ("task_name", f'AND({at["task_name"]}="",{at["activity_name"]}="",{own}>0)', DOUBTFUL),
        ("annual_hours", f"AND({known},ABS({product}-{hours})>{allowed})", DOUBTFUL),
    ]
    open_when = {
        "task_name": "TRUE",
        "staff_category": "TRUE",
        "annual_count": f'{hours}=""',
        "minutes_per_case": f'{hours}=""',
        "annual_hours": f'OR({count}="",{minutes}="")',
        "medium": "TRUE",
        "approval_seal": "TRUE",
        "resident_seal": "TRUE",
        "must_be_staff": "TRUE",
        "needs_expertise": f'{staff}<>"はい"',
        "is_routine": f'{staff}<>"はい",{expert}<>"はい"',
    }
    colors += [
        (name, f'AND({asked},{condition},{at[name]}="")', TO_ANSWER)
        for name, condition in open_when.items()
    ]
    for name, formula, color in colors:
        color_cells(sheet, f"{LETTERS[name]}2:{LETTERS[name]}{end}", formula, color)


def color_cells(sheet: Worksheet, cells: str, formula: str, color: str) -> None:
    """Color the cells for which the formula, written for the first of them, holds."""
    fill = PatternFill("solid", fgColor=color, bgColor=color)
    font = Font(color="7F7F7F") if color == NOT_ASKED else None
    look = DifferentialStyle(font=font, fill=fill)
    rule = Rule(type="expression", formula=[formula], dxf=look, stopIfTrue=True)
    sheet.conditional_formatting.add(cells, rule)
