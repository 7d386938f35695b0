"""重み: what sliders say, what they do to the ranking, what is kept of it."""

import io
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import polars as pl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages.weights.actions import (
    freeze_current,
    keep_weights,
    list_sets,
    move_sliders,
    open_evaluation,
)
from bpr.dashboard.pages.weights.kept import view_evaluation, view_sets
from bpr.dashboard.pages.weights.query import WeightsQuery, read_look
from bpr.dashboard.pages.weights.steps import (
    list_marks,
    list_steps,
    list_words,
    move_weights,
    position_of,
    say_multiplier,
    say_multipliers,
)
from bpr.dashboard.pages.weights.swaps import Swap, Swaps, swaps_figure, view_swaps
from bpr.dashboard.pages.weights.view import (
    Move,
    answer_effect,
    list_criteria,
    say_certainty,
    tell_move,
    view_effect,
)
from bpr.errors import InputError
from bpr.frames import TaskTable
from bpr.report import Report
from bpr.store import Evaluation, FrozenRanking
from bpr.tabulate.evaluation import freeze_ranking
from bpr.workspace import Opinion, Workspace
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.tabulate.town import town_workbook

STEPS = [0.33, 0.4, 0.5, 0.67, 0.83, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0]
THEMES = {"volume": "量", "routine": "定型の度合い"}
TOP = 3
NOW = datetime(2027, 6, 20, 3, 0, tzinfo=UTC)
VOLUME = "?weights=volume%3A2"


def small_top(workspace: Workspace) -> Workspace:
    """The top is three, so that tasks of the small town can fall out of it; weights go to 3 times."""
    scoring = replace(workspace.settings.scoring, top=TOP, weight_spread=3.0)
    workspace.settings = replace(workspace.settings, scoring=scoring)
    workspace.clock = lambda: NOW
    return workspace


@pytest.fixture
def town(make_workspace: MakeWorkspace) -> Workspace:
    return small_top(make_workspace(town_workbook()))


@pytest.fixture
def page(town: Workspace) -> Browser:
    return Browser(create_app(town))


def themes(town: Workspace) -> list[str]:
    return list(town.settings.scoring.themes)


def ranked_as(report: Report, ranks: Mapping[str, int]) -> Report:
    """The report with some tasks at other ranks."""
    rank = pl.col("task_id").replace_strict(ranks, default=pl.col("rank"), return_dtype=pl.Int64)
    return replace(report, tasks=TaskTable.validate(report.tasks.with_columns(rank=rank)))


def by_rank(report: Report) -> list[str]:
    return [str(task_id) for task_id in report.tasks.sort("rank")["task_id"]]


def swapped(report: Report, first: int, last: int) -> Report:
    """The report with the tasks of two ranks exchanged."""
    ids = by_rank(report)
    return ranked_as(report, {ids[first - 1]: last, ids[last - 1]: first})


def notice(done: dict[str, Any]) -> str:
    return "".join(texts(done["sideUpdate"]["notice"]["children"]))


def shown(done: dict[str, Any], part: str) -> str:
    return "".join(texts(done["response"][part]["children"]))


# --- the slider ---------------------------------------------------------------------------------


def test_the_places_of_a_slider_are_readable_and_go_both_ways() -> None:
    assert list_steps(3.0) == STEPS
    assert list_steps(2.0) == [0.5, 0.67, 0.83, 1.0, 1.2, 1.5, 2.0]
    assert list_steps(1.1) == [0.91, 1.0, 1.1]
    assert list_steps(50.0)[0] == 0.1
    assert list_steps(50.0)[-1] == 10.0
    for lighter, heavier in zip(STEPS[:5], reversed(STEPS[6:]), strict=True):
        assert lighter * heavier == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("multiplier", "position"),
    [(1.0, 0), (2.0, 3), (0.5, -3), (3.0, 5), (9.0, 5), (0.1, -5), (2.2, 3), (1.05, 0)],
)
def test_a_multiplier_stands_at_the_nearest_place(multiplier: float, position: int) -> None:
    assert position_of(multiplier, STEPS) == position


