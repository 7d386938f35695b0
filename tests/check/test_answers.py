"""Each rule's finding: code, cell, value; and the texts that go with the codes."""

import ast
import re
from pathlib import Path

import pytest

from bpr.messages import MESSAGES
from tests.builder import SETTINGS, Rows, Value, assert_rows, findings, read, text_file, workbook

HEADER: list[Value] = [
    "課",
    "業務名",
    "作業名",
    "件数",
    "1件あたり時間（分）",
    "年間時間",
    "処理媒体",
    "決裁印",
    "業務の性質",
]
GOOD: list[Value] = ["税務課", "賦課", "入力", 60, 10, 10, "紙", "有", "Ⅲ"]


def changed(**cells: Value) -> list[Value]:
    """`GOOD` with some cells, by column letter, changed."""
    row = list(GOOD)
    for letter, value in cells.items():
        row["ABCDEFGHI".index(letter)] = value
    return row


def test_a_good_row_has_no_finding() -> None:
    assert findings(read(workbook([HEADER, GOOD]))) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (changed(B=None, C=None), [["B2", "missing-name", "60、10、紙"]]),
        (changed(A=None), [["A2", "missing-division", None]]),
        (changed(E=None, F=None), [["F2", "missing-hours", None]]),
        (
            changed(F="－", D="不明"),
            [["F2", "missing-hours", None], ["D2", "irregular-number", "不明"]],
        ),
        (changed(I=None), [["I2", "missing-class", None]]),
        (changed(I="？"), [["I2", "missing-class", None], ["I2", "unknown-choice", "？"]]),
        (changed(D="多数"), [["D2", "text-in-number", "多数"]]),
        (changed(D="随時"), [["D2", "irregular-number", "随時"]]),
        (changed(E="5～15分"), [["E2", "range-midpoint", "5～15分"]]),
        (changed(D=-60), [["D2", "negative-number", "-60"]]),
        (changed(D="60分"), [["D2", "foreign-unit", "60分"]]),
        (changed(G="石板"), [["G2", "unknown-choice", "石板"]]),
        (changed(H="たぶん"), [["H2", "unknown-choice", "たぶん"]]),
        (changed(F=20), [["F2", "hours-mismatch", "件数×時間 10.0時間／記入 20.0時間"]]),
        (changed(F=10.4), []),
        (
            changed(D=6000, F=1060),
            [["F2", "hours-mismatch", "件数×時間 1000.0時間／記入 1060.0時間"]],
        ),
        (changed(D=6000, F=1040), []),
    ],
)
def test_rules(row: list[Value], expected: list[list[object]]) -> None:
    assert sorted(findings(read(workbook([HEADER, row]))), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("second", "value"),
    [
        (GOOD, "税務課.xlsx 2 行"),
        (changed(B="賦　課", D=5, E=12, F=1), "税務課.xlsx 2 行"),
        (changed(C="照合"), None),
        (changed(A="収納課"), None),
    ],
)
def test_duplicates(second: list[Value], value: str | None) -> None:
    found = read(workbook([HEADER, GOOD, second]))
    assert findings(found, "cell code value") == (
        [["B3", "duplicate-task", value]] if value else []
    )
    assert found.tasks.height == 2


def test_duplicates_across_files() -> None:
    found = read(workbook([HEADER, GOOD], name="a.xlsx"), workbook([HEADER, GOOD], name="b.xlsx"))
    assert findings(found, "workbook cell code value") == [
        ["b.xlsx", "B2", "duplicate-task", "a.xlsx 2 行"]
    ]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        (["件数", "1件あたり時間（分）"], "D2"),
        (["取扱件数", "人役"], "D2"),
        (["1件あたり時間（分）", "件数"], "C2"),
    ],
)
def test_missing_hours_points_at_the_column_that_asks_for_them(
    header: list[Value], cell: str
) -> None:
    found = read(workbook([["課", "業務名", *header], ["税務課", "賦課", None, None]]))
    assert findings(found) == [[cell, "missing-hours", None]]


def test_missing_hours_is_not_said_where_the_form_does_not_ask() -> None:
    assert findings(read(workbook([["課", "業務名", "件数"], ["税務課", "賦課", 3]]))) == []


@pytest.mark.parametrize(
    ("answers", "cell"),
    [
        (["はい", None, None], None),
        (["いいえ", "はい", None], None),
        (["いいえ", "いいえ", "はい"], None),
        ([None, "はい", "はい"], "C2"),
        (["いいえ", None, "はい"], "D2"),
        (["いいえ", "いいえ", None], "E2"),
    ],
)
def test_class_answers_are_asked_as_far_as_needed(answers: list[Value], cell: str | None) -> None:
    header = ["課", "業務名", "職員でなければできない", "専門性", "定型"]
    found = read(workbook([header, ["税務課", "賦課", *answers]]))
    assert findings(found) == ([[cell, "missing-class", None]] if cell else [])


