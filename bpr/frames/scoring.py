"""Frames of scoring: contributions, scores, savings, how sure a rank is, what to choose.

Points and scores are 0-100, values and shares 0-1, savings hours or yen a year; `_low` and
`_high` bound what the survey leaves open.
"""

from typing import Final

import dataframely as dy

from bpr import terms

CERTAINTIES: Final = tuple(terms.CERTAINTIES)


class _TaskLever(dy.Schema):
    task_id = dy.String()
    lever = dy.Enum(list(terms.LEVERS))


class Contributions(_TaskLever):
    """What each criterion adds to each score before gates.

    `value*` in 0-1; `points* = 100 x weight x value / sum of the lever's weights`. `missing`: the
    survey does not tell, so the value is an interval.
    """

    criterion = dy.String()
    raw = dy.String(nullable=True)
    missing = dy.Bool()
    value_low = dy.Float64(min=0, max=1)
    value = dy.Float64(min=0, max=1)
    value_high = dy.Float64(min=0, max=1)
    weight = dy.Float64(min=0)
    points_low = dy.Float64()
    points = dy.Float64()
    points_high = dy.Float64()


class Scores(_TaskLever):
    """Scores per task and lever (0-100): `min(uncapped, cap)`; `gate` where the cap bites."""

    uncapped_score = dy.Float64(min=0, max=100)
    score_low = dy.Float64(min=0, max=100)
    score = dy.Float64(min=0, max=100)
    score_high = dy.Float64(min=0, max=100)
    cap = dy.Float64(min=0, max=100)
    gate = dy.String(nullable=True)


class Savings(_TaskLever):
    """What a lever may save on a task, with every factor (see savings.toml).

    `saving_hours = hours x share x rate - cost_hours`; negative where the lever costs more than
    it saves; null where the hours are not told. `yearly_yen` counts running costs but no licence.
    """

    annual_hours = dy.Float64(nullable=True)
    share_low = dy.Float64(min=0, max=1)
    share = dy.Float64(min=0, max=1)
    share_high = dy.Float64(min=0, max=1)
    cost_hours_low = dy.Float64(nullable=True)
    cost_hours = dy.Float64(nullable=True)
    cost_hours_high = dy.Float64(nullable=True)
    saving_hours_low = dy.Float64(nullable=True)
    saving_hours = dy.Float64(nullable=True)
    saving_hours_high = dy.Float64(nullable=True)
    saving_yen = dy.Float64(nullable=True)
    setup_yen = dy.Float64(min=0)
    yearly_yen = dy.Float64(min=0)
    staff_days = dy.Float64(min=0)


class RankCertainty(dy.Schema):
    """How a task's rank depends on the weights, over samples of weights.

    `top_ratio`, `first_ratio`: share of samples in which the task is among the best N, is first;
    `weight_rank_low`, `weight_rank_high`: 5th and 95th percentile of its rank.
    """

    task_id = dy.String(primary_key=True)
    top_ratio = dy.Float64(min=0, max=1)
    first_ratio = dy.Float64(min=0, max=1)
    best_rank = dy.Int64(min=1)
    weight_rank_low = dy.Int64(min=1)
    weight_rank_high = dy.Int64(min=1)
    certainty = dy.Enum(list(CERTAINTIES))


class Judgements(dy.Schema):
    """The value judgement under which a task comes to its best rank.

    `multiplier`: geometric mean of what the theme's weights were multiplied by in those samples.
    """

    task_id = dy.String()
    theme = dy.String()
    multiplier = dy.Float64(min=0)


class RankQuestions(dy.Schema):
    """The one question to a division whose answer would move the rank of its task most.

    `rank_best`, `rank_worst`: the ranks at the two ends of what the answer may be.
    """

    task_id = dy.String(primary_key=True)
    field = dy.String()
    rank_best = dy.Int64(min=1)
    rank_worst = dy.Int64(min=1)


class PublishedCases(dy.Schema):
    """What public sources say that a Japanese local government did with a task."""

    case_id = dy.String(primary_key=True)
    municipality = dy.String()
    department = dy.String(nullable=True)
    task_name = dy.String()
    lever = dy.Enum(list(terms.LEVERS))
    hours_before = dy.Float64(nullable=True)
    hours_after = dy.Float64(nullable=True)
    reduction_ratio = dy.Float64(nullable=True)
    evidence = dy.Enum(list(terms.EVIDENCES), nullable=True)
    effect = dy.String(nullable=True)
    source_url = dy.String()


class NearCases(dy.Schema):
    """Published cases like a task, the most alike first (`likeness` 0-1)."""

    task_id = dy.String()
    case_id = dy.String()
    likeness = dy.Float64(min=0, max=1)


class Options(_TaskLever):
    """What a portfolio may choose from: one lever for one task, its yearly effect and its costs."""

    division = dy.String(nullable=True)
    saving_hours = dy.Float64()
    setup_yen = dy.Float64(min=0)
    yearly_yen = dy.Float64(min=0)
    staff_days = dy.Float64(min=0)


class LeftOut(_TaskLever):
    """A task that a portfolio leaves out, by its lever with most hours: why, and what forcing it costs.

    `lost_hours`: hours a year by which the best portfolio that holds the task, by whichever lever,
    is worse; null: none does.
    """

    reason = dy.String()
    saving_hours = dy.Float64()
    lost_hours = dy.Float64(nullable=True)


class RealismChecks(dy.Schema):
    """Our savings beside published results of the same kind; `exceeded` where ours are beyond.

    `base`: what the figures are taken over, in words.
    """

    check = dy.String(primary_key=True)
    label = dy.String()
    base = dy.String()
    ours_low = dy.Float64()
    ours = dy.Float64()
    ours_high = dy.Float64()
    published_low = dy.Float64()
    published = dy.Float64()
    published_high = dy.Float64()
    unit = dy.String()
    exceeded = dy.Bool()
    message = dy.String()
    source = dy.String()
