"""The blank form: what it offers, what it refuses, and that it is read back without a finding."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from bpr.export.template import Office, template_name
from bpr.export.template.columns import ANSWERS as ANSWER_FIELDS
from bpr.export.template.columns import COLUMNS, FIGURES, FREQUENCIES
from bpr.export.template.example import EXAMPLE
from bpr.export.template.rules import inline_list
from bpr.export.template.table import LETTERS, READY_ROWS
from bpr.read.choices import known_choices
from bpr.settings.standard import find_standard_tasks
from bpr.text import header_key, squeeze
from tests.builder import SETTINGS, assert_rows, read
from tests.export.filled import (
    BARE,
    LAST_YEAR,
    OFFICE,
    READ,
    READ_COLUMNS,
    blank,
    fill,
    filled,
    opened,
    table_of,
    value,
)

STANDARD = find_standard_tasks("税務課")
SHEETS = ["調査票", "提出票", "記入要領", "記入例"]
ABOUT_SHEETS = ("sheet-without-table", "sheet-example")


# --- read back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("tasks", [STANDARD, LAST_YEAR], ids=["standard", "last year"])
def test_a_filled_form_is_read_without_a_finding_on_its_rows(tasks: pl.DataFrame) -> None:
    new = [("新しい業務", f"新しい作業{n}") for n in range(5)]
    outcome = read(filled(tasks, new))
    found = outcome.diagnostics.filter(~pl.col("code").is_in(ABOUT_SHEETS))
    assert found["code"].to_list() == []
    rows = outcome.tasks.sort("row")
    assert rows["row"].to_list() == list(range(2, 2 + tasks.height + len(new)))
    understood = [READ[n % len(READ)] for n in range(rows.height)]
    assert_rows(rows, READ_COLUMNS, understood)
    names = [*tasks["activity_name"].to_list(), *(activity for _, activity in new)]
    assert rows["activity_name"].to_list() == names
    assert set(rows["division"]) == {"税務課"}
    assert set(rows["department"]) == {"総務部"}
    assert rows["unit"].to_list()[-5:] == ["新しい係"] * 5
    assert set(rows["fiscal_year"].head(tasks.height)) == {2026}


def test_a_form_that_was_given_out_blank_is_read_too() -> None:
    outcome = read(filled(pl.DataFrame(), [("賦課", "入力"), ("賦課", "審査")]))
    found = outcome.diagnostics.filter(~pl.col("code").is_in(ABOUT_SHEETS))
    assert found["code"].to_list() == []
    assert outcome.tasks["division"].to_list() == ["税務課", "税務課"]


def test_numbers_of_last_year_make_the_same_ids() -> None:
    assert read(filled(LAST_YEAR)).tasks["task_id"].to_list() == ["2026-税務課-3", "2026-税務課-8"]


def test_the_example_is_read_without_a_finding_on_its_rows() -> None:
    rows = {number: dict(row) for number, row in enumerate(EXAMPLE, start=2)}
    outcome = read(fill(blank(), rows))
    found = outcome.diagnostics.filter(~pl.col("code").is_in(ABOUT_SHEETS))
    assert found["code"].to_list() == []
    hours = [3200 * 10 / 60, 3200 * 4 / 60, 180, 180, 350, 120]
    assert outcome.tasks["annual_hours"].to_list() == pytest.approx(hours)


def test_the_other_sheets_give_no_finding() -> None:
    """The reader knows 提出票, 記入要領 and 記入例 of our own form."""
    assert read(filled(STANDARD)).diagnostics["code"].to_list() == []


def test_the_cover_tells_what_new_rows_do_not_say() -> None:
    rows = read(filled(LAST_YEAR, [("新しい業務", "新しい作業")])).tasks
    assert rows["fiscal_year"].to_list() == [2026] * 3
    assert rows["municipality"].to_list() == ["みどり野町"] * 3


# --- the official rules -------------------------------------------------------------------------


@pytest.mark.parametrize("tasks", [None, STANDARD, LAST_YEAR], ids=["blank", "standard", "last"])
def test_the_official_rules_hold(tasks: pl.DataFrame | None) -> None:
    """No merged or hidden cells, no formula, no line break, one label per column in row 1."""
    book = opened(blank(tasks))
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert list(sheet.merged_cells.ranges) == []
        assert not any(d.hidden for d in sheet.row_dimensions.values())
        assert not any(d.hidden for d in sheet.column_dimensions.values())
        assert sheet.auto_filter.ref is None
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell
                assert not isinstance(cell.value, str) or "\n" not in cell.value, cell
    for name in ("調査票", "記入例"):
        labels = [cell.value for cell in book[name][1]]
        assert labels == [column.label for column in COLUMNS]
        assert all(labels)
        assert len(set(labels)) == len(labels)


def test_nothing_stands_below_the_last_task() -> None:
    sheet = table_of(blank(STANDARD))
    written = [row[0].row for row in sheet.iter_rows() if any(c.value is not None for c in row)]
    assert written == list(range(1, STANDARD.height + 2))


def test_every_label_is_an_alias_with_the_right_unit() -> None:
    index = SETTINGS.survey.header_index
    assert [index[header_key(c.label)][0] for c in COLUMNS] == [c.field for c in COLUMNS]
    columns = read(filled(STANDARD)).survey.columns
    measures = dict(columns.select("field", "measure").iter_rows())
    assert [measures[name] for name in FIGURES] == ["件", "分", "時間"]
    assert set(columns["confidence"]) == {1.0}


@pytest.mark.parametrize("column", [c for c in COLUMNS if c.choices], ids=lambda c: c.field)
def test_the_reader_knows_every_choice(column: Any) -> None:
    if column.field == "frequency":
        assert column.choices == FREQUENCIES
        return
    known = known_choices(column.field, SETTINGS.survey)
    meanings = [known[squeeze(choice)] for choice in column.choices]
    if column.field in ANSWER_FIELDS[1:]:
        assert meanings == [True, False]
    elif column.field == "medium":
        assert len(set(meanings)) == 8


# --- what may be typed --------------------------------------------------------------------------


def rules(data: bytes) -> dict[str, DataValidation]:
    """Field -> its rule; each rule stands for one column."""
    found = {}
    fields = {letter: name for name, letter in LETTERS.items()}
    for rule in table_of(data).data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        assert (area.min_row, area.min_col) == (2, area.max_col)
        assert area.max_row > READY_ROWS + 1000
        found[fields[area.coord.split(":")[0].rstrip("0123456789")]] = rule
    return found


def test_every_column_has_a_rule_and_a_message_that_excel_can_show() -> None:
    found = rules(blank(STANDARD))
    assert set(found) == {c.field for c in COLUMNS}
    for rule in found.values():
        assert rule.showErrorMessage
        assert rule.allow_blank
        assert rule.errorStyle in {None, "stop"}
        assert 0 < len(rule.errorTitle or "") <= 32
        assert 0 < len(rule.error or "") <= 225
        assert len(rule.promptTitle or "") <= 32
        assert len(rule.prompt or "") <= 255
        assert bool(rule.prompt) == bool(rule.showInputMessage)
        assert len(str(rule.formula1)) <= 255


@pytest.mark.parametrize("column", [c for c in COLUMNS if c.choices], ids=lambda c: c.field)
def test_choices_are_drop_downs(column: Any) -> None:
    rule = rules(blank())[column.field]
    assert rule.type == "list"
    assert rule.formula1 == '"' + ",".join(column.choices) + '"'
    assert not rule.showDropDown  # True hides the arrow


@pytest.mark.parametrize("field", FIGURES)
def test_numbers_are_not_negative_and_hold_no_words(field: str) -> None:
    rule = rules(blank())[field]
    assert (rule.type, rule.operator, rule.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert rule.error == "数字だけを半角で入れてください。単位は書きません。"
    assert "単位は書きません" in (rule.prompt or "")


def test_names_take_one_line_of_a_certain_length() -> None:
    rule = rules(blank())["task_name"]
    assert rule.formula1 == "AND(LEN(D2)<=100,ISERROR(FIND(CHAR(10),D2)))"
    assert rules(blank())["fiscal_year"].formula1 == "2026"


def test_a_list_that_excel_would_not_take_is_a_mistake() -> None:
    for choices in (("あ" * 254, "い"), ("1,000", "2"), ('"', "2")):
        with pytest.raises(ValueError, match=r"\("):
            inline_list(choices)


# --- what is shown and what is locked -----------------------------------------------------------


def test_colors_tell_what_is_open_and_what_is_not_asked() -> None:
    sheet = table_of(blank())
    found = {
        str(colored.sqref): [rule.formula[0] for rule in colored.rules]
        for colored in sheet.conditional_formatting
    }
    (area,) = rules(blank())["unit"].sqref.ranges
    last = area.max_row
    named = 'OR($D2<>"",$E2<>""),NOT(AND(ISNUMBER($I2),$I2=0))'
    assert found[f"N2:N{last}"] == ['$M2="はい"', f'AND({named},$M2<>"はい",$N2="")']
    assert found[f"J2:J{last}"] == [f'AND({named},TRUE,$J2="")']
    assert found[f"I2:I{last}"][1] == f'AND({named},OR($G2="",$H2=""),$I2="")'
    assert "0.05*MAX($G2*$H2/60,$I2)+0.5" in found[f"I2:I{last}"][0]
    assert {name[0] for name in found} == set("DFGHIJKLMNO")


def test_what_is_filled_in_is_open_and_the_header_is_locked() -> None:
    sheet = table_of(blank(STANDARD))
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.insertRows  # False: not forbidden
    assert not sheet.protection.deleteRows
    assert all(cell.protection.locked for cell in sheet[1])
    for row in sheet.iter_rows(min_row=2, max_row=1 + READY_ROWS):
        assert not any(cell.protection.locked for cell in row)
    assert not any(sheet.column_dimensions[x].protection.locked for x in LETTERS.values())


def test_a_task_with_a_number_keeps_its_number_and_its_office() -> None:
    sheet = table_of(blank(LAST_YEAR))
    locked = {c.field for c, cell in zip(COLUMNS, sheet[2], strict=True) if cell.protection.locked}
    assert locked == {"task_number", "department", "division", "fiscal_year"}
    assert not any(cell.protection.locked for cell in sheet[4])


def test_the_sheet_is_easy_to_move_in_and_to_print() -> None:
    sheet = table_of(blank(STANDARD))
    assert sheet.freeze_panes == "F2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$E")


def test_long_forms_have_room_below() -> None:
    many = pl.DataFrame({"task_name": [f"業務{n}" for n in range(500)]})
    assert table_of(blank(many)).max_row == 601


# --- what is filled in beforehand ---------------------------------------------------------------


def test_last_years_names_come_back_and_its_figures_do_not() -> None:
    sheet = table_of(blank(LAST_YEAR))
    assert [value(sheet, 2, c.field) for c in COLUMNS] == [
        3, "町民税係", "個人住民税", "当初賦課", "申告書の入力", "会計年度任用職員", None, None, None,
        "紙（量多い）", "有", None, "いいえ", None, None, "税システム", "年1回", None, None, None,
        "総務部", "税務課", 2026,
    ]  # fmt: skip
    assert value(sheet, 3, "task_number") == 8


def test_a_blank_form_says_its_office_once() -> None:
    sheet = table_of(blank())
    told = {c.field: value(sheet, 2, c.field) for c in COLUMNS}
    assert {name for name, text in told.items() if text is not None} == {
        "department",
        "division",
        "fiscal_year",
    }


def test_rows_without_a_number_get_the_next_free_one() -> None:
    tasks = pl.DataFrame(
        {
            "task_id": ["2025-税務課-2", "a1b2c3", "2025-税務課-2-1", "d4e5f6"],
            "fiscal_year": 2025,
            "division": "税務課",
            "task_name": ["ア", "イ", "ウ", "エ"],
        }
    )
    sheet = table_of(blank(tasks))
    assert [value(sheet, row, "task_number") for row in range(2, 6)] == [2, 1, "2-1", 3]


def test_the_same_task_stands_once_and_nameless_rows_do_not() -> None:
    tasks = pl.DataFrame({"task_name": ["ア", "イ", "ア", None, "－"]})
    sheet = table_of(blank(tasks))
    assert [value(sheet, row, "task_name") for row in range(2, 6)] == ["ア", "イ", None, None]


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("staff_category", "正規", "正規職員"),
        ("staff_category", "再任用", "再任用職員"),
        ("staff_category", "会計年度任用職員（フルタイム）", "会計年度任用職員"),
        ("staff_category", "正職", "正規職員"),
        ("staff_category", "嘱託", "会計年度任用職員"),
        ("staff_category", "町長", None),
        ("frequency", "日次", "毎日"),
        ("frequency", "年４回", "年に数回"),
        ("frequency", "3年ごと", "数年に1回"),
        ("frequency", "月2回", "毎月"),
        ("frequency", "定例会ごと", "定例会ごと"),
        ("medium", "paper_huge", "紙（量極大）"),
        ("medium", "paper", None),
        ("activity_name", "=1+1", "=1+1"),
        ("activity_name", "1 行目\n2 行目", "1 行目 2 行目"),
        ("activity_name", "あ" * 150, "あ" * 100),
        ("issues", "-手作業", "-手作業"),
        ("needs_expertise", False, "いいえ"),
        ("resident_seal", False, "無"),
        ("task_name", "課税", "課税"),
    ],
)
def test_words_of_last_year_become_the_words_of_the_form(
    field: str, before: object, after: object
) -> None:
    sheet = table_of(blank(pl.DataFrame([{"task_name": "業務", field: before}])))
    assert value(sheet, 2, field) == after


def test_levels_above_the_task_become_one_category() -> None:
    row = {
        "process_category": "税務",
        "process_group": "収納",
        "process": "消込",
        "task_name": "消込",
    }
    sheet = table_of(blank(pl.DataFrame([row])))
    assert value(sheet, 2, "process_category") == "税務／収納"


# --- the cover and the file ---------------------------------------------------------------------


def test_the_cover_has_labels_on_the_left_and_values_on_the_right() -> None:
    sheet = opened(blank())["提出票"]
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["団体名", "みどり野町"],
        ["調査年度", "令和8年度（2026年度）"],
        ["部名", "総務部"],
        ["課名", "税務課"],
        ["正規職員数（人）", 12],
        ["非正規職員数（人）", 4.5],
        ["提出期限", datetime(2026, 6, 30)],  # noqa: DTZ001 - Excel's times have no zone
        ["記入者（任意）", None],
    ]
    locked = [cell.protection.locked for cell in sheet["B"]]
    assert locked == [True, True, True, True, False, False, True, False]


def test_what_the_cover_does_not_know_is_open() -> None:
    sheet = opened(blank(office=BARE))["提出票"]
    assert [cell.value for cell in sheet["B"]] == [
        None, "令和8年度（2026年度）", None, "税務課", None, None, None, None,
    ]  # fmt: skip
    locked = [cell.protection.locked for cell in sheet["B"]]
    assert locked == [False, True, False, True, False, False, False, False]


def test_the_guide_explains_every_column() -> None:
    sheet = opened(blank())["記入要領"]
    told: dict[Any, tuple[Any, ...]] = {}
    for row in sheet.iter_rows(values_only=True):
        told.setdefault(row[0], row)
    for column in COLUMNS:
        assert column.write in str(told[column.label][1])
        assert all(choice in str(told[column.label][2]) for choice in column.choices)


def test_the_reader_can_know_the_form() -> None:
    book: Any = opened(blank())
    assert [(p.name, p.value) for p in book.custom_doc_props.props] == [("bpr-template", "1")]


def test_names_that_would_break_the_file() -> None:
    office = Office("=1+1&\x02課", '"部"', "<町>", 2026, None, None, None)
    book = opened(blank(STANDARD, office))
    long = opened(blank(office=replace(office, division="&" * 999)))["調査票"].oddHeader
    assert long is not None
    assert len(long.left.text or "") <= 200
    assert book["提出票"]["B4"].value == "=1+1&課"
    assert book["提出票"]["B4"].data_type == "s"
    assert value(book["調査票"], 2, "division") == "=1+1&課"


@pytest.mark.parametrize(
    ("division", "year", "name"),
    [
        ("税務課", 2026, "調査票_税務課_令和8年度.xlsx"),
        ("税務課", 2019, "調査票_税務課_令和元年度.xlsx"),
        ("../秘書/課", 2026, "調査票_秘書_課_令和8年度.xlsx"),
        ('a:b*c?<d>|"e\\f', 2026, "調査票_a_b_c_d_e_f_令和8年度.xlsx"),
        ("健康　福祉課", 2026, "調査票_健康_福祉課_令和8年度.xlsx"),
        ("課\x00\n", 2026, "調査票_課_令和8年度.xlsx"),
        ("..", 2026, "調査票_課_令和8年度.xlsx"),
        ("長" * 300, 2026, f"調査票_{'長' * 60}_令和8年度.xlsx"),
    ],
)
def test_the_name_of_the_file_is_never_a_path(division: str, year: int, name: str) -> None:
    office = Office(division, None, None, year, None, None, date(2026, 6, 30))
    assert template_name(office) == name
    assert template_name(OFFICE) == "調査票_税務課_令和8年度.xlsx"
