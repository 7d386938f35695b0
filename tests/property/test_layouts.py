"""Tables of random tasks read back the same, wherever they stand and however they are dressed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from bpr.export.sheets import new_book, save, write_sheet
from bpr.messages import MESSAGES
from bpr.read.cells import Refusal, column_letter, read_sheets, to_text
from bpr.read.opening import Workbook
from tests.builder import Outcome, Value, read, text_file, workbook

LABELS: Final = ("大分類", "業務名", "作業名", "年間件数", "年間作業時間", "処理媒体")
NAMES: Final = (
    "申告書の受付",
    "税額の決定",
    "証明書の交付",
    "台帳の整備",
    "窓口の案内",
    "通知の発送",
)
GROUPS: Final = ("課税", "収納", "窓口")
MEDIA: Final = ("紙", "電子", "紙（量多い）")


@dataclass(frozen=True)
class Table:
    """Tasks by their groups: name, activity, count, hours, medium."""

    groups: list[tuple[str, list[tuple[str, str | None, int | None, float, str]]]]

    @property
    def tasks(self) -> list[tuple[Any, ...]]:
        return [(group, *task) for group, tasks in self.groups for task in tasks]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Random tasks whose names are all different."""
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True))
    task = st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["入力", "照合", None]),
        st.one_of(st.none(), st.integers(1, 5000)),
        st.integers(1, 8000).map(lambda quarter: quarter / 4),
        st.sampled_from(MEDIA),
    )
    several = st.lists(task, min_size=1, max_size=4, unique_by=lambda t: (t[0], t[1]))
    return Table([(group, draw(several)) for group in groups])


def spaced(label: str) -> str:
    return "　".join(label)


def wide(label: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in label)


DRESSES: Final = (
    lambda label, _: label,
    lambda label, _: spaced(label),
    lambda label, _: wide(f"{label}(必須)"),
    lambda label, _: f"{label[:2]}\n{label[2:]}",
    lambda label, number: f"{chr(0x2460 + number)}{label}",
    lambda label, number: f"{number + 1}．{label}",
    lambda label, _: f"※{label}",
)
"""Ways in which offices write the same label."""

TITLES: Final = (
    "業務量調査票",
    "令和6年度 業務量調査票",
    "【様式第1号】",
    "※ 1 行に 1 つの作業を書く。",
    "（単位：時間）",
    "",
)
_NUMBERED: Final = 3
FOOTERS: Final = ("※ 時間は概算です", "注) 休暇は除く", "※1 兼務を含む", "↑ ここまで")


@dataclass
class Surroundings:
    """What stands around a table."""

    titles: list[list[Value]] = field(default_factory=list)
    footers: list[list[Value]] = field(default_factory=list)
    legend: list[list[Value]] = field(default_factory=list)
    """Text below a table; from three rows with numbers on, a reader can tell that it is none."""
    top: int = 1
    left: int = 0


@st.composite
def surroundings(draw: st.DrawFn) -> Surroundings:
    """Titles, label cells and blank rows above, notes and a legend below, an offset."""
    lines = draw(st.lists(st.sampled_from(TITLES), max_size=3))
    titles: list[list[Value]] = [[line] if line else [] for line in lines]
    if draw(st.booleans()):
        titles.append(["担当者", "山田", "内線", 210])
    if draw(st.booleans()):
        titles.append(["所属：税務課"])
    titles += [[]] * draw(st.integers(0, 2))
    notes = draw(st.lists(st.sampled_from(FOOTERS), max_size=2))
    footers: list[list[Value]] = [[note] for note in notes]
    footers = [[], *footers] if footers else []
    legend: list[list[Value]] = [[], [None, None, "凡例　入力：システムへの入力"]]
    below = draw(st.sampled_from([[], legend]))
    return Surroundings(titles, footers, below, draw(st.integers(1, 20)), draw(st.integers(0, 12)))


def body(table: Table, *, merged: bool, first: str) -> tuple[list[list[Value]], list[str]]:
    """Rows of a table and its merged ranges as they are at A1 (`first`: the column's letter)."""
    rows: list[list[Value]] = []
    areas = []
    for group, tasks in table.groups:
        start = len(rows)
        rows += [[group if n == 0 or not merged else None, *t] for n, t in enumerate(tasks)]
        if merged and len(tasks) > 1:
            areas.append(f"{first}{start}:{first}{start + len(tasks) - 1}")
    return rows, areas


def shifted(areas: Sequence[str], rows: int) -> list[str]:
    """Ranges moved down."""
    moved = []
    for area in areas:
        letter = area.rstrip("0123456789").split(":")[1]
        start, end = (int(part.removeprefix(letter)) for part in area.split(":"))
        moved.append(f"{letter}{start + rows}:{letter}{end + rows}")
    return moved


