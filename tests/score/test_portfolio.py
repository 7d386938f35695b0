"""The portfolio is the best one: checked against trying every portfolio of small instances."""

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, TypeVar

import numpy as np
import polars as pl
import pytest

from bpr import terms
from bpr.errors import InputError
from bpr.frames import DataFrame, Options, empty
from bpr.score import portfolio as under_test
from bpr.score.portfolio import Licence, Limits, Portfolio, choose_portfolio, save_with_each

T = TypeVar("T")
LEVERS = ("ai_ocr", "rpa", "outsourcing")
NO_LICENCES: dict[str, Licence] = {}


def frame(*rows: dict[str, Any]) -> DataFrame[Options]:
    """Options; what a row does not say is free."""
    free = {"division": None, "setup_yen": 0.0, "yearly_yen": 0.0, "staff_days": 0.0}
    schema = empty(Options).schema
    return Options.validate(pl.DataFrame([{**free, **row} for row in rows], schema=schema))


def option(task_id: str, hours: float, lever: str = "rpa", **known: Any) -> dict[str, Any]:
    return {"task_id": task_id, "lever": lever, "saving_hours": hours, **known}


def draw(seed: int) -> tuple[DataFrame[Options], dict[str, Licence], Limits]:
    """A small instance with ties, useless options and every kind of limit, some of them tight."""
    rng = np.random.default_rng(seed)

    def one_of(*choices: T) -> T:
        return choices[rng.integers(len(choices))]

    pairs = list(itertools.product([f"t{n}" for n in range(6)], LEVERS))
    division = {f"t{n}": one_of("税務課", "福祉課", None) for n in range(6)}
    rows = [
        option(
            pairs[n][0],
            float(rng.integers(-3, 20)) * 5,
            pairs[n][1],
            division=division[pairs[n][0]],
            setup_yen=float(rng.integers(0, 8)) * 100_000,
            yearly_yen=float(rng.integers(0, 4)) * 10_000,
            staff_days=float(rng.integers(0, 9)) / 2,
        )
        for n in rng.choice(len(pairs), size=10, replace=False)
    ]
    licences = {
        lever: Licence(float(rng.integers(0, 5)) * 100_000, int(rng.integers(1, 4)))
        for lever in LEVERS[: rng.integers(0, 3)]
    }
    limits = Limits(
        tasks=int(rng.integers(1, 6)),
        budget_yen=one_of(None, float(rng.integers(0, 20)) * 100_000),
        staff_days=one_of(None, float(rng.integers(0, 20)) / 2),
        per_division=one_of(None, 1, 2),
        licences={lever: int(rng.integers(0, 3)) for lever in licences if rng.random() < 0.5},
    )
    return frame(*rows), licences, limits


