"""Every write of the store once, with what the audit log must say of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from bpr.frames import DataFrame, GroupWords, Offices, empty
from bpr.frames.evaluations import EvaluationRows
from bpr.settings.savings import Factor
from bpr.store import (
    Account,
    Act,
    ConfirmedForm,
    Correction,
    NewEvaluation,
    Record,
    Ruling,
    Store,
    TargetEvent,
    TownFile,
    make_upload,
)
from tests.store.kept import LOCAL, NOW

ACT = Act("hanako", datetime.fromisoformat("2025-07-01T18:05:06.000007+09:00"), "192.0.2.7")
SECRETS = ("人には言えない理由", "$argon2id$v=19$m=65536$c2FsdA$hash", "token-hash")
REASON, PASSWORD_HASH, TOKEN = SECRETS
DAY = date(2025, 7, 1)
MEASUREMENT = {
    "target_id": 1,
    "figure": "hours",
    "before": 120.5,
    "after": 30.25,
    "before_from": date(2024, 4, 1),
    "before_to": date(2025, 3, 31),
    "after_from": date(2025, 4, 1),
    "after_to": date(2026, 3, 31),
    "evidence": "measured",
    "source": "typed",
    "note": REASON,
}
KPI = {"kpi": "bpr_tasks", "fiscal_year": 2025, "kind": "actual", "note": REASON}


def offices(*divisions: str) -> DataFrame[Offices]:
    rows = [{"division": name} for name in divisions]
    return Offices.validate(pl.DataFrame(rows, schema=empty(Offices).schema))


def group_words(*rows: tuple[str | None, ...]) -> DataFrame[GroupWords]:
    return GroupWords.validate(pl.DataFrame(rows, schema=empty(GroupWords).schema, orient="row"))


def target(target_id: int | None = None, action: str = "create", **values: Any) -> TargetEvent:
    status = "candidate" if action == "create" else None
    return TargetEvent(target_id, action, status, DAY, REASON, values)


def keep(*events: TargetEvent, name: str = "") -> Callable[[Record], Ruling]:
    """A rule that lets events pass as they are."""
    return lambda record: Ruling(events, name, {"events": record.events.height}, {"n": len(events)})


def find_account(store: Store, name: str) -> Account:
    account = store.read_account(name)
    assert account is not None
    return account


def prepare(store: Store) -> None:
    """Put something there that the writes below can change."""
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        store.add_upload(make_upload(name, b"1"), name, None, LOCAL)
    store.withdraw_upload("b.xlsx", LOCAL)
    store.add_corrections([Correction("t1", "core", REASON, None)], LOCAL)
    store.add_offices(offices("税務課"), LOCAL)
    store.add_weight_set("量", {"volume": 2.0}, REASON, LOCAL)
    for name in ("admin", "taro"):
        role = "admin" if name == "admin" else "viewer"
        store.add_account(Account(0, name, name, role, None, PASSWORD_HASH), LOCAL)
    store.open_session(find_account(store, "taro"), TOKEN, LOCAL)
    store.decide("target.create", keep(target()), LOCAL)
    store.add_kpi_value({**KPI, "value": 1.0, "base": 10.0}, LOCAL)
    store.add_edition("昨年", None, None, LOCAL)
    store.of_edition(2).add_upload(make_upload("old.xlsx", b"1234"), "old.xlsx", None, LOCAL)
    store.of_edition(2).close_edition(REASON, LOCAL)


@dataclass(frozen=True)
class Write:
    """A call, and the entry of action, object, before and after that it leaves."""

    call: Callable[[Store], object]
    action: str
    object: str
    before: Any = None
    after: Any = field(default=None, kw_only=True)


COST = Factor((2800.0, 3410.5, 4100.0), "円/時間", "実績", "決算")
ROWS = EvaluationRows.validate(pl.DataFrame(schema=empty(EvaluationRows).schema))
SHA = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
TOLD = {
    "add_edition": Write(
        lambda s: s.add_edition("令和7年度", "架空市", 2025, ACT), "edition.open", "令和7年度",
        after={"municipality": "架空市", "fiscal_year": 2025},
    ),
    "reopen_edition": Write(lambda s: s.of_edition(2).reopen_edition(REASON, ACT), "edition.reopen", "2"),
    "close_edition": Write(lambda s: s.of_edition(2).close_edition(REASON, ACT), "edition.close", "2"),
    "add_upload": Write(
        lambda s: s.add_upload(make_upload("d.xlsx", b"1"), "d.xlsx", None, ACT), "upload.add", "d.xlsx",
        after={"sha256": SHA},
    ),
    "withdraw_upload": Write(lambda s: s.withdraw_upload("a.xlsx", ACT), "upload.withdraw", "a.xlsx"),
    "restore_upload": Write(lambda s: s.restore_upload("b.xlsx", ACT), "upload.restore", "b.xlsx"),
    "add_corrections": Write(
        lambda s: s.add_corrections([Correction("t1", None, REASON, None), Correction("t2", "expert", REASON, "core")], ACT),
        "class.correct", "t1、t2", {"work_class": ["core", None]}, after={"work_class": [None, "expert"]},
    ),
    "undo_corrections": Write(
        lambda s: s.undo_corrections(2, ACT), "class.undo", "2", after={"task_ids": ["t1", "t2"]}
    ),
    "add_group_words": Write(
        lambda s: s.add_group_words(group_words(("family:payments", "t1", "take_out", None, REASON)), ACT),
        "group.say", "family:payments", after={"action": ["take_out"], "task_id": ["t1"]},
    ),
    "add_form": Write(
        lambda s: s.add_form(ConfirmedForm("f", {"件数": "annual_count"}, "税務課.xlsx"), ACT),
        "form.confirm", "税務課.xlsx", after={"件数": "annual_count"},
    ),
    "add_offices": Write(
        lambda s: s.add_offices(offices("税務課", "福祉課"), ACT), "offices.list", "2 課",
        {"divisions": ["税務課"]}, after={"divisions": ["税務課", "福祉課"]},
    ),
    "add_weight_set": Write(
        lambda s: s.add_weight_set("量", {"volume": 3.0}, REASON, ACT), "weights.save", "量",
        {"volume": 2.0}, after={"volume": 3.0},
    ),
    "add_evaluation": Write(
        lambda s: s.add_evaluation(NewEvaluation("予算", "量", 2, {}, "d", 40), ROWS, ACT),
        "ranking.freeze", "予算", after={"weights": "量", "tasks": 40},
    ),
    "decide": Write(
        lambda s: s.decide("target.edit", keep(target(1, "edit", name="窓口"), name="窓口の見直し"), ACT),
        "target.edit", "窓口の見直し", {"events": 1}, after={"n": 1},
    ),
    "add_measurement": Write(
        lambda s: s.add_measurement(MEASUREMENT, lambda _: {"name": "窓口"}, ACT), "target.measure", "1",
        after={"figure": "hours", "before": 120.5, "after": 30.25, "evidence": "measured", "name": "窓口"},
    ),
    "add_kpi_value": Write(
        lambda s: s.add_kpi_value({**KPI, "value": 2.5}, ACT), "kpi.enter", "bpr_tasks 2025 actual",
        {"value": 1.0, "base": 10.0}, after={"value": 2.5, "base": None},
    ),
    "add_town_file": Write(
        lambda s: s.add_town_file(TownFile("湖町", b"1"), ACT), "exchange.add", "湖町", after={"sha256": SHA},
    ),
    "add_unit_cost": Write(
        lambda s: s.add_unit_cost("hourly.regular", "1 時間の人件費：正規職員", COST, ACT), "cost.set",
        "1 時間の人件費：正規職員",
        after={"range": [2800.0, 3410.5, 4100.0], "unit": "円/時間", "kind": "実績", "source": "決算"},
    ),
    "withdraw_town_file": Write(lambda s: s.withdraw_town_file("湖町", ACT), "exchange.withdraw", "湖町"),
    "add_link_word": Write(lambda s: s.add_link_word(2, "t1", None, "confirm", ACT), "link.confirm", "1:t1 – 2:"),
    "add_account": Write(
        lambda s: s.add_account(Account(0, "jiro", "二郎", "viewer", "税務課", PASSWORD_HASH), ACT),
        "account.add", "jiro", after={"display_name": "二郎", "role": "viewer", "division": "税務課"},
    ),
    "change_account": Write(
        lambda s: s.change_account("jiro", {"password_hash": None, "disabled": True}, ACT), "account.change", "jiro",
        {"password_hash": True, "disabled": False}, after={"password_hash": False, "disabled": True},
    ),
    "open_session": Write(lambda s: s.open_session(find_account(s, "admin"), "other", ACT), "login", "admin"),
    "forget_uploads": Write(
        lambda s: s.forget_uploads(NOW + timedelta(days=365), ACT), "upload.forget", "a.xlsx、b.xlsx",
        after={"editions": [1], "workbooks": 4, "bytes": 4},
    ),
    "forget_edition": Write(
        lambda s: s.of_edition(2).forget_edition(ACT), "upload.forget", "old.xlsx",
        after={"editions": [2], "workbooks": 1, "bytes": 4},
    ),
    "end_session": Write(lambda s: s.end_session(TOKEN, ACT), "logout", "hanako"),
    "end_all_sessions": Write(
        lambda s: s.end_all_sessions(ACT, "login.end_all", "移行のため"), "login.end_all", "移行のため"
    ),
    "add_failure": Write(lambda s: s.add_failure(PASSWORD_HASH, ACT, None), "login.refuse", "（知らない名前）"),
    "tell": Write(lambda s: s.tell(ACT, "export", "一覧.xlsx", {"rows": 40}), "export", "一覧.xlsx", after={"rows": 40}),
}  # fmt: skip
"""Method -> its write; they are made in this order."""

SILENT: tuple[Callable[[Store], object], ...] = (
    lambda s: s.add_upload(make_upload("a.xlsx", b"2"), "a.xlsx", None, ACT),
    lambda s: s.withdraw_upload("b.xlsx", ACT),
    lambda s: s.restore_upload("a.xlsx", ACT),
    lambda s: s.undo_corrections(9, ACT),
    lambda s: s.add_group_words(group_words(), ACT),
    lambda s: s.of_edition(2).close_edition(REASON, ACT),
    lambda s: s.reopen_edition(REASON, ACT),
    lambda s: s.of_edition(9).close_edition(REASON, ACT),
    lambda s: s.decide("target.edit", keep(), ACT),
    lambda s: s.change_account("taro", {"role": "viewer"}, ACT),
    lambda s: s.end_session("unknown", ACT),
    lambda s: s.withdraw_town_file("丘町", ACT),
    lambda s: s.add_unit_cost("rpa.licence_yen", "RPA", None, ACT),
)
"""Writes that change nothing."""

UNTOLD: dict[str, Callable[[Store], object]] = {
    "touch_session": lambda s: s.touch_session(TOKEN, NOW + timedelta(minutes=1)),
    "queue_job": lambda s: s.queue_job("import", 1, {}, [("a.xlsx", b"1")], ACT),
    "claim_job": lambda s: s.claim_job("w", NOW),
    "tell_job": lambda s: s.tell_job(find_first_job(s), "w", NOW),
    "end_job": lambda s: s.end_job(find_first_job(s), "w", NOW),
}
"""Signs of life and jobs, which are no decisions: what a job writes is told where it is written."""


def find_first_job(store: Store) -> Any:
    return store.read_job(1, NOW)
