"""All published tables of one list of tasks."""

from dataclasses import dataclass

from bpr.frames import (
    ClassByStaff,
    DataFrame,
    MediaRatios,
    MediumByClass,
    SealByClass,
    TaskTable,
)
from bpr.settings.published import Published
from bpr.tabulate.class_by_staff import class_by_staff
from bpr.tabulate.medium_by_class import media_ratios, medium_by_class
from bpr.tabulate.seal_by_class import seal_by_class


@dataclass(frozen=True)
class Tables:
    """図表9 to 図表11 of this survey, beside the published ones."""

    class_by_staff: DataFrame[ClassByStaff]
    medium_by_class: DataFrame[MediumByClass]
    media_ratios: DataFrame[MediaRatios]
    seal_by_class: DataFrame[SealByClass]


def tabulate(tasks: DataFrame[TaskTable], published: Published) -> Tables:
    """Every table, for both scopes."""
    return Tables(
        class_by_staff(tasks, published),
        medium_by_class(tasks, published),
        media_ratios(tasks, published),
        seal_by_class(tasks, published),
    )
