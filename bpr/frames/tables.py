"""Schemas of the published table shapes; every ratio stands beside its base.

`scope` is `all` (every task) or `survey` (only tasks whose class the survey itself answered).
`work_class` is a class or `total`. Figures named `ami_*` and `average96_*` are published ones.
"""

from typing import Final

import dataframely as dy

from bpr import terms

SCOPES: Final = ("all", "survey")
CLASSES_AND_TOTAL: Final = (*terms.WORK_CLASSES, "total")


class _Table(dy.Schema):
    scope = dy.Enum(list(SCOPES))
    work_class = dy.Enum(list(CLASSES_AND_TOTAL))


class ClassByStaff(_Table):
    """Hours by class and kind of staff (図表9), as shares of all hours of the scope.

    `staff_type` null: the form does not say. The published columns have another base than 図表10.
    """

    staff_type = dy.Enum([*terms.STAFF_TYPES, "total"], nullable=True)
    hours = dy.Float64()
    task_count = dy.Int64()
    unknown_hours_count = dy.Int64()
    base_hours = dy.Float64()
    share_ratio = dy.Float64(nullable=True)
    ami_ratio = dy.Float64(nullable=True)
    average96_ratio = dy.Float64(nullable=True)


class MediumByClass(_Table):
    """Hours a year by medium and class (図表10)."""

    medium = dy.Enum([*terms.MEDIA, "unknown", "total"])
    hours = dy.Float64()
    task_count = dy.Int64()
    ami_hours = dy.Float64(nullable=True)


class MediaRatios(_Table):
    """Use of paper and of electronic means by class: hours / all hours, 該当なし in the base."""

    base_hours = dy.Float64()
    paper_hours = dy.Float64()
    electronic_hours = dy.Float64()
    paper_use_ratio = dy.Float64(nullable=True)
    electronic_use_ratio = dy.Float64(nullable=True)
    ami_paper_use_ratio = dy.Float64()
    ami_electronic_use_ratio = dy.Float64()


class SealByClass(_Table):
    """Cases a year that need a seal, by class (図表11); base: all cases of the class."""

    seal = dy.Enum(["approval_seal", "resident_seal", "all"])
    cases = dy.Float64()
    base_cases = dy.Float64()
    ratio = dy.Float64(nullable=True)
    ami_cases = dy.Float64()
    ami_ratio = dy.Float64()
