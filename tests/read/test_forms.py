"""A form that a person has confirmed is read as confirmed, also when it has changed a little."""

import polars as pl
import pytest

from bpr.read.forms import Applied, FormColumn, KnownForm, apply_form, fingerprint, list_columns
from bpr.read.request import Request
from tests.builder import Outcome, Rows, codes, read, workbook


def form(*labels: str) -> tuple[FormColumn, ...]:
    return list_columns(0, tuple((label,) if label else () for label in labels))


def test_columns_have_keys_of_their_own() -> None:
    columns = list_columns(2, (("業務 量", "件数"), (), ("業務量", "件　数"), ("備考",)))
    assert [(c.index, c.key, c.label) for c in columns] == [
        (2, "業務量/件数", "業務 量 / 件数"),
        (4, "業務量/件数#2", "業務量 / 件　数"),
        (5, "備考", "備考"),
    ]


@pytest.mark.parametrize(
    ("labels", "same"),
    [
        (["業務名", "件数"], True),
        (["業　務　名", "", "件数"], True),
        (["件数", "業務名"], False),
        (["業務名", "件数", "備考"], False),
    ],
)
def test_the_fingerprint_is_that_of_the_labels_in_their_order(
    labels: list[str],
    same: bool,  # noqa: FBT001
) -> None:
    assert (fingerprint(form(*labels)) == fingerprint(form("業務名", "件数"))) == same


KNOWN = KnownForm({"甲": "task_name", "乙": "annual_hours", "丙": None, "丁": "issues", "戊": None})


@pytest.mark.parametrize(
    ("labels", "status", "changes"),
    [
        ("甲乙丙丁戊", "confirmed", ()),
        ("戊丁丙乙甲", "confirmed", ()),
        ("甲乙丙丁戊己", "similar", ("＋己",)),
        ("甲乙丙丁", "similar", ("－戊",)),
        ("甲乙丙丁己", None, ()),
        ("甲乙丙", None, ()),
        ("子丑寅卯辰", None, ()),
    ],
)
def test_a_known_form_is_applied_from_80_percent_on(
    labels: str, status: str | None, changes: tuple[str, ...]
) -> None:
    found = apply_form(form(*labels), [KNOWN])
    assert (found.status, found.changes) == (status, changes)


def test_columns_are_found_by_their_labels_wherever_they_stand() -> None:
    found = apply_form(form("", "戊", "丁", "丙", "乙", "甲"), [KNOWN])
    assert found.fields == {1: None, 2: "issues", 3: None, 4: "annual_hours", 5: "task_name"}


def test_the_most_alike_of_several_forms_is_applied() -> None:
    other = KnownForm({**KNOWN.fields, "己": "systems"})
    assert apply_form(form(*"甲乙丙丁戊己"), [KNOWN, other]).status == "confirmed"


def test_no_known_form_says_nothing() -> None:
    assert apply_form(form("甲", "乙"), []) == Applied()


ROWS: Rows = [
    ["しごと", "どれくらい", "むずかしさ", "件数", "こまりごと"],
    ["賦課", 30, "高い", 10, "遅い"],
    ["徴収", 60, "低い", 20, None],
]
CONFIRMED = KnownForm(
    {
        "しごと": "task_name",
        "どれくらい": "annual_hours",
        "むずかしさ": None,
        "件数": None,
        "こまりごと": "issues",
    }
)


def known(rows: Rows) -> Outcome:
    return read(workbook(rows), request=Request(forms=[CONFIRMED]))


def test_a_confirmed_form_is_read_without_a_guess() -> None:
    found = known(ROWS)
    assert found.tasks.select("task_name", "annual_hours", "annual_count", "issues").rows() == [
        ("賦課", 30.0, None, "遅い"),
        ("徴収", 60.0, None, None),
    ]
    assert not {"column-guessed", "form-changed"} & set(codes(found))
    assert found.survey.sheets["known"].to_list() == ["confirmed"]


def test_a_column_that_is_not_to_be_used_is_told_as_ignored() -> None:
    told = known(ROWS).diagnostics.filter(code="column-ignored")
    assert told["cell"].to_list() == ["C1", "D1"]


def test_a_form_that_has_changed_is_read_and_the_changes_are_told() -> None:
    found = known([[*row, extra] for row, extra in zip(ROWS, ["備考", "あ", "い"], strict=True)])
    assert found.tasks["annual_hours"].to_list() == [30.0, 60.0]
    assert found.diagnostics.filter(code="form-changed")["value"].to_list() == ["＋備考"]


def test_a_form_unlike_the_known_one_is_read_anew() -> None:
    rows: Rows = [["業務名", "年間件数", "年間時間"], ["賦課", 10, 30]]
    found = known(rows)
    assert found.tasks.select("annual_count", "annual_hours").rows() == [(10.0, 30.0)]
    assert found.survey.sheets["known"].to_list() == [None]


def test_every_labelled_column_is_offered_for_confirmation() -> None:
    forms = known(ROWS).survey.forms.select("column", "label", "field")
    assert forms.filter(pl.col("field").is_null())["column"].to_list() == ["C", "D"]
    assert forms["label"].to_list() == ROWS[0]
