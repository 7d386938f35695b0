"""Every page tells the numbers of the report and of the record, counted here once more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages import PAGES
from bpr.pipeline import Workbook
from bpr.workspace import Workspace
from tests.dashboard.browser import Browser, texts

SAMPLE = Path(__file__).parents[2] / "surveys" / "sample"
BOOKS, TARGETS = 6, 5


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Six divisions of the sample town; five targets, two of them done."""
    workspace = Workspace.open(f"sqlite:///{tmp_path_factory.mktemp('numbers')}/bpr.sqlite3")
    files = sorted(SAMPLE.glob("*.xlsx"))[:BOOKS]
    workspace.import_workbooks([Workbook(file.name, file.read_bytes()) for file in files])
    best = workspace.report().tasks.sort("rank")["task_id"].head(TARGETS).to_list()
    workspace.create_targets(best, values={"done_by": 2026}, happened_on=date(2025, 4, 10))
    for target in (1, 2):
        for status in ("running", "done"):
            seen = workspace.read_target(target).target.version
            workspace.move_target(target, seen, status, date(2025, 6, 1))
    yield workspace
    workspace.store.engine.dispose()


@pytest.fixture(scope="module")
def told(town: Workspace) -> dict[str, list[str]]:
    """What the numbers say, counted from the tasks themselves; page -> its sentences."""
    report = town.report()
    tasks = report.tasks
    hours = float(tasks["annual_hours"].sum())
    core = float(tasks.filter(work_class="core")["annual_hours"].sum())
    paper = tasks.filter(pl.col("medium").cast(pl.String).str.contains("^(?:paper|mixed)"))
    known = tasks.filter(pl.col("medium").is_not_null(), pl.col("medium") != "unknown")
    timed = len(tasks["annual_hours"].drop_nulls())
    candidates = tasks.filter(pl.col("best_lever").is_not_null())
    first = candidates.sort("rank").head(25)
    low, high = first["saving_hours_low"].sum(), first["saving_hours_high"].sum()
    ranked = tasks.sort("rank").row(0, named=True)
    doubtful = report.reviews.height
    share = float(paper["annual_hours"].sum()) / float(known["annual_hours"].sum())
    whole = f"{tasks.height:,} 業務、年 {hours:,.0f} 時間"
    return {
        "/": [f"年間 {hours:,.0f} 時間", f"{core / hours:.1%}", f"{100 * share:.1f}"],
        "/imports": [f"{BOOKS} 冊を取り込みました"],
        "/review": [f"業務が {doubtful} 件あります"],
        "/tasks": [whole],
        "/common": [f"全 {tasks.height:,} 業務"],
        "/candidates": [f"候補は {candidates.height:,} 業務", f"年 {low:,.0f}〜{high:,.0f} 時間"],
        "/weights": [ranked["task_name"]],
        "/portfolio": [str(report.settings.scoring.top)],
        "/targets": [f"{TARGETS} 件を選び、2 件を実施しました", "母数 5 件"],
        "/kpi": ["いま 2 業務", f"BPR対象 {TARGETS} 件のうち、実施済まで進んだもの 2 件"],
        "/compare": [f"{timed:,} 業務、{hours:,.0f} 時間", f"{share:.1%}"],
        "/papers": [f"{whole}（調査票 {BOOKS} 冊）", f"BPR対象 {TARGETS} 件"],
        "/guide": [f"{BOOKS} ファイル・{tasks.height:,} 業務", f"残り {doubtful} 件"],
        "/settings": [f"{report.settings.savings.hourly_yen['regular'].range[1]:,.0f} 円"],
    }


@pytest.fixture(scope="module")
def browser(town: Workspace) -> Browser:
    return Browser(create_app(town))


def test_no_page_is_forgotten(told: dict[str, list[str]]) -> None:
    assert set(told) == {page.path for page in PAGES}


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_tells_the_numbers_of_the_report(
    browser: Browser, told: dict[str, list[str]], path: str
) -> None:
    said = "".join(texts(browser.page(path)))
    assert [text for text in told[path] if text not in said] == []
