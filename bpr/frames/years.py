"""Frames of two years side by side: which task is which, what changed, and each division's sum."""

from dataclasses import dataclass
from typing import Final

import dataframely as dy

from bpr import terms

LINK_ACTIONS: Final = ("confirm", "deny", "forget")
"""What a person may say of a link; `forget` takes it back."""
SUMMARY_SCOPES: Final = ("total", "division")


@dataclass(frozen=True)
class YearNames:
    """What the two editions are called (令和6年度, 令和7年度) and whose they are."""

    municipality: str
    before: str
    after: str


class LinkWords(dy.Schema):
    """What people said of links, in the order in which they said it.

    The last word on a `before_id` counts. `after_id` null in a `confirm`: it has no counterpart.
    """

    before_id = dy.String(min_length=1)
    after_id = dy.String(nullable=True)
    action = dy.Enum(list(LINK_ACTIONS))


class TaskLinks(dy.Schema):
    """Every task of two years exactly once: in a pair, or alone with the other id null.

    `how` and `likeness` (of the names, less across divisions) are null where a task stands alone;
    `confirmed`: certain by its names and number, or by a person's word.
    """

    before_id = dy.String(nullable=True)
    after_id = dy.String(nullable=True)
    how = dy.Enum(list(terms.LINK_HOWS), nullable=True)
    likeness = dy.Float64(nullable=True, min=0, max=1)
    confirmed = dy.Bool()
    reason = dy.String()


class YearChanges(dy.Schema):
    """One row per link; a year in which the task is not found has nulls.

    `change` null: in a pair, hours unknown in a year. `*_minutes` per case = 60 x hours / cases, so
    that `volume_hours + unit_time_hours = difference_hours`; null where a year does not tell.
    `difference_hours` of a task that vanished or began: all its hours.
    """

    before_id = dy.String(nullable=True)
    after_id = dy.String(nullable=True)
    before_division = dy.String(nullable=True)
    after_division = dy.String(nullable=True)
    before_name = dy.String(nullable=True)
    after_name = dy.String(nullable=True)
    change = dy.Enum(list(terms.YEAR_CHANGES), nullable=True)
    before_hours = dy.Float64(nullable=True, min=0)
    after_hours = dy.Float64(nullable=True, min=0)
    difference_hours = dy.Float64(nullable=True)
    before_count = dy.Float64(nullable=True, min=0)
    after_count = dy.Float64(nullable=True, min=0)
    before_minutes = dy.Float64(nullable=True, min=0)
    after_minutes = dy.Float64(nullable=True, min=0)
    volume_hours = dy.Float64(nullable=True)
    unit_time_hours = dy.Float64(nullable=True)
    how = dy.Enum(list(terms.LINK_HOWS), nullable=True)
    confirmed = dy.Bool()
    reason = dy.String()


class YearSummary(dy.Schema):
    """Hours of two years, the total first, then each division; `division` null: not told.

    A pair stands in the division of the later year, with its hours of both years: `before_hours`
    are regrouped so; `told_before_hours` are those of the earlier year's own divisions.
    `difference_hours` = after - before = grew + shrank + same + vanished + began + unclear.
    `unclear_hours`: pairs of which one year's hours are unknown, with what the other year tells.
    `unconfirmed_hours`: hours of the later year in pairs that nobody confirmed (of `after_hours`).
    `unknown_tasks`: rows with unknown hours in a year; they count in no sum as 0 or otherwise.
    """

    scope = dy.Enum(list(SUMMARY_SCOPES))
    division = dy.String(nullable=True)
    tasks = dy.UInt32()
    told_before_hours = dy.Float64(min=0)
    before_hours = dy.Float64(min=0)
    after_hours = dy.Float64(min=0)
    difference_hours = dy.Float64()
    grew_hours = dy.Float64(min=0)
    shrank_hours = dy.Float64(max=0)
    same_hours = dy.Float64()
    vanished_hours = dy.Float64(max=0)
    began_hours = dy.Float64(min=0)
    unclear_hours = dy.Float64()
    unconfirmed_tasks = dy.UInt32()
    unconfirmed_hours = dy.Float64(min=0)
    unknown_tasks = dy.UInt32()