def test_the_marks_name_the_ends_the_middle_half_and_double() -> None:
    named = {place: text for place, text in list_marks(STEPS) if text}
    assert named == {-5: "×0.33", -3: "×0.5", 0: "×1", 3: "×2", 5: "×3"}
    assert len(list_marks(STEPS)) == len(STEPS)


@pytest.mark.parametrize(
    ("multiplier", "words"),
    [(1.0, "×1 標準"), (2.0, "×2 重く見る"), (0.5, "×0.5 軽く見る"), (0.3333, "×0.333 軽く見る")],
)
def test_a_multiplier_in_words(multiplier: float, words: str) -> None:
    assert say_multiplier(multiplier) == words


def test_a_multiplier_between_two_places_keeps_its_number() -> None:
    words = list_words(2.2, STEPS)
    assert words[8] == "×2.2 重く見る"
    assert words[7] == "×1.5 重く見る"
    kept = move_weights({"volume": 2.2, "work": 1.0}, {"volume": 3, "work": -3}, STEPS)
    assert kept == {"volume": 2.2, "work": 0.5}
    assert move_weights({"volume": 2.2}, {"volume": 4}, STEPS) == {"volume": 2.5}
    assert move_weights({"volume": 2.2}, {"volume": 0}, STEPS) == {}
    assert move_weights({"volume": 2.2}, {"volume": None}, STEPS) == {"volume": 2.2}


def test_multipliers_in_words() -> None:
    told = say_multipliers({"volume": 2.0, "routine": 1.0, "gone": 0.5}, THEMES)
    assert told == "量 ×2、gone ×0.5"
    assert say_multipliers({"volume": 1.0}, THEMES) == "どの観点も ×1（標準のまま）"


def test_a_theme_lists_its_criteria_by_lever(town: Workspace) -> None:
    scoring = town.settings.scoring
    for theme in scoring.themes:
        lines = list_criteria(scoring, theme)
        assert len(lines) == sum(
            any(c.theme == theme for c in lever.criteria.values())
            for lever in scoring.levers.values()
        )
    assert any(line.startswith("AI-OCR：") for line in list_criteria(scoring, "volume"))


# --- what it does -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "kind", "mark", "told"),
    [
        (1, 4, "up", "▲3", "3 つ上がる"),
        (6, 4, "down", "▼2", "2 つ下がる"),
        (4, 4, "same", "–", "変わらない"),
        (25, 26, "new", "新", "新しく上位 25 に入る"),
        (30, 26, "down", "▼4", "4 つ下がる"),
        (30, 1031, "up", "▲1,001", "1,001 つ上がる"),
        (None, 4, "gone", "なし", "今の調査票にない"),
    ],
)
def test_a_move_is_a_mark_and_words(
    now: int | None, before: int, kind: str, mark: str, told: str
) -> None:
    assert tell_move(now, before, 25) == Move(kind, mark, told)


def test_the_top_is_held_against_the_standard(town: Workspace) -> None:
    standard = town.report()
    effect = view_effect(standard, swapped(standard, 2, 5), WeightsQuery(weights="volume:2"))
    assert (effect.top, effect.stayed) == (TOP, 2)
    assert [(line.now, line.before, line.move.mark) for line in effect.lines] == [
        ("1 位", "1 位", "–"), ("2 位", "5 位", "新"), ("3 位", "3 位", "–"),
    ]  # fmt: skip
    assert [(line.before, line.now) for line in effect.left] == [("2 位", "5 位")]
    assert "weights=volume%3A2" in effect.lines[0].href
    assert f"task={WeightsQuery().tasks(by_rank(standard)[0]).to_query()[6:]}" in effect.lines[0].href  # fmt: skip
    assert answer_effect(effect) == [
        "この重みでは、上位 3 のうち 2 業務が標準と同じで、1 業務が入れ替わります。"
    ]


def test_the_answer_where_nobody_falls_out(town: Workspace) -> None:
    standard = town.report()
    moved = view_effect(standard, swapped(standard, 1, 2), WeightsQuery())
    assert moved.left == []
    assert answer_effect(moved) == [
        "この重みでも、上位 3 の業務は標準と同じで、順位だけが 2 業務で変わります。"
    ]
    same = view_effect(standard, standard, WeightsQuery())
    assert answer_effect(same) == [
        "この重みでも、上位 3 の業務は標準と同じで、順位も変わりません。"
    ]


