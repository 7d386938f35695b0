"""設定: what the page says of rules, KPI, accounts and the log, and what its buttons do."""

import io
import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages.settings.accounts import view_accounts
from bpr.dashboard.pages.settings.audit import tell_change, tell_check, view_audit
from bpr.dashboard.pages.settings.kpi import view_definitions
from bpr.dashboard.pages.settings.query import SettingsQuery
from bpr.dashboard.pages.settings.rules import view_history, view_rules
from bpr.errors import InputError, RefusedError
from bpr.settings.kpi import KpiDefinition
from bpr.store import AuditQuery, ChainCheck
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from bpr.workspace.passwords import check_password, make_password
from tests.builder import SETTINGS
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.dashboard.people import PLACE, SECRET, Member, add_person

RULES = SETTINGS.security.password
BODY = "settings-body.children"


def press(browser: Browser, button: str, search: str = "", **values: str | None) -> dict[str, Any]:
    """Press a button of the page; values by the ends of the fields' ids."""
    fields = {f"settings_{name}__value": value for name, value in values.items()}
    clicks = {f"settings_{button.replace('-', '_')}__n_clicks": 1}
    return browser.call(BODY, f"settings-{button}.n_clicks", url__search=search, **clicks, **fields)


def notice(done: dict[str, Any]) -> str:
    return "".join(texts(done["sideUpdate"]["notice"]["children"]))


def body_of(done: dict[str, Any]) -> Any:
    return done["response"]["settings-body"]["children"]


def issued_password(tree: Any) -> str:
    [found] = [one for one in components(tree) if one["props"].get("className") == "settings-password"]  # fmt: skip
    return str(found["props"]["children"])


def log_of(workspace: Workspace) -> list[tuple[str, str]]:
    with acting(LOCAL):
        return list(workspace.read_audit().select("action", "object").iter_rows())


# --- the address ----------------------------------------------------------------------------------


def test_an_address_that_is_none_shows_the_rules() -> None:
    assert SettingsQuery.parse("?part=x&page=-2").known_part == "rules"
    assert [SettingsQuery(page=page).page_number for page in ("", "0", "x", "²", "3")] == [1, 1, 1, 1, 3]  # fmt: skip


def test_days_of_the_address() -> None:
    wanted = SettingsQuery(who="a", first="2026-04-01", last="2026-04-01").wanted
    day = datetime(2026, 4, 1, tzinfo=UTC).date()
    assert wanted == AuditQuery(who="a", first=day, last=day)
    for text in ("昨日", "2026-02-30", "9999-12-31", "0001-01-01"):
        with pytest.raises(InputError, match=f"日付「{text}」は読めません。2026-04-01 のように"):
            _ = SettingsQuery(last=text).wanted
    with pytest.raises(InputError, match="始めの日と終わりの日を入れ替えて"):
        _ = SettingsQuery(first="2026-04-02", last="2026-04-01").wanted


# --- rules ----------------------------------------------------------------------------------------


def test_the_rules_say_value_evidence_source_and_where_to_change(workspace: Workspace) -> None:
    view = view_rules(SETTINGS, workspace.list_costs(), 2)
    assert view.answer == [
        "正規職員の 1 時間は 3,285 円（実績）で数えています。",
        "単価 22 件のうち、自庁の値に置き換えたのは 0 件です。",
    ]
    first = view.hourly[0]
    assert (first.label, first.value, first.interval) == (
        "正規職員",
        "3,285 円/時間",
        "2,500〜4,000",
    )
    assert (first.evidence, first.given) == ("実績", "")
    assert "宇城市の公表値" in first.source
    assert first.href == "/settings?cost=hourly.regular#settings-cost"
    assert len(view.hourly) + len(view.tools) == 22
    assert [line.label for line in view.levers][:2] == ["AI-OCR", "RPA"]
    ocr = view.levers[0]
    assert ocr.criteria == "紙の量 19%、年間件数 19%、作業の内容 19%、ほか 4 項目"
    assert ocr.gates == "コア業務、時間が少ない、紙を使わない、個人番号を扱う"
    rules = {line.label: line for line in view.rules}
    assert "1,825 日" in rules["古い調査票の保存"].value
    assert rules["古い調査票の保存"].where == "security.toml"
    assert rules["評価の重み"].value == "標準の重み。名前を付けて残した重みは 2 つ"
    assert SETTINGS.digest[:12] in rules["設定の版"].value


