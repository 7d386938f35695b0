"""Tasks into groups: by family, then by names; a person's word wins; nothing is lost."""

from itertools import permutations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.match.groups import key_of_name
from tests.builder import assert_rows
from tests.match.offices import grouped, keys, offices

TOWN = offices(
    ("税務課", "支払処理", "伝票の起票"),
    ("福祉課", "庶務", "請求書の支払"),
    ("福祉課", "会議室の予約"),
    ("税務課", "滞納整理"),
    ("住宅課", "家賃滞納整理"),
    ("住宅課", "部長会議"),
    ("会計課", "支出の審査", "伝票の確認"),
    (None, "滞納整理"),
)
PAYMENTS, LIKE = "family:payments", "like:滞納整理"


def test_families_first_then_names() -> None:
    found = grouped(TOWN)
    assert_rows(
        found.memberships,
        "task_id group_key source",
        [
            ["t1", PAYMENTS, "family"],
            ["t2", PAYMENTS, "family"],
            ["t3", None, None],
            ["t4", LIKE, "name"],
            ["t5", LIKE, "name"],
            ["t6", None, None],
            ["t7", None, None],
            ["t8", LIKE, "name"],
        ],
    )
    assert_rows(
        found.names,
        "group_key name own_name confirmed",
        [
            [PAYMENTS, "支出伝票の処理", "支出伝票の処理", False],
            [LIKE, "滞納整理", "滞納整理", False],
        ],
    )


def test_the_activity_speaks_before_the_task() -> None:
    tasks = offices(
        ("税務課", "支払処理", "会議の準備"), ("福祉課", "会議の準備"), ("住宅課", "支払", "検品"),
        ("農政課", "支払"),
    )  # fmt: skip
    assert keys(grouped(tasks)) == {
        "t1": "family:meetings", "t2": "family:meetings", "t3": PAYMENTS, "t4": PAYMENTS,
    }  # fmt: skip


def test_one_division_alone_is_no_group() -> None:
    """Not by a family, not by a name; and a row without a division is no second one."""
    tasks = offices(("税務課", "支払"), ("税務課", "支払"), (None, "支払"), ("税務課", "公売"))
    assert set(keys(grouped(tasks)).values()) == {None}


def test_what_a_family_leaves_is_compared_by_name() -> None:
    tasks = offices(
        ("税務課", "会議"), ("税務課", "公売の会議"), ("福祉課", "公売"), ("住宅課", "公売")
    )
    found = keys(grouped(tasks))
    assert found["t3"] == found["t4"] == "like:公売"


def test_the_group_is_called_as_most_call_it() -> None:
    tasks = offices(
        ("税務課", "犬の登録（窓口）"), ("福祉課", "犬の登録"), ("住宅課", "犬の登録"),
    )  # fmt: skip
    assert grouped(tasks).names["name"].to_list() == ["犬の登録"]


def test_a_long_name_makes_a_key_that_fits() -> None:
    first, second = "あ" * 250, "あ" * 251
    assert len(key_of_name(first)) < 255
    assert key_of_name(first) != key_of_name(second)


# --- words --------------------------------------------------------------------------------------


def test_a_task_is_taken_out_and_put_back() -> None:
    out = grouped(TOWN, (PAYMENTS, "t2", "take_out"))
    assert keys(out)["t2"] is None
    assert out.taken_out.select("group_key", "task_id").rows() == [(PAYMENTS, "t2")]
    back = grouped(TOWN, (PAYMENTS, "t2", "take_out"), (PAYMENTS, "t2", "forget"))
    assert keys(back) == keys(grouped(TOWN))
    assert back.taken_out.height == 0


def test_a_group_stays_when_all_of_it_is_taken_out() -> None:
    words = [(PAYMENTS, task, "take_out") for task in ("t1", "t2")]
    found = grouped(TOWN, *words)
    assert PAYMENTS in found.names["group_key"]
    assert found.taken_out.height == 2