def build(
    table: Table, around: Surroundings, *, dress: int, merged: bool, plain: bool = True
) -> Workbook:
    """A workbook with the table, and other sheets beside it unless it is `plain`."""
    header = [DRESSES[dress](label, number) for number, label in enumerate(LABELS)]
    letter = column_letter(around.left)
    footers = [*around.footers, *(around.legend if len(table.tasks) >= _NUMBERED else [])]
    rows, areas = body(table, merged=merged, first=letter)
    others: dict[str, list[list[Value]]] = {
        "前年度": [list(LABELS), ["x", "前年の業務", None, 1, 1, "紙"]],
        "Sheet3": [],
        "メモ": [["来週までに"], ["総務課へ"]],
    }
    return workbook(
        [*around.titles, header, *rows, *footers],
        name="回答.xlsx",
        start=f"{letter}{around.top}",
        merged=shifted(areas, around.top + len(around.titles) + 1),
        others={} if plain else others,
        hidden_sheets=() if plain else ["前年度"],
    )


FIELDS: Final = (
    "process_category", "task_name", "activity_name", "annual_count", "annual_hours", "medium",
)  # fmt: skip
MEDIUM: Final = {"紙": "paper", "電子": "electronic", "紙（量多い）": "paper_many"}


def told(found: Outcome) -> list[tuple[Any, ...]]:
    return found.tasks.select(FIELDS).rows()


def expected(table: Table) -> list[tuple[Any, ...]]:
    return [(*task[:-1], MEDIUM[task[-1]]) for task in table.tasks]


@settings(max_examples=60, deadline=None)
@given(
    table=tables(), around=surroundings(), dress=st.integers(0, len(DRESSES) - 1),
    merged=st.booleans(), plain=st.booleans(),
)  # fmt: skip
def test_a_table_is_read_whatever_surrounds_it(
    table: Table, around: Surroundings, dress: int, *, merged: bool, plain: bool
) -> None:
    found = read(build(table, around, dress=dress, merged=merged, plain=plain))
    assert told(found) == expected(table)
    first = around.top + len(around.titles) + 1
    assert found.tasks["row"].to_list() == list(range(first, first + len(table.tasks)))


@settings(max_examples=25, deadline=None)
@given(table=tables(), above=st.booleans(), words=st.sampled_from(["合計", "合　計", "総計", None]))
def test_totals_above_or_below_are_no_tasks(
    table: Table, words: str | None, *, above: bool
) -> None:
    rows, _ = body(table, merged=False, first="A")
    hours = sum(task[4] for task in table.tasks)
    total: list[Value] = [words, None, None, None, hours, None]
    # A total without any word is known by its sum, if it adds up two rows at least.
    if words is None and len(rows) == 1:
        return
    lines = [total, *rows] if above else [*rows, total]
    found = read(workbook([list(LABELS), *lines], name="回答.xlsx"))
    assert found.tasks["annual_hours"].sum() == hours
    assert told(found) == expected(table)


@settings(max_examples=25, deadline=None)
@given(table=tables(), encoding=st.sampled_from(["cp932", "utf-8-sig", "utf-8"]))
def test_a_text_file_holds_the_same_tasks(table: Table, encoding: str) -> None:
    rows, _ = body(table, merged=False, first="A")
    found = read(text_file([list(LABELS), *rows], name="回答.csv", encoding=encoding))
    assert told(found) == expected(table)


TEXTS: Final = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"),
    max_size=25,
)
PIECES: Final = st.sampled_from(
    [
        *LABELS, "正規", "会計年度", "計", "4月", "上半期", "令和6年度", "導入後", "（分）", "1件あたり", "人役",
        "割合", "職員別", "単位：分", "所属：", "所属", "提出先", "■ 市民税係", "記入例", "合計", "※", "〃",
        "タイムスタンプ", "受託者", "要求額", "1日5件", "2時間×3人", "1万", "年間計 ", "☑紙 □電子", "-", "=1+1",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    cells=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6), st.one_of(TEXTS, PIECES)), max_size=8
    )
)
def test_no_text_in_any_cell_stops_the_check(cells: list[tuple[int, int, str]]) -> None:
    rows: list[list[Value]] = [[None] * 7 for _ in range(7)]
    rows[2][:6] = LABELS
    rows[3][:6] = ["課税", "賦課", "入力", 10, 5.5, "紙"]
    rows[4][:6] = ["課税", "徴収", "督促", 20, 7, "電子"]
    for row, column, text in cells:
        rows[row][column] = text
    found = read(text_file(rows))
    assert set(found.diagnostics["code"]) <= set(MESSAGES)
    assert found.diagnostics["message"].null_count() == 0
    assert found.survey.workbooks["status"].to_list() in (["read"], ["refused"])


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(
        st.one_of(
            TEXTS, st.sampled_from(["=1+1", "+81", "-5", "@x", "#REF!", "'a", "1,200", "TRUE"])
        ),
        min_size=1,
        max_size=5,
    )
)
def test_texts_that_are_exported_are_read_back_exactly(texts: list[str]) -> None:
    book = new_book()
    write_sheet(book, "業務", pl.DataFrame({"issues": texts}), {"issues": "課題"})
    sheets = read_sheets(save(book))
    assert not isinstance(sheets, Refusal)
    read_back = [to_text(row[0]) for row in sheets[0].rows[1:]]
    read_back += [None] * (len(texts) - len(read_back))
    assert read_back == [text.strip() or None for text in texts]
