"""Frame of frozen evaluations: what a ranking said of every task when it was frozen."""

import dataframely as dy


class EvaluationRows(dy.Schema):
    """A ranking as it was frozen, in its order; scores 0-100, savings hours a year.

    `lever` is free text, unlike in `Scores`: what was frozen stays readable whatever levers a
    later release knows.
    """

    task_id = dy.String(primary_key=True)
    division = dy.String(nullable=True)
    task_name = dy.String()
    lever = dy.String(nullable=True)
    score = dy.Float64(min=0, max=100)
    score_low = dy.Float64(min=0, max=100)
    score_high = dy.Float64(min=0, max=100)
    rank = dy.Int64(min=1)
    rank_low = dy.Int64(min=1)
    rank_high = dy.Int64(min=1)
    saving_hours = dy.Float64(nullable=True)
    saving_hours_low = dy.Float64(nullable=True)
    saving_hours_high = dy.Float64(nullable=True)
    gate = dy.String(nullable=True)
