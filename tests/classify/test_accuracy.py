"""The history of measurements: lines are only added, and the last one is of this very model."""

import io
from dataclasses import asdict, replace
from importlib import resources

import polars as pl
import pytest

from bpr.classify.accuracy import (
    Accuracy,
    add_record,
    evidence_digest,
    find_accuracy,
    read_history,
    summarize_evaluation,
)
from bpr.classify.evaluate import Agreement, Evaluation, Ranking
from bpr.classify.metrics import Quality, Share, measure
from bpr.settings import Acts
from tests.builder import SETTINGS


def test_the_last_measurement_is_of_what_is_shipped() -> None:
    last = read_history().row(-1, named=True)
    assert last["digest"] == evidence_digest(SETTINGS.acts), (
        "run `bpr evaluate --record bpr/classify/accuracy.csv`"
    )
    assert find_accuracy(SETTINGS.acts) == Accuracy(**last)


def other_acts() -> Acts:
    act = SETTINGS.acts["input"]
    return {**SETTINGS.acts, "input": replace(act, patterns=(*act.patterns, "写し取り"))}


def test_other_acts_were_never_measured() -> None:
    assert evidence_digest(other_acts()) != evidence_digest(SETTINGS.acts)
    assert find_accuracy(other_acts()) is None


def test_the_digest_is_the_same_for_the_same_settings() -> None:
    assert evidence_digest(dict(SETTINGS.acts)) == evidence_digest(SETTINGS.acts)
    assert len(evidence_digest(SETTINGS.acts)) == 64


# --- a line -------------------------------------------------------------------------------------


def quality(*right: tuple[str, int, int]) -> Quality:
    """Quality of rows that are all core: (confidence, right, wrong), in one division."""
    rows = [
        ("core", said, 0.9, confidence, "税務課")
        for confidence, good, bad in right
        for said in ["core"] * good + ["routine"] * bad
    ]
    schema = ["truth", "predicted", "probability", "confidence", "group"]
    return measure(pl.DataFrame(rows, schema=schema, orient="row"))


@pytest.fixture
def found() -> Evaluation:
    by_division = quality(("A", 8, 0), ("B", 3, 1), ("C", 1, 2))
    return Evaluation(
        labels=15,
        divisions=1,
        kinds=1,
        agreement=Agreement(Share(14, 15), 0.91234),
        by_division=by_division,
        by_kind=quality(("A", 7, 8)),
        at_random=quality(("A", 9, 6)),
        held_out=quality(("A", 4, 1), ("C", 0, 1)),
        keywords=quality(("A", 5, 10)),
        majority=quality(("A", 15, 0)),
        cases=Ranking(0.76912, 54),
        cases_of_one_task=Ranking(0.8, 40),
        medium=by_division,
        medium_said=Share(9, 15),
    )


def test_a_line_holds_the_figures_of_an_evaluation(found: Evaluation) -> None:
    line = summarize_evaluation(found, SETTINGS.acts, "2027-06-20")
    assert (line.measured_on, line.digest) == ("2027-06-20", evidence_digest(SETTINGS.acts))
    shares = {part: line.share(part) for part in ("", "a", "b", "c", "held_out", "held_out_a")}
    assert shares == {
        "": Share(12, 15),
        "a": Share(8, 8),
        "b": Share(3, 4),
        "c": Share(1, 3),
        "held_out": Share(4, 6),
        "held_out_a": Share(4, 5),
    }
    assert (line.worst_division, line.share("worst")) == ("税務課", Share(12, 15))
    assert (line.labels, line.divisions, line.core_right) == (15, 1, 12)
    assert (line.kappa, line.case_auc) == (0.9123, 0.7691)
    assert line.macro_f1 == round(found.by_division.macro_f1, 4)
    assert line.kind_macro_f1 == round(found.by_kind.macro_f1, 4)
    assert line.random_macro_f1 == round(found.at_random.macro_f1, 4)
    assert line.keyword_macro_f1 == round(found.keywords.macro_f1, 4)
    assert line.calibration_error == 0.1


def test_without_a_division_of_ten_names_none_is_the_worst(found: Evaluation) -> None:
    small = replace(found, by_division=quality(("A", 3, 0)))
    line = summarize_evaluation(small, SETTINGS.acts, "2027-06-20")
    assert (line.worst_division, line.share("worst")) == ("", Share(0, 0))


def parse(history: bytes) -> list[Accuracy]:
    return [Accuracy(**row) for row in pl.read_csv(io.BytesIO(history)).to_dicts()]


def test_a_record_is_added_and_none_is_changed(found: Evaluation) -> None:
    first = summarize_evaluation(found, SETTINGS.acts, "2027-06-20")
    second = replace(first, measured_on="2027-06-21", digest="x", right=13)
    one = add_record(b"", first)
    two = add_record(one, second)
    assert parse(one) == [first]
    assert parse(two) == [first, second]
    assert two.startswith(one)
    assert one.decode().splitlines()[0].split(",") == list(asdict(first))


def test_a_record_is_added_to_what_is_shipped(found: Evaluation) -> None:
    shipped = resources.files("bpr.classify").joinpath("accuracy.csv").read_bytes()
    line = summarize_evaluation(found, SETTINGS.acts, "2027-06-20")
    assert parse(add_record(shipped.rstrip(b"\n"), line)) == [*parse(shipped), line]
