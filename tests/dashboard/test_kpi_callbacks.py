"""KPI: the page as a browser gets it, the form, the files, and who may do what."""

import io
from base64 import b64decode
from typing import Any

import openpyxl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages.kpi.form import read_entry
from bpr.errors import InputError
from bpr.workspace import Workspace
from tests.builder import text_file
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import CopyTown, MakeWorkspace
from tests.dashboard.kpi_town import decided_town
from tests.dashboard.people import Member, add_person
from tests.dashboard.test_hostile import HOSTILE, assert_only_text

PARTS = ("kpi-head", "kpi-body", "kpi-form")


@pytest.fixture
def town(copy_town: CopyTown) -> Workspace:
    return copy_town(decided_town)


@pytest.fixture
def page(town: Workspace) -> Browser:
    return Browser(create_app(town))


def told(tree: Any) -> str:
    return "".join(texts(tree))


def notice(done: dict[str, Any]) -> str:
    return told(done["sideUpdate"]["notice"]["children"])


def links(tree: Any) -> dict[str, str]:
    found = (one["props"] for one in components(tree) if "href" in one["props"])
    return {told(props["children"]): props["href"] for props in found}


def enter(page: Browser, search: str, **values: Any) -> dict[str, Any]:
    typed = {f"kpi_{name}__value": value for name, value in values.items()}
    return page.call(
        "kpi-body.children",
        "kpi-enter.n_clicks",
        kpi_enter__n_clicks=1,
        url__search=search,
        **typed,
    )


# --- the page ------------------------------------------------------------------------------------


def test_the_page_says_the_answer_and_marks_the_chosen_kpi(page: Browser) -> None:
    tree = page.page("/kpi", "?kpi=bpr_done")
    assert "いま 2 業務" in told(by_id(tree, "kpi-answer")["children"])
    marked = [
        told(one["props"]["children"])
        for one in components(tree)
        if one["props"].get("className") == "chosen-kpi"
    ]
    assert len(marked) == 1
    assert marked[0].startswith("BPR実施業務数（累計）表示中")
    assert links(tree)["削減時間"] == "/kpi?kpi=saved_hours"
    assert links(tree)["賦課／申告書の入力"] == "/targets?target=1"
    chart = [one for one in components(tree) if one["props"].get("role") == "img"]
    assert "目標は 25（令和9年度）" in chart[0]["props"]["aria-label"]


def test_the_address_makes_everything_anew(page: Browser) -> None:
    done = page.call("kpi-body.children", "url.search", url__search="?kpi=saved_hours&year=2026", url__pathname="/kpi")  # fmt: skip
    assert set(done["response"]) == set(PARTS)
    assert "いま 300 時間/年" in told(done["response"]["kpi-head"]["children"])
    assert "数えた削減" in told(done["response"]["kpi-body"]["children"])
    assert "「削減時間」の目標を入れる" in told(done["response"]["kpi-form"]["children"])


def test_the_address_of_another_page_is_left_alone(page: Browser) -> None:
    done = page.call("kpi-body.children", "url.search", url__search="", url__pathname="/tasks")
    assert not done.get("response")


def test_before_any_target_the_page_says_what_to_do(workspace: Workspace) -> None:
    tree = Browser(create_app(workspace)).page("/kpi")
    assert told(by_id(tree, "kpi-answer")["children"]) == (
        "まだ BPR対象がないので、進み具合は言えません。"
    )
    assert links(tree)["「候補」を開く"] == "/candidates"
    assert not [one for one in components(tree) if one["type"] == "Graph"]
    by_hand = Browser(create_app(workspace)).page("/kpi", "?kpi=e_approval")
    assert "実績値がまだ入っていません" in told(by_id(by_hand, "kpi-answer")["children"])


def test_a_wrong_address_is_told_on_the_page(page: Browser) -> None:
    assert "KPI「x」はありません" in told(page.page("/kpi", "?kpi=x"))


# --- the form ------------------------------------------------------------------------------------


def test_an_actual_is_kept_and_shown_in_one_answer(page: Browser, town: Workspace) -> None:
    done = enter(
        page,
        "?kpi=e_approval",
        kind="actual",
        year="2025",
        value="６２．５％",
        base="8,400",
        proof="measured",
        note="集計",
    )
    assert set(done["response"]) == set(PARTS)
    assert notice(done) == (
        "「文書決裁事務の電子化率」の令和7年度の実績値を 62.5 %として記録しました。"
    )
    assert "令和7年度に 62.5%" in told(done["response"]["kpi-head"]["children"])
    assert by_id(done["response"]["kpi-form"]["children"], "kpi-value")["value"] == ""
    [row] = town.read_kpi("e_approval").values.to_dicts()
    assert (row["value"], row["base"], row["evidence"], row["note"]) == (
        62.5,
        8400.0,
        "measured",
        "集計",
    )