def test_all_tasks_are_the_top_of_a_survey_shorter_than_it(make_workspace: MakeWorkspace) -> None:
    report = make_workspace(town_workbook()).report()
    effect = view_effect(report, swapped(report, 1, 7), WeightsQuery())
    assert (effect.top, effect.stayed, len(effect.lines)) == (7, 7, 7)


def test_how_sure_it_is_has_its_base(town: Workspace) -> None:
    found = town.sensitivity()
    told, meaning = say_certainty(found)
    counts = found.certainty["certainty"].cast(pl.String).value_counts().rows()
    numbers = dict(counts)
    assert told == (
        f"順位の確かさ：確実 {numbers.get('certain', 0)}／重み次第 {numbers.get('depends', 0)}"
        f"／圏外 {numbers.get('out', 0)}（1,000 通り、母数 7 業務）"
    )
    assert "3 分の 1〜3 倍" in meaning
    assert "確実＝95% 以上" in meaning


def test_each_theme_is_doubled_alone(town: Workspace) -> None:
    swaps = view_swaps(town)
    first = set(by_rank(town.report())[:TOP])
    labels = town.settings.scoring.themes
    assert {bar.label: bar.count for bar in swaps.bars} == {
        label: len(first - set(by_rank(town.ranked(Opinion({theme: 2.0})))[:TOP]))
        for theme, label in labels.items()
    }
    assert [bar.count for bar in swaps.bars] == sorted((b.count for b in swaps.bars), reverse=True)


def test_the_swaps_as_a_sentence_and_a_figure() -> None:
    bars = [Swap("量", 9), Swap("担い手", 0)]
    assert Swaps(25, bars).sentence == (
        "標準から観点を 1 つだけ 2 倍にしたとき、上位 25 のうち入れ替わるのは、「量」がいちばん多く 9 業務、「担い手」がいちばん少なく 0 業務です。"
    )
    assert "どの観点でも 0 業務です" in Swaps(25, bars[1:]).sentence
    figure = swaps_figure(bars, 25)
    assert list(figure.data[0].x) == [9, 0]
    assert list(figure.data[0].y) == ["量", "担い手"]
    assert list(figure.data[0].text) == ["9", "0"]
    assert swaps_figure(bars[1:], 25).layout.xaxis.range[1] > 0


# --- the address --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        WeightsQuery(),
        WeightsQuery(weights="volume:2,routine:0.5"),
        WeightsQuery(weight_set="量 & 質@重視@2", evaluation="3"),
    ],
)
def test_an_address_says_what_it_was_made_of(query: WeightsQuery) -> None:
    address = query.href("ranking")
    assert address.startswith("/weights")
    search = address.removeprefix("/weights").removesuffix("#ranking")
    assert WeightsQuery.parse(search) == query


def test_sliders_write_the_address_and_what_stands_is_left_alone(town: Workspace) -> None:
    order = themes(town)
    places: list[int | None] = [0] * len(order)
    assert move_sliders(town, "", places) is None
    places[order.index("work")] = -3
    assert move_sliders(town, "", places) == WeightsQuery(weights="work:0.5")
    assert move_sliders(town, "?weights=work%3A0.5", places) is None
    back = move_sliders(town, "?weights=work%3A0.5&evaluation=1", [0] * len(order))
    assert back == WeightsQuery()


def test_a_moved_slider_leaves_the_set(town: Workspace) -> None:
    town.save_weights("案", {"volume": 2.2})
    order = themes(town)
    places: list[int | None] = [3 if theme == "volume" else 0 for theme in order]
    assert move_sliders(town, "?weight_set=案@1", places) is None
    places[order.index("work")] = 3
    moved = move_sliders(town, "?weight_set=案@1", places)
    assert moved == WeightsQuery(weights="volume:2.2,work:2")