def test_a_unit_cost_is_replaced_and_comes_back(workspace: Workspace, browser: Browser) -> None:
    search = "?cost=hourly.regular"
    page = browser.page("/settings", search)
    fields = {name: by_id(page, f"settings-cost-{name}")["value"] for name in ("low", "middle", "high", "kind", "source")}  # fmt: skip
    assert fields == {"low": "2,500", "middle": "3,285", "high": "4,000", "kind": "実績", "source": ""}  # fmt: skip
    assert "製品の値に戻す" not in texts(page)
    typed = {"cost_low": "２,８００", "cost_middle": "3410.5円", "cost_high": "4,100"}
    done = press(browser, "cost-set", search, **typed, cost_kind="実績", cost_source="決算")
    assert notice(done) == "「1 時間の人件費：正規職員」を変えました。これからの集計に効きます。"
    told = texts(body_of(done))
    assert "3,410.5 円/時間" in told
    assert "自庁の値（製品の値は 3,285）" in told
    assert done["response"]["settings-answer"]["children"][2] == "単価 22 件のうち、自庁の値に置き換えたのは 1 件です。"  # fmt: skip
    assert workspace.report().settings.savings.hourly_yen["regular"].range == (2800.0, 3410.5, 4100.0)  # fmt: skip
    assert by_id(browser.page("/settings", search), "settings-cost-source")["value"] == "決算"
    done = press(browser, "cost-restore", search)
    assert notice(done) == "「1 時間の人件費：正規職員」を製品の値に戻しました。"
    past = view_history(workspace.read_cost_history("hourly.regular"))
    assert [one.value for one in past] == ["製品の値に戻す", "3,410.5 円/時間（2,800〜4,100）"]
    assert past[0].who == "この PC（local）"


def test_a_wrong_amount_says_which(workspace: Workspace, browser: Browser) -> None:
    wrong = {"cost_low": "1", "cost_middle": "三千", "cost_high": "nan", "cost_kind": "実績"}
    done = press(browser, "cost-set", "?cost=hourly.regular", **wrong, cost_source="決算")
    assert notice(done) == "金額「三千」は数として読めません。3285 のように数字で入れてください。"
    assert workspace.store.list_unit_costs() == {}


# --- KPI ------------------------------------------------------------------------------------------


def test_kpi_are_said_as_they_are_defined() -> None:
    view = view_definitions(SETTINGS.kpi)
    assert view.answer == ["KPI は 4 つ。定義の第 1 版（令和4年度から）で数えています。"]
    done, robots, approval, hours = view.lines
    assert (
        done.counts
        == "すべての BPR対象の数（累計）。統合した業務は 1 つ、切り分けた業務も 1 つと数える"
    )
    assert (done.begins, done.evidence) == ("「実施済」から", "問わない")
    assert done.goal == "0 業務（令和4年度） → 25 業務（令和9年度）"
    assert (
        robots.counts
        == "AI-OCR・RPA・生成AI・議事録の BPR対象の数（累計）。統合した業務は元の数、切り分けた業務も 1 つと数える"
    )
    assert approval.begins == "人が入れた値"
    assert (hours.counts, hours.evidence) == ("すべての BPR対象で減った時間の合計（累計）", "実績")
    assert hours.goal == "0 時間/年（令和4年度）、目標なし"
    assert view.grades[0].bound == "1.1 倍以上"
    assert view.confirmed == "「効果確認済」にするには、実績の測定が要ります。"


def test_another_definition_is_said_otherwise() -> None:
    one = KpiDefinition(
        label="見込み", unit="時間/年", measure="count", source="案", baseline=3, baseline_year=2024,
        target=1, target_year=2026, better="down", from_status="running", levers=("rpa",),
        split="each", evidence=("expected", "opinion"), cumulative=False,
    )  # fmt: skip
    [line] = view_definitions(replace(SETTINGS.kpi, kpi={"x": one}, version=2)).lines
    assert (
        line.counts
        == "RPAの BPR対象の数（その年度の分だけ）。統合した業務は 1 つ、切り分けた業務は部分ごとと数える"
    )
    assert (line.begins, line.evidence) == ("「実施中」から", "見込み・アンケート")
    assert line.goal == "3 時間/年（令和6年度） → 1 時間/年（令和8年度）"


# --- accounts -------------------------------------------------------------------------------------


def test_passwords_by_chance_keep_the_rules_and_are_not_the_same() -> None:
    made = {make_password("soumu01", RULES) for _ in range(200)}
    assert len(made) == 200
    for password in made:
        check_password(password, "soumu01", RULES)
    strict = replace(RULES, min_length=40, must_mix=4)
    check_password(make_password("a", strict), "a", strict)


