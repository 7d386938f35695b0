"""Ranks under many opinions: against a naive reference, and what must hold whatever the data."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from bpr.frames import Judgements, RankCertainty
from bpr.score import sensitivity
from bpr.score.sensitivity import LeverValues, Sensitivity, draw_multipliers, rank_samples

THEMES = ("volume", "routine", "paper")
TOP = 5
SAMPLES = 200
NAMES = ("ai_ocr", "rpa", "outsourcing")


def random_levers(tasks: int, seed: int = 1, criteria: int = 6) -> list[LeverValues]:
    """Three levers with values on a grid and common caps, so that scores often tie."""
    rng = np.random.default_rng(seed)
    return [
        LeverValues(
            name,
            rng.choice([0.0, 0.3, 0.5, 1.0], (tasks, criteria)),
            rng.choice([0.5, 1.0, 2.0, 3.0], criteria),
            rng.integers(0, len(THEMES), criteria),
            rng.choice([20.0, 45.0, 60.0, 100.0], tasks),
        )
        for name in NAMES
    ]


def one_lever(
    values: list[list[float]], caps: list[float] | None = None, weights: tuple[float, ...] = (1, 1)
) -> list[LeverValues]:
    """One lever whose n-th criterion has the n-th theme."""
    limits = np.array(caps or [100.0] * len(values))
    return [
        LeverValues("rpa", np.array(values), np.array(weights), np.arange(len(weights)), limits)
    ]


def ids(count: int) -> list[str]:
    return [f"t{number:03}" for number in range(count)]


def rank(
    levers: list[LeverValues],
    top: int = TOP,
    samples: int = SAMPLES,
    spread: float = 3.0,
    seed: int = 0,
) -> Sensitivity:
    tasks = ids(len(levers[0].caps))
    return rank_samples(
        tasks, levers, THEMES, top=top, samples=samples, spread=spread, seed=seed
    )  # fmt: skip


def naive_ranks(levers: list[LeverValues], multipliers: np.ndarray) -> np.ndarray:
    """Ranks (samples x tasks), one score and one comparison after the other."""
    ranks = []
    for opinion in multipliers:
        scores = []
        for task in range(len(levers[0].caps)):
            best = 0.0
            for lever in levers:
                weights = [b * opinion[t] for b, t in zip(lever.weights, lever.themes, strict=True)]
                found = sum(v * w for v, w in zip(lever.values[task], weights, strict=True))
                best = max(best, min(100 * found / sum(weights), lever.caps[task]))
            scores.append(round(best, 9))
        ranks.append([1 + sum(other > score for other in scores) for score in scores])
    return np.array(ranks)


def naive_percentile(ranks: list[int], percent: int) -> int:
    """Lowest rank that at least so many percent of the samples do not exceed."""
    return next(
        r for r in sorted(ranks) if 100 * sum(x <= r for x in ranks) >= percent * len(ranks)
    )


def by_task(frame: pl.DataFrame, *columns: str) -> dict[str, tuple[object, ...]]:
    return {row[0]: row[1:] for row in frame.select("task_id", *columns).iter_rows()}


@pytest.mark.parametrize(
    ("tasks", "samples", "seed"), [(40, 200, 0), (40, 7, 1), (3, 1, 2), (300, 23, 3)]
)
def test_as_a_naive_reference_says(tasks: int, samples: int, seed: int) -> None:
    levers = random_levers(tasks, seed)
    found = rank(levers, samples=samples, seed=seed)
    ranks = naive_ranks(levers, draw_multipliers(len(THEMES), samples, 3.0, seed))
    frame = found.certainty
    assert frame["task_id"].to_list() == ids(tasks)
    assert frame["top_ratio"].to_list() == ((ranks <= TOP).sum(axis=0) / samples).tolist()
    assert frame["first_ratio"].to_list() == ((ranks == 1).sum(axis=0) / samples).tolist()
    assert frame["best_rank"].to_list() == ranks.min(axis=0).tolist()
    columns = ranks.T.tolist()
    assert frame["weight_rank_low"].to_list() == [naive_percentile(c, 5) for c in columns]
    assert frame["weight_rank_high"].to_list() == [naive_percentile(c, 95) for c in columns]


def test_judgements_average_the_opinions_behind_the_best_rank() -> None:
    levers = random_levers(40)
    found = rank(levers)
    opinions = draw_multipliers(len(THEMES), SAMPLES, 3.0, 0)
    ranks = naive_ranks(levers, opinions)
    reached = found.certainty.filter(pl.col("top_ratio") > 0)
    assert 0 < reached.height < 40
    assert set(found.judgements["task_id"]) == set(reached["task_id"])
    for task, rows in found.judgements.group_by("task_id", maintain_order=True):
        column = ranks[:, ids(40).index(str(task[0]))]
        means = np.exp(np.log(opinions[column == column.min()]).mean(axis=0))
        assert rows["theme"].to_list() == list(THEMES)
        assert rows["multiplier"].to_numpy() == pytest.approx(means)


def test_the_judgements_of_the_best_come_first_and_end_somewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sensitivity, "MAX_JUDGED", 4)
    found = rank(random_levers(40))
    order = found.certainty.sort(
        "top_ratio", "best_rank", "task_id", descending=[True, False, False]
    )
    judged = found.judgements["task_id"].unique(maintain_order=True)
    assert judged.to_list() == order["task_id"].head(4).to_list()


def test_the_order_of_the_tasks_changes_nothing() -> None:
    levers = random_levers(60)
    order = np.random.default_rng(9).permutation(60)
    mixed = [replace(lever, values=lever.values[order], caps=lever.caps[order]) for lever in levers]
    tasks = [ids(60)[index] for index in order]
    plain, other = rank(levers), rank_samples(tasks, mixed, THEMES, top=TOP, samples=SAMPLES)
    assert other.certainty["task_id"].to_list() == tasks
    assert other.certainty.sort("task_id").equals(plain.certainty)
    assert other.judgements.equals(plain.judgements)


def test_scaling_all_weights_changes_nothing() -> None:
    levers = random_levers(60)
    scaled = [replace(lever, weights=lever.weights * 7) for lever in levers]
    assert rank(scaled).certainty.equals(rank(levers).certainty)


def test_the_pieces_in_which_it_works_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rank(random_levers(60))
    monkeypatch.setattr(sensitivity, "_CELLS", 180)
    monkeypatch.setattr(sensitivity, "_BLOCK", 7)
    parts = rank(random_levers(60))
    assert parts.certainty.equals(whole.certainty)
    assert parts.judgements.equals(whole.judgements)


def test_more_than_65535_tasks_keep_their_ranks() -> None:
    size = 70_000
    values = np.linspace(0, 1, size)[:, np.newaxis].repeat(2, axis=1)
    found = rank(one_lever(values.tolist()), samples=2)
    assert found.certainty["best_rank"].to_list() == list(range(size, 0, -1))


def test_nearly_equal_scores_are_told_apart() -> None:
    values = [[0.5], [0.5 + 2e-10], [0.5 - 2e-10], [0.5 + 1e-13]]
    lever = LeverValues("rpa", np.array(values), np.ones(1), np.zeros(1, int), np.full(4, 100.0))
    found = rank([lever], samples=3)
    assert found.certainty["best_rank"].to_list() == [2, 1, 4, 2]


def test_a_task_better_in_everything_never_ranks_worse() -> None:
    levers = random_levers(50)
    better = [
        replace(
            lever,
            values=np.vstack([lever.values, np.minimum(lever.values[:1] + 0.1, 1)]),
            caps=np.append(lever.caps, lever.caps[0]),
        )
        for lever in levers
    ]
    rows = by_task(rank(better).certainty, "top_ratio", "best_rank", "weight_rank_high")
    worse, good = rows["t000"], rows["t050"]
    assert good[0] >= worse[0]  # type: ignore[operator]
    assert good[1] <= worse[1]  # type: ignore[operator]
    assert good[2] <= worse[2]  # type: ignore[operator]


def test_without_spread_the_ranks_are_those_of_the_base_weights() -> None:
    levers = random_levers(40)
    frame = rank(levers, spread=1.0).certainty
    base = naive_ranks(levers, np.ones((1, len(THEMES))))[0].tolist()
    for column in ("best_rank", "weight_rank_low", "weight_rank_high"):
        assert frame[column].to_list() == base
    assert frame["top_ratio"].to_list() == [float(place <= TOP) for place in base]
    assert frame["first_ratio"].to_list() == [float(place == 1) for place in base]
    assert set(frame["certainty"]) == {"certain", "out"}


def test_equal_tasks_share_the_better_rank() -> None:
    frame = rank(one_lever([[0.1, 0.6], [0.6, 0.1], [0.6, 0.1], [0.6, 0.1]]), top=1).certainty
    assert by_task(frame, "best_rank", "weight_rank_high", "first_ratio") == {
        "t000": (1, 4, pytest.approx(0.5, abs=0.1)),
        "t001": (1, 2, pytest.approx(0.5, abs=0.1)),
        "t002": (1, 2, pytest.approx(0.5, abs=0.1)),
        "t003": (1, 2, pytest.approx(0.5, abs=0.1)),
    }


def test_caps_hold_whatever_the_weights() -> None:
    frame = rank(one_lever([[1, 1], [0.5, 0.5], [0.4, 0.4]], [45, 100, 100]), top=1).certainty
    assert frame["weight_rank_low"].to_list() == [2, 1, 3]
    assert frame["weight_rank_high"].to_list() == [2, 1, 3]
    tied = rank(one_lever([[1, 1], [0.9, 0.8]], [45, 45])).certainty
    assert tied["first_ratio"].to_list() == [1, 1]


def test_the_best_lever_counts() -> None:
    low, high = one_lever([[0.1, 0.1], [0.5, 0.5]]), one_lever([[0.9, 0.9], [0.2, 0.2]])
    assert rank(low + high).certainty["best_rank"].to_list() == [1, 2]


def test_the_best_under_one_theme_only_depends() -> None:
    found = rank(one_lever([[1, 0], [0.6, 0.6], [0, 0.1]]), top=1, samples=1000)
    assert found.certainty["certainty"].to_list() == ["depends", "depends", "out"]
    favored = found.judgements.filter(pl.col("task_id") == "t000")["multiplier"].to_list()
    assert favored[0] > 1.25
    assert favored[1] < 0.8
    assert favored[2] == pytest.approx(1, abs=0.15)


def test_opinions_stay_in_their_range_and_come_again() -> None:
    drawn = draw_multipliers(3, 5000, 3.0, 0)
    assert drawn.shape == (5000, 3)
    assert 1 / 3 <= drawn.min() < 0.34
    assert 2.95 < drawn.max() <= 3
    assert np.exp(np.log(drawn).mean()) == pytest.approx(1, abs=0.03)
    assert (drawn[:10] == draw_multipliers(3, 10, 3.0, 0)).all()
    assert (drawn != draw_multipliers(3, 5000, 3.0, 1)).any()


def test_a_single_task_is_first() -> None:
    found = rank(one_lever([[0, 0]]), top=1)
    assert found.certainty.row(0) == ("t000", 1.0, 1.0, 1, 1, 1, "certain")
    assert found.judgements.height == len(THEMES)
    assert (found.samples, found.top, found.spread) == (SAMPLES, 1, 3.0)


@pytest.mark.parametrize("levers", [[], random_levers(0)])
def test_without_tasks_the_frames_are_empty(levers: list[LeverValues]) -> None:
    found = rank_samples([], levers, THEMES, top=TOP)
    assert found.certainty.equals(RankCertainty.create_empty())
    assert found.judgements.equals(Judgements.create_empty())


def test_what_cannot_be_meant_is_refused() -> None:
    with pytest.raises(ValueError, match="lever"):
        rank_samples(["a"], [], THEMES, top=TOP)
    for samples, spread in ((0, 3.0), (10, 0.5)):
        with pytest.raises(ValueError, match="at least 1"):
            draw_multipliers(3, samples, spread, 0)
