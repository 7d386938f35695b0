"""1,000 opinions on the ranks of 16,000 tasks against the bare products of the same size."""

from collections.abc import Callable

import numpy as np

from bpr.score.sensitivity import LeverValues, draw_multipliers, rank_samples

Compare = Callable[..., float]
RunApart = Callable[..., list[int]]

TASKS, CRITERIA, SAMPLES = 16_000, 8, 1_000
THEMES = ("volume", "routine", "paper", "staff", "public")
NAMES = ("ai_ocr", "rpa", "outsourcing")
TASK_IDS = [f"t{number}" for number in range(TASKS)]


def many_values() -> list[LeverValues]:
    """Three levers; as in real surveys most answers are one of a few, and gates cap many scores."""
    rng = np.random.default_rng(1)
    levers = []
    for name in NAMES:
        values = rng.choice([0.0, 0.3, 0.55, 0.7, 0.85, 1.0], (TASKS, CRITERIA))
        values[:, :2] = rng.random((TASKS, 2))
        caps = rng.choice([10.0, 35.0, 45.0, 100.0], TASKS, p=[0.1, 0.2, 0.1, 0.6])
        weights, themes = rng.uniform(1, 3, CRITERIA), rng.integers(0, len(THEMES), CRITERIA)
        levers.append(LeverValues(name, values, weights, themes, caps))
    return levers


def test_samples_against_bare_products(compare: Compare) -> None:
    levers = many_values()
    opinions = draw_multipliers(len(THEMES), SAMPLES, 3.0, 0)
    weights = [opinions[:, lever.themes] * lever.weights for lever in levers]
    columns = [np.ascontiguousarray(lever.values.T) for lever in levers]
    compare(
        "1,000 samples of the ranks of 16,000 tasks / three bare products, all kept",
        lambda: rank_samples(TASK_IDS, levers, THEMES, top=25, samples=SAMPLES),
        lambda: [w @ v for w, v in zip(weights, columns, strict=True)],
        5.0,
    )


def test_memory_of_samples(run_apart: RunApart) -> None:
    code = (
        "from pathlib import Path; from tests.bench.test_sensitivity import *;"
        "peak = lambda: int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) // 1024;"
        "levers = many_values();"
        "rank_samples(TASK_IDS[:100], [LeverValues(x.lever, x.values[:100], x.weights, x.themes, x.caps[:100]) for x in levers], THEMES, top=25);"
        "before = peak();"
        "found = rank_samples(TASK_IDS, levers, THEMES, top=25, samples=SAMPLES);"
        "print(found.certainty.height, before, peak())"
    )
    count, before, peak = run_apart(code)
    assert count == TASKS
    print(f"peak memory of 1,000 samples, 16,000 tasks: {peak} MB, {before} of it imports and data")  # noqa: T201 - the result