def test_without_accounts_the_first_is_an_administrator_s(
    workspace: Workspace, browser: Browser
) -> None:
    page = browser.page("/settings", "?part=accounts")
    told = texts(page)
    assert "アカウントはまだありません。この PC の人だけが、ログインせずに使っています。" in told
    assert [one["label"] for one in by_id(page, "settings-new-role")["data"]] == ["管理者"]
    new = {"new_name": "soumu01", "new_display": "総務 花子", "new_login": "password"}
    done = press(browser, "add", "?part=accounts", **new, new_role="viewer")
    assert "最初のアカウントは管理者" in notice(done)
    assert not workspace.has_accounts()
    done = press(browser, "add", "?part=accounts", **new, new_role="admin")
    assert notice(done) == "アカウント「soumu01」（管理者）を作りました。"
    body = body_of(done)
    assert "書き写したので、ログインへ進む" in texts(body)
    assert not [one for one in components(body) if one["type"] in {"Select", "TextInput"}]
    password = issued_password(body)
    assert workspace.change_password("soumu01", password, SECRET, PLACE) is None
    assert password not in str(workspace.store.read_audit().rows())
    assert browser.post(browser.request("page.children", url__pathname="/")).status_code == 401


@pytest.fixture
def office(make_workspace: MakeWorkspace) -> Workspace:
    """An administrator, a second one, and somebody who looks on."""
    from tests.tabulate.town import town_workbook  # noqa: PLC0415 - heavy

    workspace = make_workspace(town_workbook())
    for name, role in (("soumu", "admin"), ("second", "admin"), ("mori", "viewer")):
        add_person(workspace, name, role)
    return workspace


@pytest.fixture
def admin(office: Workspace) -> Member:
    return Member(create_app(office), office, "soumu")


def test_accounts_are_counted_and_listed(office: Workspace) -> None:
    office.disable_account("second")
    view = view_accounts(office.list_accounts(), "soumu", "mori")
    assert view.answer == [
        "ログインできるのは 2 人（うち管理者 1 人）、止めてあるのは 1 人です。",
        "管理者が 1 人だけです。休みや異動に備えて、もう 1 人つくってください。",
    ]
    assert [(line.name, line.role, line.state, line.own) for line in view.lines] == [
        ("mori", "閲覧", "使える", False),
        ("second", "管理者", "止めてある", False),
        ("soumu", "管理者", "使える", True),
    ]
    assert view.opened is not None
    assert view.opened.name == "mori"
    assert view_accounts(office.list_accounts(), "soumu", "nobody").opened is None


def test_an_account_is_added_with_a_password_that_is_shown_once(
    office: Workspace, admin: Member
) -> None:
    new = {
        "new_name": "zeimu01",
        "new_display": "",
        "new_role": "division",
        "new_login": "password",
    }
    done = press(admin, "add", "?part=accounts", **new)
    assert "課の名前が要ります" in notice(done)
    done = press(admin, "add", "?part=accounts", **new, new_division="税務課")
    assert notice(done) == "アカウント「zeimu01」（所管課・税務課）を作りました。"
    password = issued_password(body_of(done))
    office.change_password("zeimu01", password, SECRET, PLACE)
    again = json.dumps(admin.page("/settings", "?part=accounts"), ensure_ascii=False)
    assert "zeimu01" in again
    assert password not in again
    assert ("account.add", "zeimu01") in log_of(office)
    done = press(admin, "add", "?part=accounts", **new, new_division="税務課")
    assert "もうあります" in notice(done)


def test_without_a_server_in_front_nobody_is_let_in_without_a_password(admin: Member) -> None:
    page = admin.page("/settings", "?part=accounts")
    [hidden] = [
        one["props"]["style"]
        for one in components(page)
        if one["type"] == "Div" and "settings-new-login" in json.dumps(one["props"].get("children"))
        and one["props"].get("style")
    ]  # fmt: skip
    assert hidden == {"display": "none"}


def test_a_role_is_changed_and_a_division_can_be_chosen(office: Workspace, admin: Member) -> None:
    search = "?part=accounts&account=mori"
    page = admin.page("/settings", search)
    assert by_id(page, "settings-division")["data"] == ["福祉課", "税務課"]
    done = press(admin, "change-role", search, role="division", division="税務課")
    assert notice(done) == "アカウント「mori」の役割を「所管課・税務課」に変えました。"
    done = press(admin, "change-role", search, role="division", division="税務課")
    assert notice(done) == "アカウント「mori」の役割は、もう「所管課・税務課」です。"
    account = office.store.read_account("mori")
    assert account is not None
    assert (account.role, account.division) == ("division", "税務課")


