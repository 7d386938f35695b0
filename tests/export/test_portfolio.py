"""A portfolio as a workbook: rows cell by cell, totals that follow later edits, text that stays text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from bpr.export.portfolio import average_of, tell_proof, write_portfolio
from bpr.frames import LeftOut, MarginalValues, Options
from bpr.frames.portfolio import Limits, Portfolio
from bpr.pipeline import Report
from tests.export.recalculated import needs_office, recalculate

Opened = Callable[[bytes], openpyxl.Workbook]

NAMES = ["task_id", "lever", "division", "saving_hours", "setup_yen", "yearly_yen", "staff_days"]
LABELS = [
    "No", "課", "業務", "手段", "適性が最も\n高い手段", "適性の\n順位", "削減見込\n（時間/年）", "下限", "上限",
    "初期費用\n（円）", "毎年の費用\n（円/年）", "職員の手間\n（人日）", "業務ID",
]  # fmt: skip


def options(*rows: tuple[Any, ...]) -> Any:
    schema = Options.create_empty().select(NAMES).schema
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Options.validate(frame.select(Options.column_names()))


def portfolio(chosen: Any = None, gap: float = 0.0) -> Portfolio:
    if chosen is None:
        chosen = options(
            ("税務課-1", "rpa", "税務課", 200.0, 100_000.0, 10_000.0, 6.0),
            ("税務課-3", "outsourcing", "税務課", 90.5, 0.0, 1_090_000.0, 10.5),
        )
    rpa = chosen.filter(pl.col("lever") == "rpa").height
    costs = [float(chosen[name].sum()) for name in ("setup_yen", "yearly_yen")]
    return Portfolio(
        chosen=chosen,
        saving_hours=float(chosen["saving_hours"].sum()),
        setup_yen=costs[0],
        yearly_yen=costs[1],
        licence_yen=300_000.0 * rpa,
        licences={"rpa": 1} if rpa else {},
        first_year_yen=sum(costs) + 300_000.0 * rpa,
        staff_days=float(chosen["staff_days"].sum()),
        gap=gap,
        limits=Limits(5, 2_000_000.0, None, 3, {"rpa": 2}),
    )


def left_out(*rows: tuple[Any, ...]) -> Any:
    names = ["task_id", "lever", "reason", "saving_hours", "lost_hours"]
    frame = pl.DataFrame(rows, schema=LeftOut.create_empty().select(names).schema, orient="row")
    return LeftOut.validate(frame.select(LeftOut.column_names()))


def margins(*rows: tuple[Any, ...]) -> Any:
    names = ["limit", "more", "unit", "gained_hours", "gap"]
    schema = MarginalValues.create_empty().select(names).schema
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return MarginalValues.validate(frame.select(MarginalValues.column_names()))


def book(report: Report, known: Portfolio) -> bytes:
    return write_portfolio(
        report,
        known,
        left_out(
            ("福祉課-3", "rpa", "=予算が足りない", 8.0, 2.5),
            ("福祉課-1", "rpa", "時間が減らない", -4.0, None),
        ),
        margins(
            ("budget_yen", 150_000.0, "円", 20.0, 0.0), ("per_division", 1.0, "業務/課", 0.0, 0.01)
        ),
        ["みどり野町　令和6年度調査", "重み：標準"],
    )


def rows(sheet: Any, first: int) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


def test_the_chosen_tasks_cell_by_cell(town: Report, opened: Opened) -> None:
    sheet = opened(book(town, portfolio()))["選んだ業務"]
    assert sheet["A2"].value == "みどり野町　令和6年度調査　重み：標準　2 業務"
    head, first, second, _ = rows(sheet, 5)
    task = town.tasks.filter(task_id="税務課-1").row(0, named=True)
    saving = town.savings.filter(task_id="税務課-1", lever="rpa").row(0, named=True)
    assert head == LABELS
    assert first[:4] == [1, "税務課", "賦課／申告書の入力", "RPA"]
    assert first[5:7] == [task["rank"], 200]
    assert first[7:9] == pytest.approx([saving["saving_hours_low"], saving["saving_hours_high"]])
    assert first[9:] == [100_000, 10_000, 6, "税務課-1"]
    assert [second[0], second[3], second[12]] == [2, "外部委託", "税務課-3"]


def test_the_totals_are_formulas_over_all_rows(town: Report, opened: Opened) -> None:
    total = rows(opened(book(town, portfolio()))["選んだ業務"], 5)[-1]
    assert total[2] == "合計"
    letters = {LABELS[i]: cell for i, cell in enumerate(total) if str(cell).startswith("=")}
    assert set(letters.values()) == {f"=SUM({letter}6:{letter}7)" for letter in "GHIJKL"}


def test_what_was_left_out_and_why(town: Report, opened: Opened) -> None:
    sheet = opened(book(town, portfolio()))["入らなかった業務"]
    _, first, second = rows(sheet, 4)
    assert first[0] == "庶務／備品の片付け"
    assert first[4:] == [8, "=予算が足りない", 2.5, None, "福祉課-3"]
    assert second[4:8] == [-4, "時間が減らない", None, "入れられない"]
    assert sheet["F5"].data_type == "s"


def test_more_beside_the_average(town: Report, opened: Opened) -> None:
    _, budget, share = rows(opened(book(town, portfolio()))["あと少しの価値"], 4)
    assert budget[:4] == ["予算（初年度）", 150_000, "円", 20]
    assert budget[4:] == pytest.approx([290.5 / 1_500_000 * 150_000, 20 / 290.5, 0])
    assert share == ["1 つの課から選ぶ数", 1, "業務/課", 0, None, 0, 0.01]
    assert average_of(portfolio(options()), "tasks") is None


def test_limits_and_what_is_used(town: Report, opened: Opened) -> None:
    table = rows(opened(book(town, portfolio()))["条件"], 5)
    used = {row[0]: row[1:] for row in table[1:7]}
    assert used["選ぶ業務の数"] == [5, 2, "業務"]
    assert used["予算（初年度）"] == [2_000_000, "=D18", "円"]
    assert used["職員の手間"] == [None, "='選んだ業務'!L8", "人日"]
    assert used["1 つの課から選ぶ数"] == [3, 2, "業務"]
    assert used["RPA のライセンス"] == [2, 1, "本"]
    assert used["AI-OCR のライセンス"] == [None, 0, "本"]
    assert table[-1] == ["合計", None, None, "=SUM(D14:D17)"]
    assert table[-2][3] == "=B17*C17"


def test_nothing_chosen_is_no_error(town: Report, opened: Opened) -> None:
    found = opened(book(town, portfolio(options())))
    assert rows(found["選んだ業務"], 6) == []
    assert found["条件"]["D14"].value == 0


def test_the_proof_says_how_far_it_goes() -> None:
    assert tell_proof(portfolio(gap=5e-7)).endswith("（計算で確かめました）。")
    assert "証明は 0.25%の差まで" in tell_proof(portfolio(gap=0.0025))
    assert "証明は 0.01%未満の差まで" in tell_proof(portfolio(gap=2e-6))


def test_only_our_formulas_are_formulas(hostile: Report, opened: Opened) -> None:
    ids = hostile.tasks["task_id"].to_list()
    chosen = options(*((task_id, "rpa", "税務課", 1.0, 0.0, 0.0, 1.0) for task_id in ids))
    found = opened(write_portfolio(hostile, portfolio(chosen), left_out(), margins(), ["=1+1"]))
    formulas = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    last = 6 + len(ids)
    assert formulas == {f"選んだ業務!{letter}{last}" for letter in "GHIJKL"} | {
        f"条件!{place}" for place in ("C6", "C7", "D13", "D14", "D15", "D16", "D17")
    }


@needs_office
def test_libreoffice_finds_the_sums(town: Report, tmp_path: Path) -> None:
    known = portfolio()
    [found] = recalculate(tmp_path, book(town, known))
    total = rows(found["選んだ業務"], 6)[-1]
    assert total[6] == pytest.approx(known.saving_hours)
    assert total[9:12] == pytest.approx([100_000, 1_100_000, 16.5])
    licence = town.settings.savings.levers["rpa"].licence_yen
    assert licence is not None
    first_year = 1_200_000 + licence.range[1]
    assert found["条件"]["C7"].value == found["条件"]["D18"].value == pytest.approx(first_year)