def test_addresses_of_a_table_that_starts_at_d7() -> None:
    rows: Rows = [HEADER, changed(D="多数", G="石板", I=None)]
    assert sorted(findings(read(workbook(rows, start="D7")), "cell row code")) == [
        ["G8", 8, "text-in-number"],
        ["J8", 8, "unknown-choice"],
        ["L8", 8, "missing-class"],
    ]


def test_addresses_in_blocks() -> None:
    rows: Rows = [
        ["課", "業務名", "正規職員", None, "会計年度任用職員", None],
        [None, None, "件数", "時間", "件数", "時間"],
        ["税務課", "賦課", "多数", 1, 2, "約束"],
    ]
    found = read(workbook(rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1"]))
    assert sorted(findings(found)) == [
        ["C3", "text-in-number", "多数"],
        ["F3", "missing-hours", None],
        ["F3", "text-in-number", "約束"],
    ]


def test_findings_carry_the_text_of_their_code() -> None:
    found = read(workbook([HEADER, changed(G="石板")]))
    message = MESSAGES["unknown-choice"]
    assert_rows(
        found.diagnostics,
        "workbook sheet cell row code severity value message remedy rule",
        [
            [
                "税務課.xlsx", "調査票", "G2", 2, "unknown-choice", "warning", "石板",
                "「石板」は選択肢にありません。未回答として扱いました。", message.remedy,
                "L2-04 選択肢の表記揺れ",
            ]
        ],
    )  # fmt: skip


@pytest.mark.parametrize("text", ["{value}", "$1", "${0}", "\\1", "%s", "{}", "「」", "=1+1"])
def test_a_value_is_put_into_its_message_as_it_is(text: str) -> None:
    found = read(workbook([HEADER, changed(G=text)]))
    assert found.diagnostics["message"].to_list() == [
        f"「{text}」は選択肢にありません。未回答として扱いました。"
    ]


def test_a_long_value_is_cut_in_the_message_only() -> None:
    found = read(workbook([HEADER, changed(G="長" * 500)]))
    assert found.diagnostics["value"].to_list() == ["長" * 500]
    assert found.diagnostics["message"].item().count("長") == 80


def test_findings_come_in_the_order_of_rows() -> None:
    rows: Rows = [
        HEADER,
        *[changed(C=f"作業{n}", G="石板", D="多数" if n % 2 else 60) for n in range(9)],
    ]
    numbers = [row for (row,) in findings(read(workbook(rows)), "row")]
    assert numbers == sorted(numbers)
    assert len(numbers) == 13


def test_findings_come_in_the_same_order_every_time() -> None:
    rows: Rows = [
        HEADER,
        *[changed(C=f"作業{n}", G="石板", D="多数", I=None, F=None) for n in range(40)],
    ]
    book = workbook(rows)
    first = findings(read(book))
    assert all(findings(read(book)) == first for _ in range(5))


def test_a_text_file_has_addresses_too() -> None:
    assert findings(
        read(text_file([["課", "業務名", "件数"], ["税務課", "賦課", "多数"]])), "sheet cell code"
    ) == [["CSV", "C2", "text-in-number"]]


# --- messages -----------------------------------------------------------------------------------

CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def used_codes() -> set[str]:
    """Every string constant of read/ and check/ that looks like a code."""
    root = Path(__file__).parents[2] / "bpr"
    foreign = {table.reason for table in SETTINGS.survey.foreign_tables.values()}
    return foreign | {
        node.value
        for folder in ("read", "check")
        for path in (root / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    }


def test_every_code_has_a_message_and_every_message_a_use() -> None:
    assert used_codes() == set(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_messages_are_whole_sentences_with_known_placeholders(code: str) -> None:
    message = MESSAGES[code]
    assert re.findall(r"\{[^}]*\}", message.text) in ([], ["{value}"])
    assert "{" not in message.remedy
    assert message.text.endswith(("。", "）。"))
    assert message.remedy.endswith("。")
    assert message.severity in {"error", "warning", "info"}
    assert message.rule is None or re.match(r"L[123]-\d\d .", message.rule)


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("file-damaged", "error"),
        ("missing-name", "error"),
        ("missing-hours", "warning"),
        ("total-row", "info"),
        ("sheet-hidden", "info"),
    ],
)
def test_severities(code: str, severity: str) -> None:
    assert MESSAGES[code].severity == severity
