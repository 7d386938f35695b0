"""The workbook of one division: the form, who returns it, how to fill it in, an example."""

from typing import Final

import polars as pl
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from bpr.export.sheets import save
from bpr.export.template.cover import write_cover
from bpr.export.template.example import EXAMPLE
from bpr.export.template.guide import write_guide
from bpr.export.template.office import Office, era_year
from bpr.export.template.prefill import make_rows
from bpr.export.template.rules import add_rules
from bpr.export.template.table import write_example, write_table
from bpr.settings.survey import SurveySettings

PROPERTY: Final = "bpr-template"
"""Custom document property by which the reader may know the form; its value is the version."""
VERSION: Final = "1"


def write_template(office: Office, tasks: pl.DataFrame, survey: SurveySettings) -> bytes:
    """Workbook for one division, with a row for each of `tasks`.

    `tasks` holds any columns of the task table, or standard tasks. Its figures are left out: last
    year's number would stay where nobody counts again.
    """
    book = Workbook()
    properties = book.custom_doc_props  # type: ignore[attr-defined] # the stubs lack it
    properties.append(StringProperty(name=PROPERTY, value=VERSION))
    book.properties.creator = "bpr"
    division = "".join(letter for letter in office.division if letter.isprintable())
    title = f"{division}　業務量調査　{era_year(office.fiscal_year)}"
    book.properties.title = title
    table = book.worksheets[0]
    table.title = "調査票"
    last = write_table(table, make_rows(office, tasks, survey), title)
    add_rules(table, last, office.fiscal_year, survey.hours_mismatch_ratio)
    write_cover(book.create_sheet("提出票"), office, title)
    write_guide(book.create_sheet("記入要領"), title)
    write_example(book.create_sheet("記入例"), EXAMPLE, f"{title}　記入例")
    return save(book)
