"""Surveys by edition, their returned workbooks and what people said of them; rows are only added."""

from sqlalchemy import Column, Date, Float, Integer, LargeBinary, String, Table, Text

from bpr.store.tables.metadata import METADATA, Moment


def in_edition() -> Column[int]:
    """Return the column that says to which edition a row belongs; older stores had one."""
    return Column("edition_id", Integer, nullable=False, server_default="1")


EDITIONS = Table(
    "editions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("municipality", String(255), nullable=True),
    Column("fiscal_year", Integer, nullable=True),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by", String(64), nullable=False),
)
"""One survey of one municipality and year. The first one has no name: its workbooks tell it."""

EDITION_EVENTS = Table(
    "edition_events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("edition_id", Integer, nullable=False, index=True),
    Column("action", String(16), nullable=False),
    Column("reason", Text, nullable=True),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", String(64), nullable=False),
)
"""Closings and reopenings (close, reopen); the latest of an edition counts."""

UPLOADS = Table(
    "uploads",
    METADATA,
    Column("id", Integer, primary_key=True),
    in_edition(),
    Column("name", String(255), nullable=False, index=True),
    Column("given_name", String(255), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("imported_by", String(64), nullable=False),
    Column("withdrawn_at", Moment, nullable=True),
    Column("withdrawn_by", String(64), nullable=True),
)
"""Returned workbooks as they came. The latest row of a name counts, unless it is withdrawn.

`given_name`: what the file was called when it was sent; two offices may send one name.
"""

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("id", Integer, primary_key=True),
    in_edition(),
    Column("task_id", String(255), nullable=False, index=True),
    Column("work_class", String(16), nullable=True),
    Column("reason", Text, nullable=True),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", String(64), nullable=False),
    Column("batch", Integer, nullable=False, index=True),
    Column("undoes", Integer, nullable=True),
    Column("automatic_class", String(16), nullable=True),
)
"""Classes that people gave to tasks; null takes the word back. The latest of a task counts.

`batch`: rows of one decision; `undoes`: the batch that a decision takes back; `automatic_class`:
what survey or model said at that time.
"""

FORMS = Table(
    "forms",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("columns", Text, nullable=False),
    Column("label", String(255), nullable=False),
    Column("confirmed_at", Moment, nullable=False),
    Column("confirmed_by", String(64), nullable=False),
)
"""Forms whose columns people confirmed: JSON of label key -> field or null. The latest of a
fingerprint counts."""

OFFICES = Table(
    "offices",
    METADATA,
    Column("id", Integer, primary_key=True),
    in_edition(),
    Column("list_id", Integer, nullable=False, index=True),
    Column("division", String(255), nullable=False),
    Column("department", String(255), nullable=True),
    Column("due", Date, nullable=True),
    Column("regular_staff", Float, nullable=True),
    Column("nonregular_staff", Float, nullable=True),
    Column("listed_at", Moment, nullable=False),
    Column("listed_by", String(64), nullable=False),
)
"""Who should return a workbook. The latest list counts as a whole."""

GROUP_WORDS = Table(
    "group_words",
    METADATA,
    Column("id", Integer, primary_key=True),
    in_edition(),
    Column("group_key", String(255), nullable=False, index=True),
    Column("task_id", String(255), nullable=True),
    Column("action", String(16), nullable=False),
    Column("name", String(255), nullable=True),
    Column("reason", Text, nullable=True),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", String(64), nullable=False),
)
"""What people said of groups of the same work, and (with a task) of a task in one of them."""

LINK_WORDS = Table(
    "link_words",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("before_edition", Integer, nullable=False),
    Column("after_edition", Integer, nullable=False),
    Column("before_id", String(255), nullable=False),
    Column("after_id", String(255), nullable=True),
    Column("action", String(16), nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", String(64), nullable=False),
)
"""What people said of the same task in two editions: confirm, deny, forget; no `after_id`: none."""
