"""Aggregates that other towns handed over: rows are only added."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from bpr.store.tables.metadata import METADATA, Moment

EXCHANGE_FILES = Table(
    "exchange_files",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("town", Text, nullable=False),
    Column("sha256", String(64), nullable=True),
    Column("data", LargeBinary, nullable=True),
    Column("added_at", Moment, nullable=False),
    Column("added_by", String(64), nullable=False),
)
"""The file as it came, under the name that the office gave the town; the latest row of a town
counts, and one without a file takes the town out."""
