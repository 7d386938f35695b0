"""The whole sentence: workbooks + settings -> Report."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bpr.frames import Corrections, TaskTable
from bpr.pipeline import Report, Request, Workbook, run
from bpr.terms import FIELDS, LEVERS
from tests.builder import SETTINGS, Rows, assert_rows, text_file, workbook

ROWS: Rows = [
    ["課", "業務名", "作業名", "年間件数", "年間作業時間", "処理媒体", "職員区分"],
    ["税務課", "賦課", "申告書の入力", 12000, 900, "紙（量多い）", "正規職員"],
    ["税務課", "賦課", "税額の決定", 300, 100, "電子", "正規職員"],
    ["税務課", "徴収", "納付書の発送", 8000, 250, "紙", "会計年度任用職員"],
    ["税務課", "徴収", "財産の差押", 40, 120, "紙", "正規職員"],
    ["税務課", "証明", "窓口での受付", None, None, None, None],
]


def report(*books: Workbook, request: Request | None = None) -> Report:
    return run(books or [workbook(ROWS)], SETTINGS, request)


def test_the_task_table_has_the_contracts_fields_in_order() -> None:
    assert report().tasks.columns == list(FIELDS)
    assert TaskTable.column_names() == list(FIELDS)


def test_tasks_come_in_the_order_of_the_survey() -> None:
    many: Rows = [ROWS[0], *[["税務課", f"業務{n}", "入力", n, n, "紙", "正規"] for n in range(50)]]
    found = report(workbook(many, name="b.xlsx"), workbook(ROWS, name="a.xlsx")).tasks
    assert found.select("workbook", "row").rows() == sorted(found.select("workbook", "row").rows())


def test_each_frame_speaks_of_the_same_tasks() -> None:
    found = report()
    ids = set(found.tasks["task_id"])
    assert len(ids) == found.tasks.height == 5
    assert set(found.classes["task_id"]) == ids
    assert set(found.facts["task_id"]) == ids
    assert found.scores.height == found.savings.height == len(LEVERS) * len(ids)


def test_the_scores_of_the_table_are_those_of_the_scores() -> None:
    found = report()
    for lever in ("ai_ocr", "rpa", "outsourcing"):
        own = found.scores.filter(pl.col("lever") == lever).sort("task_id")
        wide = found.tasks.sort("task_id")
        assert wide[f"{lever}_score"].to_list() == own["score"].to_list()


def test_the_obvious_order() -> None:
    found = report().tasks.sort("rank")
    assert found["activity_name"].to_list()[0] == "申告書の入力"
    assert found.filter(activity_name="財産の差押")["best_lever"].item() is None


def test_same_input_same_output() -> None:
    book = workbook(ROWS)
    first, second = report(book), report(book)
    for name in (
        "workbooks",
        "sheets",
        "columns",
        "diagnostics",
        "conversions",
        "classes",
        "facts",
        "savings",
        "scores",
        "tasks",
    ):
        assert_frame_equal(getattr(first, name), getattr(second, name))


def test_the_order_of_rows_and_files_changes_no_task() -> None:
    backwards: Rows = [ROWS[0], *ROWS[:0:-1]]
    other: Rows = [ROWS[0], ["収納課", "徴収", "消込", 5, 6, "電子", "正規"]]
    straight = report(workbook(ROWS, name="a.xlsx"), workbook(other, name="b.xlsx")).tasks
    turned = report(workbook(other, name="b.xlsx"), workbook(backwards, name="a.xlsx")).tasks
    assert_frame_equal(straight.drop("row").sort("task_id"), turned.drop("row").sort("task_id"))


@pytest.mark.parametrize(
    "books",
    [
        [],
        [Workbook("a.xlsx", b"")],
        [workbook([["目次"], ["はじめに"]])],
        [workbook(ROWS[:1])],
        [workbook([ROWS[0], [None, None, None, 5, 5, None, None]])],
        [workbook([ROWS[0], [None, "合計", None, 5, 5, None, None]])],
    ],
)
def test_without_any_task_the_report_is_empty_but_whole(books: list[Workbook]) -> None:
    found = run(books, SETTINGS)
    assert found.tasks.height == 0
    assert found.tasks.columns == list(FIELDS)
    assert found.workbooks.height == len(books)


def test_one_task_alone() -> None:
    found = report(workbook(ROWS[:2])).tasks
    assert_rows(found, "rank rank_low rank_high work_class_source", [[1, 1, 1, "model"]])


BAD = [
    Workbook("空.xlsx", b""),
    Workbook("写真.xlsx", bytes.fromhex("89504E470D0A1A0A0000000D49484452")),
    Workbook("途中.xlsx", workbook(ROWS).data[:2000]),
    Workbook("鍵.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
    workbook([["目次"], ["はじめに"]], name="目次.xlsx"),
]  # fmt: skip


def test_bad_files_are_refused_with_one_error_each_and_the_others_are_read() -> None:
    found = report(*BAD, workbook(ROWS))
    assert_rows(
        found.workbooks,
        "name status reason",
        [
            ["空.xlsx", "refused", "file-empty"],
            ["写真.xlsx", "refused", "file-not-workbook"],
            ["途中.xlsx", "refused", "file-damaged"],
            ["鍵.xlsx", "refused", "file-encrypted"],
            ["目次.xlsx", "refused", "workbook-without-table"],
            ["税務課.xlsx", "read", None],
        ],
    )
    errors = found.diagnostics.filter(pl.col("severity") == "error")
    assert errors.select("workbook", "code").rows() == [
        row for row in found.workbooks.select("name", "reason").rows() if row[1]
    ]
    assert found.tasks.height == 5


def test_two_files_of_one_name_are_not_mixed() -> None:
    first = workbook(
        [["課", "業務名", "時間"], ["税務課", "賦課", 10], ["税務課", "徴収", 5]],
        name="調査票.xlsx",
    )
    second = workbook([["課", "業務名", "時間"], ["収納課", "受付", 20]], name="調査票.xlsx")
    found = report(first, second).tasks
    assert sorted(found.select("division", "task_name", "annual_hours").rows()) == [
        ("収納課", "受付", 20.0),
        ("税務課", "徴収", 5.0),
        ("税務課", "賦課", 10.0),
    ]


def test_the_same_file_twice_is_counted_twice_and_told() -> None:
    found = report(workbook(ROWS, name="a.xlsx"), workbook(ROWS, name="b.xlsx"))
    assert found.tasks.height == 10
    assert found.tasks["task_id"].n_unique() == 10
    assert found.diagnostics.filter(code="duplicate-task").height == 5


def test_corrections_of_people_decide() -> None:
    wanted = report().tasks.filter(activity_name="申告書の入力")["task_id"].item()
    rows = [(wanted, "core", "独自の判断がある", "routine", 1)]
    said = Corrections.validate(
        pl.DataFrame(rows, schema=Corrections.create_empty().schema, orient="row")
    )
    found = run([workbook(ROWS)], SETTINGS, corrections=said)
    row = found.tasks.filter(task_id=wanted)
    assert_rows(
        row, "work_class work_class_source gate best_lever", [["core", "person", "core_work", None]]
    )
    assert "独自の判断がある" in found.classes.filter(task_id=wanted)["reason"].item()


def test_a_request_reaches_the_reader() -> None:
    book = text_file([["甲", "乙"], ["賦課", "30"]])
    found = report(book, request=Request(columns={"task_name": 0, "annual_hours": 1}, header_row=1))
    assert_rows(found.tasks, "task_name annual_hours", [["賦課", 30.0]])


def test_progress_is_told() -> None:
    seen: list[str] = []
    run([*BAD, workbook(ROWS)], SETTINGS, progress=seen.append)
    assert seen == [*(book.name for book in BAD), "税務課.xlsx"]
