"""Which divisions get which rows: last year's, standard ones, or none; then all forms at once."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from bpr.errors import InputError
from bpr.export.template.book import write_template
from bpr.export.template.office import Office, template_name
from bpr.settings.standard import find_standard_tasks
from bpr.settings.survey import SurveySettings
from bpr.text import squeeze

BLANK: Final = "白紙"


@dataclass(frozen=True)
class PlannedForm:
    """One form to write; `origin` says where its rows come from."""

    office: Office
    tasks: pl.DataFrame
    origin: str

    @property
    def name(self) -> str:
        """File name of the form."""
        return template_name(self.office)


def require_distinct(offices: Sequence[Office]) -> None:
    """Two divisions of one name would land in one file, and be read as one division."""
    counts = Counter(squeeze(template_name(office)) for office in offices)
    for office in offices:
        if counts[squeeze(template_name(office))] > 1:
            msg = f"課「{office.division}」が 2 回あります。同じ名前の課が 2 つあるときは、「消防本部総務課」のように名前で区別してください。"
            raise InputError(msg)


def offices_of(tasks: pl.DataFrame, plain: Office) -> list[Office]:
    """Return the divisions that last year's tasks name, in their order, with their departments."""
    found = tasks.filter(pl.col("division").is_not_null()).group_by("division", maintain_order=True)
    return [
        replace(plain, division=str(name), department=_first(group["department"]))
        for (name,), group in found
    ]


def add_departments(offices: Sequence[Office], known: Sequence[Office]) -> list[Office]:
    """Take the department from last year where nobody says it now."""
    last = {squeeze(office.division): office.department for office in known}
    return [
        replace(office, department=office.department or last.get(squeeze(office.division)))
        for office in offices
    ]


def plan_forms(
    offices: Sequence[Office], tasks: pl.DataFrame, folder: Path | None, *, standard: bool
) -> list[PlannedForm]:
    """Choose the rows of each form; `folder` may hold the office's own standard tasks."""
    return [_plan(office, tasks, folder, standard=standard) for office in offices]


def write_forms(
    forms: Sequence[PlannedForm],
    survey: SurveySettings,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, bytes]:
    """Workbooks by their file names."""
    books: dict[str, bytes] = {}
    for form in forms:
        books[form.name] = write_template(form.office, form.tasks, survey)
        progress(form.name)
    return books


def _first(texts: pl.Series) -> str | None:
    known = texts.drop_nulls()
    return str(known[0]) if len(known) else None


def _plan(
    office: Office, tasks: pl.DataFrame, folder: Path | None, *, standard: bool
) -> PlannedForm:
    """Choose last year's rows of the division, else standard ones if wanted, else none."""
    names = tasks["division"].unique().drop_nulls().to_list() if tasks.height else []
    same = [name for name in names if squeeze(name) == squeeze(office.division)]
    if same:
        return PlannedForm(office, tasks.filter(pl.col("division").is_in(same)), "前の年の業務")
    found = find_standard_tasks(office.division, folder) if standard else pl.DataFrame()
    return PlannedForm(office, found, "標準の業務" if found.height else BLANK)
