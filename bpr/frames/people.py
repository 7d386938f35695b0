"""Frames of people: accounts, and what the audit log tells of their acts."""

import dataframely as dy


class Accounts(dy.Schema):
    """Who may work here, in the order of names; without what proves who they are."""

    name = dy.String(primary_key=True)
    display_name = dy.String()
    role = dy.String()
    division = dy.String(nullable=True)
    disabled = dy.Bool()
    has_password = dy.Bool()
    changed_at = dy.Datetime(time_zone="UTC")


class AuditEntries(dy.Schema):
    """Rows of the audit log; `at` is ISO 8601 in UTC, `before` and `after` are JSON.

    `hash` seals the row and all rows before it.
    """

    id = dy.Int64(primary_key=True)
    at = dy.String()
    who = dy.String()
    place = dy.String()
    action = dy.String()
    object = dy.String()
    before = dy.String(nullable=True)
    after = dy.String(nullable=True)
    hash = dy.String()
