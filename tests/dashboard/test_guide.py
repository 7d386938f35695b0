"""使い方: the five steps tell how far the work is, to each what he may do."""

from dataclasses import replace
from datetime import date

import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages import PAGES
from bpr.dashboard.pages.guide.layout import count_work
from bpr.dashboard.pages.guide.view import Counts, State, view_answer, view_steps
from bpr.decide.measurements import Measurement
from bpr.workspace import Workspace
from bpr.workspace.rights import RIGHTS
from tests.builder import workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.dashboard.people import Member, add_person
from tests.tabulate.town import town_workbook

NOTHING = Counts(0, 0, 0, 0, 0, 0, 0, 0, 0)
HALF = Counts(32, 3616, 12, 19, 3, 350, 5, 2, 1)
ABOUT = ("/guide", "/settings")
"""Pages about the tool, that are never empty."""
DONE, GOING, OPEN = State.DONE, State.GOING, State.OPEN


def states(counts: Counts, role: str = "admin") -> list[State]:
    return [step.state for step in view_steps(counts, RIGHTS[role])]


def test_before_anything_has_come() -> None:
    steps = view_steps(NOTHING, RIGHTS["admin"])
    assert {step.state for step in steps} == {OPEN}
    assert view_answer(steps) == ["手順は 5 つ。次は「取り込む」です。"]


def test_half_way_each_step_tells_its_number() -> None:
    steps = view_steps(HALF, RIGHTS["admin"])
    assert states(HALF) == [DONE, GOING, GOING, DONE, GOING]
    assert view_answer(steps) == ["手順は 5 つ。うち 2 つが済みました。次は「指摘を直す」です。"]
    assert [step.told for step in steps] == [
        "32 ファイル・3,616 業務を取り込みました。",
        "エラー 12 件、要確認 19 件があります。",
        "人が確かめた業務は 3 件、確かめるとよい業務は残り 350 件です。",
        "BPR対象は 5 件です。",
        "実施済は 2 件、うち効果を入れたのは 1 件です。",
    ]


def test_all_done() -> None:
    counts = replace(HALF, errors=0, doubtful=0, measured=2)
    steps = view_steps(counts, RIGHTS["admin"])
    assert states(counts) == [DONE] * 5
    assert view_answer(steps) == ["5 つの手順が、すべて済んでいます。"]


def test_files_of_which_none_could_be_read_are_no_step_done() -> None:
    assert states(replace(NOTHING, files=2, errors=2))[:2] == [OPEN, GOING]


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        ("admin", ["取込", "取込", "確認", "候補", "BPR対象"]),
        ("decider", ["確認", "候補", "BPR対象"]),
        ("division", ["確認", "BPR対象"]),
        ("viewer", []),
    ],
)
def test_only_what_one_may_do_is_offered(role: str, pages: list[str]) -> None:
    assert [step.page for step in view_steps(HALF, RIGHTS[role])] == pages


def test_who_may_only_look_is_told_so() -> None:
    assert view_answer([])[0] == "このアカウントでは、結果を見るだけです。"


def test_the_counts_are_those_of_the_workspace(workspace: Workspace) -> None:
    report = workspace.report()
    ids = report.tasks.sort("rank")["task_id"].to_list()[:3]
    workspace.create_targets(ids, happened_on=date(2024, 5, 1))
    for number, way in enumerate((("running", "done"), ("running", "done"), ("withdrawn",)), 1):
        for status in way:
            seen = workspace.read_target(number).target.version
            workspace.move_target(number, seen, status, date(2024, 6, 1), "理由")
    year = (date(2023, 4, 1), date(2024, 3, 31), date(2024, 7, 1), date(2025, 6, 30))
    workspace.measure_target(Measurement(1, "hours", 90, 30, *year, "measured"))
    counts = count_work(workspace)
    severities = report.diagnostics["severity"].to_list()
    assert counts == Counts(
        files=1,
        tasks=report.tasks.height,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        confirmed=1,
        doubtful=report.reviews.height,
        targets=2,
        done=2,
        measured=1,
    )
    assert counts.tasks > 3


def test_each_step_leads_to_its_page_and_the_next_one_is_marked(workspace: Workspace) -> None:
    tree = Browser(create_app(workspace)).page("/guide")
    steps = [p["props"] for p in components(tree) if "guide-step " in f"{p['props'].get('className')} "]  # fmt: skip
    assert len(steps) == 5
    links = [
        p["props"]
        for p in components(by_id(tree, "guide-steps")["children"])
        if p["type"] == "Link"
    ]
    labels = {page.path: page.label for page in PAGES}
    for link in links:
        path = link["href"].split("?")[0].split("#")[0]
        assert texts(link["children"])[0] == f"「{labels[path]}」を開く"
    current = [step.get("aria-current") for step in steps]
    assert current.count("step") == 1
    answer = texts(by_id(tree, "guide-answer")["children"])[0]
    marked = texts(steps[current.index("step")]["children"])
    assert f"次は「{marked[1]}」です。" in answer


def test_a_division_counts_its_own(make_workspace: MakeWorkspace) -> None:
    town = make_workspace(town_workbook())
    divisions = town.report().tasks["division"].unique().sort().to_list()
    own = town.report().tasks.filter(division=divisions[0])["task_id"].to_list()
    town.correct_classes([own[0]], "core", None)
    add_person(town, "soumu", "admin")
    add_person(town, "ka", "division", divisions[1])
    tree = Member(create_app(town), town, "ka").page("/guide")
    told = texts(by_id(tree, "guide-steps")["children"])
    assert any(text.startswith("人が確かめた業務は 0 件") for text in told)
    assert "取り込む" not in told


@pytest.mark.parametrize("path", [page.path for page in PAGES if page.path not in ABOUT])
def test_pages_without_a_survey_lead_to_the_guide(make_workspace: MakeWorkspace, path: str) -> None:
    tree = Browser(create_app(make_workspace())).page(path)
    hrefs = [one["props"].get("href") for one in components(tree)]
    assert "/guide" in hrefs


def test_pages_without_hours_lead_to_the_guide(make_workspace: MakeWorkspace) -> None:
    names = workbook([["課", "業務名"], ["税務課", "申告書の受付"], ["税務課", "証明書の交付"]])
    tree = Browser(create_app(make_workspace(names))).page("/")
    assert "/guide" in [one["props"].get("href") for one in components(tree)]
