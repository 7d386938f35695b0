"""The audit log: every write is told once, nothing secret is told, and no line can be forged."""

import inspect
import json
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bpr.errors import InputError
from bpr.store import Act, AuditQuery, ChainCheck, Store, make_upload
from bpr.store.audit import check_chain
from tests.store.kept import LOCAL, NOW, kept
from tests.store.rows import read_all
from tests.store.writes import ACT, SECRETS, SILENT, TOLD, UNTOLD, prepare

READERS = {
    *("revision", "report_revision", "decision_revision", "of_edition"),
    *("list_editions", "list_uploads", "list_records", "list_forms", "list_weight_sets"),
    *("list_versions", "list_past_uploads", "list_evaluations", "list_accounts"),
    *("read_upload", "read_history", "read_corrections", "read_group_words", "read_offices"),
    *("read_weight_set", "read_evaluation", "read_record", "read_kpi_values", "read_link_words"),
    *("read_account", "read_session", "read_audit", "read_job", "read_job_files"),
    *("knows_upload", "last_decision", "has_accounts", "count_failures", "check_audit", "find_job"),
    *("list_town_files", "list_unit_costs", "read_cost_history"),
    *("find_audit", "list_audit_people"),
}
GROUND = {"reading", "writing", "writing_survey"}
"""What the methods stand on."""
COLUMNS = "at who place action object before after"


def read_log(store: Store) -> list[tuple[Any, ...]]:
    return kept(store.engine, "audit_log", COLUMNS)