def test_a_set_that_is_not_there_is_said_and_the_standard_is_shown(page: Browser) -> None:
    tree = page.page("/weights", "?weight_set=ない@9")
    assert texts(by_id(tree, "weights-problem")["children"]) == [
        "重み「ない」は保存されていません。先に重みを保存してください。"
    ]
    assert by_id(tree, "weights-of-volume")["value"] == 0


# --- what is kept -------------------------------------------------------------------------------


def test_versions_stand_with_the_latest_first(town: Workspace) -> None:
    town.save_weights("案", {"volume": 2.0}, "首長の方針")
    town.save_weights("案", {"volume": 3.0, "routine": 0.5})
    town.save_weights("別の案", {})
    cards = view_sets(list_sets(town), THEMES, "ranking", "案@1")
    assert [(c.latest.name, c.latest.version, len(c.earlier)) for c in cards] == [
        ("案", "第 2 版", 1), ("別の案", "第 1 版", 0),
    ]  # fmt: skip
    latest, [first] = cards[0].latest, cards[0].earlier
    assert latest.weights == "定型の度合い ×0.5、量 ×3"
    assert latest.href == "/weights?weight_set=%E6%A1%88%402#ranking"
    assert latest.candidates == "/candidates?weight_set=%E6%A1%88%402"
    assert (first.note, first.weights, first.looked_at, latest.looked_at) == (
        "首長の方針", "量 ×2", True, False,
    )  # fmt: skip


def test_the_standard_is_not_saved_as_a_set(town: Workspace) -> None:
    with pytest.raises(InputError, match="つまみを動かしてから保存してください"):
        keep_weights(town, "", "案", None)
    assert town.list_weight_sets() == []


def test_all_tasks_are_frozen_under_the_set_of_the_address(town: Workspace) -> None:
    town.save_weights("案", {"volume": 2.0})
    assert freeze_current(town, "?weight_set=案@1", " 令和8年度  の選定 ") == "令和8年度 の選定"
    [kept] = town.list_evaluations()
    assert (kept.set_name, kept.set_version, kept.multipliers) == ("案", 1, {"volume": 2.0})
    assert kept.base_count == 7
    rows = town.read_evaluation(kept.id).rows
    assert rows["task_id"].to_list() == by_rank(town.ranked(Opinion({"volume": 2.0})))


def test_unsaved_weights_are_not_frozen(town: Workspace) -> None:
    with pytest.raises(InputError, match="重みに名前を付けて保存してから"):
        freeze_current(town, VOLUME, "選定")


def frozen_ranking(report: Report, digest: str = "a" * 64) -> FrozenRanking:
    evaluation = Evaluation(1, "選定", "案", 2, {"volume": 2.0}, digest, 7, NOW, "local")
    return FrozenRanking(evaluation, freeze_ranking(report.tasks, report.scores))


def test_an_evaluation_that_still_holds(town: Workspace) -> None:
    report = town.report()
    view = view_evaluation(frozen_ranking(report), report, "a" * 64, TOP)
    assert view.heading == "評価「選定」の上位 3 のうち、すべてが今も同じ順位です"
    assert view.settings == "点のつけ方などの設定は、評価のときと同じです。"
    assert view.data == "業務は 7 業務すべて同じで、順位も変わっていません。"
    assert "案（第 2 版）　" in view.base
    assert "業務数　7" in view.base
    assert "weight_set=%E6%A1%88%402" in view.lines[0].href


def test_an_evaluation_that_time_has_overtaken(town: Workspace) -> None:
    report = town.report()
    first = by_rank(report)[0]
    today = swapped(report, 2, 6)
    left = today.tasks.filter(pl.col("task_id") != first)
    now = replace(today, tasks=TaskTable.validate(left))
    view = view_evaluation(frozen_ranking(report), now, "b" * 64, TOP)
    assert view.heading == (
        "評価「選定」の上位 3 のうち、1 業務は今も上位 3 にあります（同じ順位は 1 業務）"
    )
    assert view.settings.startswith("設定が変わっています（評価のとき aaaaaaaa、今 bbbbbbbb）。")
    assert view.data == (
        "評価の 7 業務のうち、今の調査票にないのは 1 業務、順位が変わったのは 2 業務です。"
        "評価の後に加わったのは 0 業務です。"
    )
    assert [(line.before, line.now, line.move.mark) for line in view.lines] == [
        ("1 位", "–", "なし"), ("2 位", "6 位", "▼4"), ("3 位", "3 位", "–"),
    ]  # fmt: skip


