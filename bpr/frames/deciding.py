"""Frames of deciding and proving: targets and their history, KPI, measured effects.

A target (BPR対象) is one piece of rebuilding decided on. Fiscal years are named by the year of
their April.
"""

import dataframely as dy

from bpr import deciding_terms, terms


class TargetEvents(dy.Schema):
    """Everything that people decided on targets, in the order of `event_id`.

    `happened_on`: from when it holds, perhaps before the day it was entered. `status`: of create
    and move only. `values`: JSON object of the fields that it sets (keys of deciding_terms.TARGET_FIELDS,
    sorted); a merge stands with the target that ends, and names in `merged_into` the one that
    goes on and in `task_ids` what that takes over; an unmeasure names in `measurement_id` what no
    longer counts, and repeats what it said.
    """

    event_id = dy.Int64(primary_key=True, min=1)
    target_id = dy.Int64(min=1)
    action = dy.Enum(list(deciding_terms.TARGET_ACTIONS))
    status = dy.Enum(list(deciding_terms.TARGET_STATUSES), nullable=True)
    happened_on = dy.Date()
    reason = dy.String(nullable=True)
    values = dy.String(min_length=2)
    decided_at = dy.Datetime(time_zone="UTC")
    decided_by = dy.String()


class Targets(dy.Schema):
    """Every target as it is now.

    `task_ids` and `means` are joined by 「、」, `links` by line breaks; `schedule` is a JSON object
    of fiscal year -> text. `version`: last event that touched it. `lever` is free text: what was
    decided stays readable whatever levers a later release knows.
    """

    target_id = dy.Int64(primary_key=True, min=1)
    status = dy.Enum(list(deciding_terms.TARGET_STATUSES))
    status_since = dy.Date()
    status_reason = dy.String(nullable=True)
    created_on = dy.Date()
    version = dy.Int64(min=1)
    merged_into = dy.Int64(nullable=True)
    split_from = dy.Int64(nullable=True)
    edition_id = dy.Int64(nullable=True)
    task_ids = dy.String()
    part = dy.String(nullable=True)
    name = dy.String()
    division = dy.String(nullable=True)
    lever = dy.String(nullable=True)
    means = dy.String()
    current_state = dy.String(nullable=True)
    policy = dy.String(nullable=True)
    owner = dy.String(nullable=True)
    schedule = dy.String()
    done_by = dy.Int64(nullable=True)
    difficulty = dy.String(nullable=True)
    notes = dy.String(nullable=True)
    links = dy.String()
    hours = dy.Float64(nullable=True)
    taken_hours = dy.Float64(nullable=True)
    rate = dy.Float64(nullable=True)
    rate_low = dy.Float64(nullable=True)
    rate_high = dy.Float64(nullable=True)
    expected_hours = dy.Float64(nullable=True)
    expected_hours_low = dy.Float64(nullable=True)
    expected_hours_high = dy.Float64(nullable=True)
    expected_evidence = dy.Enum(list(deciding_terms.EXPECTATION_EVIDENCES), nullable=True)
    weight_set = dy.String(nullable=True)
    settings_digest = dy.String(nullable=True)
    score = dy.Float64(nullable=True)
    rank = dy.Int64(nullable=True)


class Measurements(dy.Schema):
    """The same figure before and after, with its periods (both days included).

    `base`: how many it was taken over (cases, answers), `base_note` of what. The latest
    (`measurement_id`) of a target and figure counts.
    """

    measurement_id = dy.Int64(primary_key=True, min=1)
    target_id = dy.Int64(min=1)
    figure = dy.Enum(list(deciding_terms.FIGURES))
    before = dy.Float64(min=0)
    after = dy.Float64(min=0)
    before_from = dy.Date()
    before_to = dy.Date()
    after_from = dy.Date()
    after_to = dy.Date()
    base = dy.Float64(nullable=True, min=0)
    base_note = dy.String(nullable=True)
    evidence = dy.Enum(list(terms.EVIDENCES))
    source = dy.Enum(list(deciding_terms.MEASUREMENT_SOURCES))
    freed_use = dy.Enum(list(deciding_terms.FREED_USES), nullable=True)
    freed_note = dy.String(nullable=True)
    note = dy.String(nullable=True)
    measured_at = dy.Datetime(time_zone="UTC")
    measured_by = dy.String()


