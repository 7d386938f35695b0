"""A form that a person confirmed is read without asking, in other workbooks and when it changes."""

from collections.abc import Callable

import pytest

from bpr.errors import InputError
from bpr.pipeline import Workbook
from bpr.workspace import Workspace
from tests.builder import Rows, workbook

Opener = Callable[[], Workspace]


def odd(name: str, division: str, header: list[str] | None = None) -> Workbook:
    """A form whose last labels nobody can know; the middle ones are wrong at first sight."""
    rows: Rows = [
        ["所属", "業務名", "年間件数", "処理時間", "備考欄", *((header or [])[5:])],
        [division, "賦課", 10, 20, "急ぐ", *((header or [])[5:])],
        [division, "徴収", 30, 40, None, *((header or [])[5:])],
    ]
    return workbook(rows, name=name)


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([odd("a.xlsx", "税務課"), odd("b.xlsx", "福祉課")])
    return workspace


def field_of(workspace: Workspace, name: str, key: str) -> str | None:
    form = workspace.report().forms.filter(workbook=name, key=key)
    field: str | None = form["field"].item()
    return field


def known(workspace: Workspace) -> dict[str, str | None]:
    return dict(workspace.report().sheets.select("workbook", "known").iter_rows())


CHOSEN = {"処理時間": "minutes_per_case", "備考欄": "issues"}


def test_before_anything_is_confirmed(town: Workspace) -> None:
    assert field_of(town, "a.xlsx", "処理時間") == "annual_hours"
    assert field_of(town, "a.xlsx", "備考欄") is None
    assert known(town) == {"a.xlsx": None, "b.xlsx": None}


def test_a_confirmed_form_is_applied_to_all_workbooks_of_it(
    town: Workspace, reopen: Opener
) -> None:
    town.confirm_form("a.xlsx", "調査票", 0, CHOSEN)
    assert known(town) == {"a.xlsx": "confirmed", "b.xlsx": "confirmed"}
    for name in ("a.xlsx", "b.xlsx"):
        assert field_of(town, name, "処理時間") == "minutes_per_case"
        assert field_of(town, name, "備考欄") == "issues"
        assert field_of(town, name, "業務名") == "task_name"
    assert town.report().tasks["issues"].drop_nulls().to_list() == ["急ぐ", "急ぐ"]
    assert town.report().diagnostics.filter(code="column-guessed").height == 0
    later = reopen()
    later.import_workbooks([odd("来年.xlsx", "農政課")])
    assert known(later)["来年.xlsx"] == "confirmed"
    assert later.store.list_forms()[0].label == "a.xlsx / 調査票"


def test_a_slightly_changed_form_is_similar_and_tells_the_change(town: Workspace) -> None:
    town.confirm_form("a.xlsx", "調査票", 0, CHOSEN)
    changed = odd("c.xlsx", "農政課", [*["x"] * 5, "参考"])
    town.import_workbooks([changed])
    assert known(town)["c.xlsx"] == "similar"
    assert field_of(town, "c.xlsx", "処理時間") == "minutes_per_case"
    told = town.report().diagnostics.filter(code="form-changed")
    assert told.select("workbook", "value").rows() == [("c.xlsx", "＋参考")]
    town.confirm_form("c.xlsx", "調査票", 0, {"参考": None})
    assert known(town) == {"a.xlsx": "confirmed", "b.xlsx": "confirmed", "c.xlsx": "confirmed"}


def test_the_last_word_counts(town: Workspace) -> None:
    town.confirm_form("a.xlsx", "調査票", 0, CHOSEN)
    town.confirm_form("b.xlsx", "調査票", 0, {"処理時間": "annual_hours"})
    assert field_of(town, "a.xlsx", "処理時間") == "annual_hours"
    assert field_of(town, "a.xlsx", "備考欄") == "issues"


def test_what_was_read_can_be_confirmed_as_it_is(town: Workspace) -> None:
    town.confirm_form("a.xlsx", "調査票", 0, {})
    assert set(known(town).values()) == {"confirmed"}
    assert field_of(town, "a.xlsx", "処理時間") == "annual_hours"


def test_a_column_may_be_left_out(town: Workspace) -> None:
    town.confirm_form("a.xlsx", "調査票", 0, {"年間件数": None})
    assert field_of(town, "b.xlsx", "年間件数") is None
    assert town.report().tasks["annual_count"].null_count() == 4


def test_kinds_of_staff_may_share_a_field(workspace: Workspace) -> None:
    rows: Rows = [
        ["課", "業務名", "正規職員", "会計年度任用職員"],
        [None, None, "年間時間", "年間時間"],
        ["税務課", "賦課", 10, 20],
    ]
    book = workbook(rows, merged=["A1:A2", "B1:B2"], name="a.xlsx")
    workspace.import_workbooks([book])
    before = workspace.report().tasks.select("staff_category", "annual_hours").rows()
    assert before == [("正規職員", 10), ("会計年度任用職員", 20)]
    keys = workspace.report().forms["key"].to_list()
    assert keys == ["課", "業務名", "正規職員/年間時間", "会計年度任用職員/年間時間"]
    workspace.confirm_form("a.xlsx", "調査票", 0, dict.fromkeys(keys[2:], "annual_hours"))
    assert workspace.report().tasks.select("staff_category", "annual_hours").rows() == before


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"処理時間": "hours"}, "項目「hours」はありません。一覧から選んでください。"),
        ({"処理時間": ""}, "項目「」はありません。"),
        ({"ない列": "issues"}, "列「ない列」が「a.xlsx」にありません。"),
        ({"備考欄": "annual_hours"}, "「年間作業時間（時間/年）」が 2 つの列"),
        ({"備考欄": "issues", "処理時間": "issues"}, "「課題」が 2 つの列"),
        ({"業務名": None}, "業務の名前になる列がありません。"),
    ],
)
def test_what_cannot_be_confirmed(
    town: Workspace, fields: dict[str, str | None], reason: str
) -> None:
    with pytest.raises(InputError) as refused:
        town.confirm_form("a.xlsx", "調査票", 0, fields)
    assert str(refused.value).startswith(reason)
    assert town.store.list_forms() == []


@pytest.mark.parametrize(
    "place", [("x.xlsx", "調査票", 0), ("a.xlsx", "x", 0), ("a.xlsx", "調査票", 7)]
)
def test_a_table_that_is_not_there(town: Workspace, place: tuple[str, str, int]) -> None:
    with pytest.raises(InputError, match=r"の表がありません。画面を開き直してください。"):
        town.confirm_form(*place, {})
    with pytest.raises(InputError, match=r"の表がありません。"):
        town.sample_columns(*place)


def test_samples_of_a_table(town: Workspace) -> None:
    assert town.sample_columns("a.xlsx", "調査票", 0, 1) == {
        "A": ["税務課"], "B": ["賦課"], "C": ["10"], "D": ["20"], "E": ["急ぐ"],
    }  # fmt: skip
    assert town.sample_columns("b.xlsx", "調査票", 0)["C"] == ["10", "30"]
