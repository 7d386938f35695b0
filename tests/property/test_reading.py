"""What holds for any table: its place, its notes and its texts change nothing."""

from collections.abc import Sequence
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bpr.messages import MESSAGES
from bpr.read.answers import read_answers
from bpr.read.cells import column_index, column_letter
from bpr.read.opening import Workbook
from bpr.terms import LEVERS
from bpr.text import is_blank, squeeze
from tests.builder import SETTINGS, Outcome, Rows, Value, read, score, text_file, workbook

HEADER: list[Value] = [
    "部", "課", "係", "業務名", "作業名", "職員区分", "年間件数", "1件あたり時間", "年間作業時間", "人役", "処理媒体",
    "決裁印", "住民印", "職員でなければできない", "専門性", "定型", "業務の性質", "根拠法令", "使用システム", "繁忙期", "頻度", "課題",
]  # fmt: skip
TASK: list[Value] = [
    "総務部",
    "税務課",
    "資産税係",
    "賦課",
    "入力",
    "正規",
    60,
    10,
    10,
    None,
    "紙",
    "有",
    "無",
    "いいえ",
    "いいえ",
    "はい",
]

PRINTABLE = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"))
"""What a cell of an .xlsx can hold in one line."""

DITTO = {"〃", "々", "同上", "同じ", squeeze("″")}
"""What is not kept but filled from above."""

NAMES = st.sampled_from(["賦課", "徴収", "証明の発行", "庁舎の管理", "窓口案内"])
ACTIVITIES = st.sampled_from(["申告書の入力", "税額の決定", "発送", None])
HOURS = st.one_of(
    st.none(), st.integers(0, 10_000), st.sampled_from(["約30分", "随時", "1～2時間", "多数"])
)
MEDIA = st.sampled_from(["紙", "電子＋紙（量多い）", "電子", "石板", None])
TABLES = st.lists(st.tuples(NAMES, ACTIVITIES, HOURS, MEDIA), min_size=1, max_size=6)
NOTES = st.lists(
    st.sampled_from(["※ 時間は概算です", "業務量調査について", "*未記入は不可", "(内線 210)", ""]),
    max_size=4,
)


def shape(found: Outcome) -> Any:
    """What was read, without the addresses (the value of `duplicate-task` is one)."""
    columns = ["task_id", "task_name", "activity_name", "annual_hours", "medium", "division"]
    placed = found.diagnostics.filter(found.diagnostics["row"].is_not_null())
    told = [
        (code, None if code == "duplicate-task" else value)
        for code, value in placed.select("code", "value").rows()
        if code != "note-row"
    ]
    return found.tasks.select(columns).rows(), sorted(told, key=str)


@settings(max_examples=25)
@given(table=TABLES, top=st.integers(1, 12), left=st.integers(0, 30), above=NOTES, below=NOTES)
def test_a_table_reads_the_same_wherever_it_starts(
    table: list[tuple[Value, ...]], top: int, left: int, above: list[str], below: list[str]
) -> None:
    rows: list[Sequence[Value]] = [["業務名", "作業名", "年間時間", "処理媒体"], *table]
    plain = read(workbook(rows))
    letter = column_letter(left)
    ends: list[Sequence[Value]] = [[], *[[f"※{note}"] for note in below]]
    notes: list[Sequence[Value]] = [[note] for note in above]
    moved = read(workbook([*notes, *rows, *ends], start=f"{letter}{top}"))
    assert shape(moved) == shape(plain)
    shift = top - 1 + len(above)
    assert moved.tasks["row"].to_list() == [row + shift for row in plain.tasks["row"]]
    for cell, row in moved.diagnostics.select("cell", "row").rows():
        if cell and row:
            letters = cell.removesuffix(str(row))
            assert left <= column_index(letters) < left + 4


@settings(max_examples=25)
@given(
    column=st.integers(0, len(HEADER) - 1),
    text=st.text(
        st.characters(
            exclude_categories=["Cs"],
            exclude_characters="\0\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029",
        ),
        max_size=30,
    ),
)
def test_no_text_in_any_column_stops_the_run(column: int, text: str) -> None:
    rows: list[list[Value]] = [HEADER, list(TASK), list(TASK), list(TASK)]
    rows[2][column:] = (
        [text, *rows[2][column + 1 :]]
        if column < len(TASK)
        else [*[None] * (column - len(TASK)), text]
    )
    found = read(text_file(rows))
    assert found.survey.workbooks["status"].to_list() == ["read"]
    assert set(found.diagnostics["code"]) <= set(MESSAGES)
    told = set(found.diagnostics["row"]) | set(found.tasks["row"])
    assert {2, 3, 4} <= told
    if found.tasks.height:
        assert score(found.tasks).scores.height == len(LEVERS) * found.tasks.height


@settings(max_examples=25)
@given(texts=st.lists(st.text(PRINTABLE, min_size=1, max_size=20), min_size=3, max_size=3))
def test_text_is_kept_exactly(texts: list[str]) -> None:
    for text in texts:
        assume(not is_blank(text) and squeeze(text) not in DITTO)
    systems, frequency, issues = texts
    rows: Rows = [
        ["課", "業務名", "使用システム", "頻度", "課題"],
        ["税務課", "賦課", systems, frequency, issues],
    ]
    expected = tuple(text.strip() for text in texts)
    for book in (workbook(rows), text_file(rows)):
        found = read(book)
        assert found.survey.answers.select("systems", "frequency", "issues").rows() == [expected]
        assert found.tasks.select("systems", "frequency", "issues").rows() == [expected]


@settings(max_examples=25)
@given(amount=st.floats(0, 1e9, allow_nan=False), unit=st.sampled_from(["", "時間", "h", "分"]))
def test_written_numbers_are_read_back(amount: float, unit: str) -> None:
    written = f"{amount:.3f}{unit}"
    found = read(workbook([["業務名", "年間時間"], ["賦課", written]]))
    factor = 1 / 60 if unit == "分" else 1
    (hours,) = found.tasks["annual_hours"].to_list()
    assert abs(hours - round(amount, 3) * factor) <= 1e-9 * max(1, amount)
    assert found.conversions["raw"].to_list() == [written]


@settings(max_examples=25)
@given(
    data=st.binary(max_size=300),
    head=st.sampled_from(
        [b"", b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"), "業務名,件数\n".encode()]
    ),
)
def test_no_bytes_stop_the_reader(data: bytes, head: bytes) -> None:
    found = read_answers([Workbook("x.xlsx", head + data)], SETTINGS.survey)
    (status,) = found.workbooks["status"].to_list()
    assert (status == "refused") == (found.workbooks["reason"].to_list() != [None])
    assert status == "refused" or any(found.sheets["status"] == "read")
