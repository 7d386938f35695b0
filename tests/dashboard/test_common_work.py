"""共通業務: what the page says of groups and kinds, and what its buttons do."""

import io
from base64 import b64decode
from dataclasses import replace
from typing import Any

import openpyxl
import polars as pl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.figures.minutes import MinutesBar, minutes_figure
from bpr.dashboard.pages.common_work.group import view_group
from bpr.dashboard.pages.common_work.query import CommonQuery
from bpr.dashboard.pages.common_work.view import (
    SHOWN,
    answer_groups,
    answer_kinds,
    between,
    minutes,
    times,
    view_groups,
    view_kinds,
)
from bpr.errors import InputError
from bpr.frames import Groups
from bpr.workspace import Workspace
from tests.builder import Rows, workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.workspace.common_town import DOGS, INQUIRIES, PAYMENTS, common_town

SEARCH = "?group=family%3Apayments"


@pytest.fixture
def town(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(common_town())


@pytest.fixture
def browser(town: Workspace) -> Browser:
    return Browser(create_app(town))


def named(make_workspace: MakeWorkspace, *rows: list[str]) -> Workspace:
    """A survey without any number: rows of division and task name."""
    return make_workspace(workbook([["課", "業務名"], *rows]))


def notice(done: dict[str, Any]) -> str:
    return "".join(texts(done["sideUpdate"]["notice"]["children"]))


# --- numbers and addresses ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (0.0, "0.0"), (3.94, "3.9"), (10.0, "10"), (1008.75, "1,009")]
)
def test_minutes_as_printed(value: float | None, text: str) -> None:
    assert minutes(value) == text


def test_ranges_and_ratios_as_printed() -> None:
    assert between(3.9, 19.0) == "3.9〜19 分"
    assert between(10.01, 10.02) == "10 分"
    assert (times(10.0, 49.0), times(5.0, 60.0), times(1.0, 4321.0)) == ("4.9", "12", "4,321")


@pytest.mark.parametrize(
    "query",
    [
        CommonQuery(),
        CommonQuery(view="mamurogawa"),
        CommonQuery(group="like:犬の登録 & 猫#?", every="1"),
    ],
)
def test_an_address_says_what_it_was_made_of(query: CommonQuery) -> None:
    address = query.href("group")
    assert address.startswith("/common")
    search = address.removeprefix("/common").removesuffix("#group")
    assert CommonQuery.parse(search) == query


# --- sentences ----------------------------------------------------------------------------------


def test_the_answer_tells_the_greatest_group_and_how_much_is_common(town: Workspace) -> None:
    assert answer_groups(town.grouped_work()) == [
        "3 課が「支出伝票の処理」に年 140 時間を使い、1 件あたりの時間は課により 10〜60 分と 6.0 倍ひらいています。",
        "課をまたぐ同じ業務は 3 まとまり、7 業務（全 8 業務の 88%）です。",
    ]


def test_the_answer_follows_the_chosen_group(town: Workspace) -> None:
    assert answer_groups(town.grouped_work(), INQUIRIES) == [
        "2 課が「照会・調査への回答」に年 18 時間を使っています。件数の分かる課が 2 つないので、1 件あたりの時間は比べられません。"
    ]


def test_the_answer_for_names_alone(make_workspace: MakeWorkspace) -> None:
    work = named(make_workspace, ["税務課", "支払処理"], ["福祉課", "支払処理"]).grouped_work()
    assert answer_groups(work)[0] == (
        "2 課に「支出伝票の処理」があります。時間が書かれていないので、比べられません。"
    )


def test_the_answer_where_nothing_is_common(make_workspace: MakeWorkspace) -> None:
    work = named(make_workspace, ["税務課", "支払処理"], ["税務課", "公売"]).grouped_work()
    assert answer_groups(work)[0] == "課をまたぐ同じ業務は、見つかりませんでした。"


def test_hours_that_nobody_knows_are_named(make_workspace: MakeWorkspace) -> None:
    rows: Rows = [
        ["課", "業務名", "年間作業時間"],
        ["税務課", "支払処理", 10],
        ["福祉課", "支払処理", None],
    ]
    work = make_workspace(workbook(rows)).grouped_work()
    assert "年 10 時間（時間不明 1 業務を除く）を使っています。" in answer_groups(work)[0]
    line = view_groups(work.groups, CommonQuery()).lines[0]
    assert (line.hours, line.unknown) == ("10", "時間不明 1 業務を除く")
    assert (line.spread, line.base) == ("–", "件数の分かる課が 0")


# --- the table ----------------------------------------------------------------------------------


