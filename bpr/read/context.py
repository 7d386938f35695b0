"""What a sheet says outside its table: town, year, division - in titles, label cells and names."""

import re
from dataclasses import dataclass
from typing import Final

from bpr.read.cells import Sheet
from bpr.read.layout import Layout, text_above
from bpr.settings.survey import SurveySettings
from bpr.text import normalize, squeeze

_ERA = re.compile(r"(令和|平成|R|H)\s*(\d{1,2}|元)\s*年度")
_WESTERN_YEAR = re.compile(r"(20\d\d)\s*年度")
_ERA_START: Final = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}
_MUNICIPALITY = re.compile(r"^([^\s\d、。]{1,8}?[市町村区])(?=\s|$|役|令和|業務|事務)")
_DIVISION = re.compile(r"([^\s\d_\-.()]*?[^\s\d_\-.()](?:課|局|室|センター|館|署))")


@dataclass(frozen=True)
class Context:
    """Values that hold for every row of a sheet; `notes` are (code, value, cell) to tell."""

    values: dict[str, str]
    notes: tuple[tuple[str, str, str | None], ...]


def read_context(workbook: str, sheet: Sheet, layout: Layout, survey: SurveySettings) -> Context:
    """Gather what the title, the label cells, the sheet's and the file's name tell."""
    columns = {column.field for column in layout.columns}
    lines = text_above(sheet, layout)[:-1]
    values = _label_cells(lines, survey)
    for text in (normalize(cell) for line in lines for cell in line):
        if year := find_year(text):
            values.setdefault("fiscal_year", str(year))
        if match := _MUNICIPALITY.match(text):
            values.setdefault("municipality", match[1])
    notes: list[tuple[str, str, str | None]] = []
    if "division" not in columns and "division" not in values:
        stem = workbook.rsplit(".", 1)[0]
        for source in (sheet.name, stem):
            if match := _DIVISION.search(normalize(source)):
                values["division"] = match[1]
                notes.append(("division-from-name", f"{match[1]}（{source}）", None))
                break
    return Context({k: v for k, v in values.items() if k not in columns}, tuple(notes))


def find_year(text: str) -> int | None:
    """Fiscal year in a text, as the western year of its April (令和6年度 -> 2024)."""
    if match := _ERA.search(text):
        return _ERA_START[match[1]] + (1 if match[2] == "元" else int(match[2]))
    match = _WESTERN_YEAR.search(text)
    return int(match[1]) if match else None


def _label_cells(lines: list[list[str]], survey: SurveySettings) -> dict[str, str]:
    """Read 「所属：税務課」 in one cell, or 「所属」 beside 「税務課」."""
    names = {squeeze(w): field for field, words in survey.label_cells.items() for w in words}
    found: dict[str, str] = {}
    for line in lines:
        for position, cell in enumerate(line):
            label, colon, rest = normalize(cell).partition(":")
            field = names.get(squeeze(label))
            following = line[position + 1] if position + 1 < len(line) else ""
            value = rest if colon and rest.strip() else following
            if field and value:
                found.setdefault(field, value.strip())
    return found
