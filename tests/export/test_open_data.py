"""Open data: sums by hand, text that runs nowhere, and no count below five that can be worked out."""

import io
import zipfile
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from bpr.errors import InputError
from bpr.export.open_data import (
    CODE_LIST,
    DATA,
    DICTIONARY,
    count_tasks,
    list_cells,
    write_open_data,
)
from bpr.export.open_data_dictionary import CODES, COLUMNS
from bpr.export.open_data_hiding import hide_counts, sum_groups
from bpr.pipeline import Report, run
from tests.builder import SETTINGS, Rows, workbook

DAY = date(2026, 11, 21)
HEADER = ["団体名", "年度", "部", "課", "業務名", "職員区分", "年間作業時間", "処理媒体", "職員でなければできない", "専門性", "定型"]  # fmt: skip


def town_of(*groups: tuple[str, int, str, str]) -> Report:
    """So many tasks of 10 hours each: division, count, medium, staff; all of them routine."""
    rows: list[list[Any]] = [HEADER]
    for name, count, medium, staff in groups:
        rows += [
            ["みどり野町", "令和6年度", "総務部", name, f"秘密の業務{len(rows)}", staff, 10, medium, "いいえ", "いいえ", "はい"]
            for _ in range(count)
        ]  # fmt: skip
    return run([workbook(rows, name="調査票.xlsx")], SETTINGS)


def files(report: Report) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(write_open_data(report, DAY))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(data: bytes) -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(data), infer_schema_length=None).with_columns(
        pl.col(pl.String).fill_null("")
    )


def cell(frame: pl.DataFrame, stage: str, division: str, **codes: str) -> tuple[Any, ...]:
    named = {"性質": "業務の性質コード", "媒体": "処理媒体コード", "職員": "職員区分コード"}
    found = frame.filter(
        集計段階コード=stage, 課=division, **{named[k]: v for k, v in codes.items()}
    )
    assert found.height == 1
    return found.select("業務数_業務", "年間作業時間_時間", "秘匿記号").row(0)


def test_sums_by_hand() -> None:
    report = town_of(("税務課", 6, "紙", "正規職員"), ("福祉課", 7, "電子", "正規職員"), ("税務課", 8, "電子", "正規職員"))  # fmt: skip
    data = table(files(report)[DATA])
    assert cell(data, "all_0", "合計") == (21, 210.0, "")
    assert cell(data, "all_2", "合計", 媒体="electronic") == (15, 150.0, "")
    assert cell(data, "division_0", "税務課") == (14, 140.0, "")
    assert cell(data, "division_3", "税務課", 媒体="paper") == (6, 60.0, "")
    assert cell(data, "division_3", "福祉課", 媒体="paper") == (None, None, "X")
    first = data.row(0, named=True)
    assert (first["団体名"], first["年度_西暦"], first["年度_和暦"]) == (
        "みどり野町",
        2024,
        "令和6年度",
    )
    assert set(data["全国地方公共団体コード"]) == {""}


def test_a_small_count_takes_another_with_it() -> None:
    """3 of 9 would follow from 9 and 6; 9 stands, so both parts are hidden."""
    report = town_of(("税務課", 3, "紙", "正規職員"), ("税務課", 6, "電子", "正規職員"), ("福祉課", 20, "紙", "正規職員"))  # fmt: skip
    data = table(files(report)[DATA])
    small = cell(data, "division_3", "税務課", 媒体="paper")
    large = cell(data, "division_3", "税務課", 媒体="electronic")
    assert small == large == (None, None, "X")


def test_columns_and_codes_are_all_told() -> None:
    found = files(town_of(("税務課", 6, "紙", "正規職員")))
    assert set(found) == {DATA, DICTIONARY, CODE_LIST}
    assert all(data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data for data in found.values())
    data, told, codes = (table(found[name]) for name in (DATA, DICTIONARY, CODE_LIST))
    assert data.columns == told.filter(ファイル=DATA)["項目名"].to_list()
    assert told.filter(ファイル=DATA)["物理名"].str.contains("^[a-z_]+$").all()
    for column in COLUMNS:
        if column.name in CODES:
            known = set(codes.filter(物理名=column.name)["コード"]) | {""}
            assert set(data[column.label].cast(pl.String)) <= known
    assert {"文字コード", "秘匿の方法", "更新履歴"} <= set(told["項目名"])


