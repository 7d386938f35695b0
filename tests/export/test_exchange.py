"""The exchange file: what is written is read back, opens in Excel, and carries no text of ours."""

import io

import openpyxl
import pytest

from bpr.export.exchange import write_exchange
from bpr.frames.exchange import ExchangeFile
from bpr.read.exchange import HEADER, read_exchange
from bpr.tabulate.exchange import digest_families, list_cells, suppress_cells
from tests.tabulate.large_town import FAMILIES, large_cells
from tests.tabulate.town import town_report

LABELS = {name: one.label for name, one in FAMILIES.items()}


@pytest.fixture(scope="module")
def file() -> ExchangeFile:
    cells = suppress_cells(large_cells())
    return ExchangeFile(2025, "10000_30000", digest_families(FAMILIES), cells)


@pytest.fixture(scope="module")
def data(file: ExchangeFile) -> bytes:
    return write_exchange(file, LABELS)


def test_what_is_written_is_read_back(file: ExchangeFile, data: bytes) -> None:
    found = read_exchange(data, list_cells(FAMILIES), file.definitions)
    assert found.cells.equals(file.cells)
    assert (found.fiscal_year, found.population_class) == (2025, "10000_30000")
    assert found.definitions == file.definitions


def test_the_sheets_that_people_see(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["集計", "定義"]
    rows = list(book["集計"].iter_rows(values_only=True))
    assert rows[0] == tuple(HEADER.values())
    assert rows[1][:7] == ("total", "total", "total", "全体", 31, 5400, 2700)
    assert {row[4] for row in rows[2:]} >= {0, 5, 10, "×"}
    assert rows[-2][3] == "性質×媒体：計／該当なし"
    facts = {row[0]: row[1] for row in book["定義"].iter_rows(values_only=True)}
    assert facts["人口区分"] == "人口 1 万～3 万人"


def test_no_name_of_a_task_or_a_division_is_in_it(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }
    tasks = town_report().tasks
    names = {*tasks["activity_name"], *tasks["division"], *tasks["task_id"]}
    assert not {name for name in names if name and any(name in text for text in texts)}
