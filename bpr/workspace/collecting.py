"""Who is asked to return a form: the list as a frame, its staff, the blank forms for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import polars as pl

from bpr.decide.years import fiscal_year
from bpr.errors import InputError
from bpr.export.template import (
    ANSWERS,
    Office,
    PlannedForm,
    add_departments,
    offices_of,
    plan_forms,
    require_distinct,
)
from bpr.frames import DataFrame, Offices, types_of
from bpr.read.offices import ListedOffice
from bpr.report import Report
from bpr.text import squeeze


@dataclass(frozen=True)
class TemplateChoices:
    """What may be chosen about blank forms; None: the current year, the list's own due days."""

    fiscal_year: int | None = None
    due: date | None = None
    standard: bool = True
    keep_answers: bool = False


def make_offices(rows: Sequence[ListedOffice]) -> DataFrame[Offices]:
    """Turn a list into a frame; `InputError` for an empty one and for a division that is twice."""
    if not rows:
        raise InputError("課が 1 つもありません。課の一覧を選び直してください。")
    count = Counter(squeeze(row.division) for row in rows)
    for row in rows:
        if not row.division.strip():
            raise InputError("名前のない課があります。課の名前を書いてください。")
        if count[squeeze(row.division)] > 1:
            msg = f"課「{row.division}」が一覧に 2 回あります。同じ名前の課が 2 つあるときは、「消防本部総務課」のように名前で区別してください。"
            raise InputError(msg)
    return Offices.validate(pl.DataFrame([asdict(row) for row in rows], schema=types_of(Offices)))


def list_staff(offices: DataFrame[Offices]) -> dict[str, float]:
    """Division -> people, where the list tells them."""
    both = pl.sum_horizontal("regular_staff", "nonregular_staff")
    told = pl.col("regular_staff").is_not_null() | pl.col("nonregular_staff").is_not_null()
    return dict(offices.filter(told).select("division", both).iter_rows())


def plan_templates(
    report: Report, offices: DataFrame[Offices], choices: TemplateChoices, today: date
) -> list[PlannedForm]:
    """Blank forms for the listed offices, without a list for those that have returned."""
    tasks = report.tasks
    town = tasks["municipality"].drop_nulls().mode().sort()
    plain = Office(
        division="",
        department=None,
        municipality=str(town[0]) if len(town) else None,
        fiscal_year=choices.fiscal_year or fiscal_year(today),
        regular_staff=None,
        nonregular_staff=None,
        due=choices.due,
    )
    known = offices_of(tasks, plain)
    asked = [
        Office(
            division,
            department,
            plain.municipality,
            plain.fiscal_year,
            regular,
            nonregular,
            choices.due or due,
        )
        for division, department, due, regular, nonregular in offices.iter_rows()
    ]
    wanted = add_departments(asked, known) if asked else known
    if not wanted:
        raise InputError("課の一覧がありません。先に課の一覧を取り込んでください。")
    require_distinct(wanted)
    rows = tasks if choices.keep_answers else tasks.drop(ANSWERS, strict=False)
    return plan_forms(wanted, rows, report.settings.folder, standard=choices.standard)