def test_a_password_is_made_anew(office: Workspace, admin: Member) -> None:
    done = press(admin, "reset", "?part=accounts&account=mori")
    assert notice(done) == "アカウント「mori」に新しいパスワードを付けました。"
    with pytest.raises(RefusedError):
        office.log_in("mori", SECRET, PLACE)
    office.change_password("mori", issued_password(body_of(done)), "Betsu-no-Mono-8", PLACE)


def test_an_account_is_stopped_and_used_again(office: Workspace, admin: Member) -> None:
    search = "?part=accounts&account=mori"
    assert "止める" in texts(admin.page("/settings", search))
    done = press(admin, "disable", search)
    assert notice(done) == "アカウント「mori」を止めました。ログインできなくなりました。"
    with pytest.raises(RefusedError):
        office.log_in("mori", SECRET, PLACE)
    assert "また使えるようにする" in texts(body_of(done))
    done = press(admin, "disable", search)
    assert notice(done) == "アカウント「mori」をまた使えるようにしました。"
    office.log_in("mori", SECRET, PLACE)


@pytest.mark.parametrize("button", ["change-role", "reset", "disable"])
def test_nobody_locks_himself_out(office: Workspace, admin: Member, button: str) -> None:
    page = admin.page("/settings", "?part=accounts&account=soumu")
    shown = {one["props"].get("id") for one in components(page)}
    assert not {"settings-change-role", "settings-reset", "settings-disable"} & shown
    before = log_of(office)
    done = press(admin, button, "?part=accounts&account=soumu", role="viewer")
    assert "自分のアカウントは、ここでは変えられません" in notice(done)
    assert "選ばれていません" in notice(press(admin, button, "?part=accounts", role="viewer"))
    assert log_of(office) == before
    office.log_in("soumu", SECRET, PLACE)


def test_the_last_administrator_stays(make_workspace: MakeWorkspace) -> None:
    """Also where one who is no account of ours (the person at this machine) wants it otherwise."""
    workspace = make_workspace()
    add_person(workspace, "soumu", "admin")
    with acting(LOCAL), pytest.raises(InputError, match="管理者がいなくなる"):
        workspace.disable_account("soumu")


# --- the log --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, {"role": "viewer", "division": None}, "役割：閲覧、課：なし"),
        ({"role": "viewer", "x": 1}, {"role": "admin", "x": 1}, "役割：閲覧 → 管理者"),
        ({"disabled": False}, {"disabled": True}, "止めてある：いいえ → はい"),
        ({"range": [1.0, 2.5]}, {"range": [1.0, 3000.0]}, "下限・中央・上限：1・2.5 → 1・3,000"),
        ({"sha256": "a" * 64}, None, f"中身の指紋：{'a' * 12}…"),
        ({"work_class": ["core", None]}, {"work_class": [None, "expert"]}, "業務の性質：I コア・なし → なし・II ノンコア（要専門性）"),
        (None, {"知らない": "<script>" + "長" * 80}, f"知らない：<script>{'長' * 52}…"),
        (None, None, ""),
    ],
)  # fmt: skip
def test_changes_in_words(before: object, after: object, told: str) -> None:
    texts_ = [None if one is None else json.dumps(one, ensure_ascii=False) for one in (before, after)]  # fmt: skip
    assert tell_change(*texts_) == told


def test_the_check_in_a_sentence() -> None:
    whole = tell_check(ChainCheck(1234, "ab" * 32, None))
    assert whole.startswith("記録 1,234 件は、すべてつながっています")
    assert "ab" * 32 in whole
    assert tell_check(ChainCheck(9, "x", 7)).startswith("記録が壊れています：7 番が")


def test_the_log_comes_in_pages(workspace: Workspace) -> None:
    for number in range(120):
        workspace.store.tell(workspace._act(), "export", f"{number}.xlsx")
    total = workspace.read_audit().height

    def view(**asked: str) -> Any:
        query = SettingsQuery(part="audit", **asked)
        skip = (query.page_number - 1) * 50
        latest = workspace.find_audit(AuditQuery(), most=1)
        return view_audit(workspace.find_audit(query.wanted, 50, skip), latest, query)

    first, second = view(), view(page="2", action="export")
    assert first.answer[0].startswith(f"記録は {total} 件。最後は ")
    assert first.answer[0].endswith("この PC（local） の「書き出し」です。")
    assert [first.lines[0].object, len(first.lines), first.newer] == ["119.xlsx", 50, ""]
    assert first.older == "/settings?part=audit&page=2#settings-log"
    assert second.answer == [f"当てはまる記録は 120 件です（全 {total} 件のうち）。"]
    assert second.base == "新しい順に 51〜100 件目（当てはまる 120 件のうち）"
    assert (second.lines[0].object, second.lines[-1].object) == ("69.xlsx", "20.xlsx")
    assert second.newer == "/settings?part=audit&action=export&page=1#settings-log"
    assert view(page="3", action="export").older == ""


