"""Judging 16,000 names with reasons against bare transform and predict; fitting; memory."""

from collections.abc import Callable
from time import perf_counter

import polars as pl

from bpr.classify.classifier import fit_class_model
from bpr.classify.features import gather_texts
from bpr.classify.labels import read_labels
from bpr.classify.predict import predict
from bpr.settings import Settings

Compare = Callable[..., float]
RunApart = Callable[..., list[int]]

NAMES = 16_000


def many_names(count: int) -> pl.DataFrame:
    """Distinct names: the labels again and again, each time numbered otherwise."""
    labels = read_labels()
    times = -(-count // labels.height)
    rows = pl.concat([labels] * times).with_row_index("number").head(count)
    again = (pl.col("number") // labels.height).cast(pl.String)
    return rows.with_columns(task_name=pl.format("{}（{}回目）", "task_name", again))


def test_judging_against_bare_model(compare: Compare) -> None:
    model = fit_class_model(read_labels(), Settings.load().acts)
    texts = gather_texts(many_names(NAMES))
    compare(
        "16,000 names judged with reasons / bare transform+predict of the same features",
        lambda: predict(model, texts),
        lambda: model.scores(model.features.transform(texts)).argmax(axis=1),
        3.0,
    )


def test_fitting_2000_labels() -> None:
    labels, acts = read_labels().head(2_000), Settings.load().acts
    times = []
    for _ in range(3):
        start = perf_counter()
        fit_class_model(labels, acts)
        times.append(perf_counter() - start)
    print(f"fitting and calibrating on 2,000 labels: {min(times):.2f} s (goal 1)")  # noqa: T201 - the result


def test_memory_of_judging(run_apart: RunApart) -> None:
    code = (
        "from pathlib import Path; from bpr.classify.classifier import load_classifier;"
        "from bpr.classify.features import gather_texts; from bpr.classify.predict import predict;"
        "from bpr.settings import Settings; from tests.bench.test_classify import NAMES, many_names;"
        "peak = lambda: int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) // 1024;"
        "before = peak();"
        "model = load_classifier(Settings.load().acts).work_class;"
        "said = predict(model, gather_texts(many_names(NAMES)));"
        "print(said.height, before, peak())"
    )
    count, before, peak = run_apart(code)
    assert count == NAMES
    print(f"peak memory of judging 16,000 names: {peak} MB, {before} of it imports (goal 300)")  # noqa: T201 - the result
