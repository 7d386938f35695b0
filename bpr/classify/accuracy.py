"""The history of measurements (accuracy.csv) and the one that holds for the present model."""

import io
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Final

import polars as pl

from bpr.classify.evaluate import Evaluation
from bpr.classify.metrics import Share
from bpr.settings import Act, Acts

_EVIDENCE: Final = (
    "labels.csv",
    "cases.csv",
    "held_out.csv",
    "acts.py",
    "classifier.py",
    "features.py",
    "labels.py",
    "metrics.py",
    "model.py",
    "predict.py",
)


@dataclass(frozen=True)
class Accuracy:
    """One measurement; `right` of `total` names were right, whole divisions left out.

    `a_*`, `b_*`, `c_*`: the same by confidence; `kind_macro_f1`: whole kinds of divisions left out;
    `held_out_*`: on the list that is never learned from.
    """

    measured_on: str
    digest: str
    labels: int
    divisions: int
    right: int
    total: int
    core_right: int
    macro_f1: float
    keyword_macro_f1: float
    random_macro_f1: float
    kind_macro_f1: float
    calibration_error: float
    a_right: int
    a_total: int
    b_right: int
    b_total: int
    c_right: int
    c_total: int
    held_out_right: int
    held_out_total: int
    held_out_a_right: int
    held_out_a_total: int
    worst_division: str
    worst_right: int
    worst_total: int
    kappa: float
    case_auc: float

    def share(self, part: str = "") -> Share:
        """Return `right` of `total` of a part: "", "a", "b", "c", "held_out", "worst"."""
        prefix = f"{part}_" if part else ""
        return Share(getattr(self, f"{prefix}right"), getattr(self, f"{prefix}total"))


def summarize_evaluation(found: Evaluation, acts: Acts, day: str) -> Accuracy:
    """Return the line that the history keeps of an evaluation."""
    main, held = found.by_division, found.held_out
    worst, share = main.worst_group or ("", Share(0, 0))
    levels = {
        f"{level.lower()}_{part}": getattr(main.by_confidence[level], part)
        for level in main.by_confidence
        for part in ("right", "total")
    }
    return Accuracy(
        measured_on=day,
        digest=evidence_digest(acts),
        labels=found.labels,
        divisions=found.divisions,
        right=main.accuracy.right,
        total=main.accuracy.total,
        core_right=main.core_accuracy.right,
        macro_f1=round(main.macro_f1, 4),
        keyword_macro_f1=round(found.keywords.macro_f1, 4),
        random_macro_f1=round(found.at_random.macro_f1, 4),
        kind_macro_f1=round(found.by_kind.macro_f1, 4),
        calibration_error=round(main.calibration_error or 0.0, 4),
        **levels,
        held_out_right=held.accuracy.right,
        held_out_total=held.accuracy.total,
        held_out_a_right=held.by_confidence["A"].right,
        held_out_a_total=held.by_confidence["A"].total,
        worst_division=worst,
        worst_right=share.right,
        worst_total=share.total,
        kappa=round(found.agreement.kappa, 4),
        case_auc=round(found.cases.auc, 4),
    )


def add_record(history: bytes, line: Accuracy) -> bytes:
    """Return the history (CSV) with a line more; begins one where there is none."""
    row = pl.DataFrame([asdict(line)])
    if not history.strip():
        return row.write_csv().encode()
    return history.rstrip(b"\n") + b"\n" + row.write_csv(include_header=False).encode()


def read_history() -> pl.DataFrame:
    """All measurements that come with the product, the first first."""
    data = resources.files("bpr.classify").joinpath("accuracy.csv").read_bytes()
    return pl.read_csv(io.BytesIO(data))


def find_accuracy(acts: Acts) -> Accuracy | None:
    """Return the measurement of the present model; None where it was never measured."""
    return _find(tuple(acts.items()))


@lru_cache(maxsize=2)
def _find(acts: tuple[tuple[str, Act], ...]) -> Accuracy | None:
    own = read_history().filter(pl.col("digest") == evidence_digest(dict(acts)))
    return Accuracy(**own.row(own.height - 1, named=True)) if own.height else None


def evidence_digest(acts: Acts) -> str:
    """SHA-256 of what the figures rest on: labels, cases, acts and the code of the model."""
    folder = resources.files("bpr.classify")
    parts = [folder.joinpath(name).read_bytes().replace(b"\r\n", b"\n") for name in _EVIDENCE]
    return sha256(b"\0".join([*parts, repr(acts).encode()])).hexdigest()
