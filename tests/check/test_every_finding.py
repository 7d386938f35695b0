"""Every finding that the product can make is made by a workbook like the one its example names."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import openpyxl
import pytest

from bpr.messages import MESSAGES
from bpr.read.forms import KnownForm
from bpr.read.opening import Workbook
from bpr.read.request import Request
from bpr.settings.survey import Limits
from tests.builder import SETTINGS, Outcome, Rows, Value, read, save, workbook
from tests.zips import encrypted_zip, zip_of

NARROW = replace(
    SETTINGS,
    survey=replace(
        SETTINGS.survey, limits=Limits(file_megabytes=1, unpacked_megabytes=2, cells=10_000)
    ),
)
LARGE: Final = b"0" * (2**20 + 1)
OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
TABLE: Rows = [["課", "業務名", "年間時間"], ["税務課", "賦課", 10]]


def file(data: bytes) -> Outcome:
    """A file of these bytes."""
    return read(Workbook("税務課.xlsx", data), settings=NARROW)


def sheet(
    *rows: Sequence[Value], name: str = "税務課.xlsx", merged: tuple[str, ...] = ()
) -> Outcome:
    return read(workbook(rows, name=name, merged=merged))


def texts(*labels: str, rows: int = 2) -> Outcome:
    """A table of texts below the labels."""
    return sheet(list(labels), *[[f"{label}{n}の文" for label in labels] for n in range(rows)])


def beside(title: str, rows: Rows = TABLE, *, hidden: bool = False) -> Outcome:
    """A survey with one more sheet."""
    return read(workbook(TABLE, others={title: rows}, hidden_sheets=[title] if hidden else []))


def answer(label: str, value: Value, *more: tuple[str, Value]) -> Outcome:
    """One task with one answer of interest."""
    pairs = [("課", "税務課"), ("業務名", "賦課"), *more, (label, value)]
    return sheet([name for name, _ in pairs], [each for _, each in pairs])


def rows(*below: Sequence[Any], merged: tuple[str, ...] = ()) -> Outcome:
    """A table with rows of interest below a task."""
    header: list[Value] = ["課", "業務名", "年間時間"]
    return sheet(header, ["税務課", "賦課", 10], *below, merged=merged)


def touched(change: Callable[[openpyxl.Workbook], None]) -> Outcome:
    """A workbook changed by hand."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(TABLE).data))
    change(book)
    return read(Workbook("税務課.xlsx", save(book)), settings=NARROW)