def is_allowed(
    chosen: list[dict[str, Any]], licences: Mapping[str, Licence], limits: Limits
) -> bool:
    """Written anew, from the words of the limits."""
    count = {lever: sum(row["lever"] == lever for row in chosen) for lever in terms.LEVERS}
    bought = {lever: -(-count[lever] // licence.tasks) for lever, licence in licences.items()}
    yen = sum(row["setup_yen"] + row["yearly_yen"] for row in chosen)
    yen += sum(licences[lever].yen * number for lever, number in bought.items())
    divisions = [row["division"] for row in chosen if row["division"] is not None]
    return (
        len(chosen) <= limits.tasks
        and yen <= (math.inf if limits.budget_yen is None else limits.budget_yen)
        and sum(row["staff_days"] for row in chosen)
        <= (math.inf if limits.staff_days is None else limits.staff_days)
        and all(divisions.count(name) <= (limits.per_division or len(chosen)) for name in divisions)
        and all(bought[lever] <= most for lever, most in limits.licences.items())
    )


def every_portfolio(
    options: DataFrame[Options], licences: Mapping[str, Licence], limits: Limits
) -> Iterator[list[dict[str, Any]]]:
    tasks = options.with_columns(pl.col("lever").cast(pl.String)).partition_by("task_id")
    for picks in itertools.product(*([None, *task.to_dicts()] for task in tasks)):
        chosen = [row for row in picks if row is not None]
        if is_allowed(chosen, licences, limits):
            yield chosen


def most_hours(
    options: DataFrame[Options],
    licences: Mapping[str, Licence],
    limits: Limits,
    holding: str | None = None,
) -> float | None:
    """Hours of the best portfolio (that holds a task) found by trying all; None: there is none."""
    return max(
        (
            sum(row["saving_hours"] for row in chosen)
            for chosen in every_portfolio(options, licences, limits)
            if holding is None or holding in [row["task_id"] for row in chosen]
        ),
        default=None,
    )


def pairs(found: Portfolio) -> list[tuple[Any, ...]]:
    return found.chosen.select("task_id", "lever").rows()


@pytest.mark.parametrize("seed", range(60))
def test_nothing_allowed_is_better(seed: int) -> None:
    options, licences, limits = draw(seed)
    found = choose_portfolio(options, licences, limits)
    rows = found.chosen.with_columns(pl.col("lever").cast(pl.String)).to_dicts()
    assert is_allowed(rows, licences, limits)
    assert found.saving_hours == pytest.approx(most_hours(options, licences, limits), rel=1e-6)
    assert found.gap <= 1e-6
    assert found.chosen["saving_hours"].min() is None or min(found.chosen["saving_hours"]) > 0
    assert found.chosen["task_id"].is_unique().all()


@pytest.mark.parametrize("seed", range(60))
def test_the_best_with_a_task_taken_by_force(seed: int) -> None:
    options, licences, limits = draw(seed)
    tasks = options["task_id"].unique().sort().to_list()
    found = save_with_each(options, licences, limits, tasks, seconds=5)
    for task_id in tasks:
        expected = most_hours(options, licences, limits, task_id)
        assert found[task_id] == (None if expected is None else pytest.approx(expected, rel=1e-6))


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    options, licences, limits = draw(seed)
    shuffled = Options.validate(options.sample(fraction=1, shuffle=True, seed=seed))
    first, second = (choose_portfolio(o, licences, limits) for o in (options, shuffled))
    assert first.chosen.equals(second.chosen)
    assert replace(first, chosen=second.chosen) == second


def test_among_equals_the_first_task_wins() -> None:
    options = frame(*(option(f"t{n}", 10.0) for n in (3, 1, 4, 2)))
    assert pairs(choose_portfolio(options, NO_LICENCES, Limits(2))) == [
        ("t1", "rpa"),
        ("t2", "rpa"),
    ]


@pytest.mark.parametrize("seed", range(15))
def test_a_wider_budget_never_saves_less(seed: int) -> None:
    options, licences, limits = draw(seed)
    hours = [
        choose_portfolio(options, licences, replace(limits, budget_yen=float(yen))).saving_hours
        for yen in range(0, 3_000_000, 300_000)
    ]
    assert all(b >= a * (1 - 1e-6) for a, b in itertools.pairwise(hours))
    assert hours[-1] == pytest.approx(
        most_hours(options, licences, replace(limits, budget_yen=2_700_000.0))
    )


def test_what_saves_nothing_is_never_chosen() -> None:
    options = frame(option("a", -3.0), option("b", 0.0), option("c", 1.0))
    assert pairs(choose_portfolio(options, NO_LICENCES, Limits())) == [("c", "rpa")]


def test_costs_are_counted() -> None:
    options = frame(
        option("a", 10.0, setup_yen=100_000.0, yearly_yen=20_000.0, staff_days=1.5),
        option("b", 30.0, setup_yen=50_000.0, yearly_yen=5_000.0, staff_days=2.0),
        option("c", 20.0, "ai_ocr", yearly_yen=1_000.0),
    )
    found = choose_portfolio(options, {"rpa": Licence(300_000, 1)}, Limits())
    assert pairs(found) == [("b", "rpa"), ("c", "ai_ocr"), ("a", "rpa")]
    assert (found.saving_hours, found.staff_days) == (60.0, 3.5)
    assert (found.setup_yen, found.yearly_yen) == (150_000.0, 26_000.0)
    assert (found.licences, found.licence_yen) == ({"rpa": 2}, 600_000.0)
    assert found.first_year_yen == 776_000.0
    assert found.limits == Limits()


def test_a_licence_is_bought_once_for_the_tasks_it_carries() -> None:
    options = frame(*(option(f"t{n}", 10.0) for n in range(7)))
    licences = {"rpa": Licence(100_000, 3), "ai_ocr": Licence(1, 1)}
    assert choose_portfolio(options, licences, Limits()).licences == {"rpa": 3}
    budget = choose_portfolio(options, licences, Limits(budget_yen=250_000))
    assert (budget.saving_hours, budget.licences) == (60.0, {"rpa": 2})


def test_tasks_without_a_division_are_not_limited_by_it() -> None:
    divided = [option(f"a{n}", 10.0, division="税務課") for n in range(3)]
    loose = [option(f"b{n}", 1.0) for n in range(3)]
    found = choose_portfolio(frame(*divided, *loose), NO_LICENCES, Limits(per_division=1))
    assert [task for task, _ in pairs(found)] == ["a0", "b0", "b1", "b2"]


@pytest.mark.parametrize(
    "options",
    [frame(), frame(option("a", -1.0)), frame(option("a", 9.0, setup_yen=2.0))],
    ids=["empty", "useless", "too dear"],
)
def test_nothing_to_choose(options: DataFrame[Options]) -> None:
    found = choose_portfolio(options, {"rpa": Licence(1, 1)}, Limits(budget_yen=2, per_division=1))
    assert found.chosen.is_empty()
    assert (found.saving_hours, found.first_year_yen, found.gap, found.licences) == (0, 0, 0, {})


def crowd(tasks: int, *, alike: bool, seed: int = 1) -> DataFrame[Options]:
    """Many tasks with two levers each; `alike`: costs depend on nothing but the lever."""
    rng = np.random.default_rng(seed)
    size = 2 * tasks
    hours = np.repeat(rng.lognormal(4.5, 1.2, tasks), 2) * rng.uniform(-0.05, 0.6, size)
    per_hour = np.zeros(size) if alike else rng.uniform(500, 5000, size)
    return Options.validate(
        pl.DataFrame(
            {
                "task_id": np.repeat([f"t{n:05}" for n in range(tasks)], 2),
                "lever": ["ai_ocr", "rpa"] * tasks,
                "division": np.repeat([f"課{n % 60}" for n in range(tasks)], 2),
                "saving_hours": hours,
                "setup_yen": np.tile([800_000.0, 500_000.0], tasks) + hours.clip(0) * per_hour,
                "yearly_yen": 0.0,
                "staff_days": np.tile([9.0, 6.0], tasks)
                if alike
                else rng.integers(2, 30, size) / 2,
            },
            schema_overrides=empty(Options).schema,
        )
    )


CROWD_LICENCES = {"ai_ocr": Licence(1_200_000, 10), "rpa": Licence(900_000, 5)}
CROWD_LIMITS = Limits(25, 15_000_000, 150.0, 3, {"rpa": 3})


@pytest.mark.parametrize("alike", [True, False])
def test_a_town_of_3000_tasks(*, alike: bool) -> None:
    found = choose_portfolio(crowd(3000, alike=alike), CROWD_LICENCES, CROWD_LIMITS)
    assert found.gap <= 1e-4
    assert found.first_year_yen <= 15_000_000.01
    assert found.staff_days <= 150.00001
    assert found.chosen["division"].value_counts()["count"].max() <= 3  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("alike", [True, False])
def test_the_small_core_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, seed: int, *, alike: bool
) -> None:
    """The whole program in one piece, and the same grown from a core of a few options."""
    options = crowd(120, alike=alike, seed=seed)
    limits = Limits(6, 5_000_000, 40.0, 2, {"rpa": 1})
    grown = {}
    for core in (3, 10_000):
        monkeypatch.setattr(under_test, "_CORE", core)
        found = choose_portfolio(options, CROWD_LICENCES, limits)
        program = under_test._build_program(options, CROWD_LICENCES, limits)
        hours = [found.saving_hours]
        for task_id in ("t00007", "t00050"):
            forced = (program.pool["task_id"] == task_id).to_numpy()
            picked, _ = under_test._solve(program, 9, forced)
            assert picked[forced].sum() == 1
            hours.append(program.saving[picked].sum())
        assert found.gap <= 2e-6
        grown[core] = hours
    assert grown[3] == pytest.approx(grown[10_000], rel=3e-6)


@pytest.mark.parametrize("seed", range(10))
def test_dropping_what_can_be_replaced_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    options, licences, limits = (
        crowd(80, alike=False, seed=seed),
        CROWD_LICENCES,
        Limits(4, 4_000_000, 30.0, 2),
    )
    lean = choose_portfolio(options, licences, limits)
    monkeypatch.setattr(
        under_test, "_find_useful", lambda pool, _: (pool["saving_hours"] > 0).to_numpy()
    )
    assert lean.saving_hours == pytest.approx(
        choose_portfolio(options, licences, limits).saving_hours, rel=2e-6
    )


def test_without_time_the_gap_is_told() -> None:
    """Whatever is found in no time is allowed, and its gap bounds the best."""
    options = crowd(3000, alike=False)
    best = choose_portfolio(options, CROWD_LICENCES, CROWD_LIMITS)
    hasty = choose_portfolio(options, CROWD_LICENCES, CROWD_LIMITS, seconds=0)
    assert hasty.first_year_yen <= 15_000_000.01
    assert hasty.saving_hours >= 0
    assert hasty.saving_hours >= best.saving_hours * (1 - hasty.gap) * (1 - 1e-9)


def test_a_solution_that_overruns_a_limit_is_cut_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the solver's rounding take too much, the least useful goes."""

    def take_all(goal: Any, **_: Any) -> SimpleNamespace:
        return SimpleNamespace(x=np.ones(len(goal)), mip_dual_bound=None)

    monkeypatch.setattr(under_test, "milp", take_all)
    options = frame(*(option(f"t{n}", 10.0 + n, staff_days=4.0) for n in range(5)))
    found = choose_portfolio(options, NO_LICENCES, Limits(staff_days=9))
    assert [task for task, _ in pairs(found)] == ["t4", "t3"]


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"tasks": 0}, ["選ぶ業務の数が 0 業務", "1 以上の整数"]),
        ({"budget_yen": -1.0}, ["予算が -1.0 円", "0 以上の金額", "空欄"]),
        ({"budget_yen": math.nan}, ["予算が nan 円"]),
        ({"staff_days": -0.5}, ["職員の手間の上限が -0.5 人日"]),
        ({"staff_days": math.inf}, ["職員の手間の上限が inf 人日"]),
        ({"per_division": 0}, ["1 つの課から選ぶ業務の数が 0 業務"]),
        ({"licences": {"rpa": -1}}, ["RPA のライセンスの上限が -1 本"]),
        ({"licences": {"robot": 1}}, ["手段「robot」はありません", "ai_ocr、rpa"]),
    ],
)
def test_impossible_limits_are_refused(limits: dict[str, Any], told: list[str]) -> None:
    with pytest.raises(InputError) as error:
        Limits(**limits)
    assert [part for part in told if part not in str(error.value)] == []


@pytest.mark.parametrize(
    ("yen", "tasks", "told"),
    [(-1.0, 1, "ライセンスの値段が -1.0 円"), (0.0, 0, "業務の数が 0 業務")],
)
def test_impossible_licences_are_refused(yen: float, tasks: int, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Licence(yen, tasks)


def test_levers_are_known_and_limited_licences_have_a_price() -> None:
    with pytest.raises(InputError, match="手段「robot」はありません"):
        choose_portfolio(frame(), {"robot": Licence(1, 1)}, Limits())
    with pytest.raises(InputError, match="RPA にはライセンスの値段が決まっていない"):
        choose_portfolio(frame(), NO_LICENCES, Limits(licences={"rpa": 2}))


def test_an_option_that_stands_twice_is_a_bug() -> None:
    with pytest.raises(ValueError, match="twice"):
        choose_portfolio(frame(option("a", 1.0), option("a", 2.0)), NO_LICENCES, Limits())
