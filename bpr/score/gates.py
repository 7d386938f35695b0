"""Gates: rules that cap a score whatever the criteria say; each tells its reason."""

import polars as pl

from bpr.settings.scoring import Gate, ScoringSettings


def cap_scores(scores: pl.DataFrame, facts: pl.DataFrame, scoring: ScoringSettings) -> pl.DataFrame:
    """Add `gate` and `cap` to rows of (task_id, lever); where several apply the lowest cap wins."""
    capped = [
        pl.DataFrame(
            schema={"task_id": pl.String, "lever": pl.String, "gate": pl.String, "cap": pl.Float64}
        )
    ]
    for name, gate in scoring.gates.items():
        stopped = facts.filter(_applies(gate)).select("task_id")
        capped.extend(
            stopped.with_columns(lever=pl.lit(lever), gate=pl.lit(name), cap=pl.lit(gate.cap))
            for lever in gate.levers
        )
    lowest = (
        pl.concat(capped)
        .sort("cap", maintain_order=True)
        .unique(["task_id", "lever"], keep="first", maintain_order=True)
    )
    lowest = lowest.with_columns(pl.col("lever").cast(scores.schema["lever"]))
    return scores.join(lowest, on=["task_id", "lever"], how="left", maintain_order="left")


def _applies(gate: Gate) -> pl.Expr:
    """All conditions that the gate names must hold."""
    conditions = [pl.lit(value=True)]
    if gate.work_class:
        conditions.append(pl.col("work_class").cast(pl.String).is_in(gate.work_class))
    if gate.medium:
        conditions.append(pl.col("medium").cast(pl.String).is_in(gate.medium))
    if gate.acts:
        listed = pl.col("acts").list.eval(pl.element().is_in(gate.acts)).list.any()
        conditions.append(listed.fill_null(value=False))
    return pl.all_horizontal(conditions)