def far_cell(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["ZZ2000"] = "x"


def hide_row(book: openpyxl.Workbook) -> None:
    book.worksheets[0].row_dimensions[2].hidden = True


def hide_column(book: openpyxl.Workbook) -> None:
    book.worksheets[0].column_dimensions["C"].hidden = True


def error_cell(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["C2"] = "#REF!"


def formula(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["C2"] = "=1+1"


def changed_form() -> Outcome:
    known = KnownForm(dict.fromkeys("甲乙丙丁", None) | {"業務名": "task_name"})
    labels: list[Value] = ["業務名", *"甲乙丙丁戊"]
    return read(workbook([labels, ["賦課", *"あいうえお"]]), request=Request(forms=[known]))


def twice() -> Outcome:
    return read(workbook(TABLE, name="税務課.xlsx"), workbook(TABLE, name="税務課（修正）.xlsx"))


EXAMPLES: Final[dict[str, Callable[[], Outcome]]] = {
    # files
    "file-empty": lambda: file(b""),
    "file-encrypted": lambda: file(OLE + "EncryptedPackage".encode("utf-16-le")),
    "file-damaged": lambda: file(workbook(TABLE).data[:1000]),
    "file-too-large": lambda: file(LARGE),
    "sheet-too-large": lambda: touched(far_cell),
    "file-not-workbook": lambda: file(b"<html><body>\xe6\xa5\xad</body></html>"),
    "zip-encrypted": lambda: file(encrypted_zip("税務課.xlsx")),
    "zip-too-large": lambda: file(zip_of({"a.csv": LARGE, "b.csv": LARGE})),
    "zip-damaged": lambda: file(
        zip_of({"a.csv": b"0,1" * 99}, compress=False).replace(b"0,1", b"9,9", 1)
    ),
    "zip-unopened": lambda: file(zip_of({"税務課.xlsx": workbook(TABLE).data})),
    "zip-without-workbook": lambda: file(zip_of({"税務課.pdf": b"%PDF"})),
    "workbook-without-table": lambda: sheet(["業務量調査について"], ["よろしくお願いします"]),
    "workbook-without-rows": lambda: sheet(["課", "業務名", "年間時間"]),
    "division-twice": twice,
    # sheets
    "sheet-without-table": lambda: beside("表紙", [["業務量調査"]]),
    "sheet-empty": lambda: beside("Sheet2", []),
    "sheet-hidden": lambda: beside("前年度", hidden=True),
    "sheet-example": lambda: beside("記入例"),
    "sheet-list": lambda: beside(
        "業務一覧", [["課", "業務名", "係"], ["税務課", "賦課", "管理係"]]
    ),
    "sheet-evaluation": lambda: texts("事務事業名", "対象", "意図", "手段", "成果指標"),
    "evaluation-list": lambda: texts("事務事業名", "対象", "意図", "手段", "成果指標", rows=400),
    "sheet-budget": lambda: texts("事業名", "要求額", "査定額", "担当課"),
    "sheet-merger": lambda: texts("分科会名", "事務事業名", "協議区分", "担当課"),
    "sheet-contract": lambda: texts("業務", "受託者", "町職員", "手順"),
    "sheet-schedule": lambda: texts("日程", "業務", "担当", "場所"),
    "sheet-timesheet": lambda: texts("日付", "業務内容", "勤務時間", "氏名"),
    "sheet-answers": lambda: texts("タイムスタンプ", "年齢", "満足度", "業務"),
    "sheet-pivot": lambda: texts("行ラベル", "業務", "個数/業務名", "合計"),
    "sheet-not-asked": lambda: read(
        workbook(TABLE, others={"表紙": TABLE}), request=Request(sheet="調査票")
    ),
    "several-tables": lambda: rows(
        [], ["徴収係"], ["業務名", "作業名", "年間時間"], ["徴収", "督促", 1]
    ),
    "column-ignored": lambda: answer("電話番号", "123"),
    "column-guessed": lambda: answer("1回やるのに何分かかりますか", 15, ("件数", 10)),
    "column-other-period": lambda: answer("令和5年度 件数", 9, ("令和6年度 件数", 10)),
    "column-part": lambda: sheet(
        ["業務名", *[f"件数/{month}月" for month in range(1, 13)], "件数/年計"],
        ["賦課", *[1] * 12, 12],
    ),
    "column-total": lambda: sheet(
        ["業務名", "年間時間", None, None], [None, "正規", "会計年度", "計"], ["賦課", 1, 2, 3]
    ),
    "column-beyond": lambda: read(workbook(TABLE), request=Request(columns={"annual_hours": 173})),
    "column-duplicate": lambda: answer("処理件数", 9, ("件数", 10)),
    "column-without-label": lambda: rows(*[["税務課", f"業務{n}", n, n] for n in range(9)]),
    "hidden-column": lambda: touched(hide_column),
    "form-changed": changed_form,
    "division-from-name": lambda: sheet(["業務名", "年間時間"], ["賦課", 1], name="税務課.xlsx"),
    # rows
    "total-row": lambda: rows([None, "合　計", 10]),
    "example-row": lambda: rows(["(例)", "賦課", 10]),
    "note-row": lambda: rows([None, "※ 時間は概数"]),
    "group-row": lambda: rows([None, "■ 市民税係"], ["税務課", "徴収", 1]),
    "header-row": lambda: rows(["課", "業務名", "年間時間"], ["税務課", "徴収", 1]),
    "below-table": lambda: rows(
        ["税務課", "徴収", 1], ["税務課", "督促", 1], [], [None, "凡例の説明"]
    ),
    "blank-rows": lambda: rows([], ["税務課", "徴収", 1]),
    "hidden-row": lambda: touched(hide_row),
    "merged-cells": lambda: rows([None, "徴収", 1], merged=("A2:A3",)),
    "ditto-marks": lambda: rows(["〃", "徴収", 1]),
    "memo-beside": lambda: rows(["税務課", "徴収", 1, "←係長に確認中"]),
    "missing-name": lambda: rows(["税務課", None, 5]),
    # answers
    "missing-hours": lambda: answer("1件あたり時間（分）", None, ("件数", 10)),
    "missing-division": lambda: sheet(["業務名", "年間時間"], ["賦課", 1], name="回答.xlsx"),
    "missing-class": lambda: answer("専門性", None, ("職員でなければできない", "いいえ")),
    "text-in-number": lambda: answer("件数", "多数"),
    "irregular-number": lambda: answer("件数", "随時"),
    "error-value": lambda: touched(error_cell),
    "formula-not-calculated": lambda: touched(formula),
    "range-midpoint": lambda: answer("年間時間", "30分～1時間"),
    "negative-number": lambda: answer("件数", -5),
    "several-values": lambda: answer("件数", "年間1,200件、繁忙期200件"),
    "other-period": lambda: answer("年間件数", "月10件"),
    "foreign-unit": lambda: answer("件数", "30分"),
    "unknown-choice": lambda: answer("処理媒体", "石板"),
    "duplicate-task": lambda: rows(["税務課", "賦課", 10]),
    "hours-mismatch": lambda: answer("1件あたり時間（分）", 6, ("件数", 1000), ("年間時間", 10)),
    "merged-number": lambda: rows(["税務課", "徴収", None], merged=("C2:C3",)),
    "hours-beyond-staff": lambda: sheet(
        ["職員数", "5人"], [], ["業務名", "年間時間"], ["賦課", 20_000]
    ),
    "task-beyond-staff": lambda: answer("年間時間", 80_000),
    "minutes-beyond-band": lambda: answer("年間時間", 20_000, ("件数", 1000)),
}
"""Code -> a workbook that provokes it."""


def test_every_finding_has_an_example() -> None:
    assert list(EXAMPLES) == list(MESSAGES)


@pytest.mark.parametrize("code", EXAMPLES)
def test_findings_are_made(code: str) -> None:
    found = EXAMPLES[code]()
    told = found.diagnostics.filter(code=code)
    assert told.height > 0, set(found.diagnostics["code"])
    message = MESSAGES[code]
    assert set(told["severity"]) == {message.severity}
    if "{value}" in message.text:
        assert told["value"].null_count() == 0
        assert not told["message"].str.contains("「」|（）|[{]value[}]").any()


def test_a_good_workbook_makes_none() -> None:
    assert read(workbook(TABLE)).diagnostics.height == 0
