"""取込 through the app: files in, jobs followed, decisions kept, files out, forgeries refused."""

import io
import time
import zipfile
from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.guard import HEADER
from bpr.dashboard.pages.imports.ids import token
from bpr.pipeline import Workbook
from bpr.workspace import Workspace
from tests.builder import Rows, workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.dashboard.surveys import CLEAN, HEADS, REFUSED, WRONG, odd, office_list
from tests.dashboard.test_app import notice
from tests.dashboard.test_hostile import HOSTILE, assert_only_text

EMPTY_URL = "data:application/octet-stream;base64,"


@pytest.fixture
def town(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(CLEAN, WRONG)


@pytest.fixture
def browser(town: Workspace) -> Browser:
    return Browser(create_app(town))


def data_url(data: bytes) -> str:
    return EMPTY_URL + b64encode(data).decode()


def drop(browser: Browser, *books: Workbook) -> Any:
    """Give files to the zone."""
    return browser.call(
        "imports-job.data", "imports-upload.contents",
        imports_upload__contents=[data_url(book.data) for book in books],
        imports_upload__filename=[book.name for book in books],
    )  # fmt: skip


def follow(browser: Browser, job: int) -> dict[str, Any]:
    """Poll until the job has ended; what the page gets last."""
    for number in range(200):
        done = browser.call(
            "imports-progress.children", imports_poll__n_intervals=number, imports_job__data=job
        )
        response: dict[str, Any] = done["response"]
        if any(key.startswith("imports-changed") for key in response):
            return response
        assert any(one["type"] == "Progress" for one in components(response["imports-progress"]["children"]))  # fmt: skip
        time.sleep(0.05)
    raise AssertionError


def row_id(name: str, place: int = 0) -> str:
    return f"{token(name)}-{place}"


def download_of(done: dict[str, Any]) -> tuple[str, bytes]:
    [data] = done["response"]["imports-download"].values()
    return data["filename"], b64decode(data["content"])


# --- the page -----------------------------------------------------------------------------------


def test_the_page_before_anything_has_come(make_workspace: MakeWorkspace) -> None:
    tree = Browser(create_app(make_workspace())).page("/imports")
    shown = texts(tree)
    assert "まだ調査票がありません。" in shown
    assert "または、命令で取り込む：bpr import フォルダ" in shown
    assert "空の調査票をつくる" in shown
    assert [one["type"] for one in components(tree)].count("H1") == 1


def test_the_page_of_one_file(browser: Browser) -> None:
    tree = browser.page("/imports", "?workbook=水道課.xlsx")
    shown = texts(tree)
    assert "水道課.xlsx の指摘" in shown
    assert "列の読み方" in shown
    assert "← すべての課に戻る" in shown
    assert "税務課.xlsx" not in shown
    assert by_id(tree, "imports-intake")["className"] == "columns intake away"


def test_a_file_that_is_not_there_breaks_nothing(browser: Browser) -> None:
    shown = texts(browser.page("/imports", "?workbook=無い.xlsx&table=9&code=x&severity=y"))
    assert "無い.xlsx の指摘" in shown
    assert "このファイルには、列で読む表がありません。" in shown


def test_the_parts_follow_the_address(browser: Browser) -> None:
    done = browser.call(
        "imports-detail.children", "url.search", url__search="?workbook=水道課.xlsx"
    )
    assert "水道課.xlsx の指摘" in texts(done["response"]["imports-detail"]["children"])
    done = browser.call("imports-collection.children", "url.search", url__search="")
    shown = texts(done["response"]["imports-collection"]["children"])
    assert shown.index("水道課") < shown.index("税務課")
    done = browser.call(
        "imports-collection.children", "imports-sort.data", imports_sort__data="hours-desc"
    )
    shown = texts(done["response"]["imports-collection"]["children"])
    assert shown.index("税務課") < shown.index("水道課")


def test_a_click_on_a_column_sorts(browser: Browser) -> None:
    done = browser.press("imports-sort.data", "imports-sort-by", "hours", imports_sort__data="")
    assert done["response"]["imports-sort"]["data"] == "hours"


def test_the_severity_goes_into_the_address(browser: Browser) -> None:
    done = browser.call(
        "url.search", "imports-severity.value", imports_severity__value="error",
        url__search="?workbook=a.xlsx&code=x",
    )  # fmt: skip
    [search] = [value for key, value in done["response"]["url"].items() if "search" in key]
    assert search == "?workbook=a.xlsx&severity=error"
    done = browser.call(
        "url.search", "imports-severity.value", imports_severity__value="error",
        url__search="?severity=error",
    )  # fmt: skip
    assert "url" not in done["response"]


# --- files in -----------------------------------------------------------------------------------


def test_dropped_files_are_read_in_the_background(browser: Browser, town: Workspace) -> None:
    response = drop(browser, odd("契約課"), REFUSED)["response"]
    assert response["imports-upload"]["contents"] is None
    ended = follow(browser, response["imports-job"]["data"])
    told = "".join(texts(ended["imports-progress"]["children"]))
    assert told.startswith("2 ファイルのうち 2 ファイルを取り込みました")
    assert "読めない 1" in told
    assert town.report().workbooks.height == 4
    done = browser.call("imports-answer.children", imports_changed__data="x")
    answer = texts(done["response"]["imports-answer"]["children"])
    assert answer[0] == "4 冊を取り込みました。1 冊にエラーがあり、1 冊は読めません。"


def test_a_zip_and_an_empty_file_come_in_too(make_workspace: MakeWorkspace) -> None:
    town = make_workspace()
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("税務課.xlsx", CLEAN.data)
    browser = Browser(create_app(town))
    job = drop(browser, Workbook("全部.zip", data.getvalue()), Workbook("空.xlsx", b""))
    follow(browser, job["response"]["imports-job"]["data"])
    assert town.report().workbooks["name"].to_list() == ["税務課.xlsx", "空.xlsx"]


@pytest.mark.parametrize("content", ["data:x;base64,###", "data:x;base64,A"])
def test_a_broken_upload_is_told(browser: Browser, town: Workspace, content: str) -> None:
    done = browser.call(
        "imports-job.data", "imports-upload.contents", imports_upload__contents=[content],
        imports_upload__filename=["a.xlsx"],
    )  # fmt: skip
    assert notice(done) == "「a.xlsx」を受け取れませんでした。もう一度置いてください。"
    assert town.report().workbooks.height == 2


def test_an_unknown_job_ends(browser: Browser) -> None:
    told = follow(browser, 999)
    assert "999" in "".join(texts(told["imports-progress"]["children"]))


def test_the_polling_rests_without_a_job(browser: Browser) -> None:
    for job, disabled in ((None, True), (3, False)):
        done = browser.call("imports-poll.disabled", imports_job__data=job)
        assert done["response"]["imports-poll"]["disabled"] is disabled


def test_a_list_of_offices_is_kept(browser: Browser, town: Workspace) -> None:
    def register(data: bytes) -> dict[str, Any]:
        return browser.call(
            "imports-changed.data", "imports-offices.contents",
            imports_offices__contents=data_url(data), imports_offices__filename="課.csv",
        )  # fmt: skip

    assert notice(register(office_list("税務課", "出納室"))) == "課の一覧（2 課）を登録しました。"
    assert town.list_offices()["division"].to_list() == ["税務課", "出納室"]
    assert "課" in notice(register(b"\x00\x01"))
    assert town.list_offices().height == 2


# --- files out ----------------------------------------------------------------------------------


def test_a_file_goes_back_in_color(browser: Browser) -> None:
    done = browser.press("imports-download.data", "imports-return", row_id("水道課.xlsx"))
    name, data = download_of(done)
    assert name == "水道課_指摘あり.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(data))["調査票"]["B3"].fill.fill_type == "solid"


def test_all_files_with_findings_go_back(browser: Browser) -> None:
    name, data = download_of(
        browser.call("imports-download.data", "imports-return-all.n_clicks", imports_return_all__n_clicks=1)
    )  # fmt: skip
    assert name == "返送用の調査票.zip"
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["水道課_指摘あり.xlsx"]


def test_blank_forms_for_those_who_are_asked(browser: Browser) -> None:
    name, data = download_of(
        browser.call("imports-download.data", "imports-templates.n_clicks", imports_templates__n_clicks=1)
    )  # fmt: skip
    assert name == "調査票.zip"
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 2


def test_without_offices_blank_forms_say_what_is_missing(make_workspace: MakeWorkspace) -> None:
    browser = Browser(create_app(make_workspace()))
    done = browser.call(
        "imports-download.data", "imports-templates.n_clicks", imports_templates__n_clicks=1
    )
    assert "課の一覧" in notice(done)


@pytest.mark.parametrize(
    ("button", "name", "start"), [("xlsx", "指摘一覧.xlsx", b"PK"), ("csv", "指摘一覧.csv", b"\xef\xbb\xbf")]
)  # fmt: skip
def test_the_shown_findings_are_saved(
    browser: Browser, button: str, name: str, start: bytes
) -> None:
    changed = f"imports-{button}.n_clicks"
    values = {f"imports_{button}__n_clicks": 1, "url__search": "?severity=error"}
    saved, data = download_of(browser.call("imports-download.data", changed, **values))
    assert saved == name
    assert data.startswith(start)


# --- decisions ----------------------------------------------------------------------------------


def test_a_file_is_withdrawn_after_a_question(browser: Browser, town: Workspace) -> None:
    done = browser.press("imports-ask.displayed", "imports-withdraw", row_id("水道課.xlsx", 1))
    asked = done["response"]["imports-ask"]
    assert asked == {
        "displayed": True,
        "message": "「水道課.xlsx」を集計から外します。よろしいですか。後で戻せます。",
    }
    name = done["response"]["imports-withdrawing"]["data"]
    assert town.list_withdrawn() == []
    done = browser.call(
        "imports-changed.data", "imports-ask.submit_n_clicks", imports_ask__submit_n_clicks=1,
        imports_withdrawing__data=name,
    )  # fmt: skip
    assert notice(done).startswith("「水道課.xlsx」を取り下げました。")
    assert town.list_withdrawn() == ["水道課.xlsx"]
    done = browser.press("imports-changed.data", "imports-restore", row_id("水道課.xlsx"))
    assert notice(done) == "「水道課.xlsx」を戻しました。"
    assert town.list_withdrawn() == []


def test_a_file_that_is_gone_is_told(browser: Browser) -> None:
    done = browser.press("imports-download.data", "imports-return", row_id("無い.xlsx"))
    assert notice(done) == "このファイルはもうありません。画面を開き直してください。"


def confirm(browser: Browser, place: list[Any], chosen: dict[str, str]) -> dict[str, Any]:
    every = '{"of":["ALL"],"type":"imports-field"}'
    body = browser.request(
        "imports-changed.data", "imports-confirm.n_clicks", imports_confirm__n_clicks=1,
        imports_place__data=place,
    )  # fmt: skip
    assert [part["id"] for part in body["state"][1:]] == [every, every]
    ids = [{"of": column, "type": "imports-field"} for column in chosen]
    body["state"][1] = [{"id": i, "property": "id", "value": i} for i in ids]
    body["state"][2] = [{"id": i, "property": "value", "value": chosen[i["of"]]} for i in ids]
    return dict(browser.post(body).json)


def test_how_columns_are_read_is_kept(make_workspace: MakeWorkspace) -> None:
    town = make_workspace(odd("契約課"))
    browser = Browser(create_app(town))
    tree = browser.page("/imports", "?workbook=契約課.xlsx")
    chosen = {
        one["props"]["id"]["of"]: one["props"]["value"]
        for one in components(tree)
        if one["type"] == "Select" and isinstance(one["props"]["id"], dict)
    }
    assert chosen["C"] == "unused"
    place = by_id(tree, "imports-place")["data"]
    done = confirm(browser, place, chosen | {"C": "activity_name"})
    assert notice(done) == "「契約課.xlsx」の列の読み方を確定しました。"
    assert "公告の作成" in town.report().tasks["activity_name"].to_list()
    twice = confirm(browser, place, chosen | {"C": "task_name"})
    assert "2 つの列" in notice(twice)
    stale = confirm(browser, place, {"A": "division"})
    assert notice(stale) == "列の読み方が古くなっています。画面を開き直してください。"


# --- forgeries and hostile texts ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "changed"),
    [
        ("imports-job.data", "imports-upload.contents"),
        ("imports-changed.data", "imports-ask.submit_n_clicks"),
        ("imports-changed.data", "imports-offices.contents"),
        ("imports-changed.data", "imports-confirm.n_clicks"),
    ],
)
def test_nobody_else_can_write(
    browser: Browser, town: Workspace, output: str, changed: str
) -> None:
    body = browser.request(
        output, changed, imports_withdrawing__data="税務課.xlsx",
        imports_upload__contents=[data_url(REFUSED.data)], imports_upload__filename=["墓地.xlsx"],
    )  # fmt: skip
    for headers in ({}, {HEADER: "wrong"}):
        refused = browser.client.post("/_dash-update-component", json=body, headers=headers)
        assert refused.status_code == 403
    assert town.report().workbooks.height == 2
    assert town.list_withdrawn() == []


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_texts_stay_text(make_workspace: MakeWorkspace, text: str) -> None:
    name = f"{text[:60]}.xlsx"
    rows: Rows = [[*HEADS, text], [text[:200], text, text, text, 5, text, text]]
    town = make_workspace(workbook(rows, name=name, sheet="調査票"))
    [kept] = town.report().workbooks["name"].to_list()
    browser = Browser(create_app(town))
    whole = browser.page("/imports")
    assert_only_text(whole)
    tree = browser.call(
        "page.children", url__pathname="/imports", url__search=f"?workbook={quote(kept)}"
    )["response"]["page"]["children"]
    assert_only_text(tree)
    shown = texts(tree)
    assert f"{kept} の指摘" in shown
    assert [one for one in components(tree) if one["type"] == "Select"]
    done = browser.press("imports-download.data", "imports-return", row_id(kept))
    assert download_of(done)[1].startswith(b"PK")