def test_no_task_leaves_and_no_text_runs() -> None:
    report = town_of(("=cmd|x", 6, "紙", "正規職員"), ("改\n行,課", 6, "紙", "正規職員"))
    found = files(report)
    assert not [name for name, data in found.items() if "秘密の業務".encode() in data]
    data = table(found[DATA])
    assert "'=cmd|x" in data["課"].to_list()
    assert "改 行,課" in data["課"].to_list()


def test_tasks_without_hours_are_told_and_not_counted() -> None:
    rows: Rows = [["課", "業務名", "年間作業時間"], *[["税務課", f"業務{n}", 5] for n in range(6)], ["税務課", "不明", None]]  # fmt: skip
    report = run([workbook(rows, name="調査票.xlsx")], SETTINGS)
    found = files(report)
    assert cell(table(found[DATA]), "all_0", "合計") == (6, 30.0, "")
    assert "時間の分からない 1〜4 業務は数えていない" in found[DICTIONARY].decode()
    bare = run([workbook([["課", "業務名"], ["税務課", "入力"]])], SETTINGS)
    with pytest.raises(InputError, match="時間の分かる業務がない"):
        write_open_data(bare, DAY)


def test_the_same_numbers_as_the_report(town: Report) -> None:
    """The town's seven tasks are few: the sum of all six with hours is all that may be told."""
    shown = list_cells(count_tasks(town.tasks.drop_nulls("annual_hours"))).filter(suppressed="")
    assert shown.select("level", "task_count", "annual_hours").rows() == [("all_0", 6, 1000.0)]


LEAVES = [(k, m, s) for k in range(2) for m in range(2) for s in range(2)]
LEVELS = [
    np.array([sorted({leaf[:depth] for leaf in LEAVES}).index(leaf[:depth]) for leaf in LEAVES])
    for depth in range(4)
]


@given(st.lists(st.lists(st.integers(0, 12), min_size=8, max_size=8), min_size=1, max_size=4))
def test_no_count_below_five_can_be_worked_out(counts: list[list[int]]) -> None:
    """Judged apart, by linear programs: at least two values fit all that is published."""
    table = np.array(counts)
    hidden = hide_counts(table, LEVELS)
    size = table.size
    known, told, secrets = [], [], []
    for groups, hide in zip(LEVELS, hidden, strict=True):
        sums = sum_groups(table, groups)
        for row, group in np.ndindex(*sums.shape):
            within = np.zeros(table.shape)
            within[slice(None) if row == 0 else row - 1, groups == group] = 1
            if not hide[row, group]:
                assert sums[row, group] >= 5
                known.append(within.ravel())
                told.append(float(sums[row, group]))
            elif 0 < sums[row, group] < 5:
                secrets.append(within.ravel())
    if not known:
        return
    for secret in secrets:
        ends = [
            linprog(sign * secret, A_eq=np.array(known), b_eq=told, bounds=[(0, None)] * size)
            for sign in (1, -1)
        ]
        low, high = (sign * float(end.fun or 0.0) for sign, end in zip((1, -1), ends, strict=True))
        assert ends[0].status == 0
        assert ends[1].status in {0, 3}, "solved, or without a limit"
        assert ends[1].status == 3 or high - low > 0.99


def test_hiding_costs_no_more_than_it_must() -> None:
    large = np.full((3, 8), 9)
    assert not any(hide.any() for hide in hide_counts(large, LEVELS))
    large[0, 0] = 3
    hidden = hide_counts(large, LEVELS)
    assert hidden[3][1, 0]
    assert sum(int(hide.sum()) for hide in hidden) <= 8
