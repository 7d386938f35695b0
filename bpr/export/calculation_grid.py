"""A sheet of the calculation, written row after row: our formulas, editable inputs, plain text."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export import styles
from bpr.export.cells import Value, safe_value

Look: TypeAlias = Literal[
    "数", "文字", "入力", "結果の数", "結果の文字", "見出し", "部", "題", "文", "注"
]
"""Cell styles of the workbook; named, because giving each cell its parts one by one is slow."""
_INPUT: Final = PatternFill("solid", fgColor="FFF6DB")
_SECTION: Final = PatternFill("solid", fgColor="D6E4F7")
_RESULT: Final = PatternFill("solid", fgColor="F2F2F5")
_LINE_POINTS: Final = 14
_HIGHEST_ROW: Final = 400
"""Points; Excel takes rows of at most 409."""
_INDENT: Final = 1.5
"""Units of width that the indent of text takes."""


@dataclass(frozen=True)
class Formula:
    """A formula of ours, without its equals sign; no survey text may go into it."""

    text: str


@dataclass(frozen=True)
class Input:
    """A number (or nothing yet) that a reader may change."""

    value: float | None


Item: TypeAlias = Value | Formula | Input
Spans: TypeAlias = Mapping[int, int]
"""First column -> last column of cells that are merged."""


@dataclass
class Grid:
    """One sheet; each method adds a row below the last and returns its number."""

    sheet: Worksheet
    widths: Sequence[float]
    row: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        styles.set_page(self.sheet, self.widths, header_row=1)
        if self.sheet.parent is not None:
            _add_looks(self.sheet.parent, self.sheet)

    def line(
        self,
        items: Sequence[Item],
        formats: Sequence[str | None],
        spans: Spans | None = None,
        *,
        result: bool = False,
    ) -> int:
        """Add a bordered row; `result` makes it stand out."""
        cells = []
        for item, number_format in zip(items, formats, strict=True):
            cell = self._cell(_plain(item), _look(item, number_format, result=result))
            if isinstance(item, Formula):
                cell.value = f"={item.text}"
            if number_format:
                cell.number_format = number_format
            cells.append(cell)
        return self._append(cells, [_plain(item) for item in items], spans or {})

    def header(self, labels: Sequence[str], spans: Spans | None = None) -> int:
        """Add a row of column labels."""
        return self._append([self._cell(label, "見出し") for label in labels], labels, spans or {})

    def section(self, text: str) -> int:
        """Add a tinted line over the whole width that opens a part."""
        return self._wide(text, "部")

    def title(self, text: str) -> int:
        """Add the large title."""
        return self._wide(text, "題", scale=1.4)

    def text(self, text: str) -> int:
        """Add a line of text over the whole width."""
        return self._wide(text, "文")

    def note(self, text: str) -> int:
        """Add a line of small grey text over the whole width."""
        return self._wide(text, "注")

    def gap(self) -> None:
        """Leave a row free."""
        self.sheet.append([])
        self.row += 1

    def new_page(self) -> None:
        """Let what follows begin on a new printed page."""
        self.sheet.row_breaks.append(Break(id=self.row))

    def link(self, cell: str, sheet: str) -> None:
        """Make a cell lead to another sheet."""
        found = self.sheet[cell]
        found.hyperlink = Hyperlink(ref=cell, location=f"{quote(sheet)}!A1")
        found.font = Font(name=styles.FONT, size=10, color="1B5FAA", underline="single")

    def allow(self, area: str, least: float, most: float | None, message: str) -> None:
        """Let Excel refuse what is no number from `least` to `most` in an area of inputs."""
        rule = DataValidation(
            type="decimal",
            operator="greaterThanOrEqual" if most is None else "between",
            formula1=f"{least:g}",
            formula2=None if most is None else f"{most:g}",
            allow_blank=True,
            errorTitle="この値は使えません",
            error=message,
        )
        rule.add(area)
        self.sheet.add_data_validation(rule)

    def _wide(self, text: str, look: Look, scale: float = 1.0) -> int:
        size = len(self.widths)
        values = [text, *[None] * (size - 1)]
        cells = [self._cell(value, look) for value in values]
        return self._append(cells, values, {1: size}, scale)

    def _cell(self, value: Value, look: Look) -> Cell:
        safe = safe_value(self.sheet, value)
        cell = safe if isinstance(safe, Cell) else WriteOnlyCell(self.sheet, value=safe)
        kept_as_text = cell.quotePrefix
        cell.style = _name(look)
        cell.quotePrefix = kept_as_text
        return cell

    def _append(
        self, cells: Sequence[Cell], texts: Sequence[Value], spans: Spans, scale: float = 1.0
    ) -> int:
        self.sheet.append(list(cells))
        self.row += 1
        lines = 1
        for column, text in enumerate(texts, start=1):
            last = spans.get(column, column)
            room = (sum(self.widths[column - 1 : last]) - _INDENT) / scale
            lines = max(lines, styles.lines_of(_shown(text), room))
        height = min(_HIGHEST_ROW, (4 + _LINE_POINTS * lines) * scale)
        self.sheet.row_dimensions[self.row].height = height
        for first, last in spans.items():
            letters = get_column_letter(first), get_column_letter(last)
            self.sheet.merged_cells.add(f"{letters[0]}{self.row}:{letters[1]}{self.row}")
        return self.row


def quote(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def _plain(item: Item) -> Value:
    if isinstance(item, Formula):
        return None
    return item.value if isinstance(item, Input) else item


def _look(item: Item, number_format: str | None, *, result: bool) -> Look:
    if isinstance(item, Input):
        return "入力"
    if isinstance(item, str) or (isinstance(item, Formula) and not number_format):
        return "結果の文字" if result else "文字"
    return "結果の数" if result else "数"


def _name(look: Look) -> str:
    return f"計算書　{look}"


def _add_looks(book: Workbook, sheet: Worksheet) -> None:
    """Register the cell styles in the workbook, once; they build on the styles of the house."""
    if _name("数") in book.named_styles:
        return
    body = styles.body_row(sheet, [None], [None])[0]
    head = styles.header_row(sheet, [""])[0]
    note = styles.note_row(sheet, "")[0]
    title = styles.title_row(sheet, "")[0]
    indented = Alignment(wrap_text=True, vertical="center", indent=1, horizontal="left")
    right = Alignment(wrap_text=True, vertical="center", horizontal="right")
    wide = Alignment(wrap_text=True, vertical="center")
    bold = Font(name=styles.FONT, size=10, bold=True)
    part = Font(name=styles.FONT, size=11, bold=True)
    plain, none = PatternFill(), Border()
    looks: dict[Look, tuple[Any, Any, Any, Any]] = {
        "数": (body.font, plain, body.border, right),
        "文字": (body.font, plain, body.border, indented),
        "入力": (body.font, _INPUT, body.border, right),
        "結果の数": (bold, _RESULT, body.border, right),
        "結果の文字": (bold, _RESULT, body.border, indented),
        "見出し": (head.font, head.fill, head.border, indented),
        "部": (part, _SECTION, none, indented),
        "題": (title.font, plain, none, wide),
        "文": (body.font, plain, none, wide),
        "注": (note.font, plain, none, wide),
    }
    for look, (font, fill, border, alignment) in looks.items():
        book.add_named_style(
            NamedStyle(
                name=_name(look),
                font=copy(font),
                fill=copy(fill),
                border=copy(border),
                alignment=copy(alignment),
            )
        )


def _shown(value: Value) -> str:
    """Text whose length matters; numbers stand on one line."""
    return value if isinstance(value, str) else ""