def test_a_task_is_put_into_another_group() -> None:
    found = grouped(TOWN, (LIKE, "t1", "put_in"), (PAYMENTS, "t3", "put_in"))
    assert keys(found)["t1"] == LIKE
    assert keys(found)["t3"] == PAYMENTS
    assert_rows(found.memberships.filter(source="person"), "task_id", [["t1"], ["t3"]])
    assert found.taken_out.height == 0


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ([(LIKE, "t1", "put_in"), ("family:meetings", "t1", "put_in")], "family:meetings"),
        ([("family:meetings", "t1", "put_in"), (LIKE, "t1", "put_in")], LIKE),
        ([(LIKE, "t1", "put_in"), (LIKE, "t1", "take_out")], PAYMENTS),
        ([(PAYMENTS, "t1", "take_out"), (LIKE, "t1", "put_in"), (LIKE, "t1", "take_out")], None),
        ([(PAYMENTS, "t1", "take_out"), (PAYMENTS, "t1", "put_in")], PAYMENTS),
        ([(PAYMENTS, "t9", "take_out")], PAYMENTS),
        ([(PAYMENTS, "t9", "put_in")], PAYMENTS),
    ],
)
def test_the_last_word_counts(words: list[tuple[str, str | None, str]], key: str | None) -> None:
    found = grouped(TOWN, *words)
    assert keys(found)["t1"] == key
    assert found.memberships["task_id"].to_list() == TOWN["task_id"].to_list()


def test_groups_are_confirmed_and_renamed() -> None:
    found = grouped(
        TOWN, (PAYMENTS, None, "confirm"), (PAYMENTS, None, "rename", "伝票"),
        (LIKE, None, "confirm"), (LIKE, None, "unconfirm"),
    )  # fmt: skip
    assert_rows(
        found.names, "group_key name own_name confirmed",
        [[PAYMENTS, "伝票", "支出伝票の処理", True], [LIKE, "滞納整理", "滞納整理", False]],
    )  # fmt: skip
    again = grouped(TOWN, (PAYMENTS, None, "rename", "伝票"), (PAYMENTS, None, "rename"))
    assert again.names.filter(group_key=PAYMENTS)["name"].to_list() == ["支出伝票の処理"]


def test_a_group_that_is_no_longer_found_stays_as_long_as_a_word_is_in_force() -> None:
    words = [("like:消えた業務", None, "confirm"), ("family:gone", None, "rename", "昔の仕事")]
    found = grouped(TOWN, *words)
    assert found.names.filter(pl.col("group_key") == "like:消えた業務")["name"].to_list() == [
        "消えた業務"
    ]
    assert "昔の仕事" in found.names["name"]
    gone = grouped(TOWN, *words, ("like:消えた業務", None, "unconfirm"))
    assert "like:消えた業務" not in gone.names["group_key"]


def test_a_group_keeps_its_key_when_its_leading_name_changes() -> None:
    """Next year's return holds more of the longer name; what was confirmed is still confirmed."""
    later = pl.concat(
        [TOWN, offices(("住宅課", "家賃滞納整理"), ("水道課", "家賃滞納整理")).with_columns(task_id="n" + pl.col("task_id"))]
    )  # fmt: skip
    assert "like:家賃滞納整理" in grouped(later).names["group_key"]
    found = grouped(later, (LIKE, None, "confirm"))
    group = found.names.filter(group_key=LIKE).row(0, named=True)
    assert (group["name"], group["confirmed"]) == ("家賃滞納整理", True)
    assert keys(found)["t5"] == LIKE


# --- properties ---------------------------------------------------------------------------------

NAMES = ("支払", "会議", "滞納整理", "家賃滞納整理", "犬の登録", "犬の登録等", "公売", "x", "")
ROWS = st.lists(
    st.tuples(st.sampled_from(["税務課", "福祉課", "住宅課", None]), st.sampled_from(NAMES)),
    max_size=14,
)
WORDS = st.lists(
    st.tuples(
        st.sampled_from([PAYMENTS, LIKE, "like:公売"]),
        st.sampled_from(["t1", "t2", "t3", "t4"]),
        st.sampled_from(["take_out", "put_in", "forget"]),
    ),
    max_size=6,
)


@given(ROWS, WORDS, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_of_rows_does_not_matter(
    rows: list[tuple[str | None, str]], words: list[tuple[str, str, str]], chance: object
) -> None:
    tasks = offices(*rows)
    found = grouped(tasks, *words)
    assert found.memberships["task_id"].to_list() == tasks["task_id"].to_list()
    assert {key for key in keys(found).values() if key} <= set(found.names["group_key"])
    order = list(range(tasks.height))
    chance.shuffle(order)  # type: ignore[attr-defined]
    again = grouped(tasks[order], *words)
    assert keys(again) == keys(found)
    assert again.names.equals(found.names)


def test_every_order_of_a_small_town_gives_the_same_groups() -> None:
    small = TOWN.filter(pl.col("task_id").is_in(["t1", "t2", "t4", "t5", "t8"]))
    wanted = keys(grouped(small))
    for order in permutations(range(small.height)):
        assert keys(grouped(small[list(order)])) == wanted


def test_no_tasks_no_groups() -> None:
    found = grouped(TOWN.clear())
    assert found.memberships.height == found.names.height == 0