def test_a_counted_kpi_takes_targets_only(page: Browser, town: Workspace) -> None:
    tree = page.page("/kpi", "?kpi=bpr_done")
    assert [one["value"] for one in by_id(tree, "kpi-kind")["data"]] == ["target"]
    done = enter(page, "?kpi=bpr_done", kind="target", year="2026", value="3")
    assert "目標値を 3 業務として" in notice(done)
    assert town.read_kpi("bpr_done").progress.filter(fiscal_year=2026)["expected"].item() == 3
    refused = enter(page, "?kpi=bpr_done", kind="actual", year="2026", value="30")
    assert "手では入れられません" in notice(refused)
    assert "response" not in refused or not refused["response"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": "たくさん"}, "値の「たくさん」は使えません"),
        ({"value": ""}, "値が空欄です"),
        ({"value": "inf"}, "値の「inf」は使えません"),
        ({"value": "5", "base": "不明"}, "母数の「不明」は使えません"),
        ({"value": "5", "year": None}, "年度を選んでください"),
    ],
)
def test_what_is_no_number_is_named(
    page: Browser, town: Workspace, typed: dict[str, Any], words: str
) -> None:
    done = enter(page, "?kpi=e_approval", **{"kind": "actual", "year": "2025", **typed})
    assert words in notice(done)
    assert town.read_kpi("e_approval").values.is_empty()


def test_a_share_needs_its_base(page: Browser) -> None:
    done = enter(page, "?kpi=e_approval", kind="actual", year="2025", value="50")
    assert "母数" in notice(done)


def test_an_entry_is_read_as_people_type() -> None:
    entry = read_entry("actual", "2025", " 1，234.5 ", "８，４００", "", None)
    assert (entry.value, entry.base, entry.evidence) == (1234.5, 8400.0, None)
    with pytest.raises(InputError):
        read_entry("actual", "2025", "一", None, None, None)


# --- the files -----------------------------------------------------------------------------------


def file_of(done: dict[str, Any], element: str) -> tuple[str, bytes]:
    data = done["response"][element]["data"]
    return data["filename"], b64decode(data["content"])


def test_the_table_leaves_as_a_workbook(page: Browser) -> None:
    done = page.call("kpi-download.data", kpi_excel__n_clicks=1)
    name, data = file_of(done, "kpi-download")
    assert name == "KPI進捗管理表.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0] == "KPI進捗管理表"


# --- who may -------------------------------------------------------------------------------------


@pytest.fixture
def office(town: Workspace) -> Workspace:
    add_person(town, "kanri", "admin")
    add_person(town, "eturan", "viewer")
    add_person(town, "kettei", "decider")
    add_person(town, "zeimu", "division", "税務課")
    return town


def test_only_those_who_decide_see_the_form(office: Workspace) -> None:
    app = create_app(office)
    viewer, decider = (Member(app, office, name) for name in ("eturan", "kettei"))
    seen = [one["props"].get("id") for one in components(viewer.page("/kpi"))]
    assert "kpi-answer" in seen
    assert "kpi-enter" not in seen
    assert by_id(decider.page("/kpi"), "kpi-enter")
    refused = enter(viewer, "?kpi=bpr_done", kind="target", year="2026", value="3")
    assert "「閲覧" in notice(refused)
    assert office.store.read_kpi_values().is_empty()


def test_a_division_does_not_see_the_whole(office: Workspace) -> None:
    member = Member(create_app(office), office, "zeimu")
    assert "このページは見られません" in told(member.page("/kpi"))


# --- hostile text --------------------------------------------------------------------------------


def test_names_of_tasks_stay_text(make_workspace: MakeWorkspace) -> None:
    head = ["団体名", "課", "業務名", "作業名", "年間作業時間"]
    rows: list[Any] = [head, *([HOSTILE[0], text, text, "入力", 100] for text in HOSTILE)]
    town = make_workspace(text_file(rows))
    ids = town.report().tasks["task_id"].to_list()
    for number in town.create_targets(ids, lever="rpa"):
        for status in ("running", "done"):
            town.move_target(number, town.read_target(number).target.version, status)
    tree = Browser(create_app(town)).page("/kpi")
    assert_only_text(tree)
    assert HOSTILE[0] + "／入力" in texts(tree)
