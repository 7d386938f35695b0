"""Sheets that are no task tables, told from their labels and their titles, with the reason."""

import re
from collections.abc import Iterable
from typing import Final

from bpr.frames import NUMBER_FIELDS
from bpr.read.cells import Sheet, to_text
from bpr.read.layout import Layout, text_above
from bpr.settings.survey import SurveySettings
from bpr.text import header_key, squeeze

_LOOKED_AT: Final = 60
_FEW_COLUMNS: Final = 4
_LONGEST: Final = 30
_MOST: Final = 0.5
_NUMBER = re.compile(r"^約?[\d,.]+(?!\d*:)\D{0,4}$")
_EXAMPLE = re.compile(
    r"(?:記入|入力|記載|作成|回答)例[)】\]>》〕]*$|^[(【<《〔\[]?(?:見本|サンプル)[)】>》〕\]]?$"
)


def find_foreign(layout: Layout, sheet: Sheet, survey: SurveySettings) -> str | None:
    """Code of the reason why a table with names is no table of tasks, else None."""
    levels = {level for column in layout.form for level in column.label.split(" / ")}
    if _has_numbers(layout, sheet):
        return _kind_of(levels, survey, even_with_numbers=True)
    if len(layout.columns) < _FEW_COLUMNS:
        return find_foreign_sheet(sheet, survey)
    return _kind_of(levels, survey)


def find_foreign_sheet(sheet: Sheet, survey: SurveySettings) -> str | None:
    """Code of the reason why a sheet without a table holds no task, by all its short texts."""
    texts = {
        cell
        for row in sheet.rows[:_LOOKED_AT]
        for cell in row
        if type(cell) is str and 0 < len(cell) <= _LONGEST
    }
    return _kind_of(texts, survey)


def is_example(sheet: Sheet, layout: Layout) -> bool:
    """Tell a table that its own title calls an example (記入例)."""
    titles = (text for line in text_above(sheet, layout) for text in line)
    return any(
        len(text) <= _LONGEST and not text.startswith("※") and _EXAMPLE.search(squeeze(text))
        for text in titles
    )


def is_list(layout: Layout) -> bool:
    """Tell a table that only names tasks: no count, no time, no answer."""
    names = {column.field for column in layout.columns}
    return not names & {*NUMBER_FIELDS, "medium", "must_be_staff", "work_class_answer"}


def _kind_of(
    labels: Iterable[str], survey: SurveySettings, *, even_with_numbers: bool = False
) -> str | None:
    keys = {header_key(label) for label in labels}
    best: tuple[float, str | None] = (0.0, None)
    for name, words in survey.foreign_index.items():
        table = survey.foreign_tables[name]
        hits = len(keys & words)
        if even_with_numbers and not table.even_with_numbers:
            continue
        if hits >= table.min and hits / table.min > best[0]:
            best = (hits / table.min, table.reason)
    return best[1]


def _has_numbers(layout: Layout, sheet: Sheet) -> bool:
    """Tell whether a column of counts or times is filled with numbers for the most part."""
    region = layout.region
    for column in layout.columns:
        if column.field in NUMBER_FIELDS:
            rows = sheet.rows[region.header_row + 1 : region.end_row][:_LOOKED_AT]
            texts = [text for row in rows if (text := to_text(row[column.index]))]
            numbers = sum(bool(_NUMBER.match(squeeze(text))) for text in texts)
            if numbers > _MOST * len(texts):
                return True
    return False