def test_a_page_beyond_the_last_is_the_last(workspace: Workspace, browser: Browser) -> None:
    rows = workspace.read_audit().height
    told = texts(browser.page("/settings", "?part=audit&page=99"))
    assert f"新しい順に 1〜{rows} 件目（当てはまる {rows} 件のうち）" in told


def choose(browser: Browser, search: str, **values: str | None) -> Any:
    fields = {f"settings_{name}__value": value for name, value in values.items()}
    return browser.post(browser.request("url.search", "settings-who.value", url__search=search, **fields))  # fmt: skip


def test_filters_go_into_the_address(browser: Browser) -> None:
    search = "?part=audit&page=2"
    assert choose(browser, search, text="", first=None).json["response"] == {}
    done = choose(browser, search, who="local", action="login", text="　税務　", last="２０２６-04-01").json  # fmt: skip
    asked = SettingsQuery.parse(done["response"]["url"]["search"])
    assert asked == SettingsQuery(
        part="audit", who="local", action="login", text="税務", last="2026-04-01"
    )
    done = choose(browser, search, first="きのう").json
    assert "日付「きのう」は読めません" in notice(done)


def test_a_wrong_day_in_the_address_is_told(browser: Browser) -> None:
    told = texts(browser.page("/settings", "?part=audit&first=x"))
    assert "日付「x」は読めません。2026-04-01 のように入れてください。" in told
    assert "監査記録" in told


def test_the_seals_are_checked_and_the_log_goes_out(workspace: Workspace, browser: Browser) -> None:
    seal = workspace.check_audit().last_hash
    done = browser.call("settings-verified.children", settings_verify__n_clicks=1)
    told = "".join(texts(done["response"]["settings-verified"]["children"]))
    assert seal in told
    search = "?part=audit&action=class.correct"
    done = browser.call("settings-download.data", settings_export__n_clicks=1, url__search=search)
    data = b64decode(done["response"]["settings-download"]["data"]["content"])
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].values)
    objects = [row[rows[0].index("対象")] for row in rows[1:]]
    assert objects == workspace.read_audit(action="class.correct")["object"].to_list()
    assert len(objects) == 1


# --- rights ---------------------------------------------------------------------------------------


def ways(tree: Any) -> list[str]:
    [found] = [one for one in components(tree) if one["type"] == "Nav"]
    return [one["props"]["href"] for one in components(found) if one["type"] == "Link"]


@pytest.mark.parametrize("part", ["accounts", "audit"])
def test_who_only_looks_on_sees_no_accounts_and_no_log(office: Workspace, part: str) -> None:
    viewer = Member(create_app(office), office, "mori")
    page = viewer.page("/settings")
    assert ways(page) == ["/settings?part=rules", "/settings?part=kpi"]
    assert "変える" not in texts(page)
    assert not [one for one in components(viewer.page("/settings", "?cost=hourly.regular")) if one["props"].get("id") == "settings-cost"]  # fmt: skip
    refused = viewer.page("/settings", f"?part={part}&account=soumu")
    told = " ".join(texts(refused))
    assert "この操作は「閲覧」のアカウントではできません。" in told
    assert "soumu" not in told
    assert ways(refused) == ways(page)


PRESSES: list[Callable[[Browser], Any]] = [
    lambda b: press(b, "cost-set", "?cost=hourly.regular", cost_low="1", cost_middle="2", cost_high="3", cost_kind="実績", cost_source="x"),
    lambda b: press(b, "cost-restore", "?cost=hourly.regular"),
    lambda b: press(b, "add", new_name="x1", new_role="admin", new_login="password"),
    lambda b: press(b, "change-role", "?account=second", role="viewer"),
    lambda b: press(b, "reset", "?account=second"),
    lambda b: press(b, "disable", "?account=second"),
    lambda b: b.call("settings-verified.children", settings_verify__n_clicks=1),
    lambda b: b.call("settings-download.data", settings_export__n_clicks=1, url__search=""),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(PRESSES)))
def test_who_only_looks_on_changes_nothing(office: Workspace, number: int) -> None:
    viewer = Member(create_app(office), office, "mori")
    before = log_of(office)
    done = PRESSES[number](viewer)
    assert "アカウントではできません" in notice(done)
    assert not done.get("response")
    assert log_of(office) == before
