"""Texts that leave for Excel untouched are those that the one door would not change."""

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.export.cells import is_plain, safe_value

SHEET = openpyxl.Workbook().create_sheet()
ODD = st.sampled_from(["=1", "+", "-x", "@", "\t", "\r", "#N/A", "\x00", "\x0b", "\ufffe", "\uffff", "a\nb", "", " =1"])  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8")) | ODD | st.builds("".join, st.lists(ODD))


@given(st.lists(st.none() | TEXTS, min_size=1))
def test_plain_is_what_the_door_leaves_as_it_is(texts: list[str | None]) -> None:
    told = pl.DataFrame({"t": pl.Series(texts, dtype=pl.String)}).select(is_plain(pl.col("t")))
    same = [text is None or safe_value(SHEET, text) == text for text in texts]
    assert told["t"].to_list() == same


@pytest.mark.parametrize(("letter", "count"), [("x", 16_383), ("x", 16_384), ("😀", 16_384)])
def test_long_texts_are_looked_at(letter: str, count: int) -> None:
    told = pl.select(is_plain(pl.lit(letter * count))).item()
    assert told is (count < 16_384)
    assert not told or safe_value(SHEET, letter * count) == letter * count
