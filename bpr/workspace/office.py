"""What every use case stands on: settings, store, clock, who acts, and the report of an edition."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Lock
from typing import Final, TypeVar

from bpr.errors import InputError, RefusedError
from bpr.pipeline import Earlier, Workbook, run
from bpr.read.forms import KnownForm
from bpr.read.request import Request
from bpr.report import Report
from bpr.settings import Settings
from bpr.store import Act, Edition, Store
from bpr.workspace.acting import LOCAL, Person, current_scene
from bpr.workspace.collecting import list_staff
from bpr.workspace.memory import Memory
from bpr.workspace.rights import Right, needs
from bpr.workspace.sight import narrow_report

T = TypeVar("T")

_TASKS_REMEMBERED: Final = 500


@dataclass
class _Desk:
    """What is remembered of one edition; anything here can be recomputed."""

    memo: tuple[tuple[object, ...], Report] | None = None
    earlier: Earlier = field(default_factory=dict)
    """What was read of the workbooks; a change reads only those that are new or other."""
    memory: Memory = field(default_factory=Memory)
    tasks: Memory = field(default_factory=lambda: Memory(most=_TASKS_REMEMBERED))
    """What was worked out for single tasks."""
    lock: Lock = field(default_factory=Lock)


@dataclass
class Office:
    """One office: its settings, its store, and the reports on its surveys."""

    settings: Settings
    store: Store
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    needs_login: bool = False
    """Whether nobody may act who is not known; else it is the one person at this machine."""
    _desks: dict[int, _Desk] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    # --- who acts, and where ---------------------------------------------------------------------

    @needs(Right.OPEN)
    def person(self) -> Person:
        """Return who acts now."""
        scene = current_scene()
        if scene is not None:
            return scene.person
        if self.needs_login:
            raise RefusedError("ログインしてください。")
        return LOCAL

    @needs(Right.OPEN)
    def edition(self) -> Edition:
        """Return the edition that is looked at: the chosen one, else the newest that is open."""
        editions = self._glance("editions", self.store.list_editions)
        scene = current_scene()
        if scene is not None and scene.edition is not None:
            found = [one for one in editions if one.id == scene.edition]
            if not found:
                msg = f"調査の番号 {scene.edition} がありません。調査を選び直してください。"
                raise InputError(msg)
            return found[0]
        is_open = [one for one in editions if one.closed_at is None]
        return (is_open or editions)[-1]

    @property
    def _here(self) -> Store:
        """The store, looked at from the edition of now."""
        return self.store.of_edition(self.edition().id)

    def _desk_of(self, edition: int) -> _Desk:
        with self._lock:
            return self._desks.setdefault(edition, _Desk())

    def _act(self) -> Act:
        scene = current_scene()
        return Act(self.person().account, self.clock(), scene.place if scene else "")

    def _today(self) -> date:
        return self.clock().astimezone().date()

    # --- the report ------------------------------------------------------------------------------

    @needs(Right.READ)
    def report(self, progress: Callable[[str], None] = lambda _: None) -> Report:
        """Return the report on all current uploads, as far as the person may see it."""
        return self._narrow(self._whole(progress))

    def _whole(self, progress: Callable[[str], None] = lambda _: None) -> Report:
        """Return the report on everything, computed once per state of the store."""
        return self._report_at(self.edition().id, progress)

    def _report_at(self, edition: int, progress: Callable[[str], None] = lambda _: None) -> Report:
        desk, store = self._desk_of(edition), self.store.of_edition(edition)
        with desk.lock:
            revision = self._glance(
                ("report", edition), lambda: (*store.report_revision(), *self._settings_revision())
            )
            if desk.memo is None or desk.memo[0] != revision:
                desk.memo = (revision, self._compute(store, desk, progress))
            return desk.memo[1]

    def _glance(self, key: object, read: Callable[[], T]) -> T:
        """Return what this request has read of the store before any write since, else read it."""
        scene, mark = current_scene(), self.store.database.state.mark
        if scene is None or scene.glance is None:
            return read()
        known = scene.glance.get(key)
        if known is None or known[0] is not mark:
            known = scene.glance[key] = (mark, read())
        found: T = known[1]
        return found

    def _narrow(self, report: Report) -> Report:
        """Return what the person may see of a report of now."""
        person = self.person()
        if person.role != "division":
            return report
        key = ("narrow", id(report), person.division)
        make = lambda: (report, narrow_report(report, person.division))  # noqa: E731 - keeps `report` alive, so that its id stays its own
        return self._remember(key, make)[1]

    @needs(Right.READ)
    def remember(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what a page made before under this key for the report of now, else let it make it."""
        return self._remember(key, make)

    def _remember(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what was made before under this key for the report of now, else make it."""
        edition = self.edition().id
        return self._desk_of(edition).memory.remember(self._report_at(edition), key, make)

    def _remember_task(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Do so for what is asked of one task at a time."""
        edition = self.edition().id
        return self._desk_of(edition).tasks.remember(self._report_at(edition), key, make)

    def _settings_revision(self) -> tuple[object, ...]:
        """Return what changes when the settings of now become others."""
        return ()

    def _settings_now(self) -> Settings:
        """Return the settings with what the office has found out itself."""
        return self.settings

    def _compute(self, store: Store, desk: _Desk, progress: Callable[[str], None]) -> Report:
        return run(
            [Workbook(upload.name, upload.data) for upload in store.list_uploads()],
            self._settings_now(),
            self._request(),
            store.read_corrections(),
            progress,
            listed_staff=list_staff(store.read_offices()),
            earlier=desk.earlier,
        )

    def _request(self) -> Request:
        return Request(forms=[KnownForm(form.fields) for form in self.store.list_forms()])