def test_rows_stand_by_hours_with_their_base(town: Workspace) -> None:
    view = view_groups(town.list_groups(), CommonQuery())
    assert [(line.name, line.tasks, line.hours) for line in view.lines] == [
        ("支出伝票の処理", "3", "140"),
        ("照会・調査への回答", "2", "18"),
        ("=犬の登録", "2", "10"),
    ]
    first = view.lines[0]
    assert (first.spread, first.base) == ("10〜60 分", "中央値 20 分（3 課）")
    assert first.above_median == "40"
    assert first.href == "/common?group=family%3Apayments#group"
    assert "削減の見込みではありません" in view.note
    assert view.hidden == 0


def test_many_groups_are_listed_in_two_steps(town: Workspace) -> None:
    one = town.list_groups().head(1)
    rows = [one.with_columns(group_key=pl.lit(f"like:{n}")) for n in range(SHOWN + 3)]
    groups = Groups.validate(pl.concat(rows))
    first = view_groups(groups, CommonQuery())
    assert (len(first.lines), first.hidden) == (SHOWN, 3)
    assert len(view_groups(groups, CommonQuery(every="1")).lines) == SHOWN + 3
    assert len(view_groups(groups, CommonQuery(group="like:42")).lines) == 1


def test_kinds_beside_the_published_town(town: Workspace) -> None:
    view = town.settings.common_work.views["mamurogawa"]
    counts = town.list_kinds("mamurogawa")
    shown = view_kinds(counts, view)
    assert [line.label for line in shown.lines[:3]] == [
        "文書・データ管理",
        "会計管理",
        "議事録作成",
    ]
    assert [line.published_place for line in shown.lines[:5]] == [
        "1 位",
        "2 位",
        "3 位",
        "3 位",
        "5 位",
    ]
    last = shown.lines[-1]
    assert (last.label, last.place, last.published) == ("区分なし", "–", "–")
    assert "改善すべき業務 96 件の内訳です" in shown.notes[0]
    assert "比べられるのは多い順だけです" in shown.notes[0]
    assert "出所：真室川町DX推進計画（2025年）" in shown.notes[1]
    assert answer_kinds(counts, view)[0].startswith("真室川町の14区分に当てはめると")


# --- one group ----------------------------------------------------------------------------------


def test_one_group_in_words(town: Workspace) -> None:
    view = view_group(town.read_group(PAYMENTS))
    assert view.heading == "「支出伝票の処理」は、1 件あたり 10〜60 分。中央値は 20 分"
    assert view.base == ("母数：3 課のうち、時間と件数が両方分かる 3 課（3 業務のうち 3 業務）")
    assert view.sentence == (
        "1 件あたりの時間は、いちばん短い税務課が 10 分、いちばん長い福祉課が 60 分（6.0 倍）で、3 課の中央値は 20 分です。"
    )
    assert view.difference.startswith(
        "中央値より長い 1 課が中央値の時間で処理したとすると、差は年 40 時間です（中央値との差）。"
    )
    assert [(bar.division, bar.text) for bar in view.bars] == [
        ("福祉課", "60"), ("住宅課", "20"), ("税務課", "10"),
    ]  # fmt: skip
    assert view.divisions[0] == ["福祉課", "1", "60", "60", "60", "40"]
    assert view.members[0].name == "支払処理／伝票の起票"


def test_a_group_without_cases_has_no_chart(town: Workspace) -> None:
    view = view_group(town.read_group(INQUIRIES))
    assert view.bars == []
    assert "比べられません" in view.sentence
    assert view.divisions == [
        ["福祉課", "1", "10", "20", "30", "0"],
        ["住宅課", "1", "8", "–", "–", "–"],
    ]


def test_the_figure_holds_the_bars_and_the_median() -> None:
    bars = [MinutesBar("福祉課", 60.0, "60"), MinutesBar("税務課", 0.0, "0.0")]
    figure = minutes_figure(bars, 30.0, "30")
    assert list(figure.data[0].x) == [60.0, 0.0]
    assert list(figure.data[0].y) == ["福祉課　60", "税務課　0.0"]
    assert figure.layout.shapes[0].x0 == 30.0
    assert "中央値 30 分" in figure.layout.annotations[0].text
    assert minutes_figure([replace(bar, minutes=0.0) for bar in bars], 0.0, "0").layout.xaxis.range[1] > 0  # fmt: skip


# --- the page -----------------------------------------------------------------------------------


def test_the_page_lists_the_groups(browser: Browser) -> None:
    tree = browser.page("/common")
    shown = texts(tree)
    assert shown[0] == "どの課でも同じことをしている仕事はどれか"
    assert [one["type"] for one in components(tree)].count("H1") == 1
    assert "支出伝票の処理" in shown
    assert by_id(tree, "common-detail")["children"] == []


def test_the_address_brings_the_group_and_the_view(browser: Browser) -> None:
    group = texts(browser.page("/common", SEARCH))
    assert "← すべての共通業務に戻る" in group
    assert "照会・調査への回答" not in group
    kinds = texts(browser.page("/common", "?view=mamurogawa"))
    assert "区分なし" in kinds
    assert "支出伝票の処理" not in kinds


