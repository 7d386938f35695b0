"""The explanation of one task: lines that add up, sentences that name what counted."""

from typing import Any

import pytest

from bpr.score.explain import Explanation, explain_task
from tests.builder import ROUTINE, SETTINGS, score, task, tasks_frame

RICH: dict[str, Any] = {
    **ROUTINE,
    "annual_count": 12000.0,
    "annual_hours": 900.0,
    "medium": "paper_huge",
    "staff_type": "regular",
}


def explain(activity: str | None = "申告書の入力", **known: Any) -> Explanation:
    facts = score(tasks_frame(task("賦課", activity, **{**RICH, **known}))).facts
    return explain_task(facts, SETTINGS.scoring, SETTINGS.savings, SETTINGS.acts)


@pytest.mark.parametrize(
    "known", [{}, {"medium": None}, {"must_be_staff": True}, {"annual_hours": 20.0}]
)
def test_lines_add_up_to_the_score(known: dict[str, Any]) -> None:
    found = explain(**known)
    assert [lever.score[1] for lever in found.levers] == sorted(
        (one.score[1] for one in found.levers), reverse=True
    )
    assert {lever.lever for lever in found.levers} == set(SETTINGS.scoring.levers)
    for lever in found.levers:
        total = sum(line.weight for line in lever.lines)
        for end in range(3):
            points = [100 * line.weight * line.value[end] / total for line in lever.lines]
            assert [line.points[end] for line in lever.lines] == pytest.approx(points, abs=1e-9)
        assert lever.uncapped == pytest.approx(
            sum(line.points[1] for line in lever.lines), abs=1e-9
        )
        assert lever.score[1] == pytest.approx(min(lever.uncapped, lever.cap), abs=1e-9)
        assert (lever.gate is not None) == (lever.uncapped > lever.cap)


def test_the_reason_names_what_counted_most_and_the_change() -> None:
    found = explain()
    assert found.recommended
    assert found.levers[0].lever == "ai_ocr"
    assert (
        found.why
        == "作業の種類が「入力・登録」、紙の量が「紙（量極大）」、年間件数が「12,000 件/年」なので、AI-OCRに向きます。"
        or found.why.endswith("なので、AI-OCRに向きます。")
    )
    assert "紙（量極大）" in found.why
    assert found.change == SETTINGS.scoring.levers["ai_ocr"].change


def test_an_unanswered_criterion_is_no_reason() -> None:
    assert "未回答" not in explain(medium=None).why
    assert "None" not in explain(None, medium=None, annual_count=None).why


def test_what_stands_in_the_way_is_said() -> None:
    found = explain("財産の差押え", must_be_staff=True, annual_count=None, annual_hours=None)
    assert not found.recommended
    assert found.why == SETTINGS.scoring.gates["core_work"].reason
    assert found.change.startswith("判断する部分は職員に残し")


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ({}, "BPO"),
        ({"annual_hours": 500.0}, "会計年度任用職員"),
        ({"annual_hours": 1500.0, "peak_months": "3月"}, "人材派遣"),
        ({"is_routine": False}, "会計年度任用職員"),
        ({"annual_hours": 5000.0, "peak_months": "3月"}, "BPO"),
    ],
)
def test_the_kind_of_outsourcing(known: dict[str, Any], kind: str) -> None:
    found = explain("申込書の受付", **{"annual_hours": 2000.0, **known})
    [lever] = [lever for lever in found.levers if lever.lever == "outsourcing"]
    assert lever.kind is not None
    assert lever.kind.label == kind
    assert lever.kind.source


def test_a_public_facility_goes_to_a_designated_manager() -> None:
    found = explain("体育館の利用受付")
    [lever] = [lever for lever in found.levers if lever.lever == "outsourcing"]
    assert lever.kind is not None
    assert lever.kind.label == "指定管理者"


def test_the_saving_can_be_recomputed_from_its_factors() -> None:
    lever = explain().levers[0]
    factor = {line.label: line.range for line in lever.saving.factors}
    hours, named, rate, checking, upkeep = (
        factor[name]
        for name in (
            "年間作業時間",
            "業務名に書かれた作業の割合",
            "減る割合",
            "確認の割合",
            "運用の時間",
        )
    )
    [share] = [r for name, r in factor.items() if name.startswith("手段が引き受ける作業の割合")]
    taken = [hours[end] * named[end] * share[end] for end in range(3)]
    assert lever.saving.hours is not None
    assert lever.saving.hours[1] == pytest.approx(taken[1] * (rate[1] - checking[1]) - upkeep[1])
    assert lever.saving.hours[0] == pytest.approx(taken[0] * (rate[0] - checking[2]) - upkeep[2])
    assert lever.saving.hours[2] == pytest.approx(taken[2] * (rate[2] - checking[0]) - upkeep[0])
    for line in lever.saving.factors:
        assert line.unit
        assert line.kind in {"実績", "見込み", "アンケート", "目安", "調査票"}
        assert line.source


def test_payback_counts_a_share_of_the_licence_or_a_whole_one() -> None:
    saving = explain().levers[0].saving
    assert saving.yen is not None
    assert saving.payback_years == pytest.approx(
        saving.setup_yen / (saving.yen - saving.licence_yen / 20)
    )
    assert saving.payback_alone_years == pytest.approx(
        saving.setup_yen / (saving.yen - saving.licence_yen)
    )
    small = explain(annual_hours=300.0).levers[0].saving
    assert small.yen is not None
    assert small.yen < small.licence_yen
    assert small.payback_alone_years is None


def test_unknown_hours_leave_the_saving_open() -> None:
    saving = explain(annual_hours=None).levers[0].saving
    assert saving.hours is None
    assert saving.yen is None
    assert saving.payback_years is None
    assert [line.label for line in saving.factors if line.label == "年間作業時間"] == []
