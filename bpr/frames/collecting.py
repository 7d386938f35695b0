"""Frames of the collection: who was asked, and what has come back."""

import dataframely as dy

from bpr import terms


class Offices(dy.Schema):
    """Divisions that are asked, in the order of the list."""

    division = dy.String(min_length=1)
    department = dy.String(nullable=True)
    due = dy.Date(nullable=True)
    regular_staff = dy.Float64(nullable=True, min=0)
    nonregular_staff = dy.Float64(nullable=True, min=0)


class Collection(dy.Schema):
    """Who has returned what: a row per division, then a row per workbook that cannot be read.

    `division` null: a workbook that does not tell its division, or (`status` refused) one that
    cannot be read; `reason` then says why, in Japanese. `workbooks`: names, joined by 「、」.
    `days_left` counts down to `due` and is negative after it. `rows`: rows of the survey that are
    tasks or should be; `hours` null: nobody knows.
    """

    division = dy.String(nullable=True)
    department = dy.String(nullable=True)
    due = dy.Date(nullable=True)
    days_left = dy.Int64(nullable=True)
    status = dy.Enum(list(terms.COLLECTION_STATUSES))
    workbooks = dy.String(nullable=True)
    rows = dy.Int64(min=0)
    tasks = dy.Int64(min=0)
    hours = dy.Float64(nullable=True, min=0)
    errors = dy.Int64(min=0)
    warnings = dy.Int64(min=0)
    regular_staff = dy.Float64(nullable=True, min=0)
    nonregular_staff = dy.Float64(nullable=True, min=0)
    is_listed = dy.Bool()
    reason = dy.String(nullable=True)
