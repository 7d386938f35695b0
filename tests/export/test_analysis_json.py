"""The JSON of `analyze`: the contract's keys, no more and no fewer, and every field in its order."""

import json
from typing import Any

import pytest

from bpr.export.analysis import write_findings_json, write_json
from bpr.pipeline import Report, run
from bpr.terms import FIELDS
from tests.builder import SETTINGS, Rows, workbook
from tests.export.hostile import BROKEN, FORMULAS, PLAIN
from tests.tabulate.town import IDS

FINDING = [
    "workbook", "sheet", "cell", "row", "code", "severity", "value", "message", "remedy", "rule",
]  # fmt: skip


@pytest.fixture(scope="module")
def read(town: Report) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(write_json(town))
    return parsed


def test_the_parts(read: dict[str, Any]) -> None:
    """Beside the contract's four parts only why each class, and the digest of the settings."""
    assert list(read) == [
        "workbooks", "findings", "tasks", "tables", "classes", "settings_digest",
    ]  # fmt: skip
    assert list(read["tables"]) == [
        "class_by_staff",
        "medium_by_class",
        "media_ratios",
        "seal_by_class",
    ]
    assert read["settings_digest"] == SETTINGS.digest


def test_the_workbook_and_its_sheet(read: dict[str, Any], town: Report) -> None:
    assert read["workbooks"] == [
        {
            "name": "調査票.xlsx",
            "sha256": town.workbooks["sha256"].item(),
            "status": "read",
            "reason": None,
            "sheets": [
                {
                    "name": "調査票",
                    "status": "read",
                    "header_row": 1,
                    "mapping": {
                        "task_number": "A",
                        "division": "B",
                        "task_name": "C",
                        "activity_name": "D",
                        "staff_category": "E",
                        "annual_count": "F",
                        "annual_hours": "G",
                        "medium": "H",
                        "approval_seal": "I",
                        "resident_seal": "J",
                        "must_be_staff": "K",
                        "needs_expertise": "L",
                        "is_routine": "M",
                    },
                    "rows_read": 7,
                    "tasks": 7,
                    "left_out": 0,
                }
            ],
        }
    ]


def test_every_field_of_a_task_in_the_contracts_order(read: dict[str, Any]) -> None:
    assert [task["task_id"] for task in read["tasks"]] == IDS
    for task in read["tasks"]:
        assert list(task) == list(FIELDS)


def test_values_keep_their_types(read: dict[str, Any]) -> None:
    first, unknown = read["tasks"][0], read["tasks"][4]
    assert (first["annual_hours"], first["annual_count"], first["row"]) == (400.0, 1000.0, 2)
    assert (first["approval_seal"], first["resident_seal"]) == (False, True)
    assert first["work_class"] == "routine"
    assert first["medium"] == "paper_many"
    assert unknown["annual_hours"] is None
    assert unknown["medium"] is None
    assert unknown["resident_seal"] is None


def test_the_tables_are_those_of_the_report(read: dict[str, Any], town: Report) -> None:
    for name, rows in read["tables"].items():
        assert rows == getattr(town.tables, name).to_dicts()


ROWS: Rows = [
    ["課", "業務名", "年間件数", "年間作業時間"],
    ["税務課", None, 5, 5],
    ["税務課", "賦課", "多数あり", 10],
    ["税務課", "合計", 5, 15],
]


def test_findings_and_what_was_left_out() -> None:
    report = run([workbook(ROWS), workbook([["目次"]], name="目次.xlsx")], SETTINGS)
    parsed = json.loads(write_json(report))
    found = {finding["code"]: finding for finding in parsed["findings"]}
    assert {len(finding) for finding in parsed["findings"]} == {len(FINDING)}
    assert list(found["missing-name"]) == FINDING
    assert found["missing-name"]["severity"] == "error"
    assert found["missing-name"]["row"] == 2
    first, second = parsed["workbooks"]
    assert first["sheets"][0]["rows_read"] == 3
    assert first["sheets"][0]["tasks"] == 1
    assert first["sheets"][0]["left_out"] == 1
    assert second["status"] == "refused"
    assert second["reason"].startswith("業務の表")
    assert json.loads(write_findings_json(report)) == parsed["findings"]


def test_groups_of_staff_have_their_own_columns_in_the_mapping() -> None:
    rows: Rows = [
        [None, "正規職員", "会計年度任用職員"],
        ["業務名", "年間作業時間", "年間作業時間"],
        ["入力", 10, 20],
    ]
    parsed = json.loads(write_json(run([workbook(rows)], SETTINGS)))
    assert parsed["workbooks"][0]["sheets"][0]["mapping"] == {
        "task_name": "A",
        "annual_hours@正規職員": "B",
        "annual_hours@会計年度任用職員": "C",
    }


def test_hostile_text_arrives_unchanged(hostile: Report) -> None:
    tasks = json.loads(write_json(hostile))["tasks"]
    assert {t["activity_name"]: t["issues"] for t in tasks} == FORMULAS | PLAIN | BROKEN


def test_json_is_strict(hostile: Report) -> None:
    """No NaN or Infinity, which other programs refuse."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    json.loads(write_json(hostile), parse_constant=refuse)