@pytest.mark.parametrize(
    "search", ["?group=like:ない", "?view=x", "?view=mamurogawa&group=family:payments"]
)
def test_an_address_that_leads_nowhere_shows_what_there_is(browser: Browser, search: str) -> None:
    tree = browser.page("/common", search)
    assert by_id(tree, "common-detail")["children"] == []
    assert "一覧を Excel で保存" in texts(tree)


def test_what_is_shown_follows_the_address(browser: Browser) -> None:
    done = browser.call("common-list.children", "url.search", url__search=SEARCH)
    assert "差は年 40 時間です" in "".join(texts(done["response"]["common-detail"]["children"]))
    answer = "".join(texts(done["response"]["common-answer"]["children"]))
    assert answer.startswith("3 課が「支出伝票の処理」に")


def press(browser: Browser, button: str, search: str = SEARCH, **values: Any) -> dict[str, Any]:
    own = {f"common_{button.replace('-', '_')}__n_clicks": 1, "url__search": search}
    return browser.call("common-list.children", f"common-{button}.n_clicks", **own, **values)


def test_a_group_is_confirmed_and_that_is_taken_back(browser: Browser, town: Workspace) -> None:
    assert notice(press(browser, "confirm")) == "同じ業務として確認しました。"
    assert town.read_group(PAYMENTS).group["confirmed"].to_list() == [True]
    assert notice(press(browser, "unconfirm")) == "確認を取り消しました。"
    assert town.read_group(PAYMENTS).group["confirmed"].to_list() == [False]


def test_a_group_is_renamed_and_called_as_before(browser: Browser, town: Workspace) -> None:
    assert (
        notice(press(browser, "rename", common_name__value="伝票")) == "名前を「伝票」にしました。"
    )
    assert "伝票" in town.list_groups()["name"]
    done = press(browser, "own-name", common_name__value="伝票")
    assert notice(done) == "名前を「支出伝票の処理」にしました。"


def test_tasks_are_taken_out_and_put_back(browser: Browser, town: Workspace) -> None:
    done = press(
        browser, "take-out", common_members__value=["住宅課-1"], common_reason__value="審査"
    )
    assert notice(done).startswith("1 業務を外しました。")
    assert "外した業務（1）" in texts(done["response"]["common-detail"]["children"])
    assert town.read_group(PAYMENTS).taken_out["reason"].to_list() == ["審査"]
    tree = browser.page("/common", SEARCH)
    assert "外した業務（1）" in texts(tree)
    done = press(browser, "put-back", common_outside__value=["住宅課-1"])
    assert notice(done) == "1 業務を戻しました。"
    assert town.read_group(PAYMENTS).members.height == 3


def test_a_task_is_found_and_put_in(browser: Browser, town: Workspace) -> None:
    done = browser.call(
        "common-found.children", "common-find.n_clicks",
        common_find__n_clicks=1, url__search=SEARCH, common_text__value="差押え",
    )  # fmt: skip
    shown = "".join(texts(done["response"]["common-found"]["children"]))
    assert "1 業務が見つかりました。" in shown
    assert "滞納処分／財産の差押え" in shown
    done = press(browser, "put-in", common_chosen__value=["税務課-2"])
    assert notice(done) == "1 業務を入れました。"
    assert "税務課-2" in town.read_group(PAYMENTS).members["task_id"]


@pytest.mark.parametrize("button", ["take-out", "put-back", "put-in"])
def test_without_a_tick_nothing_is_done(browser: Browser, town: Workspace, button: str) -> None:
    before = town.store.revision()
    assert notice(press(browser, button)).startswith("業務が選ばれていません。")
    assert town.store.revision() == before


def test_a_button_that_only_appears_does_nothing(browser: Browser, town: Workspace) -> None:
    before = town.store.revision()
    for button in ("confirm", "rename", "take-out", "put-back", "put-in"):
        values = {f"common_{button.replace('-', '_')}__n_clicks": None, "url__search": SEARCH}
        browser.call("common-list.children", f"common-{button}.n_clicks", **values)
    assert town.store.revision() == before


def test_the_list_is_saved(browser: Browser) -> None:
    done = browser.call("common-download.data", common_save__n_clicks=1)
    data = done["response"]["common-download"]["data"]
    assert data["filename"] == "共通業務.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(b64decode(data["content"])))
    assert book["共通業務"]["A5"].value == "支出伝票の処理"


def test_a_hostile_name_stays_text(browser: Browser, town: Workspace) -> None:
    assert DOGS in town.list_groups()["group_key"]
    with pytest.raises(InputError):
        town.rename_group(DOGS, "支出伝票の処理")
    assert "=犬の登録" in texts(browser.page("/common"))
