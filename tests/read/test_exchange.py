"""A foreign exchange file: whatever is wrong in it is refused by its cell, and nothing else breaks."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpr.errors import InputError
from bpr.export.exchange import write_exchange
from bpr.frames.exchange import ExchangeFile
from bpr.read.exchange import read_exchange
from bpr.tabulate.exchange import digest_families, list_cells, suppress_cells
from tests.builder import save
from tests.tabulate.large_town import FAMILIES, large_cells

DIGEST = digest_families(FAMILIES)
Change = Callable[[Any], None]


def make() -> bytes:
    file = ExchangeFile(2025, "10000_30000", DIGEST, suppress_cells(large_cells()))
    return write_exchange(file, {name: one.label for name, one in FAMILIES.items()})


DATA = make()


def read(data: bytes) -> ExchangeFile:
    return read_exchange(data, list_cells(FAMILIES), DIGEST)


def changed(change: Change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(DATA))
    change(book)
    return save(book)


def put(cell: str, value: object, sheet: str = "集計") -> Change:
    return lambda book: book[sheet].__setitem__(cell, value)


def told_counts(data: bytes) -> list[int]:
    """Counts that get through; none where the file is refused."""
    try:
        return read(data).cells["tasks"].drop_nulls().to_list()
    except InputError:
        return []


def duplicate(book: Any) -> None:
    book["集計"].append([cell.value for cell in book["集計"][3]])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("A1", "表"), "「集計」A1 の「表」は見出し「表（コード）」ではありません"),
        (put("B3", "=1+1"), "A3:C3 の「family・"),
        (put("B3", "secret_family"), "知らない区分です"),
        (put("E2", -1), "E2 の「-1」は0 以上、10 億以下の数ではありません"),
        (put("E2", "6"), "E2 の「6」は0 以上、10 億以下の数ではありません"),
        (put("E2", 6.5), "整数ではありません"),
        (put("E2", 3), "E2 の「3」は5 未満です"),
        (put("E2", value=True), "0 以上、10 億以下の数ではありません"),
        (put("F2", 1e30), "は0 以上、10 億以下の数ではありません"),
        (put("F2", None), "F2 の「（空欄）」は0 以上、10 億以下の数ではありません"),
        (put("E2", "×"), "F2 の「5400」は伏せた行なのに書かれています"),
        (put("I2", 0.1), "四分位になっていません"),
        (put("J2", None), "四分位になっていません"),
        (put("K2", 32), "K2 の「32」は業務数と合いません"),
        (put("B2", 2, "定義"), "版「2」は、この bpr では読めません"),
        (put("B3", "x" * 64, "定義"), "定義の照合コードではありません"),
        (put("B4", 1999, "定義"), "B4 の「1999」は西暦の年度ではありません"),
        (put("B4", "2025", "定義"), "西暦の年度ではありません"),
        (put("B5", "large", "定義"), "B5 の「large」は人口区分ではありません"),
        (put("A5", "人口", "定義"), "「人口区分（コード）」ではありません"),
        (duplicate, "2 回出てきます"),
        (lambda book: book["集計"].delete_rows(5), "の行がありません"),
        (lambda book: book.remove(book["定義"]), "「定義」シートがありません"),
        (put("Z2000", "far"), "表が大きすぎる"),
    ],
)
def test_what_is_wrong_is_named_with_the_next_step(change: Change, told: str) -> None:
    with pytest.raises(InputError) as refused:
        read(changed(change))
    assert told in str(refused.value)
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"a,b\n1,2\n", DATA[:900], b"PK" + b"\0" * 3_000_000]
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="交換ファイル"):
        read(data)


def test_the_label_is_not_read() -> None:
    found = read(changed(put("D2", "<script>alert(1)</script>")))
    assert found.cells.equals(read(DATA).cells)


def test_other_families_are_left_out_and_the_rest_is_read() -> None:
    def other(book: Any) -> None:
        book["定義"]["B3"] = "0" * 64
        book["集計"]["B3"] = "their_own"

    found = read(changed(other))
    assert "family" not in found.cells["table"].cast(str).to_list()
    assert found.definitions == "0" * 64


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from("ABCDEFGHIJK"),
    st.integers(1, 76),
    st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.text("a×=1-", max_size=3), st.booleans()),
)  # fmt: skip
def test_any_cell_of_any_value_is_read_or_refused(column: str, row: int, value: object) -> None:
    counts = told_counts(changed(put(f"{column}{row}", value)))
    assert all(count == 0 or count >= 5 for count in counts)
