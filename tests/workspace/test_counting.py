"""What was saved, what the KPI count, and what the office's own rates make of its report."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import polars as pl
import pytest

from bpr.decide.measurements import Measurement
from bpr.errors import InputError, RefusedError
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, Person, acting
from tests.builder import Rows, workbook
from tests.tabulate.town import HEADER, town_workbook
from tests.workspace.two_years import open_two_years

INPUT, DECIDING, SENDING = "税務課-1", "税務課-2", "税務課-3"
DIVISIONS: Final = ("税務課", "福祉課", "住宅課")
THRICE: Final[Rows] = [
    HEADER,
    *(
        [1, division, "賦課", "申告書の入力", "正規職員", 1000, hours, "紙（量多い）", "無", "有", "いいえ", "いいえ", "はい"]
        for division, hours in zip(DIVISIONS, (400, 200, 100), strict=True)
    ),
]  # fmt: skip


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([town_workbook()])
    return workspace


@pytest.fixture
def years(workspace: Workspace) -> Workspace:
    """Targets 1 to 5 of 2025 (edition 2): 申告書の入力, 納付書の発送, 備品, 苦情, 給付."""
    before, _ = open_two_years(workspace)
    with acting(LOCAL, "", before):
        workspace.create_targets(
            [INPUT, SENDING, "福祉課-3", "福祉課-2", "福祉課-4"], happened_on=date(2026, 3, 1)
        )
    return workspace


def move(town: Workspace, number: int, day: str, *statuses: str, reason: str | None = None) -> None:
    for status in statuses:
        seen = town.read_target(number).target.version
        town.move_target(number, seen, status, date.fromisoformat(day), reason)


def finish(town: Workspace, task_id: str, day: str, lever: str | None = None) -> int:
    """Make a task a target and let it be done on a day; return its number."""
    [number] = town.create_targets([task_id], lever=lever, happened_on=date(2023, 4, 1))
    move(town, number, day, "running", "done")
    return number


def hours(number: int, before: float, after: float, **more: Any) -> Measurement:
    """Hours of 2025 and 2026."""
    days = (date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31))
    return replace(Measurement(number, "hours", before, after, *days, "measured"), **more)


def actuals(town: Workspace, kpi: str) -> dict[int, float | None]:
    return dict(town.read_kpi(kpi).progress.select("fiscal_year", "actual").iter_rows())


def last_entry(town: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(town.store.read_audit(most=1)["after"].item())
    return found


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refused:
        work()
    return str(refused.value)


# --- measuring ----------------------------------------------------------------------------------


def test_a_later_survey_tells_what_was_saved(years: Workspace) -> None:
    """400 hours and 1,000 cases became 270 and 900."""
    assert years.measure_by_survey(1, 3, "調査から") == []
    found = years.read_target(1).measurements
    assert [(m.figure, m.before, m.after, m.source, m.evidence, m.note) for m in found] == [
        ("hours", 400.0, 270.0, "edition", "measured", "調査から"),
        ("count", 1000.0, 900.0, "edition", "measured", "調査から"),
    ]
    assert (found[0].before_from, found[0].after_to) == (date(2025, 4, 1), date(2027, 3, 31))
    move(years, 1, "2027-04-01", "running", "done")
    assert actuals(years, "saved_hours")[2027] == 130.0


def test_only_confirmed_links_count(years: Workspace) -> None:
    assert "確かめられていません" in refusal(lambda: years.measure_by_survey(2, 3))
    years.say_of_link(2, 3, SENDING, SENDING, "deny")
    assert "確かめられていません" in refusal(lambda: years.measure_by_survey(2, 3))
    assert years.read_target(2).measurements == []
    years.say_of_link(2, 3, SENDING, SENDING, "confirm")
    years.measure_by_survey(2, 3)
    [first, _] = years.read_target(2).measurements
    assert (first.before, first.after) == (200.0, 150.0)


def test_what_a_survey_cannot_tell(years: Workspace) -> None:
    assert "確かめられていません" in refusal(lambda: years.measure_by_survey(3, 3))
    assert "時間も件数もない" in refusal(lambda: years.measure_by_survey(4, 3))
    assert "決めた調査より後の調査" in refusal(lambda: years.measure_by_survey(1, 2))
    assert "年度が分かりません" in refusal(lambda: years.measure_by_survey(1, 1))
    with acting(LOCAL, "", 3):
        [later] = years.create_targets([DECIDING])
    assert "2026年度より後ではありません" in refusal(lambda: years.measure_by_survey(later, 2))
    seen = years.read_target(1).target.version
    years.split_target(1, seen, {"入力": 0.5, "確認": 0.5})
    assert "業務の一部なので" in refusal(lambda: years.measure_by_survey(1, 3))
    assert all(not years.read_target(n).measurements for n in (1, 3, 4, later))


def test_tasks_that_were_merged_are_measured_together(years: Workspace) -> None:
    """申告書の入力 400 -> 270 and 給付の決定 100 -> 130."""
    years.merge_targets(5, years.read_target(5).target.version, 1)
    years.measure_by_survey(1, 3)
    first = years.read_target(1).measurements[0]
    assert (first.before, first.after, first.base) == (500.0, 400.0, 2.0)


def test_a_division_measures_its_own_target_by_a_survey(years: Workspace) -> None:
    with acting(Person("zei", "税務課", "division", "税務課")):
        years.measure_by_survey(1, 3)
    assert years.read_target(1).measurements[0].measured_by == "zei"


def test_a_measurement_entered_wrong_is_taken_back(town: Workspace) -> None:
    """300 hours saved were 30: the wrong figure no longer counts, and stays known."""
    number = finish(town, INPUT, "2027-04-01")
    town.measure_target(hours(number, 400, 370))
    town.measure_target(hours(number, 400, 100))
    assert actuals(town, "saved_hours")[2027] == 300.0
    right, wrong = town.read_target(number).measurements
    withdraw(town, number, wrong, "けたを間違えた")
    assert town.read_target(number).measurements == [right]
    assert actuals(town, "saved_hours")[2027] == 30.0
    assert (
        town.read_target(number)
        .history[-1]
        .startswith("測定の取り消し：作業時間 400 → 100 時間、理由：けたを間違えた（local、")
    )
    withdraw(town, number, right, "別の対象の値")
    assert town.list_effects()[0].realized is None
    town.measure_target(hours(number, 400, 390))
    [latest] = town.read_target(number).measurements
    assert (latest.measurement_id, latest.after) == (3, 390.0)


def test_what_cannot_be_taken_back(town: Workspace) -> None:
    number = finish(town, INPUT, "2027-04-01")
    other = finish(town, SENDING, "2027-04-01")
    town.measure_target(hours(number, 400, 370))
    [only] = town.read_target(number).measurements
    for told, target, reason in (
        ("測定 1 はありません", other, "理由"),
        ("理由がありません", number, " "),
    ):
        assert told in refusal(lambda t=target, r=reason: withdraw(town, t, only, r))  # type: ignore[misc] # bound at once
    move(town, number, "2027-06-20", "confirmed")
    assert "根拠はこの測定だけ" in refusal(lambda: withdraw(town, number, only, "理由"))
    town.measure_target(hours(number, 400, 380))
    withdraw(town, number, only, "理由")
    assert "測定 1 はありません" in refusal(lambda: withdraw(town, number, only, "理由"))
    with acting(Person("zei", "福祉課", "division", "福祉課")), pytest.raises(RefusedError):
        town.withdraw_measurement(number, 1, 2, "理由")


def withdraw(town: Workspace, number: int, measurement: Measurement, reason: str) -> None:
    seen = town.read_target(number).target.version
    assert measurement.measurement_id is not None
    town.withdraw_measurement(number, seen, measurement.measurement_id, reason)


def test_a_past_figure_that_a_withdrawal_changes_is_told(town: Workspace) -> None:
    number = finish(town, INPUT, "2025-06-01")
    days = {"before_from": date(2023, 4, 1), "before_to": date(2024, 3, 31)}
    town.measure_target(
        hours(number, 400, 100, **days, after_from=date(2024, 4, 1), after_to=date(2025, 3, 31))
    )
    withdraw(town, number, town.read_target(number).measurements[0], "別の対象の値")
    told = last_entry(town)
    assert told["measurement_id"] == 1
    assert told["kpi_changes"]["saved_hours 2025"] == [300.0, None]


def test_what_is_doubtful_is_told_and_kept(town: Workspace) -> None:
    town.create_targets([INPUT])
    half = {"after_to": date(2026, 9, 30), "freed_use": "other"}
    doubts = town.measure_target(hours(1, 400, 120, **half))
    assert [doubt.split("」", 1)[1] for doubt in doubts] == [
        "の期間は、導入前 1.00 年、導入後 0.50 年です。1 年分に直して使います。繁忙期の入り方が同じか確かめてください。",
        "の空いた時間の使い道が「その他」です。内容を書いてください。",
    ]
    assert "母数（回答した人数）" in town.measure_target(hours(1, 400, 300, evidence="opinion"))[0]
    assert town.measure_target(hours(1, 400, 300, freed_use="counter", freed_note="窓口")) == []
    assert [m.freed_use for m in town.read_target(1).measurements] == ["other", None, "counter"]


def test_what_cannot_be_measured_leaves_nothing(town: Workspace) -> None:
    town.create_targets([INPUT])
    log = town.store.read_audit().height
    for wrong, told in (
        (hours(1, 400, -1), "0 以上の数"),
        (hours(9, 400, 300), "対象の番号 9 がありません"),
        (hours(1, 400, 300, after_to=date(2028, 3, 31)), "まだ終わっていません"),
        (hours(1, 400, 300, freed_use="play"), "使い道「play」はありません"),
    ):
        assert told in refusal(lambda given=wrong: town.measure_target(given))  # type: ignore[misc] # bound at once
    assert town.read_target(1).measurements == []
    assert town.store.read_audit().height == log


def test_expected_against_realized(town: Workspace) -> None:
    """Expected 98.32 of AI-OCR, realized 100; of outsourcing 92, nobody measured."""
    first = finish(town, INPUT, "2025-04-01")
    finish(town, SENDING, "2025-04-01")
    town.measure_target(hours(first, 400, 300))
    found = town.summarize_effects()
    names = ["lever", "evidence", "targets", "measured", "realized_hours", "compared", "ratio"]
    assert found.select(names).rows() == [
        ("ai_ocr", "measured", 1, 1, 100.0, 1, pytest.approx(100 / 98.32)),
        ("outsourcing", None, 1, 0, None, 0, None),
    ]


# --- own rates ----------------------------------------------------------------------------------


def test_own_rates_take_the_place_of_published_ones(workspace: Workspace) -> None:
    """Of 320 + 160 hours taken over, 100 + 60 were saved: a third, so of 80 hours 26.7 less 6."""
    workspace.import_workbooks([workbook(THRICE, name="調査票.xlsx")])
    kpi = replace(workspace.settings.kpi, feedback_least=2)
    workspace.settings = replace(workspace.settings, kpi=kpi)
    ids = [f"{division}-1" for division in DIVISIONS]
    numbers = [finish(workspace, task_id, "2025-04-01", "ai_ocr") for task_id in ids[:2]]
    plain = workspace.report()
    assert saving(workspace, ids[2]) == pytest.approx(80 * 0.326 - 6)

    workspace.measure_target(hours(numbers[0], 400, 300))
    assert workspace.own_rates().is_empty()
    assert workspace.report() is plain

    workspace.measure_target(hours(numbers[1], 200, 140))
    [row] = workspace.own_rates().to_dicts()
    assert (row["lever"], row["n"], row["rate"]) == ("ai_ocr", 2, pytest.approx(1 / 3))
    assert saving(workspace, ids[2]) == pytest.approx(80 / 3 - 6)
    assert workspace.report().settings.digest != plain.settings.digest
    lines = next(one for one in workspace.explain(ids[2]).levers if one.lever == "ai_ocr")
    rate = next(line for line in lines.saving.factors if line.name == "rate")
    assert (rate.kind, rate.source) == ("実績", "自庁の実績 2 業務（2026年度まで）")
    assert rate.range == pytest.approx((100 / 320, 1 / 3, 60 / 160))

    frozen = workspace.read_target(numbers[0]).target
    assert frozen.rate == 0.886
    move(workspace, numbers[1], "2027-06-20", "running", reason="やり直す")
    assert workspace.own_rates().is_empty()
    assert workspace.report().settings.digest == plain.settings.digest


def saving(workspace: Workspace, task_id: str) -> float:
    savings = workspace.report().savings.filter(task_id=task_id)
    return float(savings.filter(pl.col("lever") == "ai_ocr")["saving_hours"].item())


# --- KPI ----------------------------------------------------------------------------------------


def test_done_work_adds_up_over_fiscal_years(town: Workspace) -> None:
    """Done in 2023, 2024 (on its last day) and 2026; AI-OCR, RPA and none of these."""
    finish(town, INPUT, "2023-06-01", "ai_ocr")
    finish(town, SENDING, "2025-03-31", "rpa")
    finish(town, DECIDING, "2026-04-01", "simplify")
    town.create_targets(["福祉課-3"])
    assert actuals(town, "bpr_done") == {2022: 0, 2023: 1, 2024: 2, 2025: 2, 2026: 3, 2027: 3}
    assert actuals(town, "ai_rpa_introduced") == {
        2022: 0, 2023: 1, 2024: 2, 2025: 2, 2026: 2, 2027: 2,
    }  # fmt: skip
    row = town.read_kpi("bpr_done").progress.row(
        by_predicate=pl.col("fiscal_year") == 2026, named=True
    )
    assert (row["added"], row["expected"], row["achieved_ratio"]) == (1.0, 20.0, 0.12)
    assert (row["grade"], row["grade_label"]) == ("C", "目標より遅れている")


def test_parts_count_once_and_merged_tasks_once_or_each(town: Workspace) -> None:
    first = finish(town, INPUT, "2026-05-01", "rpa")
    town.split_target(first, town.read_target(first).target.version, {"入力": 0.5, "確認": 0.5})
    assert actuals(town, "bpr_done")[2027] == actuals(town, "ai_rpa_introduced")[2027] == 1
    second = finish(town, SENDING, "2026-05-01", "rpa")
    third = finish(town, DECIDING, "2026-05-01", "rpa")
    assert actuals(town, "bpr_done")[2027] == 3
    town.merge_targets(third, town.read_target(third).target.version, second)
    assert (actuals(town, "bpr_done")[2027], actuals(town, "ai_rpa_introduced")[2027]) == (2, 3)


def test_a_change_of_a_past_year_is_told_in_the_audit_log(town: Workspace) -> None:
    number = finish(town, INPUT, "2024-06-01", "ai_ocr")
    past = range(2024, 2027)
    assert last_entry(town)["kpi_changes"] == {
        f"{kpi} {year}": [0.0, 1.0] for kpi in ("bpr_done", "ai_rpa_introduced") for year in past
    }
    town.measure_target(hours(number, 400, 300))
    assert last_entry(town)["kpi_changes"] == {"saved_hours 2026": [None, 100.0]}
    move(town, number, "2026-05-01", "withdrawn", reason="使われていない")
    assert last_entry(town)["kpi_changes"] == {
        "bpr_done 2026": [1.0, 0.0],
        "ai_rpa_introduced 2026": [1.0, 0.0],
        "saved_hours 2026": [100.0, None],
    }
    assert actuals(town, "bpr_done") == {2022: 0, 2023: 0, 2024: 1, 2025: 1, 2026: 0, 2027: 0}


def test_a_change_of_this_year_alone_is_not_told(town: Workspace) -> None:
    number = finish(town, INPUT, "2027-04-01")
    move(town, number, "2027-06-01", "withdrawn", reason="使われていない")
    for row in town.store.read_audit()["after"].drop_nulls():
        assert "kpi_changes" not in row


def test_figures_that_people_enter(town: Workspace) -> None:
    town.enter_kpi("e_approval", 2025, "actual", 30, base=900, evidence="measured")
    town.enter_kpi("e_approval", 2026, "actual", 40, base=1000, evidence="expected", note="速報")
    town.enter_kpi("e_approval", 2026, "actual", 45, base=1200, evidence="measured")
    assert last_entry(town) == {"value": 45.0, "base": 1200.0}
    rows = town.read_kpi("e_approval").progress.select("fiscal_year", "actual", "base", "evidence")
    assert rows.rows()[3:] == [
        (2025, 30.0, 900.0, "measured"), (2026, 45.0, 1200.0, "measured"), (2027, None, None, None),
    ]  # fmt: skip
    town.enter_kpi("bpr_done", 2026, "target", 10)
    expected = dict(
        town.read_kpi("bpr_done").progress.select("fiscal_year", "expected").iter_rows()
    )
    assert (expected[2024], expected[2026], expected[2027]) == (5.0, 10.0, 25.0)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("e_approvel", 2026, "actual", 1), "e_approval のことですか"),
        (("e_approval", 2026, "plan", 1), "種類「plan」はありません"),
        (("bpr_done", 2026, "actual", 1), "BPR対象の記録から数えます"),
        (("e_approval", 2028, "actual", 1), "今年度までを入れてください"),
        (("e_approval", 26, "target", 1), "年度「26」は使えません"),
        (("e_approval", 2026, "actual", 101), "100 まで"),
        (("e_approval", 2026, "actual", float("nan")), "値「nan」は使えません"),
        (("e_approval", 2026, "actual", 40), "母数（何件のうちか）"),
    ],
)
def test_figures_that_are_refused(town: Workspace, arguments: tuple[Any, ...], told: str) -> None:
    assert told in refusal(lambda: town.enter_kpi(*arguments))
    assert town.store.read_kpi_values().is_empty()