def test_tasks_that_came_later_are_counted(town: Workspace) -> None:
    report = town.report()
    frozen = frozen_ranking(report)
    view = view_evaluation(replace(frozen, rows=frozen.rows.head(5)), report, "a" * 64, TOP)  # type: ignore[arg-type]
    assert view.data.endswith("順位が変わったのは 0 業務です。評価の後に加わったのは 2 業務です。")


@pytest.mark.parametrize("number", ["2", "x", "²", "9" * 30])
def test_an_evaluation_that_is_not_there_is_said(
    town: Workspace, page: Browser, number: str
) -> None:
    with pytest.raises(InputError, match=f"評価の番号 {number} がありません"):
        open_evaluation(town, WeightsQuery(evaluation=number))
    tree = page.page("/weights", WeightsQuery(evaluation=number).to_query())
    assert "がありません" in "".join(texts(by_id(tree, "weights-detail")["children"]))


# --- the page -----------------------------------------------------------------------------------


def test_the_page_has_a_slider_for_each_theme(page: Browser, town: Workspace) -> None:
    tree = page.page("/weights")
    assert texts(tree)[0] == "重みを変えると、順位はどう変わるか"
    kinds = [one["type"] for one in components(tree)]
    assert kinds.count("H1") == 1
    assert kinds.count("Slider") == len(themes(town))
    volume = by_id(tree, "weights-of-volume")
    assert (volume["min"], volume["max"], volume["value"]) == (-5, 5, 0)
    assert volume["thumbLabel"] == "量（件数・時間）の重み"
    assert volume["attributes"] == {"thumb": {"aria-valuetext": "×1 標準"}}
    assert not by_id(tree, "weights-freeze")["disabled"]


def test_the_address_sets_the_sliders(page: Browser) -> None:
    tree = page.page("/weights", "?weights=volume%3A2,routine%3A0.5")
    assert by_id(tree, "weights-of-volume")["value"] == 3
    assert by_id(tree, "weights-of-routine")["value"] == -3
    assert by_id(tree, "weights-words-volume")["children"] == "×2 重く見る"
    assert by_id(tree, "weights-freeze")["disabled"]
    assert "名前を付けて保存すると" in by_id(tree, "weights-freeze-note")["children"]


def test_a_page_without_a_survey_says_what_to_do(make_workspace: MakeWorkspace) -> None:
    tree = Browser(create_app(make_workspace())).page("/weights")
    assert "まだ調査票が取り込まれていません。" in texts(tree)


def test_a_moved_slider_changes_the_address(page: Browser, town: Workspace) -> None:
    places: dict[str, Any] = {f"weights_of_{theme}__value": 0 for theme in themes(town)}
    places["weights_of_volume__value"] = 3
    done = page.call("url.search", "weights-of-volume.value", url__search="", **places)
    assert done["response"]["url"] == {"search": VOLUME, "hash": ""}
    assert done["response"]["weights-written"]["data"] == VOLUME


def test_the_ranking_follows_the_address(page: Browser, town: Workspace) -> None:
    done = page.call("weights-effect.children", "url.search", url__search=VOLUME)
    ranked = town.ranked(Opinion({"volume": 2.0}))
    names = freeze_ranking(ranked.tasks, ranked.scores).head(TOP)["task_name"]
    effect = texts(done["response"]["weights-effect"]["children"])
    assert [text for text in effect if text in set(names)][:TOP] == names.to_list()
    assert shown(done, "weights-answer").startswith("この重みで")
    assert done["response"]["weights-freeze"]["disabled"] is True
    assert done["response"]["weights-of-volume"]["value"] == 3
    assert done["response"]["weights-scale-volume"]["data"][8] == "×2 重く見る"


def test_sliders_that_wrote_the_address_are_left_alone(page: Browser) -> None:
    done = page.call(
        "weights-effect.children", "url.search", url__search=VOLUME, weights_written__data=VOLUME
    )
    assert "weights-of-volume" not in done["response"]
    assert "weights-effect" in done["response"]