class KpiUnits(dy.Schema):
    """What a KPI counts: a unit by one target from `counted_on` until before `until`.

    `unit_key`: the task (with its part), or the target where it covers no task. `reason`: why it
    no longer counts. `hours` a year: only of a KPI of hours.
    """

    kpi = dy.String(primary_key=True)
    unit_key = dy.String(primary_key=True)
    counted_on = dy.Date(primary_key=True)
    target_id = dy.Int64()
    task_id = dy.String(nullable=True)
    label = dy.String()
    division = dy.String(nullable=True)
    hours = dy.Float64(nullable=True)
    fiscal_year = dy.Int64()
    until = dy.Date(nullable=True)
    reason = dy.String(nullable=True)


class KpiValues(dy.Schema):
    """KPI figures that people entered; the latest (`sequence`) of a KPI, year and kind counts.

    `base` (母数): of how many a ratio is taken.
    """

    sequence = dy.Int64(primary_key=True)
    kpi = dy.String()
    fiscal_year = dy.Int64()
    kind = dy.Enum(list(deciding_terms.KPI_VALUE_KINDS))
    value = dy.Float64()
    base = dy.Float64(nullable=True, min=0)
    evidence = dy.Enum(list(terms.EVIDENCES), nullable=True)
    note = dy.String(nullable=True)
    entered_at = dy.Datetime(time_zone="UTC")
    entered_by = dy.String()


class KpiProgress(dy.Schema):
    """A KPI year by year, in its own unit; null: nobody knows, or not yet.

    `actual`: at the end of the year, of the running year today; `added`: against the year before.
    `expected`: of the path at the end of the year, `expected_by_now`: today at most. `target`: at
    the end of the plan; `achieved_ratio = (actual - baseline) / (target - baseline)`. `units`: what
    is counted, `base`: 母数 of an entered ratio.
    """

    kpi = dy.String(primary_key=True)
    fiscal_year = dy.Int64(primary_key=True)
    actual = dy.Float64(nullable=True)
    added = dy.Float64(nullable=True)
    units = dy.Int64(nullable=True, min=0)
    base = dy.Float64(nullable=True)
    evidence = dy.Enum(list(terms.EVIDENCES), nullable=True)
    expected = dy.Float64(nullable=True)
    expected_by_now = dy.Float64(nullable=True)
    target = dy.Float64(nullable=True)
    achieved_ratio = dy.Float64(nullable=True)
    grade = dy.String(nullable=True)
    grade_label = dy.String(nullable=True)
    remark = dy.String(nullable=True)


class LeverEffects(dy.Schema):
    """Expected against realized hours a year of the targets that are done, per lever and evidence.

    `targets`: done, of the lever; `measured`: of them with realized hours of this evidence, which
    make `realized_hours`. `compared`: of those with an expectation too; `ratio =
    compared_hours / expected_hours`, both over them. A lever that nobody measured has one row
    without evidence.
    """

    lever = dy.String(nullable=True)
    evidence = dy.Enum(list(terms.EVIDENCES), nullable=True)
    targets = dy.Int64(min=0)
    measured = dy.Int64(min=0)
    realized_hours = dy.Float64(nullable=True)
    compared = dy.Int64(min=0)
    expected_hours = dy.Float64(nullable=True)
    compared_hours = dy.Float64(nullable=True)
    ratio = dy.Float64(nullable=True)


class OwnRates(dy.Schema):
    """The office's own reduction per lever: hours realized per hour taken over, of `n` targets.

    Net of checking: what people still do is in the hours after. `last_year`: fiscal year of the
    last period measured.
    """

    lever = dy.Enum(list(terms.LEVERS), primary_key=True)
    n = dy.Int64(min=1)
    rate_low = dy.Float64()
    rate = dy.Float64()
    rate_high = dy.Float64()
    last_year = dy.Int64()
    evidence = dy.String()
