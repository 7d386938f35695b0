"""Frames of common work: which task is in which group, and how the divisions do it.

`group_key`: `family:…` (a work that every division has) or `like:…` (tasks of similar names); it
stays the same when the same survey comes again.
"""

from typing import Final

import dataframely as dy

from bpr import terms

GROUP_ACTIONS: Final = ("confirm", "unconfirm", "rename", "take_out", "put_in", "forget")
"""What a person may say of a group (first three) or of a task in it; `forget` takes it back."""


class GroupWords(dy.Schema):
    """What people said of groups, in the order in which they said it.

    `task_id` null: of the group as a whole. `name` null in a `rename`: back to its own name.
    """

    group_key = dy.String(min_length=1)
    task_id = dy.String(nullable=True)
    action = dy.Enum(list(GROUP_ACTIONS))
    name = dy.String(nullable=True)
    reason = dy.String(nullable=True)


class Memberships(dy.Schema):
    """The group of every task; null: in none. `source` tells what put it there."""

    task_id = dy.String(primary_key=True)
    group_key = dy.String(nullable=True)
    source = dy.Enum(list(terms.GROUP_SOURCES), nullable=True)


class GroupNames(dy.Schema):
    """Every group: its name, the name it has by itself, and whether a person confirmed it."""

    group_key = dy.String(primary_key=True)
    name = dy.String()
    own_name = dy.String()
    confirmed = dy.Bool()


class TakenOut(dy.Schema):
    """Tasks that a person took out of a group to which they would belong."""

    group_key = dy.String(primary_key=True)
    task_id = dy.String(primary_key=True)
    reason = dy.String(nullable=True)


class GroupDivisions(dy.Schema):
    """One division's part in a group; `division` null: the form does not tell.

    `hours` null: of none of its tasks; `unknown_hours`: tasks without hours. `minutes` per case =
    60 x hours / cases of the `measured_tasks`, whose hours and cases are both known; null: none.
    `above_median_hours`: hours a year above those at the group's median minutes.
    """

    group_key = dy.String()
    division = dy.String(nullable=True)
    tasks = dy.UInt32()
    unknown_hours = dy.UInt32()
    hours = dy.Float64(nullable=True, min=0)
    measured_tasks = dy.UInt32()
    cases = dy.Float64(nullable=True, min=0)
    minutes = dy.Float64(nullable=True, min=0)
    above_median_hours = dy.Float64(nullable=True, min=0)


class Groups(dy.Schema):
    """Every group, most hours first.

    `measured_divisions`: the base of lowest, median and highest minutes per case; with fewer than
    two there is nothing to compare and they are null.
    """

    group_key = dy.String(primary_key=True)
    name = dy.String()
    own_name = dy.String()
    confirmed = dy.Bool()
    tasks = dy.UInt32()
    divisions = dy.UInt32()
    unknown_hours = dy.UInt32()
    hours = dy.Float64(nullable=True, min=0)
    measured_divisions = dy.UInt32()
    lowest_minutes = dy.Float64(nullable=True, min=0)
    median_minutes = dy.Float64(nullable=True, min=0)
    highest_minutes = dy.Float64(nullable=True, min=0)
    above_median_hours = dy.Float64(nullable=True, min=0)
    taken_out = dy.UInt32()


class KindCounts(dy.Schema):
    """Tasks and hours of each kind of a view, in the view's order; `kind` null: of none."""

    kind = dy.String(nullable=True)
    label = dy.String()
    tasks = dy.UInt32()
    unknown_hours = dy.UInt32()
    hours = dy.Float64(nullable=True, min=0)
    published_count = dy.Int64(nullable=True, min=0)