def test_what_takes_longer_comes_by_itself(page: Browser) -> None:
    sure = page.call("weights-sure.children", weights_asked__data=VOLUME)
    assert "順位の確かさ：確実 " in shown(sure, "weights-sure")
    swaps = page.call("weights-swaps.children", weights_swaps_asked__data="")
    [chart] = [
        one["props"]
        for one in components(swaps["response"]["weights-swaps"]["children"])
        if one["props"].get("role") == "img"
    ]
    assert chart["aria-label"].startswith("標準から観点を 1 つだけ 2 倍にしたとき")
    assert "割合（母数 3）" in texts(swaps["response"]["weights-swaps"]["children"])


def save(page: Browser, search: str, name: str, note: str = "") -> dict[str, Any]:
    return page.call(
        "weights-sets.children", "weights-save.n_clicks", weights_save__n_clicks=1,
        url__search=search, weights_name__value=name, weights_note__value=note,
    )  # fmt: skip


def freeze(page: Browser, search: str, title: str) -> dict[str, Any]:
    return page.call(
        "weights-evaluations.children", "weights-freeze.n_clicks", weights_freeze__n_clicks=1,
        url__search=search, weights_title__value=title,
    )  # fmt: skip


def test_weights_are_saved_shown_and_looked_through(page: Browser, town: Workspace) -> None:
    done = save(page, VOLUME, "案", "首長の方針")
    assert notice(done) == "「案」の第 1 版として保存しました。"
    assert done["response"]["url"]["search"] == "?weight_set=%E6%A1%88%401"
    assert done["response"]["weights-name"]["value"] == ""
    listed = shown(done, "weights-sets")
    assert "首長の方針" in listed
    assert "表示中" in listed
    assert notice(save(page, "?weights=volume%3A3", "案")) == "「案」の第 2 版として保存しました。"
    assert read_look(town, "?weight_set=案@1").opinion.multipliers == {"volume": 2.0}
    assert "前の版（1）" in texts(page.page("/weights"))


def test_what_cannot_be_saved_is_said(page: Browser) -> None:
    assert "重みの名前がありません" in notice(save(page, VOLUME, " "))
    assert "重みが標準のままです" in notice(save(page, "", "案"))


def test_a_ranking_is_frozen_listed_opened_and_taken_out(page: Browser) -> None:
    done = freeze(page, "", "=選定")
    assert notice(done) == "順位を評価「=選定」として残しました。"
    assert done["response"]["weights-title"]["value"] == ""
    assert "=選定" in shown(done, "weights-evaluations")
    tree = page.page("/weights", "?evaluation=1")
    assert "評価「=選定」の上位 3 のうち、すべてが今も同じ順位です" in texts(tree)
    assert "下に表示中" in texts(tree)
    file = page.call(
        "weights-download.data", "weights-file.n_clicks",
        weights_file__n_clicks=1, url__search="?evaluation=1",
    )["response"]["weights-download"]["data"]  # fmt: skip
    assert file["filename"] == "評価1.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(b64decode(file["content"]))).worksheets[0]
    assert sheet["A2"].value == "・題名　=選定"
    assert "重み　標準" in str(sheet["A4"].value)
    assert sheet.max_row == 6 + 7


def test_what_cannot_be_frozen_is_said(page: Browser, town: Workspace) -> None:
    assert "保存してから、評価を残してください" in notice(freeze(page, VOLUME, "選定"))
    assert "評価の題名がありません" in notice(freeze(page, "", ""))
    assert town.list_evaluations() == []


@pytest.mark.parametrize("button", ["save", "freeze", "file"])
def test_a_button_put_on_the_page_does_nothing(page: Browser, town: Workspace, button: str) -> None:
    outputs = {"save": "weights-sets.children", "freeze": "weights-evaluations.children", "file": "weights-download.data"}  # fmt: skip
    done = page.call(outputs[button], f"weights-{button}.n_clicks", url__search=VOLUME)
    assert done["response"] == {}
    assert town.list_weight_sets() == []
    assert town.list_evaluations() == []
