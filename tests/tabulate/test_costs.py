"""What the work costs, against sums by hand."""

import pytest

from bpr.pipeline import Report
from bpr.settings.savings import Factor
from bpr.tabulate.costs import cost_by_class
from tests.tabulate.town import town_report

HOURLY = {
    "regular": Factor((2000, 3000, 4000), "円/時間", "実績", "決算"),
    "nonregular": Factor((1000, 1500, 2000), "円/時間", "目安", "報酬"),
    "unknown": Factor((1000, 2000, 4000), "円/時間", "目安", "両者の幅"),
}


@pytest.fixture(scope="module")
def report() -> Report:
    return town_report()


def test_each_kind_of_staff_has_its_own_yen(report: Report) -> None:
    """Regular: 200 h core, 400 h routine; nonregular: 150 h expert, 200 h routine; unsaid: 50 h."""
    costs = cost_by_class(report.tables.class_by_staff, HOURLY)
    assert {row[0]: row[1:] for row in costs.iter_rows()} == {
        "core": (200, 400_000, 600_000, 800_000),
        "expert": (150, 150_000, 225_000, 300_000),
        "routine": (600, 1_000_000, 1_500_000, 2_000_000),
        "nonroutine": (50, 50_000, 100_000, 200_000),
        "total": (1000, 1_600_000, 2_425_000, 3_300_000),
    }


def test_the_classes_add_up_to_the_total(report: Report) -> None:
    savings = report.settings.savings.hourly_yen
    costs = cost_by_class(report.tables.class_by_staff, savings)
    classes = costs.filter(costs["work_class"] != "total")
    total = costs.filter(work_class="total")
    for column in ("hours", "yen_low", "yen", "yen_high"):
        assert classes[column].sum() == pytest.approx(total[column].item())
    assert total["yen"].item() == 600 * 3285 + 350 * 1500 + 50 * 2400


def test_no_tasks_cost_nothing(report: Report) -> None:
    assert not cost_by_class(report.tables.class_by_staff.clear(), HOURLY).height
