"""Accounts, who is logged in, failed logins, and the audit log."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from bpr.store.tables.metadata import METADATA, Moment

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("display_name", String(255), nullable=False),
    Column("role", String(16), nullable=False),
    Column("division", String(255), nullable=True),
    Column("password_hash", String(255), nullable=True),
    Column("disabled", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("name"),
)
"""Who may do what. Without a password hash only a trusted proxy can let the person in."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("account_id", Integer, nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("place", String(64), nullable=False),
)
"""Who is logged in; `id` is the hash of the token that only the browser holds."""

LOGIN_FAILURES = Table(
    "login_failures",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name_hash", String(64), nullable=False, index=True),
    Column("place", String(64), nullable=False, index=True),
    Column("failed_at", Moment, nullable=False),
)
"""Failed logins of late, to slow guessing down; names as hashes: people type passwords there."""

AUDIT_LOG = Table(
    "audit_log",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("who", String(64), nullable=False),
    Column("place", String(64), nullable=False),
    Column("action", String(32), nullable=False, index=True),
    Column("object", Text, nullable=False),
    Column("before", Text, nullable=True),
    Column("after", Text, nullable=True),
    Column("hash", String(64), nullable=False),
)
"""Every write: who, when (ISO 8601, UTC), from where, what, to what, before and after (JSON).

`hash` covers the row and the hash of the row before it, so that a change or a gap shows.
"""
