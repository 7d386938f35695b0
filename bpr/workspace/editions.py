"""Editions of the survey: years and municipalities side by side, and what became of a task."""

from contextlib import AbstractContextManager
from typing import Final

import polars as pl

from bpr.errors import InputError
from bpr.export.values import write_fiscal_year
from bpr.export.years import tell_years, write_years
from bpr.frames import DataFrame
from bpr.frames.years import TaskLinks, YearChanges, YearNames, YearSummary
from bpr.match.years import link_tasks
from bpr.report import Report
from bpr.store import Edition
from bpr.tabulate.years import compare_years, summarize_years
from bpr.terms import FISCAL_YEARS
from bpr.text import normalize
from bpr.workspace.acting import acting, current_scene
from bpr.workspace.office import Office
from bpr.workspace.rights import Right, needs
from bpr.workspace.words import kept_reason, title

_SAYINGS: Final = ("confirm", "deny", "forget")
_GONE: Final = "（調査票は消去済み）"


class EditionCases(Office):
    """The workspace's use cases about editions; `Workspace` inherits them."""

    @needs(Right.READ)
    def list_editions(self) -> list[Edition]:
        """All editions, the first first."""
        return self.store.list_editions()

    @needs(Right.READ)
    def edition_label(self, edition: Edition) -> str:
        """Return 「みどり野町　令和6年度」: what it was named, else what its workbooks tell.

        Of a closed edition whose workbooks were all forgotten it says so.
        """
        gone = _GONE if edition.closed_at and self._is_forgotten(edition) else ""
        if edition.name:
            return f"{edition.name}{gone}"
        with self._in(edition):
            return f"{title(self._whole())}{gone}"

    def _is_forgotten(self, edition: Edition) -> bool:
        records = self.store.of_edition(edition.id).list_records()
        forgotten = any(record.forgotten for record in records)
        return forgotten and all(record.withdrawn for record in records)

    @needs(Right.COLLECT)
    def open_edition(self, municipality: str, fiscal_year: int, name: str | None = None) -> int:
        """Begin a survey of a municipality and year; return its number."""
        town = normalize(municipality)
        if not town:
            raise InputError("団体名がありません。「みどり野町」のように入れてください。")
        if fiscal_year not in FISCAL_YEARS:
            msg = f"年度「{fiscal_year}」は使えません。西暦の 4 桁（令和 7 年度なら 2025）で入れてください。"
            raise InputError(msg)
        chosen = normalize(name or "") or f"{town}　{write_fiscal_year(fiscal_year)}調査"
        for edition in self.store.list_editions():
            if chosen in {edition.name, self.edition_label(edition)}:
                msg = f"「{chosen}」はもうあります（番号 {edition.id}）。別の名前にしてください。"
                raise InputError(msg)
        return self.store.add_edition(chosen, town, fiscal_year, self._act())

    @needs(Right.COLLECT)
    def close_edition(self, number: int, reason: str | None = None) -> None:
        """Let nothing of a survey be changed any more."""
        edition = self._find(number)
        store = self.store.of_edition(edition.id)
        if not store.close_edition(kept_reason(reason), self._act()):
            msg = f"「{self.edition_label(edition)}」は、もう締め切ってあります。"
            raise InputError(msg)

    @needs(Right.COLLECT)
    def reopen_edition(self, number: int, reason: str | None) -> None:
        """Let a closed survey be changed again; the reason is kept."""
        edition, text = self._find(number), kept_reason(reason)
        if text is None:
            raise InputError("締め切りを解く理由を入れてください。")
        if not self.store.of_edition(edition.id).reopen_edition(text, self._act()):
            msg = f"「{self.edition_label(edition)}」は締め切ってありません。"
            raise InputError(msg)

    # --- one year and the next -------------------------------------------------------------------

    @needs(Right.WHOLE)
    def link_years(self, before: int, after: int) -> DataFrame[TaskLinks]:
        """Which task of one edition is which of another, with what people said of it."""
        return self._link(before, after)

    def _link(self, before: int, after: int) -> DataFrame[TaskLinks]:
        old, new = self._report_of(before), self._report_of(after)
        words = self.store.of_edition(before).read_link_words(after)
        key = ("links", id(old), id(new), before, after, words.height)
        make = lambda: (old, new, link_tasks(old.tasks, new.tasks, words))  # noqa: E731 - keeps the reports alive, so that their ids stay their own
        return self._remember(key, make)[2]

    @needs(Right.WHOLE)
    def compare_editions(
        self, before: int, after: int
    ) -> tuple[DataFrame[YearChanges], DataFrame[YearSummary]]:
        """What grew, shrank, vanished and began, task by task and summed up by division."""
        links = self.link_years(before, after)
        changes = compare_years(links, self._report_of(before).tasks, self._report_of(after).tasks)
        return changes, summarize_years(changes)

    @needs(Right.WHOLE)
    def tell_editions(self, before: int, after: int) -> list[str]:
        """Say in sentences what changed, of how many tasks, and how sure it is."""
        changes, summary = self.compare_editions(before, after)
        return tell_years(changes, summary, self._year_names(before, after))

    @needs(Right.WEIGH)
    def say_of_link(
        self, before: int, after: int, before_id: str, after_id: str | None, action: str
    ) -> None:
        """Confirm that two tasks are the same work, deny it, or take one's word back."""
        if action not in _SAYINGS:
            msg = f"「{action}」はできません。{'、'.join(_SAYINGS)} から選んでください。"
            raise InputError(msg)
        for number, task_id in ((before, before_id), (after, after_id)):
            if task_id is not None and task_id not in self._report_of(number).tasks["task_id"]:
                msg = (
                    f"業務ID「{task_id}」は、調査 {number} にありません。一覧を開き直してください。"
                )
                raise InputError(msg)
        store = self.store.of_edition(self._find(before).id)
        store.add_link_word(self._find(after).id, before_id, after_id, action, self._act())

    @needs(Right.WHOLE)
    def export_years(self, before: int, after: int) -> bytes:
        """Workbook 「前年度との比較」."""
        changes, summary = self.compare_editions(before, after)
        return write_years(changes, summary, self._year_names(before, after))

    def _year_names(self, before: int, after: int) -> YearNames:
        editions = [self._find(number) for number in (before, after)]
        labels = [self.edition_label(edition) for edition in editions]
        return YearNames(editions[1].municipality or "", *labels)

    def _report_of(self, number: int) -> Report:
        with self._in(self._find(number)):
            return self._whole()

    def _find(self, number: int) -> Edition:
        found = [edition for edition in self.store.list_editions() if edition.id == number]
        if not found:
            msg = f"調査の番号 {number} がありません。bpr edition list で番号を確かめてください。"
            raise InputError(msg)
        return found[0]

    def _find_after(self, task_id: str, before: int, after: int) -> pl.DataFrame:
        """Rows of a later edition that are surely the task: what it grew into."""
        links = self._link(before, after)
        own = links.filter(pl.col("before_id") == task_id, pl.col("confirmed"))
        tasks = self._report_of(after).tasks
        return tasks.join(own.select(task_id="after_id"), on="task_id", how="semi")

    def _in(self, edition: Edition) -> AbstractContextManager[None]:
        scene = current_scene()
        return acting(self.person(), scene.place if scene else "", edition.id)
