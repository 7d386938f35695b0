"""A reader of the few formulas that the calculation uses, written apart from what writes them."""

from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from openpyxl.formula import Tokenizer

Lazy = Callable[[], Any]


class Calculator:
    """Computes the cells of a workbook."""

    def __init__(self, book: openpyxl.Workbook) -> None:
        self.book = book
        self.known: dict[tuple[str, str], Any] = {}

    def __call__(self, sheet: str, cell: str) -> Any:
        place = (sheet, cell)
        if place not in self.known:
            value = self.book[sheet][cell].value
            is_formula = self.book[sheet][cell].data_type == "f"
            self.known[place] = self.compute(sheet, value) if is_formula else value
        return self.known[place]

    def compute(self, sheet: str, formula: str) -> Any:
        def read(reference: str) -> Any:
            name, _, area = reference.rpartition("!")
            own = name.strip("'").replace("''", "'") if name else sheet
            area = area.replace("$", "")
            if ":" not in area:
                return self(own, area)
            rows = self.book[own][area]
            return [self(own, str(cell.coordinate)) for row in rows for cell in row]

        calls = {f"f_{name}": call for name, call in FUNCTIONS.items()}
        names = {"__builtins__": {}, "read": read, **calls}
        return eval(in_python(formula), names)  # noqa: S307 - our own formulas


def in_python(formula: str) -> str:
    """Write a formula so that Python computes it, arguments only when they are asked for."""
    parts = []
    for token in Tokenizer(formula).items:
        match token.type, token.subtype:
            case "FUNC", "OPEN":
                parts.append(f"f_{token.value[:-1]}(lambda: (")
            case "FUNC", "CLOSE":
                parts.append("))")
            case "SEP", _:
                parts.append("), lambda: (")
            case "OPERAND", "RANGE":
                parts.append(f"read({token.value!r})")
            case "OPERAND", "TEXT":
                parts.append(repr(token.value[1:-1].replace('""', '"')))
            case _:
                parts.append({"=": "==", "<>": "!="}.get(token.value, token.value))
    return "".join(parts)


def numbers(parts: Sequence[Lazy]) -> list[float]:
    """Numbers among the arguments; areas are laid out, their texts and blanks passed over."""
    found = [part() for part in parts]
    flat = [one for part in found for one in (part if isinstance(part, list) else [part])]
    return [one for one in flat if isinstance(one, int | float)]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": lambda *parts: sum(numbers(parts)),
    "MIN": lambda *parts: min(numbers(parts)),
    "MAX": lambda *parts: max(numbers(parts)),
    "IF": lambda test, then, other: then() if test() else other(),
    "ISNUMBER": lambda one: isinstance(one(), int | float),
    "INDEX": lambda area, number: area()[number() - 1],
    "MATCH": lambda wanted, area, exact: area().index(wanted()) + 1 + exact(),
    "RANK": lambda one, area: 1 + sum(other > one() for other in area()),
}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=A1+B1*2", 7),
        ("=(A1+B1)/(C1*2)", 0.5),
        ("=SUM($A$1:C1)", 8),
        ("=MIN(A1:C1,-1)-1", -2),
        ('=IF(ISNUMBER(D1),1/0,"なし")', "なし"),
        ("=INDEX(A1:C1,MATCH(MAX(A1:C1),A1:C1,0))", 4),
        ("=RANK(A1,A1:C1)", 3),
        ("='ほかの ''表'!A1>=60", True),
    ],
)
def test_formulas_as_excel_computes_them(formula: str, expected: object) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append([1, 3, 4])
    book.create_sheet("ほかの '表").append([60])
    assert Calculator(book).compute(book.sheetnames[0], formula) == expected
