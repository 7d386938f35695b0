"""The tables of the store. Rows of people's decisions are only ever added, never changed."""

from bpr.store.tables.costs import UNIT_COSTS
from bpr.store.tables.deciding import KPI_VALUES, MEASUREMENTS, TARGET_EVENTS
from bpr.store.tables.exchange import EXCHANGE_FILES
from bpr.store.tables.jobs import JOB_FILES, JOBS
from bpr.store.tables.metadata import METADATA
from bpr.store.tables.people import ACCOUNTS, AUDIT_LOG, LOGIN_FAILURES, SESSIONS
from bpr.store.tables.survey import (
    CORRECTIONS,
    EDITION_EVENTS,
    EDITIONS,
    FORMS,
    GROUP_WORDS,
    LINK_WORDS,
    OFFICES,
    UPLOADS,
)
from bpr.store.tables.weighing import EVALUATION_ROWS, EVALUATIONS, WEIGHT_SETS

__all__ = [
    "ACCOUNTS",
    "AUDIT_LOG",
    "CORRECTIONS",
    "EDITIONS",
    "EDITION_EVENTS",
    "EVALUATIONS",
    "EVALUATION_ROWS",
    "EXCHANGE_FILES",
    "FORMS",
    "GROUP_WORDS",
    "JOBS",
    "JOB_FILES",
    "KPI_VALUES",
    "LINK_WORDS",
    "LOGIN_FAILURES",
    "MEASUREMENTS",
    "METADATA",
    "OFFICES",
    "SESSIONS",
    "TARGET_EVENTS",
    "UNIT_COSTS",
    "UPLOADS",
    "WEIGHT_SETS",
]
