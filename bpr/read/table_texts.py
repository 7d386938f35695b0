"""Texts of a table's columns, and what its rows are like before any is sorted."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bpr.frames import NAME_FIELDS
from bpr.read.cells import Cell, Sheet, to_text, to_texts
from bpr.read.header import Column
from bpr.read.layout import Layout
from bpr.read.row_marks import MERGED_MARK
from bpr.settings.survey import SurveySettings
from bpr.text import BLANK_TEXTS, is_blank

_NOTHING = frozenset({None, "0", *BLANK_TEXTS})
"""What says in a column of one kind of staff that they do not do the task."""
_UNMARKED = frozenset({"□", "☐", "×", "✕", "0", "FALSE"})
_WIDE = 3
"""Columns over which a merged line of text is a title within the table."""


def any_filled(columns: Iterable[Sequence[str | None]], size: int) -> list[bool]:
    """Tell the rows in which at least one of the columns says something."""
    return list(map(any, zip(*columns, strict=True))) or [False] * size


def first_texts(columns: Sequence[Sequence[str | None]], size: int) -> list[str | None]:
    """First text of each row among the columns."""
    return [next(filter(None, row), None) for row in zip(*columns, strict=True)] or [None] * size


def find_levels(layout: Layout, cells: Sequence[Sequence[Cell]], size: int) -> list[int]:
    """How deep the name of each row is indented by leading spaces; 0 where none is."""
    names = [c for c in layout.columns if c.field in NAME_FIELDS]
    if len(names) != 1 or names[0].parts:
        return [0] * size
    return [_indent(cell) if isinstance(cell, str) else 0 for cell in cells[names[0].index]]


def _indent(text: str) -> int:
    """Leading spaces, in half widths."""
    blank = text[: len(text) - len(text.lstrip())]
    return len(blank) + blank.count("\u3000")


def find_leads(
    levels: Sequence[int], texts: Mapping[int, Sequence[str | None]], size: int
) -> list[bool]:
    """Tell rows whose next row is indented deeper: they head a group or add it up."""
    if not any(levels):
        return [False] * size
    told = any_filled(list(texts.values()), size)
    rows = [i for i in range(size) if told[i]]
    leads = [False] * size
    for this, following in pairwise(rows):
        leads[this] = levels[following] > levels[this]
    return leads


def column_texts(
    column: Column, cells: Sequence[Sequence[Cell]], survey: SurveySettings
) -> list[str | None]:
    """Texts of a column; of one that is made of parts, the sum as written or the marked months."""
    if not column.parts:
        return to_texts(cells[column.index])
    parts = [to_texts(cells[p.index]) for p in column.parts]
    kind = survey.fields[column.field].kind
    if kind not in ("count", "duration", "fte"):
        labels = [part.label for part in column.parts]
        joint = "、" if kind == "text" and column.field != "staff_category" else "・"
        return [
            joint.join(label for label, text in zip(labels, row, strict=True) if _is_marked(text))
            or None
            for row in zip(*parts, strict=True)
        ]
    units = [part.measure or "" for part in column.parts]
    if any(units):
        parts = [
            [text + unit if text and text[-1].isdigit() else text for text in texts]
            for texts, unit in zip(parts, units, strict=True)
        ]
    return ["+".join(filter(None, row)) or None for row in zip(*parts, strict=True)]


def _is_marked(text: str | None) -> bool:
    return text is not None and not is_blank(text) and text not in _UNMARKED


def own_blocks(
    layout: Layout, texts: Mapping[int, list[str | None]], size: int
) -> list[list[bool]]:
    """Tell per block and row whether the row holds a task of that block.

    A row that fills no block at all is a task of the first.
    """
    if layout.blocks == 1:
        return [[True] * size]
    filled = []
    for block in range(layout.blocks):
        columns = [texts[c.index] for c in layout.columns if c.block == block]
        told = [[text not in _NOTHING for text in column] for column in columns]
        filled.append(list(map(any, zip(*told, strict=True))) or [True] * size)
    none = [not any(cells) for cells in zip(*filled, strict=True)]
    return [[a or b for a, b in zip(filled[0], none, strict=True)], *filled[1:]]


def find_repeated_labels(
    sheet: Sheet, layout: Layout, texts: Mapping[int, list[str | None]], size: int
) -> list[bool]:
    """Tell rows that repeat the table's own labels (a header printed again, or another person's)."""
    repeated = [False] * size
    header = sheet.rows[layout.region.first_row : layout.region.header_row + 1]
    for column in layout.columns:
        if column.field in NAME_FIELDS:
            labels = {to_text(row[column.index]) for row in header} - {None}
            if not labels.isdisjoint(texts[column.index]):
                again = [text in labels for text in texts[column.index]]
                repeated = [a or b for a, b in zip(repeated, again, strict=True)]
    return repeated


def find_wide_rows(sheet: Sheet, first: int, size: int) -> list[bool]:
    """Tell rows whose text is merged over several columns: titles within the table."""
    wide = [False] * size
    for top, left, bottom, right in sheet.merged:
        if top == bottom and right - left + 1 >= _WIDE and first <= top < first + size:
            wide[top - first] = True
    return wide


def mark_merged(sheet: Sheet, column: Column, texts: list[str | None], first: int) -> None:
    """Mark the covered cells of vertical merges in text columns, to be filled from above."""
    for top, left, bottom, right in sheet.merged:
        if left <= column.index <= right and bottom > top >= first:
            if top - first >= len(texts) or (left < column.index and texts[top - first] is None):
                continue
            last = min(bottom - first + 1, len(texts))
            for row in range(top - first + 1, last):
                texts[row] = MERGED_MARK


def fill_blanks(texts: Sequence[str | None], value: str, field: str) -> list[str | None]:
    """Fill blanks with what the sheet says as a whole; of places only those before the first.

    A blank 課 below another 課 means "as above", not "as the cover says".
    """
    if field in ("municipality", "fiscal_year"):
        return [text or value for text in texts]
    first = next((i for i, text in enumerate(texts) if text), len(texts))
    return [value] * first + list(texts[first:])
