"""What a sheet holds: tables of tasks, cards, or nothing for us - and then the reason."""

from dataclasses import dataclass

from bpr.read.card import Card, find_cards, find_stacked_cards
from bpr.read.cells import Sheet
from bpr.read.foreign import find_foreign, find_foreign_sheet, is_example, is_list
from bpr.read.layout import Layout, find_tables
from bpr.read.request import Request
from bpr.settings.survey import SurveySettings
from bpr.text import squeeze


@dataclass(frozen=True)
class Found:
    """What was found on one sheet: tables, cards, or the reason why neither."""

    sheet: Sheet
    tables: tuple[Layout, ...] = ()
    cards: tuple[Card, ...] = ()
    reason: str | None = None
    note: str | None = None
    """Code of something to tell although the sheet is read."""


def find_tasks(sheet: Sheet, survey: SurveySettings, request: Request) -> Found:
    """Look at one sheet."""
    reason = skip_reason(sheet.name, visible=sheet.visible, survey=survey, request=request)
    if reason is None and not sheet.rows:
        reason = "sheet-empty"
    if reason:
        return Found(sheet, reason=reason)
    stacked = [] if request.is_explicit else find_stacked_cards(sheet, survey)
    if len(stacked) > 1:
        return Found(sheet, cards=tuple(stacked))
    tables = find_tables(sheet, survey, request)
    if request.is_explicit and tables:
        return Found(sheet, tuple(tables))
    if len(tables) == 1 and len(tables[0].columns) == 1:
        found = _look_for_cards(sheet, survey)
        if found.cards:  # a transposed table: its first row is no header
            return found
    return _judge(sheet, tables, survey) if tables else _look_for_cards(sheet, survey)


def _look_for_cards(sheet: Sheet, survey: SurveySettings) -> Found:
    foreign = find_foreign_sheet(sheet, survey)
    cards = () if foreign else tuple(find_cards(sheet, survey))
    reason = foreign or (None if cards else "sheet-without-table")
    return Found(sheet, cards=cards, reason=reason)


def _judge(sheet: Sheet, tables: list[Layout], survey: SurveySettings) -> Found:
    """Leave out examples and tables of another kind; a long list of an office is read."""
    if is_example(sheet, tables[0]):
        return Found(sheet, reason="sheet-example")
    foreign = find_foreign(tables[0], sheet, survey)
    if foreign == "sheet-evaluation" and len(sheet.rows) > survey.office_list_rows:
        return Found(sheet, tuple(tables), note="evaluation-list")
    return Found(sheet, reason=foreign) if foreign else Found(sheet, tuple(tables))


def leave_out_lists(found: list[Found]) -> list[Found]:
    """Leave out sheets that only list names beside a sheet that asks for numbers."""
    plain = [bool(f.tables) and all(map(is_list, f.tables)) for f in found]
    if not any(f.tables and not only for f, only in zip(found, plain, strict=True)):
        return found
    return [
        Found(f.sheet, reason="sheet-list") if only else f
        for f, only in zip(found, plain, strict=True)
    ]


def skip_reason(
    name: str, *, visible: bool, survey: SurveySettings, request: Request
) -> str | None:
    """Say why a sheet is not looked at, by its name and whether it is shown."""
    if request.sheet is not None:
        return None if squeeze(request.sheet) == squeeze(name) else "sheet-not-asked"
    if not visible:
        return "sheet-hidden"
    if any(squeeze(word) in squeeze(name) for word in survey.skipped_sheet_words):
        return "sheet-example"
    return None