def test_every_public_method_is_known_as_a_reader_or_a_writer() -> None:
    """A new one must be put into one of the tables, and so is tried here."""
    methods = {
        name
        for name, _ in inspect.getmembers(Store, inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods == READERS | GROUND | {*TOLD} | {*UNTOLD}


def test_every_write_is_told_once_with_who_when_where_what_before_and_after(store: Store) -> None:
    prepare(store)
    known = len(read_log(store))
    for name, write in TOLD.items():
        write.call(store)
        new = read_log(store)[known:]
        assert [row[:5] for row in new] == [
            ("2025-07-01T09:05:06.000007+00:00", "hanako", "192.0.2.7", write.action, write.object)
        ], name
        told = [value and json.loads(value) for value in new[0][5:]]
        assert told == [write.before, write.after], name
        known += 1
    assert store.check_audit() == ChainCheck(known, store.check_audit().last_hash, None)


def test_nothing_secret_is_told(store: Store) -> None:
    prepare(store)
    for write in TOLD.values():
        write.call(store)
    for row in read_log(store):
        for secret in SECRETS:
            assert secret not in "\n".join(str(value) for value in row), row


def test_what_changes_nothing_is_not_told_and_changes_nothing(store: Store) -> None:
    prepare(store)
    before = read_all(store.database)
    for number, call in enumerate(SILENT):
        call(store)
        assert read_all(store.database) == before, number


def test_signs_of_life_and_jobs_are_not_told(store: Store) -> None:
    prepare(store)
    before = read_log(store)
    for call in UNTOLD.values():
        call(store)
    assert read_log(store) == before


def test_a_write_that_fails_is_not_told(store: Store) -> None:
    def fail() -> None:
        with store.writing(LOCAL, "export", "一覧") as entry:
            entry.connection.execute(text("update editions set name = 'x'"))
            raise InputError("そこまで")

    with pytest.raises(InputError, match="そこまで"):
        fail()
    assert read_log(store) == []
    assert store.list_editions()[0].name == ""


def test_the_log_is_read_from_the_newest_and_searched(store: Store) -> None:
    store.tell(Act("a", NOW), "export", "100%_一覧")
    store.tell(Act("b", NOW), "export", "100件")
    store.tell(Act("b", NOW), "backup", "控え")
    assert store.read_audit()["id"].to_list() == [3, 2, 1]
    assert store.read_audit(most=2)["id"].to_list() == [3, 2]
    assert store.read_audit(who="b", action="export")["object"].to_list() == ["100件"]
    assert store.read_audit(text="0%_")["id"].to_list() == [1]
    assert store.read_audit(text="一覧", who="b").height == 0


def test_the_log_is_found_page_by_page_and_day_by_day(store: Store) -> None:
    for number in range(5):
        store.tell(Act("ab"[number % 2], NOW + timedelta(days=number)), "export", f"{number}")
    page = store.find_audit(AuditQuery(), most=2, skip=2)
    assert (page.entries["id"].to_list(), page.count) == ([3, 2], 5)
    local = (NOW + timedelta(days=1)).astimezone().date()
    days = AuditQuery(first=local, last=local + timedelta(days=2))
    assert store.find_audit(days).entries["object"].to_list() == ["3", "2", "1"]
    both = AuditQuery(who="b", last=local)
    assert store.find_audit(both).entries["object"].to_list() == ["1"]
    assert store.find_audit(AuditQuery(first=local + timedelta(days=9))).count == 0
    assert store.list_audit_people() == ["a", "b"]


def test_a_day_is_one_of_this_place(store: Store) -> None:
    midnight = datetime.combine(NOW.date(), time.min).astimezone()
    for minutes in (-1, 0, 24 * 60 - 1, 24 * 60):
        store.tell(Act("a", midnight + timedelta(minutes=minutes)), "export", str(minutes))
    day = AuditQuery(first=NOW.date(), last=NOW.date())
    assert store.find_audit(day).entries["object"].to_list() == ["1439", "0"]


# --- the chain ----------------------------------------------------------------------------------

SEAL = "19287bf43d3c16789d454b09cbe7ccb2482997b60886d11b9c4d7308c9e3f953"
"""sha256sum of 64 zeros, a line break and [1,"2025-04-01T09:30:00.000000+00:00","花子",
"192.0.2.1","export","一覧",null,"{\\"rows\\": 2}"] (without the break)."""
COLUMN_NAMES = "at, who, place, action, object, before, after, hash"
SHIFT_UP = (
    "UPDATE audit_log SET id = -id WHERE id > {0}; UPDATE audit_log SET id = 1 - id WHERE id < 0"
)
CLOSE_GAP = "DELETE FROM audit_log WHERE id = {0}; UPDATE audit_log SET id = -id WHERE id > {0}; UPDATE audit_log SET id = -id - 1 WHERE id < 0"
COPY = "INSERT INTO audit_log (id, ALL) SELECT {1}, ALL FROM audit_log WHERE id = {0}".replace(
    "ALL", COLUMN_NAMES
)
SWAP = "UPDATE audit_log SET id = 99 WHERE id = {0}; UPDATE audit_log SET id = {0} WHERE id = {1}; UPDATE audit_log SET id = {1} WHERE id = 99"
FORGERIES = [
    *(("UPDATE audit_log SET ? = 'x' WHERE id = 3".replace("?", name), 3) for name in COLUMN_NAMES.split(", ")),
    ("UPDATE audit_log SET before = NULL WHERE id = 3", 3),
    ("UPDATE audit_log SET after = 'null' WHERE id = 4", 4),
    ("UPDATE audit_log SET object = object || ' ' WHERE id = 6", 6),
    ("UPDATE audit_log SET id = 7 WHERE id = 6", 7),
    ("UPDATE audit_log SET who = place, place = who WHERE id = 2", 2),
    ("DELETE FROM audit_log WHERE id = 1", 2),
    ("DELETE FROM audit_log WHERE id = 3", 4),
    (CLOSE_GAP.format(1), 1),
    (CLOSE_GAP.format(3), 3),
    (COPY.format(6, 7), 7),
    (COPY.format(6, 0), 0),
    (SHIFT_UP.format(3) + "; " + COPY.format(3, 4), 4),
    (SWAP.format(2, 3), 2),
    (SWAP.format(1, 6), 1),
]  # fmt: skip


def lay_down_guards(connection: Connection) -> None:
    """As somebody would who has the database in their hands."""
    names = {
        "sqlite": ["audit_log_no_update", "audit_log_no_delete"],
        "postgresql": ["audit_log_append_only ON audit_log"],
    }
    for name in names[connection.dialect.name]:
        connection.execute(text(f"DROP TRIGGER {name}"))


def check_after(store: Store, statements: str) -> ChainCheck:
    """Forge in a transaction that is thrown away."""
    with store.engine.connect() as connection:
        lay_down_guards(connection)
        for statement in statements.split("; "):
            connection.execute(text(statement))
        found = check_chain(connection)
        connection.rollback()
    return found


def write_six_lines(store: Store) -> ChainCheck:
    for number in range(6):
        with store.writing(
            Act(f"人{number}", NOW, "192.0.2.1"), "export", f"一覧{number}"
        ) as entry:
            entry.before, entry.after = {"rows": number}, {"rows": "九"}
    whole = store.check_audit()
    assert (whole.rows, whole.broken_at) == (6, None)
    return whole


def test_every_forged_line_is_found_at_its_place(store: Store) -> None:
    whole = write_six_lines(store)
    found = {statement: check_after(store, statement).broken_at for statement, _ in FORGERIES}
    assert found == dict(FORGERIES)
    assert store.check_audit() == whole


def test_lines_cut_off_at_the_end_show_in_the_last_seal_that_was_noted(store: Store) -> None:
    """The log alone cannot tell: one must have noted how many rows there were and the last seal."""
    whole = write_six_lines(store)
    cut = check_after(store, "DELETE FROM audit_log WHERE id > 4")
    assert (cut.rows, cut.broken_at) == (4, None)
    assert cut.last_hash != whole.last_hash


def test_the_seal_is_the_same_in_every_database(store: Store) -> None:
    """So that a log can be checked wherever it was restored."""
    store.tell(Act("花子", NOW, "192.0.2.1"), "export", "一覧", {"rows": 2})
    assert store.check_audit().last_hash == SEAL


def test_an_empty_log_is_whole(store: Store) -> None:
    assert store.check_audit() == ChainCheck(0, "0" * 64, None)


def test_uploads_and_their_lines_stand_or_fall_together(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("bpr.store.transactions.append_entry", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            store.add_upload(make_upload("a.xlsx", b"1"), "a.xlsx", None, ACT)
    assert store.list_uploads() == []
    assert read_log(store) == []
