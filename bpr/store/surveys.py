"""The store's part on surveys: workbooks that came in, and what people said of their tasks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Table, func, select

from bpr.errors import InputError
from bpr.frames import Corrections, DataFrame, GroupWords, Offices
from bpr.store import corrections, forms, groups, offices, uploads
from bpr.store.act import Act
from bpr.store.audit import Entry
from bpr.store.corrections import Correction, PastCorrection
from bpr.store.editions import (
    Edition,
    insert_edition,
    insert_edition_event,
    is_closed,
    select_editions,
)
from bpr.store.forms import ConfirmedForm
from bpr.store.tables import CORRECTIONS, FORMS, GROUP_WORDS, OFFICES, UPLOADS
from bpr.store.transactions import Transactions
from bpr.store.uploads import PastUpload, Upload, UploadRecord

_REPORTED = (UPLOADS, CORRECTIONS, FORMS, OFFICES)
"""What the report hangs on."""
_DECIDED = (*_REPORTED, GROUP_WORDS)


class SurveyStore(Transactions):
    """Editions, uploads and words on tasks; every method is one transaction."""

    def revision(self) -> tuple[int, ...]:
        """Return numbers that change with every upload, withdrawal and decision."""
        return self._latest(_DECIDED)

    def report_revision(self) -> tuple[int, ...]:
        """Return those of them that change the report; words on groups do not."""
        return self._latest(_REPORTED)

    def _latest(self, tables: Sequence[Table]) -> tuple[int, ...]:
        latest = []
        for table in tables:
            newest = select(func.max(table.c.id))
            if "edition_id" in table.c:
                newest = newest.where(table.c.edition_id == self.edition)
            latest.append(newest.scalar_subquery())
        with self.reading() as connection:
            return tuple(number or 0 for number in connection.execute(select(*latest)).one())

    # --- editions --------------------------------------------------------------------------------

    def list_editions(self) -> list[Edition]:
        """All editions, the first first."""
        with self.reading() as connection:
            return select_editions(connection)

    def add_edition(
        self, name: str, municipality: str | None, fiscal_year: int | None, act: Act
    ) -> int:
        """Open an edition; return its id."""
        told = {"municipality": municipality, "fiscal_year": fiscal_year}
        with self.writing(act, "edition.open", name, told) as entry:
            return insert_edition(entry.connection, name, municipality, fiscal_year, act)

    def close_edition(self, reason: str | None, act: Act) -> bool:
        """Let nothing of this edition be changed any more; False where it is closed already."""
        return self._turn("close", reason, act)

    def reopen_edition(self, reason: str | None, act: Act) -> bool:
        """Let this edition be changed again; False where it is open."""
        return self._turn("reopen", reason, act)

    def _turn(self, action: str, reason: str | None, act: Act) -> bool:
        with self.writing(act, f"edition.{action}", str(self.edition)) as entry:
            known = {one.id: one.closed_at is None for one in select_editions(entry.connection)}
            entry.silent = known.get(self.edition) is not (action == "close")
            if not entry.silent:
                insert_edition_event(entry.connection, self.edition, action, reason, act)
        return not entry.silent

    # --- uploads ---------------------------------------------------------------------------------

    def add_upload(self, upload: Upload, given_name: str, seen: int | None, act: Act) -> bool:
        """Keep a workbook; False where its name's latest row is no longer `seen`."""
        with self.writing_survey(act, "upload.add", upload.name) as entry:
            latest = uploads.latest_id(entry.connection, self.edition, upload.name)
            entry.silent = latest != seen
            if not entry.silent:
                uploads.insert_upload(entry.connection, self.edition, upload, given_name, act)
                entry.after = {"sha256": upload.sha256}
        return not entry.silent

    def list_uploads(self) -> list[Upload]:
        """Workbooks that count, in the order of names."""
        with self.reading() as connection:
            return uploads.select_uploads(connection, self.edition)

    def list_records(self) -> list[UploadRecord]:
        """What is known of the latest upload of each name, withdrawn ones too."""
        with self.reading() as connection:
            return uploads.select_records(connection, self.edition)

    def read_upload(self, name: str) -> Upload | None:
        """Latest workbook of a name, withdrawn or not; None where its bytes are forgotten."""
        with self.reading() as connection:
            return uploads.select_upload(connection, self.edition, name)

    def knows_upload(self, name: str, sha256: str) -> bool:
        """Tell whether these bytes ever came under a name."""
        with self.reading() as connection:
            return uploads.has_upload(connection, self.edition, name, sha256)

    def withdraw_upload(self, name: str, act: Act) -> bool:
        """Take a workbook out of the count; False where it does not count."""
        return self._add_again("upload.withdraw", name, act, withdrawn=True)

    def restore_upload(self, name: str, act: Act) -> bool:
        """Let a withdrawn workbook count again; False where none is withdrawn."""
        return self._add_again("upload.restore", name, act, withdrawn=False)

    def _add_again(self, action: str, name: str, act: Act, *, withdrawn: bool) -> bool:
        with self.writing_survey(act, action, name) as entry:
            entry.silent = not uploads.insert_again(
                entry.connection, self.edition, name, act, withdrawn=withdrawn
            )
        return not entry.silent

    def list_past_uploads(self, ended_before: datetime) -> list[PastUpload]:
        """Workbooks of all editions that stopped counting before a moment, with bytes kept."""
        with self.reading() as connection:
            return uploads.select_past(connection, ended_before)

    def forget_uploads(self, ended_before: datetime, act: Act) -> list[PastUpload]:
        """Clear the bytes of those, in closed editions too; return them."""
        with self.writing(act, "upload.forget", "") as entry:
            past = uploads.select_past(entry.connection, ended_before)
            _forget(entry, past)
        return past

    def forget_edition(self, act: Act) -> list[PastUpload]:
        """Clear the bytes of all workbooks of this edition, which no longer count; return them.

        `InputError` where the edition is open.
        """
        with self.writing(act, "upload.forget", "") as entry:
            if not is_closed(entry.connection, self.edition):
                msg = f"調査 {self.edition} は締め切っていないので、消去できません。先に bpr edition close {self.edition} で締め切ってください。"
                raise InputError(msg)
            past = uploads.select_whole_edition(entry.connection, self.edition, act.when)
            _forget(entry, past)
            for one in uploads.select_records(entry.connection, self.edition) if past else ():
                uploads.insert_again(entry.connection, self.edition, one.name, act, withdrawn=True)
        return past

    # --- words on tasks --------------------------------------------------------------------------

    def add_corrections(
        self, given: Sequence[Correction], act: Act, seen: int | None = None
    ) -> int:
        """Record one decision on the classes of tasks; return its number.

        `seen`: how many words on the first of them its author knew (None: all there are).
        """
        ids = "、".join(correction.task_id for correction in given)
        told = {"work_class": [correction.work_class for correction in given]}
        with self.writing_survey(act, "class.correct", ids, told) as entry:
            if seen is not None:
                corrections.require_seen(entry.connection, self.edition, given[0].task_id, seen)
            standing = corrections.select_corrections(entry.connection, self.edition)
            known = dict(standing.select("task_id", "work_class").iter_rows())
            entry.before = {"work_class": [known.get(c.task_id) for c in given]}
            return corrections.insert_corrections(entry.connection, self.edition, given, act)

    def undo_corrections(self, batch: int, act: Act) -> list[str]:
        """Put back what counted before a decision; return the tasks for which that was done."""
        with self.writing_survey(act, "class.undo", str(batch)) as entry:
            restored = corrections.undo_batch(entry.connection, self.edition, batch, act)
            entry.silent = not restored
            entry.after = {"task_ids": restored}
        return restored

    def last_decision(self, who: str) -> int | None:
        """Return a person's latest decision that is neither an undoing nor undone."""
        with self.reading() as connection:
            return corrections.last_batch(connection, self.edition, who)

    def read_history(self, task_id: str) -> list[PastCorrection]:
        """Everything that people said of a task, the first first."""
        with self.reading() as connection:
            return corrections.select_history(connection, self.edition, task_id)

    def read_corrections(self) -> DataFrame[Corrections]:
        """Latest word on each task that is not taken back."""
        with self.reading() as connection:
            return corrections.select_corrections(connection, self.edition)

    def add_group_words(self, words: DataFrame[GroupWords], act: Act) -> None:
        """Record what a person said of a group or of tasks in it, all of it or nothing."""
        groups_told = "、".join(words["group_key"].unique(maintain_order=True).to_list())
        told = words.select("action", "task_id").to_dict(as_series=False)
        with self.writing_survey(act, "group.say", groups_told, told) as entry:
            entry.silent = words.is_empty()
            groups.insert_group_words(entry.connection, self.edition, words, act)

    def read_group_words(self) -> DataFrame[GroupWords]:
        """Everything that people said of groups, the first first."""
        with self.reading() as connection:
            return groups.select_group_words(connection, self.edition)

    # --- forms and offices -----------------------------------------------------------------------

    def add_form(self, form: ConfirmedForm, act: Act) -> None:
        """Record what a person confirmed of a form; it holds in every edition."""
        with self.writing_survey(act, "form.confirm", form.label, dict(form.fields)) as entry:
            forms.insert_form(entry.connection, form, act)

    def list_forms(self) -> list[ConfirmedForm]:
        """Latest word on each form, the last confirmed first."""
        with self.reading() as connection:
            return forms.select_forms(connection)

    def add_offices(self, listed: DataFrame[Offices], act: Act) -> None:
        """Record a list of offices, which replaces the earlier ones."""
        told = {"divisions": listed["division"].to_list()}
        with self.writing_survey(act, "offices.list", f"{listed.height} 課", told) as entry:
            before = offices.select_offices(entry.connection, self.edition)
            entry.before = {"divisions": before["division"].to_list()}
            offices.insert_offices(entry.connection, self.edition, listed, act)

    def read_offices(self) -> DataFrame[Offices]:
        """Offices of the latest list, in its order."""
        with self.reading() as connection:
            return offices.select_offices(connection, self.edition)


def _forget(entry: Entry, past: Sequence[PastUpload]) -> None:
    uploads.clear_bytes(entry.connection, past)
    entry.silent = not past
    entry.object = "、".join(dict.fromkeys(one.name for one in past))
    sizes = sum(one.size for one in past)
    editions = sorted({one.edition for one in past})
    entry.after = {"editions": editions, "workbooks": len(past), "bytes": sizes}
